"""Every word that a person reads is translated, and what is committed is what the script writes."""

import ast
import importlib.util
import re
from pathlib import Path

import pytest

from organizer.base.i18n import languages, own_name
from tests.house.source import found_in, nodes, tree

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
translations = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(translations)

LANGUAGES = sorted(one.stem for one in translations.FOLDER.glob("*.po"))
PLACE = re.compile(r"\{[a-z_]*(?::[^}]*)?\}")


@pytest.fixture(scope="module")
def marked():
    return translations.marked_strings()


@pytest.fixture(scope="module", params=LANGUAGES)
def catalog(request, marked):
    return translations.renewed(request.param, marked)


def pairs(catalog):
    """Each English string with its translation, plurals one by one."""
    for one in catalog:
        if isinstance(one.id, tuple):
            yield from zip(one.id, one.string, strict=True)
        elif one.id:
            yield one.id, one.string


def test_a_language_is_a_catalogue_and_a_folder_of_the_guide():
    assert {"de", "es"} <= set(LANGUAGES)
    pages = {path.name for path in (ROOT / "resources/guide").iterdir() if path.suffix in (".md", ".png")}
    for code in LANGUAGES:
        assert {path.name for path in (ROOT / "resources/guide" / code).iterdir()} == pages, code


def test_no_translated_label_is_written_small_by_hand():
    """German nouns have a capital everywhere: `within_sentence` knows."""

    def lowered(path):
        calls = [node for node in nodes(tree(path)) if isinstance(node, ast.Call)]
        heads = [node.func for node in calls if isinstance(node.func, ast.Attribute) and node.func.attr == "lower"]
        return [ast.unparse(head) for head in heads if ast.unparse(head.value).startswith(("_(", "ngettext("))]

    assert not found_in(lowered)


def test_each_language_has_a_name_of_its_own():
    names = [own_name(code) for code in languages()]
    assert names[0] == "English"
    assert len(set(names)) == len(names), "translate `English` as the language calls itself"


def test_the_words_of_code_tables_and_resources_are_found(marked):
    assert {"Save", "Jan", "Mental health", "Where the records differ"} <= set(marked)
    assert ("{n} entry", "{n} entries") in marked


def test_what_an_f_string_says_is_found_too():
    module = ast.parse("f\"{_('Next:')} {ngettext('one', 'many', n)}\" + pgettext('button', 'Open') + _(name)")
    assert set(translations.marked_in(module)) == {
        "Next:", ("one", "many"), translations.InContext("button", "Open"),
    }  # fmt: skip


def test_nothing_is_left_to_translate(catalog):
    assert [one.id for one in translations.untranslated(catalog)] == [], "run `make translations`, then edit the .po"


def test_translations_keep_the_places_of_what_is_put_in(catalog):
    def places(text):
        return sorted(PLACE.findall(text))

    assert [english for english, own in pairs(catalog) if places(english) != places(own)] == []


def test_translations_keep_the_blanks_and_lines_at_their_ends(catalog):
    def ends(text):
        return re.match(r"\s*", text)[0], re.search(r"\s*$", text)[0]

    assert [english for english, own in pairs(catalog) if ends(english) != ends(own)] == []


def test_what_is_committed_is_fresh(catalog):
    file = translations.FOLDER / f"{catalog.locale.language}.po"
    assert file.read_bytes() == translations.as_po(catalog), "run `make translations`"
    assert file.with_suffix(".mo").read_bytes() == translations.as_mo(file.read_bytes())


def test_an_untranslated_string_is_told(marked):
    catalog = translations.renewed("es", [*marked, "A word nobody knows", ("{n} such word", "{n} such words")])
    assert [one.id for one in translations.untranslated(catalog)] == [
        "A word nobody knows", ("{n} such word", "{n} such words"),
    ]  # fmt: skip
