"""What is said where a list is empty: “none” where a source says so, else what there is and what wasn't read."""

from collections.abc import Sequence

from organizer.base.dates import parse_date
from organizer.base.i18n import _, marked, ngettext
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.packet.contents.section import Context
from organizer.packet.sensitive import keeps_back

_READ_AS_ENTRIES = ("json", "xml", "csv", "dicom", "spreadsheet")
"""Kinds of files whose contents become entries; what others say stays in their words."""
_NAMED_AT_MOST = 3


def unread_documents(context: Context) -> list[Entry]:
    """Documents whose words are not entries of the record: letters, reports, scans."""
    return [
        entry
        for entry in context.of_kind("DocumentReference")
        if (entry.text("file") or entry.text("text")) and not _is_read(entry)
    ]


def scans(context: Context) -> list[Entry]:
    """Of these the ones with a page that has no words: nobody, and no search, has read it."""
    return [entry for entry in unread_documents(context) if _has_unread_page(entry)]


def _is_read(entry: Entry) -> bool:
    return any(mark in entry.text("media_type") for mark in _READ_AS_ENTRIES)


def _has_unread_page(entry: Entry) -> bool:
    if entry.data.get("recognised_texts"):
        return False
    pages = entry.data.get("page_texts")
    if isinstance(pages, list):
        return any(not str(page).strip() for page in pages)
    return entry.text("media_type").startswith("image/")


def nothing_stated(context: Context, claim: str, careful: str, *kinds: str) -> str:
    """`claim` where all that the record holds could be read as entries and nothing of the kinds is held back, else
    `careful` with what wasn't read, by its exhibit."""
    is_held = is_withheld(context, *kinds)
    parts = [careful if unread_documents(context) or is_held else claim]
    waiting = scans(context)
    if waiting:
        names = _names(context, waiting)
        words = ngettext("{names} is a scan that wasn’t read.", "{names} are scans that weren’t read.", len(waiting))
        parts.append(words.format(names=names))
    if is_held:
        parts.append(context.say(marked("Some may be left out at the patient’s choice.")))
    return " ".join(parts)


def claimed(context: Context, claim: str, careful: str, *kinds: str) -> str:
    """`claim` where every document's contents are entries, else `careful`; with the caution where some of these kinds
    may be held back."""
    return unless_withheld(context, careful if unread_documents(context) else claim, *kinds)


def is_withheld(context: Context, *kinds: str) -> bool:
    """True where the packet holds back an entry of one of the kinds; of any where none is named."""
    return keeps_back(context.packet.withheld, *kinds)


def unless_withheld(context: Context, claim: str, *kinds: str) -> str:
    """A claim that something isn't recorded, with the caution where some of these kinds may be held back."""
    if not is_withheld(context, *kinds):
        return claim
    return claim + " " + context.say(marked("Some may be left out at the patient’s choice."))


def nothing_dated_words(context: Context) -> str:
    """What is said where no event has a day."""
    careful = _("Nothing dated is entered; documents may tell some.")
    return claimed(context, _("Nothing dated is recorded."), careful)


def earlier_left_out(context: Context) -> str:
    """That entries before a day are left out by choice; "" where none are."""
    since = parse_date(context.packet.choice.since)
    if since is None:
        return ""
    return _("Entries before {day} are left out by choice.").format(day=since.spoken())


def _names(context: Context, documents: Sequence[Entry]) -> str:
    """`Ex 1, Ex 2 and 4 more`; a document that is no exhibit goes by its title."""
    files = {entry.text("file") for entry in documents}
    exhibits = {exhibit.sha256: exhibit.label for exhibit in context.plan.exhibits}
    names = [label for sha256, label in exhibits.items() if sha256 in files]
    names += [plain_title(entry) for entry in documents if entry.text("file") not in exhibits]
    shown = ", ".join(names[:_NAMED_AT_MOST])
    more = len(names) - _NAMED_AT_MOST
    return _("{names} and {count} more").format(names=shown, count=more) if more > 0 else shown
