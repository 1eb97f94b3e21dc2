"""Single sheets as PDFs: options, opinions, the visit, insurance, the emergency card. Each holds one person only.

What of the record is sensitive stays out until its matter is `ticked`. What the person wrote for a case, and whom they
asked for what, is theirs to give away.
"""

from collections.abc import Collection, Sequence

from organizer.base.errors import NotFoundError
from organizer.base.i18n import _
from organizer.health import allergies, medicines, problems
from organizer.health.allergies import AllergyState
from organizer.health.medicines import STANDING, MedicineState
from organizer.health.opinion.options import side_by_side
from organizer.health.problems import OPEN, Problem
from organizer.health.vocabulary.classes import ASIDE, class_of
from organizer.health.voice import Voice, voice_of
from organizer.health.writer import Part, Writer, part_words, writer_of
from organizer.model.case import Case
from organizer.model.entry import Entry
from organizer.model.ids import NO_ENTRY, EntryId, PersonId
from organizer.model.statuses import Status
from organizer.services.opinion import cases, deciding, insurance, visits
from organizer.services.opinion import questions as asking
from organizer.services.opinion.leaving_out import MatterInfo, Paper, matters_among, sift
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import entries as reading

_IN_USE = (Status.NOT_SAID, Status.ACTIVE)


def options(
    record: Record,
    person: PersonId,
    size: str = "letter",
    case_id: EntryId = NO_ENTRY,
    ticked: Collection[str] = (),
) -> Paper:
    """The options of a case (the only open one if none is named) side by side; without any, all of a person."""
    from organizer.packet.sheets.options import options_pdf

    case = cases.only_case(record, person, case_id)
    shown = sift(_options(record, person, case), ticked)
    columns = side_by_side(shown.entries)
    is_shortened = bool(shown.withheld)
    pdf = options_pdf(reading.get(record, person), case, columns, _voice(record, person), size, is_shortened)
    return Paper(pdf, shown.in_words())


def options_matters(record: Record, person: PersonId, case_id: EntryId = NO_ENTRY) -> list[MatterInfo]:
    """The sensitive matters of which that sheet could tell."""
    return matters_among(_options(record, person, cases.only_case(record, person, case_id)))


def _options(record: Record, person: PersonId, case: Case | None) -> list[Entry]:
    return cases.options_of(record, case) if case else reading.of_kind(record, person, "TreatmentOption", "created")


def comparison(record: Record, case_id: EntryId, size: str = "letter") -> Paper:
    """The opinions of a case row by row."""
    from organizer.packet.sheets.comparison import comparison_pdf

    case = cases.case_of(record, case_id)
    opinions = deciding.compared(record, case_id)
    whose = reading.get(record, case.person)
    return Paper(comparison_pdf(whose, case, opinions, _voice(record, case.person), size))


def _voice(record: Record, person: PersonId) -> Voice:
    return voice_of(reading.get(record, person), records.as_of(record))


def visit(record: Record, case_id: EntryId, size: str = "letter") -> Paper:
    """The questions of a case with room for the answers, and what was decided."""
    from organizer.packet.sheets.visit import VisitNotes, visit_pdf

    case = cases.case_of(record, case_id)
    asked = asking.ordered(record, case.person, case_id)
    whose = reading.get(record, case.person)
    named = [option.title for option in deciding.options_named(record, case_id)]
    return Paper(visit_pdf(whose, case, VisitNotes(asked, named, visits.outcome(record, case_id)), size))


def asked(record: Record, case_id: EntryId, size: str = "letter") -> Paper:
    """What was asked for in a case and what came."""
    from organizer.packet.sheets.asked import asked_pdf

    case = cases.case_of(record, case_id)
    whose = reading.get(record, case.person)
    return Paper(asked_pdf(whose, case, cases.asked_log(record, case_id), size))


def insurance_sheet(record: Record, person: PersonId, size: str = "letter", ticked: Collection[str] = ()) -> Paper:
    """The person's insurance with the calls so far."""
    from organizer.packet.sheets.insurance import InsuranceSheet, insurance_pdf

    known = insurance.facts_of(record, person)
    shown = sift([*known.coverages, *known.calls], ticked)
    sheet = InsuranceSheet(
        reading.get(record, person),
        records.as_of(record),
        shown.of_kind("Coverage"),
        shown.of_kind("Communication"),
        insurance.questions(record, person),
        shown.shortened,
    )
    return Paper(insurance_pdf(sheet, size), shown.in_words())


def insurance_matters(record: Record, person: PersonId) -> list[MatterInfo]:
    """The sensitive matters of which that sheet could tell."""
    known = insurance.facts_of(record, person)
    return matters_among([*known.coverages, *known.calls])


def emergency(record: Record, person: PersonId, size: str = "letter", ticked: Collection[str] = ()) -> Paper:
    """The emergency card of a person. Raises NotFoundError where the id is none of a person."""
    from organizer.packet.sheets.emergency import EmergencyCard, emergency_pdf

    whose = reading.get(record, person)
    if whose.kind != "Patient":
        raise NotFoundError(_("This is no person."), _("Choose a person of this record."))
    day = records.as_of(record)
    shown = sift(_on_card(record, person), ticked)
    known = allergies.allergies(sorted(shown.of_kind("AllergyIntolerance"), key=_by_title), day)
    courses = medicines.courses(shown.of_kind("MedicationStatement"), day)
    courses.sort(key=lambda course: list(MedicineState).index(course.state))
    conditions = problems.problems(shown.of_kind("Condition"), day)
    card = EmergencyCard(
        person=whose,
        as_of=day,
        allergies=[allergy for allergy in known if allergy.state is AllergyState.ACTIVE],
        none_known=[allergy.entry for allergy in known if allergy.state is AllergyState.NONE_KNOWN],
        medicines=[course for course in courses if course.state in STANDING],
        conditions=[problem for problem in conditions if _is_on_card(problem)],
        devices=_once([device for device in shown.of_kind("Device") if device.status in _IN_USE]),
        contacts=_contacts(record, whose, sorted(shown.of_kind("Practitioner"), key=_by_title)),
        shortened=shown.shortened,
    )
    return Paper(emergency_pdf(card, size), shown.in_words())


def card_matters(record: Record, person: PersonId) -> list[MatterInfo]:
    """The sensitive matters of which the card could tell."""
    return matters_among(_on_card(record, person))


def _on_card(record: Record, person: PersonId) -> list[Entry]:
    """All that the card has lines of, the newest of each first."""
    entries = reading.of_kind(record, person, "AllergyIntolerance")
    entries += reading.of_kind(record, person, "MedicationStatement")
    entries += reading.of_kind(record, person, "Condition")
    entries += reading.of_kind(record, person, "Device")
    return entries + reading.of_kind(record, person, "Practitioner")


def _by_title(entry: Entry) -> str:
    return entry.title.casefold()


def _is_on_card(problem: Problem) -> bool:
    """Open diagnoses; what a source itself marks as a finding or a situation (SNOMED CT's brackets) is none."""
    return problem.state in OPEN and class_of(problem.entry.title) not in ASIDE


def _once(entries: Sequence[Entry]) -> list[Entry]:
    """One line a title, the latest of it."""
    latest: dict[str, Entry] = {}
    for entry in entries:
        latest.setdefault(entry.title.casefold(), entry)
    return list(latest.values())


def _contacts(record: Record, person: Entry, doctors: Sequence[Entry]) -> list[tuple[str, str]]:
    """The emergency contact, who cares for the person with a way to reach them, then the doctors that have a phone."""
    writer = writer_of(person, records.as_of(record))
    lines = [line.strip() for line in person.text("emergency_contact").splitlines() if line.strip()]
    contacts = []
    if not writer.is_patient and writer.name and not _is_reached_by(lines, writer.name):
        # A line with the name alone says less than the one that goes before it.
        lines = [line for line in lines if line.casefold() != writer.name.casefold()]
        contacts.append((_who_cares(writer), ", ".join(part for part in (writer.name, writer.phone) if part)))
    contacts += [(_("Emergency contact"), line) for line in lines]
    for doctor in [doctor for doctor in doctors if doctor.text("phone")][:3]:
        who = ", ".join(part for part in (doctor.title, doctor.text("specialty")) if part)
        contacts.append((who, doctor.text("phone")))
    return contacts


def _is_reached_by(lines: Sequence[str], name: str) -> bool:
    """Whether a line gives the name with a number."""
    return any(name.casefold() in line.casefold() and any(map(str.isdigit, line)) for line in lines)


def _who_cares(writer: Writer) -> str:
    """`Mother`, `Daughter, representative`: as a label."""
    says_part = writer.relation or writer.part is not Part.HELPER
    label = part_words(writer) if says_part else _("Caregiver")
    return label[:1].upper() + label[1:]
