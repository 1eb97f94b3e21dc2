"""Treatment plan: what is done, for which diagnosis, and when it is reviewed."""

from organizer.base.i18n import marked
from organizer.model.facets import Decision, Everyday
from organizer.model.kind import Choice, Field, FieldType, Kind
from organizer.model.links import Role
from organizer.model.statuses import Status

CARE_PLAN = Kind(
    "CarePlan",
    marked("Treatment plan"),
    marked("Treatment plans"),
    (
        Field("title", marked("Plan"), fhir="title", required=True, in_table=True, searchable=True),
        Field("happened", marked("Since"), FieldType.DATE, "period.start", in_table=True),
        Field("ended", marked("Until"), FieldType.DATE, "period.end"),
        Field("review_by", marked("Review by"), FieldType.DATE, in_table=True),
        Field("judge_from", marked("Not judged before"), FieldType.DATE),
        Field("decided_by", marked("Decided by"), fhir="author", in_table=True, searchable=True),
        Field("what", marked("What is done"), FieldType.LONG_TEXT, "description", searchable=True),
        Field(
            "status",
            marked("Status"),
            FieldType.CHOICE,
            "status",
            (
                Choice(Status.DRAFT, marked("Proposed")),
                Choice(Status.ACTIVE, marked("Under way")),
                Choice(Status.ON_HOLD, marked("Paused")),
                Choice(Status.REVOKED, marked("Given up")),
                Choice(Status.COMPLETED, marked("Finished")),
                Choice(Status.ENTERED_IN_ERROR, marked("Entered in error")),
                Choice(Status.UNKNOWN, marked("Not known")),
            ),
            in_table=True,
        ),
        Field("category", marked("Group"), fhir="category"),
        Field("activities", marked("Activities"), FieldType.TABLE, "activity"),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, "note", searchable=True),
    ),
    links=(
        (Role.CASE, ("OpinionCase",)),
        (Role.TREATS, ("Condition",)),
        (Role.GOAL, ("Goal",)),
        (Role.OPTION, ("TreatmentOption",)),
        (Role.INCLUDES, ("MedicationStatement", "Procedure", "ServiceRequest")),
    ),
    icon="target",
    timeline="treatments",
    page="treatments",
    own_card=True,
    by=("decided_by",),
    tells=("what", "note"),
    ended_by=(Status.COMPLETED, Status.REVOKED, Status.ENTERED_IN_ERROR),
    decision=Decision(Role.TREATS, "review_by"),
    everyday=(Everyday(6, marked("Treatment plan"), "list-checks"),),
    fhir="CarePlan",
)
