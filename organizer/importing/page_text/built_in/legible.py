"""What of a picture was read, and what only looks like letters: other scripts, writing by hand, drawn things."""

from collections.abc import Sequence

from organizer.importing.page_text.built_in.letters import Letter
from organizer.importing.page_text.built_in.line_finder import TextLine
from organizer.importing.page_text.words_on_page import Word

_LEAST_SURE = 0.6  # chance of a line's letters on the whole: below it they are drawn things, or another script
_MARKS, _LEAST_SURE_MARK = frozenset("*+↑↓"), 0.35  # a flag of its own is small, and mistaken for no word
_PITCH, _LEAST_FILLED = 0.42, 0.45  # of a line's height a letter is wide; of its length they fill at the least
_SURE_WORD, _LEAST_TELLING = 60.0, 0.4  # confidence of a word, and the share of such words on a page that was read


def chance_of(letters: Sequence[Letter]) -> float:
    """How sure the letters are on the whole (0–1)."""
    return sum(letter.chance for letter in letters) / max(1, len(letters))


def is_read(line: TextLine, letters: Sequence[Letter]) -> bool:
    """Whether the letters of a line were read: surely on the whole, and all along it.

    Of another script only its numbers and signs are read, which say nothing without the words around them.
    """
    filled = (len(letters) + 1) * _PITCH * line.height / max(line.length, 1.0)
    is_mark = all(letter.sign in _MARKS for letter in letters)
    return chance_of(letters) >= (_LEAST_SURE_MARK if is_mark else _LEAST_SURE) and filled >= _LEAST_FILLED


def is_gibberish(words: Sequence[Word]) -> bool:
    """Strokes that were taken for letters: few words of two signs and more, or numbers, that are sure."""
    telling = [word for word in words if _says_something(word)]
    return len(telling) < _LEAST_TELLING * len(words)


def _says_something(word: Word) -> bool:
    signs = [sign for sign in word.text if sign.isalnum()]
    is_sure = word.confidence is not None and word.confidence >= _SURE_WORD
    return is_sure and (len(signs) > 1 or any(sign.isdigit() for sign in signs))
