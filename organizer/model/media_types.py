"""What sort of file a document is, in a person's words instead of a media type's (RFC 6838)."""

from organizer.base.i18n import _, marked

_WORDS = {
    "application/pdf": marked("PDF"),
    "text/plain": marked("text"),
    "text/html": marked("web page"),
    "text/rtf": marked("letter (RTF)"),
    "application/rtf": marked("letter (RTF)"),
    "application/vnd.oasis.opendocument.text": marked("letter (OpenDocument)"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": marked("letter (Word)"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": marked("table (Excel)"),
    "text/csv": marked("table"),
    "text/tab-separated-values": marked("table"),
    "text/xml": marked("health records (XML)"),
    "application/xml": marked("health records (XML)"),
    "application/json": marked("health records (JSON)"),
    "application/fhir+json": marked("health records (JSON)"),
    "application/dicom": marked("medical image"),
    "application/zip": marked("packed files (zip)"),
    "message/rfc822": marked("e-mail"),
    "application/vnd.ms-outlook": marked("e-mail"),
    "application/msword": marked("letter (Word)"),
    "application/vnd.apple.pages": marked("letter (Pages)"),
    "application/vnd.oasis.opendocument.text-flat-xml": marked("letter (OpenDocument)"),
    "application/vnd.ms-powerpoint": marked("slides"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": marked("slides"),
}
_FAMILIES = {
    "image": marked("picture ({kind})"),
    "audio": marked("recording ({kind})"),
    "video": marked("film ({kind})"),
    "text": marked("text ({kind})"),
}
_OF_OFFICE = (".document", ".sheet")
_BY_ENDING = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
    "heic": "image/heic",
    "webp": "image/webp",
}
"""What a name promises by its ending, where a program opens nothing else by it. `.doc` and `.xls` are none of these:
programs have long written web pages and rich text under those names."""


def promised_type(name: str) -> str:
    """The media type that a file's name promises; "" where it promises none."""
    _stem, point, ending = name.rpartition(".")
    return _BY_ENDING.get(ending.lower(), "") if point else ""


def is_as_promised(name: str, media_type: str) -> bool:
    """Whether a file may be what its name promises: a picture of another form still is a picture, and what an older
    office program packs may be a letter that asks for a password."""
    promised = promised_type(name)
    if promised in ("", media_type) or (media_type == "application/x-cfb" and promised.endswith(_OF_OFFICE)):
        return True
    return promised.startswith("image/") and media_type.startswith("image/")


def spoken_type(media_type: str) -> str:
    """`image/jpeg` → “picture (JPEG)”; what isn't known is “file (its short name)”, "" is “file”."""
    bare = media_type.partition(";")[0].strip().lower()
    if bare in _WORDS:
        return _(_WORDS[bare])
    family, _slash, kind = bare.partition("/")
    kind = kind.removeprefix("x-").partition("+")[0].upper()
    if not kind or kind == "OCTET-STREAM":
        return _("file")
    return _(_FAMILIES[family]).format(kind=kind) if family in _FAMILIES else _("file ({kind})").format(kind=kind)
