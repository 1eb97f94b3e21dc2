"""Words that were recognised on the pages of originals, with their places. Encrypted with all else in the record."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from organizer.model.ids import PersonId, Sha256

if TYPE_CHECKING:  # the process that reads foreign files knows these pages, and no database
    from organizer.store.session import Session

Placed = tuple[str, float, float, float, float, float]
"""One word: its text, its box (left, top, right, bottom), recognition's confidence (0–100)."""


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """One page: its number from 1, its size and its words, in one unit (points of a PDF, pixels of a picture)."""

    number: int
    width: float
    height: float
    words: tuple[Placed, ...]


def put(session: "Session", sha256: Sha256, page: RecognisedPage) -> None:
    """Keep a page's words, in place of those that an earlier recognition found."""
    with session.write():
        session.conn.execute(
            "INSERT OR REPLACE INTO recognised SELECT number, ?, ?, ?, ? FROM original WHERE sha256 = ?",
            [page.number, page.width, page.height, orjson.dumps(page.words).decode(), sha256],
        )


def pages(session: "Session", sha256: Sha256) -> list[RecognisedPage]:
    """The recognised pages of an original in their order; none where nothing was recognised."""
    rows = session.rows(
        "SELECT page, width, height, words FROM recognised JOIN original ON original.number = recognised.original "
        "WHERE sha256 = ? ORDER BY page",
        [sha256],
    )
    return [
        RecognisedPage(page, width, height, tuple(tuple(word) for word in orjson.loads(words)))
        for page, width, height, words in rows
    ]


def waiting(session: "Session", person: PersonId) -> list[str]:
    """The ids of a person's documents that hold a page without text: pictures and scans, nothing recognised yet."""
    rows = session.rows(
        "SELECT id FROM entry_row WHERE kind_term = (SELECT number FROM term WHERE text = 'DocumentReference') "
        "AND person_term = (SELECT number FROM term WHERE text = ?) AND data ->> '$.file' <> '' "
        "AND data ->> '$.recognised_texts' IS NULL "
        "AND (data ->> '$.media_type' LIKE 'image/%' "
        "OR EXISTS (SELECT 1 FROM json_each(data, '$.page_texts') WHERE value = '')) ORDER BY moment DESC, number DESC",
        [person],
    )
    return [row[0] for row in rows]
