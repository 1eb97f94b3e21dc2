"""Results out of a laboratory report that is kept: proposals to look at, then those that the person takes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from organizer.base.analyte_names import analytes_named, unit_beside
from organizer.base.dates import PartialDate, now, today
from organizer.base.errors import InvalidEntryError, NotFoundError
from organizer.base.i18n import _, ngettext
from organizer.base.numbers import parse_number, read_range, two_numbers
from organizer.base.progress import Progress
from organizer.base.results import read_result
from organizer.base.units import spoken_unit
from organizer.base.written_dates import date_refused, readings_of
from organizer.health.named_patient import NamedPatient
from organizer.importing.lab_reports.model import BOLD, Place, Proposal
from organizer.importing.lab_reports.pages import pages_of
from organizer.importing.lab_reports.reader import coded, read_report
from organizer.importing.page_text.contents import media_type_of
from organizer.model.codes import LOINC
from organizer.model.entry import Changes, Coding, Entry, Link, Source, without_empty
from organizer.model.ids import EntryId, PersonId, Sha256, new_id
from organizer.model.links import Role
from organizer.model.statuses import Status
from organizer.services.bring_in import recognition
from organizer.services.bring_in.joined import edits_of, joined, known_places
from organizer.services.bring_in.lab_people import is_of_several, named_on, of_several, several_in_words
from organizer.services.record.records import Record
from organizer.store import change_log, originals
from organizer.store import entries as reading
from organizer.store.change_log import Add, Replace

__all__ = ["Place", "Proposal"]

READ_BY = "read from the report, confirmed by hand"


@dataclass(frozen=True, slots=True)
class LabReport:
    """What was read from one document: page sizes (points of a PDF, pixels of a picture), proposals, what was left out.

    `known` holds the places in `proposals` of those that the record has already from this document; `named` is whom
    the first page names as its patient.
    """

    sha256: Sha256
    name: str
    pages: tuple[tuple[float, float], ...]
    proposals: tuple[Proposal, ...]
    left_out: tuple[str, ...] = ()
    known: frozenset[int] = frozenset()
    named: NamedPatient = field(default_factory=NamedPatient)


def can_read(head: bytes) -> bool:
    """True for a document whose pages can be looked at: a PDF or a picture, by its first bytes."""
    media_type = media_type_of(head[:1024])
    return media_type == "application/pdf" or media_type.startswith("image/")


def propose(record: Record, sha256: Sha256, progress: Progress) -> LabReport:
    """Read a kept document; nothing is written.

    Raises NotFoundError, UnreadableSourceError, RecognitionMissingError (a scan, and no tesseract), Cancelled.
    """
    data, original = originals.read(record, sha256), originals.info(record, sha256)
    pages = pages_of(data, recognition.words_on(record, sha256), progress)
    read = read_report(pages)
    sizes = tuple((page.width, page.height) for page in pages)
    named = named_on(pages)
    if is_of_several(list(named.values())):
        read.proposals = of_several(named, read.proposals)
        read.left_out.insert(0, several_in_words(named))
    first = next(iter(named.values()), NamedPatient())
    report = LabReport(sha256, original.name, sizes, tuple(read.proposals), tuple(read.left_out), named=first)
    identifiers = [_identifier(report, proposal) for proposal in report.proposals]
    return replace(report, known=known_places(record, sha256, identifiers))


def accept(record: Record, report: LabReport, chosen: Sequence[Proposal], person: PersonId) -> Changes:
    """Write the chosen proposals as one operation: results with their place in the document, under one report.

    What the record has already from another source gets this one as its second. Raises InvalidEntryError where nothing
    is chosen.
    """
    if not chosen:
        raise InvalidEntryError(_("No result is ticked."), _("Tick those that are right, then add them."))
    holder, edit = _holder(record, report, chosen, person)
    items = joined(record, [_entry(report, proposal, holder.id) for proposal in chosen], person, report.sha256)
    members = dict.fromkeys([*holder.links, *(Link(Role.RESULT, item.entry.id) for item in items)])
    edits = [replace(edit, entry=replace(holder, links=tuple(members))), *edits_of(items).values()]
    words = ngettext("Added {n} result from {name}", "Added {n} results from {name}", len(chosen))
    return change_log.apply(record, words.format(n=len(chosen), name=report.name), edits)


def corrected(proposal: Proposal, column: str, text: str) -> Proposal:
    """A proposal with what the person typed for `name`, `value`, `unit`, `range`, `flag` or `date`.

    What a person wrote is no longer in doubt on that ground; a changed name or unit is coded anew. Raises
    InvalidEntryError for a date that is none, and for an empty name or value.
    """
    text = " ".join(text.split())
    if column == "date":
        return replace(proposal, date=typed_day(text), doubts=(), open_days=(), date_doubt="")
    if column in ("name", "value") and not text:
        raise InvalidEntryError(_("This can’t be empty."), _("Drop the row instead, by unticking it."), column)
    if column == "value":
        return _with_value(proposal, text)
    if column == "range":
        spread = read_range(text, proposal.decimal)
        if spread.open:
            raise two_numbers(text, (), column)
        return replace(proposal, low=spread.low, high=spread.high, range_text=text, doubts=())
    if column == "unit":
        unit = unit_beside(text, analytes_named(proposal.name)) or text
        return coded(replace(proposal, unit=unit, printed_unit=text, doubts=()))
    if column == "name":
        return coded(replace(proposal, name=text, doubts=()))
    return replace(proposal, flag=text, doubts=())


def _with_value(proposal: Proposal, text: str) -> Proposal:
    result = read_result(text, proposal.decimal, proposal.unit, proposal.loinc, (proposal.low, proposal.high))
    if result.readings:
        raise two_numbers(text, result.readings, "value")
    unit = proposal.unit or unit_beside(result.unit, analytes_named(proposal.name)) or result.unit
    return replace(proposal, value=result.text, comparator=result.comparator, unit=unit, printed=text, doubts=())


def spoken_value(proposal: Proposal) -> str:
    """Value with its comparator, as it will be kept."""
    return f"{proposal.comparator}{proposal.value}"


def spoken_flag(proposal: Proposal) -> str:
    """The flag as printed; bold type in words."""
    return _("printed bold") if proposal.flag == BOLD else proposal.flag


def shown_unit(proposal: Proposal) -> str:
    """The unit as people write it."""
    return spoken_unit(proposal.unit)


def typed_day(text: str) -> PartialDate | None:
    """A day as people write it; None for nothing. Raises InvalidEntryError for what is none, or may be two."""
    readings = readings_of(text, now=today())
    if text and len(readings) != 1:
        raise date_refused(text, readings, "date")
    return readings[0] if readings else None


def _locator(report: LabReport, proposal: Proposal) -> str:
    return proposal.place.locator(*report.pages[proposal.place.page - 1])


def _identifier(report: LabReport, proposal: Proposal) -> str:
    """A row of several days has one place: the day tells its results apart."""
    return f"{report.sha256}#{_locator(report, proposal)}#{proposal.date or ''}"


def _source(report: LabReport, locator: str, identifier: str) -> Source:
    when = now().isoformat(timespec="seconds")
    return Source(report.sha256, locator, identifier, file_name=report.name, recorded_by=READ_BY, recorded_at=when)


def _entry(report: LabReport, proposal: Proposal, holder: EntryId) -> Entry:
    number = parse_number(proposal.value)
    data = {
        "category": "laboratory",
        "range_low": proposal.low,
        "range_high": proposal.high,
        "range_text": proposal.range_text,
        "interpretation": spoken_flag(proposal),
        "specimen": proposal.specimen,
    }
    source = _source(report, _locator(report, proposal), _identifier(report, proposal))
    return Entry(
        "Observation",
        proposal.name,
        codes=(Coding(LOINC, proposal.loinc),) if proposal.loinc else (),
        happened=proposal.date,
        value=number.value if number else None,
        value_text=proposal.value,
        comparator=proposal.comparator,
        unit=proposal.unit,
        status=Status.FINAL,
        data=without_empty(data),
        sources=(source,),
        links=(Link(Role.MEMBER_OF, holder),),
    )


def _holder(
    record: Record, report: LabReport, chosen: Sequence[Proposal], person: PersonId
) -> tuple[Entry, Add | Replace]:
    """The laboratory report that holds the results: the one of this document, or a new one that points at it."""
    entries = [entry for entry in reading.from_original(record, report.sha256) if entry.person == person]
    for entry in entries:
        if entry.kind == "DiagnosticReport":
            return entry, Replace(entry)
    paper = next((entry for entry in entries if entry.kind == "DocumentReference"), None)
    if not reading.many(record, [person]):
        raise NotFoundError(_("This person isn’t in the record any more."), _("Choose another person."))
    days = {proposal.date for proposal in chosen}
    source = _source(report, "page=1", f"{report.sha256}#report")
    entry = Entry(
        "DiagnosticReport",
        paper.title if paper else report.name,
        id=new_id(),
        person=person,
        happened=days.pop() if len(days) == 1 else None,
        status=Status.FINAL,
        data={"category": "laboratory"},
        sources=(source,),
        links=(Link(Role.DOCUMENT, paper.id),) if paper else (),
    )
    return entry, Add(entry)
