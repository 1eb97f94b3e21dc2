"""Second opinion: one question to one or more specialists, and what came of it."""

from organizer.base.i18n import marked
from organizer.model.facets import Decision
from organizer.model.kind import Choice, Field, FieldType, Kind
from organizer.model.links import Role
from organizer.model.statuses import Status

SPECIALTIES = (
    Choice("general", marked("General")),
    Choice("oncology", marked("Oncology")),
    Choice("haematology", marked("Haematology")),
    Choice("cardiology", marked("Cardiology")),
    Choice("heart-surgery", marked("Heart and surgery")),
    Choice("nephrology", marked("Kidney medicine")),
    Choice("diabetes", marked("Diabetes")),
    Choice("autoimmune", marked("Autoimmune and kidney")),
    Choice("rheumatology", marked("Rheumatology")),
    Choice("neurology", marked("Neurology")),
    Choice("neurology-spine", marked("Neurology and spine")),
    Choice("psychiatry", marked("Psychiatry")),
    Choice("orthopaedics", marked("Orthopaedics")),
    Choice("paediatrics", marked("Children")),
    Choice("unclear", marked("Unclear diagnosis")),
)

OF_TWO_FIELDS = frozenset({"heart-surgery", "autoimmune", "neurology-spine"})
"""Choices that name two fields at once: they order what is asked for; which one a specialist is of they don't say."""

OPINION_CASE = Kind(
    "OpinionCase",
    marked("Second opinion"),
    marked("Second opinions"),
    (
        Field("title", marked("In short"), required=True, in_table=True, searchable=True),
        Field("why", marked("Why I’m here, in one sentence"), FieldType.LONG_TEXT, searchable=True),
        Field("reasons", marked("Reasons"), FieldType.LINES),
        Field("specialist", marked("Specialist"), in_table=True, searchable=True),
        Field("specialty", marked("Field"), FieldType.CHOICE, "", SPECIALTIES, in_table=True),
        Field("place", marked("Where"), searchable=True),
        Field("happened", marked("Appointment"), FieldType.DATE, in_table=True),
        Field("decide_by", marked("I must decide by"), FieldType.DATE),
        Field("plan_proposed", marked("The plan proposed"), FieldType.LONG_TEXT, searchable=True),
        Field("own_words", marked("In my own words"), FieldType.LONG_TEXT, searchable=True),
        Field("needs", marked("What matters most to me"), FieldType.LONG_TEXT, searchable=True),
        Field("values", marked("What I want to avoid, and what I would accept"), FieldType.LONG_TEXT, searchable=True),
        Field("lifestyle", marked("My days, which a treatment has to fit"), FieldType.LONG_TEXT, searchable=True),
        Field("untreated", marked("Without treatment, and who says so"), FieldType.LONG_TEXT, searchable=True),
        Field("involved", marked("Who else is involved in the decision"), FieldType.LONG_TEXT, searchable=True),
        Field("support", marked("Support that I have, and pressure that I feel"), FieldType.LONG_TEXT, searchable=True),
        Field("to_know", marked("What I still need to know"), FieldType.LONG_TEXT, searchable=True),
        Field("sureness", marked("How sure I am of the choice"), FieldType.SCALE),
        Field("leaning", marked("Which way I lean"), searchable=True),
        Field("worry_before", marked("Worry before"), FieldType.SCALE),
        Field("confidence_before", marked("Confidence before"), FieldType.SCALE),
        Field("worry_after", marked("Worry after"), FieldType.SCALE),
        Field("confidence_after", marked("Confidence after"), FieldType.SCALE),
        Field(
            "outcome",
            marked("Outcome"),
            FieldType.CHOICE,
            "",
            (
                Choice("confirmed", marked("Confirmed")),
                Choice("refined", marked("Refined")),
                Choice("changed", marked("Changed")),
                Choice("new-options", marked("New options")),
                Choice("more-tests", marked("More tests")),
            ),
        ),
        Field("learnt", marked("What I have learned"), FieldType.LONG_TEXT, searchable=True),
        Field("gathered", marked("Checklist"), FieldType.TABLE),
        Field("opinions", marked("Opinions"), FieldType.TABLE),
        Field("packets", marked("Packets sent"), FieldType.TABLE),
        Field("missing", marked("Pending or missing"), FieldType.LINES, help=marked("One a line")),
        Field(
            "status",
            marked("Status"),
            FieldType.CHOICE,
            "",
            (Choice(Status.ACTIVE, marked("Open")), Choice(Status.COMPLETED, marked("Closed"))),
        ),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, searchable=True),
    ),
    links=((Role.ABOUT, ("Condition",)), (Role.EVIDENCE, ())),
    icon="file-check-2",
    timeline="",
    page="opinion/case",
    own_card=True,
    packet="",
    chronology=False,
    lasting=True,
    medical=False,
    reminder="case",
    decision=Decision(Role.ABOUT),
    typed=False,
)
