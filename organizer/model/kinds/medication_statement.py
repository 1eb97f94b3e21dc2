"""Medicine. A dose change is a new span of the same medicine."""

from organizer.base.i18n import marked
from organizer.model.facets import Everyday, SameFact
from organizer.model.kind import Choice, Field, FieldType, Kind, Known
from organizer.model.links import Role
from organizer.model.statuses import Status

MEDICATION_STATEMENT = Kind(
    "MedicationStatement",
    marked("Medicine"),
    marked("Medicines"),
    (
        Field(
            "title",
            marked("Medicine"),
            fhir="medication[x]",
            required=True,
            in_table=True,
            searchable=True,
            known=Known.MEDICINES,
        ),
        Field("dose", marked("Dose"), fhir="dosage.text", in_table=True),
        Field("dose_value", marked("Dose, number"), FieldType.NUMBER, "dosage.doseAndRate.doseQuantity.value"),
        Field("dose_unit", marked("Dose, unit"), fhir="dosage.doseAndRate.doseQuantity.unit"),
        Field("frequency", marked("How often"), fhir="dosage.timing", in_table=True, terms=True),
        Field("route", marked("How taken"), fhir="dosage.route", terms=True),
        Field("happened", marked("Since"), FieldType.DATE, "effectivePeriod.start", in_table=True),
        Field("ended", marked("Until"), FieldType.DATE, "effectivePeriod.end", in_table=True),
        Field(
            "status",
            marked("Status"),
            FieldType.CHOICE,
            "status",
            (
                Choice(Status.ACTIVE, marked("Taking it")),
                Choice(Status.ON_HOLD, marked("Paused")),
                Choice(Status.STOPPED, marked("Stopped")),
                Choice(Status.COMPLETED, marked("Finished")),
                Choice(Status.INTENDED, marked("Planned")),
                Choice(Status.NOT_TAKEN, marked("Not taken")),
                Choice(Status.UNKNOWN, marked("Not known")),
                Choice(Status.ENTERED_IN_ERROR, marked("Entered in error")),
            ),
            in_table=True,
        ),
        Field("source_status", marked("Status in the source’s word")),
        Field("none_known", marked("States that none is taken"), FieldType.FLAG),
        Field("not_asked", marked("States that nobody asked"), FieldType.FLAG),
        Field("ingredient", marked("Active ingredient"), searchable=True),
        Field("reason", marked("What for"), fhir="reasonCode", searchable=True),
        Field("stop_reason", marked("Why stopped"), fhir="statusReason", searchable=True),
        Field(
            "effect",
            marked("Effect"),
            FieldType.CHOICE,
            "",
            (
                Choice("helped", marked("Helped")),
                Choice("partly", marked("Helped in part")),
                Choice("not", marked("Did not help")),
                Choice("worse", marked("Made it worse")),
            ),
        ),
        Field("prescriber", marked("Prescribed by"), fhir="informationSource", searchable=True),
        Field("over_the_counter", marked("Bought without prescription"), FieldType.FLAG),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, "note", searchable=True),
    ),
    links=((Role.TREATS, ("Condition",)),),
    icon="pill",
    timeline="treatments",
    page="treatments",
    own_card=True,
    packet="",
    by=("prescriber",),
    tells=("dose", "frequency", "reason", "stop_reason", "note"),
    portrait=True,
    same_fact=SameFact(("dose", "status")),
    everyday=(Everyday(3, marked("Medicine"), "pill"),),
    fhir="MedicationStatement",
    ips=True,
)
