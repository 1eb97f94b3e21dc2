"""Call or letter."""

from organizer.base.i18n import marked
from organizer.model.kind import Choice, Field, FieldType, Kind
from organizer.model.links import Role

COMMUNICATION = Kind(
    "Communication",
    marked("Call or letter"),
    marked("Calls and letters"),
    (
        Field("title", marked("About"), fhir="topic", required=True, in_table=True, searchable=True),
        Field("happened", marked("When"), FieldType.DATE, "sent", in_table=True),
        Field(
            "medium",
            marked("How"),
            FieldType.CHOICE,
            "medium",
            (
                Choice("call", marked("Call")),
                Choice("letter", marked("Letter")),
                Choice("message", marked("Message")),
                Choice("visit", marked("In person")),
            ),
            in_table=True,
        ),
        Field("with_whom", marked("With whom"), fhir="recipient", in_table=True, searchable=True),
        Field("reference", marked("Reference number"), fhir="identifier", in_table=True),
        Field(
            "answer", marked("Answer, in their words"), FieldType.LONG_TEXT, "payload", in_table=True, searchable=True
        ),
        Field("promised", marked("Promised by")),
        Field("follow_up", marked("Ask again on"), FieldType.DATE, in_table=True),
        Field("status", marked("Status"), fhir="status"),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, "note", searchable=True),
    ),
    links=((Role.CASE, ("OpinionCase",)), (Role.COVERAGE, ("Coverage",))),
    icon="phone",
    timeline="visits",
    packet="",
    by=("with_whom",),
    tells=("answer", "note"),
    contact=True,
    reminder="ask-again",
    fhir="Communication",
)
