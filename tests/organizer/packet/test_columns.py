"""Which results stand below a name: each limit of distance and length just below and just above."""

from dataclasses import dataclass

import pytest

from organizer.packet.exhibits.columns import Cell, Covered, below_names


@dataclass
class Rows:
    """Lines of a page as their cells; `gap` is the room above the line `apart`, in heights of a line."""

    lines: list
    gap: float = 0.3
    apart: int = 1

    def count(self):
        return len(self.lines)

    def cells(self, number):
        places = sorted(self.lines[number].items())
        return [
            Cell(left, left + 6.0 * len(text), text, frozenset({number * 100 + place}))
            for place, (left, text) in enumerate(places)
        ]

    def gap_below(self, number):
        return self.gap if number == self.apart - 1 else 0.3


def covered(page, place=0):
    """The lines that are covered below the name in a cell of the first line."""
    return sorted({part.line for part in below_names(page, 0, {place})})


HEAD = {0: "Glucose", 100: "HIV RNA", 200: "Sodium"}
ROW = {0: "5.1", 100: "14,200", 200: "139"}


@pytest.mark.parametrize(("gap", "lines"), [(2.5, [1, 2]), (2.6, [1])])
def test_a_table_ends_where_two_rows_are_further_apart_than_its_lines(gap, lines):
    assert covered(Rows([HEAD, ROW, ROW], gap, apart=2), 1) == lines


@pytest.mark.parametrize(("gap", "lines"), [(1.6, [1, 2]), (1.7, [1])])
def test_what_belongs_to_a_name_ends_where_lines_are_apart(gap, lines):
    assert covered(Rows([{0: "HIV-1 RNA"}, {0: "14,200"}, {0: "copies/mL"}], gap, apart=2)) == lines


@pytest.mark.parametrize(("between", "lines"), [(2, [1, 2, 3]), (3, [])])
def test_a_heading_has_a_result_in_one_of_the_first_three_rows(between, lines):
    words = {0: "Fasting", 100: "Serum", 200: "Plasma"}
    assert covered(Rows([HEAD, *[words] * between, ROW]), 1) == lines


def test_a_column_is_covered_to_the_end_of_its_page():
    assert covered(Rows([HEAD, *[ROW] * 150]), 1) == list(range(1, 151))


@pytest.mark.parametrize(("names", "lines"), [(2, [1]), (3, [1, 2, 3])])
def test_three_names_are_the_head_of_a_table_whatever_stands_below(names, lines):
    """Below two names the first row without a result is no longer theirs."""
    head = dict(sorted(HEAD.items(), reverse=True)[:names])
    words = {100: "Note", 200: "Serum"}
    assert covered(Rows([head, ROW, words, ROW]), sorted(head.values()).index("HIV RNA")) == lines


@pytest.mark.parametrize(("words", "lines"), [(8, [1, 2]), (9, [1])])
def test_a_line_of_more_than_eight_words_ends_a_table(words, lines):
    assert covered(Rows([HEAD, ROW, {100: " ".join(["a"] * words)}]), 1) == lines


@pytest.mark.parametrize(("words", "lines"), [(8, [1]), (9, [])])
def test_a_name_has_no_more_than_eight_words(words, lines):
    assert covered(Rows([{0: " ".join(["HIV"] * words)}, {0: "Reactive"}])) == lines


@pytest.mark.parametrize(("words", "lines"), [(8, [1]), (9, [])])
def test_a_result_below_a_name_has_no_more_than_eight_words(words, lines):
    assert covered(Rows([{0: "HIV-1 RNA"}, {0: " ".join(["14,200"] * words)}])) == lines


def test_six_lines_follow_a_name():
    assert covered(Rows([{0: "HIV-1 RNA"}, *[{0: "14,200"}] * 9])) == [1, 2, 3, 4, 5, 6]
    assert covered(Rows([{0: "HIV-1 RNA"}, *[{0: "14,200"}] * 2])) == [1, 2], "or as many as there are"


def test_a_unit_alone_follows_a_result_and_not_a_name():
    assert covered(Rows([{0: "HIV-1 RNA"}, {0: "14,200"}, {0: "copies/mL"}])) == [1, 2]
    assert covered(Rows([{0: "HIV-1 RNA"}, {0: "copies/mL"}])) == []


def test_cells_that_only_touch_do_not_stand_over_each_other():
    """`14,200` begins where the name before it ends, and belongs to the name after it."""
    name = Cell(100.0, 142.0, "HIV RNA", frozenset({1}))
    assert not name.is_above(Cell(142.0, 160.0, "139", frozenset()))
    assert not name.is_above(Cell(80.0, 100.0, "139", frozenset()))
    assert name.is_above(Cell(141.9, 160.0, "139", frozenset()))
    assert name.is_above(Cell(80.0, 100.1, "139", frozenset()))


def test_what_is_covered_has_the_edges_of_its_cell():
    assert below_names(Rows([HEAD, ROW]), 0, {1}) == [Covered(1, 100, 136.0)]
