"""Person: whose record it is."""

from organizer.base.i18n import marked
from organizer.model.kind import Choice, Field, FieldType, Kind

PATIENT = Kind(
    "Patient",
    marked("Person"),
    marked("People"),
    (
        Field("title", marked("Name"), fhir="name", required=True, in_table=True, searchable=True),
        Field("birth_date", marked("Born"), FieldType.DATE, "birthDate", in_table=True),
        Field(
            "sex",
            marked("Sex"),
            FieldType.CHOICE,
            "gender",
            (
                Choice("female", marked("Female")),
                Choice("male", marked("Male")),
                Choice("other", marked("Other")),
                Choice("unknown", marked("Not said")),
            ),
            in_table=True,
        ),
        Field("other_names", marked("Other names used"), FieldType.LINES, "name", searchable=True),
        Field("phone", marked("Phone"), fhir="telecom"),
        Field("email", marked("E-mail"), fhir="telecom"),
        Field("address", marked("Address"), FieldType.LONG_TEXT, "address"),
        Field("language", marked("Language"), fhir="communication.language"),
        Field("blood_type", marked("Blood type")),
        Field("communication_needs", marked("What helps me in a conversation"), FieldType.LONG_TEXT),
        Field("emergency_contact", marked("Emergency contact"), FieldType.LONG_TEXT, "contact"),
        Field("record_numbers", marked("Record numbers"), FieldType.LINES, "identifier"),
        Field("deceased", marked("Died"), FieldType.TEXT, "deceased[x]"),
        Field(
            "kept_by",
            marked("Who keeps this record"),
            FieldType.CHOICE,
            "",
            (Choice("self", marked("The person")), Choice("caregiver", marked("Somebody who cares for the person"))),
        ),
        Field("keeper", marked("Name of who keeps it")),
        Field("relation", marked("Who that is to the person"), help=marked("Daughter, husband, legal guardian …")),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, searchable=True),
        Field("reason_notes", marked("Reasons set aside or said"), FieldType.TABLE),
    ),
    icon="user",
    timeline="",
    page="people",
    own_card=True,
    packet="",
    chronology=False,
    lasting=True,
    medical=False,
    typed=False,
    fhir="Patient",
    ips=True,
)
