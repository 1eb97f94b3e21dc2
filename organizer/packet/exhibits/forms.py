"""What was filled into a form or noted on a page, drawn so that it is there without a program that fills in forms.

A field whose picture is missing, or is to be made anew (`NeedAppearances`), is drawn from its value with the packet's
own fonts: qpdf's own drawing knows Latin-1 only and one line. ISO 32000-1, 12.7.3.3 (fields), 12.5.5 (appearances),
12.5.6.6 (free text), looked up 2026-11-29.
"""

import io
from collections.abc import Iterator
from itertools import chain
from typing import Any, cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from reportlab.pdfgen.canvas import Canvas

from organizer.base.i18n import _, ngettext
from organizer.packet.page import scripts as letters
from organizer.packet.page import style
from organizer.packet.page.canvas import new_canvas
from organizer.packet.page.typesetting import plain

MULTILINE, PASSWORD, PUSH_BUTTON, COMB = 1 << 12, 1 << 13, 1 << 16, 1 << 24
_DEEPEST = 16  # parents above a field; more is a circle
_PAD = 2.0  # points between a field's frame and its words
_LARGEST, _SMALLEST = 12.0, 3.0  # points of letters whose size the form leaves open; smaller is never drawn
_LINE = 1.2  # of the letters' size
_NOTES = frozenset(
    {
        "/Text", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Square", "/Circle", "/Ink", "/Line",
        "/Polygon", "/PolyLine", "/Caret", "/Stamp",
    }
)  # fmt: skip


def draw_answers(source: Pdf) -> list[str]:
    """Give each filled-in field and each free text its picture, in place; says what of the notes can't be seen then."""
    form: Any = source.Root.get("/AcroForm", Dictionary())
    form = form if isinstance(form, Dictionary) else Dictionary()
    anew = bool(form.get("/NeedAppearances", False))
    lines = []
    for number, page in enumerate(source.pages, 1):
        notes = 0
        for annotation in annotations_of(page):
            if annotation.get("/Subtype") == Name.Widget:
                _draw_field(source, form, annotation, anew)
            elif annotation.get("/Subtype") == Name.FreeText and _picture(annotation) is None:
                _draw(source, annotation, [str(annotation.get("/Contents", ""))], _size(annotation, form), True)
            notes += _is_unseen(annotation)
        if notes:
            words = ngettext("{n} note on page {page}", "{n} notes on page {page}", notes)
            lines.append(words.format(n=notes, page=number) + " " + _("(to be opened in the file itself)"))
    if anew:
        del form["/NeedAppearances"]
    return lines


def annotations_of(page: pikepdf.Page) -> list[Dictionary]:
    """The annotations of a page that are ones."""
    listed: Any = page.obj.get("/Annots", None)
    return [field for field in listed if isinstance(field, Dictionary)] if isinstance(listed, Array) else []


def _is_unseen(annotation: Dictionary) -> bool:
    """A note whose words open in a window of their own, or a mark without a picture."""
    if str(annotation.get("/Subtype", "")) not in _NOTES:
        return False
    return bool(str(annotation.get("/Contents", "")).strip()) or _picture(annotation) is None


def _picture(annotation: Dictionary) -> Any:
    """The annotation's own picture as a stream or a choice of them, None where it has none."""
    appearance: Any = annotation.get("/AP", None)
    normal = appearance.get("/N", None) if isinstance(appearance, Dictionary) else None
    return normal if isinstance(normal, Dictionary | pikepdf.Stream) else None


def _inherited(field: Dictionary, key: str) -> Any:
    """A field's own property, or that of the fields above it."""
    for dictionary in _upwards(field):
        if key in dictionary:
            return dictionary[key]
    return None


def _upwards(field: Dictionary) -> Iterator[Dictionary]:
    above: Any = field
    for _level in range(_DEEPEST):
        if not isinstance(above, Dictionary):
            return
        yield above
        above = above.get("/Parent", None)


def _draw_field(source: Pdf, form: Dictionary, field: Dictionary, anew: bool) -> None:
    kind, flags = str(_inherited(field, "/FT") or ""), int(_inherited(field, "/Ff") or 0)
    if kind == "/Btn" and not flags & PUSH_BUTTON and _picture(field) is None:
        _draw_tick(source, field)
    elif kind in ("/Tx", "/Ch") and not flags & PASSWORD and (anew or _picture(field) is None):
        values = _values(field, kind)
        if values:
            size = _size(field, form)
            _draw(source, field, values, size, bool(flags & MULTILINE) or len(values) > 1, bool(flags & COMB))


def _values(field: Dictionary, kind: str) -> list[str]:
    """What was filled in: the words that a list shows, not those that it sends."""
    value: Any = _inherited(field, "/V")
    given = list(value) if isinstance(value, Array) else [value]
    texts = [_text(option) for option in given if option is not None]
    if kind == "/Ch":
        options: Any = _inherited(field, "/Opt") or []
        shown = {
            _text(option[0]): _text(option[1]) for option in options if isinstance(option, Array) and len(option) > 1
        }
        texts = [shown.get(text, text) for text in texts]
    return [text for text in texts if text.strip()]


def _text(value: Any) -> str:
    return value.read_bytes().decode("utf-8", "replace") if isinstance(value, pikepdf.Stream) else str(value)


def _size(annotation: Dictionary, form: Dictionary) -> float:
    """The size of the letters that the form asks for, 0 where it leaves that open."""
    asked = str(_inherited(annotation, "/DA") or form.get("/DA", "")).split()
    try:
        return abs(float(asked[asked.index("Tf") - 1]))
    except (ValueError, IndexError):
        return 0.0


def _box(annotation: Dictionary) -> tuple[float, float]:
    left, bottom, right, top = (float(cast(Any, edge)) for edge in cast(Any, annotation.Rect))
    return abs(right - left), abs(top - bottom)


def _draw(source: Pdf, annotation: Dictionary, texts: list[str], size: float, wraps: bool, comb: bool = False) -> None:
    """The words in the annotation's box, smaller where they don't fit otherwise."""
    width, height = _box(annotation)
    characteristics: Any = annotation.get("/MK", Dictionary())
    turn = int(characteristics.get("/R", 0)) % 360 if isinstance(characteristics, Dictionary) else 0
    if turn in (90, 270):
        width, height = height, width
    style.register_fonts()
    inner = max(width - 2 * _PAD, 1.0)
    fitting = size or min(_LARGEST, max(height * 0.7, _SMALLEST) if not wraps else _LARGEST)
    lines = _lines(texts, inner, fitting, wraps)
    while fitting > _SMALLEST and not _fits(lines, inner, height, fitting):
        fitting = max(fitting - 0.5, _SMALLEST)
        lines = _lines(texts, inner, fitting, wraps)
    paper = io.BytesIO()
    canvas = new_canvas(paper, (width, height))
    first = height - _PAD - fitting if wraps else (height - fitting) / 2 + 0.22 * fitting
    cells = _inherited(annotation, "/MaxLen") if comb and not wraps else None
    for number, line in enumerate(lines):
        if cells:
            _write_combed(canvas, line, width / int(cells), first, fitting)
        else:
            letters.write(canvas, _PAD, first - number * _LINE * fitting, line, style.REGULAR, fitting)
    canvas.showPage()  # also where no letter of the answer can be written
    canvas.save()
    _set_picture(source, annotation, paper, turn)


def _write_combed(canvas: Canvas, line: str, cell: float, baseline: float, size: float) -> None:
    """Each letter in the middle of its cell."""
    for place, letter in enumerate(line):
        start = place * cell + (cell - letters.width(letter, style.REGULAR, size)) / 2
        letters.write(canvas, start, baseline, letter, style.REGULAR, size)


def _fits(lines: list[str], inner: float, height: float, size: float) -> bool:
    widest = max((letters.width(line, style.REGULAR, size) for line in lines), default=0.0)
    return widest <= inner and (len(lines) - 1) * _LINE * size + size <= height


def _lines(texts: list[str], inner: float, size: float, wraps: bool) -> list[str]:
    written = list(map(plain, chain.from_iterable(map(_lines_of, texts))))
    if not wraps:
        return [" ".join(written)]
    return list(chain.from_iterable(_wrapped(text, inner, size) for text in written))


def _lines_of(text: str) -> list[str]:
    """The lines of a text, whichever way each ends; the last may be empty."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _wrapped(line: str, inner: float, size: float) -> list[str]:
    """A line broken at its blanks, and within a word that is wider than the room by itself."""
    lines = [""]
    for word in line.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if letters.width(longer, style.REGULAR, size) <= inner:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if lines[-1] and letters.width(lines[-1] + letter, style.REGULAR, size) > inner:
                lines.append("")
            lines[-1] += letter
    return lines


def _draw_tick(source: Pdf, field: Dictionary) -> None:
    """A cross in a box that is ticked and has no picture of that."""
    state = str(field.get("/AS", None) or _inherited(field, "/V") or "/Off")
    if state in ("/Off", ""):
        return
    width, height = _box(field)
    paper = io.BytesIO()
    canvas = new_canvas(paper, (width, height))
    canvas.line(width * 0.2, height * 0.2, width * 0.8, height * 0.8)
    canvas.line(width * 0.2, height * 0.8, width * 0.8, height * 0.2)
    canvas.save()
    _set_picture(source, field, paper, 0)


def _set_picture(source: Pdf, annotation: Dictionary, paper: io.BytesIO, turn: int) -> None:
    with Pdf.open(paper) as drawn:
        picture = source.copy_foreign(drawn.pages[0].as_form_xobject())
    if turn:
        matrices = {90: (0, 1, -1, 0, 0, 0), 180: (-1, 0, 0, -1, 0, 0), 270: (0, -1, 1, 0, 0, 0)}
        picture["/Matrix"] = Array(matrices.get(turn, (1, 0, 0, 1, 0, 0)))
    annotation["/AP"] = Dictionary(N=picture)
    if "/AS" in annotation:
        del annotation["/AS"]
