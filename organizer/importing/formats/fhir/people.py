"""Patient, Practitioner, Organization, Coverage, RelatedPerson's kin."""

from organizer.importing.core.numbers_of_state import is_number_of_state
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.context import Context
from organizer.importing.formats.fhir.node import Node
from organizer.model.entry import Entry, without_empty
from organizer.model.statuses import Status


def patient(resource: Node, context: Context) -> Entry:
    """Patient: the official or usual name first, the others kept."""
    names = sorted(
        fhir.children(resource, "name"), key=lambda name: fhir.text(name, "use") not in ("official", "usual")
    )
    spoken = list(dict.fromkeys(name for name in map(_without_prefix, names) if name))
    contact = fhir.child(resource, "contact")
    reached = " ".join(part for part in (fhir.human_name(contact.get("name")), fhir.telecom(contact, "phone")) if part)
    _kind, deceased = fhir.choice(resource, "deceased")
    data = {
        "birth_date": fhir.text(resource, "birthDate"),
        "sex": fhir.text(resource, "gender"),
        "other_names": spoken[1:],
        "phone": fhir.telecom(resource, "phone"),
        "email": fhir.telecom(resource, "email"),
        "address": fhir.address(fhir.child(resource, "address")),
        "language": fhir.concept(fhir.child(resource, "communication", "language")),
        "emergency_contact": reached,
        "record_numbers": [
            _number(identifier) for identifier in fhir.children(resource, "identifier") if _shown(identifier)
        ],
        "deceased": deceased if isinstance(deceased, str) else ("yes" if deceased is True else ""),
    }
    return Entry("Patient", spoken[0] if spoken else "", data=without_empty(data))


def _without_prefix(name: Node) -> str:
    bare = {key: value for key, value in name.items() if key != "prefix"}
    return fhir.human_name(bare)


def _shown(identifier: Node) -> bool:
    """National numbers are not copied into the entry; the source document keeps them."""
    number, system = fhir.text(identifier, "value"), fhir.text(identifier, "system")
    return bool(number) and not is_number_of_state(number, system, fhir.code(identifier.get("type")))


def _number(identifier: Node) -> str:
    kind = fhir.concept(identifier.get("type"))
    return f"{kind}: {fhir.text(identifier, 'value')}" if kind else fhir.text(identifier, "value")


def practitioner(resource: Node, context: Context) -> Entry:
    """Practitioner; specialty and clinic from the PractitionerRole that names it."""
    name = fhir.human_name(fhir.child(resource, "name"))
    data = {
        "specialty": fhir.concept(fhir.child(resource, "qualification", "code")),
        "phone": fhir.telecom(resource, "phone"),
        "fax": fhir.telecom(resource, "fax"),
        "email": fhir.telecom(resource, "email"),
        "address": fhir.address(fhir.child(resource, "address")),
    }
    for located in context.roles:
        role = located.resource
        meant = context.find(fhir.child(role, "practitioner"))
        if meant is not None and meant.resource == resource:
            data["specialty"] = fhir.concept(role.get("specialty")) or data["specialty"]
            data["organization"] = context.spoken(fhir.child(role, "organization"))
    return Entry("Practitioner", name, data=without_empty(data), status=_active(resource))


def organization(resource: Node, context: Context) -> Entry:
    """Organization."""
    data = {
        "organization_type": fhir.concept(resource.get("type")),
        "phone": fhir.telecom(resource, "phone"),
        "fax": fhir.telecom(resource, "fax"),
        "email": fhir.telecom(resource, "email"),
        "address": fhir.address(fhir.child(resource, "address")),
    }
    return Entry("Organization", fhir.text(resource, "name"), data=without_empty(data), status=_active(resource))


def _active(resource: Node) -> Status:
    return Status.INACTIVE if resource.get("active") is False else Status.NOT_SAID


def coverage(resource: Node, context: Context) -> Entry:
    """Coverage: payer, plan and group."""
    classes = {fhir.code(plan_class.get("type")): plan_class for plan_class in fhir.children(resource, "class")}
    plan = classes.get("plan", {})
    data = {
        "plan": fhir.text(plan, "name") or fhir.text(plan, "value") or fhir.concept(resource.get("type")),
        "group_number": fhir.text(classes.get("group", {}), "value"),
        "member_number": fhir.text(resource, "subscriberId") or fhir.text(fhir.child(resource, "identifier"), "value"),
    }
    period = fhir.child(resource, "period")
    return Entry(
        "Coverage",
        context.spoken(fhir.child(resource, "payor"), resource) or data["plan"],
        happened=fhir.when(period),
        ended=fhir.until(period),
        status=fhir.status(resource),
        data=without_empty(data),
    )
