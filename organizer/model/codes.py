"""What a code is: always of a system. One key for a code and one for a measure, by which they are compared everywhere.

A bare code says nothing: `1001` is sodium in one laboratory and glucose in another, `C0011849` is diabetes in UMLS and
no cancer. The well-known systems go by several names (`http://loinc.org`, `urn:oid:2.16.840.1.113883.6.1`); the
canonical URI of each, with its aliases, stands in resources/code_systems.json.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NewType

from organizer.base.remembered import remembered

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ATC = "http://www.whocc.no/atc"
ICD10 = "icd-10"
"""The family of all editions of ICD-10 for diagnoses: WHO's, the clinical modification, the German, the Swedish…"""
TITLE = "title:"
"""Begins the key of a measure that has no code."""

MeasureKey = NewType("MeasureKey", str)
"""By what results are one series: `http://loinc.org|2345-7`, `|HB|Hemoglobin` or `title:Pain`."""

_OID = re.compile(r"[0-2](\.\d+){2,}")
_NAMES_ICD10 = re.compile(r"\b(icd|cim|cie)[-_]?10(?!\d)(?!.*(pcs|procedure))", re.IGNORECASE)
_ICD10_CODE = re.compile(r"[A-Z]\d[0-9AB][0-9A-Z]{0,4}")
_LOINC_CODE = re.compile(r"(\d{1,7})-(\d)")


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a system, both in their canonical form: what is equal is the same code.

    `system` is a URI; "" where the source names none: such a code is only known where it stands.
    """

    system: str
    code: str

    def __post_init__(self) -> None:
        system = canonical_system(self.system)
        code = self.code.strip()
        if family_of(system):
            # Classifications are printed with and without their dot, and with marks: C50.9, c509, E10.3†, H36.0*.
            code = re.sub(r"[.\s†*+!]", "", code).upper()
        object.__setattr__(self, "system", system)
        object.__setattr__(self, "code", code)

    @property
    def key(self) -> str:
        """`http://loinc.org|2345-7`, as a FHIR token names it (hl7.org/fhir/R4/search.html#token)."""
        return f"{self.system}|{self.code}"

    @property
    def loinc(self) -> str:
        """The code where it is a LOINC code, else ""."""
        return self.code if self.system == LOINC else ""

    @property
    def icd10(self) -> str:
        """The code without its dot (`C509`) where it is a code of any edition of ICD-10, else ""."""
        coded = family_of(self.system) == ICD10 and _ICD10_CODE.fullmatch(self.code)
        return self.code if coded else ""

    def is_in(self, system: str, codes: Iterable[str]) -> bool:
        """Whether it is one of these codes of the system."""
        return self.system == system and self.code in codes


@remembered(65_536)
def code_of(system: str, code: str) -> Code:
    """The canonical code of what a source wrote; the same few thousand come again and again."""
    return Code(system, code)


@remembered(4_096)
def canonical_system(system: str) -> str:
    """The URI of a code system by any of its URIs, OIDs or names; what is unknown stays, a bare OID as `urn:oid:…`.

    A version behind the URI (`http://loinc.org|2.77`) and an edition of SNOMED CT are left out.
    """
    named = system.strip().partition("|")[0]
    if _OID.fullmatch(named):
        named = f"urn:oid:{named}"
    if named.casefold().startswith(f"{SNOMED}/"):
        return SNOMED
    if ":" not in named and "/" not in named:
        return system_named(named) or named
    return _table().aliases.get(_folded(named), named)


def system_named(name: str) -> str:
    """The URI of a code system by its name (`LOINC`, `icd10gm2015`); "" where no such system is known."""
    folded = re.sub(r"[\W_]", "", name).casefold()
    known = _table().names
    return known.get(folded) or known.get(re.sub(r"(19|20)\d\d$", "", folded), "")


@remembered(4_096)
def family_of(system: str) -> str:
    """`icd-10` or `icd-9` for the classifications that have editions, else "".

    A system that nobody listed but that is called ICD-10 in its own URI is one.
    """
    uri = canonical_system(system)
    known = _table().families.get(uri)
    if known is None and _NAMES_ICD10.search(uri):
        return ICD10
    return known or ""


def is_loinc_code(text: str) -> bool:
    """Whether a text is formed like a LOINC code, its check digit included (LOINC Users' Guide: mod 10)."""
    match = _LOINC_CODE.fullmatch(text)
    if match is None:
        return False
    total = 0
    for place, digit in enumerate(reversed(match[1])):
        doubled = int(digit) * 2 if place % 2 == 0 else int(digit)
        total += doubled - 9 if doubled > 9 else doubled
    return (10 - total % 10) % 10 == int(match[2])


def measure_key(codes: Iterable[Code], title: str) -> MeasureKey:
    """What results are one series by: their LOINC code, else the first code that has a system, else their title.

    A code without a system is told apart by its title too: another laboratory's `HB` may be something else.
    """
    coded = promoted(codes)
    if coded is None:
        return MeasureKey(f"{TITLE}{title}")
    if coded.system:
        return MeasureKey(coded.key)
    return MeasureKey(f"{coded.key}|{title}" if title else coded.key)


def promoted(codes: Iterable[Code]) -> Code | None:
    """The code that stands for all of an entry's: LOINC before other systems, these before none; else the first."""
    return min(codes, key=lambda code: (code.system != LOINC, not code.system), default=None)


def measured_code(key: MeasureKey) -> Code | None:
    """The code within a measure's key; None where it is known by its title alone."""
    if key.startswith(TITLE) or "|" not in key:
        return None
    system, _bar, code = key.partition("|")
    return code_of(system, code if system else code.partition("|")[0])


def measured_loinc(key: MeasureKey) -> str:
    """The LOINC code of a measure's key; "" where it has none."""
    coded = measured_code(key)
    return coded.loinc if coded else ""


def shown_code(key: MeasureKey) -> str:
    """A measure's code as a source prints it, or `title:` and its title: for people, never to compare by."""
    coded = measured_code(key)
    return coded.code if coded else key


def parsed(text: str) -> tuple[str, str]:
    """System and code of what a person typed: `LOINC 4548-4`, `http://loinc.org|4548-4`, or a bare code.

    A bare code is a LOINC code where it is formed like one, else of no system.
    """
    text = text.strip()
    if text.startswith("|"):
        return "", text[1:].partition("|")[0].strip()
    if "|" in text:
        system, _bar, code = text.rpartition("|")
        return canonical_system(system), code.strip()
    name, _space, code = text.rpartition(" ")
    if name:
        return system_named(name) or canonical_system(name), code
    return LOINC if is_loinc_code(code) else "", code


def table_mark() -> str:
    """Changes with the table of systems: keys that were kept under another table are to be made anew."""
    return _table().mark


@dataclass(frozen=True, slots=True)
class _Systems:
    """The table: canonical URI by alias and by name, family by URI; `mark` is a digest of the whole."""

    aliases: dict[str, str]
    names: dict[str, str]
    families: dict[str, str]
    mark: str


def _folded(system: str) -> str:
    bare = system.casefold().rstrip("/")
    return f"http://{bare[8:]}" if bare.startswith("https://") else bare


@cache
def _table() -> _Systems:
    text = (resources.files("resources") / "code_systems.json").read_bytes()
    aliases: dict[str, str] = {}
    names: dict[str, str] = {}
    families: dict[str, str] = {}
    for system in json.loads(text)["systems"]:
        uri = system["uri"]
        families[uri] = system.get("family", "")
        for alias in (uri, *system.get("aliases", ())):
            aliases[_folded(f"urn:oid:{alias}" if _OID.fullmatch(alias) else alias)] = uri
        for name in system["names"]:
            names[re.sub(r"[\W_]", "", name).casefold()] = uri
    return _Systems(aliases, names, families, hashlib.sha256(text).hexdigest()[:16])
