"""A second reading of CDA documents, by the standards alone: HL7 CDA R2, C-CDA R1.1 and R2.1, CCD 1.0 with C32.

Not a line of it is shared with the program. It knows which statements tell of which kind, and what each must become;
where a standard lets several words stand for one thing (display, original text, translation), any of them is right.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from tests.fidelity.cda_details import MORE
from tests.fidelity.cda_values import measured, ranges
from tests.fidelity.facts import Expected, Fact, among, coded, holding, one_of, same_time

CDA = "urn:hl7-org:v3"
NS = {"c": CDA, "s": "urn:hl7-org:sdtc"}
XSI = "{http://www.w3.org/2001/XMLSchema-instance}type"
CCDA, CCD = "2.16.840.1.113883.10.20.22.4.", "2.16.840.1.113883.10.20.1."

SIMPLE = "1.3.6.1.4.1.19376.1.5.3.1.4.13"  # IHE PCC, Simple Observation
PROBLEM_SECTIONS = ("11450-4", "11348-0", "46241-6", "11535-2", "10219-4", "10218-6", "55109-3", "51848-0")
OWNER = "ancestor::c:*[self::c:observation or self::c:procedure or self::c:substanceAdministration][1]"
YEAR = r"(1[89]|2[01])\d\d"
NO_ALLERGY = ("716186003", "409137002", "428607008", "429625007", "160244002")
NO_PROBLEM = ("160245001", "55607006", "64572001", "404684003")
NONE_IN_WORDS = re.compile(
    r"^(no|none|not|nka|nkda|nil|negative for|patient denies|denies|unknown|unk)\b.*"
    r"(known|record|document|applic|avail|data|information|report|given|admin|indicat|histor|allerg|problem|medic|found"
    r"|on file)"
    r"|^(none|nka|nkda|unknown|unk|n/a|not available|result excluded.*|.* not (documented|recorded))\.?$",
    re.IGNORECASE,
)
"""How systems write that there is nothing. “No growth” is a result and no such thing."""


def title(told: dict[str, Any]) -> str:
    """The entry's title."""
    return str(told["title"])


def parsed(data: bytes) -> Any:
    """The document's root; a fragment without its declarations is put into an element that has them."""
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        declared = (
            f'xmlns="{CDA}" xmlns:cda="{CDA}" xmlns:sdtc="urn:hl7-org:sdtc" xmlns:voc="{CDA}/voc" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        )
        bare = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", data)
        return etree.fromstring(f"<fragment {declared}>".encode() + bare + b"</fragment>", parser)


def located(root: Any, locator: str) -> Any:
    """The element at a locator of the record, or None; its prefixes all mean CDA."""
    prefixes = set(re.findall(r"(\w+):", locator))
    locator = re.sub(r"^/fragment\b", "/*", locator)
    try:
        found = root.getroottree().xpath(locator, namespaces={**dict.fromkeys(prefixes, CDA), "sdtc": NS["s"]})
    except etree.XPathError:
        return None
    return found[0] if found else None


class Document:
    """A parsed document and its narrative."""

    def __init__(self, data: bytes) -> None:
        self.root = parsed(data)
        for element in self.root.iter():
            if isinstance(element.tag, str) and not element.tag.startswith("{") and element.tag != "fragment":
                element.tag = f"{{{CDA}}}{element.tag}"
        self.named = {element.get("ID"): element for element in self.root.iter() if element.get("ID")}

    def facts(self) -> list[Fact]:
        """All facts of the kinds that are compared."""
        return [fact for statement, kind in self._statements() for fact in self._fact(statement, kind)]

    def _statements(self) -> Iterator[tuple[Any, str]]:
        kinds = ("observation", "substanceAdministration", "procedure", "encounter", "organizer", "act")
        for statement in self.root.iter(*(f"{{{CDA}}}{kind}" for kind in kinds)):
            kind = kind_of(statement)
            if kind:
                yield statement, kind

    def _fact(self, statement: Any, kind: str) -> list[Fact]:
        fields = FIELDS[kind](self, statement) | MORE[kind](self, statement)
        name = fields["name"].right if "name" in fields else ""
        nothing = bool(statement.get("nullFlavor")) or ABSENT[kind](self, statement)
        return [Fact(kind, statement, name[:60], fields, nothing)]

    def words(self, element: Any) -> str:
        """The text of an element, or of what its reference points at."""
        if element is None:
            return ""
        reference = element.find(f"{{{CDA}}}reference")
        target = self.named.get((reference.get("value") or "").lstrip("#")) if reference is not None else None
        if target is not None:
            return " ".join("".join(target.itertext()).split())
        return " ".join("".join(element.itertext()).split())

    def names(self, code: Any) -> list[str]:
        """All words that a coded element has for what it means."""
        if code is None:
            return []
        found = [code.get("displayName") or "", self.words(first(code, "c:originalText"))]
        for translation in code.xpath("c:translation", namespaces=NS):
            found += [translation.get("displayName") or "", self.words(first(translation, "c:originalText"))]
        return [text.strip() for text in found if text and re.search(r"\w", text)]

    def said(self, statement: Any) -> list[str]:
        """The statement's own words."""
        text = self.words(first(statement, "c:text"))
        return [text] if text else []


def first(node: Any, path: str) -> Any:
    """The first element at an XPath, or None."""
    found = node.xpath(path, namespaces=NS) if node is not None else []
    return found[0] if found else None


def attribute(node: Any, path: str, name: str) -> str:
    """An attribute of the first element at an XPath; "" where it is absent."""
    found = first(node, path)
    return (found.get(name) or "").strip() if found is not None else ""


def roots(statement: Any) -> set[str]:
    """The template roots of a statement."""
    return {each.get("root") or "" for each in statement.xpath("c:templateId", namespaces=NS)}


def section(statement: Any) -> str:
    """The LOINC code of the section that a statement stands in."""
    return attribute(statement, "ancestor::c:section[1]/c:code", "code")


def has(statement: Any, ccda: tuple[int, ...] = (), ccd: tuple[int, ...] = ()) -> bool:
    """True where the statement bears one of these templates of C-CDA or of CCD 1.0."""
    wanted = {f"{CCDA}{number}" for number in ccda} | {f"{CCD}{number}" for number in ccd}
    return bool(roots(statement) & wanted)


def kind_of(statement: Any) -> str:
    """Of which kind a statement tells; "" for details of others, plans, and what isn't compared."""
    tag = etree.QName(statement).localname
    intended = statement.get("moodCode", "EVN") != "EVN"
    if (intended and tag != "substanceAdministration") or _is_about_a_relative(statement):
        return ""
    parent = statement.getparent()
    if parent is not None and parent.get("typeCode") == "RSON":
        return ""
    if tag == "observation" and _is_a_question(statement, section(statement)):
        return ""
    return KINDS[tag](statement, section(statement)) if tag in KINDS else ""


def _is_about_a_relative(statement: Any) -> bool:
    subjects = statement.xpath("ancestor-or-self::*[c:subject/c:relatedSubject][1]", namespaces=NS)
    return bool(subjects) and etree.QName(subjects[0]).localname != "organizer"


def _taken(statement: Any, around: str) -> str:
    if first(statement, "ancestor::c:substanceAdministration") is not None:
        return ""
    vaccine = around == "11369-6" or has(statement, (52, 120))
    if vaccine and statement.get("moodCode", "EVN") != "EVN":
        return ""
    return "vaccines" if vaccine else "medicines" if first(statement, "c:consumable") is not None else ""


def _visited(statement: Any, around: str) -> str:
    """Within a plan stands the visit in which it was made."""
    if first(statement, "ancestor::c:encounter") is not None:
        return ""
    return "visits" if has(statement, (49,), (21,)) or around == "46240-8" else ""


def _organized(statement: Any, around: str) -> str:
    return "family" if has(statement, (45,), (23,)) or around == "10157-6" else ""


def _acted(statement: Any, _around: str) -> str:
    if has(statement, (61,), (26,)):
        return "insurance"
    return "procedures" if has(statement, (12,)) else ""


def _operated(statement: Any, around: str) -> str:
    """In the section of medical equipment a procedure tells of the implant."""
    nested = first(statement, OWNER)
    done = has(statement, (14,), (29,)) or around == "47519-4"
    device = around == "46264-8" and first(statement, ".//c:playingDevice") is not None
    return "procedures" if done and nested is None and not device else ""


def _is_a_question(statement: Any, around: str) -> bool:
    """A question with its answer among the problems or allergies is no diagnosis and no allergy."""
    value = first(statement, "c:value")
    sort = (value.get("{http://www.w3.org/2001/XMLSchema-instance}type") or "") if value is not None else ""
    asked = sort.rpartition(":")[2] in ("BL", "INT", "REAL", "PQ", "TS") or SIMPLE in roots(statement)
    return asked and (has(statement, (4,), (28,)) or around in (*PROBLEM_SECTIONS, "48765-2"))


def _observed(statement: Any, around: str) -> str:
    parent = statement.getparent()
    relation = parent.get("typeCode") if parent is not None else ""
    if relation in ("MFST", "CAUS") or first(statement, "ancestor::c:organizer[c:subject]") is not None:
        return ""
    if first(statement, OWNER) is not None:
        return ""
    if has(statement, (7,), (18,)) or (around == "48765-2" and first(statement, "c:participant") is not None):
        return "allergies"
    if has(statement, (4,), (28,)):
        return "problems"
    if has(statement, (2,)):
        return "results"
    if has(statement, (27,)):
        return "vital signs"
    if has(statement, (38, 78, 85), (33,)):
        return "social"
    if has(statement, (13,)):
        return "procedures"
    if first(statement, "c:value") is None:
        return ""
    by_section = {"30954-2": "results", "8716-3": "vital signs", "29762-2": "social"}
    return "problems" if around in PROBLEM_SECTIONS else by_section.get(around, "")


KINDS = {
    "substanceAdministration": _taken, "encounter": _visited, "organizer": _organized, "act": _acted,
    "procedure": _operated, "observation": _observed,
}  # fmt: skip


def times(statement: Any, *paths: str) -> tuple[str, str]:
    """Begin and end as written: a point, or the ends of an interval."""
    for path in (*paths, "c:effectiveTime"):
        for time in statement.xpath(path, namespaces=NS):
            begin = time.get("value") or attribute(time, "c:low", "value") or attribute(time, "c:center", "value")
            end = attribute(time, "c:high", "value")
            if begin or end:
                return begin, end
    return "", ""


def _when(begin: str, end: str = "") -> dict[str, Expected]:
    fields = {}
    if re.match(YEAR, begin):
        fields["begin"] = same_time(begin, lambda told: told["happened"])
    if re.match(YEAR, end):
        fields["end"] = same_time(end, lambda told: told["ended"])
    return fields


def _codes(code: Any) -> dict[str, Expected]:
    if code is None:
        return {}
    elements = [code, *code.xpath("c:translation", namespaces=NS)]
    codes = [each.get("code") for each in elements if each.get("code") and not each.get("nullFlavor")]
    codes = [
        each for each in codes if each.casefold() not in ("unknown", "unk", "none", "null", "n/a", "ni", "na", "oth")
    ]
    return {"codes": coded(codes, lambda told: [each["code"] for each in told["codes"]])} if codes else {}


def _named(texts: list[str]) -> dict[str, Expected]:
    return {"name": one_of(texts, title)} if texts else {}


def _is_negated(statement: Any) -> bool:
    return statement.get("negationInd") == "true"


def _is_taken_back(statement: Any) -> bool:
    around = "c:statusCode|parent::c:entryRelationship/parent::c:act/c:statusCode"
    return any(each.get("code") == "nullified" for each in statement.xpath(around, namespaces=NS))


def _status_observed(document: Document, statement: Any) -> str:
    """Code or words of the status observation (LOINC 33999-4) that isn't itself taken back."""
    path = "c:entryRelationship/c:observation[c:code/@code='33999-4'][not(c:statusCode/@code='nullified')]/c:value"
    value = first(statement, path)
    if value is None:
        return ""
    return value.get("code") or " ".join(document.names(value)) or document.words(value)


PROBLEM_STATES = {
    "55561003": {"active"}, "73425007": {"inactive"}, "413322009": {"resolved"}, "246455001": {"recurrence"},
    "263855007": {"relapse"}, "277022003": {"remission"},
}  # fmt: skip
HOW_TAKEN = re.compile(r"\b(take|inhale|apply|inject|use|tab|by mouth|daily|once|twice)\b", re.IGNORECASE)
MEDICINE_STATES = {
    "55561003": {"active"}, "421139008": {"on-hold"}, "392521001": {"stopped"}, "73425007": {"stopped"},
}  # fmt: skip
"""SNOMED CT, as the value sets Problem Status and (CCD 1.0) Medication Status have them."""


def problem(document: Document, statement: Any) -> dict[str, Expected]:
    """The value is the diagnosis (C-CDA R2.1, Problem Observation)."""
    value = first(statement, "c:value")
    begin, end = times(statement)
    fields = _named([*document.names(value), *document.said(statement)]) | _codes(value) | _when(begin, end)
    observed = PROBLEM_STATES.get(_status_observed(document, statement))
    if _is_taken_back(statement):
        fields["status"] = among({"entered-in-error"}, lambda told: told["status"])
    elif observed:
        fields["status"] = among(observed, lambda told: told["status"])
    elif end:
        fields["status"] = among({"resolved", "inactive", "remission"}, lambda told: told["status"])
    if _is_negated(statement):
        fields["denied"] = among({"refuted"}, lambda told: told["data"].get("verification"))
    return fields


def no_problem(document: Document, statement: Any) -> bool:
    """A problem observation that says there is none, or names nothing."""
    value = first(statement, "c:value")
    code = value.get("code") if value is not None else ""
    names = [*document.names(value), *document.said(statement)]
    if code == "160245001" or (code in NO_PROBLEM and _is_negated(statement)):
        return True
    around = first(statement, "parent::c:entryRelationship/parent::c:act")
    return (not names and not code) or bool(around is not None and around.get("nullFlavor")) or _all_absent(names)


def _all_absent(names: list[str]) -> bool:
    return bool(names) and all(NONE_IN_WORDS.match(name) for name in names)


def allergy(document: Document, statement: Any) -> dict[str, Expected]:
    """The participant is the substance (C-CDA R2.1, Allergy – Intolerance Observation)."""
    entity = first(statement, "c:participant/c:participantRole/c:playingEntity")
    agent = first(entity, "c:code")
    begin, end = times(statement)
    names = [*document.names(agent), document.words(first(entity, "c:name")), *document.said(statement)]
    usable = [name for name in names if name and not name.casefold().endswith("not available")]
    fields = {} if _is_negated(statement) else _named(usable)
    fields |= _codes(agent) | _when(begin, end)
    manifest = (
        ".//c:observation[c:templateId/@root='" + CCDA + "9' or c:templateId/@root='" + CCD + "54']"
        "|c:entryRelationship[@typeCode='MFST']/c:observation[not(c:code/@code='SEV')]"
    )
    for number, reaction in enumerate(dict.fromkeys(statement.xpath(manifest, namespaces=NS)), 1):
        value = first(reaction, "c:value")
        if _is_negated(reaction):
            continue
        shown = document.names(value) or document.said(reaction) or [document.words(value)]
        if shown and shown[0] and not shown[0].casefold().endswith("not available"):
            fields[f"reaction {number}"] = _any_within(shown, "reaction")
    severity = first(statement, "c:entryRelationship/c:observation[c:code/@code='SEV']/c:value")
    if severity is not None and document.names(severity):
        fields["severity"] = one_of(document.names(severity), lambda told: told["data"].get("severity"))
    if _is_taken_back(statement):
        fields["status"] = among({"entered-in-error"}, lambda told: told["status"])
    return fields


def _any_within(texts: list[str], name: str) -> Expected:
    """One of the texts must stand within a field."""
    each = [holding(text, lambda told: told["data"].get(name)) for text in texts if text]

    def verdict(told: Any) -> str:
        verdicts = [expected.verdict(told) for expected in each]
        return "right" if "right" in verdicts else "lost"

    return Expected(" / ".join(expected.right for expected in each), verdict)


def no_allergy(document: Document, statement: Any) -> bool:
    """None known, not asked, or nothing named."""
    entity = first(statement, "c:participant/c:participantRole/c:playingEntity")
    agent, value = first(entity, "c:code"), first(statement, "c:value")
    names = [*document.names(agent), document.words(first(entity, "c:name"))]
    names = [name for name in names if name]
    codes = {each.get("code") for each in (agent, value) if each is not None}
    around = first(statement, "parent::c:entryRelationship/parent::c:act")
    if around is not None and around.get("nullFlavor"):
        return True
    said = [*names, *document.said(statement)]
    return _is_negated(statement) or bool(codes & set(NO_ALLERGY)) or _all_absent(names) or not said


def medicine(document: Document, statement: Any) -> dict[str, Expected]:
    """Product, dose, time, instruction and state (C-CDA R2.1, Medication Activity; CCD 1.0, 3.9)."""
    material = first(statement, "c:consumable/c:manufacturedProduct/c:manufacturedMaterial")
    code = first(material, "c:code")
    begin, end = times(statement, "c:effectiveTime[not(c:period) and not(c:event)]")
    names = [*document.names(code), document.words(first(material, "c:name")), *document.said(statement)]
    fields = _named([name for name in names if name]) | _codes(code) | _when(begin, end)
    dose = first(statement, "c:doseQuantity")
    if dose is not None and dose.get("value"):
        fields["dose"] = holding(dose.get("value"), lambda told: told["data"].get("dose"))
        if dose.get("unit") not in (None, "", "1"):
            fields["dose unit"] = holding(dose.get("unit"), lambda told: told["data"].get("dose"))
    for number, text in enumerate(_instructions(document, statement, names), 1):
        fields[f"instruction {number}"] = holding(text, _how_taken)
    if first(statement, "c:precondition/c:criterion[not(@nullFlavor)]") is not None:
        fields["as needed"] = holding("as needed", lambda told: told["data"].get("frequency"))
    fields["status"] = _medicine_state(document, statement)
    return fields


def _how_taken(told: dict[str, Any]) -> str:
    data = told["data"]
    return f"{data.get('frequency') or ''}\n{data.get('note') or ''}"


def _instructions(document: Document, statement: Any, names: list[str]) -> list[str]:
    """The statement's own words where they say more than the name, and its instruction acts (22.4.20, CCD 1.49)."""
    acts = f"c:entryRelationship/c:act[c:templateId/@root='{CCDA}20' or c:templateId/@root='{CCD}49']/c:text"
    told = [document.words(text) for text in statement.xpath(acts, namespaces=NS)]
    own = document.said(statement)
    plain = [name.casefold() for name in names[: len(names) - len(own)]]
    told += [text for text in own if HOW_TAKEN.search(text)
             and not any(text.casefold() in name for name in plain)]  # fmt: skip
    return [text for text in told if text and text.casefold() not in ("unknown", "none", "n/a", "not available")]


def _medicine_state(document: Document, statement: Any) -> Expected:
    act = attribute(statement, "c:statusCode", "code").lower()
    if act == "nullified":
        return among({"entered-in-error"}, lambda told: told["status"])
    if _is_negated(statement):
        return among({"not-taken"}, lambda told: told["status"])
    if statement.get("moodCode") != "EVN":
        states = {"intended", "active", "on-hold", "stopped", "completed", "not-taken", "unknown"}
        return among(states, lambda told: told["status"])
    observed = MEDICINE_STATES.get(_status_observed(document, statement))
    if observed:
        return among(observed, lambda told: told["status"])
    by_act = {"active": {"active"}, "aborted": {"stopped"}, "suspended": {"on-hold"}, "held": {"on-hold"}}
    # `completed` tells of the act; with an end the medicine is over, without one nobody says so.
    ended = bool(times(statement)[1])
    states = by_act.get(act) or ({"completed", "stopped", "unknown"} if ended else {"unknown"})
    return among(
        states if not _status_observed(document, statement) else states | {"unknown"}, lambda told: told["status"]
    )


def no_medicine(document: Document, statement: Any) -> bool:
    """That none is taken, or nothing named."""
    material = first(statement, "c:consumable/c:manufacturedProduct/c:manufacturedMaterial")
    code = first(material, "c:code")
    names = [*document.names(code), document.words(first(material, "c:name"))]
    names = [name for name in names if name]
    codes = {
        each.get("code") for each in (code.xpath("self::*|c:translation", namespaces=NS) if code is not None else [])
    }
    if _is_negated(statement) and "410942007" in codes:
        return True
    if not names and _all_absent(document.said(statement)):
        return True
    return _all_absent(names) or not (names or document.said(statement) or (code is not None and code.get("code")))


def vaccine(document: Document, statement: Any) -> dict[str, Expected]:
    """Product, day, lot, maker; refused ones are not given (C-CDA R2.1, Immunization Activity)."""
    material = first(statement, "c:consumable/c:manufacturedProduct/c:manufacturedMaterial")
    code = first(material, "c:code")
    names = [*document.names(code), document.words(first(material, "c:name")), *document.said(statement)]
    fields = _named([name for name in names if name]) | _codes(code) | _when(times(statement)[0])
    lot = document.words(first(material, "c:lotNumberText"))
    if lot:
        fields["lot"] = one_of([lot], lambda told: told["data"].get("lot"))
    maker = document.words(first(statement, "c:consumable//c:manufacturerOrganization/c:name"))
    if maker:
        fields["maker"] = one_of([maker], lambda told: told["data"].get("manufacturer"))
    if _is_negated(statement):
        fields["status"] = among({"not-done"}, lambda told: told["status"])
    return fields


def observed(document: Document, statement: Any) -> dict[str, Expected]:
    """What was observed, its value, unit, range, flag and time (C-CDA R2.1, Result Observation, Vital Sign …)."""
    code = first(statement, "c:code")
    organizer = first(statement, "ancestor::c:organizer[1]")
    begin, end = times(statement)
    if not (begin or end) and organizer is not None:
        begin, end = times(organizer)
    fields = _when(begin, end) | _codes(code)
    names = document.names(code)
    if names and (code is None or code.get("code") != "ASSERTION"):
        fields["name"] = one_of([*names, *document.said(statement)], title)
    fields |= measured(document, statement) | ranges(document, statement)
    state = attribute(statement, "c:statusCode", "code")
    if state in ("completed", "nullified", "aborted"):
        right = {"completed": "final", "nullified": "entered-in-error", "aborted": "cancelled"}[state]
        fields["status"] = among({right}, lambda told: told["status"])
    return fields


def nothing_observed(document: Document, statement: Any) -> bool:
    """No value and no words, or words that there is none."""
    code = first(statement, "c:code")
    value = [
        document.words(each) or " ".join(document.names(each)) for each in statement.xpath("c:value", namespaces=NS)
    ]
    names = [*document.names(code), *document.said(statement)]
    has_code = code is not None and code.get("code")
    absent = [text for text in value if text]
    number = statement.xpath("c:value/@value|c:value//@value|c:value/@code", namespaces=NS)
    if not (names or has_code or (value and value[0])):
        return True
    return not number and (_all_absent(absent) if absent else _all_absent(names)) and _tells_of_data([*absent, *names])


def _tells_of_data(texts: list[str]) -> bool:
    return any(re.search(r"data|information|applicable|available|excluded|recorded|result|observation", text, re.I)
               for text in texts)  # fmt: skip


def procedure(document: Document, statement: Any) -> dict[str, Expected]:
    """What was done, when, and how it went."""
    code = first(statement, "c:code")
    begin, end = times(statement)
    fields = _named([*document.names(code), *document.said(statement)]) | _codes(code) | _when(begin, end)
    state = attribute(statement, "c:statusCode", "code")
    right = {"completed": {"completed"}, "aborted": {"stopped"}, "cancelled": {"not-done"}, "active": {"in-progress"}}
    if _is_negated(statement):
        fields["status"] = among({"not-done"}, lambda told: told["status"])
    elif state in right:
        fields["status"] = among(right[state], lambda told: told["status"])
    return fields


def no_procedure(document: Document, statement: Any) -> bool:
    """Nothing named, or words that there was none."""
    code = first(statement, "c:code")
    names = [*document.names(code), *document.said(statement)]
    if _is_negated(statement) and first(statement, ".//c:playingDevice") is not None:
        return True
    return _all_absent(names) or not (names or (code is not None and code.get("code")))


def visit(document: Document, statement: Any) -> dict[str, Expected]:
    """What kind of visit, when, and why."""
    code = first(statement, "c:code")
    begin, end = times(statement)
    names = [name for name in (*document.names(code), *document.said(statement)) if name.casefold() != "unk"]
    fields = _named(names) | _codes(code) | _when(begin, end)
    reasons = f".//c:observation[c:templateId/@root='{CCDA}19']|c:entryRelationship[@typeCode='RSON']/c:observation"
    for number, each in enumerate(dict.fromkeys(statement.xpath(reasons, namespaces=NS)), 1):
        value = first(each, "c:value")
        shown = document.names(value) or ([document.words(value)] if document.words(value) else document.said(each))
        if shown:
            fields[f"reason {number}"] = _any_within(shown, "reason")
    return fields


def no_visit(document: Document, statement: Any) -> bool:
    """Neither kind nor day nor place nor person."""
    code = first(statement, "c:code")
    named = any(name.casefold() not in ("unk", "unknown", "visit", "encounter") for name in document.names(code))
    if _all_absent(document.names(code) or document.said(statement)) and not any(times(statement)):
        return True
    more = first(statement, "c:performer|c:entryRelationship")
    return not (named or any(times(statement)) or document.said(statement) or more is not None)


def relative(document: Document, statement: Any) -> dict[str, Expected]:
    """Who, and which illnesses (C-CDA R2.1, Family History Organizer)."""
    fields = {}
    relation = document.names(first(statement, "c:subject/c:relatedSubject/c:code"))
    if relation:
        fields["relation"] = one_of(relation, lambda told: told["data"].get("relation"))
    for number, each in enumerate(statement.xpath("c:component/c:observation", namespaces=NS), 1):
        shown = document.names(first(each, "c:value"))
        if shown and not _is_negated(each):
            fields[f"illness {number}"] = _any_illness(shown)
    return fields


def _any_illness(texts: list[str]) -> Expected:
    right = [text.casefold() for text in texts]

    def verdict(told: Any) -> str:
        listed = " ".join(str(each.get("title")) for each in told["data"].get("conditions") or [])
        found = f"{told['title']} {listed}".casefold()
        return "right" if any(text in found for text in right) else "lost"

    return Expected(" / ".join(texts), verdict)


def insurance(document: Document, statement: Any) -> dict[str, Expected]:
    """Member and group numbers (C-CDA R2.1, Policy Activity)."""
    fields = {}
    member = attribute(statement, "c:participant[@typeCode='COV']/c:participantRole/c:id", "extension")
    if member:
        fields["member number"] = one_of([member], lambda told: told["data"].get("member_number"))
    return fields


def never(_document: Document, _statement: Any) -> bool:
    """What is told is something."""
    return False


FIELDS = {
    "problems": problem, "allergies": allergy, "medicines": medicine, "vaccines": vaccine, "results": observed,
    "vital signs": observed, "social": observed, "procedures": procedure, "visits": visit, "family": relative,
    "insurance": insurance,
}  # fmt: skip
ABSENT = {
    "problems": no_problem, "allergies": no_allergy, "medicines": no_medicine, "vaccines": no_medicine,
    "results": nothing_observed, "vital signs": nothing_observed, "social": nothing_observed,
    "procedures": no_procedure, "visits": no_visit, "family": never, "insurance": never,
}  # fmt: skip


def read(path: Path) -> Document:
    """A CDA document. Raises etree.XMLSyntaxError for what is no XML."""
    return Document(path.read_bytes())
