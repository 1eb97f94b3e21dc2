"""The sections of an International Patient Summary and which entries of a record belong in each.

HL7 FHIR IPS (hl7.org/fhir/uv/ips): problems, allergies and medicines are always there; where the record knows of
none they say so by a statement of their own (absent-unknown-uv-ips), and never that there is none. What was entered in
error or ruled out is no part of a summary.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from organizer.base.dates import today
from organizer.base.i18n import marked
from organizer.health import allergies, medicines, problems
from organizer.health.absence import Says, absence_of
from organizer.health.medicines import STANDING, MedicineState
from organizer.health.problems import OPEN, ProblemState
from organizer.health.vocabulary import coded_concepts, is_about, speaks_of
from organizer.model.entry import Entry
from organizer.model.statuses import Status, Verification

ABSENT_UNKNOWN = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
_STATEMENTS = {
    ("AllergyIntolerance", "all"): ("no-known-allergies", "No known allergies"),
    ("AllergyIntolerance", "drug"): ("no-known-medication-allergies", "No known medication allergies"),
    ("AllergyIntolerance", "environment"): ("no-known-environmental-allergies", "No known environmental allergies"),
    ("AllergyIntolerance", "food"): ("no-known-food-allergies", "No known food allergies"),
    ("Condition", "all"): ("no-known-problems", "No known problems"),
    ("MedicationStatement", "all"): ("no-known-medications", "No known medications"),
}
"""What states that none is known: by kind and scope the code of IPS and its display."""

_OF_ALL = ("no-known-allergies", "no-known-problems", "no-known-medications")
_RESULTS = ("laboratory", "imaging", "exam", "procedure", "therapy", "")


@dataclass(frozen=True, slots=True)
class Section:
    """A section: LOINC `code` and its `display`, the person's `title`, whose entries `belongs` tells.

    `latest` keeps of each measure only the last. `absent` is the statement (code, display) where nothing is known,
    "" where the section is then left out. `in_words_only` sections say it in words alone: IPS has no entries for them.
    """

    code: str
    display: str
    title: str
    kind: str
    belongs: Callable[[Entry], bool]
    columns: tuple[str, ...]
    latest: bool = False
    absent: tuple[str, str] = ("", "")
    in_words_only: bool = False


def statement(entry: Entry) -> tuple[str, str]:
    """The IPS code and display of an entry that states that none is known, or two empty texts."""
    absence = absence_of(entry)
    if absence is None or absence.says is not Says.NONE_KNOWN:
        return "", ""
    return _STATEMENTS.get((entry.kind, absence.scope), ("", ""))


def chosen(section: Section, entries: Sequence[Entry]) -> list[Entry]:
    """The entries of a section, the latest first, one for what several sources tell.

    That none is known at all gives way to what is known; that nobody asked is no entry, nor a statement that IPS has no
    code for (“no known latex allergy”).
    """
    listed = [entry for entry in entries if entry.kind == section.kind and entry.is_fact]
    if section.kind in _LEADING:
        stated = [entry for entry in listed if statement(entry)[0]]
        leading = _LEADING[section.kind](listed)
        partial = [entry for entry in stated if statement(entry)[0] not in _OF_ALL]
        listed = [*leading, *partial] or stated[:1]
    listed = [entry for entry in listed if section.belongs(entry)]
    listed.sort(key=attrgetter("day_key"), reverse=True)
    return _latest_of_each(listed) if section.latest else listed


def _leading_medicines(entries: Sequence[Entry]) -> list[Entry]:
    """What is taken, paused, planned or not said to be over; where there is none of it what was taken before."""
    courses = medicines.courses(entries, today())
    now = [course for course in courses if course.state in STANDING | {MedicineState.PLANNED}]
    stated = [entry for entry in entries if statement(entry)[0]]
    if not now and stated:
        return []
    return list(chain.from_iterable(course.strengths or (course.last,) for course in now or courses))


def _leading_problems(entries: Sequence[Entry]) -> list[Entry]:
    """The diagnoses of this person; what a title itself rules out, or tells of a relative, is none."""
    known = problems.problems(entries, today())
    return [problem.entry for problem in known if problem.state in (*OPEN, ProblemState.PAST)]


def _leading_allergies(entries: Sequence[Entry]) -> list[Entry]:
    grouped = allergies.allergies(entries, today())
    return [allergy.entry for allergy in grouped if absence_of(allergy.entry) is None]


_LEADING: dict[str, Callable[[Sequence[Entry]], list[Entry]]] = {
    "MedicationStatement": _leading_medicines,
    "Condition": _leading_problems,
    "AllergyIntolerance": _leading_allergies,
}


def _latest_of_each(results: Sequence[Entry]) -> list[Entry]:
    latest: dict[str, Entry] = {}
    for entry in results:
        latest.setdefault(entry.measure.casefold(), entry)
    return list(latest.values())


def is_past(entry: Entry) -> bool:
    """Whether an illness is over by its course or its end."""
    return problems.state_of(entry, today()) is ProblemState.PAST


def as_it_stands(entry: Entry) -> Entry:
    """The entry with the status that R4 has for how it stands today: active with a past end isn't active."""
    if entry.kind == "MedicationStatement" and medicines.is_medicine(entry):
        state = medicines.state_of(entry, today())
        over = Status.STOPPED if entry.status == Status.STOPPED else Status.COMPLETED
        return entry.having(status=_R4_STATUSES.get(state, over))
    if entry.kind == "Condition" and is_past(entry) and entry.status not in _OVER:
        return entry.having(status=Status.RESOLVED if entry.ended else Status.INACTIVE)
    if entry.kind == "Condition":
        is_suspected = problems.state_of(entry, today()) is ProblemState.PROVISIONAL and not entry.verification
        return entry.having(data={**entry.data, "verification": Verification.PROVISIONAL}) if is_suspected else entry
    if entry.kind == "AllergyIntolerance" and absence_of(entry) is None:
        is_resolved = allergies.state_of(entry, today()) is allergies.AllergyState.RESOLVED
        return entry.having(status=Status.RESOLVED) if is_resolved and entry.status != Status.INACTIVE else entry
    return entry


_UNDER_WAY = (Status.ACTIVE, Status.ON_HOLD, Status.DRAFT, Status.UNKNOWN, Status.NOT_SAID)
_OVER = (Status.INACTIVE, Status.REMISSION, Status.RESOLVED)
_R4_STATUSES = {
    MedicineState.CURRENT: Status.ACTIVE,
    MedicineState.PAUSED: Status.ON_HOLD,
    MedicineState.PLANNED: Status.INTENDED,
    MedicineState.NEVER_TAKEN: Status.NOT_TAKEN,
    MedicineState.NOT_SAID: Status.UNKNOWN,
}
"""hl7.org/fhir/R4/valueset-medication-statement-status.html"""


def _pregnancy(entry: Entry) -> bool:
    """Pregnancy status, expected day of delivery or outcome, by the value sets of the IPS pregnancy profiles."""
    return "pregnancy-fact" in coded_concepts(entry, ("pregnancy-fact",))


def _in(*categories: str) -> Callable[[Entry], bool]:
    return lambda entry: entry.text("category") in categories and not _pregnancy(entry)


def _directive(entry: Entry) -> bool:
    """An advance directive, a living will, a power of attorney for health: by code, title or type."""
    return is_about(entry, "advance-directive") or speaks_of(entry.text("document_type"), "advance-directive")


def _any(_entry: Entry) -> bool:
    return True


SECTIONS: tuple[Section, ...] = (
    Section(
        "11450-4", "Problem list - Reported", marked("Problems"), "Condition", lambda entry: not is_past(entry),
        ("title", "happened", "status", "verification"), absent=("no-problem-info", "No information about problems"),
    ),
    Section(
        "48765-2", "Allergies and adverse reactions Document", marked("Allergies and intolerances"),
        "AllergyIntolerance", _any, ("title", "reaction", "severity", "status"),
        absent=("no-allergy-info", "No information about allergies"),
    ),
    Section(
        "10160-0", "History of Medication use Narrative", marked("Medicines"), "MedicationStatement",
        _any, ("title", "dose", "frequency", "happened", "ended", "status"),
        absent=("no-medication-info", "No information about medications"),
    ),
    Section(
        "11369-6", "History of Immunization Narrative", marked("Vaccinations"), "Immunization",
        _any, ("title", "happened", "lot", "status"),
    ),
    Section(
        "47519-4", "History of Procedures Document", marked("Operations and procedures"), "Procedure",
        lambda entry: entry.status != Status.PREPARATION, ("title", "happened", "status", "outcome"),
    ),
    Section(
        "46264-8", "History of medical device use", marked("Implants and devices"), "Device",
        lambda entry: entry.status != Status.INACTIVE, ("title", "happened", "manufacturer", "model"),
    ),
    Section(
        "30954-2", "Relevant diagnostic tests/laboratory data note", marked("Test results"), "Observation",
        _in(*_RESULTS), ("title", "happened", "value_text", "range_text", "interpretation"), latest=True,
    ),
    Section(
        "30954-2", "Relevant diagnostic tests/laboratory data note", marked("Reports"), "DiagnosticReport", _any,
        ("title", "happened", "conclusion"),
    ),
    Section(
        "8716-3", "Vital signs", marked("Vital signs"), "Observation", _in("vital-signs"),
        ("title", "happened", "value_text"), latest=True,
    ),
    Section(
        "11348-0", "History of Past illness Narrative", marked("Past illnesses"), "Condition", is_past,
        ("title", "happened", "ended", "status"),
    ),
    Section(
        "47420-5", "Functional status assessment note", marked("What daily life allows"), "Observation",
        _in("functional-status"), ("title", "happened", "value_text"), latest=True, in_words_only=True,
    ),
    Section(
        "18776-5", "Plan of care note", marked("Treatment plans"), "CarePlan",
        lambda entry: entry.status in _UNDER_WAY, ("title", "happened", "what"),
    ),
    Section(
        "29762-2", "Social history Narrative", marked("Way of life"), "Observation", _in("social-history"),
        ("title", "happened", "value_text"), latest=True,
    ),
    Section(
        "10162-6", "History of pregnancies Narrative", marked("Pregnancies"), "Observation", _pregnancy,
        ("title", "happened", "value_text"), latest=True,
    ),
    Section(
        "42348-3", "Advance healthcare directives", marked("Advance directives"), "DocumentReference", _directive,
        ("title", "happened", "author"),
    ),
)  # fmt: skip
"""In the order of the document; two of one code become one section with two tables."""
