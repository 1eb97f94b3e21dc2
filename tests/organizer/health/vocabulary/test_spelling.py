"""One spelling of a word whatever its capitals and accents, and what ends a sentence and what doesn't."""

import pytest

from organizer.health.vocabulary.spelling import APART, CLAUSE, SAME, SENTENCE, divides_words, folded, words_of


@pytest.mark.parametrize(
    "spellings",
    [("Ödem", "Oedem", "ÖDEM", "odem"), ("Hämophilie", "Haemophilie"), ("cœur", "coeur"), ("Straße", "Strasse"),
     ("Cáncer", "CANCER"), ("de\u00adpression", "depression"), ("e\u0301pilepsie", "épilepsie")],
)  # fmt: skip
def test_spellings_of_one_word_are_one(spellings):
    assert len({folded(one) for one in spellings}) == 1


@pytest.mark.parametrize(
    ("text", "barrier"),
    [
        ("heart failure", SAME), ("heart-failure", SAME), ("heart/failure", SAME), ("heart: failure", APART),
        ("heart (failure", APART), ("heart, failure", CLAUSE), ("heart. failure", SENTENCE),
        ("heart; failure", SENTENCE),
        ("heart\nfailure", SENTENCE), ("V. failure", SAME), ("Z.n. failure", SAME), ("no. failure", SENTENCE),
        ("susp. failure", SAME), ("1.5 failure", SAME),
    ],
)  # fmt: skip
def test_what_stands_before_a_word(text, barrier):
    assert words_of(text)[-1].before == barrier


def test_letters_and_digits_are_words_apart_with_their_places():
    text = "HER2 +++, Ki-67"
    assert [(word.folded, text[word.start : word.end]) for word in words_of(text)] == [
        ("her", "HER"), ("2", "2"), ("ki", "Ki"), ("67", "67"),
    ]  # fmt: skip


def test_on_a_page_a_line_ends_no_sentence_and_divides_words():
    assert words_of("alcohol\r\nabuse", lines_run_on=True)[-1].before == SAME
    assert divides_words("depres-\nsion")
    assert not divides_words("post-traumatic")
    [word] = words_of("depres-\r\nsion", lines_run_on=True, join_hyphens=True)
    assert word.folded == "depression"
    assert (word.start, word.end) == (0, len("depres-\r\nsion"))
