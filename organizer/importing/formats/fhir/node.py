"""Reading JSON of any shape: whatever is missing or of the wrong type is simply not there.

FHIR JSON (hl7.org/fhir/R4/json.html) allows nulls in arrays and extensions of primitives in `_name`; sources also put
an object where a list belongs. Nothing here raises.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from organizer.base.dates import PartialDate, parse_date
from organizer.base.numbers import COMPARATORS, Quantity, parse_number
from organizer.model.entry import Coding
from organizer.model.statuses import AnyStatus, status_of

Node = dict[str, Any]

_NOTHING = frozenset({"null", "undefined"})
"""What a program writes where it has no words."""
UCUM = "http://unitsofmeasure.org"


def _object(value: Any) -> Node:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def child(node: Any, *path: str) -> Node:
    """The object at a path (the first one where a list stands); empty where there is none."""
    for name in path:
        node = next(iter(children(node, name)), {})
    return _object(node)


def children(node: Any, name: str) -> list[Node]:
    """The objects of a list; a single object counts as a list of one."""
    value = _object(node).get(name)
    listed = value if isinstance(value, list) else [value]
    return [item for item in listed if isinstance(item, dict)]


def text(node: Any, *path: str) -> str:
    """The text at a path; numbers and booleans as they are printed in JSON."""
    value = child(node, *path[:-1]).get(path[-1])
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    return printed(value)


def status(resource: Node, name: str = "status") -> AnyStatus:
    """The status of a resource, by itself or as a CodeableConcept."""
    return status_of(code(resource.get(name)))


def texts(node: Any, name: str) -> list[str]:
    """The texts of a list."""
    value = _object(node).get(name)
    values = value if isinstance(value, list) else [value]
    return list(filter(None, (item.strip() for item in values if isinstance(item, str))))


def choice(node: Any, name: str) -> tuple[str, Any]:
    """Which of a `name[x]` element is there: its type's name and its value (`("Quantity", {…})`)."""
    types = {key.removeprefix(name): value for key, value in _object(node).items() if key.startswith(name)}
    named = ((kind, value) for kind, value in types.items() if kind[:1].isupper() and value is not None)
    return next(named, ("", None))


def printed(value: Any) -> str:
    """A number with the digits that it came with."""
    if isinstance(value, Decimal):
        return str(value) if value.is_finite() and -30 < value.adjusted() < 30 else ""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30 else ""


def number(value: Any) -> float | None:
    """A number to calculate with."""
    printed = figure(value)
    return printed.value if printed is not None and not printed.comparator else None


def figure(value: Any) -> Quantity | None:
    """A number as printed, also one that a converter put into quotation marks (`"13.2"`, `"<5"`)."""
    return parse_number(value if isinstance(value, str) else printed(value))


def concept(value: Any) -> str:
    """A CodeableConcept in words: its text, else the first display, else the first code."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(concept, value)))
    if isinstance(value, str):
        return value.strip()
    coded = children(value, "coding")
    displays, codes = ([text(coding, name) for coding in coded] for name in ("display", "code"))
    shown = filter(None, (text(value, "text"), *displays, *codes))
    return next((words for words in shown if words.casefold() not in _NOTHING), "")


def code(value: Any) -> str:
    """The first code of a CodeableConcept (a status), of a Coding, or a bare code."""
    if isinstance(value, str):
        return value
    return text(child(value, "coding"), "code") or text(value, "code") or text(value, "text").lower()


def codings(value: Any) -> tuple[Coding, ...]:
    """The codings as received; LOINC first among them, so that a series is found by one code."""
    listed = [
        Coding(text(coding, "system"), text(coding, "code"), text(coding, "display"))
        for coding in children(value, "coding")
    ]
    coded = [coding for coding in listed if coding.code]
    return tuple(sorted(coded, key=lambda coding: not coding.identity.loinc))


def only_code(value: Any) -> Coding | None:
    """The coding whose code is all that a CodeableConcept says of itself; None where it says it in words."""
    spoken = concept(value)
    return next((coding for coding in codings(value) if coding.code == spoken), None)


def when(value: Any) -> PartialDate | None:
    """A date, dateTime or instant as printed; the start of a Period; None where it can't be read."""
    if isinstance(value, dict):
        value = value.get("start") or value.get("event")
    if isinstance(value, list):
        value = next(iter(value), None)
    return parse_date(value) if isinstance(value, str) else None


def until(value: Any) -> PartialDate | None:
    """The end of a Period."""
    return parse_date(text(value, "end"))


def quantity(value: Any) -> Node:
    """value, value_text, comparator, unit of a Quantity; without a number nothing of it."""
    printed = figure(_object(value).get("value"))
    if printed is None:
        return {}
    comparator = text(value, "comparator")
    coded = text(value, "code") if text(value, "system").rstrip("/") == UCUM else ""
    shown = coded or text(value, "unit") or text(value, "code")
    return {
        "value": printed.value,
        "value_text": printed.text,
        "comparator": comparator if comparator in COMPARATORS else printed.comparator,
        "unit": "" if shown == "1" else shown,  # UCUM: a number without a unit
    }


def spoken_quantity(value: Any) -> str:
    """A Quantity for people, with the printed unit."""
    printed = figure(_object(value).get("value"))
    if printed is None:
        return ""
    comparator = text(value, "comparator") or printed.comparator
    return f"{comparator}{printed.text} {text(value, 'unit') or text(value, 'code')}".strip()


_SPANS = {"a": "years", "mo": "months", "wk": "weeks", "d": "days", "h": "hours", "min": "minutes"}


def spoken_age(value: Any) -> str:
    """An Age for people, whose unit is often UCUM's code alone: `18 years`."""
    spoken = spoken_quantity(value)
    amount, _blank, unit = spoken.rpartition(" ")
    return f"{amount} {_SPANS[unit]}" if amount and unit in _SPANS else spoken


def annotations(node: Node) -> str:
    """Notes (Annotation) as paragraphs; a bare text counts too."""
    noted = [text(note, "text") for note in children(node, "note")]
    return "\n".join(filter(None, [*noted, *texts(node, "note")]))


def human_name(value: Any) -> str:
    """A HumanName as it is written: its text, else prefix, given, family, suffix."""
    parts = [*texts(value, "prefix"), *texts(value, "given"), text(value, "family"), *texts(value, "suffix")]
    return text(value, "text") or " ".join(filter(None, parts))


def address(value: Any) -> str:
    """An Address on lines."""
    town = " ".join(filter(None, (text(value, "postalCode"), text(value, "city"), text(value, "state"))))
    lines = filter(None, (*texts(value, "line"), town, text(value, "country")))
    return text(value, "text") or "\n".join(lines)


def telecom(node: Node, system: str) -> str:
    """The first phone, fax or e-mail."""
    contacts = [contact for contact in children(node, "telecom") if text(contact, "system") == system]
    return next((text(contact, "value") for contact in contacts), "")


def walk(value: Any) -> Iterator[Node]:
    """Every object within a value, without recursion."""
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
