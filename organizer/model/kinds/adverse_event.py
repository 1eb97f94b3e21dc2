"""Side effect."""

from organizer.base.i18n import marked
from organizer.model.kind import Choice, Field, FieldType, Kind
from organizer.model.links import Role

ADVERSE_EVENT = Kind(
    "AdverseEvent",
    marked("Side effect"),
    marked("Side effects"),
    (
        Field("title", marked("What happened"), fhir="event", required=True, in_table=True, searchable=True),
        Field("happened", marked("When"), FieldType.DATE, "date", in_table=True),
        Field("ended", marked("Until"), FieldType.DATE),
        Field("suspected_cause", marked("Suspected cause"), fhir="suspectEntity", in_table=True, searchable=True),
        Field(
            "severity",
            marked("Severity"),
            FieldType.CHOICE,
            "severity",
            (
                Choice("mild", marked("Mild")),
                Choice("moderate", marked("Moderate")),
                Choice("severe", marked("Severe")),
            ),
            in_table=True,
        ),
        Field("outcome", marked("Outcome"), fhir="outcome"),
        Field("led_to_stop", marked("The medicine was stopped for it"), FieldType.FLAG),
        Field("told_to", marked("Told to"), searchable=True),
        Field("status", marked("Status"), fhir="actuality"),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, searchable=True),
    ),
    links=((Role.SUSPECTS, ("MedicationStatement", "Procedure", "Device", "Immunization")),),
    icon="triangle-alert",
    timeline="treatments",
    page="treatments",
    own_card=True,
    weight=8,
    tells=("severity", "outcome", "note"),
    fhir="AdverseEvent",
)
