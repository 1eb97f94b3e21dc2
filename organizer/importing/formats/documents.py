"""What no other format recognises, kept whole: PDF, pictures, plain text, RTF, HTML. One file is one document.

Where a health card's QR code is on it, what the card holds comes in too.
"""

import re
from pathlib import PurePath

from organizer.base.dates import PartialDate, parse_date
from organizer.base.progress import Progress
from organizer.importing.core.format import Draft, Reading, SourceFile
from organizer.importing.formats.health_cards.codes import codes_of
from organizer.importing.formats.health_cards.reader import read_codes
from organizer.importing.page_text.contents import contents_of, media_type_of
from organizer.model.entry import Entry, Source

_DAY = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")


class DocumentsFormat:
    """The fallback: a file that is kept as a document."""

    name = "Document"

    def recognises(self, source: SourceFile) -> bool:
        """A PDF, a picture, or words; never an unknown binary file."""
        return media_type_of(source.head) != ""

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """One DocumentReference draft; what of it can't be read is a warning."""
        whole = source.read()
        found = contents_of(whole, source.name, progress)
        reading = Reading(warnings=found.warnings)
        title = found.title or PurePath(source.name).stem
        data = {"file": source.sha256, "media_type": found.media_type, **found.data}
        entry = Entry("DocumentReference", title, happened=_day_in(source.name), status="current", data=data)
        reading.drafts.append(Draft(entry.having(sources=(Source(locator="page=1"),))))
        codes = codes_of(whole, found.media_type)
        if codes:
            card = read_codes(codes, source, progress)
            reading.add(card)
            reading.card_parts = card.card_parts
        return reading


DOCUMENTS = DocumentsFormat()


def _day_in(name: str) -> PartialDate | None:
    """The one ISO date that a file's name holds; two different ones say nothing."""
    days = {day.text for day in map(parse_date, _DAY.findall(name)) if day}
    return PartialDate(days.pop()) if len(days) == 1 else None
