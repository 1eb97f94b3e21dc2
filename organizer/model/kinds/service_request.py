"""Order or referral, and whether a result came back."""

from organizer.base.i18n import marked
from organizer.model.kind import Choice, Field, FieldType, Kind
from organizer.model.links import Role
from organizer.model.statuses import Status

SERVICE_REQUEST = Kind(
    "ServiceRequest",
    marked("Order or referral"),
    marked("Orders and referrals"),
    (
        Field("title", marked("What"), fhir="code", required=True, in_table=True, searchable=True),
        Field("happened", marked("Ordered on"), FieldType.DATE, "authoredOn", in_table=True),
        Field("planned", marked("Planned for"), FieldType.DATE, "occurrence[x]"),
        Field("reason", marked("What for"), fhir="reasonCode", searchable=True),
        Field("requester", marked("Ordered by"), fhir="requester", in_table=True, searchable=True),
        Field("performer", marked("Sent to"), fhir="performer"),
        Field(
            "status",
            marked("Status"),
            FieldType.CHOICE,
            "status",
            (
                Choice(Status.DRAFT, marked("Suggested")),
                Choice(Status.ACTIVE, marked("Open")),
                Choice(Status.ON_HOLD, marked("On hold")),
                Choice(Status.REVOKED, marked("Withdrawn")),
                Choice(Status.COMPLETED, marked("Done")),
                Choice(Status.ENTERED_IN_ERROR, marked("Entered in error")),
                Choice(Status.UNKNOWN, marked("Not known")),
            ),
            in_table=True,
        ),
        Field("intent", marked("Intent"), fhir="intent"),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, "note", searchable=True),
    ),
    links=((Role.FOR, ("Condition",)), (Role.ANSWERED_BY, ("DiagnosticReport", "Observation", "Procedure"))),
    icon="list-checks",
    timeline="visits",
    by=("requester", "performer"),
    tells=("reason", "note"),
    ended_by=(Status.COMPLETED, Status.REVOKED, Status.ENTERED_IN_ERROR),
    fhir="ServiceRequest",
)
