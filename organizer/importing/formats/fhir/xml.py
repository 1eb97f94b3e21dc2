"""FHIR as XML made the JSON that the same resource would be (hl7.org/fhir/R4/xml.html, json.html; 2026-11-29).

XML doesn't say which elements repeat: an element that stands once becomes an object, which our readers take for a
list of one.
"""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.importing.formats.fhir.node import Node

Element = Any  # lxml's element; lxml is imported only where a file is parsed
NAMESPACE = "{http://hl7.org/fhir}"
XHTML = "{http://www.w3.org/1999/xhtml}"
_ROOT = re.compile(rb"<(?:\w+:)?[A-Z]\w+\s[^<>]*xmlns(?::\w+)?=[\"\']http://hl7\.org/fhir[\"\']")
_NUMBERS = frozenset({
    "count", "countMax", "duration", "durationMax", "frequency", "frequencyMax", "period", "periodMax", "offset",
    "sequence", "rank", "factor", "numberOfSeries", "numberOfInstances", "number", "doseSequence", "series", "total",
})  # fmt: skip
_NUMERIC_ENDINGS = ("Decimal", "Integer", "PositiveInt", "UnsignedInt")
_YES_NO = frozenset({
    "active", "asNeeded", "asNeededBoolean", "reported", "reportedBoolean", "notGiven", "wasNotGiven", "notDone",
    "notPerformed", "wasNotTaken", "doNotPerform", "primarySource", "preferred", "userSelected", "excluded",
    "inactive", "contributedToDeath", "prohibited",
})  # fmt: skip
_QUANTITIES = frozenset({"low", "high", "numerator", "denominator", "dose", "quantity", "value", "net", "amount"})


def is_xml(head: bytes) -> bool:
    """XML whose root stands in FHIR's namespace."""
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    return head.startswith(b"<") and bool(_ROOT.search(head[:4096]))


def parsed(data: bytes, name: str) -> Node:
    """The resource. Raises UnreadableSourceError where the XML breaks off; entities and the network are never used."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=len(data) > 10_000_000)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        where = getattr(error, "position", (0, 0))
        place = _(" (line {line}, column {column})").format(line=where[0], column=where[1])
        message = _("“{name}” breaks off or is damaged{where}.").format(name=name, where=place)
        step = _("Download it again from where it came; nothing of it was entered.")
        raise UnreadableSourceError(message, step) from error
    return _resource(root)


def _resource(element: Element) -> Node:
    return {"resourceType": _tag(element), **_object(element)}


def _tag(element: Element) -> str:
    return str(element.tag).removeprefix(NAMESPACE)


def _object(element: Element) -> Node:
    from lxml import etree

    made: Node = {name: element.get(name) for name in ("id", "url") if element.get(name)}
    for inner in element.iterchildren("*"):
        name = _tag(inner)
        if str(inner.tag).startswith(XHTML):
            made["div"] = etree.tostring(inner, encoding="unicode", with_tail=False)
        elif len(inner) and _is_resource(inner):
            for held in inner.iterchildren("*"):
                _put(made, name, _resource(held))
        elif inner.get("value") is not None:
            _put(made, name, _primitive(element, name, inner.get("value", "")))
            if len(inner):
                _put(made, f"_{name}", _object(inner))
        else:
            _put(made, name, _object(inner))
    return made


def _is_resource(element: Element) -> bool:
    """`contained`, `resource`, `outcome`: what they hold begins with a capital letter."""
    first = next(element.iterchildren("*"), None)
    return first is not None and _tag(first)[:1].isupper()


def _put(made: Node, name: str, value: Any) -> None:
    """A second element of the same name makes a list."""
    if name not in made:
        made[name] = value
    elif isinstance(made[name], list):
        made[name].append(value)
    else:
        made[name] = [made[name], value]


def _primitive(parent: Element, name: str, text: str) -> Any:
    if text in ("true", "false") and (name.endswith("Boolean") or name in _YES_NO):
        return text == "true"
    if name.endswith(_NUMERIC_ENDINGS) or name in _NUMBERS or (name == "value" and _is_quantity(parent)):
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        return number if number.is_finite() else text
    return text


def _is_quantity(element: Element) -> bool:
    name = _tag(element)
    return name in _QUANTITIES or name.endswith(("Quantity", "Age", "Duration", "Money", "Distance", "Count"))
