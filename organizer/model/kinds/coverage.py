"""Insurance."""

from organizer.base.i18n import marked
from organizer.model.kind import Field, FieldType, Kind
from organizer.model.links import Role

COVERAGE = Kind(
    "Coverage",
    marked("Insurance"),
    marked("Insurance"),
    (
        Field("title", marked("Insurer"), fhir="payor", required=True, in_table=True, searchable=True),
        Field("plan", marked("Plan"), fhir="class", in_table=True),
        Field("member_number", marked("Member number"), fhir="subscriberId", in_table=True),
        Field("group_number", marked("Group number"), fhir="class"),
        Field("phone", marked("Phone"), fhir="payor.telecom"),
        Field("happened", marked("Since"), FieldType.DATE, "period.start"),
        Field("ended", marked("Until"), FieldType.DATE, "period.end"),
        Field("status", marked("Status"), fhir="status"),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, searchable=True),
    ),
    links=((Role.CARD, ("DocumentReference",)),),
    icon="shield",
    timeline="",
    page="opinion/insurance",
    own_card=True,
    packet="",
    chronology=False,
    lasting=True,
    fhir="Coverage",
)
