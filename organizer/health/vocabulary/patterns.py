"""Phrases as resources/vocabulary writes them, found in words.

A phrase is words in their order. `*` stands for any letters at the beginning or end of a word (`metasta*`,
`*karzinom*`); `…` between words for up to three others of the same clause. A word of four letters and more is found
with a plural `s` behind it, too. A phrase in `abbreviations` is found only as it is written, capitals and all.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from organizer.base.remembered import remembered
from organizer.health.vocabulary.spelling import CLAUSE, LETTER, SAME, Word, folded, words_of

_SKIPPED_AT_MOST = 3
_PLURAL_FROM = 4
GAP = "…"
_RUN = re.compile(r"[^\W_]+")
"""Letters and digits side by side: no word of a phrase reaches beyond."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One word of a phrase: its letters, whether others may stand before or behind them, or (`skips`) any words."""

    letters: str = ""
    open_before: bool = False
    open_behind: bool = False
    skips: bool = False

    def fits(self, word: str) -> bool:
        """Whether a folded word is meant."""
        if self.open_before:
            return self.letters in word if self.open_behind else word.endswith(self.letters)
        if self.open_behind:
            return word.startswith(self.letters)
        return word == self.letters or (len(self.letters) >= _PLURAL_FROM and word == self.letters + "s")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase and what it stands for; `written` are the exact words of an abbreviation, () for any other."""

    meaning: str
    atoms: tuple[Atom, ...]
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase in a text: what it stands for, and its words from `first` to before `last`."""

    meaning: str
    first: int
    last: int


def phrase(meaning: str, text: str, exact: bool = False) -> Phrase:
    """A phrase from its spelling in a file of resources/vocabulary."""
    atoms: list[Atom] = []
    for part in text.split():
        if part == GAP:
            atoms.append(Atom(skips=True))
            continue
        bare = part.strip("*")
        pieces = [folded(bare)] if bare.isalpha() else [word.folded for word in words_of(part)]
        opens, ends = part.startswith("*"), part.endswith("*")
        for place, letters in enumerate(pieces):
            atoms.append(Atom(letters, opens and place == 0, ends and place == len(pieces) - 1))
    assert atoms, f"{text!r} holds no word"
    assert not atoms[0].skips, f"{text!r} begins with a gap"
    return Phrase(meaning, tuple(atoms), tuple(word.written for word in words_of(text)) if exact else ())


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, which tries each common beginning once; one that never fits where there is none.

    >>> _any_of(["gout", "gouty", "gas"])
    'g(?:as|out(?:y)?)'
    """
    return _branch(sorted(set(words))) if words else "(?!)"


def _branch(words: Sequence[str]) -> str:
    groups: dict[str, list[str]] = {}
    for word in words:
        if word:
            groups.setdefault(word[0], []).append(word[1:])
    parts = [re.escape(first) + (_branch(rest) if any(rest) else "") for first, rest in groups.items()]
    inner = parts[0] if len(parts) == 1 and "" not in words else f"(?:{'|'.join(parts)})"
    return f"{inner}?" if "" in words else inner


def _hint(telling: Iterable[Atom]) -> str:
    """A pattern for any of these words, each the longest of a phrase: without it the phrase can't be there."""
    whole: set[str] = set()
    begun: set[str] = set()
    within: set[str] = set()
    for atom in telling:
        group = within if atom.open_before else begun if atom.open_behind else whole
        group.add(atom.letters)
    words = f"{_any_of(whole)}s?(?!{LETTER})|{_any_of(begun)}"
    return f"(?<!{LETTER})(?:{words})|{_any_of(within)}"


class PhraseBook:
    """Many phrases, looked for together: each word of a text is looked up once, not each phrase."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        every = tuple(phrases)
        self._whole: defaultdict[str, list[Phrase]] = defaultdict(list)
        self._begun: defaultdict[str, list[Phrase]] = defaultdict(list)
        self._within: list[Phrase] = []
        for pattern in every:
            first = pattern.atoms[0]
            if first.open_before:
                self._within.append(pattern)
            elif first.open_behind:
                self._begun[first.letters].append(pattern)
            else:
                self._whole[first.letters].append(pattern)
        self._lengths = sorted({len(letters) for letters in self._begun})
        stems = {pattern.atoms[0].letters for pattern in self._within}
        self._stem = re.compile(_any_of(stems))
        self.hint = re.compile(_hint(max(pattern.atoms, key=lambda atom: len(atom.letters)) for pattern in every))

    def may_be_in(self, folded_text: str) -> bool:
        """Whether a folded text may hold one of the phrases: nearly all texts don't, and need no second look."""
        return any(_is_hint(self, run) for run in set(_RUN.findall(folded_text)))

    def hits(self, words: Sequence[Word], abbreviations: bool = False) -> list[Hit]:
        """All phrases that the words hold, in the order of their first words."""
        hits: dict[Hit, None] = {}
        for first, word in enumerate(words):
            for candidate in self._beginning_with(word.folded):
                if candidate.written and not abbreviations:
                    continue
                last = _last(candidate, words, first)
                if last:
                    hits[Hit(candidate.meaning, first, last)] = None
        return list(hits)

    def _beginning_with(self, word: str) -> Iterator[Phrase]:
        yield from self._whole.get(word, ())
        if word.endswith("s") and len(word) > _PLURAL_FROM:
            yield from self._whole.get(word[:-1], ())
        for length in self._lengths:
            if length > len(word):
                break
            yield from self._begun.get(word[:length], ())
        if self._within and self._stem.search(word):
            yield from (pattern for pattern in self._within if pattern.atoms[0].fits(word))


@remembered(65_536)
def _is_hint(book: PhraseBook, run: str) -> bool:
    """Whether letters that stand together may be of one of a book's phrases: pages repeat a few thousand of them."""
    return book.hint.search(run) is not None


def _last(candidate: Phrase, words: Sequence[Word], first: int) -> int:
    """The place behind the phrase's last word where it begins at `first`; 0 where it doesn't stand there."""
    if candidate.written:
        last = first + len(candidate.written)
        as_written = tuple(word.written for word in words[first:last])
        return last if as_written == candidate.written and _together(words, first, last) else 0
    return _match(candidate.atoms, words, first, free=True)


def _match(atoms: Sequence[Atom], words: Sequence[Word], at: int, free: bool = False) -> int:
    """The place behind the last word where the atoms follow from `at` on, else 0.

    `free`: a clause or sentence may end before the first of them.
    """
    if not atoms:
        return at
    if atoms[0].skips:
        return _match_after_a_gap(atoms[1:], words, at)
    if at >= len(words) or not atoms[0].fits(words[at].folded):
        return 0
    if words[at].before > SAME and not free:
        return 0
    return _match(atoms[1:], words, at + 1)


def _match_after_a_gap(atoms: Sequence[Atom], words: Sequence[Word], at: int) -> int:
    for start in range(at, min(at + _SKIPPED_AT_MOST, len(words) - 1) + 1):
        if words[start].before > CLAUSE:
            return 0
        last = _match(atoms, words, start, free=True)
        if last:
            return last
    return 0


def _together(words: Sequence[Word], first: int, last: int) -> bool:
    return all(word.before <= SAME for word in words[first + 1 : last])
