"""What an entry is called in plain words: the one place for it. The source's own words stay in the entry.

A title is left as it is but for four things that are no words for a person: the class behind a name of SNOMED CT
(`Angina (disorder)`), the property within a name of LOINC (`Hemoglobin [Mass/volume] in Blood`; the kind of quantity is
the second part of such a name: hl7.org/fhir/uv/livd, LOINC code system, looked up 2026-11-29), a bare code, and the
number of a study (`e+1`).
"""

import re

from organizer.base.analytes import analyte_of
from organizer.base.i18n import _
from organizer.health.vocabulary.classes import without_class
from organizer.model.codes import ATC, LOINC, RXNORM, SNOMED, Code, MeasureKey, family_of, measured_code
from organizer.model.entry import Coding, Entry
from organizer.model.kinds import find_kind, names

_MEASURED = names(lambda kind: kind.finding or kind.field("measure") is not None)
"""Kinds whose names are LOINC's: elsewhere a bracket holds a brand, as in `atorvastatin 10 MG [Lipitor]`."""
_PROPERTY = re.compile(r" ?\[[#A-Z][\w#/ .\u200b-]*\](?=$| (?:in|of|by|on|from|at|to|-|<|>|≤|≥|--)\s)")
_COUNTED = re.compile(r" by Automated count$", re.IGNORECASE)
"""The usual way to count: what is counted by hand says so."""
_WORD = re.compile(r"[^\W\d_]{2}")
_SYSTEMS = {LOINC: "LOINC", SNOMED: "SNOMED CT", RXNORM: "RxNorm", ATC: "ATC"}
_FAMILIES = {"icd-10": "ICD-10", "icd-9": "ICD-9"}
_MANY_DIGITS = re.compile(r"\d{4,}")


def plain_title(entry: Entry) -> str:
    """The title of an entry in plain words.

    >>> plain_title(Entry("Condition", "Angina (disorder)"))
    'Angina'
    """
    title = entry.title
    bare = title.strip()
    coded = next(
        (coding.identity for coding in entry.codes if coding == Coding(coding.system, bare, coding.display)), None
    )
    if coded is not None:
        return _named_by_code(entry.kind, coded, bare) or title
    if entry.kind == "ImagingStudy" and not _WORD.search(title):
        return _nameless(entry.kind)
    return _in_words(entry.kind, title)


def plain_measure(title: str, key: MeasureKey) -> str:
    """The title of a measure in plain words.

    >>> plain_measure("Hemoglobin [Mass/volume] in Blood", MeasureKey("http://loinc.org|718-7"))
    'Hemoglobin in Blood'
    """
    coded = measured_code(key)
    if coded is not None and title.strip() in (coded.code, ""):
        return _named_by_code("Observation", coded, coded.code) or title
    return _in_words("Observation", title)


def _in_words(kind: str, title: str) -> str:
    bare = without_class(title)
    if kind in _MEASURED:
        bare = _COUNTED.sub("", _PROPERTY.sub("", bare))
    return bare.strip() or title


def _named_by_code(kind: str, code: Code, printed: str) -> str:
    """What a bare code stands for where one table knows it, else that it has no name; "" for an abbreviation.

    `printed` is the code as its source wrote it.
    """
    analyte = analyte_of(code.key) if code.system == LOINC else None
    if analyte is not None:
        return analyte.name.partition(", as ")[0]
    system = _SYSTEMS.get(code.system) or _FAMILIES.get(family_of(code.system), "")
    if not system and not _MANY_DIGITS.fullmatch(code.code):
        return ""
    words = _("{kind} without a name (code {code})")
    return words.format(kind=_nameless(kind), code=f"{system} {printed}".strip())


def _nameless(kind: str) -> str:
    return _(find_kind(kind).label)
