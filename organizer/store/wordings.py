"""The words by which entries are found: what many entries share (a measure's name) is indexed once for all of them.

A wording is the title and searchable text of one person's entries of one kind and year. Its number begins with the
year, so that the full-text index gives the latest first without sorting, and a time span is a span of numbers.
Beside it stand the distinct words in pieces of three letters, by which a mistyped word finds its neighbours.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from itertools import chain, product
from typing import Any

import orjson

from organizer.model.entry import Entry
from organizer.model.ids import NOBODY, PersonId
from organizer.model.kind import FieldType
from organizer.model.kinds import find_kind

WORD = re.compile(r"\w+", re.UNICODE)
A_YEAR = 1 << 32  # numbers of wordings that one year has room for
SHORTEST, LONGEST = 3, 32  # letters of a word that can be found mistyped

Text = tuple[PersonId, str, int, str, str]  # person, kind, year, title, body

_LISTED = "(SELECT value FROM json_each(?))"
_INSERT = "INSERT INTO wording_text (rowid, title, body, scope) VALUES (?, ?, ?, ?)"


def searchable(entry: Entry) -> str:
    """The text by which an entry is found, beside its title: the fields that its kind declares searchable."""
    data = entry.data
    parts = [entry.value_text] if entry.value is None and entry.value_text else []
    for name, is_list in _searchable_fields(entry.kind):
        value = data.get(name)
        if not value:
            continue
        if is_list and isinstance(value, list):
            parts.extend(str(item) for item in value)
        else:
            parts.append(str(value))
    parts += [code.code for code in entry.codes]
    return "\n".join(parts)


@cache
def _searchable_fields(kind: str) -> tuple[tuple[str, bool], ...]:
    lists = (FieldType.TABLE, FieldType.LINES)
    return tuple((field.name, field.type in lists) for field in find_kind(kind).fields if field.searchable)


def scope(person: PersonId = NOBODY, kind: str = "") -> str:
    """The words of the index's third column, by which a search keeps to a person or a kind."""
    owner = f"p{blake2b(person.encode(), digest_size=8).hexdigest()}" if person else ""
    return f"{owner} {kind.lower()}".strip()


def number_span(since: str, until: str) -> tuple[int, int]:
    """The lowest and the highest number of wordings between two partial dates, both inclusive ("" is open)."""
    return int(since[:4] or 0) * A_YEAR, (int(until[:4] or 9999) + 1) * A_YEAR - 1


def assign(conn: Any, entries: Sequence[Entry], met: dict[Text, int] | None = None) -> list[int]:
    """The number of each entry's wording; those that are new are indexed. Must run within a transaction.

    `met` are wordings with their numbers that the same transaction has looked up before, and gets those of these.
    """
    texts = [(entry.person, entry.kind, _year(entry), entry.title, searchable(entry)) for entry in entries]
    met = {} if met is None else met
    marks = {text: _mark(text) for text in dict.fromkeys(texts) if text not in met}
    if marks:
        _look_up(conn, marks, met)
    return [met[text] for text in texts]


def _look_up(conn: Any, marks: Mapping[Text, int], met: dict[Text, int]) -> None:
    known = dict(
        conn.execute(
            f"SELECT mark, number FROM wording WHERE mark IN {_LISTED}",  # noqa: S608 - constant
            [orjson.dumps(list(marks.values())).decode()],
        ).fetchall()
    )
    fresh = {mark: text for text, mark in marks.items() if mark not in known}
    if fresh:
        known |= _index(conn, fresh)
    met.update((text, known[mark]) for text, mark in marks.items())


def _year(entry: Entry) -> int:
    return int(entry.happened.text[:4]) if entry.happened else 0


def _mark(text: Text) -> int:
    """A number that stands for a wording: 64 bits of its hash."""
    data = "\0".join(map(str, text)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)


def _index(conn: Any, fresh: dict[int, Text]) -> dict[int, int]:
    """Write new wordings in the order of their numbers, as the full-text index wants them; gives mark → number."""
    following: dict[int, int] = {}
    for year in {text[2] for text in fresh.values()}:
        top = conn.execute(
            "SELECT max(number) FROM wording WHERE number BETWEEN ? AND ?", [year * A_YEAR, (year + 1) * A_YEAR - 1]
        ).fetchone()[0]
        following[year] = (top or year * A_YEAR) + 1
    numbered = []
    for mark, text in fresh.items():
        numbered.append((following[text[2]], mark, text))
        following[text[2]] += 1
    numbered.sort()
    conn.executemany("INSERT INTO wording VALUES (?, ?)", [(number, mark) for number, mark, _text in numbered])
    conn.executemany(
        _INSERT,
        [(number, title, body, scope(who, kind)) for number, _mark, (who, kind, _y, title, body) in numbered],
    )
    _learn(conn, chain.from_iterable(text[3:] for text in fresh.values()))
    return {mark: number for number, mark, _text in numbered}


def forget(conn: Any, numbers: Iterable[int]) -> None:
    """Take wordings out of the index that no entry has any more. Must run within a transaction."""
    rows = conn.execute(
        "SELECT asked.value FROM json_each(?) AS asked "  # named, for entries have a `value` of their own
        "WHERE NOT EXISTS (SELECT 1 FROM entry_row WHERE wording = asked.value)",
        [orjson.dumps(list(set(numbers))).decode()],
    ).fetchall()
    listed = orjson.dumps([row[0] for row in rows]).decode()
    conn.execute(f"DELETE FROM wording_text WHERE rowid IN {_LISTED}", [listed])  # noqa: S608 - constant
    conn.execute(f"DELETE FROM wording WHERE number IN {_LISTED}", [listed])  # noqa: S608 - constant


def folded(text: str) -> str:
    """In small letters without accents, as the index compares words."""
    if text.isascii():
        return text.lower()
    return "".join(word for word in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(word))


def pieces(word: str, is_beginning: bool = False) -> set[str]:
    """A word in pieces of three letters, its ends marked by a blank."""
    padded = f" {word}" if is_beginning else f" {word} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _learn(conn: Any, texts: Iterable[str]) -> None:
    """Note the words that are new, so that they can be found mistyped."""
    seen = set(chain.from_iterable(WORD.findall(folded(text)) for text in texts))
    words = [word for word in seen if SHORTEST <= len(word) <= LONGEST and not any(map(str.isdigit, word))]
    rows = conn.execute(
        "SELECT value FROM json_each(?) WHERE NOT EXISTS "
        "(SELECT 1 FROM piece WHERE piece = ' ' || substr(value, 1, 2) AND word = value)",
        [orjson.dumps(words).decode()],
    ).fetchall()
    new = chain.from_iterable(product(pieces(word), [word]) for (word,) in rows)
    conn.executemany("INSERT OR IGNORE INTO piece VALUES (?, ?)", list(new))


def unlearn(conn: Any) -> None:
    """Forget the words that the full-text index no longer holds: after erasing for good."""
    conn.execute("CREATE VIRTUAL TABLE temp.indexed USING fts5vocab (main, wording_text, row)")
    conn.execute("DELETE FROM piece WHERE word NOT IN (SELECT term FROM temp.indexed)")
    conn.execute("DROP TABLE temp.indexed")
