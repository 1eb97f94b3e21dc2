"""How a phrase of a vocabulary file is found in a text: its limits, and what ends it."""

import pytest

from organizer.health.vocabulary.patterns import PhraseBook, phrase
from organizer.health.vocabulary.spelling import folded, words_of


def holds(pattern, text, exact=False):
    book = PhraseBook([phrase("x", pattern, exact)])
    found = bool(book.hits(words_of(text), abbreviations=True))
    assert book.may_be_in(folded(text)) or not found, "the quick look may let too much through, never too little"
    return found


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("breast cancer", "Breast-cancer, left", True),
        ("breast cancer", "breast. Cancer", False),
        ("breast cancer", "breast, cancer", False),
        ("breast cancer", "breastcancer", False),
        ("metasta*", "Metastases", True),
        ("metasta*", "oligometastases", False),
        ("*karzinom", "Mammakarzinom", True),
        ("*karzinom", "Karzinomatose", False),
        ("*karzinom*", "Plattenepithelkarzinome", True),
        ("gout", "gouty", False),
        ("gout", "gouts", True),
        ("flu", "flus", False),
        ("phq 9", "PHQ9", True),
        ("phq 9", "PHQ-90", False),
        ("l asthme", "l’asthme", True),
    ],
)
def test_words_open_ends_and_plurals(pattern, text, found):
    assert holds(pattern, text) is found


def test_a_gap_holds_up_to_three_words_of_a_sentence():
    assert holds("protein … urine", "protein urine")
    assert holds("protein … urine", "protein, in the morning urine")
    assert holds("protein … urine", "protein one two three urine")
    assert not holds("protein … urine", "protein one two three four urine")
    assert not holds("protein … urine", "protein normal. urine clear")


def test_an_abbreviation_counts_as_it_is_written():
    assert holds("MS", "MS since 2019", exact=True)
    assert not holds("MS", "ms", exact=True)
    assert not holds("MS", "Ms Smith", exact=True)
    assert not PhraseBook([phrase("x", "MS", exact=True)]).hits(words_of("MS"))


@pytest.mark.parametrize("pattern", ["", "…", "… urine", "***"])
def test_a_phrase_without_a_word_or_that_begins_with_a_gap_is_refused(pattern):
    with pytest.raises(AssertionError):
        phrase("x", pattern)


def test_each_phrase_is_named_by_its_meaning_and_place():
    book = PhraseBook([phrase("a", "lupus"), phrase("b", "lupus nephritis")])
    found = book.hits(words_of("Known lupus nephritis"))
    assert {(one.meaning, one.first, one.last) for one in found} == {("a", 1, 2), ("b", 1, 3)}
