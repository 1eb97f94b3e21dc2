"""Doctor or other clinician."""

from organizer.base.i18n import marked
from organizer.model.facets import SameFact
from organizer.model.kind import Field, FieldType, Kind

PRACTITIONER = Kind(
    "Practitioner",
    marked("Doctor"),
    marked("Doctors"),
    (
        Field("title", marked("Name"), fhir="name", required=True, in_table=True, searchable=True),
        Field("specialty", marked("Specialty"), fhir="qualification", in_table=True, searchable=True),
        Field("organization", marked("Clinic"), in_table=True, searchable=True),
        Field("phone", marked("Phone"), fhir="telecom", in_table=True),
        Field("fax", marked("Fax"), fhir="telecom"),
        Field("email", marked("E-mail"), fhir="telecom"),
        Field("address", marked("Address"), FieldType.LONG_TEXT, "address"),
        Field("role", marked("Part in my care")),
        Field("status", marked("Status"), fhir="active"),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, searchable=True),
    ),
    icon="stethoscope",
    timeline="",
    packet="team",
    chronology=False,
    lasting=True,
    same_fact=SameFact(timeless=True),
    fhir="Practitioner",
)
