"""Names and notes in any script are printed with letters of their own, joined and in their direction."""

import io
import unicodedata

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from organizer.packet.page import scripts as letters
from organizer.packet.page import style

NAMES = {
    "Arabic": "مريم العلي",
    "Hebrew": "רבקה לוי",
    "Devanagari": "मरियम कुमारी प्रिया",
    "Bengali": "মরিয়ম",
    "Tamil": "மரியம்",
    "Thai": "สมชาย ใจดี",
    "Armenian": "Մարիամ",
    "Georgian": "მარიამი",
    "Korean": "김철수 박사",
    "Chinese": "王小明（腎臓内科）",
    "Japanese": "田中さくら",
    "Russian": "Ольга Петрова",
    "Greek": "Δημήτρης",
    "Vietnamese": "Nguyễn Thị Hồng",
    "emoji": "better 😀💊",
}


@pytest.fixture(autouse=True)
def _fonts():
    style.register_fonts()


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_every_letter_has_a_glyph(name):
    for one in letters.stretches(name, style.REGULAR, 10):
        known = pdfmetrics.getFont(one.font).face.charToGlyph
        assert all(ord(letter) in known or letter == " " for letter in one.text), one


@pytest.mark.parametrize("script", [one for one in NAMES if one not in ("Devanagari", "Bengali", "Tamil", "emoji")])
def test_what_is_written_can_be_read_and_searched_again(script):
    paper = io.BytesIO()
    canvas = Canvas(paper)
    style.BODY.write(canvas, 72, 700, NAMES[script])
    canvas.save()
    read = pypdfium2.PdfDocument(paper.getvalue())[0].get_textpage().get_text_bounded()
    assert sorted(unicodedata.normalize("NFKC", read).split()) == sorted(
        unicodedata.normalize("NFKC", NAMES[script]).split()
    )


def shown(text):
    return [one.text for one in letters.stretches(text, style.REGULAR, 10)]


def test_numbers_in_arabic_keep_their_order_and_stand_where_they_belong():
    assert shown("ضغط الدم 140/90 منذ 2019") == ["2019", "منذ ", " ", "140/90", "ضغط الدم "]
    assert shown("٣٫٥ ملغ") == ["ملغ", " ", "٣٫٥"]


def test_a_bracket_opens_towards_the_letters_that_it_holds():
    assert "".join(shown("מרתין (2×)")) == "(×2) " + "מרתין"[::-1]


def test_latin_around_hebrew_stays_where_it_is():
    assert shown("Dr רבקה לוי, Haifa") == ["Dr ", "רבקה לוי"[::-1], ", Haifa"]


def test_hebrew_letters_stand_apart_and_marks_upon_them_are_set():
    (plain,) = letters.stretches("דיאליזה", style.REGULAR, 10)
    assert (plain.text, plain.shaped) == ("דיאליזה"[::-1], False)
    (marked,) = letters.stretches("שָׁלוֹם", style.REGULAR, 10)
    assert marked.shaped


def test_joined_letters_are_narrower_than_single_ones():
    name = NAMES["Arabic"]
    apart = sum(letters.width(letter, style.REGULAR, 10) for letter in name)
    assert letters.width(name, style.REGULAR, 10) < apart


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40))
def test_each_letter_of_any_text_is_drawn_with_a_font_that_has_it_or_told(text):
    style.register_fonts()
    with letters.lost_letters() as lost:
        letters.write(Canvas(io.BytesIO()), 0, 0, text, style.REGULAR, 10)
    for one in letters.stretches(text, style.REGULAR, 10):
        known = pdfmetrics.getFont(one.font).face.charToGlyph
        assert text.isascii() or all(ord(letter) in known for letter in one.text)
        assert set(one.lost) <= set(lost)
    assert letters.width(text, style.REGULAR, 10) >= 0


@pytest.mark.parametrize("signs", ["500 (2×) 50 % / 1.5 µmol/L ≤ 3", "0123456789", "[a–b] “c” ² → °"])
@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_digits_brackets_and_signs_are_drawn_beside_letters_of_any_script(name, signs):
    words = f"{name}{signs}{name}"
    with letters.lost_letters() as lost:
        letters.write(Canvas(io.BytesIO()), 0, 0, words, style.REGULAR, 10)
    assert not lost
    drawn = "".join(one.text for one in letters.stretches(words, style.REGULAR, 10))
    assert [sign for sign in signs if drawn.count(sign) < signs.count(sign)] == []


def test_a_letter_that_no_font_has_is_told_once_and_stands_as_a_mark():
    assert "".join(shown("ગુજરાતી text")) == "[?] text"
    assert shown("ﬁne") == ["fine"] or "".join(shown("ﬁne")) == "fine"


@pytest.mark.parametrize(
    "words",
    [
        "每次500毫克，每日2次 (x2) 20%", "ฉันควรหยุดยาหรือไม่ 500 (2)/5%", "ქართული 5 (2×) 50%", "Հայերեն 5 (2×) 50%",
        "मेटफॉर्मिन 500 मिग्रा", "약을 500mg 끊어야 하나요?", "ضغط الدم 140/90 منذ 2019", "糖尿病（2型）", "eGFR 22 😀",
    ],
)  # fmt: skip
def test_text_copies_as_it_reads(words):
    paper = io.BytesIO()
    canvas = Canvas(paper)
    style.BODY.write(canvas, 72, 700, words)
    canvas.save()
    read = pypdfium2.PdfDocument(paper.getvalue())[0].get_textpage().get_text_range()
    assert unicodedata.normalize("NFKC", read).strip() == unicodedata.normalize("NFKC", words)


@given(st.text(alphabet="aאبम王김😀 12.,", max_size=30))
def test_mixed_scripts_can_be_drawn(text):
    style.register_fonts()
    paper = io.BytesIO()
    canvas = Canvas(paper)
    style.BODY.write(canvas, 0, 0, text)
    canvas.save()
    assert len(pypdfium2.PdfDocument(paper.getvalue())) == 1
