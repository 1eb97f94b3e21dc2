"""What everybody is asked for, whatever the illness, and which rows there are for a case.

What a row is called and asks for are our own words. Which illness asks for which row stands in resources/intake.json;
the rows themselves in rows_of_tests.py and rows_of_papers.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from organizer.base.i18n import marked
from organizer.health.countries import country_of
from organizer.health.medicines import MedicineState, state_of
from organizer.health.opinion.belonging import same_doctor
from organizer.health.opinion.finders import any_of, nothing, of_category, of_kind, saying
from organizer.health.opinion.gathered import Gathered
from organizer.health.opinion.intake import intake_of
from organizer.health.opinion.row import ChecklistRow
from organizer.health.opinion.rows_of_papers import ROWS_OF_PAPERS
from organizer.health.opinion.rows_of_tests import ROWS_OF_TESTS
from organizer.health.vocabulary import speaks_of
from organizer.health.writer import writer_of
from organizer.model.entry import Entry, targets_of
from organizer.model.links import Role
from organizer.model.statuses import Status

YEAR = timedelta(days=365)
_PICTURED = ("ct", "mri", "pet", "ultrasound", "angiogram")
"""What a report of imaging is called by."""
_SOON = timedelta(days=56)
"""Within eight weeks of a diagnosis there need not be a treatment that was tried."""


_STAYS = frozenset({"inpatient", "imp", "acute", "nonac", "ss", "obsenc", "emergency", "emer"})
"""Stays and emergencies, in words and as HL7's ActCode v3 writes them."""


def _question(gathered: Gathered) -> list[Entry]:
    case = gathered.case
    return [case.entry] if case is not None and case.why else []


def _contacts(gathered: Gathered) -> list[Entry]:
    specialist = gathered.case.specialist if gathered.case else ""
    known = gathered.of("Practitioner", "Organization")
    known = [entry for entry in known if not same_doctor(entry.title, specialist)]
    return [entry for entry in known if entry.text("phone") or entry.text("address")]


def _insurance_card(gathered: Gathered) -> list[Entry]:
    cards = targets_of(gathered.of("Coverage"), Role.CARD)
    return [
        entry
        for entry in gathered.of("DocumentReference")
        if entry.id in cards
        or (entry.text("media_type").startswith("image/") and speaks_of(entry.title, "insurance", "card"))
    ]


def _may_be_insured(gathered: Gathered) -> bool:
    """The health service of the United Kingdom has no such card; a private insurance of the record may."""
    return country_of(gathered.person.text("address")) != "uk" or bool(gathered.of("Coverage"))


def _referral(gathered: Gathered) -> list[Entry]:
    orders = [entry for entry in gathered.of("ServiceRequest") if "referral" in gathered.concepts_of(entry)]
    return [entry for entry in orders if entry.status not in (Status.COMPLETED, Status.REVOKED)]


def _recent_labs(gathered: Gathered) -> list[Entry]:
    since = (gathered.as_of - YEAR).isoformat()
    results = gathered.of("DiagnosticReport", "Observation")
    labs = [entry for entry in results if entry.text("category") == "laboratory"]
    return [entry for entry in labs if entry.happened and entry.happened.sort_key >= since]


def _last_notes(gathered: Gathered) -> list[Entry]:
    documents = [entry for entry in gathered.of("DocumentReference") if entry.happened]
    notes = [entry for entry in documents if "visit-note" in gathered.concepts_of(entry)]
    return list({entry.text("file") or entry.id: entry for entry in reversed(notes)}.values())[::-1][:2]


def _plan_in_words(gathered: Gathered) -> list[Entry]:
    plans = [entry for entry in gathered.of("CarePlan") if entry.text("what") or entry.text("note")]
    return plans + [entry for entry in gathered.of("Encounter") if entry.text("decided")]


def _slides(gathered: Gathered) -> list[Entry]:
    return [entry for entry in of_category("pathology")(gathered) if entry.text("images_at")]


def _tried(gathered: Gathered) -> list[Entry]:
    """What was tried and ended, as far as it isn't known to be for another illness, and side effects."""
    spans = [span for span in gathered.of("MedicationStatement") if not gathered.is_for_another(span)]
    ended = [span for span in spans if state_of(span, gathered.as_of) is MedicineState.ENDED]
    return ended + gathered.of("AdverseEvent")


def _taken(gathered: Gathered) -> list[Entry]:
    """What is taken, or that nothing is; a medicine that was stopped is no list of those that are taken."""
    spans = gathered.of("MedicationStatement")
    return [span for span in spans if state_of(span, gathered.as_of) is not MedicineState.ENDED]


def _operation_notes(gathered: Gathered) -> list[Entry]:
    """The report on tissue that an operation took is another paper."""
    notes = saying("operation-note", kinds=("DocumentReference", "DiagnosticReport"))(gathered)
    return [note for note in notes if note.text("category") not in ("pathology", "imaging", "laboratory")]


def _needs(gathered: Gathered) -> list[Entry]:
    person = gathered.person
    return [person] if person.text("communication_needs") or person.text("language") else []


def _same_name(gathered: Gathered) -> list[Entry]:
    return [gathered.person] if gathered.person.text("birth_date") else []


def _is_known_for_long(gathered: Gathered) -> bool:
    """Whether there was time for a treatment to be tried; also where no diagnosis says since when."""
    days = [entry.happened.first_day for entry in gathered.diagnoses() if entry.happened]
    return not days or min(days) < gathered.as_of - _SOON


def _was_operated_on(gathered: Gathered) -> bool:
    done = [entry for entry in gathered.of("Procedure") if entry.status not in (Status.PREPARATION, Status.ON_HOLD)]
    return any("surgery" in gathered.concepts_of(entry) for entry in done)


def _was_in_hospital(gathered: Gathered) -> bool:
    visits = gathered.of("Encounter")
    return any(set(entry.text("visit_class").casefold().split()) & _STAYS for entry in visits)


def _has_images(gathered: Gathered) -> bool:
    return bool(of_category("imaging")(gathered))


def _has_tissue(gathered: Gathered) -> bool:
    return bool(of_category("pathology")(gathered))


def _is_operation_ahead(gathered: Gathered) -> bool:
    proposals = [entry for entry in gathered.proposed() if entry.status != Status.COMPLETED]
    return any(
        entry.text("invasiveness") == "surgical" or "weighty-procedure" in gathered.concepts_of(entry)
        for entry in proposals
    )


def _is_abroad(gathered: Gathered) -> bool:
    """Whether the specialist is known to be in another country than the person."""
    home, there = country_of(gathered.person.text("address")), _country_of_specialist(gathered)
    return bool(home and there and home != there)


def _country_of_specialist(gathered: Gathered) -> str:
    case = gathered.case
    if case is None:
        return ""
    names = {case.specialist.casefold(), case.place.casefold()} - {""}
    known = [entry for entry in gathered.of("Practitioner", "Organization") if entry.title.casefold() in names]
    places = [*(entry.text("address") for entry in known), case.place]
    return next((country for place in places if (country := country_of(place))), "")


def _in_somebody_s_name(gathered: Gathered) -> bool:
    return not writer_of(gathered.person, gathered.as_of).is_patient


BASE: tuple[ChecklistRow, ...] = (
    ChecklistRow("question", marked("My question, in a sentence or two"), _question),
    ChecklistRow("problems", marked("Diagnoses and problems"), of_kind("Condition"), marked("the problem list")),
    ChecklistRow("medicines", marked("Medicines taken now, with dose"), _taken, marked("the medication list")),
    ChecklistRow(
        "allergies",
        marked("Allergies, or that none is known"),
        of_kind("AllergyIntolerance"),
        marked("the allergy list"),
    ),
    ChecklistRow(
        "tried",
        marked("Treatments tried, and how they went"),
        _tried,
        marked("treatments tried, with dates, doses and why they were stopped"),
        sure=_is_known_for_long,
    ),
    ChecklistRow(
        "notes", marked("The last two notes of the treating doctor"), _last_notes, marked("the last two visit notes")
    ),
    ChecklistRow(
        "plan",
        marked("The plan in the doctor’s words"),
        _plan_in_words,
        marked("the treatment plan as it was written down"),
    ),
    ChecklistRow(
        "labs",
        marked("Laboratory results of twelve months"),
        _recent_labs,
        marked("laboratory results of the last twelve months"),
    ),
    ChecklistRow(
        "imaging",
        marked("Imaging reports"),
        any_of(of_category("imaging"), saying(*_PICTURED, kinds=("DocumentReference",))),
        marked("imaging reports"),
        sure=_has_images,
    ),
    ChecklistRow(
        "images",
        marked("The images themselves (disc or download)"),
        of_kind("ImagingStudy"),
        marked("the images as DICOM, on disc or for download"),
        sure=_has_images,
    ),
    ChecklistRow(
        "pathology",
        marked("Pathology report"),
        any_of(of_category("pathology"), saying("pathology-report", kinds=("DocumentReference",))),
        marked("pathology reports"),
        sure=_has_tissue,
        general=False,
    ),
    ChecklistRow(
        "slides",
        marked("Slides and blocks: where they are"),
        _slides,
        marked("slides and blocks, on loan"),
        sure=_has_tissue,
        general=False,
    ),
    ChecklistRow(
        "discharge",
        marked("Discharge summaries"),
        saying("discharge-summary", kinds=("DocumentReference", "DiagnosticReport")),
        marked("discharge summaries"),
        sure=_was_in_hospital,
    ),
    ChecklistRow(
        "operations",
        marked("Operation notes"),
        _operation_notes,
        marked("operation and procedure notes"),
        sure=_was_operated_on,
    ),
    ChecklistRow(
        "anaesthesia",
        marked("Trouble with an anaesthetic"),
        saying("anaesthesia", kinds=("DocumentReference", "Condition", "AdverseEvent", "Procedure")),
        marked("anaesthesia records"),
        needs=_is_operation_ahead,
        sure=_was_operated_on,
    ),
    ChecklistRow(
        "genetics",
        marked("Genetic results"),
        of_category("genetics"),
        marked("genetic test results"),
        sure=lambda gathered: bool(of_category("genetics")(gathered)),
        general=False,
    ),
    ChecklistRow(
        "birth",
        marked("Birth and early development"),
        saying("development-report", kinds=("DocumentReference", "DiagnosticReport", "Observation", "Condition")),
        marked("the birth record and the check-ups of the first years"),
        needs=lambda gathered: gathered.is_child,
    ),
    ChecklistRow(
        "growth",
        marked("Height, weight and growth chart"),
        any_of(saying("growth"), saying("body-size", kinds=("Observation",))),
        marked("the growth chart"),
        needs=lambda gathered: gathered.is_child,
    ),
    ChecklistRow(
        "vaccinations",
        marked("Vaccinations"),
        of_kind("Immunization"),
        marked("the vaccination record"),
        needs=lambda gathered: gathered.is_child,
    ),
    ChecklistRow("family", marked("Illnesses in the family"), of_kind("FamilyMemberHistory")),
    ChecklistRow("contacts", marked("Contacts of the treating doctors"), _contacts),
    ChecklistRow("referral", marked("Referral or authorisation, where it is needed"), _referral),
    ChecklistRow("insurance-card", marked("Insurance card, both sides"), _insurance_card, needs=_may_be_insured),
    ChecklistRow("photo-id", marked("Photo identity card"), nothing, needs=lambda gathered: not gathered.is_child),
    ChecklistRow(
        "writer-id",
        marked("Photo identity card of whoever comes along, and proof of the right to decide"),
        nothing,
        needs=_in_somebody_s_name,
    ),
    ChecklistRow("passport", marked("Passport, and a visa where one is needed"), nothing, needs=_is_abroad),
    ChecklistRow(
        "translation",
        marked("Records in the doctor’s language: which need a certified translation"),
        nothing,
        needs=_is_abroad,
    ),
    ChecklistRow("language", marked("Language, and what helps me in a conversation"), _needs),
    ChecklistRow("same-name", marked("The same name and birth date on each record"), _same_name),
)


@cache
def every_row() -> Mapping[str, ChecklistRow]:
    """All rows by their ids."""
    return {row.id: row for row in (*BASE, *ROWS_OF_TESTS, *ROWS_OF_PAPERS)}


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A row for a case, and whether it is known, or usual, that there is such a thing."""

    row: ChecklistRow
    is_sure: bool


def rows_for(gathered: Gathered, specialty: str = "") -> Sequence[AskedRow]:
    """The rows of a case: those of its illnesses (of its field, where no illness is known) first, then everybody's.

    What can't exist for this person, by age or sex, is left out; what is there only where it was done isn't sure.
    """
    listed = intake_of(gathered.illnesses(), specialty, gathered.suspected())
    rows = every_row()
    base = {row.id: row for row in BASE}
    asked = {name: AskedRow(rows[name], True) for name in listed.usual}
    for name in listed.if_done:
        asked.setdefault(name, AskedRow(rows[name], name in base and base[name].sure(gathered)))
    for row in BASE:
        if row.general or not listed.usual or row.sure(gathered):
            asked.setdefault(row.id, AskedRow(row, row.sure(gathered)))
    answered = _answered(gathered)
    asked |= {name: AskedRow(rows[name], True) for name in answered if name not in asked}
    return [chosen for chosen in asked.values() if chosen.row.id in answered or chosen.row.needs(gathered)]


def _answered(gathered: Gathered) -> list[str]:
    """The rows of which the person said something: they stay, whatever the case is about by now."""
    answers = gathered.case.answers if gathered.case is not None else ()
    return [answer.row for answer in answers if answer.row in every_row()]
