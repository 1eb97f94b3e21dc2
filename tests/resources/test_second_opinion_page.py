"""The guide to a second opinion accuses nobody, and each statement of fact in it has its source."""

import re

import pytest

from tests.house.test_visible_words import QUOTED
from tests.resources.test_guide_pages import ACCUSES, ORDERS
from ui.shell.guide import guide

COUNTRIES = {
    "en": r"In (the United States|Germany|the European Union)",
    "es": r"En (Estados Unidos|Alemania|la Unión Europea)",
    "de": r"In (den Vereinigten Staaten|Deutschland|der Europäischen Union)",
}

pytestmark = pytest.mark.usefixtures("spoken")


def text_and_sources():
    """The last heading of the page is that of its sources."""
    text, _heading, sources = guide().rpartition("\n## ")
    return text, sources


def test_the_guide_accuses_nobody_and_gives_no_advice(spoken):
    text = QUOTED.sub("", guide())
    assert not ACCUSES[spoken].search(text)
    assert ORDERS[spoken] not in text.casefold()


def test_each_mark_of_the_guide_leads_to_a_source_with_a_year():
    text, sources = text_and_sources()
    marks = {int(number) for number in re.findall(r"\[(\d+)\]", text)}
    listed = {int(number): line for number, line in re.findall(r"^(\d+)\. (.+)$", sources, re.MULTILINE)}
    assert marks == set(listed)
    assert all(re.search(r"\b(19|20)\d\d\b", line) for line in listed.values())


def test_what_holds_in_one_country_says_so(spoken):
    text, _sources = text_and_sources()
    paragraphs = [part for part in text.split("\n\n") if re.search(r"\[[2456]\]", part)]
    assert all(re.search(COUNTRIES[spoken], part) for part in paragraphs)
    assert len(paragraphs) >= 4
