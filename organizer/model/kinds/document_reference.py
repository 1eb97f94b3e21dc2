"""Document: a file kept whole, with its text page by page."""

from organizer.base.i18n import marked
from organizer.model.kind import Field, FieldType, Kind
from organizer.model.links import Role

DOCUMENT_REFERENCE = Kind(
    "DocumentReference",
    marked("Document"),
    marked("Documents"),
    (
        Field("title", marked("Document"), fhir="description", required=True, in_table=True, searchable=True),
        Field("happened", marked("Date"), FieldType.DATE, "date", in_table=True),
        Field("document_type", marked("What it is"), fhir="type", in_table=True, searchable=True),
        Field("author", marked("Author"), fhir="author", in_table=True, searchable=True),
        Field("place", marked("Where"), fhir="custodian"),
        Field("file", marked("File"), fhir="content.attachment"),
        Field("media_type", marked("File type"), fhir="content.attachment.contentType"),
        Field("pages", marked("Pages"), FieldType.NUMBER, in_table=True),
        Field("page_texts", marked("Text of the pages"), FieldType.TABLE, searchable=True),
        # What recognition made of scanned pages helps to find them; it is no fact, so nothing prints it.
        Field("recognised_texts", marked("Recognised text"), FieldType.TABLE, searchable=True),
        Field("text", marked("Text"), FieldType.LONG_TEXT, searchable=True),
        Field("status", marked("Status"), fhir="status"),
        Field("note", marked("Notes"), FieldType.LONG_TEXT, searchable=True),
    ),
    links=((Role.ABOUT, ()),),
    icon="folder-open",
    timeline="reports",
    page="documents",
    own_card=True,
    by=("author",),
    tells=("document_type", "note"),
    portrait=True,
    finding=True,
    contact=True,
    at_most=500,
    typed=False,
    fhir="DocumentReference",
)
