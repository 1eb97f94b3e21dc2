"""One pass over all pages: front matter and exhibits joined, made harmless, stamped, linked, bookmarked."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf
from reportlab.pdfgen.canvas import Canvas

from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.packet import style
from organizer.packet.exhibits import Exhibit, ExhibitPlan
from organizer.packet.facts import LeftOut
from organizer.packet.front_matter import FrontMatter
from organizer.packet.setting import plain

STAMP = 10.0
_HARMLESS = ("/GoTo",)


@dataclass(frozen=True, slots=True)
class Margins:
    """What the stamps of every exhibit page say: whose packet it is, and of how many pages."""

    name: str
    total: int


def merged(
    front: FrontMatter,
    plan: ExhibitPlan,
    first_pages: Mapping[int, int],
    margins: Margins,
    title: str,
    progress: Progress,
) -> tuple[bytes, list[LeftOut]]:
    """The finished packet's bytes, and what was taken out of the exhibits. Same input, same bytes."""
    removed: list[LeftOut] = []
    with Pdf.open(io.BytesIO(front.pdf)) as packet:
        for exhibit in plan.exhibits:
            progress.check()
            progress.report(_("Joining exhibits"), exhibit.number, len(plan.exhibits))
            removed += _append(packet, exhibit, first_pages[exhibit.number], margins, front)
        _set_links(packet, front, first_pages)
        _set_outline(packet, front, plan, first_pages)
        _describe(packet, title)
        packet.remove_unreferenced_resources()
        paper = io.BytesIO()
        packet.save(paper, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return paper.getvalue(), removed


def _append(packet: Pdf, exhibit: Exhibit, first: int, margins: Margins, front: FrontMatter) -> list[LeftOut]:
    citing: dict[int, list[int]] = {}
    for place, front_page in front.cited:
        if place.exhibit == exhibit.number:
            citing.setdefault(place.page, []).append(front_page)
    with Pdf.open(io.BytesIO(exhibit.pdf)) as source:
        removed = _form_and_document(source, exhibit)
        for page in source.pages:
            removed += [LeftOut(exhibit.file_name, what) for what in _made_harmless(page.obj)]
        packet.pages.extend(source.pages)
    for number in range(1, exhibit.page_count + 1):
        fronts = sorted(set(citing.get(number, [])))
        _stamp(packet, packet.pages[first + number - 2], exhibit, number, first + number - 1, margins, fronts)
    return list(dict.fromkeys(removed))


def _form_and_document(source: Pdf, exhibit: Exhibit) -> list[LeftOut]:
    """What the document does as a whole: opening actions and files within fall away; filled-in forms stay visible."""
    removed = []
    if "/AcroForm" in source.Root:
        source.flatten_annotations(mode="all")
        removed.append(LeftOut(exhibit.file_name, _("form fields (what was filled in stays visible)")))
    names: Any = source.Root.get("/Names", {})
    if "/OpenAction" in source.Root or "/AA" in source.Root or "/JavaScript" in names:
        removed.append(LeftOut(exhibit.file_name, _("actions and scripts")))
    if "/EmbeddedFiles" in names:
        removed.append(LeftOut(exhibit.file_name, _("files attached inside the PDF")))
    return removed


def _made_harmless(page: Any) -> list[str]:
    """An allow-list: of annotations only plain notes and links within or to the web as text remain."""
    removed = []
    if "/AA" in page:
        del page["/AA"]
        removed.append(_("actions and scripts"))
    kept = []
    for annotation in page.get("/Annots", []):
        action: Any = annotation.get("/A", {}) if isinstance(annotation, Dictionary) else {}
        plain_link = annotation.get("/Subtype") == Name.Link and action.get("/S") in (None, *_HARMLESS)
        if plain_link and "/AA" not in annotation:
            kept.append(annotation)
        else:
            removed.append(_("links, notes or media with actions"))
    if "/Annots" in page:
        page["/Annots"] = Array(kept)
    return removed


def _stamp(
    packet: Pdf,
    page: pikepdf.Page,
    exhibit: Exhibit,
    number: int,
    packet_page: int,
    margins: Margins,
    cited: Sequence[int],
) -> None:
    """Names in the margins, upright as the page is seen; the page's own content is wrapped and left as it is."""
    box = [float(edge) for edge in page.cropbox]
    turned = int(page.obj.get("/Rotate", 0)) % 360
    width, height = box[2] - box[0], box[3] - box[1]
    seen = (height, width) if turned in (90, 270) else (width, height)
    above = _("{label} p {page} of {pages} · packet p {packet}").format(
        label=exhibit.label, page=number, pages=exhibit.page_count, packet=packet_page
    )
    below = _("{name} · page {page} of {total}").format(name=margins.name, page=packet_page, total=margins.total)
    back = _("Cited on p {pages}").format(pages=", ".join(str(one) for one in cited)) if cited else ""
    overlay = _drawn_stamp(seen, above, below, back)
    with Pdf.open(io.BytesIO(overlay)) as drawn:
        form = packet.copy_foreign(drawn.pages[0].as_form_xobject())
    name = page.add_resource(form, Name.XObject, Name("/CasebookStamp"))
    matrix = _upright(turned, box)
    page.contents_add(packet.make_stream(b"q"), prepend=True)
    page.contents_add(packet.make_stream(f"Q q {matrix} cm {name} Do Q".encode()))
    if cited:
        _link_back(packet, page, matrix, seen, cited)


def _upright(turned: int, box: Sequence[float]) -> str:
    """The matrix from the page as it is seen to the page as it is stored (PDF 32000-1, 8.3.4 and /Rotate)."""
    left, bottom, right, top = box
    matrices = {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, right, bottom),
        180: (-1, 0, 0, -1, right, top),
        270: (0, -1, 1, 0, left, top),
    }
    return " ".join(f"{number:g}" for number in matrices.get(turned, matrices[0]))


def _drawn_stamp(seen: tuple[float, float], above: str, below: str, back: str) -> bytes:
    width, height = seen
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=seen, invariant=1)
    style.register_fonts()
    for text, x, y, right in (
        (above, width - 24, height - 26, True),
        (back, 24, height - 26, False),
        (below, 24, 16, False),
    ):
        if not text:
            continue
        shown = plain(text)
        long = canvas.stringWidth(shown, style.MEDIUM, STAMP)
        start = x - long if right else x
        canvas.setFillColorRGB(1, 1, 1)
        canvas.roundRect(start - 5, y - 4, long + 10, STAMP + 6, 3, stroke=0, fill=1)
        canvas.setFillColor(style.ACCENT if text == back else style.TEXT)
        canvas.setFont(style.MEDIUM, STAMP)
        canvas.drawString(start, y, shown)
    canvas.save()
    return paper.getvalue()


def _link_back(packet: Pdf, page: pikepdf.Page, matrix: str, seen: tuple[float, float], cited: Sequence[int]) -> None:
    a, b, c, d, e, f = (float(number) for number in matrix.split())
    corners = [(20.0, seen[1] - 32), (150.0, seen[1] - 12)]
    turned = [(a * x + c * y + e, b * x + d * y + f) for x, y in corners]
    rect = (
        min(x for x, _y in turned),
        min(y for _x, y in turned),
        max(x for x, _y in turned),
        max(y for _x, y in turned),
    )
    _add_link(packet, page, rect, packet.pages[cited[0] - 1], None)


def _set_links(packet: Pdf, front: FrontMatter, first_pages: Mapping[int, int]) -> None:
    for link in front.links:
        target = packet.pages[first_pages[link.place.exhibit] + link.place.page - 2]
        _add_link(packet, packet.pages[link.page], link.rect, target, getattr(link.place, "top", None))


def _add_link(packet: Pdf, page: pikepdf.Page, rect: Iterable[float], target: pikepdf.Page, top: float | None) -> None:
    high = float(target.cropbox[3])
    there = Array([target.obj, Name.XYZ, None, high - max(0.0, top - 40) if top is not None else high, None])
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(edge, 2) for edge in rect]),
        Border=Array([0, 0, 0]),
        Dest=there,
    )
    if "/Annots" not in page.obj:
        page.obj["/Annots"] = Array([])
    page.obj["/Annots"].append(packet.make_indirect(link))


def _set_outline(packet: Pdf, front: FrontMatter, plan: ExhibitPlan, first_pages: Mapping[int, int]) -> None:
    with packet.open_outline() as outline:
        outline.root.clear()
        outline.root.extend(OutlineItem(item.title, item.page) for item in front.outline)
        exhibits = OutlineItem(_("Exhibits, page by page"), front.page_count if plan.exhibits else 0)
        for exhibit in plan.exhibits:
            exhibits.children.append(OutlineItem(f"{exhibit.label} {exhibit.title}", first_pages[exhibit.number] - 1))
        if plan.exhibits:
            outline.root.append(exhibits)


def _describe(packet: Pdf, title: str) -> None:
    packet.Root["/Lang"] = "en"
    packet.Root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
    for name in ("/OpenAction", "/AA"):
        if name in packet.Root:
            del packet.Root[name]
    packet.docinfo["/Title"] = title
