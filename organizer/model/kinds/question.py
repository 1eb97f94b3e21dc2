"""Question to bring to a doctor, and the answer."""

from organizer.base.i18n import marked
from organizer.model.facets import Everyday
from organizer.model.kind import Field, FieldType, Kind
from organizer.model.links import Role

QUESTION = Kind(
    "Question",
    marked("Question"),
    marked("Questions"),
    (
        Field("title", marked("Question"), FieldType.LONG_TEXT, required=True, in_table=True, searchable=True),
        Field("for_whom", marked("For whom"), in_table=True, searchable=True),
        Field("why", marked("Why I ask"), FieldType.LONG_TEXT),
        Field("order", marked("Order"), FieldType.NUMBER),
        Field("starred", marked("One of the three that matter most"), FieldType.FLAG, in_table=True),
        Field("answer", marked("Answer"), FieldType.LONG_TEXT, searchable=True),
        Field("happened", marked("Answered on"), FieldType.DATE),
        Field("status", marked("Status")),
    ),
    links=((Role.CASE, ("OpinionCase",)), (Role.ABOUT, ())),
    icon="message-square",
    timeline="",
    page="opinion/questions",
    own_card=True,
    packet="",
    chronology=False,
    lasting=True,
    medical=False,
    everyday=(Everyday(8, marked("Question for a doctor"), "message-square"),),
)
