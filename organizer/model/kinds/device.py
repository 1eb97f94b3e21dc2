"""Implant or device."""

from organizer.base.i18n import marked
from organizer.model.kind import Field, FieldType, Kind

DEVICE = Kind(
    "Device",
    marked("Implant or device"),
    marked("Implants and devices"),
    (
        Field("title", marked("What"), fhir="type", required=True, in_table=True, searchable=True),
        Field("happened", marked("Since"), FieldType.DATE, "Procedure.performed[x]", in_table=True),
        Field("ended", marked("Removed on"), FieldType.DATE),
        Field("manufacturer", marked("Maker"), fhir="manufacturer", in_table=True, searchable=True),
        Field("model", marked("Model"), fhir="modelNumber", in_table=True),
        Field("serial_number", marked("Serial number"), fhir="serialNumber", searchable=True),
        Field("lot", marked("Lot"), fhir="lotNumber"),
        Field("udi", marked("Device identifier (UDI)"), fhir="udiCarrier"),
        Field("expires", marked("Expires"), FieldType.DATE, "expirationDate"),
        Field("place", marked("Where implanted")),
        Field("mr_safety", marked("MR safety"), fhir="safety"),
        Field("status", marked("Status"), fhir="status"),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, "note", searchable=True),
    ),
    icon="scan",
    timeline="treatments",
    packet="background",
    missed=True,
    tells=("note",),
    lasting=True,
    finding=True,
    fhir="Device",
)
