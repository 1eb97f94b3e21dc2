"""Single sheets as PDFs: options, opinions, the visit, insurance, the emergency card. Each holds one person only."""

from collections.abc import Sequence

from organizer.base.errors import NotFoundError
from organizer.base.i18n import _
from organizer.health import allergies, medicines, problems
from organizer.health.allergies import AllergyState
from organizer.health.medicines import STANDING, MedicineState
from organizer.health.opinion.options import side_by_side
from organizer.health.problems import OPEN, Problem
from organizer.health.vocabulary.classes import ASIDE, class_of
from organizer.health.voice import Voice, voice_of
from organizer.health.writer import writer_of
from organizer.model.entry import Entry
from organizer.model.ids import NO_ENTRY, EntryId, PersonId
from organizer.model.statuses import Status
from organizer.services.opinion import cases, deciding, insurance, visits
from organizer.services.opinion import questions as asking
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import entries as reading


def options(record: Record, person: PersonId, size: str = "letter", case_id: EntryId = NO_ENTRY) -> bytes:
    """The options of a case (the only open one if none is named) side by side; without any, all of a person."""
    from organizer.packet.sheets.options import options_pdf

    case = cases.only_case(record, person, case_id)
    entries = cases.options_of(record, case) if case else reading.of_kind(record, person, "TreatmentOption", "created")
    return options_pdf(reading.get(record, person), case, side_by_side(entries), _voice(record, person), size)


def comparison(record: Record, case_id: EntryId, size: str = "letter") -> bytes:
    """The opinions of a case row by row."""
    from organizer.packet.sheets.comparison import comparison_pdf

    case = cases.case_of(record, case_id)
    columns = [opinion for opinion in deciding.compared(record, case_id) if not opinion.is_blank]
    return comparison_pdf(reading.get(record, case.person), case, columns, _voice(record, case.person), size)


def _voice(record: Record, person: PersonId) -> Voice:
    return voice_of(reading.get(record, person), records.as_of(record))


def visit(record: Record, case_id: EntryId, size: str = "letter") -> bytes:
    """The questions of a case with room for the answers, and what was decided."""
    from organizer.packet.sheets.visit import visit_pdf

    case = cases.case_of(record, case_id)
    asked = asking.ordered(record, case.person, case_id)
    return visit_pdf(reading.get(record, case.person), case, asked, visits.outcome(record, case_id), size)


def asked(record: Record, case_id: EntryId, size: str = "letter") -> bytes:
    """What was asked for in a case and what came."""
    from organizer.packet.sheets.asked import asked_pdf

    case = cases.case_of(record, case_id)
    return asked_pdf(reading.get(record, case.person), case, cases.asked_log(record, case_id), size)


def insurance_sheet(record: Record, person: PersonId, size: str = "letter") -> bytes:
    """The person's insurance with the calls so far."""
    from organizer.packet.sheets.insurance import insurance_pdf

    insurance_told = insurance.told(record, person)
    return insurance_pdf(
        reading.get(record, person),
        insurance_told.coverages,
        insurance_told.calls,
        insurance.questions(record, person),
        size,
    )


def emergency(record: Record, person: PersonId, size: str = "letter") -> bytes:
    """The emergency card of a person. Raises NotFoundError where the id is none of a person."""
    from organizer.packet.sheets.emergency import EmergencyCard, emergency_pdf

    whose = reading.get(record, person)
    if whose.kind != "Patient":
        raise NotFoundError(_("This is no person."), _("Choose a person of this record."))
    day = records.as_of(record)
    known = allergies.allergies(reading.of_kind(record, person, "AllergyIntolerance", "title"), day)
    courses = medicines.courses(reading.of_kind(record, person, "MedicationStatement"), day)
    courses.sort(key=lambda course: list(MedicineState).index(course.state))
    grouped = problems.problems(reading.of_kind(record, person, "Condition"), day)
    card = EmergencyCard(
        person=whose,
        as_of=day.isoformat(),
        allergies=[allergy for allergy in known if allergy.state is AllergyState.ACTIVE],
        none_known=[allergy.entry for allergy in known if allergy.state is AllergyState.NONE_KNOWN],
        medicines=[course for course in courses if course.state in STANDING],
        conditions=[problem.entry for problem in grouped if _is_told(problem)],
        devices=_once(
            [
                entry
                for entry in reading.of_kind(record, person, "Device")
                if entry.status in (Status.NOT_SAID, Status.ACTIVE)
            ]
        ),
        contacts=_contacts(record, whose),
    )
    return emergency_pdf(card, size)


def _is_told(problem: Problem) -> bool:
    """Open diagnoses; what a source itself marks as a finding or a situation (SNOMED CT's brackets) is none."""
    return problem.state in OPEN and class_of(problem.entry.title) not in ASIDE


def _once(entries: Sequence[Entry]) -> list[Entry]:
    """One line a title, the latest of it."""
    latest: dict[str, Entry] = {}
    for entry in entries:
        latest.setdefault(entry.title.casefold(), entry)
    return list(latest.values())


def _contacts(record: Record, person: Entry) -> list[tuple[str, str]]:
    """The emergency contact, who cares for the person with a way to reach them, then the doctors that have a phone."""
    lines = [line.strip() for line in person.text("emergency_contact").splitlines() if line.strip()]
    contacts = [(_("Emergency contact"), line) for line in lines]
    writer = writer_of(person, records.as_of(record))
    if not writer.is_patient and writer.name:
        is_named = any(writer.name.casefold() in line.casefold() and any(map(str.isdigit, line)) for line in lines)
        if not is_named:
            whom = ", ".join(part for part in (writer.name, writer.phone) if part)
            contacts.insert(0, (writer.relation or _("Caregiver"), whom))
    doctors = [
        entry for entry in reading.of_kind(record, person.person, "Practitioner", "title") if entry.text("phone")
    ]
    for doctor in doctors[:3]:
        contacts.append(
            (", ".join(part for part in (doctor.title, doctor.text("specialty")) if part), doctor.text("phone"))
        )
    return contacts
