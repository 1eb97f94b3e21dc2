"""A file that became no entry is kept all the same, as a document: it may be the person's only copy."""

from pathlib import PurePath

from organizer.base.i18n import _
from organizer.importing.core.format import Draft, Reading, SourceFile
from organizer.model.entry import Entry, Source
from organizer.model.statuses import Status

_TOGETHER = "casebook:kept-files"
"""The identifier of the one document that holds all files whose words other entries tell."""


def keep_whole(source: SourceFile, reading: Reading) -> None:
    """Add the document to what was found, where that is nothing but things left out; it counts as none of them."""
    if reading.drafts or not reading.skipped or reading.keys or reading.card_parts or reading.cards:
        return
    if any(table.asks for table in reading.tables):  # one answer makes entries of it
        return
    name = PurePath(source.name).name
    if reading.in_other_files:
        # A phone's export has hundreds of them, one medicine or one doctor a file: they are one document together.
        note = _("What is in these files is told by the entries that refer to it. They are kept as they came.")
        entry = Entry("DocumentReference", _("Files beside the entries"), status=Status.CURRENT, data={"note": note})
        origin = Source(locator=name, identifier=_TOGETHER)
    else:
        reasons = dict.fromkeys(f"{skipped.what}: {skipped.reason}" for skipped in reading.skipped)
        data = {"file": source.sha256, "media_type": source.media_type, "note": "\n".join(reasons)}
        entry = Entry("DocumentReference", name, status=Status.CURRENT, data=data)
        origin = Source(locator="file")
    reading.drafts.append(Draft(entry.having(sources=(origin,)), stands_for=0))
