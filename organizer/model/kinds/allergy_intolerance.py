"""Allergy. “No known allergies” is a statement of its own (`none_known`), “not asked” another (`not_asked`)."""

from organizer.base.i18n import marked
from organizer.model.facets import SameFact
from organizer.model.kind import Choice, Field, FieldType, Kind
from organizer.model.statuses import Status, Verification

ALLERGY_INTOLERANCE = Kind(
    "AllergyIntolerance",
    marked("Allergy"),
    marked("Allergies"),
    (
        Field("title", marked("Substance"), fhir="code", required=True, in_table=True, searchable=True),
        Field(
            "reaction",
            marked("Reaction"),
            fhir="reaction.manifestation",
            in_table=True,
            searchable=True,
            terms=True,
        ),
        Field("severity", marked("Severity"), fhir="reaction.severity", in_table=True, terms=True),
        Field(
            "criticality",
            marked("How dangerous"),
            FieldType.CHOICE,
            "criticality",
            (
                Choice("low", marked("Low")),
                Choice("high", marked("High")),
                Choice("unable-to-assess", marked("Can’t be said")),
            ),
        ),
        Field("happened", marked("Since"), FieldType.DATE, "onset[x]", in_table=True),
        Field("ended", marked("Until"), FieldType.DATE),
        Field("recorded", marked("Recorded on"), FieldType.DATE, "recordedDate"),
        Field(
            "status",
            marked("Status"),
            FieldType.CHOICE,
            "clinicalStatus",
            (
                Choice(Status.ACTIVE, marked("Current")),
                Choice(Status.INACTIVE, marked("Not active")),
                Choice(Status.RESOLVED, marked("Past")),
                Choice(Status.ENTERED_IN_ERROR, marked("Entered in error")),
            ),
        ),
        Field(
            "verification",
            marked("How sure"),
            FieldType.CHOICE,
            "verificationStatus",
            (
                Choice(Verification.UNCONFIRMED, marked("Not confirmed")),
                Choice(Verification.CONFIRMED, marked("Confirmed")),
                Choice(Verification.REFUTED, marked("Ruled out")),
                Choice(Verification.ENTERED_IN_ERROR, marked("Entered in error")),
            ),
        ),
        Field("allergy_type", marked("Allergy or intolerance"), fhir="type"),
        Field("category", marked("Group"), fhir="category"),
        Field("none_known", marked("States that none is known"), FieldType.FLAG),
        Field("not_asked", marked("States that nobody asked"), FieldType.FLAG),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, "note", searchable=True),
    ),
    icon="triangle-alert",
    timeline="diagnoses",
    packet="",
    tells=("reaction", "severity", "verification", "note"),
    lasting=True,
    same_fact=SameFact(("status", "reaction", "none_known"), timeless=True),
    fhir="AllergyIntolerance",
    ips=True,
)
