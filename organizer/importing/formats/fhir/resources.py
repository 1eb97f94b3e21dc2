"""Which resource becomes which entry, which one is left out and why, and whose it is."""

from collections.abc import Callable

from organizer.base.i18n import marked
from organizer.importing.formats.fhir import claims, clinical, medicines, own, people, planning, results, wholes
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.context import Context
from organizer.importing.formats.fhir.declared import reader_of
from organizer.importing.formats.fhir.node import Node
from organizer.model.entry import Entry
from organizer.model.interchange import PERSON
from organizer.model.kinds import KINDS

_IN_WORDS = (
    "ClinicalImpression", "Consent", "DetectedIssue", "Flag", "Media", "NutritionOrder", "RiskAssessment",
    "VisionPrescription",
)  # fmt: skip
"""Types that the record has no kind for, and that tell of the person: they are documents of their words."""

READERS: dict[str, Callable[[Node, Context], Entry]] = {
    "Patient": people.patient,
    "Practitioner": people.practitioner,
    "Organization": people.organization,
    "Coverage": people.coverage,
    "Observation": results.observation,
    "DiagnosticReport": results.diagnostic_report,
    "ImagingStudy": results.imaging_study,
    "QuestionnaireResponse": results.questionnaire_response,
    "Condition": clinical.condition,
    "AllergyIntolerance": clinical.allergy,
    "AdverseEvent": clinical.adverse_event,
    "Procedure": clinical.procedure,
    "Immunization": clinical.immunization,
    "FamilyMemberHistory": clinical.family_history,
    "Encounter": clinical.encounter,
    "Appointment": clinical.appointment,
    "Device": clinical.device,
    "DeviceUseStatement": clinical.device_use,
    "MedicationStatement": medicines.medicine,
    "MedicationRequest": medicines.medicine,
    "MedicationAdministration": medicines.medicine,
    "MedicationDispense": medicines.medicine,
    "CarePlan": planning.care_plan,
    "Goal": planning.goal,
    "ServiceRequest": planning.service_request,
    "Task": planning.task,
    "Communication": planning.communication,
    "DocumentReference": planning.document_reference,
    "Basic": own.basic,
}
"""By resourceType. Of what a kind declares as its `fhir`, exporting/fhir writes by the function of the same name."""

DECLARED = {
    kind.name: reader_of(kind)
    for kind in KINDS
    if kind.name not in READERS and any(field.fhir for field in kind.fields)
}
"""Readers that follow from the declarations of kinds that have none of their own."""
READERS |= DECLARED
READERS |= {name: wholes.in_words for name in _IN_WORDS if name not in READERS}

SEVERAL: dict[str, Callable[[Node, Context], list[tuple[str, Entry]]]] = {
    "Composition": wholes.documents,
    "CareTeam": wholes.members,
    "ExplanationOfBenefit": claims.entries_of,
    "List": lambda resource, context: [("", entry)] if (entry := wholes.listed(resource, context)) else [],
    "DocumentReference": planning.documents,
    "Goal": planning.goals,
}
"""Resources that become several entries, or none: each with its name within the resource ("" for the whole)."""

_BILLING = marked("Billing, not part of the medical record; it stays in the source document.")
_TECHNICAL = marked("Says how the data came about, not anything about your health; it stays in the source document.")
_FOLDED = marked("Told by the entries that refer to it.")
SKIPPED = {
    "Claim": _BILLING,
    "ClaimResponse": _BILLING,
    "ExplanationOfBenefit": marked("A claim that tells nothing of its own; it stays in the source document."),
    "Account": _BILLING,
    "Invoice": _BILLING,
    "ChargeItem": _BILLING,
    "PaymentNotice": _BILLING,
    "PaymentReconciliation": _BILLING,
    "CoverageEligibilityRequest": _BILLING,
    "CoverageEligibilityResponse": _BILLING,
    "Provenance": _TECHNICAL,
    "AuditEvent": _TECHNICAL,
    "OperationOutcome": _TECHNICAL,
    "MessageHeader": _TECHNICAL,
    "Composition": marked("The table of contents of this document; its entries are read one by one."),
    "List": marked("A list of other entries, which are read one by one."),
    "Group": marked("A list of other entries, which are read one by one."),
    "Medication": _FOLDED,
    "Substance": _FOLDED,
    "Location": _FOLDED,
    "PractitionerRole": _FOLDED,
    "Specimen": _FOLDED,
    "BodyStructure": _FOLDED,
    "Questionnaire": marked("The form, not the answers."),
    "CareTeam": marked("The team’s members are read one by one."),
    "RelatedPerson": marked("A relative’s contact is not read yet; it stays in the source document."),
    "EpisodeOfCare": marked("An administrative frame around visits, which are read one by one."),
    "Binary": marked("A file; it is kept with the entry that describes it, or else within the source document."),
}
OTHER = marked("Casebook has no place for this kind of entry yet; it stays in the source document.")

_OWNERS = ("subject", "patient", "beneficiary", "individual", "for")


def owner_of(resource: Node) -> Node:
    """The reference to whose it is; empty where the resource names nobody."""
    for name in _OWNERS:
        reference = resource.get(name)
        if isinstance(reference, dict) and (reference.keys() & {"reference", "identifier", "display"}):
            return reference
    owners = (extension for extension in fhir.children(resource, "extension") if extension.get("url") == PERSON)
    return next((fhir.child(owner, "valueReference") for owner in owners), {})
