"""Operation or procedure, planned or done."""

from organizer.base.i18n import marked
from organizer.model.facets import Decision, SameFact
from organizer.model.kind import Choice, Field, FieldType, Kind
from organizer.model.links import Role
from organizer.model.statuses import Status

PROCEDURE = Kind(
    "Procedure",
    marked("Operation or procedure"),
    marked("Operations and procedures"),
    (
        Field("title", marked("What"), fhir="code", required=True, in_table=True, searchable=True),
        Field("happened", marked("When"), FieldType.DATE, "performed[x]", in_table=True),
        Field("ended", marked("Until"), FieldType.DATE, "performedPeriod.end"),
        Field(
            "status",
            marked("Status"),
            FieldType.CHOICE,
            "status",
            (
                Choice(Status.PREPARATION, marked("Planned")),
                Choice(Status.IN_PROGRESS, marked("Under way")),
                Choice(Status.NOT_DONE, marked("Not done")),
                Choice(Status.ON_HOLD, marked("On hold")),
                Choice(Status.STOPPED, marked("Broken off")),
                Choice(Status.COMPLETED, marked("Done")),
                Choice(Status.ENTERED_IN_ERROR, marked("Entered in error")),
                Choice(Status.UNKNOWN, marked("Not known")),
            ),
            in_table=True,
        ),
        Field("reason", marked("What for"), fhir="reasonCode", searchable=True),
        Field("body_site", marked("Body part"), fhir="bodySite"),
        Field("outcome", marked("Outcome"), fhir="outcome", searchable=True),
        Field("complications", marked("Complications"), fhir="complication", searchable=True),
        Field("performer", marked("By"), fhir="performer", in_table=True, searchable=True),
        Field("place", marked("Where"), fhir="location"),
        Field("risks", marked("Risks named"), FieldType.LONG_TEXT),
        Field("decide_by", marked("To be decided by"), FieldType.DATE),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, "note", searchable=True),
    ),
    links=((Role.TREATS, ("Condition",)), (Role.REPORT, ("DiagnosticReport",))),
    icon="syringe",
    timeline="visits",
    page="treatments",
    packet="background",
    missed=True,
    weight=5,
    by=("performer",),
    tells=("reason", "outcome", "complications", "risks", "note"),
    same_fact=SameFact(("status",)),
    finding=True,
    reminder="decide",
    decision=Decision(Role.TREATS),
    fhir="Procedure",
    ips=True,
)
