"""The guide to a second opinion accuses nobody, and each statement of fact in it has its source."""

import re
from importlib import resources

from tests.house.test_visible_words import FORBIDDEN, QUOTED


def guide():
    return (resources.files("resources.guide") / "second-opinion.md").read_text("utf-8")


def test_the_guide_accuses_nobody_and_gives_no_advice():
    text = QUOTED.sub("", guide())
    assert not FORBIDDEN.search(text)
    assert "you should" not in text.casefold()


def test_each_mark_of_the_guide_leads_to_a_source_with_a_year():
    text, sources = guide().split("## Sources")
    marks = {int(number) for number in re.findall(r"\[(\d+)\]", text)}
    listed = {int(number): line for number, line in re.findall(r"^(\d+)\. (.+)$", sources, re.MULTILINE)}
    assert marks == set(listed)
    assert all(re.search(r"\b(19|20)\d\d\b", line) for line in listed.values())


def test_what_holds_in_one_country_says_so():
    paragraphs = [part for part in guide().split("## Sources")[0].split("\n\n") if re.search(r"\[[2456]\]", part)]
    assert all(re.search(r"In (the United States|Germany|the European Union)", part) for part in paragraphs)
    assert len(paragraphs) >= 4
