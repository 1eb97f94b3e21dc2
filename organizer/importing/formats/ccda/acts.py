"""What was done or is planned: procedures, devices, visits, orders, goals, insurance."""

from organizer.base.numbers import parse_number
from organizer.importing.core.targets import Ends, ends_in_words, ends_of
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.meaning import PLANNED, mood_of, negated
from organizer.importing.formats.ccda.problems import body_site, comment, reason
from organizer.importing.formats.ccda.values import value_of
from organizer.importing.formats.ccda.xml import Element
from organizer.model.entry import Entry, without_empty
from organizer.model.statuses import Status

_DONE = {
    "aborted": Status.STOPPED,
    "cancelled": Status.NOT_DONE,
    "active": Status.IN_PROGRESS,
    "completed": Status.COMPLETED,
    "suspended": Status.ON_HOLD,
    "held": Status.ON_HOLD,
    "nullified": Status.ENTERED_IN_ERROR,
}
_ORDERED = {
    "completed": Status.COMPLETED,
    "cancelled": Status.REVOKED,
    "aborted": Status.REVOKED,
    "suspended": Status.ON_HOLD,
    "held": Status.ON_HOLD,
    "nullified": Status.ENTERED_IN_ERROR,
}
_AIMED = {
    "completed": Status.COMPLETED,
    "aborted": Status.CANCELLED,
    "cancelled": Status.CANCELLED,
    "nullified": Status.ENTERED_IN_ERROR,
}
_VISITED = {"cancelled": Status.CANCELLED, "aborted": Status.CANCELLED, "nullified": Status.ENTERED_IN_ERROR}
_PLACE = ".//h:participantRole[@classCode='SDLOC']/h:playingEntity/h:name"
_DEVICE = "h:participant/h:participantRole[h:playingDevice]"
_PAYER, _GUARANTOR_ROLE = "2.16.840.1.113883.10.20.22.4.87", "PAYOR"
_SERIAL, _LOT, _MODEL, _BRAND, _COMPANY, _EXPIRES, _MRI = (
    f"2.16.840.1.113883.10.20.22.4.{n}" for n in (319, 315, 317, 301, 303, 309, 318)
)


def procedure(statement: Element) -> Entry:
    """A procedure that was done, broken off or not done."""
    code = cda.first_of(statement, "h:code")
    begin, end = cda.time_of(statement)
    state = cda.attribute(statement, "h:statusCode", "code")
    outcome = cda.first_of(statement, "h:value") if cda.tag_of(statement) == "observation" else None
    data = {
        "body_site": body_site(statement),
        "performer": cda.performer_of(statement),
        "place": cda.words(cda.first_of(statement, _PLACE)),
        "reason": reason(statement),
        "outcome": cda.name_of(outcome, statement),
        "note": comment(statement),
    }
    status = Status.NOT_DONE if negated(statement) else _DONE.get(state, Status.UNKNOWN)
    return Entry(
        "Procedure",
        cda.subject_of(code, statement),
        codes=cda.codings(code),
        happened=begin,
        ended=end,
        status=status,
        data=without_empty(data),
    )


def order(statement: Element) -> Entry:
    """Anything that is planned, ordered or proposed."""
    given = cda.first_of(statement, "h:consumable//h:manufacturedMaterial/h:code")
    code = given if given is not None else cda.first_of(statement, "h:code")
    device_code = cda.first_of(statement, f"{_DEVICE}/h:playingDevice/h:code")
    begin, _end = cda.time_of(statement)
    asked = cda.when(cda.attribute(statement, "h:author/h:time", "value"))
    state = cda.attribute(statement, "h:statusCode", "code")
    product = cda.first_of(statement, "h:product//h:manufacturedMaterial/h:code")
    data = {
        "planned": begin.text if begin else "",
        "requester": cda.author_of(statement),
        "reason": reason(statement),
        "intent": {"RQO": "order", "PRP": "proposal", "INT": "plan", "PRMS": "plan", "ARQ": "plan"}.get(
            statement.get("moodCode") or "", ""
        ),
        "note": comment(statement),
    }
    title = cda.subject_of(code, statement, cda.name_of(product, statement), cda.name_of(device_code, statement))
    return Entry(
        "ServiceRequest",
        title,
        codes=cda.codings(code),
        happened=asked,
        status=_ORDERED.get(state, Status.ACTIVE),
        data=without_empty(data),
    )


def encounter(statement: Element) -> Entry:
    """A visit, past or planned."""
    code = cda.first_of(statement, "h:code")
    begin, end = cda.time_of(statement)
    planned = mood_of(statement) in PLANNED
    state = cda.attribute(statement, "h:statusCode", "code")
    data = {
        "provider": cda.person_name(cda.first_of(statement, "h:performer//h:assignedPerson")),
        "place": cda.words(cda.first_of(statement, _PLACE)),
        "reason": reason(statement),
        "note": "\n".join(text for text in (went_to(statement), comment(statement)) if text),
    }
    status = Status.CANCELLED if negated(statement) else _VISITED.get(state, Status.FINISHED)
    if state == "active" and end is None:
        status = Status.IN_PROGRESS
    return Entry(
        "Encounter",
        visit_name(code, statement),
        codes=cda.codings(code),
        happened=begin,
        ended=end,
        status=Status.PLANNED if planned and status in (Status.FINISHED, Status.IN_PROGRESS) else status,
        data=without_empty(data),
    )


def visit_name(code: Element, statement: Element) -> str:
    """What kind of visit it was; “Visit” where nothing says it."""
    words = cda.subject_of(code, statement)
    return "Visit" if words.casefold() in ("", "unk", "unknown") else words


def went_to(statement: Element) -> str:
    """Where the person went after the stay (sdtc:dischargeDispositionCode)."""
    words = cda.name_of(cda.first_of(statement, "s:dischargeDispositionCode"), statement)
    return f"Discharged: {words}" if words else ""


def device(statement: Element) -> Entry:
    """A procedure or supply with a device in it: the implant or the aid itself."""
    role = cda.first_of(statement, _DEVICE)
    code = cda.first_of(role, "h:playingDevice/h:code")
    begin, end = cda.time_of(statement)
    material = cda.first_of(statement, "h:product//h:manufacturedMaterial/h:code")
    data = {
        "udi": cda.attribute(role, "h:id", "extension"),
        "manufacturer": _part(statement, _COMPANY) or cda.words(cda.first_of(role, "h:scopingEntity/h:desc")),
        "model": _part(statement, _MODEL)
        or _part(statement, _BRAND)
        or cda.words(cda.first_of(role, "h:playingDevice/h:manufacturerModelName")),
        "serial_number": _part(statement, _SERIAL),
        "lot": _part(statement, _LOT),
        "expires": _part(statement, _EXPIRES),
        "mr_safety": _part(statement, _MRI),
        "place": cda.name_of(cda.first_of(statement, "h:targetSiteCode"), statement),
        "note": comment(statement),
    }
    state = cda.attribute(statement, "h:statusCode", "code")
    return Entry(
        "Device",
        cda.name_of(code, statement)
        or cda.name_of(material, statement)
        or cda.subject_of(cda.first_of(statement, "h:code"), statement),
        codes=cda.codings(code if code is not None else material),
        happened=begin,
        ended=end,
        status=_in_use(state, ended=end is not None),
        data=without_empty(data),
    )


def _in_use(state: str, ended: bool) -> Status:
    if state == "nullified":
        return Status.ENTERED_IN_ERROR
    return Status.INACTIVE if ended or state in ("aborted", "cancelled") else Status.ACTIVE


def _part(statement: Element, template: str) -> str:
    """A detail of the UDI organizer (C-CDA companion guide) within or beside the device's procedure."""
    observation = cda.first_of(statement, f".//h:observation[h:templateId/@root='{template}']")
    value = value_of(observation) if observation is not None else {}
    return str(value.get("value_text", ""))


def goal(statement: Element) -> Entry:
    """Goal observation: what is to be reached, by when."""
    code, value = cda.first_of(statement, "h:code"), cda.first_of(statement, "h:value")
    begin, end = cda.time_of(statement)
    measure, text = cda.name_of(code, statement), cda.narrative_of(statement)
    fields = value_of(statement)
    low, high = (parse_number(cda.attribute(value, f"h:{side}", "value")) for side in ("low", "high"))
    words = f"{measure} {fields.get('comparator', '')}{fields.get('value_text', '')} {fields.get('unit', '')}".strip()
    unit = fields.get("unit") or cda.attribute(value, "h:high", "unit") or cda.attribute(value, "h:low", "unit")
    ends: Ends = {"target_low": low.value if low else None, "target_high": high.value if high else None}
    if not low and not high and fields.get("value") is not None:
        ends = ends_of(fields["value"], fields.get("comparator", ""))
    elif not low and not high and fields.get("value_text"):
        ends, unit = ends_in_words(fields["value_text"])
    data = {
        "measure": measure,
        **ends,
        "target_text": fields.get("value_text", ""),
        "due": end.text if end else "",
        "note": comment(statement),
    }
    state = cda.attribute(statement, "h:statusCode", "code")
    status = _AIMED.get(state, Status.ACTIVE)
    title = text or words
    return Entry(
        "Goal", title, codes=cda.codings(code), happened=begin, status=status, unit=unit or "", data=without_empty(data)
    )


def coverage(statement: Element) -> Entry:
    """Policy activity: insurer, plan, member number."""
    payer = cda.first_of(statement, f"h:performer[h:templateId/@root='{_PAYER}']/h:assignedEntity")
    if payer is None:
        payer = cda.first_of(statement, f"h:performer/h:assignedEntity[h:code/@code='{_GUARANTOR_ROLE}']")
    member = cda.first_of(statement, "h:participant[@typeCode='COV']")
    plan = cda.name_of(cda.first_of(statement, "h:code"), statement)
    held = cda.words(cda.first_of(statement, "h:entryRelationship/h:act/h:text"))
    insurer = cda.words(cda.first_of(payer, "h:representedOrganization/h:name"))
    data = {
        "plan": held or plan,
        "member_number": cda.attribute(member, "h:participantRole/h:id", "extension"),
        "group_number": cda.attribute(statement, "h:id", "extension"),
        "phone": cda.telecom(payer, "tel") if payer is not None else "",
    }
    begin = cda.when(cda.attribute(member, "h:time/h:low", "value"))
    end = cda.when(cda.attribute(member, "h:time/h:high", "value"))
    title = insurer or held or plan
    return Entry("Coverage", title, happened=begin, ended=end, status=Status.ACTIVE, data=without_empty(data))
