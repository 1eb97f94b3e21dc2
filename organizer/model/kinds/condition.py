"""Diagnosis. An earlier view of the same illness is kept: the newer entry `revises` it."""

from organizer.base.i18n import marked
from organizer.model.facets import Everyday, Quote, SameFact
from organizer.model.kind import Choice, Field, FieldType, Kind

CONDITION = Kind(
    "Condition",
    marked("Diagnosis"),
    marked("Diagnoses"),
    (
        Field("title", marked("Diagnosis"), fhir="code", required=True, in_table=True, searchable=True),
        Field("happened", marked("Since"), FieldType.DATE, "onset[x]", in_table=True),
        Field("ended", marked("Until"), FieldType.DATE, "abatement[x]"),
        Field(
            "status",
            marked("Course"),
            FieldType.CHOICE,
            "clinicalStatus",
            (
                Choice("active", marked("Current")),
                Choice("recurrence", marked("Come back")),
                Choice("relapse", marked("Worse again")),
                Choice("inactive", marked("Not active")),
                Choice("remission", marked("In remission")),
                Choice("resolved", marked("Past")),
                Choice("entered-in-error", marked("Entered in error")),
            ),
            in_table=True,
        ),
        Field(
            "verification",
            marked("How sure"),
            FieldType.CHOICE,
            "verificationStatus",
            (
                Choice("unconfirmed", marked("Not confirmed")),
                Choice("provisional", marked("Provisional")),
                Choice("differential", marked("One of several possible")),
                Choice("confirmed", marked("Confirmed")),
                Choice("refuted", marked("Ruled out")),
                Choice("entered-in-error", marked("Entered in error")),
            ),
            in_table=True,
        ),
        Field("recorded", marked("Recorded on"), FieldType.DATE, "recordedDate"),
        Field("body_site", marked("Body part"), fhir="bodySite", searchable=True),
        Field("severity", marked("Severity"), fhir="severity"),
        Field("serious", marked("Serious or life-changing"), FieldType.FLAG),
        Field("stage", marked("Stage"), fhir="stage.summary"),
        Field("made_by", marked("Made by"), fhir="asserter", in_table=True, searchable=True),
        Field("place", marked("Where"), searchable=True),
        Field("quote", marked("In the doctor’s words"), FieldType.LONG_TEXT, searchable=True),
        Field("category", marked("Listed as"), fhir="category"),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, "note", searchable=True),
    ),
    links=(("revises", ("Condition",)), ("rests-on", ("DiagnosticReport", "Observation", "Procedure"))),
    icon="stethoscope",
    timeline="diagnoses",
    page="diagnoses",
    packet="",
    weight=3,
    quote=Quote("quote", by=("made_by", "place"), day="recorded"),
    portrait=True,
    same_fact=SameFact(("status", "verification")),
    everyday=(Everyday(4, marked("Diagnosis"), "stethoscope"),),
    fhir="Condition",
    ips=True,
)
