"""Columns of a plain copy have the type of all their values, and no number is lost by it."""

import sqlite3

import pytest

from organizer.store.plain_copy import write_plain


@pytest.mark.parametrize(
    ("values", "type_", "stored"),
    [
        ([True, 7], "INTEGER", [1, 7]), ([True, False], "INTEGER", [1, 0]), ([True, 7, 1.5], "REAL", [1.0, 7.0, 1.5]),
        ([1.5, None], "REAL", [1.5, None]), ([7, "seven"], "TEXT", ["7", "seven"]),
        ([None, None], "TEXT", [None, None]),
    ],
)  # fmt: skip
def test_a_column_is_of_the_narrowest_type_that_holds_all_its_values(tmp_path, values, type_, stored):
    rows = [{"id": str(number), "value": value} for number, value in enumerate(values)]
    write_plain(tmp_path / "plain.db", {"Goal": lambda: rows})
    connection = sqlite3.connect(tmp_path / "plain.db")
    types = {name: kind for _place, name, kind, *_more in connection.execute("pragma table_info(Goal)")}
    read = [value for (value,) in connection.execute("select value from Goal order by id")]
    connection.close()
    # sqlite-utils calls its columns of decimals FLOAT, which SQLite stores as REAL
    assert types["value"].replace("FLOAT", "REAL") == type_
    assert read == stored


def test_whoever_watches_hears_of_each_thousand_rows_and_may_end_it(tmp_path):
    steps = []
    rows = [{"id": str(number)} for number in range(2_001)]
    write_plain(tmp_path / "plain.db", {"Goal": lambda: rows}, steps.append)
    assert steps[-3:] == [0, 1_000, 2_000]
