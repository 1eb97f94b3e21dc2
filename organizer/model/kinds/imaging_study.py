"""Images: a study on a disc, in a portal or kept in the record."""

from organizer.base.i18n import marked
from organizer.model.kind import Field, FieldType, Kind
from organizer.model.links import Role

IMAGING_STUDY = Kind(
    "ImagingStudy",
    marked("Images"),
    marked("Images"),
    (
        Field("title", marked("Study"), fhir="description", required=True, in_table=True, searchable=True),
        Field("happened", marked("Taken on"), FieldType.DATE, "started", in_table=True),
        Field("modality", marked("Kind of imaging"), fhir="modality", in_table=True, terms=True),
        Field("body_site", marked("Body part"), fhir="series.bodySite", in_table=True, searchable=True),
        Field("place", marked("Where"), fhir="location", searchable=True),
        Field("series", marked("Series"), FieldType.TABLE, "series"),
        Field("equipment", marked("Equipment")),
        Field("kept_at", marked("Where the images are kept")),
        Field("status", marked("Status"), fhir="status"),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, "note", searchable=True),
    ),
    links=((Role.REPORT, ("DiagnosticReport",)),),
    icon="scan",
    timeline="reports",
    page="tests",
    own_card=True,
    packet="",
    tells=("note",),
    finding=True,
    typed=False,
    fhir="ImagingStudy",
)
