"""What an exhibit must not bring along: actions, scripts, files within, links out, hidden data about its making.

An allow-list: what isn't named here falls away. What can be seen (filled-in forms, notes with an appearance) is drawn
into the page first, so that the page looks as before.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from organizer.base.i18n import _, ngettext
from organizer.packet.exhibits.forms import annotations_of, draw_answers
from organizer.packet.exhibits.hidden_words import forget_hidden_words

_PAGE_KEYS = frozenset(
    {
        "/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate",
        "/Contents", "/UserUnit", "/Group",
    }
)  # fmt: skip
_ABOUT_THE_MAKING = ("/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/Alternates", "/Ref", "/StructParents")
_ACTIVE = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/RichMediaExecute", "/GoToE")
_MEDIA = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
_OF_THE_DOCUMENT = ("/AcroForm", "/OCProperties", "/Names", "/OpenAction", "/AA", "/AF")


def made_harmless(source: Pdf) -> list[str]:
    """Take all that acts out of a document, in place; says in plain words what was there.

    Annotations that show something are drawn into their pages, the others fall away (PDF 32000-1, 12.5 and 12.6).
    """
    _count_pages(source)
    removed = list(_of_the_document(source))
    removed += _of_the_annotations(source)
    if any("/Annots" in page.obj for page in source.pages):
        removed += draw_answers(source)
        source.flatten_annotations(mode="all")
    for name in _OF_THE_DOCUMENT:
        if name in source.Root:
            del source.Root[name]
    for page in source.pages:
        if "/AA" in page.obj:
            removed.append(_("actions and scripts"))
        for key in [str(key) for key in page.obj if key not in _PAGE_KEYS]:
            del page.obj[key]
    forget_hidden_words(source)
    return list(dict.fromkeys(removed))


def _count_pages(source: Pdf) -> None:
    """Let the page tree count its pages as they are: qpdf goes by the pages, pdfium by the count."""
    tree: Any = source.Root.get("/Pages", {})
    if tree.get("/Count") != len(source.pages):
        _counted(tree, set())


def _counted(node: Any, seen: set[tuple[int, int]]) -> int:
    """The pages below a node of the tree, written into it and into the nodes below."""
    if "/Kids" not in node:
        return 1
    if node.objgen in seen:
        return 0
    seen.add(node.objgen)
    below = sum(_counted(kid, seen) for kid in node["/Kids"] if isinstance(kid, Dictionary))
    node["/Count"] = below
    return below


def _of_the_document(source: Pdf) -> Iterator[str]:
    names: Any = source.Root.get("/Names", {})
    if "/OpenAction" in source.Root or "/AA" in source.Root or "/JavaScript" in names:
        yield _("actions and scripts")
    if "/EmbeddedFiles" in names or "/AF" in source.Root:
        yield _("files attached inside the PDF")
    if "/AcroForm" in source.Root:
        yield _("form fields (what was filled in stays visible)")
        form: Any = source.Root["/AcroForm"]
        if isinstance(form, Dictionary) and "/XFA" in form:
            yield _("a form that only Adobe’s own programs show whole (XFA)")
    if "/OCProperties" in source.Root:
        yield _("switches for hidden layers (all layers are visible now)")


def _of_the_annotations(source: Pdf) -> list[str]:
    links = 0
    removed = []
    for page in source.pages:
        for annotation in annotations_of(page):
            action: Any = annotation.get("/A", {})
            kind = str(action.get("/S", "")) if isinstance(action, Dictionary) else ""
            subtype = str(annotation.get("/Subtype", ""))
            if kind in _ACTIVE or "/AA" in annotation:
                removed.append(_("actions and scripts"))
            elif subtype in _MEDIA:
                removed.append(_("media and files attached to a page"))
            elif subtype == "/Link":
                links += 1
    if links:
        removed.append(ngettext("{n} link (its words stay)", "{n} links (their words stay)", links).format(n=links))
    return removed


def shows_more_than_its_pages(source: Pdf) -> bool:
    """Whether made_harmless changes what is seen: answers of a form, notes, hidden layers that come to light."""
    if "/AcroForm" in source.Root or "/OCProperties" in source.Root:
        return True
    return any(
        dictionary.get("/Subtype") != Name.Link
        for dictionary in chain.from_iterable(annotations_of(page) for page in source.pages)
    )


def streams_of(page: Dictionary) -> Iterator[tuple[Any, str | int, Stream]]:
    """Each picture, form and embedded font file that a page draws with, once, however deep within forms: its holder,
    its key there, the stream."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [page.get("/Resources", None)]
    while waiting:
        resources = waiting.pop()
        if not isinstance(resources, Dictionary):
            continue

        objects: Any = resources.get("/XObject", {})
        for key in list(objects) if isinstance(objects, Dictionary) else ():
            stream = objects[key]
            if not isinstance(stream, Stream) or stream.objgen in seen:
                continue
            seen.add(stream.objgen)
            # What a stream refers to comes before it, so that equal parts are one when the wholes are compared.
            if isinstance(stream.get("/SMask"), Stream):
                yield stream, "/SMask", stream["/SMask"]  # type: ignore[misc]
            space = stream.get("/ColorSpace")
            if isinstance(space, Array) and len(space) > 1 and isinstance(space[1], Stream):
                yield space, 1, space[1]
            yield objects, str(key), stream
            waiting.append(stream.get("/Resources", None))
        yield from _font_files(resources.get("/Font", {}), seen)


def _font_files(fonts: Any, seen: set[tuple[int, int]]) -> Iterator[tuple[Any, str | int, Stream]]:
    named: Any = fonts if isinstance(fonts, Dictionary) else {}
    for font in named.values():
        if not isinstance(font, Dictionary) or font.objgen in seen:
            continue
        seen.add(font.objgen)
        inner: Any = font.get("/DescendantFonts", [font])
        descriptor: Object | None = inner[0].get("/FontDescriptor") if len(inner) else None
        for key in ("/FontFile", "/FontFile2", "/FontFile3"):
            if isinstance(descriptor, Dictionary) and isinstance(descriptor.get(key), Stream):
                yield descriptor, key, descriptor[key]  # type: ignore[misc]


def forget_the_making(stream: Stream) -> None:
    """Take what a picture or form says of its own making off: embedded metadata, private data, EXIF within a JPEG."""
    for key in _ABOUT_THE_MAKING:
        if key in stream:
            del stream[key]
    parms: Any = stream.get("/DecodeParms")
    if stream.get("/Filter") in (Name.DCTDecode, [Name.DCTDecode]) and stream.get("/Subtype") == Name.Image:
        raw = stream.read_raw_bytes()
        bare = without_exif(raw)
        if len(bare) < len(raw):
            stream.write(bare, filter=Name.DCTDecode, decode_parms=parms)


def without_exif(jpeg: bytes) -> bytes:
    """A JPEG without its comments and its APP1 and APP3–APP13 segments (EXIF with place and device, XMP, Photoshop).

    Colour profile (APP2) and Adobe's colour transform (APP14) stay: they change how the picture looks (ITU-T T.81,
    B.1.1.4). Bytes that are no proper JPEG come back as they are.
    """
    contents, at = [jpeg[:2]], 2
    if jpeg[:2] != b"\xff\xd8":
        return jpeg
    while jpeg[at : at + 1] == b"\xff" and at + 4 <= len(jpeg):
        marker = jpeg[at + 1]
        if marker == 0xDA:
            break
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if not (marker == 0xFE or marker == 0xE1 or 0xE3 <= marker <= 0xED):
            contents.append(jpeg[at:end])
        at = end
    return b"".join([*contents, jpeg[at:]])
