"""Test result, vital sign, symptom or score: anything observed, in numbers or words."""

from organizer.base.i18n import marked
from organizer.model.facets import Everyday, SameFact
from organizer.model.kind import Choice, Field, FieldType, Kind, Known
from organizer.model.links import Role

CATEGORIES = (
    Choice("laboratory", marked("Laboratory")),
    Choice("vital-signs", marked("Vital sign")),
    Choice("imaging", marked("Imaging")),
    Choice("survey", marked("Questionnaire")),
    Choice("symptom", marked("Symptom")),
    Choice("activity", marked("Activity")),
    Choice("social-history", marked("Way of life")),
    Choice("exam", marked("Examination")),
    Choice("procedure", marked("Procedure")),
    Choice("therapy", marked("Therapy")),
)

OBSERVATION = Kind(
    "Observation",
    marked("Test result"),
    marked("Test results"),
    (
        Field(
            "title",
            marked("What"),
            fhir="code",
            required=True,
            in_table=True,
            searchable=True,
            known=Known.MEASURES,
        ),
        Field("happened", marked("When"), FieldType.DATE, "effective[x]", in_table=True),
        Field("value_text", marked("Value"), FieldType.VALUE, "value[x]", in_table=True, searchable=True),
        Field("unit", marked("Unit"), fhir="valueQuantity.unit"),
        Field("category", marked("Group"), FieldType.CHOICE, "category", CATEGORIES),
        Field("range_low", marked("Laboratory’s range from"), FieldType.NUMBER, "referenceRange.low"),
        Field("range_high", marked("Laboratory’s range to"), FieldType.NUMBER, "referenceRange.high"),
        Field("range_text", marked("Range as printed"), fhir="referenceRange.text", in_table=True),
        Field("interpretation", marked("Laboratory’s flag"), fhir="interpretation", in_table=True),
        Field("status", marked("Status"), fhir="status"),
        Field("body_site", marked("Body part"), fhir="bodySite", searchable=True),
        Field("specimen", marked("Specimen"), fhir="specimen"),
        Field("method", marked("Method"), fhir="method"),
        Field("performer", marked("Laboratory or person"), fhir="performer", searchable=True),
        Field("absent_reason", marked("Why there is no value"), fhir="dataAbsentReason"),
        Field("components", marked("Parts"), FieldType.TABLE, "component"),
        Field("samples", marked("Single readings"), FieldType.TABLE),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, "note", searchable=True),
    ),
    links=((Role.MEMBER_OF, ("DiagnosticReport", "Observation")),),
    icon="flask-conical",
    timeline="results",
    page="tests",
    own_card=True,
    packet="",
    weight=7,
    by=("performer",),
    tells=("note",),
    portrait=True,
    same_fact=SameFact(by_value=True),
    finding=True,
    at_most=10_000,
    everyday=(
        Everyday(1, marked("Symptom"), "thermometer", {"category": "symptom"}),
        Everyday(2, marked("Test result or reading"), "flask-conical"),
    ),
    fhir="Observation",
)
