"""Databases of other programs (a phone's export, SQLite), read in memory: rows of their plain tables and nothing else.

Nothing that such a file brings is run: no view, trigger, virtual table or generated column is touched (an expression of
the file's would make each of its values), the connection may only read, and no value may be larger than any that such
programs write (sqlite.org/security.html, “Untrusted SQLite Database Files”).
"""

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

HEAD = b"SQLite format 3\0"
_WRITE_VERSION, _READ_VERSION, _ROLLBACK = 18, 19, 1
"""Bytes of the head; 2 stands for a write-ahead log, which a copy in memory can't have (sqlite.org/fileformat.html,
1.3.3)."""
_LONGEST = 1 << 20
"""Bytes of a value or row; sqlite.org/limits.html, “Maximum length of a string or BLOB”."""
_SHORTEST = 4
"""Bytes that a row takes at least: its pointer, its length and its number (sqlite.org/fileformat.html, 1.6)."""
_PLAIN = 0
"""What `table_xinfo` says under `hidden` of a column whose values are stored: generated ones have 2 or 3
(sqlite.org/pragma.html#pragma_table_xinfo)."""
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION})

Rows = list[list[Any]]


class NoDatabaseError(ValueError):
    """The bytes are no database, or a damaged one."""


def rows_of(data: bytes, wanted: Mapping[str, Sequence[str]]) -> dict[str, Rows]:
    """Of each wanted table (name → columns) that is there its rows; a column that it hasn't is None in each.

    Bytes come as hexadecimal digits. Raises NoDatabaseError.
    """
    copy = bytearray(data)
    copy[_WRITE_VERSION : _READ_VERSION + 1] = bytes([_ROLLBACK, _ROLLBACK])
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(bytes(copy))
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        connection.execute("pragma trusted_schema = off")
        connection.execute("pragma query_only = on")
        there = {
            str(name)
            for name, made in connection.execute("select name, sql from sqlite_master where type = 'table'")
            if not str(made).upper().startswith("CREATE VIRTUAL")
        }
        columns = {name: _columns(connection, name) for name in wanted if name in there}
        connection.set_authorizer(_only_reading)
        most = len(data) // _SHORTEST
        return {name: _rows(connection, name, wanted[name], present, most) for name, present in columns.items()}
    except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
        raise NoDatabaseError from error
    finally:
        connection.close()


def _only_reading(action: int, *_of: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    rows = connection.execute(f'pragma table_xinfo("{table}")')
    return {str(name) for _place, name, _type, _must, _default, _key, hidden in rows if hidden == _PLAIN}


def _rows(connection: sqlite3.Connection, table: str, wanted: Sequence[str], there: set[str], most: int) -> Rows:
    """The names are the caller's own, none of the file's. Raises NoDatabaseError for more rows than the file has room
    for: pages of it stand in several places, which makes rows without end."""
    listed = ", ".join(f'"{name}"' if name in there else "null" for name in wanted)
    rows = connection.execute(f'select {listed} from "{table}"')  # noqa: S608 - see above
    values = [[value.hex() if isinstance(value, bytes) else value for value in row] for row in islice(rows, most + 1)]
    if len(values) > most:
        raise NoDatabaseError
    return values
