"""Vaccination."""

from organizer.base.i18n import marked
from organizer.model.facets import SameFact
from organizer.model.kind import Choice, Field, FieldType, Kind
from organizer.model.statuses import Status

IMMUNIZATION = Kind(
    "Immunization",
    marked("Vaccination"),
    marked("Vaccinations"),
    (
        Field("title", marked("Vaccine"), fhir="vaccineCode", required=True, in_table=True, searchable=True),
        Field("happened", marked("Given on"), FieldType.DATE, "occurrence[x]", in_table=True),
        Field("lot", marked("Lot"), fhir="lotNumber", in_table=True),
        Field("manufacturer", marked("Maker"), fhir="manufacturer"),
        Field("dose_number", marked("Dose number"), fhir="protocolApplied.doseNumber[x]"),
        Field("performer", marked("Given by"), fhir="performer"),
        Field(
            "status",
            marked("Status"),
            FieldType.CHOICE,
            "status",
            (
                Choice(Status.COMPLETED, marked("Given")),
                Choice(Status.ENTERED_IN_ERROR, marked("Entered in error")),
                Choice(Status.NOT_DONE, marked("Not done")),
            ),
            in_table=True,
        ),
        Field("status_reason", marked("Why not given"), fhir="statusReason"),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, "note", searchable=True),
    ),
    icon="syringe",
    timeline="treatments",
    packet="background",
    missed=True,
    by=("performer",),
    tells=("note",),
    same_fact=SameFact(("status",)),
    fhir="Immunization",
    ips=True,
)
