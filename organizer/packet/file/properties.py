"""What a finished file says of itself: title, days, language, page labels, and what each link leads to.

ISO 32000-1: 14.3 (properties and XMP), 12.4.2 (page labels), 12.5.2 (`Contents` of an annotation, which ISO 14289-1,
7.18.5 asks of links); looked up 2026-11-29.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from organizer.base.i18n import _, language
from organizer.packet.exhibits.exhibits import Exhibit


@dataclass(frozen=True, slots=True)
class Properties:
    """The file's title, whose it is, and the day for which it was made: its only time, so that bytes stay the same."""

    title: str
    author: str
    day: date


def describe(packet: Pdf, properties: Properties) -> None:
    """Write title, author, day and language, as old properties and as XMP, and open the bookmarks beside the pages."""
    for name in ("/OpenAction", "/AA"):
        if name in packet.Root:
            del packet.Root[name]
    packet.Root["/Lang"] = language()
    packet.Root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
    packet.Root["/PageMode"] = Name.UseOutlines
    stamp = f"D:{properties.day:%Y%m%d}000000Z"
    for key in ("/Keywords", "/Trapped"):
        if key in packet.docinfo:
            del packet.docinfo[key]
    values = {
        "/Title": properties.title,
        "/Author": properties.author,
        "/Subject": _("Packet for a second opinion"),
        "/Creator": "Casebook",
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    for key, value in values.items():
        packet.docinfo[key] = value
    _set_xmp(packet, properties)


def _set_xmp(packet: Pdf, properties: Properties) -> None:
    day = f"{properties.day.isoformat()}T00:00:00Z"
    with packet.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = properties.title
        xmp["dc:creator"] = [properties.author]
        xmp["dc:language"] = [language()]
        xmp["xmp:CreatorTool"] = "Casebook"
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = xmp["xmp:MetadataDate"] = day


def label_pages(packet: Pdf, front_pages: int, exhibits: Sequence[Exhibit]) -> None:
    """Name the pages as the citations do: front pages by their number, exhibit pages `Ex 4 p 2`."""
    labels: list[Any] = [0, Dictionary(S=Name.D)]
    at = front_pages
    for exhibit in exhibits:
        prefix = _("{exhibit} p ").format(exhibit=exhibit.label)
        labels += [at, Dictionary(S=Name.D, P=String(prefix))]
        at += exhibit.page_count
    packet.Root["/PageLabels"] = Dictionary(Nums=Array(labels))


def describe_links(packet: Pdf, front_pages: int, exhibits: Sequence[Exhibit]) -> None:
    """Say of each link where it leads, for who hears the page."""
    names = [_("page {page}").format(page=number) for number in range(1, front_pages + 1)]
    for exhibit in exhibits:
        numbers = range(1, exhibit.page_count + 1)
        names += [_("{exhibit}, page {page}").format(exhibit=exhibit.label, page=number) for number in numbers]
    targets = {page.obj.objgen: name for page, name in zip(packet.pages, names, strict=False)}
    for page in packet.pages:
        annotations: Any = page.obj.get("/Annots", ())
        for note in annotations:
            if note.get("/Subtype") == Name.Link and not str(note.get("/Contents", "")):
                note["/Contents"] = String(_("Link to {place}").format(place=_place(note, targets)))


def _place(note: Any, targets: dict[tuple[int, int], str]) -> str:
    there = note.get("/Dest")
    action = note.get("/A")
    if there is None and action is not None:
        if "/URI" in action:
            return str(action["/URI"])
        there = action.get("/D")
    if isinstance(there, Array) and len(there) and isinstance(there[0], Dictionary):
        return targets.get(there[0].objgen, _("another page"))
    return _("another page")
