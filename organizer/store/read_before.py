"""What was made of an original when it was read, for the same file again. Encrypted with all else in the record."""

from typing import Any

import orjson

from organizer.model.ids import Sha256
from organizer.store.session import Session


def remember(session: Session, sha256: Sha256, reader: str, outcome: dict[str, Any]) -> None:
    """Keep what that `reader` (its version) made of an original; nothing where the record doesn't hold the original."""
    with session.write():
        session.conn.execute(
            "INSERT OR REPLACE INTO read_before SELECT number, ?, "
            "(SELECT COUNT(DISTINCT entry) FROM source WHERE source.original = original.number), ? "
            "FROM original WHERE sha256 = ?",
            [reader, orjson.dumps(outcome).decode(), sha256],
        )


def may_know(session: Session, size: int) -> bool:
    """Whether a file of so many bytes was kept before; always where its size (0) isn't known."""
    return not size or bool(session.rows("SELECT 1 FROM original WHERE size = ? LIMIT 1", [size]))


def recall(session: Session, sha256: Sha256, reader: str) -> dict[str, Any] | None:
    """What the same reader made of it; None where it never read it, or where not all that it gave is in the record."""
    rows = session.rows(
        "SELECT outcome FROM read_before JOIN original ON original.number = read_before.original "
        "WHERE sha256 = ? AND reader = ? AND entries > 0 "
        "AND entries = (SELECT COUNT(DISTINCT entry) FROM source WHERE source.original = original.number)",
        [sha256, reader],
    )
    return dict(orjson.loads(rows[0][0])) if rows else None
