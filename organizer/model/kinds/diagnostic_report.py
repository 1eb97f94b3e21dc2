"""Report: imaging, pathology, laboratory, genetics."""

from organizer.base.i18n import marked
from organizer.model.facets import Quote, SameFact
from organizer.model.kind import Choice, Field, FieldType, Kind
from organizer.model.links import Role

DIAGNOSTIC_REPORT = Kind(
    "DiagnosticReport",
    marked("Report"),
    marked("Reports"),
    (
        Field("title", marked("Report"), fhir="code", required=True, in_table=True, searchable=True),
        Field("happened", marked("Examined on"), FieldType.DATE, "effective[x]", in_table=True),
        Field("issued", marked("Reported on"), FieldType.DATE, "issued"),
        Field(
            "category",
            marked("Group"),
            FieldType.CHOICE,
            "category",
            (
                Choice("imaging", marked("Imaging")),
                Choice("pathology", marked("Pathology")),
                Choice("laboratory", marked("Laboratory")),
                Choice("genetics", marked("Genetics")),
                Choice("other", marked("Other")),
            ),
            in_table=True,
        ),
        Field("conclusion", marked("Conclusion, word for word"), FieldType.LONG_TEXT, "conclusion", searchable=True),
        Field("text", marked("Full text"), FieldType.LONG_TEXT, "presentedForm", searchable=True),
        Field("performer", marked("By"), fhir="performer", in_table=True, searchable=True),
        Field("place", marked("Where"), searchable=True),
        Field("body_site", marked("Body part"), fhir="bodySite"),
        Field("modality", marked("Kind of imaging"), terms=True),
        Field("case_number", marked("Case number"), fhir="identifier"),
        Field("images_at", marked("Where the images or slides are")),
        Field("status", marked("Status"), fhir="status"),
        Field("attachments", marked("Attached files"), FieldType.TABLE, "presentedForm"),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, searchable=True),
    ),
    links=(
        (Role.RESULT, ("Observation",)),
        (Role.DOCUMENT, ("DocumentReference",)),
        (Role.ANSWERS, ("ServiceRequest",)),
    ),
    icon="microscope",
    timeline="reports",
    page="tests",
    own_card=True,
    packet="",
    weight=4,
    quote=Quote("conclusion"),
    by=("performer",),
    tells=("conclusion", "note"),
    same_fact=SameFact(("conclusion",)),
    finding=True,
    fhir="DiagnosticReport",
)
