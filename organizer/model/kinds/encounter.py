"""Visit, past or to come."""

from organizer.base.i18n import marked
from organizer.model.facets import Everyday, Quote
from organizer.model.kind import Choice, Field, FieldType, Kind
from organizer.model.links import Role
from organizer.model.statuses import Status

VISIT_CLASSES = {
    "AMB": "ambulatory", "EMER": "emergency", "FLD": "field", "HH": "home health", "IMP": "inpatient encounter",
    "ACUTE": "inpatient acute", "NONAC": "inpatient non-acute", "OBSENC": "observation encounter",
    "PRENC": "pre-admission", "SS": "short stay", "VR": "virtual",
}  # fmt: skip
"""HL7 v3 ActEncounterCode with its words (hl7.org/fhir/R4/v3/ActEncounterCode)."""

ENCOUNTER = Kind(
    "Encounter",
    marked("Visit"),
    marked("Visits"),
    (
        Field("title", marked("What"), fhir="type", required=True, in_table=True, searchable=True),
        Field("happened", marked("When"), FieldType.DATE, "period.start", in_table=True),
        Field("ended", marked("Until"), FieldType.DATE, "period.end"),
        Field("visit_class", marked("Kind of visit"), fhir="class"),
        Field("provider", marked("With"), fhir="participant", in_table=True, searchable=True),
        Field("place", marked("Where"), fhir="serviceProvider", in_table=True, searchable=True),
        Field("reason", marked("What for"), fhir="reasonCode", searchable=True),
        Field(
            "status",
            marked("Status"),
            FieldType.CHOICE,
            "status",
            (
                Choice(Status.PLANNED, marked("To come")),
                Choice(Status.ARRIVED, marked("Arrived")),
                Choice(Status.TRIAGED, marked("Waiting")),
                Choice(Status.IN_PROGRESS, marked("Under way")),
                Choice(Status.ON_LEAVE, marked("On leave")),
                Choice(Status.FINISHED, marked("Past")),
                Choice(Status.CANCELLED, marked("Cancelled")),
                Choice(Status.ENTERED_IN_ERROR, marked("Entered in error")),
                Choice(Status.UNKNOWN, marked("Not known")),
            ),
        ),
        Field("disposition", marked("Discharged to"), fhir="hospitalization.dischargeDisposition", searchable=True),
        Field("decided", marked("What was decided"), FieldType.LONG_TEXT, searchable=True),
        Field("had_time", marked("I had time to say what worried me"), FieldType.SCALE),
        Field("understood", marked("I understood the explanation"), FieldType.SCALE),
        Field("priorities", marked("My priorities shaped the plan"), FieldType.SCALE),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, searchable=True),
    ),
    links=((Role.ABOUT, ("Condition",)), (Role.CASE, ("OpinionCase",))),
    icon="calendar-days",
    timeline="visits",
    weight=1,
    quote=Quote("decided"),
    by=("provider",),
    tells=("reason", "decided", "note"),
    contact=True,
    reminder="visit",
    everyday=(Everyday(5, marked("Visit"), "calendar-days"),),
    fhir="Encounter",
)
