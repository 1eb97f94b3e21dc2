"""What damage to a record's database touches: its pages, and which entries can't be read any more."""

from collections.abc import Sequence

from organizer.store.engine import DatabaseError
from organizer.store.session import Session

Row = tuple[int, str, str]  # number, kind, moment


def unreadable(session: Session) -> list[tuple[str, str]]:
    """Kind and moment of the entries whose own page can't be read. Their titles are lost with it.

    Both stand in an index, which lies on other pages. Nothing is named where that is damaged too.
    """
    try:
        with session.worker() as worker:
            rows = worker.conn.execute(
                "SELECT entry_row.number, text, moment FROM entry_row INDEXED BY entry_list "
                "JOIN term ON term.number = kind_term"
            ).fetchall()
    except DatabaseError:
        return []
    return [(kind, moment) for _number, kind, moment in _unreadable(session, sorted(rows))]


def _unreadable(session: Session, rows: Sequence[Row]) -> list[Row]:
    """Halve what can't be read until single entries are left; an error ends a connection, so each try has its own."""
    if not rows or _can_read(session, rows[0][0], rows[-1][0]):
        return []
    if len(rows) == 1:
        return list(rows)
    middle = len(rows) // 2
    return _unreadable(session, rows[:middle]) + _unreadable(session, rows[middle:])


def _can_read(session: Session, first: int, last: int) -> bool:
    try:
        with session.worker() as worker:
            worker.conn.execute(
                "SELECT sum(length(title) + length(data)) FROM entry_row WHERE number BETWEEN ? AND ?", [first, last]
            ).fetchall()
    except DatabaseError:
        return False
    return True
