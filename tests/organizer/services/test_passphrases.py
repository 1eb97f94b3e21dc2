"""A new passphrase is judged in plain words; only what anybody would try first is refused."""

import pytest

from organizer.base.errors import OrganizerError
from organizer.services.record import passphrases
from organizer.services.record.passphrases import Strength, judged, refuse_first_tries


@pytest.mark.parametrize(
    "passphrase",
    [
        "12345678",
        "        ",
        "password1",
        "Passw0rd!",
        "qwertzuiop",
        "aaaaaaaaaaaa",
        "19850203",
        "iloveyou2",
        "seven77",
        "",
    ],
)
def test_what_anybody_tries_first_is_refused_and_says_why(passphrase):
    with pytest.raises(OrganizerError) as refused:
        refuse_first_tries(passphrase)
    assert refused.value.next_step
    assert judged(passphrase).strength is Strength.REFUSED


@pytest.mark.parametrize("passphrase", ["sommer2024", "tR5$kk9!", "quiet river", "ñoño ñoño", "münchen1860"])
def test_what_is_easy_or_short_is_taken_and_said_to_be_no_more_than_fair(passphrase):
    refuse_first_tries(passphrase)
    judgement = judged(passphrase)
    assert judgement.strength in (Strength.WEAK, Strength.FAIR)
    assert "Four or five words" in judgement.words


@pytest.mark.parametrize(
    "passphrase", ["five plain words to remember", "kuchen garten lampe regen", "x" * 3 + "Fj4 kd93 Lwq0 zz8"]
)
def test_words_that_do_not_belong_together_are_strong(passphrase):
    assert judged(passphrase).strength is Strength.STRONG


def test_a_name_of_the_person_is_among_the_first_tries():
    assert judged("Quivelstone1").strength is Strength.FAIR
    assert judged("Quivelstone1", ["Ada Quivelstone"]).strength is Strength.REFUSED


@pytest.mark.parametrize(
    ("guesses", "length", "strength"),
    [
        (999_999, 40, Strength.REFUSED), (1e6, 40, Strength.WEAK),
        (99_999_999, 40, Strength.WEAK), (1e8, 40, Strength.FAIR), (1e8, 9, Strength.WEAK), (1e8, 10, Strength.FAIR),
        (9.99e11, 40, Strength.FAIR), (1e12, 40, Strength.STRONG), (1e12, 15, Strength.FAIR),
        (1e12, 16, Strength.STRONG),
    ],
)  # fmt: skip
def test_strength_has_its_limits(guesses, length, strength):
    assert passphrases._strength(guesses, length) is strength


def test_a_very_long_passphrase_takes_no_longer_to_judge():
    assert judged("word " * 20_000).strength is not Strength.STRONG
    assert judged("kuchen garten lampe regen " + "€" * 100_000).strength is Strength.STRONG
