"""Goal: what is measured (the entry's code), from where, to what, by when, and why it matters.

The target is `target_low` to `target_high` in `unit`: only a high end means “down to”, only a low end “up to”, both
“within”; `target_change` is a change in percent of the baseline (−50 = half of it).
"""

from organizer.base.i18n import marked
from organizer.model.facets import Everyday
from organizer.model.kind import Choice, Field, FieldType, Kind, Known
from organizer.model.links import Role
from organizer.model.statuses import Status

GOAL = Kind(
    "Goal",
    marked("Goal"),
    marked("Goals"),
    (
        Field("title", marked("Goal"), fhir="description", required=True, in_table=True, searchable=True),
        Field(
            "measure",
            marked("What is measured"),
            fhir="target.measure",
            known=Known.MEASURES,
            in_table=True,
            searchable=True,
            help=marked("As it is called among your tests and measurements, such as HbA1c"),
        ),
        Field(
            "target_low",
            marked("At least"),
            FieldType.NUMBER,
            "target.detailRange.low",
            in_table=True,
            help=marked("Fill in one end where less, or more, would be just as good; both only for a range."),
        ),
        Field("target_high", marked("At most"), FieldType.NUMBER, "target.detailRange.high", in_table=True),
        Field("target_change", marked("Change in percent"), FieldType.NUMBER),
        Field("unit", marked("Unit"), fhir="target.detailQuantity.unit", in_table=True),
        Field("baseline", marked("Value at the start"), FieldType.NUMBER),
        Field("happened", marked("Since"), FieldType.DATE, "startDate"),
        Field("due", marked("By when"), FieldType.DATE, "target.dueDate", in_table=True),
        Field("why", marked("Why it matters to me"), FieldType.LONG_TEXT, searchable=True),
        Field("target_text", marked("Goal in words"), fhir="target.detailString"),
        Field(
            "status",
            marked("Status"),
            FieldType.CHOICE,
            "lifecycleStatus",
            (
                Choice(Status.PROPOSED, marked("Proposed")),
                Choice(Status.PLANNED, marked("Planned")),
                Choice(Status.ACCEPTED, marked("Agreed")),
                Choice(Status.ACTIVE, marked("Under way")),
                Choice(Status.ON_HOLD, marked("Paused")),
                Choice(Status.COMPLETED, marked("Finished")),
                Choice(Status.CANCELLED, marked("Given up")),
                Choice(Status.REJECTED, marked("Not wanted")),
                Choice(Status.ENTERED_IN_ERROR, marked("Entered in error")),
            ),
        ),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, "note", searchable=True),
    ),
    links=((Role.FOR, ("Condition",)),),
    icon="target",
    timeline="",
    page="treatments",
    own_card=True,
    missed=True,
    tells=("target_text", "note"),
    ended_by=(Status.COMPLETED, Status.CANCELLED, Status.REJECTED, Status.ENTERED_IN_ERROR),
    everyday=(Everyday(7, marked("Goal"), "target"),),
    fhir="Goal",
)
