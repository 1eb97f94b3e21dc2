"""Family history."""

from organizer.base.i18n import marked
from organizer.model.kind import Field, FieldType, Kind

FAMILY_MEMBER_HISTORY = Kind(
    "FamilyMemberHistory",
    marked("Family history"),
    marked("Family history"),
    (
        Field("relation", marked("Relation"), fhir="relationship", required=True, in_table=True, searchable=True),
        Field("title", marked("Illness"), fhir="condition.code", in_table=True, searchable=True),
        Field("conditions", marked("Illnesses in detail"), FieldType.TABLE, "condition"),
        Field("age_at_onset", marked("Age when it began"), fhir="condition.onset[x]", in_table=True),
        Field("outcome", marked("What came of it"), fhir="condition.outcome", searchable=True),
        Field("deceased", marked("Died"), fhir="deceased[x]", in_table=True),
        Field("status", marked("Status"), fhir="status"),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, "note", searchable=True),
    ),
    icon="users",
    timeline="",
    packet="background",
    missed=True,
    chronology=False,
    lasting=True,
    fhir="FamilyMemberHistory",
)
