"""The guide says only what the program has: each link, picture, command, button and key of it is real."""

import re
import shlex

import click
import pytest

from organizer import commands
from tests.house.test_visible_words import FORBIDDEN, QUOTED
from ui.guide import INDEX, TITLES, guide
from ui.pages import PAGES
from ui.shortcuts import SHORTCUTS, page_shortcut

GROUP = next(value for value in vars(commands).values() if isinstance(value, click.Group))
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
MOST_BYTES = 250_000


def lines(page):
    """Each command line that stands in the page's code."""
    code = [line for block in re.findall(r"```\n(.*?)```", guide(page), re.DOTALL) for line in block.splitlines()]
    code += re.findall(r"`(casebook [^`]+)`", guide(page))
    return [shlex.split(line)[1:] for line in code if line.startswith("casebook")]


def test_each_page_in_the_folder_has_a_title_and_each_title_a_page(checkout):
    assert {path.name for path in (checkout / "resources/guide").glob("*.md")} == set(TITLES)


def test_the_index_leads_to_each_page():
    assert set(LINK.findall(guide(INDEX))) == set(TITLES) - {INDEX}


@pytest.mark.parametrize("page", TITLES)
def test_links_lead_to_pages_and_nothing_leads_out(page):
    assert set(LINK.findall(guide(page))) <= set(TITLES)
    assert not re.search(r"https?://|<[a-z/]", guide(page))


@pytest.mark.parametrize("page", TITLES)
def test_pictures_are_there_small_and_described(page, checkout):
    for words, name in PICTURE.findall(guide(page)):
        assert len(words) > 10
        assert 0 < (checkout / "resources/guide" / name).stat().st_size <= MOST_BYTES


@pytest.mark.parametrize("page", TITLES)
def test_commands_and_their_options_exist(page):
    for name, *rest in lines(page):
        command = GROUP.commands[name]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in rest if word.startswith("--")} <= known
        choices = [one.type.choices for one in command.params if isinstance(one, click.Argument)
                   if isinstance(one.type, click.Choice)]  # fmt: skip
        assert all(set(group) & set(rest) for group in choices)


def test_the_guide_names_commands_at_all():
    assert len({line[0] for page in TITLES for line in lines(page)}) >= 6


@pytest.mark.parametrize("page", [page for page in TITLES if page not in ("plan-check.md", "backup-and-recovery.md")])
def test_what_stands_in_bold_stands_in_the_window(page, checkout):
    source = "".join(
        path.read_text(encoding="utf-8") for room in ("ui", "organizer") for path in (checkout / room).rglob("*.py")
    )
    for words in re.findall(r"\*\*([^*]+)\*\*", guide(page)):
        assert re.search(rf'(_|marked)\("{re.escape(words)}"\)', source), words


@pytest.mark.parametrize("page", TITLES)
def test_keys_that_are_named_are_bound(page):
    bound = {key for one in SHORTCUTS for key in one.keys}
    bound |= {page_shortcut(place) for place in range(1, len(PAGES) + 1)}
    assert set(re.findall(r"\b(?:Ctrl|Alt|Shift)(?:\+\w+)*\+[\w/]|\bF\d+\b", guide(page))) <= bound


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_each_page_of_the_window_has_its_page_of_the_guide(page):
    assert page.guide in TITLES
    assert page.guide != INDEX


@pytest.mark.parametrize("page", [page for page in TITLES if page != "second-opinion.md"])
def test_no_page_accuses_or_orders(page):
    text = QUOTED.sub("", guide(page))
    assert not FORBIDDEN.search(text)
    assert "you should" not in text.casefold()
