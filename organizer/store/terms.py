"""Words that many entries share, kept once: whose an entry is, its kind, codes, unit and measure
stand as numbers in its row.

A reading of a device is otherwise four times as long as what it says. The view `entry` shows the words; a statement
that chooses entries by one of them asks for its number, so that the indexes serve.
"""

from collections.abc import Iterable
from typing import Any, Final

import orjson

OBSERVATION: Final = 1
"""The number of the word `Observation`: indexes are for those alone, or for all others."""
NUMBERED: Final = "(SELECT number FROM term WHERE text = ?)"
"""The number of the word that is asked for."""
ANY_NUMBERED: Final = "(SELECT number FROM term WHERE text IN (SELECT value FROM json_each(?)))"
"""The numbers of a JSON list of words."""
_COLUMNS = ("person_term", "kind_term", "code_term", "codes_term", "unit_term", "measure_term")
_USED = " UNION ".join(
    [*(f"SELECT {column} FROM entry_row" for column in _COLUMNS), "SELECT recorded_term FROM source"]  # noqa: S608
)


def numbered(conn: Any, words: Iterable[str], met: dict[str, int]) -> dict[str, int]:
    """The number of each word; those that are new get one. Must run within a transaction.

    `met` are words with their numbers that the same transaction has looked up before; it gets these, and is the answer.
    """
    wanted = set(words) - met.keys()
    if wanted:
        met |= _known(conn, wanted)
        fresh = wanted - met.keys()
        conn.executemany("INSERT INTO term (text) VALUES (?)", [(word,) for word in sorted(fresh)])
        met |= _known(conn, fresh) if fresh else {}
    return met


def _known(conn: Any, words: set[str]) -> dict[str, int]:
    listed = orjson.dumps(list(words)).decode()
    sql = "SELECT text, number FROM term WHERE text IN (SELECT value FROM json_each(?))"
    return dict(conn.execute(sql, [listed]).fetchall())


def forget_unused(conn: Any) -> None:
    """Take out the words that no entry has any more: after erasing for good, with nothing undone."""
    conn.execute(f"DELETE FROM term WHERE number <> {OBSERVATION} AND number NOT IN ({_USED})")  # noqa: S608
