"""The guide says only what the program has: each link, picture, command, button and key of it is real."""

import re
import shlex

import click
import pytest

from organizer import commands
from organizer.base.i18n import SOURCE_LANGUAGE, _, speaking
from tests.house.test_visible_words import FORBIDDEN, QUOTED
from ui.pages import PAGES
from ui.shell.guide import COMMANDS, INDEX, TITLES, guide
from ui.shell.menu_bar import MenuBar
from ui.shell.shortcuts import SHORTCUTS, page_shortcut, spoken_keys

GROUP = next(value for value in vars(commands).values() if isinstance(value, click.Group))
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
HEADING = re.compile(r"^#+ ", re.MULTILINE)
MOST_BYTES = 250_000
ACCUSES = {
    "en": FORBIDDEN,
    "es": re.compile(r"\b(negligen\w+|mala praxis|mal diagnosticad[oa]|se neg(ó|aron)|rehus\w+)\b", re.IGNORECASE),
    "de": re.compile(r"\b(fahrlässig\w*|Kunstfehler|Behandlungsfehler|falsch diagnostizier\w*|verweiger\w*)\b"),
}
ORDERS = {"en": "you should", "es": "usted debe", "de": "sie sollten"}
OF_TABLES = {"Ctrl+C", "Ctrl+T"}
ROW = re.compile(r"^\| (.+?) \| (.+?) \|", re.MULTILINE)
KEYS = {"Strg": "Ctrl", "Umschalt": "Shift", "Mayús": "Shift"}
"""What German and Spanish keyboards call them."""

pytestmark = pytest.mark.usefixtures("spoken")


@pytest.fixture
def folder(spoken, checkout):
    """Where the pages of the language lie."""
    pages = checkout / "resources/guide"
    return pages if spoken == SOURCE_LANGUAGE else pages / spoken


def english(page):
    with speaking(SOURCE_LANGUAGE):
        return guide(page)


def lines(page):
    """Each command line that stands in the page's code."""
    code = [line for block in re.findall(r"```\n(.*?)```", guide(page), re.DOTALL) for line in block.splitlines()]
    code += re.findall(r"`(casebook [^`]+)`", guide(page))
    return [shlex.split(line)[1:] for line in code if line.startswith("casebook")]


def test_each_page_in_the_folder_has_a_title_and_each_title_a_page(folder):
    assert {path.name for path in folder.glob("*.md")} == set(TITLES)


@pytest.mark.parametrize("page", TITLES)
def test_a_page_is_built_alike_in_each_language(page):
    for part in (HEADING, LINK):
        assert part.findall(guide(page)) == part.findall(english(page))
    pictures = [[name for _words, name in PICTURE.findall(text)] for text in (guide(page), english(page))]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("page", TITLES)
def test_links_lead_to_pages_and_nothing_leads_out(page):
    assert set(LINK.findall(guide(page))) <= set(TITLES)
    assert not re.search(r"https?://|<[a-z/]", guide(page))


@pytest.mark.parametrize("page", TITLES)
def test_pictures_are_there_small_and_described(page, folder):
    for words, name in PICTURE.findall(guide(page)):
        assert len(words) > 10
        assert 0 < (folder / name).stat().st_size <= MOST_BYTES


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
    for words in BOLD.findall(english(page)):
        assert re.search(rf'(_|marked)\("{re.escape(words)}"\)', source), words


@pytest.mark.parametrize("page", TITLES)
def test_what_stands_in_bold_is_what_the_window_says_in_that_language(page):
    """What the window never says, such as “Try it once”, is emphasis, and free."""
    for words, own in zip(BOLD.findall(english(page)), BOLD.findall(guide(page)), strict=True):
        assert own == _(words) or words == _(words)


@pytest.mark.parametrize("page", TITLES)
def test_keys_that_are_named_are_bound(page):
    bound = {key for one in SHORTCUTS for key in one.keys}
    bound |= {page_shortcut(place) for place in range(1, len(PAGES) + 1)} | OF_TABLES
    text = re.sub("|".join(KEYS), lambda match: KEYS[match[0]], guide(page))
    assert set(re.findall(r"\b(?:Ctrl|Alt|Shift)(?:\+\w+)*\+(?:F\d+|[\w/])|\bF\d+\b", text)) <= bound


def test_each_command_of_the_menu_stands_in_the_guide_with_its_keys(qapp):
    menu = MenuBar(lambda _action: None, lambda _number: None, lambda _action: True)
    menu.show_pages(tuple(page.title for page in PAGES))
    actions = [action.text() for group in menu.menus.values() for action in group.actions() if action.text()]
    in_menu = dict(text.replace("&&", "&").split("\t") for text in actions)
    in_guide = {command: keys.split()[0] for command, keys in ROW.findall(guide(COMMANDS)) if "---" not in command}
    headings = set(in_guide) - set(in_menu)
    assert in_menu == {command: keys for command, keys in in_guide.items() if command not in headings}
    assert len(headings) == 2
    further = {spoken_keys(keys) for shortcut in SHORTCUTS for keys in shortcut.keys[1:]}
    assert all(keys in guide(COMMANDS) for keys in further)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_each_page_of_the_window_has_its_page_of_the_guide(page):
    assert page.guide in TITLES
    assert page.guide != INDEX


@pytest.mark.parametrize("page", [page for page in TITLES if page != "second-opinion.md"])
def test_no_page_accuses_or_orders(page, spoken):
    text = QUOTED.sub("", guide(page))
    assert not ACCUSES[spoken].search(text)
    assert ORDERS[spoken] not in text.casefold()
