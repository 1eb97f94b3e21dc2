"""Patient, Practitioner, Organization, Coverage as R4 resources."""

from organizer.exporting.fhir import shapes
from organizer.exporting.fhir.neighbours import Neighbours, declared
from organizer.exporting.fhir.shapes import TERMINOLOGY, Node
from organizer.model.entry import Entry
from organizer.model.statuses import Status

_SEXES = ("female", "male", "other", "unknown")
_INSURED = ("active", "cancelled", "draft", "entered-in-error")


def patient(entry: Entry, _others: Neighbours) -> Node:
    """Patient. A name is written as the record has it: which of its words are the family's is not guessed."""
    data = entry.data
    names = filter(None, map(shapes.words, (entry.title, *(data.get("other_names") or ()))))
    numbers = filter(None, map(shapes.words, data.get("record_numbers") or ()))
    contact = shapes.words(data.get("emergency_contact"))
    died = data.get("deceased")
    return {
        "identifier": [_identifier(number) for number in numbers],
        "name": [{"text": name} for name in names],
        "telecom": _telecom(entry),
        "gender": shapes.one_of(entry.text("sex"), _SEXES, ""),
        "birthDate": shapes.date(data.get("birth_date")),
        "deceasedBoolean": True if died == "yes" else None,
        "deceasedDateTime": shapes.date_time(died),
        "address": _address(entry),
        "contact": [{"name": {"text": contact}}] if contact else [],
        "communication": [{"language": concept} for concept in shapes.concepts(data.get("language"))],
    }


def _identifier(line: str) -> Node:
    """`Medical record number: 123` as type and value."""
    kind, parted, value = line.partition(": ")
    if parted and shapes.words(kind) and shapes.words(value):
        return {"type": {"text": shapes.words(kind)}, "value": shapes.words(value)}
    return {"value": line}


def _telecom(entry: Entry) -> list[Node]:
    numbers = ((system, shapes.words(entry.data.get(system))) for system in ("phone", "fax", "email"))
    return [{"system": system, "value": value} for system, value in numbers if value]


def _address(entry: Entry) -> list[Node]:
    text = shapes.words(entry.data.get("address"))
    return [{"text": text}] if text else []


def practitioner(entry: Entry, _others: Neighbours) -> Node:
    """Practitioner."""
    name, specialty = shapes.words(entry.title), shapes.concept(entry.data.get("specialty"))
    return {
        "active": False if entry.status == Status.INACTIVE else None,
        "name": [{"text": name}] if name else [],
        "telecom": _telecom(entry),
        "address": _address(entry),
        "qualification": [{"code": specialty}] if specialty else [],
    }


def organization(entry: Entry, _others: Neighbours) -> Node:
    """Organization."""
    return {
        "active": False if entry.status == Status.INACTIVE else None,
        **declared(entry, {"name": shapes.words, "type": shapes.concepts}),
        "telecom": _telecom(entry),
        "address": _address(entry),
    }


def coverage(entry: Entry, _others: Neighbours) -> Node:
    """Coverage: payer, plan and group."""
    fields = {"plan": entry.data.get("plan"), "group": entry.data.get("group_number")}
    named = {code: shapes.words(value) for code, value in fields.items()}
    return {
        "status": shapes.one_of(entry.status, _INSURED, "active"),
        **declared(entry, {"subscriberId": shapes.words}),
        "period": shapes.period(entry),
        "payor": shapes.named_list(entry.title) or [shapes.absent()],
        "class": [
            {"type": shapes.coded(f"{TERMINOLOGY}coverage-class", code), "value": value}
            for code, value in named.items()
            if value
        ],
    }
