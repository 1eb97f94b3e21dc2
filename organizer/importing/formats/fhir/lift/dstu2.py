"""FHIR DSTU2 (1.0) made STU3, from where `stu3` goes on."""

from collections.abc import Callable
from itertools import chain

from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.lift.shapes import (
    concept_or_reference,
    note_from_string,
    recode,
    rename,
    rename_choice,
    text_from_string,
)
from organizer.importing.formats.fhir.node import Node

_RENAMED_TYPES = {
    "MedicationOrder": "MedicationRequest",
    "DiagnosticOrder": "ProcedureRequest",
    "DeviceUseRequest": "ProcedureRequest",
    "BodySite": "BodyStructure",
}


def lift(resource: Node) -> bool:
    """Make a DSTU2 resource STU3 in place; False where it has nothing of DSTU2."""
    kind = fhir.text(resource, "resourceType")
    lifted = False
    if kind in _RENAMED_TYPES:
        if kind == "DiagnosticOrder":
            _diagnostic_order(resource)
        if kind == "MedicationOrder":
            _medication_order(resource)
        resource["resourceType"] = kind = _RENAMED_TYPES[kind]
        lifted = True
    return (_LIFTS[kind](resource) if kind in _LIFTS else False) or lifted


def _patient(resource: Node) -> bool:
    """A family name was a list."""
    lifted = rename(resource, careProvider="generalPractitioner")
    for name in [*fhir.children(resource, "name"), fhir.child(resource, "contact", "name")]:
        lifted |= _one_family_name(name)
    return lifted


def _one_family_name(name: Node) -> bool:
    families = name.get("family")
    if not isinstance(families, list):
        return False
    name["family"] = " ".join(fhir.texts(name, "family"))
    return True


def _practitioner(resource: Node) -> bool:
    """The roles that STU3 has a resource for stood within."""
    lifted = False
    for name in fhir.children(resource, "name"):
        lifted |= _one_family_name(name)
    roles = fhir.children(resource, "practitionerRole")
    if not roles:
        return lifted
    del resource["practitionerRole"]
    specialties = list(chain.from_iterable(fhir.children(role, "specialty") for role in roles))
    known = fhir.children(resource, "qualification")
    resource["qualification"] = [*({"code": specialty} for specialty in specialties or _roles(roles)), *known]
    return True


def _roles(roles: list[Node]) -> list[Node]:
    return [fhir.child(role, "role") for role in roles if fhir.child(role, "role")]


def _allergy(resource: Node) -> bool:
    """What it is stands in `substance`; one `status` says what two say later (the R2–R3 map of the standard)."""
    lifted = rename(
        resource, substance="code", reporter="asserter", onset="onsetDateTime", lastOccurence="lastOccurrence"
    )
    if "status" in resource:
        status = resource.pop("status")
        name = "clinicalStatus" if status in ("active", "inactive", "resolved") else "verificationStatus"
        resource.setdefault(name, status)
        lifted = True
    lifted |= recode(resource, "criticality", {"CRITL": "low", "CRITH": "high", "CRITU": "unable-to-assess"})
    if isinstance(resource.get("category"), str):
        resource["category"] = [resource["category"]]
        lifted = True
    return lifted


def _condition(resource: Node) -> bool:
    lifted = rename(resource, patient="subject", dateRecorded="assertedDate")
    lifted |= note_from_string(resource, "notes")
    return lifted


def _observation(resource: Node) -> bool:
    lifted = rename(resource, comments="comment")
    for part in [resource, *fhir.children(resource, "component")]:
        for reference_range in fhir.children(part, "referenceRange"):
            lifted |= rename(reference_range, meaning="type")
    return lifted


def _report(resource: Node) -> bool:
    return rename(resource, request="basedOn")


def _medication_order(resource: Node) -> None:
    rename(resource, dateWritten="authoredOn", prescriber="requester", patient="subject", reasonEnded="statusReason")
    note_from_string(resource, "note")
    concept_or_reference(resource, "reason", "reasonCode", "reasonReference")
    resource.setdefault("intent", "order")
    ended = fhir.text(resource, "dateEnded")
    resource.pop("dateEnded", None)
    for dosage in fhir.children(resource, "dosageInstruction"):
        _dosage(dosage)
    if ended:
        _end_of_order(resource, ended)


def _end_of_order(resource: Node, ended: str) -> None:
    """`dateEnded` is when the prescription was stopped; later versions have the bounds of the dosage for it."""
    dosages = fhir.children(resource, "dosageInstruction") or [{}]
    repeat = fhir.child(dosages[0], "timing", "repeat")
    bounds = fhir.child(repeat, "boundsPeriod")
    bounded = {"start": fhir.text(resource, "authoredOn"), **bounds, "end": fhir.text(bounds, "end") or ended}
    timing = dict(fhir.child(dosages[0], "timing"))
    dosages[0]["timing"] = {**timing, "repeat": {**repeat, "boundsPeriod": bounded}}
    resource["dosageInstruction"] = dosages


def _dosage(dosage: Node) -> bool:
    lifted = rename(dosage, additionalInstructions="additionalInstruction")
    lifted |= rename(dosage, quantityQuantity="doseQuantity", quantityRange="doseRange", quantity="doseQuantity")
    lifted |= rename(dosage, siteCodeableConcept="site")
    repeat = fhir.child(dosage, "timing", "repeat")
    if repeat:
        lifted |= rename(repeat, periodUnits="periodUnit", durationUnits="durationUnit")
    return lifted


def _medication_use(resource: Node) -> bool:
    kind = fhir.text(resource, "resourceType")
    lifted = rename(resource, patient="subject")
    lifted |= note_from_string(resource, "note") if isinstance(resource.get("note"), str) else False
    if kind == "MedicationAdministration":
        return lifted | _administration(resource)
    for dosage in [*fhir.children(resource, "dosage"), *fhir.children(resource, "dosageInstruction")]:
        lifted |= _dosage(dosage)
    if "wasNotTaken" in resource:
        taken = resource.pop("wasNotTaken")
        # “false” is no more than “not said to be untaken”: the status beside it tells the rest.
        if taken is True or taken == "true":
            resource["taken"] = "n"
        lifted = True
    lifted |= concept_or_reference(resource, "reasonForUse", "reasonCode", "reasonReference")
    lifted |= rename(resource, dispenser="performer")
    return lifted


def _administration(resource: Node) -> bool:
    lifted = rename(resource, wasNotGiven="notGiven", practitioner="performer", reasonGiven="reasonCode")
    lifted |= rename_choice(resource, "effectiveTime", "effective")
    for dosage in fhir.children(resource, "dosage"):
        lifted |= rename(dosage, quantity="dose")
    return lifted


def _immunization(resource: Node) -> bool:
    lifted = rename(resource, wasNotGiven="notGiven")
    performer = resource.get("performer")
    if isinstance(performer, dict) and "actor" not in performer:
        resource["practitioner"] = [{"actor": resource.pop("performer")}]
        lifted = True
    return lifted


def _procedure(resource: Node) -> bool:
    """`notPerformed` says the opposite of the status beside it."""
    lifted = rename(resource, notPerformed="notDone")
    lifted |= note_from_string(resource, "notes")
    for performer in fhir.children(resource, "performer"):
        lifted |= rename(performer, person="actor")
    lifted |= concept_or_reference(resource, "reason", "reasonCode", "reasonReference")
    if fhir.children(resource, "reasonNotPerformed"):
        lifted |= rename(resource, reasonNotPerformed="notDoneReason")
    return lifted


def _encounter(resource: Node) -> bool:
    lifted = rename(resource, patient="subject", indication="reasonReference")
    stay = fhir.child(resource, "hospitalization")
    diagnoses = fhir.children(stay, "dischargeDiagnosis")
    if diagnoses:
        del stay["dischargeDiagnosis"]
        resource.setdefault("diagnosis", [{"condition": condition} for condition in diagnoses])
        lifted = True
    return lifted


def _goal(resource: Node) -> bool:
    lifted = text_from_string(resource, "description")
    for name, later in (("targetDate", "dueDate"), ("targetQuantity", "detailQuantity")):
        if name in resource:
            resource.setdefault("target", {})[later] = resource.pop(name)
            lifted = True
    return lifted | note_from_string(resource, "notes")


def _care_plan(resource: Node) -> bool:
    lifted = False
    for activity in fhir.children(resource, "activity"):
        lifted |= rename(activity, actionResulting="outcomeReference")
    if _is_care_team(resource):
        # Who cares for somebody was a plan of that category; later versions have a resource for it.
        resource["resourceType"] = "CareTeam"
        lifted = True
    return lifted


def _is_care_team(plan: Node) -> bool:
    codes = [
        coding.code
        for coding in chain.from_iterable(fhir.codings(category) for category in fhir.children(plan, "category"))
    ]
    return "careteam" in codes and bool(fhir.children(plan, "participant"))


def _procedure_request(resource: Node) -> bool:
    lifted = rename(resource, orderedOn="authoredOn", orderer="requester")
    lifted |= note_from_string(resource, "notes")
    return lifted | concept_or_reference(resource, "reason", "reasonCode", "reasonReference")


def _referral(resource: Node) -> bool:
    lifted = rename(resource, dateSent="authoredOn", date="authoredOn", patient="subject")
    if isinstance(resource.get("reason"), dict):
        lifted |= rename(resource, reason="reasonCode")
    return lifted


def _diagnostic_order(resource: Node) -> None:
    """The tests that it asks for are its items; the day is that of its first event."""
    items = [fhir.concept(item.get("code")) for item in fhir.children(resource, "item")]
    coded = list(
        chain.from_iterable(fhir.children(item.get("code"), "coding") for item in fhir.children(resource, "item"))
    )
    events = fhir.children(resource, "event")
    for name in ("item", "event"):
        resource.pop(name, None)
    resource.setdefault("code", {"text": ", ".join(item for item in items if item), "coding": coded})
    rename(resource, orderer="requester", reason="reasonCode")
    day = next((fhir.text(event, "dateTime") for event in events if fhir.text(event, "dateTime")), "")
    if day:
        resource.setdefault("authoredOn", day)


def _family(resource: Node) -> bool:
    """An age was a Quantity in DSTU2 and is an Age now; both read alike."""
    lifted = rename(resource, deceasedQuantity="deceasedAge", ageQuantity="ageAge")
    for condition in fhir.children(resource, "condition"):
        lifted |= rename(condition, onsetQuantity="onsetAge")
    return lifted


def _medication(resource: Node) -> bool:
    product = fhir.child(resource, "product")
    if not product:
        return False
    del resource["product"]
    ingredients = fhir.children(product, "ingredient")
    resource.setdefault("ingredient", [{"itemReference": ingredient.get("item")} for ingredient in ingredients])
    return True


def _coverage(resource: Node) -> bool:
    lifted = rename(resource, issuer="payor", subscriber="policyHolder") if "issuer" in resource else False
    grouped = {name: resource.pop(name) for name in ("group", "plan") if isinstance(resource.get(name), str)}
    if grouped:
        resource.setdefault("grouping", grouped)
    return lifted or bool(grouped)


def _answers(resource: Node) -> bool:
    """Groups of questions became items."""
    if "group" not in resource:
        return False
    resource["item"] = [_item(group) for group in fhir.children(resource, "group")]
    del resource["group"]
    return True


def _item(group: Node) -> Node:
    inner = [
        _item(child) for child in chain.from_iterable(fhir.children(group, name) for name in ("group", "question"))
    ]
    item: Node = {name: group[name] for name in ("linkId", "text", "answer") if name in group}
    for answer in fhir.children(item, "answer"):
        if "group" in answer:
            inner += [_item(subgroup) for subgroup in fhir.children(answer, "group")]
    if fhir.text(group, "title"):
        item.setdefault("text", fhir.text(group, "title"))
    return {**item, "item": inner}


def _device_use(resource: Node) -> bool:
    lifted = rename(resource, bodySiteCodeableConcept="bodySite")
    return lifted | note_from_string(resource, "notes")


_LIFTS: dict[str, Callable[[Node], bool]] = {
    "AllergyIntolerance": _allergy,
    "CarePlan": _care_plan,
    "Condition": _condition,
    "Coverage": _coverage,
    "DeviceUseStatement": _device_use,
    "DiagnosticReport": _report,
    "Encounter": _encounter,
    "FamilyMemberHistory": _family,
    "Goal": _goal,
    "Immunization": _immunization,
    "Medication": _medication,
    "MedicationAdministration": _medication_use,
    "MedicationDispense": _medication_use,
    "MedicationStatement": _medication_use,
    "Observation": _observation,
    "Patient": _patient,
    "Practitioner": _practitioner,
    "Procedure": _procedure,
    "ProcedureRequest": _procedure_request,
    "QuestionnaireResponse": _answers,
    "ReferralRequest": _referral,
}
