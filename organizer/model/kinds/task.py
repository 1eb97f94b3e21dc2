"""To do."""

from organizer.base.i18n import marked
from organizer.model.kind import Choice, Field, FieldType, Kind
from organizer.model.links import Role
from organizer.model.statuses import Status

TASK = Kind(
    "Task",
    marked("To do"),
    marked("To do"),
    (
        Field("title", marked("What"), fhir="description", required=True, in_table=True, searchable=True),
        Field("happened", marked("Due"), FieldType.DATE, "restriction.period.end", in_table=True),
        Field("asked_on", marked("Asked on"), FieldType.DATE, "authoredOn"),
        Field("asked_of", marked("Asked of"), fhir="owner", searchable=True),
        Field("came_on", marked("Came on"), FieldType.DATE),
        Field("missing_record", marked("A record that is asked for"), FieldType.FLAG),
        Field(
            "status",
            marked("Status"),
            FieldType.CHOICE,
            "status",
            (
                Choice(Status.REQUESTED, marked("Open")),
                Choice(Status.IN_PROGRESS, marked("Asked")),
                Choice(Status.COMPLETED, marked("Done")),
                Choice(Status.CANCELLED, marked("Dropped")),
            ),
            in_table=True,
        ),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, searchable=True),
    ),
    links=((Role.CASE, ("OpinionCase",)),),
    icon="list-checks",
    timeline="",
    page="opinion/gather",
    own_card=True,
    packet="",
    chronology=False,
    ended_by=(Status.COMPLETED, Status.CANCELLED, Status.REJECTED, Status.FAILED, Status.ENTERED_IN_ERROR),
    reminder="task",
    fhir="Task",
)
