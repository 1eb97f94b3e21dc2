"""The words of this way: none that accuses stands outside a quote; each statement of fact has its source."""

import ast
import re
from importlib import resources

import pytest

from tests.house.source import product, short, tree

FORBIDDEN = re.compile(r"\b(misdiagnosed|negligent|malpractice|failed|refused)\b", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”|`[^`]*`")
ROOMS = ("organizer/opinion/", "organizer/packet/", "organizer/services/", "ui/")
SOURCES = [path for path in product() if short(path).startswith(ROOMS)]


def visible(path):
    """The texts that `_`, `marked` and `ngettext` are given: all that a person reads."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "marked", "ngettext"):
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_no_text_accuses_outside_quotes(path):
    said = [text for text in visible(path) if FORBIDDEN.search(QUOTED.sub("", text))]
    assert said == []


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
