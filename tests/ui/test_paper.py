"""Documents on paper: their own pages as they are, those that were asked for, as often as was asked for."""

import io

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from PySide6.QtPrintSupport import QPrinter
from reportlab.pdfgen.canvas import Canvas

from organizer.base.errors import Cancelled
from organizer.base.progress import CancellableProgress, NoProgress
from ui.shell import paper
from ui.shell.app import make_application

LETTER, ACROSS = (612, 792), (792, 612)


def document(*sizes):
    out = io.BytesIO()
    canvas = Canvas(out)
    for number, size in enumerate(sizes, 1):
        canvas.setPageSize(size)
        canvas.setFont("Helvetica", 40)
        canvas.drawString(72, size[1] - 100, f"Page {number}")
        canvas.rect(36, 36, 100, 50 * number, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def printer(tmp_path):
    """A printer that prints on letter paper, into a file."""
    make_application([])
    made = paper._printer_for("letter.pdf", [LETTER])
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    return made


def pages(data, scale=1.0):
    pdf = pypdfium2.PdfDocument(data)
    drawn = [page.render(scale=scale).to_pil().convert("L") for page in pdf]
    sizes = [pdf.get_page_size(number) for number in range(len(pdf))]
    pdf.close()
    return drawn, sizes


def differing(one, other):
    return ImageStat.Stat(ImageChops.difference(one, other.resize(one.size))).mean[0]


def test_pages_are_printed_as_they_are_at_their_own_size(printer, tmp_path):
    data = document(LETTER, LETTER)
    assert paper.print_pages(printer, data, "letter.pdf", NoProgress()) == 2
    printed, sizes = pages(tmp_path / "printed.pdf")
    assert [round(side) for side in sizes[0]] == list(LETTER)
    drawn, _sizes = pages(data)
    assert [differing(*pair) < 2 for pair in zip(drawn, printed, strict=True)] == [True, True]
    assert differing(drawn[0], printed[1]) > 2  # so that a wrong page would be noticed


def test_only_the_pages_asked_for_come_out(printer, tmp_path):
    data = document(LETTER, LETTER, LETTER)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert paper.print_pages(printer, data, "letter.pdf", NoProgress()) == 2
    printed, _sizes = pages(tmp_path / "printed.pdf")
    drawn, _sizes = pages(data)
    assert [differing(*pair) < 2 for pair in zip(drawn[1:], printed, strict=True)] == [True, True]


def test_a_page_that_lies_across_is_turned_rather_than_cut(printer, tmp_path):
    paper.print_pages(printer, document(ACROSS), "across.pdf", NoProgress())
    ((printed,), _sizes) = pages(tmp_path / "printed.pdf")
    ((drawn,), _sizes) = pages(document(ACROSS))
    assert differing(drawn.rotate(-90, expand=True), printed) < 2


def test_a_photograph_fills_the_room_that_the_printer_has(printer, tmp_path):
    photo = io.BytesIO()
    Image.new("RGB", (300, 300), "black").save(photo, "PNG")
    paper.print_pages(printer, photo.getvalue(), "photo.png", NoProgress())
    ((printed,), _sizes) = pages(tmp_path / "printed.pdf")
    left, top, right, bottom = printed.point(lambda grey: 255 * (grey < 128)).getbbox()
    assert right - left == pytest.approx(bottom - top, abs=2)
    assert right - left > 500


def test_what_is_stopped_is_not_counted_as_printed(printer):
    progress = CancellableProgress()
    progress.cancel()
    with pytest.raises(Cancelled):
        paper.print_pages(printer, document(LETTER), "letter.pdf", progress)
