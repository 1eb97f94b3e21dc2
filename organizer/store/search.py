"""Full text over titles, notes, values in words and the text of documents.

Words of the title come first, then the latest; counting how rare a word is over a million entries would take longer
than a person's next key. A common word is therefore looked up among the latest entries that hold it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from operator import attrgetter

import orjson

from organizer.model.entry import Entry
from organizer.model.ids import NOBODY, PersonId
from organizer.store import entries as reading
from organizer.store.entries import latest_of
from organizer.store.session import Session
from organizer.store.wordings import WORD, folded, number_span, pieces, scope, searchable

AROUND = 60  # characters of a snippet on each side of the first word found
MOST_WORDINGS = 100  # looked at for one search
OF_EACH = 3  # the least number of entries that are taken of one wording
FEW = 5  # fewer hits than these: perhaps a word is mistyped
GUESSES = 3
NEIGHBOURS = 60  # words that share the most pieces with a mistyped one
ALIKE = 0.72  # difflib's ratio from which a word may be what was meant: one letter of four


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, when it happened (a partial date or ""), and a few words of where."""

    id: str
    kind: str
    title: str
    snippet: str
    happened: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose entries, of which kinds, and from when to when (partial dates, inclusive); empty asks for nothing."""

    person: PersonId = NOBODY
    kinds: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class _Term:
    """A word, the beginning of one, or several as a phrase; `meant` are words it may be a slip for."""

    text: str
    is_beginning: bool = False
    meant: tuple[str, ...] = ()

    def __str__(self) -> str:
        own = f'"{self.text}"' + ("*" if self.is_beginning else "")
        return f"({' OR '.join([own, *(f'{chr(34)}{word}{chr(34)}' for word in self.meant)])})"


def search(
    session: Session,
    text: str,
    wanted: Wanted | None = None,
    limit: int = 50,
    called: Callable[[Entry], str] = attrgetter("title"),
) -> list[Hit]:
    """Entries that hold all the words (the last one as a beginning; “quoted words” as a phrase), titles first.

    Where few hold them, entries with words that are spelled much like them follow. Nothing typed is syntax. A hit has
    what the entry is `called`.
    """
    wanted = wanted or Wanted()
    terms = _terms(text)
    if not terms:
        return []
    ranked = _ranked_hits(session, terms, wanted, limit)
    if len(ranked) < min(FEW, limit):
        guessed = _guessed(session, terms)
        if guessed != terms:
            there = {number for number, _in_title in ranked}
            ranked += [hit for hit in _ranked_hits(session, guessed, wanted, limit) if hit[0] not in there]
            terms = guessed
    return _hits(session, ranked[:limit], terms, called)


def _terms(text: str) -> list[_Term]:
    """What a person typed, taken apart."""
    terms: list[_Term] = []
    for place, piece in enumerate(text.split('"')):
        words = WORD.findall(piece)
        if place % 2:
            terms += [_Term(" ".join(words))] if words else []
        else:
            terms += [_Term(word) for word in words]
    if terms and not text.endswith(('"', " ")):
        last = terms[-1].text
        # A single letter is the beginning of everything; beside other words it is a word (“vitamin D”).
        terms[-1] = _Term(last, is_beginning=len(last) > 1 or len(terms) == 1)
    return terms


def _ranked_hits(session: Session, terms: Sequence[_Term], wanted: Wanted, limit: int) -> list[tuple[int, bool]]:
    """The numbers of entries, the best first, and whether their title holds all words."""
    in_titles = _wordings(session, "title", terms, wanted)
    ranked = _ranked(session, in_titles, terms, wanted, limit)
    hits = [(number, True) for number in ranked]
    if len(hits) < limit:
        titles = set(in_titles)
        others = [wording for wording in _wordings(session, "{title body}", terms, wanted) if wording not in titles]
        hits += [(number, False) for number in _ranked(session, others, terms, wanted, limit - len(hits))]
    return hits


def _wordings(session: Session, columns: str, terms: Sequence[_Term], wanted: Wanted) -> list[int]:
    """Wordings that hold all terms in these columns, the latest years first, up to a cap."""
    match = f"{columns} : ({' AND '.join(map(str, terms))})"
    if wanted.person:
        match += f" AND scope : {scope(wanted.person)}"
    if wanted.kinds:
        match += f" AND scope : ({' OR '.join(scope(kind=kind) for kind in wanted.kinds)})"
    rows = session.rows(
        "SELECT rowid FROM wording_text WHERE wording_text MATCH ? AND rowid BETWEEN ? AND ? "
        "ORDER BY rowid DESC LIMIT ?",
        [match, *number_span(wanted.since, wanted.until), MOST_WORDINGS],
    )
    return [row[0] for row in rows]


def _ranked(session: Session, wordings: Sequence[int], terms: Sequence[_Term], wanted: Wanted, limit: int) -> list[int]:
    """The entries of wordings: a title that is what was typed, then one that begins with it, then the others; the
    latest first, a few of each title before the next ones of the same."""
    if not wordings:
        return []
    most = max(OF_EACH, -(-limit // len(wordings)))
    rows = latest_of(session, wordings, most, wanted.since, wanted.until)
    typed = folded(" ".join(term.text for term in terms))
    rows.sort(key=lambda row: row[3], reverse=True)
    rounds: dict[tuple[str, str], int] = {}
    keyed = []
    for number, kind, title, _moment in rows:
        nth = rounds[kind, title] = rounds.get((kind, title), -1) + 1
        plain = folded(title)
        keyed.append((nth // OF_EACH, 0 if plain == typed else 1 if plain.startswith(typed) else 2, number))
    keyed.sort(key=lambda key: key[:2])
    return [number for _round, _tier, number in keyed[:limit]]


def _guessed(session: Session, terms: Sequence[_Term]) -> list[_Term]:
    """The terms, each unknown word with the words that it may be a slip for."""
    return [
        term if " " in term.text else _Term(term.text, term.is_beginning, _neighbours(session, term)) for term in terms
    ]


def _neighbours(session: Session, term: _Term) -> tuple[str, ...]:
    word = folded(term.text)
    if len(word) < 4 or _is_known(session, word, term.is_beginning):
        return ()
    shared = pieces(word, term.is_beginning)
    if len(word) <= 6:  # two letters swapped leave a short word no piece in common with itself
        swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
        shared = shared.union(*(pieces(text, term.is_beginning) for text in swapped))
    rows = session.rows(
        "SELECT word FROM piece WHERE piece IN (SELECT value FROM json_each(?)) AND length(word) BETWEEN ? AND ? "
        "GROUP BY word ORDER BY count(*) DESC LIMIT ?",
        [orjson.dumps(list(shared)).decode(), len(word) - 2, 99 if term.is_beginning else len(word) + 2, NEIGHBOURS],
    )
    heads: dict[str, list[str]] = {}
    for (known,) in rows:
        for head in {known[: len(word)], known[: len(word) + 1]} if term.is_beginning else {known}:
            heads.setdefault(head, []).append(known)
    close = get_close_matches(word, heads, GUESSES, ALIKE)
    return tuple(dict.fromkeys(chain.from_iterable(heads[head][:GUESSES] for head in close)))


def _is_known(session: Session, word: str, as_beginning: bool) -> bool:
    """True where a word of the record is this one, or begins so."""
    last = word + "\U0010ffff" if as_beginning else word
    sql = "SELECT 1 FROM piece WHERE piece = ' ' || substr(?, 1, 2) AND word BETWEEN ? AND ? LIMIT 1"
    return bool(session.rows(sql, [word, word, last]))


def _hits(
    session: Session, ranked: Sequence[tuple[int, bool]], terms: Sequence[_Term], called: Callable[[Entry], str]
) -> list[Hit]:
    words = list(chain.from_iterable((folded(term.text), *term.meant) for term in terms))
    in_title = dict(ranked)
    return [
        Hit(
            entry.id,
            entry.kind,
            called(entry),
            "" if in_title[number] else _snippet(searchable(entry), words),
            entry.happened.text if entry.happened else "",
        )
        for number, entry in reading.numbered(session, [number for number, _in_title in ranked])
    ]


def _snippet(body: str, words: Sequence[str]) -> str:
    """A stretch of the text around the first word found; "" where only the title holds them."""
    flat = " ".join(body.split())
    lowered = flat.lower()
    places = [place for place in (lowered.find(word) for word in words) if place >= 0]
    if not places:
        return ""
    start, end = max(0, min(places) - AROUND), min(places) + AROUND
    return ("…" if start else "") + flat[start:end] + ("…" if end < len(flat) else "")
