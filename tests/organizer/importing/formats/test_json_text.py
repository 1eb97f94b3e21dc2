"""JSON is read as one piece or entry by entry with the same outcome, and a large bundle can be told and stopped."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.base.errors import Cancelled
from organizer.importing.formats.fhir import json_text
from organizer.importing.formats.fhir.json_text import Pieces, value_of

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["entry", "a", ""]), inner, max_size=3),
    max_leaves=12,
)


def unheard(_done, _whole):
    pass


@pytest.fixture
def in_pieces(monkeypatch):
    monkeypatch.setattr(json_text, "_LARGE", 0)


@given(VALUES, st.sampled_from([None, 1]), st.integers(1, 9))
def test_an_object_read_in_pieces_is_the_same_however_it_comes(value, indent, size):
    words = " " + json.dumps({"entry": value, "more": value, "n": 1234567}, indent=indent) + "\n"
    chunks = iter([words[begin : begin + size] for begin in range(0, len(words), size)])
    read = {}
    for name, member, is_listed in Pieces(chunks, lambda _done: None).members():
        read[name] = [*read.get(name, []), member] if is_listed else member
    assert read == json.loads(words)


def test_what_is_no_json_is_told_with_its_line_however_it_comes():
    words = '{"a": 1,\n "entry": [\n{"b": 2},\n{"b": x}]}'
    chunks = iter([words[begin : begin + 4] for begin in range(0, len(words), 4)])
    with pytest.raises(json.JSONDecodeError) as refused:
        list(Pieces(chunks, lambda _done: None).members())
    assert (refused.value.lineno, refused.value.colno) == (4, 7)


def test_a_sign_of_two_escapes_stays_whole_and_a_lone_one_is_none():
    words = '{"entry": ["\\ud83d\\ude00", "\\\\ud83d", "\\ud83d"]}'
    members = [member for _name, member, _listed in Pieces(iter(words), lambda _done: None).members()]
    assert members == ["\U0001f600", "\\ud83d", "\ufffd"]


@pytest.mark.parametrize(
    "words", ['{"entry": [1, ]}', '{"entry": [1] ', '{"entry": [1]} x', "{1: 2}", '{"a" 1}', "{,}"]
)
def test_what_is_no_json_is_refused_in_pieces_too(in_pieces, words):
    with pytest.raises(ValueError, match=r"line 1|property|delimiter|Expecting|Extra"):
        value_of(words, unheard)


def test_numbers_keep_their_digits_and_each_entry_is_told(in_pieces):
    told = []
    value = value_of('{"entry": [{"v": 1.10}, {"v": 2.0}]}', lambda done, whole: told.append((done, whole)))
    assert value["entry"][0]["v"] == Decimal("1.10")
    assert str(value["entry"][1]["v"]) == "2.0"
    assert [whole for _done, whole in told] == [36, 36]


def test_it_stops_between_two_entries(in_pieces):
    def stop(_done, _whole):
        raise Cancelled

    with pytest.raises(Cancelled):
        value_of('{"entry": [1, 2]}', stop)
