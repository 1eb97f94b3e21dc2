"""The files of resources/vocabulary are whole: sources named, ids that exist, codes formed as their systems are."""

import json
import re
from importlib import resources

import pytest

from organizer.health.vocabulary import every_concept
from organizer.health.vocabulary.concepts import concept_files
from organizer.health.vocabulary.patterns import phrase
from organizer.model.codes import is_loinc_code

FOLDER = resources.files("resources") / "vocabulary"
FORMED = {
    "icd10": re.compile(r"[A-Z]\d?[0-9AB]?(\.\d{1,3})?(-[A-Z]\d\d)?"),
    "icd9": re.compile(r"[EV]?\d{2,3}(\.\d{1,2})?(-\d{3}(\.\d)?|-V\d\d)?"),
    "snomed": re.compile(r"\d{6,18}"),
    "loinc": re.compile(r"\d{1,7}-\d"),
    "rxnorm": re.compile(r"\d{2,7}"),
    "atc": re.compile(r"[A-Z]\d\d([A-Z]([A-Z](\d\d)?)?)?"),
}


def _product(a, b):
    """In the group of the pentagon's turns (0 to 4) and mirrorings (5 to 9)."""
    if a < 5:
        return (a + b) % 5 if b < 5 else 5 + (a + b) % 5
    return 5 + (a - b) % 5 if b < 5 else (a - b) % 5


def check_digit(identifier):
    """Verhoeff's over all digits, as SNOMED CT identifiers carry it (docs.snomed.org, SCTID check-digit)."""
    multiply = [[_product(a, b) for b in range(10)] for a in range(10)]
    turns = [list(range(10)), [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]]
    for row in range(2, 8):
        turns.append([turns[row - 1][turns[1][digit]] for digit in range(10)])
    sum_so_far = 0
    for place, digit in enumerate(reversed(identifier)):
        sum_so_far = multiply[sum_so_far][turns[place % 8][int(digit)]]
    return sum_so_far == 0


def groups():
    for concept in every_concept().values():
        for told in (concept.codes, concept.no_codes):
            for family, codes in told.items():
                yield from ((concept.id, family, code) for code in codes)


@pytest.mark.parametrize("name", [*concept_files(), "contexts.json"])
def test_each_file_names_its_source_and_licence(name):
    told = json.loads((FOLDER / name).read_bytes())
    assert told["about"]
    assert told["source"]
    assert told["licence"]


def test_no_concept_stands_in_two_files():
    names = [name for file in concept_files() for name in json.loads((FOLDER / file).read_bytes())["concepts"]]
    assert len(names) == len(set(names))


def test_codes_are_formed_as_in_their_systems():
    odd = [one for one in groups() if not FORMED[one[1]].fullmatch(one[2])]
    odd += [one for one in groups() if one[1] == "loinc" and not is_loinc_code(one[2])]
    odd += [one for one in groups() if one[1] == "snomed" and not check_digit(one[2])]
    assert not odd


def test_the_check_digit_finds_a_slip():
    assert check_digit("22298006")
    assert not check_digit("22298007")


def test_words_are_those_of_the_four_languages_but_for_sensitive_ones_and_phrases_that_can_be_found():
    for concept in every_concept().values():
        for text in (*concept.words, *concept.no_words, *concept.abbreviations):
            assert phrase(concept.id, text).atoms
    for file in concept_files():
        for name, told in json.loads((FOLDER / file).read_bytes())["concepts"].items():
            languages = set(told.get("words", {})) | set(told.get("no_words", {}))
            usual = languages <= {"en", "es", "de", "fr"}
            assert usual is (file != "sensitive_elsewhere.json"), name
            fields = {"is", "codes", "no_codes", "words", "no_words", "abbreviations", "not_also", "symptom_of"}
            assert set(told) <= fields, name


def test_what_does_not_hold_beside_a_concept_exists():
    for concept in every_concept().values():
        assert concept.not_also <= set(every_concept())
        assert concept.id not in concept.not_also


def test_what_a_symptom_belongs_to_exists():
    for concept in every_concept().values():
        assert concept.symptom_of <= set(every_concept())
