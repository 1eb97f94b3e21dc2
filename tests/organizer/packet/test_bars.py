"""What a bar covers beside the word itself: what belongs to it, and nothing else."""

import io

import pypdfium2
import pytest
from PIL import ImageStat
from reportlab.pdfgen.canvas import Canvas

from organizer.packet.exhibits.bars import Page, Strip
from organizer.packet.exhibits.page_words import Letter
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


@pytest.mark.parametrize(("height", "pixels"), [(900, 2500), (1800, 5000), (2700, 5000)])
def test_a_page_with_bars_is_as_fine_as_a_faxs_best_and_no_larger_than_can_be_held(height, pixels):
    """200 dots an inch, up to 5,000 of its longer side."""
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=(72, height), invariant=1)
    canvas.drawString(5, 500, "HIV test")
    canvas.save()
    with pypdfium2.PdfDocument(redact(paper.getvalue(), words_of(())).pdf) as document:
        (picture,) = [drawn for drawn in document[0].get_objects() if isinstance(drawn, pypdfium2.PdfImage)]
        assert picture.get_px_size()[1] == pixels


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


def typed(*lines):
    """Letters of a page; a line is its words with their left and lower edges and its height. Each is 5 points wide."""
    letters = []
    for words, left, low, height in lines:
        boxes = ((sign, left + 5.0 * place) for place, sign in enumerate(words) if sign != " ")
        letters += [
            Letter(sign, box, box, 0) for sign, begin in boxes for box in [(begin, low, begin + 5.0, low + height)]
        ]
    return letters


def belonging(*lines):
    """The numbers of the lines that belong to a hit on the word HIV, which is found on its capital letters."""
    letters = typed(*lines)
    spelt = "".join(letter.text for letter in letters)
    begin = spelt.index("HIV")
    return Page(letters, 0).belonging(range(begin, begin + 3))


WIDE = ("x" * 100, 0, 100, 10)  # far below: it shows how wide the page's text is, 500 points


@pytest.mark.parametrize(("gap", "numbers"), [(6, {0, 1}), (6.5, {0})])
def test_a_line_belongs_to_another_while_it_is_within_six_tenths_of_its_height(gap, numbers):
    assert belonging(("HIV", 0, 700, 10), ("positive", 0, 690 - gap, 10)) == numbers


@pytest.mark.parametrize(("indent", "numbers"), [(15, {0}), (15.5, {0, 1})])
def test_an_indented_line_belongs_to_the_one_above(indent, numbers):
    assert belonging(("HIV testing", 0, 700, 10), ("Was seen in the clinic", indent, 689, 10), WIDE) == numbers


@pytest.mark.parametrize(("length", "numbers"), [(410, {0}), (415, {0, 1})])
def test_prose_goes_on_behind_a_line_that_is_nearly_full(length, numbers):
    words = "HIV is a cause of ".ljust(length // 5, "x")
    assert belonging((words, 0, 700, 10), ("Five Words Are No Result", 0, 689, 10), WIDE) == numbers


@pytest.mark.parametrize(("words", "numbers"), [("HIV a b ", {0}), ("HIV a b c ", {0, 1})])
def test_a_full_line_of_four_words_is_no_prose(words, numbers):
    line = words.ljust(90, "x")
    assert belonging((line, 0, 700, 10), ("Five Words Are No Result", 0, 689, 10), WIDE) == numbers


@pytest.mark.parametrize(
    ("words", "left", "height", "numbers"),
    [
        ("Reactive Now And Here", 0, 12, {0, 1}),
        ("Reactive Now And Here Too", 0, 12, {0}),
        ("Reactive", 0, 11.5, {0}),
        ("Reactive", 5, 10, {0}),
        ("Reactive", 5.5, 10, {0, 1}),
        ("Reactive" + " " * 4 + "A", 0, 10, {0, 1}),
        ("Reactive" + " " * 3 + "A", 0, 10, {0}),
    ],
)
def test_a_result_below_a_name_is_short_and_set_apart(words, left, height, numbers):
    """In larger type, indented, or in cells of its own."""
    assert belonging(("HIV", 0, 700, 10), (words, left, 699 - height, height), WIDE) == numbers


@pytest.mark.parametrize(("gap", "cells"), [(18, 1), (18.5, 2)])
def test_cells_are_parted_by_nearly_twice_the_height_of_a_line(gap, cells):
    page = Page(typed(("Result", 0, 700, 10), ("A", 30 + gap, 700, 10)), 0)
    assert page._cells(page.lines[0]) == cells


@pytest.mark.parametrize(("gap", "cells"), [(9, 1), (9.5, 2)])
def test_columns_may_be_parted_by_nine_tenths_of_the_height(gap, cells):
    page = Page(typed(("Result", 0, 700, 10), ("A", 30 + gap, 700, 10)), 0)
    assert len(page.cells(0)) == cells


def test_six_lines_belong_to_a_hit_above_and_below_it():
    story = [("and so on", 0, 700 - 11 * line, 10) for line in range(20)]
    story[9] = ("and HIV", *story[9][1:])
    assert belonging(*story) == set(range(3, 16))


def test_the_first_and_the_last_line_have_none_beyond_them():
    assert belonging(("and HIV", 0, 700, 10)) == {0}
    assert belonging(("he has", 0, 711, 10), ("and HIV", 0, 700, 10)) == {0, 1}


@pytest.mark.parametrize(("gap", "spelt"), [(1.5, "ab"), (1.6, "a b")])
def test_letters_are_parted_by_a_seventh_of_their_height(gap, spelt):
    assert Page(typed(("a", 0, 700, 10), ("b", 5 + gap, 700, 10)), 0).cells(0)[0].text == spelt


def test_a_letter_beside_a_line_reaches_its_middle():
    """What only touches the line's edge stands on a line of its own."""
    assert Page(typed(("a", 0, 700, 10), ("b", 5, 695, 10)), 0).count() == 2
    assert Page(typed(("a", 0, 700, 10), ("b", 5, 695.1, 10)), 0).count() == 1


def test_a_letter_without_width_is_none():
    (letter,) = typed(("a", 0, 700, 10))
    unseen = Letter("b", (5.0, 700.0, 5.0, 710.0), (5.0, 700.0, 5.0, 710.0), 0)
    assert Page([letter, unseen], 0).cells(0)[0].text == "a"


def test_a_bar_has_a_margin_and_ends_before_the_ink_of_lines_that_stay():
    letters = typed(("above", 0, 711, 10), ("HIV", 0, 700, 10), ("below", 0, 689, 10))
    page = Page(letters, 0)
    alone = Page(letters[5:8], 0).strip(0, {0})
    assert (alone.low, alone.high) == (698.5, 711.5)
    between = page.strip(1, {1})
    assert (between.low, between.high) == (699.4, 710.6)
    with_both_hidden = page.strip(1, {0, 1, 2})
    assert (with_both_hidden.low, with_both_hidden.high) == (698.5, 711.5)


@pytest.mark.parametrize("upright", [False, True])
def test_a_strip_touches_what_it_covers_in_part_and_not_what_lies_beside_it(upright):
    strip = Strip(10, 20, upright, 100, 200)
    covered = [(150, 19, 160, 25), (150, 5, 160, 11), (95, 12, 101, 18), (199, 12, 205, 18)]
    beside = [(150, 20, 160, 25), (150, 5, 160, 10), (95, 12, 100, 18), (200, 12, 205, 18)]
    if upright:
        covered, beside = (
            [(low, left, high, right) for left, low, right, high in boxes] for boxes in (covered, beside)
        )
    assert [strip.touches(box) for box in covered] == [True] * 4
    assert [strip.touches(box) for box in beside] == [False] * 4


@pytest.mark.parametrize(("left", "numbers"), [(15, {0}), (14.5, {0, 1}), (-40, {0}), (-39.5, {0, 1})])
def test_a_line_beside_another_that_it_only_touches_does_not_belong_to_it(left, numbers):
    assert belonging(("HIV", 0, 700, 10), ("positive", left, 689, 10)) == numbers
