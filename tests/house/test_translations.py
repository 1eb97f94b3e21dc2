"""Every word that a person reads is translated, and what is committed is what the script writes."""

import importlib.util
import re
from pathlib import Path

import pytest

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


def test_spanish_is_there():
    assert "es" in LANGUAGES


def test_the_words_of_code_tables_and_resources_are_found(marked):
    assert {"Save", "Jan", "Mental health", "Where the records differ"} <= set(marked)
    assert ("{n} entry", "{n} entries") in marked


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
