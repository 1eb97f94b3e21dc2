"""Reading CDA elements of any shape: what is missing is simply not there; nothing here raises."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from organizer.base.dates import PartialDate, parse_date
from organizer.base.remembered import remembered
from organizer.model.codes import canonical_system, system_named
from organizer.model.entry import Coding

if TYPE_CHECKING:
    from organizer.importing.formats.ccda.tree import Index

Element = Any  # lxml's element; lxml is imported only where a file is parsed
Answer = TypeVar("Answer")

NS = {"h": "urn:hl7-org:v3", "s": "urn:hl7-org:sdtc", "x": "http://www.w3.org/2001/XMLSchema-instance"}
_TIME = re.compile(r"(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)?(\d\d)?(?:\.\d+)?)?([+-]\d{4})?")
_ISO_TIME = re.compile(r"\d{4}-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?)?)?")
"""How some systems write a TS all the same: with signs between."""
_BETWEEN = str.maketrans("", "", "T :")
_STEP = re.compile(r"(\.//|parent::|)(\w):(\w+)(?=[/\[]|$)")
_NEAREST = re.compile(r"ancestor::h:(\w+)\[1\]")
_SAYS_SOMETHING = re.compile(r"\w")
"""Some systems put `????` where they have no name."""
_SAYS_LITTLE = frozenset({"unknown", "problem", "none", "null", "n/a", "other", "assertion", "unk"})
_NO_CODES = frozenset({"unknown", "unk", "none", "null", "n/a", "ni", "na", "oth"})
"""What systems put where a code should stand: one value for many things, by which nothing may be matched."""
_BLOCKS = frozenset({"paragraph", "list", "item", "table", "tr", "br", "caption", "thead", "tbody"})


def tag_of(node: Element) -> str:
    """An element's name without its namespace."""
    return str(node.tag).rpartition("}")[2]


@cache
def _compiled(path: str) -> Callable[[Element], list[Element]]:
    """Each XPath of the readers once: compiling costs more than asking."""
    from lxml import etree

    return etree.XPath(path, namespaces=NS)  # type: ignore[return-value]


class _Route(NamedTuple):
    """How an XPath is followed: by `steps` from child to child, to the `nearest` element around, or by XPath, where
    the `axis` and the `tag` of its first step tell whether it can lead anywhere ("" where it may begin in ways)."""

    steps: tuple[str, ...] = ()
    nearest: str = ""
    axis: str = ""
    tag: str = ""


@cache
def _route(path: str) -> _Route:
    """Most questions to a statement need no XPath, which costs five to ten times more than a look at its children."""
    names = [step.partition(":") for step in path.split("/")]
    if all(prefix in NS and local.isalpha() for prefix, _colon, local in names):
        return _Route(steps=tuple(f"{{{NS[prefix]}}}{local}" for prefix, _colon, local in names))
    around = _NEAREST.fullmatch(path)
    if around:
        return _Route(nearest=f"{{{NS['h']}}}{around[1]}")
    first = _STEP.match(path)
    if first is None or "|" in path:
        return _Route()
    axis = {"": "child", ".//": "descendant", "parent::": "parent"}[first[1]]
    return _Route(axis=axis, tag=f"{{{NS[first[2]]}}}{first[3]}")


def all_of(node: Element, path: str) -> list[Element]:
    """Elements at an XPath, with `h:` for CDA's namespace."""
    if node is None:
        return []
    route = _route(path)
    if len(route.steps) == 1:
        return list(node.iterchildren(route.steps[0]))
    return _compiled(path)(node) if _may_lead_on(node, route) else []


def first_of(node: Element, path: str) -> Element:
    """The first element at an XPath, or None."""
    if node is None:
        return None
    route = _route(path)
    if route.steps:
        return _first(node, route.steps)
    if route.nearest:
        return next(node.iterancestors(route.nearest), None)
    elements = _compiled(path)(node) if _may_lead_on(node, route) else []
    return elements[0] if elements else None


def _may_lead_on(node: Element, route: _Route) -> bool:
    """False where the first step of a path finds nothing: most statements have no comment, no specimen, no device."""
    if route.axis == "child":
        return next(node.iterchildren(route.tag), None) is not None
    if route.axis == "descendant":
        return next(node.iterdescendants(route.tag), None) is not None
    if route.axis == "parent":
        parent = node.getparent()
        return parent is not None and parent.tag == route.tag
    return True


def _first(node: Element, steps: tuple[str, ...]) -> Element:
    if len(steps) == 1:
        return next(node.iterchildren(steps[0]), None)
    for child in node.iterchildren(steps[0]):
        element = _first(child, steps[1:])
        if element is not None:
            return element
    return None


def index_of(node: Element) -> "Index":
    """The index of the document that an element stands in."""
    index: Index = node.getroottree().getroot().document_index
    return index


def once(question: Callable[[Element], Answer], node: Element) -> Answer:
    """The answer to a question about an element, worked out the first time it is asked."""
    return index_of(node).once(question, node)


def place_of(node: Element) -> str:
    """Where an element stands: its XPath, by which the record finds it again."""
    return index_of(node).path(node)


_TYPE = f"{{{NS['x']}}}type"


def type_of(value: Element) -> str:
    """The data type that a value says it has (xsi:type), without its prefix."""
    return str(value.get(_TYPE) or "").rpartition(":")[2]


def attribute(node: Element, path: str, name: str) -> str:
    """An attribute of the first element at a path; "" where it is absent."""
    return attribute_text(first_of(node, path), name)


def attribute_text(node: Element, name: str) -> str:
    """An attribute of an element; "" where it, or the element, is absent."""
    return str(node.get(name) or "").strip() if node is not None else ""


def templates(node: Element) -> tuple[str, ...]:
    """The roots of an element's templateIds."""
    return once(_templates, node)


def _templates(node: Element) -> tuple[str, ...]:
    return tuple(str(template.get("root") or "") for template in all_of(node, "h:templateId"))


def words(node: Element) -> str:
    """All text within an element, white space folded."""
    return " ".join("".join(node.itertext()).split()) if node is not None else ""


def lines(node: Element, check: Callable[[], None] = lambda: None) -> str:
    """The text of a narrative, one line for each paragraph, item and row; cells are parted by ` | `.

    `check` is called at each row, and raises where the work should stop.
    """
    if node is None:
        return ""
    parts: list[str] = []
    _collect(node, parts, check)
    folded = (re.sub(r"[^\S\n]+", " ", line).strip(" |") for line in "".join(parts).split("\n"))
    return "\n".join(line for line in folded if line)


def _collect(node: Element, parts: list[str], check: Callable[[], None]) -> None:
    name = tag_of(node)
    if name == "tr":
        check()
    parts.append("\n" if name in _BLOCKS else " | " if name in ("td", "th") else "")
    parts.append(" ".join((node.text or "").split("\n")))
    for child in node:
        if isinstance(child.tag, str):
            _collect(child, parts, check)
        parts.append(" ".join((child.tail or "").split("\n")))
    parts.append("\n" if name in _BLOCKS else "")


@remembered(4096)
def when(value: str) -> PartialDate | None:
    """A CDA TS (HL7 V3 Datatypes R1, 2.24) with its printed precision and zone; None for what is none."""
    value = value.strip()
    if _ISO_TIME.fullmatch(value):
        day, zone = value[:10], value[10:].replace("Z", "+0000")
        value = day.replace("-", "") + zone.translate(_BETWEEN)
    match = _TIME.fullmatch(value)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    text = "-".join(part for part in (year, month, day) if part)
    if day and hour and minute:
        offset = f"{zone[:3]}:{zone[3:]}" if zone else ""
        text += f"T{hour}:{minute}:{second or '00'}{offset}"
    # A day that no calendar has leaves its month.
    return parse_date(text) or parse_date(text[:10]) or parse_date(text[:7]) or parse_date(text[:4])


def time_of(node: Element) -> tuple[PartialDate | None, PartialDate | None]:
    """Begin and end of the first effectiveTime that tells one: a point, or an interval's low and high."""
    for time in all_of(node, "h:effectiveTime"):
        point = when(str(time.get("value") or ""))
        if point:
            return point, when(attribute(time, "h:high", "value"))
        begin = when(attribute(time, "h:low", "value")) or when(attribute(time, "h:center", "value"))
        end = when(attribute(time, "h:high", "value")) or _after(begin, first_of(time, "h:width"))
        if begin or end:
            return begin, end
    return None, None


def _after(begin: PartialDate | None, width: Element) -> PartialDate | None:
    """The end of an interval that tells its beginning and its width in days or weeks; None for another one."""
    days = {"d": 1, "wk": 7}.get(attribute_text(width, "unit"), 0)
    amount = attribute_text(width, "value")
    if begin is None or begin.precision not in ("day", "instant") or not days or not amount.isdecimal():
        return None
    return parse_date((begin.first_day + timedelta(days=days * min(int(amount), 36500))).isoformat())


def codings(code: Element) -> tuple[Coding, ...]:
    """The code and its translations as received, LOINC first."""
    return once(_codings, code) if code is not None else ()


def _codings(code: Element) -> tuple[Coding, ...]:
    received = []
    for coded in (code, *all_of(code, "h:translation")):
        value = coded.get("code")
        if value and value.casefold() not in _NO_CODES:
            received.append(Coding(_system_of(coded), value, (coded.get("displayName") or "").strip()))
    if len(received) < 2:
        return tuple(received)
    return tuple(sorted(dict.fromkeys(received), key=lambda coding: not coding.identity.loinc))


def coded_in(codes: Iterable[Coding], system: str, known: Collection[str]) -> str:
    """The first code that is one of the `known` codes of a system, "" where none is.

    The templates of C-CDA bind an element to its system: a code that comes without any is taken for one of it.
    """
    return next((code.code for code in codes if code.code in known and code.identity.system in (system, "")), "")


def _system_of(code: Element) -> str:
    """The URI of a code's system; where its OID is none that is known, by the name that stands beside it."""
    uri = canonical_system(code.get("codeSystem") or "")
    is_known = bool(uri) and not uri.startswith("urn:oid:")
    return uri if is_known else system_named(code.get("codeSystemName") or "") or uri


def name_of(code: Element, statement: Element) -> str:
    """What a coded element itself says: its display, its original text (also by reference), a translation's display."""
    return _telling(_names(code, statement))


def subject_of(code: Element, statement: Element, *names: str) -> str:
    """What a statement is about: what its code says, else one of `names`, else the statement's own words."""
    return _telling(chain(_names(code, statement), names, (narrative_of(element) for element in (statement,))))


def _names(code: Element, statement: Element) -> Iterator[str]:
    if code is None:
        return
    yield code.get("displayName") or ""
    yield referred(statement, attribute(code, "h:originalText/h:reference", "value"))
    yield words(first_of(code, "h:originalText"))
    for translation in all_of(code, "h:translation"):
        yield translation.get("displayName") or ""
        yield words(first_of(translation, "h:originalText"))


def _telling(texts: Iterable[str]) -> str:
    """The first text that tells something; for want of it one that says little (`Problem`, `Name not available`).

    What comes after it isn't looked up.
    """
    little = ""
    for text in texts:
        text = text.strip() if text else ""
        if not text or not _SAYS_SOMETHING.search(text):
            continue
        if not says_little(text):
            return text
        little = little or text
    return little


def says_little(text: str) -> bool:
    """True for what stands where a name should: `Unknown`, `Assertion`, `Not available`."""
    folded = text.casefold()
    return folded in _SAYS_LITTLE or folded.endswith(("not available", "unavailable"))


def narrative_of(statement: Element) -> str:
    """The narrative that a statement's own text holds or points at, on one line."""
    text = first_of(statement, "h:text")
    if text is None or text.get("representation") == "B64":
        return ""
    return referred(statement, attribute(text, "h:reference", "value")) or words(text)


def referred(node: Element, reference: str) -> str:
    """The narrative that a `#id` points at; the cells of a row are parted by ` · `."""
    if not reference:
        return ""
    element = index_of(node).named(reference.removeprefix("#"))
    return once(_in_one_line, element) if element is not None else ""


def _in_one_line(node: Element) -> str:
    cells = re.split(r"\s*\|\s*", " ".join(lines(node).split("\n")))
    return " · ".join(filter(None, cells))


def identifier(statement: Element) -> str:
    """The first id of a statement as `root^extension`; "" where it has none."""
    own = first_of(statement, "h:id")
    return f"{attribute_text(own, 'root')}^{attribute_text(own, 'extension')}".strip("^")


def person_name(person: Element, titled: bool = True) -> str:
    """A person's name: the legal one first, given before family as one says it; without titles where not `titled`."""
    names = all_of(person, "h:name")
    name = next((named for named in names if named.get("use") in ("L", "C")), names[0] if names else None)
    if name is None:
        return ""
    tags = ("prefix", "given", "family", "suffix") if titled else ("given", "family")
    parts = [
        words(part)
        for part in chain.from_iterable(all_of(name, f"h:{tag}") for tag in tags)
        if part.get("qualifier") != "IN"
    ]
    # A name at birth that is also the married one or the one that is used stands there twice.
    return " ".join(dict.fromkeys(part for part in parts if part)) or words(name)


def telecom(node: Element, scheme: str) -> str:
    """The first phone (`tel`) or e-mail (`mailto`) of an element, without its scheme."""
    for contact in all_of(node, "h:telecom"):
        value = str(contact.get("value") or "")
        kind, _colon, rest = value.partition(":")
        if rest and kind.lower() == scheme:
            return rest.strip()
        if scheme == "tel" and value and not rest and "@" not in value:
            return value.strip()
    return ""


def author_of(statement: Element) -> str:
    """Who made a statement: the nearest author's or performer's name, a person before an organisation."""
    if statement is None:
        return ""
    around = first_of(statement, "ancestor::h:organizer[1]")
    return _own_author(statement) or (once(_own_author, around) if around is not None else "")


def performer_of(statement: Element) -> str:
    """Who did it: the first performer who is named, a person before an organisation; else who wrote it down."""
    performers = all_of(statement, "h:performer") if statement is not None else []
    return _first_named(performers) or author_of(statement)


def _own_author(statement: Element) -> str:
    return _first_named(all_of(statement, "h:author")) or _first_named(all_of(statement, "h:performer"))


def _first_named(participations: list[Element]) -> str:
    people = (person_name(first_of(participation, ".//h:assignedPerson")) for participation in participations)
    places = (words(first_of(participation, ".//h:representedOrganization/h:name")) for participation in participations)
    return next((name for name in (*people, *places) if name), "")
