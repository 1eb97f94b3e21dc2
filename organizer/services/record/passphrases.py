"""How hard a new passphrase is to guess, in plain words; only what anybody would try first is refused.

Guesses are counted by zxcvbn (Wheeler, USENIX Security 2016): words that many people use, names, dates, keys beside
each other, repeats. It knows English best, so that a short passphrase is never called strong, whatever it counts.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _, marked

SHORTEST = 8
"""Characters: with fewer no passphrase is taken."""
FIRST_TRIES = 1e6
"""Below so many guesses it is refused: "12345678", "password1", eight blanks, a name with a year."""
A_DAY, A_LIFE = 1e8, 1e12
"""Guesses of a day and of decades for one graphics card. Argon2id with 128 MiB and three passes moves some 0.8 GB a
guess, and such a card about 1 TB a second, which gives 1,250 guesses a second (design estimate)."""
_SHORT, _LONG = 10, 16  # characters: fewer is weak; from here on it may be strong
_MOST = 72  # characters that are looked at: more only take time


class Strength(IntEnum):
    """From what anybody tries first to what nobody finds."""

    REFUSED = 0
    WEAK = 1
    FAIR = 2
    STRONG = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """How strong, and a sentence or two about it."""

    strength: Strength
    words: str


_WORDS = {
    Strength.REFUSED: marked("Whoever tries passphrases tries this one among the first."),
    Strength.WEAK: marked("Weak: a computer that tries words, names and dates may find it within days."),
    Strength.FAIR: marked("Fair: hard to guess for people, less so for somebody with many computers and time."),
    Strength.STRONG: marked("Strong: nobody finds this by trying, as long as only you would put it together."),
}
_FOUR_WORDS = marked("Four or five words that don’t belong together are best.")
_WHY = {
    "dictionary": marked("It holds a word or a name that many people use."),
    "date": marked("It holds a date."),
    "regex": marked("It holds a year."),
    "repeat": marked("It repeats itself."),
    "sequence": marked("It holds letters or figures in their order."),
    "spatial": marked("It holds keys that lie beside each other."),
}


def judged(passphrase: str, about: Iterable[str] = ()) -> Judgement:
    """How hard it is to guess for who knows these words `about` the person (names, say)."""
    from zxcvbn import zxcvbn  # some tenths of a second, only where a passphrase is made

    if len(passphrase) < SHORTEST:
        return Judgement(Strength.REFUSED, _("Use eight characters or more; four or five words are best."))
    plain = unicodedata.normalize("NFKC", passphrase)[:_MOST]
    known = list(chain.from_iterable(text.split() for text in about))
    judgement = zxcvbn(plain, user_inputs=known)
    strength = _strength(float(judgement["guesses"]), len(plain))
    sentences = [_(_WORDS[strength])]
    if strength <= Strength.WEAK:
        patterns = dict.fromkeys(str(part["pattern"]) for part in judgement["sequence"])
        sentences += [_(_WHY[pattern]) for pattern in patterns if pattern in _WHY][:1]
    if strength < Strength.STRONG:
        sentences.append(_(_FOUR_WORDS))
    return Judgement(strength, " ".join(sentences))


def refuse_first_tries(passphrase: str, about: Iterable[str] = ()) -> None:
    """Raises OrganizerError for a passphrase that is too short or that anybody would try first."""
    if len(passphrase) < SHORTEST:
        raise OrganizerError(
            _("This passphrase is too short."), _("Use eight characters or more; four or five words are best.")
        )
    judgement = judged(passphrase, about)
    if judgement.strength is Strength.REFUSED:
        raise OrganizerError(_("This passphrase is too easy to guess."), judgement.words)


def _strength(guesses: float, length: int) -> Strength:
    if guesses < FIRST_TRIES:
        return Strength.REFUSED
    if guesses < A_DAY or length < _SHORT:
        return Strength.WEAK
    return Strength.FAIR if guesses < A_LIFE or length < _LONG else Strength.STRONG
