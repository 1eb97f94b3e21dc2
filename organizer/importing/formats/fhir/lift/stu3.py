"""FHIR STU3 (3.0) made R4: what was given, taken or done “not” keeps its no, and dates keep their place."""

from collections.abc import Callable

from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.lift.shapes import (
    concept_from_code,
    dose_and_rate,
    note_from_string,
    recode,
    rename,
    rename_choice,
    text_from_string,
)
from organizer.importing.formats.fhir.node import Node

_CONDITION_CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_CONDITION_VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
_ALLERGY_CLINICAL = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
_ALLERGY_VERIFICATION = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"

_REQUESTS = ("ProcedureRequest", "ReferralRequest")
_IN_CONTEXT = (
    "CarePlan", "ClinicalImpression", "Communication", "Composition", "Condition", "DiagnosticReport", "ImagingStudy",
    "MedicationRequest", "Observation", "Procedure", "QuestionnaireResponse", "ServiceRequest", "Task",
)  # fmt: skip
"""Types whose `context` became `encounter`."""


def lift(resource: Node) -> bool:
    """Make a STU3 resource R4 in place; False where it has nothing of STU3."""
    kind = fhir.text(resource, "resourceType")
    lifted = False
    if kind in _REQUESTS:
        resource["resourceType"] = kind = "ServiceRequest"
        lifted = True
    if kind in _IN_CONTEXT and isinstance(resource.get("context"), dict):
        lifted |= rename(resource, context="encounter")
    lifted |= _without_agent(resource)
    return (_LIFTS[kind](resource) if kind in _LIFTS else False) or lifted


def _without_agent(resource: Node) -> bool:
    """Who asked for it was wrapped: `requester.agent`."""
    requester = resource.get("requester")
    if not isinstance(requester, dict) or not isinstance(requester.get("agent"), dict):
        return False
    resource["requester"] = requester["agent"]
    return True


def _condition(resource: Node) -> bool:
    lifted = concept_from_code(resource, "clinicalStatus", _CONDITION_CLINICAL)
    lifted |= concept_from_code(resource, "verificationStatus", _CONDITION_VERIFICATION)
    lifted |= rename(resource, assertedDate="recordedDate")
    # DSTU2: that it is over, without a day; beside a status it says nothing more.
    if resource.get("abatementBoolean") is True and "clinicalStatus" not in resource:
        resource["clinicalStatus"] = {"coding": [{"system": _CONDITION_CLINICAL, "code": "resolved"}]}
        lifted = True
    return lifted


def _allergy(resource: Node) -> bool:
    lifted = concept_from_code(resource, "clinicalStatus", _ALLERGY_CLINICAL)
    lifted |= concept_from_code(resource, "verificationStatus", _ALLERGY_VERIFICATION)
    return lifted | rename(resource, assertedDate="recordedDate")


def _observation(resource: Node) -> bool:
    lifted = note_from_string(resource, "comment")
    related = fhir.children(resource, "related")
    if "related" not in resource:
        return lifted
    members = [
        fhir.child(relation, "target") for relation in related if fhir.text(relation, "type") in ("has-member", "")
    ]
    derived = [fhir.child(relation, "target") for relation in related if fhir.text(relation, "type") == "derived-from"]
    del resource["related"]
    if members:
        resource.setdefault("hasMember", members)
    if derived:
        resource.setdefault("derivedFrom", derived)
    return True


def _report(resource: Node) -> bool:
    lifted = rename(resource, codedDiagnosis="conclusionCode", image="media")
    performers = fhir.children(resource, "performer")
    if any(isinstance(performer.get("actor"), dict) for performer in performers):
        resource["performer"] = [performer.get("actor", performer) for performer in performers]
        lifted = True
    return lifted


def _immunization(resource: Node) -> bool:
    """`notGiven` says the opposite of the status beside it, so it becomes the status."""
    lifted = rename(resource, date="occurrenceDateTime")
    if "notGiven" in resource:
        lifted = True
        if _yes(resource.pop("notGiven")) and resource.get("status") != "entered-in-error":
            resource["status"] = "not-done"
    if "explanation" in resource:
        explanation = fhir.child(resource, "explanation")
        refused = fhir.children(explanation, "reasonNotGiven")
        given = fhir.children(explanation, "reason")
        del resource["explanation"]
        if refused:
            resource.setdefault("statusReason", refused[0])
        if given:
            resource.setdefault("reasonCode", given)
        lifted = True
    if "practitioner" in resource:
        people = fhir.children(resource, "practitioner")
        del resource["practitioner"]
        performers = [{"actor": person.get("actor", person), "function": person.get("role", {})} for person in people]
        resource.setdefault("performer", performers)
        lifted = True
    protocols = fhir.children(resource, "vaccinationProtocol")
    if protocols:
        del resource["vaccinationProtocol"]
        applied = [
            {"doseNumberPositiveInt": protocol.get("doseSequence"), "series": protocol.get("series")}
            for protocol in protocols
        ]
        resource.setdefault("protocolApplied", applied)
        lifted = True
    return lifted


def _medication_use(resource: Node) -> bool:
    """`taken: n` says the opposite of the status beside it."""
    lifted = False
    for dosage in [*fhir.children(resource, "dosage"), *fhir.children(resource, "dosageInstruction")]:
        if fhir.text(resource, "resourceType") != "MedicationAdministration":
            lifted |= dose_and_rate(dosage)
    if "taken" in resource:
        taken = resource.pop("taken")
        if resource.get("status") != "entered-in-error":
            # `unk` and `na` don't say that it is taken; R4's status has no better word than “unknown”.
            resource["status"] = {"n": "not-taken", "unk": "unknown", "na": "unknown"}.get(
                str(taken), resource.get("status", "")
            )
        lifted = True
    if fhir.children(resource, "reasonNotTaken"):
        lifted |= rename(resource, reasonNotTaken="statusReason")
    return lifted | _not_done(resource, "not-done")


def _not_done(resource: Node, status: str) -> bool:
    """`notDone` and `notGiven` say the opposite of the status beside them."""
    lifted = False
    for name in ("notDone", "notGiven"):
        if name in resource:
            lifted = True
            if _yes(resource.pop(name)) and resource.get("status") != "entered-in-error":
                resource["status"] = status
    for name in ("notDoneReason", "reasonNotGiven", "notDoneReasonCodeableConcept"):
        if name in resource:
            lifted |= rename(resource, **{name: "statusReason"})
    return lifted


def _yes(value: object) -> bool:
    return value is True or value == "true"


def _procedure(resource: Node) -> bool:
    lifted = _not_done(resource, "not-done")
    return lifted | recode(resource, "status", {"suspended": "on-hold", "aborted": "stopped"})


def _encounter(resource: Node) -> bool:
    lifted = rename(resource, reason="reasonCode")
    if isinstance(resource.get("class"), str):
        resource["class"] = {"code": resource["class"]}
        lifted = True
    return lifted


def _appointment(resource: Node) -> bool:
    return rename(resource, reason="reasonCode", indication="reasonReference")


def _document(resource: Node) -> bool:
    """`indexed` is when the document was filed, `created` when it was written: R4 has one date, for filing."""
    created, indexed = fhir.text(resource, "created"), fhir.text(resource, "indexed")
    lifted = rename(resource, **{"class": "category"})
    if created or indexed:
        resource.setdefault("date", created or indexed)
        resource.pop("created", None)
        resource.pop("indexed", None)
        lifted = True
    return lifted


def _care_plan(resource: Node) -> bool:
    return recode(resource, "status", {"suspended": "on-hold", "cancelled": "revoked", "proposed": "draft"})


_GOAL_STATES = {
    "in-progress": "active", "on-target": "active", "ahead-of-target": "active", "behind-target": "active",
    "sustaining": "active", "achieved": "completed",
}  # fmt: skip
_REQUEST_STATES = {
    "proposed": "draft", "requested": "active", "received": "active", "accepted": "active", "planned": "active",
    "in-progress": "active", "suspended": "on-hold", "rejected": "revoked", "aborted": "revoked",
    "cancelled": "revoked",
}  # fmt: skip


def _goal(resource: Node) -> bool:
    if "status" not in resource:
        return False
    rename(resource, status="lifecycleStatus")
    recode(resource, "lifecycleStatus", _GOAL_STATES)
    text_from_string(resource, "description")
    return True


def _request(resource: Node) -> bool:
    lifted = recode(resource, "status", _REQUEST_STATES)
    services = fhir.children(resource, "serviceRequested")
    if services:
        del resource["serviceRequested"]
        resource.setdefault("code", services[0])
        lifted = True
    lifted |= rename(resource, recipient="performer")
    if isinstance(resource.get("performer"), dict):
        resource["performer"] = [resource["performer"]]
    return lifted | rename_choice(resource, "scheduled", "occurrence")


def _device(resource: Node) -> bool:
    udi = resource.get("udi")
    lifted = rename(resource, udi="udiCarrier", model="modelNumber", expiry="expirationDate")
    if isinstance(udi, str):
        resource["udiCarrier"] = [{"carrierHRF": udi}]
    elif isinstance(udi, dict) and fhir.text(udi, "name"):
        resource.setdefault("deviceName", [{"name": fhir.text(udi, "name")}])
    return lifted


def _device_use(resource: Node) -> bool:
    return rename(resource, whenUsed="timingPeriod")


def _adverse_event(resource: Node) -> bool:
    lifted = False
    if isinstance(resource.get("type"), dict):
        lifted = rename(resource, type="event")
    if resource.get("category") in ("AE", "PAE"):
        resource["actuality"] = {"AE": "actual", "PAE": "potential"}[str(resource.pop("category"))]
        lifted = True
    return lifted


def _coverage(resource: Node) -> bool:
    grouping = fhir.child(resource, "grouping")
    if not grouping:
        return False
    del resource["grouping"]
    classes = []
    for name in ("group", "plan", "class"):
        value = fhir.text(grouping, name)
        if value:
            coded = {"coding": [{"code": name}]}
            classes.append({"type": coded, "value": value, "name": fhir.text(grouping, f"{name}Display")})
    resource.setdefault("class", classes)
    return True


def _answers(resource: Node) -> bool:
    form = resource.get("questionnaire")
    if not isinstance(form, dict):
        return False
    resource["questionnaire"] = fhir.text(form, "reference") or fhir.text(form, "display")
    if fhir.text(form, "display"):
        resource["_questionnaire"] = {"extension": [{"valueString": fhir.text(form, "display")}]}
    return True


def _imaging(resource: Node) -> bool:
    lifted = rename(resource, modalityList="modality", patient="subject")
    if not lifted and "availability" not in resource:
        return False
    resource.setdefault("status", "available")
    return True


def _communication(resource: Node) -> bool:
    lifted = _not_done(resource, "not-done")
    if isinstance(resource.get("topic"), list):
        resource["topic"] = next(iter(fhir.children(resource, "topic")), {})
    return lifted


def _claim(resource: Node) -> bool:
    lifted = False
    for item in fhir.children(resource, "item"):
        lifted |= rename(item, service="productOrService")
        for detail in fhir.children(item, "detail"):
            lifted |= rename(detail, service="productOrService")
    lifted |= rename(resource, organization="provider") if "provider" not in resource else False
    return lifted


def _family(resource: Node) -> bool:
    if "notDone" not in resource and "notDoneReason" not in resource:
        return False
    if _yes(resource.pop("notDone", False)) and resource.get("status") != "entered-in-error":
        resource["status"] = "health-unknown"
    rename(resource, notDoneReason="dataAbsentReason")
    return True


_LIFTS: dict[str, Callable[[Node], bool]] = {
    "AdverseEvent": _adverse_event,
    "AllergyIntolerance": _allergy,
    "Appointment": _appointment,
    "CarePlan": _care_plan,
    "Communication": _communication,
    "Condition": _condition,
    "Coverage": _coverage,
    "Device": _device,
    "DeviceUseStatement": _device_use,
    "DiagnosticReport": _report,
    "DocumentReference": _document,
    "Encounter": _encounter,
    "ExplanationOfBenefit": _claim,
    "FamilyMemberHistory": _family,
    "Goal": _goal,
    "ImagingStudy": _imaging,
    "Immunization": _immunization,
    "MedicationAdministration": _medication_use,
    "MedicationDispense": _medication_use,
    "MedicationRequest": _medication_use,
    "MedicationStatement": _medication_use,
    "Observation": _observation,
    "Procedure": _procedure,
    "QuestionnaireResponse": _answers,
    "ServiceRequest": _request,
}
