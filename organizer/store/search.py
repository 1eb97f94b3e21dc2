"""Full text over titles, notes, values in words and the text of documents."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from organizer.store import entries as reading
from organizer.store.database import Database
from organizer.store.rows import searchable

_WORD = re.compile(r"\w+", re.UNICODE)
AROUND = 60  # characters of a snippet on each side of the first word found


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, and a few words of where."""

    id: str
    kind: str
    title: str
    snippet: str


def search(database: Database, text: str, person: str = "", kinds: Sequence[str] = (), limit: int = 50) -> list[Hit]:
    """Entries that hold all the words (the last one as a beginning; “quoted words” as a phrase), best first.

    A word in the title weighs ten times one in the text. Any text may be asked: nothing of it is syntax.
    """
    query = _query(text)
    if not query:
        return []
    sql = """
        SELECT entry.id FROM entry_text JOIN entry ON entry.number = entry_text.rowid
        WHERE entry_text MATCH ? AND (? = '' OR person = ?)
          AND (? = '[]' OR kind IN (SELECT value FROM json_each(?)))
        ORDER BY bm25(entry_text, 10.0, 1.0), moment DESC LIMIT ?
    """
    listed = orjson.dumps(list(kinds)).decode()
    rows = database.rows(sql, [query, person, person, listed, listed, limit])
    words = [word.casefold() for word in _WORD.findall(text)]
    found = reading.many(database, [row[0] for row in rows])
    return [Hit(entry.id, entry.kind, entry.title, _snippet(searchable(entry), words)) for entry in found]


def _query(text: str) -> str:
    """The FTS5 query of what a person typed, with every word quoted."""
    parts = []
    for place, piece in enumerate(text.split('"')):
        words = _WORD.findall(piece)
        if place % 2:
            parts.append('"' + " ".join(words) + '"' if words else "")
        else:
            parts.extend(f'"{word}"' for word in words)
    parts = [part for part in parts if part]
    if parts and not text.endswith(('"', " ")):
        parts[-1] += "*"
    return " ".join(parts)


def _snippet(body: str, words: Sequence[str]) -> str:
    """A stretch of the text around the first word found; "" where only the title holds them."""
    flat = " ".join(body.split())
    folded = flat.casefold()
    places = [place for place in (folded.find(word) for word in words) if place >= 0]
    if not places:
        return ""
    start, end = max(0, min(places) - AROUND), min(places) + AROUND
    return ("…" if start else "") + flat[start:end] + ("…" if end < len(flat) else "")
