"""Option: one way to go on, beside the others; never summed into advice."""

from organizer.base.i18n import marked
from organizer.model.facets import Decision
from organizer.model.kind import Choice, Field, FieldType, Kind
from organizer.model.links import Role
from organizer.model.statuses import Status

TREATMENT_OPTION = Kind(
    "TreatmentOption",
    marked("Option"),
    marked("Options"),
    (
        Field("title", marked("Option"), required=True, in_table=True, searchable=True),
        Field("benefits", marked("Reasons for it"), FieldType.LONG_TEXT, searchable=True),
        Field("benefits_weight", marked("How much these matter to me"), FieldType.WEIGHT),
        Field("risks", marked("Reasons against it"), FieldType.LONG_TEXT, searchable=True),
        Field("risks_weight", marked("How much these matter to me"), FieldType.WEIGHT),
        Field(
            "invasiveness",
            marked("How invasive"),
            FieldType.CHOICE,
            "",
            (
                Choice("none", marked("Waiting and watching")),
                Choice("medicine", marked("Medicine")),
                Choice("high-risk", marked("High-risk medicine")),
                Choice("minor", marked("Small procedure")),
                Choice("surgical", marked("Operation")),
            ),
            in_table=True,
        ),
        Field("invasiveness_weight", marked("How much this matters to me"), FieldType.WEIGHT),
        Field("chance", marked("Chance, if known")),
        Field("chances", marked("Chances, as numbers"), FieldType.TABLE),
        Field("weighed", marked("Reasons weighed"), FieldType.TABLE),
        Field("recovery", marked("Recovery")),
        Field("recovery_weight", marked("How much this matters to me"), FieldType.WEIGHT),
        Field("burden", marked("What it asks of daily life"), FieldType.LONG_TEXT, searchable=True),
        Field("burden_weight", marked("How much this matters to me"), FieldType.WEIGHT),
        Field("cost", marked("Cost, and who pays"), searchable=True),
        Field("cost_weight", marked("How much this matters to me"), FieldType.WEIGHT),
        Field(
            "reversibility",
            marked("Can it be undone"),
            FieldType.CHOICE,
            "",
            (
                Choice("fully", marked("Yes, it can be stopped or undone")),
                Choice("partly", marked("In part")),
                Choice("not", marked("No, it is for good")),
            ),
        ),
        Field("reversibility_weight", marked("How much this matters to me"), FieldType.WEIGHT),
        Field("recommended_by", marked("Recommended by"), in_table=True, searchable=True),
        Field("happened", marked("Proposed on"), FieldType.DATE, in_table=True),
        Field("decide_by", marked("To be decided by"), FieldType.DATE, in_table=True),
        Field(
            "status",
            marked("Status"),
            FieldType.CHOICE,
            "",
            (
                Choice(Status.OPEN, marked("Open")),
                Choice(Status.CHOSEN, marked("Chosen")),
                Choice(Status.DECLINED, marked("Not chosen")),
            ),
        ),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, searchable=True),
    ),
    links=((Role.FOR, ("Condition",)), (Role.CASE, ("OpinionCase",))),
    icon="list-checks",
    timeline="",
    page="opinion/options",
    own_card=True,
    by=("recommended_by",),
    chronology=False,
    ended_by=(Status.CHOSEN, Status.DECLINED),
    reminder="decide",
    decision=Decision(Role.FOR),
    typed=False,
)
