"""Clinic, hospital, laboratory or insurer."""

from organizer.base.i18n import marked
from organizer.model.facets import SameFact
from organizer.model.kind import Field, FieldType, Kind

ORGANIZATION = Kind(
    "Organization",
    marked("Clinic"),
    marked("Clinics"),
    (
        Field("title", marked("Name"), fhir="name", required=True, in_table=True, searchable=True),
        Field("organization_type", marked("What it is"), fhir="type", in_table=True),
        Field("phone", marked("Phone"), fhir="telecom", in_table=True),
        Field("fax", marked("Fax"), fhir="telecom"),
        Field("email", marked("E-mail"), fhir="telecom"),
        Field("address", marked("Address"), FieldType.LONG_TEXT, "address"),
        Field("portal", marked("Patient portal")),
        Field("records_department", marked("Records department"), FieldType.LONG_TEXT),
        Field("status", marked("Status"), fhir="active"),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, searchable=True),
    ),
    icon="shield",
    timeline="",
    packet="team",
    chronology=False,
    lasting=True,
    same_fact=SameFact(timeless=True),
    fhir="Organization",
)
