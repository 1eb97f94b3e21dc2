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


HEAD = {60: "Glucose", 180: "HIV RNA", 300: "Sodium"}
PORTAL = ("HIV-1/2 Ag/Ab, 4th generation", "Value", "Reactive", "Standard range: Non-reactive")


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        # Below a name at the head of a column stand its results, however they are set in it.
        ((HEAD, {60: "5.1", 180: "14,200", 300: "139"}, {60: "5.4", 200: "<20", 300: "140"}), "5.1 139 5.4 140"),
        ((HEAD, {60: "5.1 mmol/L", 150: "14,200", 300: "139"}), "5.1 mmol/L 139"),
        ((HEAD, {60: "Fasting", 180: "copies/mL", 300: "Serum"}, {180: "14,200", 300: "139"}), "Fasting Serum 139"),
        (({60: "Sodium", 180: "HIV Ag/Ab"}, {60: "140", 180: "REACTIVE"}), "140"),
        (({60: "HIV Ag/Ab", 180: "HBsAg"}, {60: "REACTIVE", 180: "negative"}), "negative"),
        ((HEAD, {60: "5.1", 180: "14,200", 300: "139"}, "Printed by the laboratory on 6 May 2026 for the patient."),
         "5.1 139 Printed by the laboratory on 6 May 2026 for the patient."),
        # A row is no head, and a pair of label and words is none.
        (({60: "HIV Ag/Ab", 180: "REACTIVE", 300: "A"}, {60: "Sodium", 180: "140", 300: "N"}), "Sodium 140 N"),
        (({60: "Diagnosis:", 180: "HIV infection"}, {60: "Weight:", 180: "80 kg"}), "Weight: 80 kg"),
        (({60: "HIV infection", 180: "Dr Weiss"}, {60: "Asthma", 180: "Dr Berg"}), "Asthma Dr Berg"),
        # A portal sets a name, and what belongs to it on lines of its own.
        ((*PORTAL, "Sodium", "Value", "140 mmol/L"), "Sodium Value 140 mmol/L"),
        (("HIV-1 RNA, quantitative", "14,200", "copies/mL", "Sodium", "140 mmol/L"), "Sodium 140 mmol/L"),
        (("Human immunodeficiency virus", "1 and 2 antibodies", "Reactive", "Sodium"), "Sodium"),
        (("VIH", "Resultado: positivo", "Sodio", "140"), "Sodio 140"),
        (("Known HIV infection is stable.", "Sodium", "140"), "Sodium 140"),
    ],
)  # fmt: skip
def test_results_below_a_name_are_covered_in_their_column_and_on_their_lines(lines, left):
    words, _black = left_of(a_page(*lines, size=10, step=13))
    assert words == left


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_column_is_covered_on_a_page_whose_letters_run_in_another_direction(turn):
    style.register_fonts()
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=(700, 700), invariant=1)
    canvas.translate(350, 350)
    canvas.rotate(turn)
    for down, cells in enumerate((HEAD, {60: "5.1", 180: "14,200", 300: "139"})):
        for across, text in cells.items():
            canvas.drawString(across - 200, 100 - 14 * down, text)
    canvas.save()
    words, _black = left_of(paper.getvalue())
    assert sorted(words.split()) == ["139", "5.1"]
