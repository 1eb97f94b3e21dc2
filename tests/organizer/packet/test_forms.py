"""Answers of a form, drawn by what its fields say of themselves (ISO 32000-1, tables 226, 228 and 230)."""

import io
from contextlib import contextmanager

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from organizer.packet.exhibits.forms import draw_answers

MULTILINE, PASSWORD, PUSH_BUTTON, COMB = (1 << bit - 1 for bit in (13, 14, 17, 25))
EVERY = (1 << 32) - 1


def a_form(kind, above=0, box=(0, 0, 200, 100), **properties):
    """A page with one field; what it says of itself stands so many levels above it."""
    source = Pdf.new()
    source.add_blank_page(page_size=(300, 300))
    told = Dictionary(FT=Name(kind), **properties)
    for _level in range(above):
        told = Dictionary(Parent=source.make_indirect(told))
    told.Subtype, told.Rect = Name.Widget, Array(list(box))
    field = source.make_indirect(told)
    source.pages[0].obj.Annots = Array([field])
    source.Root.AcroForm = Dictionary(Fields=Array([field]))
    return source, field


@contextmanager
def seen(source):
    """The text of the page once the field is drawn into it."""
    draw_answers(source)
    source.flatten_annotations(mode="all")
    paper = io.BytesIO()
    source.save(paper)
    with pypdfium2.PdfDocument(paper.getvalue()) as document:
        text = document[0].get_textpage()
        yield text
        text.close()


@pytest.mark.parametrize(("flags", "is_drawn"), [(0, True), (PASSWORD, False), (EVERY ^ PASSWORD ^ COMB, True)])
def test_what_was_typed_as_a_password_is_not_drawn(flags, is_drawn):
    source, field = a_form("/Tx", Ff=flags, V="Secret")
    draw_answers(source)
    assert ("/AP" in field) is is_drawn


@pytest.mark.parametrize(("flags", "is_drawn"), [(0, True), (PUSH_BUTTON, False), (EVERY ^ PUSH_BUTTON, True)])
def test_a_button_that_is_pushed_has_no_cross(flags, is_drawn):
    source, field = a_form("/Btn", Ff=flags, V=Name("/Yes"))
    draw_answers(source)
    assert ("/AP" in field) is is_drawn


@pytest.mark.parametrize(
    ("flags", "is_wrapped"), [(0, False), (MULTILINE, True), (EVERY ^ MULTILINE ^ PASSWORD, False)]
)
def test_a_text_of_many_lines_is_wrapped(flags, is_wrapped):
    source, _field = a_form("/Tx", Ff=flags & ~COMB, V="one two\nthree")
    with seen(source) as text:
        assert (text.count_rects() > 1) is is_wrapped


def test_a_comb_has_each_letter_in_its_cell():
    for flags, is_spread in ((COMB, True), (EVERY ^ COMB ^ PASSWORD ^ MULTILINE, False)):
        source, _field = a_form("/Tx", Ff=flags, V="1975", MaxLen=4)
        with seen(source) as text:
            places = [
                text.get_charbox(number)[0]
                for number in range(text.count_chars())
                if text.get_text_range(number, 1).strip()
            ]
        assert (places[-1] - places[0] > 140) is is_spread


@pytest.mark.parametrize(("above", "is_drawn"), [(15, True), (16, False)])
def test_what_stands_above_a_field_holds_for_it_until_that_must_be_a_circle(above, is_drawn):
    source, field = a_form("/Tx", above, V="Aspirin")
    draw_answers(source)
    assert ("/AP" in field) is is_drawn


def test_two_answers_of_a_list_stand_below_each_other():
    source, _field = a_form("/Ch", V=Array(["Aspirin", "Bisoprolol"]))
    with seen(source) as text:
        assert text.count_rects() == 2


def test_several_answers_of_a_list_stand_below_each_other_in_the_words_that_it_shows():
    options = Array([Array(["a", "Aspirin"]), Array(["b", "Bisoprolol"]), Array(["c"]), "d"])
    source, _field = a_form("/Ch", V=Array(["a", "b", "c", "d"]), Opt=options)
    with seen(source) as text:
        assert text.get_text_range().split() == ["Aspirin", "Bisoprolol", "c", "d"]


@pytest.mark.parametrize(("width", "lines"), [(60, 3), (400, 1)])
def test_a_long_answer_is_broken_where_it_would_not_fit(width, lines):
    source, _field = a_form(
        "/Tx", box=(0, 0, width, 100), Ff=MULTILINE, V="Aspirin 100 mg in the morning", DA="/F 10 Tf"
    )
    with seen(source) as text:
        assert text.count_rects() == lines


def test_an_answer_without_a_letter_is_drawn_as_nothing():
    source, _field = a_form("/Tx", V="\x07")
    with seen(source) as text:
        assert text.count_chars() == 0
