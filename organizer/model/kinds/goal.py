"""Goal: what is measured (the entry's code), from where, to what, by when, and why it matters.

The target is `target_low` to `target_high` in `unit`: only a high end means “down to”, only a low end “up to”, both
“within”; `target_change` is a change in percent of the baseline (−50 = half of it).
"""

from organizer.base.i18n import marked
from organizer.model.facets import Everyday
from organizer.model.kind import Choice, Field, FieldType, Kind
from organizer.model.links import Role

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
                Choice("proposed", marked("Proposed")),
                Choice("planned", marked("Planned")),
                Choice("accepted", marked("Agreed")),
                Choice("active", marked("Under way")),
                Choice("on-hold", marked("Paused")),
                Choice("completed", marked("Finished")),
                Choice("cancelled", marked("Given up")),
                Choice("rejected", marked("Not wanted")),
                Choice("entered-in-error", marked("Entered in error")),
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
    ended_by=("completed", "cancelled", "rejected", "entered-in-error"),
    everyday=(Everyday(7, marked("Goal"), "target"),),
    fhir="Goal",
)
