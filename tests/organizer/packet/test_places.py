"""Where an entry stands on its page: the value in the line of its name, never that of the row below."""

import io

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from organizer.packet.exhibits.places import find
from tests.organizer.packet.people import entry

SIZE = 10


def boxes(*words, value="4.1"):
    """The boxes around potassium of 4.1 on a page that holds words at (x, y) points from its foot."""
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=(612, 792), invariant=1)
    canvas.setFont("Helvetica", SIZE)
    for text, x, y in words:
        canvas.drawString(x, y, text)
    canvas.save()
    document = pypdfium2.PdfDocument(paper.getvalue())
    sought = entry("Observation", "Potassium", "2026-03-01", value_text=value)
    found = find([document[0].get_textpage()], [sought])[sought.id]
    document.close()
    return found.boxes


@pytest.mark.parametrize(("lower", "marked"), [(0, True), (4, True), (12, False), (20, False)])
def test_a_value_is_marked_in_the_line_of_its_name_and_not_in_the_next(lower, marked):
    found = boxes(("Potassium", 72, 700), ("4.1", 200, 700 - lower))
    if not marked:
        assert found == ()
        return
    assert len(found) == 2
    assert found[-1][0] == pytest.approx(200, abs=2)


def test_of_two_rows_with_one_value_each_row_has_its_own():
    rows = [("Potassium", 72, 700), ("4.1", 200, 700), ("Albumin", 72, 688), ("4.1", 180, 688)]
    assert boxes(*rows)[-1][0] == pytest.approx(200, abs=2)


def test_a_value_left_of_the_name_is_of_another_column():
    assert boxes(("4.1", 40, 700), ("Potassium", 72, 700)) == ()
