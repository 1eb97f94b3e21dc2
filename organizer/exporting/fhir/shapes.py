"""Plain values in the shapes that FHIR R4 gives them (hl7.org/fhir/R4/datatypes.html).

Each gives an empty value where R4 can't say it as it is; what is lost so is told by an extension (interchange.py).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from organizer.base.units import is_ucum
from organizer.model.entry import Coding, Entry
from organizer.model.interchange import ID_PREFIX, plain

Node = dict[str, Any]
Shape = Callable[[Any], Any]

UCUM = "http://unitsofmeasure.org"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)")
_DAY = re.compile(r"[12]\d{3}(-\d\d(-\d\d)?)?")
_DECIMAL = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,17})?")
_URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(; ?[\w.+-]+=[\w.+-]+)*", re.ASCII)
_CODE = re.compile(r"\S+( \S+)*")


def filled(pairs: Mapping[str, Any]) -> Node:
    """Without what is empty: FHIR knows no empty text, list or object."""
    return {name: value for name, value in pairs.items() if value is not None and value not in ("", [], {})}


def words(value: Any) -> str:
    """A text without what a FHIR string can't carry: control characters, blanks at its ends, an end beyond 1 MiB."""
    return plain(value) if isinstance(value, str) else ""


def coding(system: str, code: str, display: str = "") -> Node:
    """A Coding; one whose system is no URI, or whose code is none, has only its words."""
    if not _CODE.fullmatch(code) or (system and not _URI.fullmatch(system)):
        return filled({"display": words(display)})
    return filled({"system": system, "code": code, "display": words(display)})


def concept(text: Any, codes: Iterable[Coding] = ()) -> Node:
    """A CodeableConcept: the codings as received, and the words."""
    made = [coding(code.system, code.code, code.display) for code in codes]
    return filled({"coding": [coding for coding in made if coding], "text": words(text)})


def coded(system: str, code: str, display: str = "", text: str = "") -> Node:
    """A CodeableConcept of one code."""
    return filled({"coding": [coding(system, code, display)], "text": words(text)})


def concepts(text: Any) -> list[Node]:
    """A list with one CodeableConcept in words."""
    return [concept(text)] if words(text) else []


def named(text: Any) -> Node:
    """A Reference to somebody of whom only the name is known."""
    return filled({"display": words(text)})


def named_list(text: Any) -> list[Node]:
    """A list with one Reference in words."""
    return [named(text)] if words(text) else []


def held(text: Any, name: str) -> list[Node]:
    """A list with one object that holds the words in one element."""
    return [{name: words(text)}] if words(text) else []


def notes(text: Any) -> list[Node]:
    """An Annotation."""
    return held(text, "text")


def date_time(text: Any) -> str:
    """A dateTime: as printed, or its day where the source printed a time without zone or seconds, as R4 wants both."""
    if not isinstance(text, str) or not _DAY.match(text):
        return ""
    return text if _DAY.fullmatch(text) or _TIME.fullmatch(text) else text[:10]


def date(text: Any) -> str:
    """A date: year, month or day."""
    return date_time(text)[:10]


def instant(text: Any) -> str:
    """An instant, or "" for anything of less precision."""
    return text if isinstance(text, str) and _TIME.fullmatch(text) and _DAY.match(text) else ""


def period(entry: Entry) -> Node:
    """A Period from `happened` to `ended`; an end before its start is left out, as R4 refuses it (per-1)."""
    start = date_time(entry.happened.text if entry.happened else "")
    end = date_time(entry.ended.text if entry.ended else "")
    return filled({"start": start, "end": end if in_order(start, end) else ""})


def in_order(start: str, end: str) -> bool:
    """True where the end isn't before the start, as far as both are precise."""
    if len(start) > 10 and len(end) > 10:
        return datetime.fromisoformat(start) <= datetime.fromisoformat(end)
    precision = min(len(start), len(end), 10)
    return start[:precision] <= end[:precision]


def decimal(text: str, value: float | None = None) -> Decimal | None:
    """The number with its printed digits; else the number; None for words."""
    if value is None or (_DECIMAL.fullmatch(text) and float(text) == value):
        return Decimal(text) if _DECIMAL.fullmatch(text) and value is not None else None
    return plain_number(value)


def plain_number(value: Any) -> Decimal | None:
    """A number of the record, which has no printed digits, without needless ones."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e17:
        return None
    shown = Decimal(repr(value))
    return shown.to_integral_value() if shown == shown.to_integral_value() else shown


def quantity(number: Decimal | None, unit: str = "", comparator: str = "") -> Node:
    """A Quantity; its unit is a UCUM code only where it is one."""
    if number is None:
        return {}
    known = {"system": UCUM, "code": unit} if is_ucum(unit) else {}
    return filled({"value": number, "comparator": comparator, "unit": words(unit), **known})


def simple(value: Any, unit: str = "") -> Node:
    """A Quantity without comparator of a number of the record."""
    return quantity(plain_number(value), unit)


def reference(entry: Entry) -> Node:
    """A Reference to another entry of the same bundle. It always has words: a reader need not look them up."""
    return {"reference": f"{ID_PREFIX}{entry.id}", "display": words(entry.title) or entry.kind}


def absent(reason: str = "unknown") -> Node:
    """Instead of a value that R4 demands and the record doesn't have."""
    return {"extension": [{"url": ABSENT, "valueCode": reason}]}


def media_type(text: Any) -> str:
    """A media type, or "" for what is none."""
    return text if isinstance(text, str) and _MEDIA_TYPE.fullmatch(text) else ""


def one_of(value: str, allowed: Iterable[str], otherwise: str) -> str:
    """A code where R4 binds the element to a few; `otherwise` where the record says something else, or nothing."""
    return value if value in allowed else otherwise
