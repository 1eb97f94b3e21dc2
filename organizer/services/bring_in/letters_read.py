"""Entries out of a letter that is kept: proposals to look at, then those that the person takes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from organizer.base.dates import now, parse_date
from organizer.base.errors import InvalidEntryError, NotFoundError
from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.health.named_patient import NamedPatient
from organizer.importing.lab_reports.pages import pages_of
from organizer.importing.letters.model import Author, LetterProposal
from organizer.importing.letters.reader import read_letter
from organizer.importing.page_text.contents import contents_of
from organizer.importing.page_text.tree_words import without_what_stands_beside
from organizer.importing.page_text.word_processors import LETTERS
from organizer.importing.page_text.words_on_page import PageWords, Word
from organizer.model.entry import Changes, Entry, Source, without_empty
from organizer.model.ids import NOBODY, EntryId, PersonId, Sha256
from organizer.model.kinds import find_kind
from organizer.services.bring_in import recognition
from organizer.services.bring_in.joined import edits_of, joined, known_places
from organizer.services.bring_in.lab_people import is_of_several, named_on, several_in_words, whose_page
from organizer.services.bring_in.lab_reports import can_read
from organizer.services.entries import entries
from organizer.services.record.records import Record
from organizer.store import change_log, originals
from organizer.store import entries as reading
from organizer.store.change_log import Replace

__all__ = ["LetterProposal"]

READ_BY = "read from the letter, confirmed by hand"
_BETWEEN_CELLS = 6 * " "
_OF_PARAGRAPHS = LETTERS | {"text/html"}
"""Types of files in which a line is a paragraph: what stands beside its label ends with it."""
_BESIDE_ITS_LABEL = re.compile(r"^[^:]{2,60}: ")
_WIDE, _HIGH = 6.0, 14.0
"""Points a letter and a line, for words of a file that has no pages: their places only order them."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What was read from one document: page sizes (none for a file without pages), proposals, what was left out.

    `known` holds the places in `proposals` of those that the record has already from this document; `named` is whom
    the letter names as its patient.
    """

    sha256: Sha256
    name: str
    pages: tuple[tuple[float, float], ...]
    proposals: tuple[LetterProposal, ...]
    left_out: tuple[str, ...] = ()
    known: frozenset[int] = frozenset()
    named: NamedPatient = field(default_factory=NamedPatient)
    author: Author = field(default_factory=Author)


def propose(record: Record, sha256: Sha256, progress: Progress) -> Letter:
    """Read a kept letter, whatever file it is; nothing is written.

    Raises NotFoundError, UnreadableSourceError, RecognitionMissingError (a scan that nothing here can read), Cancelled.
    """
    data, name = originals.read(record, sha256), originals.info(record, sha256).name
    has_pages = can_read(data)
    pages = pages_of(data, recognition.words_on(record, sha256), progress) if has_pages else _without_pages(data, name)
    proposed = read_letter(pages)
    sizes = tuple((page.width, page.height) for page in pages) if has_pages else ()
    people = named_on(pages)
    if is_of_several(list(people.values())):
        proposed.proposals = [
            replace(proposal, doubts=(whose_page(people, proposal.place.page), *proposal.doubts))
            for proposal in proposed.proposals
        ]
        proposed.left_out.insert(0, several_in_words(people))
    named = people.get(pages[0].number, NamedPatient()) if pages else NamedPatient()
    letter = Letter(
        sha256, name, sizes, tuple(proposed.proposals), tuple(proposed.left_out), named=named, author=proposed.author
    )
    identifiers = [_identifier(letter, proposal) for proposal in letter.proposals]
    return replace(letter, known=known_places(record, sha256, identifiers))


def _without_pages(data: bytes, name: str) -> list[PageWords]:
    """The words of a file of a word processor, a mail or a web page, line below line."""
    words = []
    contents = contents_of(data, name)
    lines = without_what_stands_beside(contents.words).splitlines()
    is_whole = contents.media_type in _OF_PARAGRAPHS
    number = 0
    for line, before in zip(lines, ["", *lines], strict=False):
        number += 2 if is_whole and _BESIDE_ITS_LABEL.search(before) else 1
        left = 0
        for part in line.replace("\t", _BETWEEN_CELLS).split(" "):
            x0, y0 = left * _WIDE, number * _HIGH
            if part:
                words.append(Word(part, x0, y0, x0 + len(part) * _WIDE, y0 + 0.8 * _HIGH))
            left += len(part) + 1
    return [PageWords(1, 1.0, 1.0, words)]


def corrected(proposal: LetterProposal, title: str) -> LetterProposal:
    """A proposal under the name that the person typed. Raises InvalidEntryError for none."""
    bare = " ".join(title.split())
    if not bare:
        raise InvalidEntryError(_("This can’t be empty."), _("Leave the row out instead, by unticking it."), "title")
    return replace(proposal, fields={**proposal.fields, "title": bare})


def in_words(proposal: LetterProposal) -> str:
    """What a proposal says besides its name: `10 mg · once daily`."""
    kind = find_kind(proposal.kind)
    parts = []
    for field_of_kind in kind.fields:
        text = proposal.fields.get(field_of_kind.name, "")
        if text and field_of_kind.name not in ("title", "none_known"):
            shown = field_of_kind.show(field_of_kind.parse(text))
            is_end = field_of_kind.name == "ended"
            parts.append(_("until {day}").format(day=shown) if is_end else shown)
    return " · ".join(parts)


def accept(record: Record, letter: Letter, chosen: Sequence[LetterProposal], person: PersonId) -> Changes:
    """Write the chosen proposals as one operation, each with its place in the letter.

    What the record has already from another source gets the letter as its second. Raises InvalidEntryError where
    nothing is chosen, NotFoundError where the person is gone.
    """
    if not chosen:
        raise InvalidEntryError(_("Nothing is ticked."), _("Tick what is right, then add it."))
    if not reading.many(record, [EntryId(person)]):
        raise NotFoundError(_("This person isn’t in the record any more."), _("Choose another person."))
    items = joined(record, [_entry(letter, proposal) for proposal in chosen], person, letter.sha256)
    words = ngettext("Added {n} entry from {name}", "Added {n} entries from {name}", len(chosen))
    edits = [*edits_of(items).values(), *_of_the_paper(record, letter, person)]
    return change_log.apply(record, words.format(n=len(chosen), name=letter.name), edits)


def _of_the_paper(record: Record, letter: Letter, person: PersonId) -> Iterator[Replace]:
    """The letter itself gets its author, its hospital and its day, where it has none."""
    author = letter.author
    for entry in reading.from_original(record, letter.sha256):
        if entry.kind != "DocumentReference" or entry.person != person or entry.text("file") != letter.sha256:
            continue
        paper_says = {"author": entry.text("author") or author.doctor, "place": entry.text("place") or author.place}
        happened = entry.happened or parse_date(author.day)
        better = replace(entry, data={**entry.data, **without_empty(paper_says)}, happened=happened)
        if better != entry:
            yield Replace(better)


def _entry(letter: Letter, proposal: LetterProposal) -> Entry:
    entry = entries.draft(proposal.kind, NOBODY, proposal.fields)
    when = now().isoformat(timespec="seconds")
    source = Source(
        letter.sha256,
        _locator(letter, proposal),
        _identifier(letter, proposal),
        file_name=letter.name,
        recorded_by=READ_BY,
        recorded_at=when,
    )
    return replace(entry, sources=(source,))


def _locator(letter: Letter, proposal: LetterProposal) -> str:
    """The place on its page; for a file without pages the words alone tell it."""
    return proposal.place.locator(*letter.pages[proposal.place.page - 1]) if letter.pages else "page=1"


def _identifier(letter: Letter, proposal: LetterProposal) -> str:
    """Two readings of one letter give the same: by kind and the words it was read from."""
    return f"{letter.sha256}#{proposal.kind}#{proposal.quote}"
