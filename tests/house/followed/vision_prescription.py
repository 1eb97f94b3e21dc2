"""Glasses: a made-up kind that declares each facet, put among the real ones by test_followed.py."""

from organizer.base.i18n import marked
from organizer.model.facets import Decision, Everyday, Quote, SameFact
from organizer.model.kind import Choice, Field, FieldType, Kind
from organizer.model.statuses import Status

VISION_PRESCRIPTION = Kind(
    "VisionPrescription",
    marked("Glasses"),
    marked("Pairs of glasses"),
    (
        Field("title", marked("Glasses"), required=True, in_table=True, searchable=True),
        Field("happened", marked("Prescribed on"), FieldType.DATE, in_table=True),
        Field("strength", marked("Strength"), in_table=True),
        Field("prescriber", marked("By"), searchable=True),
        Field("advice", marked("In the optician’s words"), FieldType.LONG_TEXT),
        Field("decide_by", marked("To be decided by"), FieldType.DATE),
        Field("value_text", marked("Sharpness"), FieldType.VALUE),
        Field("unit", marked("Unit")),
        Field("distance", marked("Distance between the eyes"), FieldType.NUMBER),
        Field("comfort", marked("Comfort"), FieldType.SCALE),
        Field("matters", marked("How much it matters"), FieldType.WEIGHT),
        Field("tinted", marked("Tinted"), FieldType.FLAG),
        Field("worn_for", marked("Worn for"), FieldType.LINES),
        Field("lenses", marked("Lenses"), FieldType.TABLE),
        Field("frame", marked("Frame"), FieldType.CHOICE, "", (Choice("metal", marked("Metal")),)),
        Field("ended", marked("Until"), FieldType.DATE),
        Field("status", marked("Status")),
    ),
    links=(("for", ("Condition",)),),
    timeline="treatments",
    page="treatments",
    packet="background",
    missed=True,
    weight=6,
    quote=Quote("advice"),
    by=("prescriber",),
    tells=("strength", "worn_for"),
    chronology=False,
    portrait=True,
    same_fact=SameFact(details=("strength",)),
    ended_by=(Status.STOPPED,),
    medical=False,
    reminder="decide",
    decision=Decision("for"),
    at_most=400,
    everyday=(Everyday(0, marked("New glasses"), "scan"),),
)
