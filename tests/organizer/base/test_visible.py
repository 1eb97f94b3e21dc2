"""What would steer a terminal is written out; all other text stays as it is."""

import json

import pytest

from organizer.base.visible import escaped, shown


@pytest.mark.parametrize("code", [0x00, 0x07, 0x08, 0x0D, 0x1B, 0x7F, 0x80, 0x9B, 0x9F, 0x61C, 0x200E, 0x202E, 0x2066])
def test_a_steering_character_is_shown_by_its_number(code):
    assert shown(f"a{chr(code)}b") == f"a<U+{code:04X}>b"


@pytest.mark.parametrize("text", ["", "Crohn’s disease", "größer", "肺炎", "مرض", "a\tb\nc", "10 µg/L", "\xa0", "👩‍⚕️"])
def test_words_of_any_script_stay(text):
    assert shown(text) == text


def test_json_says_the_same_to_who_reads_it():
    text = json.dumps({"title": "a\x9b\u202eb"}, ensure_ascii=False)
    assert json.loads(escaped(text)) == json.loads(text)
    assert "\x9b" not in escaped(text)
