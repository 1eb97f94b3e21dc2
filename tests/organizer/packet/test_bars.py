"""What a bar covers beside the word itself: what belongs to it, and nothing else."""

import io

import pypdfium2
import pytest
from PIL import ImageStat
from reportlab.pdfgen.canvas import Canvas

from organizer.packet.exhibits.redact import redact
from organizer.packet.page import style
from organizer.packet.sensitive import words_of


def a_page(*lines, size=9, step=11):
    """A page of lines; a line is a text, or cells with their places across, or a text in another size."""
    style.register_fonts()
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=(612, 792), invariant=1)
    high = 700
    for line in lines:
        cells = line if isinstance(line, dict) else {60: line}
        for across, text in cells.items():
            canvas.setFont("Helvetica", size)
            canvas.drawString(across, high, text)
        high -= step
    canvas.save()
    return paper.getvalue()


def left_of(pdf):
    """The words that are left, and the rows that are black."""
    made = redact(pdf, words_of(())).pdf
    document = pypdfium2.PdfDocument(made)
    words = " ".join(document[0].get_textpage().get_text_range().split())
    picture = document[0].render(scale=2).to_pil().convert("L")
    document.close()
    black = [
        row for row in range(picture.height) if picture.crop((0, row, picture.width, row + 1)).getextrema()[1] < 60
    ]
    return words, black


ROWS = ({60: "Glucose", 250: "94 mg/dL"}, {60: "Sodium", 250: "140"})


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ((ROWS[0], {60: "HIV 1/2 antibody", 250: "Reactive"}, ROWS[1]), "Glucose 94 mg/dL Sodium 140"),
        (
            (ROWS[0], {60: "HIV 1/2 antibody", 250: "Reactive"}, {250: "Confirmed by"}, {250: "western blot"}, ROWS[1]),
            "Glucose 94 mg/dL Sodium 140",
        ),
        (
            (ROWS[0], "Human immunodeficiency virus", {60: "1 and 2 antibodies", 250: "POSITIVE"}, ROWS[1]),
            "Glucose 94 mg/dL Sodium 140",
        ),
        (("Hypertension", "HIV disease", "Asthma"), "Hypertension Asthma"),
        (("Result: POSITIVE for the", "human immunodeficiency virus.", "Repeat in 3 weeks."), "Repeat in 3 weeks."),
        (
            (
                "He was admitted in spring. He was treated with sertraline for major depressive",
                "disorder and had an overdose in 2015, since when he has been",
                "well. Blood pressure is 128/76.",
                "Kidney function is stable.",
            ),
            "Kidney function is stable.",
        ),
        (("Blood pressure 128/76.", "History of HIV infection since 2014.", "Next visit in May."),
         "Blood pressure 128/76. Next visit in May."),
    ],
)  # fmt: skip
def test_the_line_and_what_belongs_to_it_are_gone_and_no_more(lines, left):
    words, black = left_of(a_page(*lines))
    assert words == left
    assert black


def test_a_bar_leaves_the_ink_of_the_lines_around_it():
    pdf = a_page("Hypertension", "HIV disease", "Asthma", size=10, step=11)
    barred, plain = (pypdfium2.PdfDocument(one) for one in (redact(pdf, words_of(())).pdf, pdf))
    before, after = (one[0].render(scale=4).to_pil().convert("L") for one in (plain, barred))
    text = plain[0].get_textpage()
    for word in ("Hypertension", "Asthma"):
        text.count_rects(*text.search(word).get_next())
        left, bottom, right, top = text.get_rect(0)
        area = [int(edge * 4) for edge in (left, 792 - top, right, 792 - bottom)]
        shades = [ImageStat.Stat(picture.crop(area)).mean[0] for picture in (before, after)]
        assert shades[1] == pytest.approx(shades[0], abs=12)
    barred.close()
    plain.close()


def test_all_ink_of_a_struck_line_is_black():
    pdf = a_page("pgqy HIV ÅÄÖ pgqy", size=14, step=16)
    document = pypdfium2.PdfDocument(redact(pdf, words_of(())).pdf)
    picture = document[0].render(scale=4).to_pil().convert("L")
    document.close()
    dark = [row for row in range(picture.height) if picture.crop((200, row, 900, row + 1)).getextrema()[0] < 128]
    whole = [
        row for row in range(picture.height) if picture.crop((0, row, picture.width, row + 1)).getextrema()[1] < 60
    ]
    assert set(dark) - set(whole) <= {min(dark), max(dark), *(min(whole) - 1, max(whole) + 1)}
