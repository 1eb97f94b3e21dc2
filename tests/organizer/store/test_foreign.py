"""A database of another program is read as rows of plain tables; what a hostile one would have run is never run."""

import sqlite3
import struct

import pytest

from organizer.store import foreign

WANTED = {"weights": ["number", "name"]}


def database(folder, columns="number integer, name text", rows=((1, "Ann"),)):
    """The bytes of a database with one table."""
    path = folder / "made.db"
    made = sqlite3.connect(path)
    made.execute(f"create table weights ({columns})")
    made.executemany("insert into weights (number) values (?)", [row[:1] for row in rows])
    made.commit()
    made.close()
    return path.read_bytes()


def test_rows_are_read_and_a_column_that_is_not_there_is_none(tmp_path):
    assert foreign.rows_of(database(tmp_path, "number integer"), WANTED) == {"weights": [[1, None]]}


@pytest.mark.parametrize("expression", ["zeroblob(900000000)", "hex(zeroblob(1000))"])
def test_a_column_that_the_file_would_have_computed_is_not(tmp_path, expression):
    data = database(tmp_path, f"number integer, name text generated always as ({expression}) virtual")
    assert len(data) < 20_000
    assert foreign.rows_of(data, WANTED) == {"weights": [[1, None]]}


def test_a_value_larger_than_any_reading_is_refused(tmp_path):
    for length, is_read in (((1 << 20) - 10, True), ((1 << 20) + 1, False)):
        path = tmp_path / f"{length}.db"
        made = sqlite3.connect(path)
        made.execute("create table weights (number, name)")
        made.execute("insert into weights values (1, ?)", ["x" * length])
        made.commit()
        made.close()
        if is_read:
            assert len(foreign.rows_of(path.read_bytes(), WANTED)["weights"][0][1]) == length
        else:
            with pytest.raises(foreign.NoDatabaseError):
                foreign.rows_of(path.read_bytes(), WANTED)


def test_pages_that_stand_in_many_places_make_no_rows_without_end(tmp_path):
    """Three pages whose pointers all lead to the next one: 300 × 300 × 100 rows in twelve kilobytes."""
    path = tmp_path / "made.db"
    made = sqlite3.connect(path)
    made.execute("create table weights (number integer, name text)")
    made.executemany("insert into weights (number) values (?)", [[number] for number in range(100)])
    made.commit()
    made.close()
    data = bytearray(path.read_bytes())
    size = 4096
    leaf = data[size : 2 * size]
    data[size : 2 * size] = inner_page(3, size)
    data += inner_page(4, size) + leaf
    data[28:32] = struct.pack(">I", len(data) // size)
    with pytest.raises(foreign.NoDatabaseError):
        foreign.rows_of(bytes(data), WANTED)


def inner_page(child, size, cells=300):
    """An inner page of a table (sqlite.org/fileformat.html, 1.6) whose cells all name one page."""
    start = size - 5 * cells
    pointers = b"".join(struct.pack(">H", start + 5 * place) for place in range(cells))
    head = struct.pack(">BHHHBI", 5, 0, cells, start, 0, child)
    page = head + pointers
    return page + bytes(start - len(page)) + (struct.pack(">I", child) + b"\x01") * cells


def test_what_is_no_database_is_refused():
    with pytest.raises(foreign.NoDatabaseError):
        foreign.rows_of(b"SQLite format 3\0" + bytes(100), WANTED)


@pytest.mark.parametrize(("rows", "is_read"), [(3, True), (4, False)])
def test_a_table_has_no_more_rows_than_its_file_has_room_for(rows, is_read):
    made = sqlite3.connect(":memory:")
    made.execute("create table weights (number)")
    made.executemany("insert into weights values (?)", [[number] for number in range(rows)])
    if is_read:
        assert len(foreign._rows(made, "weights", ["number"], {"number"}, 3)) == rows
    else:
        with pytest.raises(foreign.NoDatabaseError):
            foreign._rows(made, "weights", ["number"], {"number"}, 3)
    made.close()
