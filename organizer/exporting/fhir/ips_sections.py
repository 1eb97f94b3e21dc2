"""The sections of an International Patient Summary and which entries of a record belong in each.

HL7 FHIR IPS (hl7.org/fhir/uv/ips): problems, allergies and medicines are always there; where the record knows of
none they say so by a statement of their own (absent-unknown-uv-ips), and never that there is none. What was entered in
error or ruled out is no part of a summary.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from organizer.base.dates import today
from organizer.base.i18n import marked
from organizer.model.codes import SNOMED
from organizer.model.entry import Entry

ABSENT_UNKNOWN = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
_STATEMENTS = (
    ("716186003", "no-known-allergies", "No known allergies"),
    ("409137002", "no-known-medication-allergies", "No known medication allergies"),
    ("428607008", "no-known-environmental-allergies", "No known environmental allergies"),
    ("429625007", "no-known-food-allergies", "No known food allergies"),
    ("160245001", "no-known-problems", "No known problems"),
    ("787481004", "no-known-medications", "No known medications"),
)
"""What states that none is known: the code of SNOMED CT, the code of IPS and its display."""
_BY_SNOMED = {snomed: (code, display) for snomed, code, display in _STATEMENTS}
_BY_WORDS = {code: (code, display) for _snomed, code, display in _STATEMENTS}
"""These say what they mean in words, whatever system they are told to be of."""

_OF_ALL = ("no-known-allergies", "no-known-problems", "no-known-medications")
_PAST = ("inactive", "remission", "resolved")
_CURRENT_MEDICINE = ("active", "on-hold", "intended", "unknown", "")
_PREGNANCY = frozenset(
    {"82810-3", "11778-8", "11779-6", "11780-4", "11636-8", "11637-6", "11638-4", "11639-2", "11640-0", "11612-9"}
    | {"11613-7", "11614-5", "33065-4"}
)
"""LOINC: pregnancy status, expected delivery dates, outcomes (value sets of the IPS pregnancy profiles)."""
_DIRECTIVES = frozenset({"42348-3", "42349-1", "64298-3", "75320-2", "75787-2", "81334-5", "86533-7"})
"""LOINC: advance directives, living will, power of attorney for health."""
_DIRECTIVE_WORDS = re.compile(r"advance (healthcare )?directive|living will|patientenverf", re.IGNORECASE)
_RESULTS = ("laboratory", "imaging", "exam", "procedure", "therapy", "")


@dataclass(frozen=True, slots=True)
class Section:
    """A section: LOINC `code` and its `display`, the person's `title`, whose entries `belongs` tells.

    `latest` keeps of each measure only the last. `absent` is the statement (code, display) where nothing is known,
    "" where the section is then left out. `told_only` sections say it in words alone: IPS has no entries for them.
    """

    code: str
    display: str
    title: str
    kind: str
    belongs: Callable[[Entry], bool]
    columns: tuple[str, ...]
    latest: bool = False
    absent: tuple[str, str] = ("", "")
    told_only: bool = False


def statement(entry: Entry) -> tuple[str, str]:
    """The IPS code and display of an entry that states that none is known, or two empty texts."""
    for coding in entry.codes:
        found = _BY_WORDS.get(coding.code)
        if found is None and coding.identity.system == SNOMED:
            found = _BY_SNOMED.get(coding.code)
        if found is not None:
            return found
    return _BY_WORDS["no-known-allergies"] if entry.data.get("none_known") else ("", "")


def chosen(section: Section, entries: Sequence[Entry]) -> list[Entry]:
    """The entries of a section, the latest first. That none is known at all gives way to what is known."""
    found = [one for one in entries if one.kind == section.kind and one.is_fact and section.belongs(one)]
    if section.kind == "MedicationStatement":
        found = [one for one in found if _current(one)] or found
    named = [one for one in found if statement(one)[0] not in _OF_ALL]
    found = named or found[:1]
    found.sort(key=lambda one: one.happened.sort_key if one.happened else "", reverse=True)
    return _latest_of_each(found) if section.latest else found


def _latest_of_each(found: Sequence[Entry]) -> list[Entry]:
    kept: dict[str, Entry] = {}
    for one in found:
        kept.setdefault(one.measure.casefold(), one)
    return list(kept.values())


def _over(entry: Entry) -> bool:
    return bool(entry.ended and entry.ended.last_day < today())


def _current(entry: Entry) -> bool:
    return entry.status in _CURRENT_MEDICINE and not _over(entry)


def is_past(entry: Entry) -> bool:
    """Whether an illness is over by its course, or by its end where no course is told."""
    return entry.status in _PAST or (not entry.status and _over(entry))


def _pregnancy(entry: Entry) -> bool:
    return any(one.identity.loinc in _PREGNANCY for one in entry.codes)


def _in(*categories: str) -> Callable[[Entry], bool]:
    return lambda entry: entry.text("category") in categories and not _pregnancy(entry)


def _directive(entry: Entry) -> bool:
    words = f"{entry.title} {entry.text('document_type')}"
    return any(one.identity.loinc in _DIRECTIVES for one in entry.codes) or bool(_DIRECTIVE_WORDS.search(words))


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
        lambda entry: entry.status != "preparation", ("title", "happened", "status", "outcome"),
    ),
    Section(
        "46264-8", "History of medical device use", marked("Implants and devices"), "Device",
        lambda entry: entry.status != "inactive", ("title", "happened", "manufacturer", "model"),
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
        _in("functional-status"), ("title", "happened", "value_text"), latest=True, told_only=True,
    ),
    Section(
        "18776-5", "Plan of care note", marked("Treatment plans"), "CarePlan",
        lambda entry: entry.status in ("active", "on-hold", "draft", "unknown", ""), ("title", "happened", "what"),
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
