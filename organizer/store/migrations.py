"""The schema, step by step: append-only. Each function is one change, applied once and in order."""

from typing import Any

import orjson

from organizer.base.dates import PartialDate
from organizer.model.entry import Coding, Entry
from organizer.store import series_keys, wordings
from organizer.store.engine import Migrations, Tables
from organizer.store.packed import packed

MIGRATIONS = Migrations("casebook")

APPLICATION_ID = 0x43424B31  # "CBK1" in the database header tells a record from any other SQLite file


@MIGRATIONS()
def m001_entries(db: Tables) -> None:
    """Entries with their sources and links."""
    db.execute(
        """CREATE TABLE entry (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            person TEXT NOT NULL,
            kind TEXT NOT NULL,
            title TEXT NOT NULL,
            code TEXT NOT NULL,
            codes TEXT NOT NULL,
            happened TEXT,
            moment TEXT NOT NULL,
            ended TEXT,
            value REAL,
            value_text TEXT NOT NULL,
            comparator TEXT NOT NULL,
            unit TEXT NOT NULL,
            status TEXT NOT NULL,
            struck INTEGER NOT NULL,
            data TEXT NOT NULL
        )"""
    )
    db.execute("CREATE INDEX entry_list ON entry (kind, person, moment)")
    db.execute("CREATE INDEX entry_time ON entry (person, moment)")
    db.execute("CREATE INDEX entry_series ON entry (code, person, moment)")
    db.execute(
        """CREATE TABLE source (
            entry TEXT NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            original INTEGER REFERENCES original (number),
            locator TEXT NOT NULL,
            identifier TEXT NOT NULL,
            version TEXT NOT NULL,
            recorded_by TEXT NOT NULL,
            recorded_at TEXT NOT NULL,
            PRIMARY KEY (entry, place)
        ) WITHOUT ROWID"""
    )
    db.execute("CREATE INDEX source_identifier ON source (identifier) WHERE identifier <> ''")
    db.execute("CREATE INDEX source_original ON source (original)")
    db.execute(
        """CREATE TABLE link (
            entry TEXT NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            role TEXT NOT NULL,
            target TEXT NOT NULL,
            PRIMARY KEY (entry, place)
        ) WITHOUT ROWID"""
    )
    db.execute("CREATE INDEX link_target ON link (target, role)")
    _parts_of_panels(db)


def _parts_of_panels(db: Tables) -> None:
    db.execute(
        """CREATE TABLE part (
            entry INTEGER NOT NULL REFERENCES entry (number) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            measure TEXT NOT NULL,
            title TEXT NOT NULL,
            unit TEXT NOT NULL,
            PRIMARY KEY (entry, place)
        ) WITHOUT ROWID"""
    )
    db.execute("CREATE INDEX part_measure ON part (measure)")
    db.execute(
        """CREATE VIEW measured AS
        SELECT number, id, person, moment, struck, title, unit, json_extract(data, '$.category') AS category,
               CASE WHEN code = '' THEN 'title:' || title ELSE code END AS measure, NULL AS part
        FROM entry WHERE kind = 'Observation' AND value_text <> ''
        UNION ALL
        SELECT number, id, person, moment, struck, part.title, part.unit, json_extract(data, '$.category'),
               measure, place
        FROM part JOIN entry ON entry.number = part.entry"""
    )


@MIGRATIONS()
def m002_originals(db: Tables) -> None:
    """What is known of each original; its bytes are a file of their own."""
    db.execute(
        """CREATE TABLE original (
            number INTEGER PRIMARY KEY,
            sha256 TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            media_type TEXT NOT NULL,
            size INTEGER NOT NULL,
            added TEXT NOT NULL
        )"""
    )


@MIGRATIONS()
def m003_change_log(db: Tables) -> None:
    """Operations and, for each entry they touched, the state that isn't in the record now."""
    db.execute(
        """CREATE TABLE operation (
            number INTEGER PRIMARY KEY,
            label TEXT NOT NULL,
            made_at TEXT NOT NULL,
            undone INTEGER NOT NULL DEFAULT 0
        )"""
    )
    db.execute(
        """CREATE TABLE change (
            operation INTEGER NOT NULL REFERENCES operation (number) ON DELETE CASCADE,
            entry TEXT NOT NULL,
            other TEXT,
            PRIMARY KEY (operation, entry)
        ) WITHOUT ROWID"""
    )
    db.execute("CREATE INDEX change_entry ON change (entry)")


@MIGRATIONS()
def m004_search_and_settings(db: Tables) -> None:
    """Full text (its rows are made by change_log from the kinds' declarations) and the record's own settings."""
    db.execute(
        "CREATE VIRTUAL TABLE entry_text USING fts5 (title, body, content='', contentless_delete=1, "
        "tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')"
    )
    db.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")


@MIGRATIONS()
def m005_wordings(db: Tables) -> None:
    """Each distinct wording is indexed once, and words are found mistyped; what is in the record is indexed anew."""
    db.execute("CREATE TABLE wording (number INTEGER PRIMARY KEY, mark INTEGER NOT NULL UNIQUE)")
    db.execute(
        "CREATE VIRTUAL TABLE wording_text USING fts5 (title, body, scope, content='', contentless_delete=1, "
        "tokenize=\"unicode61 remove_diacritics 2\", prefix='1 2 3')"
    )
    db.execute("CREATE TABLE piece (piece TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (piece, word)) WITHOUT ROWID")
    db.execute("ALTER TABLE entry ADD COLUMN wording INTEGER NOT NULL DEFAULT 0")
    _word(db, "1")
    db.execute("CREATE INDEX entry_wording ON entry (wording, moment)")
    db.execute("DROP TABLE entry_text")


@MIGRATIONS()
def m006_a_million(db: Tables) -> None:
    """What a page of a million entries needs: counts kept, indexes that fit, short keys.

    `tally` counts entries by person, kind and measure ("" for what is no number or word measured; the parts of panels
    stand under no kind). What an operation added is a span of numbers, which an entry keeps for good. Sources stand
    under the entry's number.
    """
    db.execute(
        "CREATE TABLE tally (person TEXT NOT NULL, kind TEXT NOT NULL, measure TEXT NOT NULL, count INTEGER NOT NULL, "
        "PRIMARY KEY (person, kind, measure)) WITHOUT ROWID"
    )
    db.execute("ALTER TABLE entry ADD COLUMN measure TEXT NOT NULL DEFAULT ''")
    db.execute(
        "UPDATE entry SET measure = CASE WHEN code = '' THEN 'title:' || title ELSE code END "
        "WHERE kind = 'Observation' AND value_text <> '' AND struck = 0"
    )
    for name in ("entry_series", "entry_time", "entry_list"):
        db.execute(f"DROP INDEX {name}")
    db.execute("CREATE INDEX entry_list ON entry (kind, person, moment)")
    db.execute("CREATE INDEX entry_time ON entry (person, moment) WHERE kind <> 'Observation'")
    db.execute("CREATE INDEX entry_series ON entry (measure, person, moment) WHERE measure <> ''")
    db.execute("INSERT INTO tally SELECT person, kind, measure, count(*) FROM entry GROUP BY 1, 2, 3")
    db.execute(
        "INSERT INTO tally SELECT person, '', part.measure, count(*) FROM part JOIN entry ON number = part.entry "
        "WHERE struck = 0 GROUP BY 1, 3"
    )
    db.execute("DROP VIEW measured")
    db.execute("ALTER TABLE operation ADD COLUMN first INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE operation ADD COLUMN last INTEGER NOT NULL DEFAULT -1")
    db.execute("ALTER TABLE change ADD COLUMN number INTEGER NOT NULL DEFAULT 0")
    _short_sources(db)


@MIGRATIONS()
def m007_diary(db: Tables) -> None:
    """Symptoms and questionnaires by their time, among however many results."""
    db.execute(
        "CREATE INDEX entry_diary ON entry (person, moment) "
        "WHERE kind = 'Observation' AND json_extract(data, '$.category') IN ('symptom', 'survey')"
    )


def _short_sources(db: Tables) -> None:
    db.execute("ALTER TABLE source RENAME TO source_before")
    for name in ("source_identifier", "source_original"):
        db.execute(f"DROP INDEX {name}")
    db.execute(
        """CREATE TABLE source (
            entry INTEGER NOT NULL REFERENCES entry (number) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            original INTEGER REFERENCES original (number),
            locator TEXT NOT NULL,
            identifier TEXT NOT NULL,
            version TEXT NOT NULL,
            recorded_by TEXT NOT NULL,
            recorded_at TEXT NOT NULL,
            PRIMARY KEY (entry, place)
        ) WITHOUT ROWID"""
    )
    db.execute(
        "INSERT INTO source SELECT number, place, original, locator, identifier, version, recorded_by, recorded_at "
        "FROM source_before JOIN entry ON entry.id = source_before.entry ORDER BY number, place"
    )
    db.execute("DROP TABLE source_before")
    db.execute("CREATE INDEX source_identifier ON source (identifier) WHERE identifier <> ''")
    db.execute("CREATE INDEX source_original ON source (original) WHERE original IS NOT NULL")


@MIGRATIONS()
def m008_recognised_pages(db: Tables) -> None:
    """Words that were recognised on the pages of an original, with their places; gone with the original."""
    db.execute(
        """CREATE TABLE IF NOT EXISTS recognised (
            original INTEGER NOT NULL REFERENCES original (number) ON DELETE CASCADE,
            page INTEGER NOT NULL,
            width REAL NOT NULL,
            height REAL NOT NULL,
            words TEXT NOT NULL,
            PRIMARY KEY (original, page)
        ) WITHOUT ROWID"""
    )


@MIGRATIONS()
def m009_found_again(db: Tables) -> None:
    """Entries that search had lost: a change of one took away the words that others shared with it."""
    _word(db, "NOT EXISTS (SELECT 1 FROM wording WHERE wording.number = entry.wording)")


def _word(db: Tables, which: str) -> None:
    """Give entries their wordings, a few thousand at a time."""
    last = 0
    while rows := db.execute(
        "SELECT number, kind, title, person, codes, happened, value, value_text, data FROM entry "  # noqa: S608
        f"WHERE number > ? AND {which} ORDER BY number LIMIT 5000",
        [last],
    ).fetchall():
        last = rows[-1][0]
        numbers = wordings.assign(db.conn, [_worded(row) for row in rows])
        pairs = zip(numbers, (row[0] for row in rows), strict=True)
        db.conn.executemany("UPDATE entry SET wording = ? WHERE number = ?", pairs)


@MIGRATIONS()
def m010_tagged(db: Tables) -> None:
    """The few entries that bear tags, so that neither their list nor a search by one looks at all the others."""
    db.execute(
        "CREATE INDEX IF NOT EXISTS entry_tagged ON entry (person) WHERE json_extract(data, '$.tags') IS NOT NULL"
    )


@MIGRATIONS()
def m011_systems_of_codes(db: Tables) -> None:
    """Series by code and system: `1001` of one laboratory is no longer `1001` of another.

    Their keys are made anew once the schema is the newest: see `migrate`.
    """


@MIGRATIONS()
def m012_read_before(db: Tables) -> None:
    """What a reader made of an original, so that the same file again needn't be read; gone with the original."""
    db.execute(
        """CREATE TABLE IF NOT EXISTS read_before (
            original INTEGER PRIMARY KEY REFERENCES original (number) ON DELETE CASCADE,
            reader TEXT NOT NULL,
            entries INTEGER NOT NULL,
            outcome TEXT NOT NULL
        )"""
    )


@MIGRATIONS()
def m013_packed_readings(db: Tables) -> None:
    """A device's readings of a day are kept packed: a tenth of the room."""
    rows = db.execute(
        "SELECT number, data FROM entry WHERE kind = 'Observation' AND json_extract(data, '$.samples') IS NOT NULL"
    ).fetchall()
    smaller = [(orjson.dumps(packed(orjson.loads(data))).decode(), number) for number, data in rows]
    db.conn.executemany("UPDATE entry SET data = ? WHERE number = ?", smaller)


@MIGRATIONS()
def m014_put_aside(db: Tables) -> None:
    """What undone operations had added, as rows under their numbers; see `added`."""
    db.execute(
        """CREATE TABLE undone_entry (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            person TEXT NOT NULL,
            kind TEXT NOT NULL,
            title TEXT NOT NULL,
            code TEXT NOT NULL,
            codes TEXT NOT NULL,
            happened TEXT,
            moment TEXT NOT NULL,
            ended TEXT,
            value REAL,
            value_text TEXT NOT NULL,
            comparator TEXT NOT NULL,
            unit TEXT NOT NULL,
            status TEXT NOT NULL,
            struck INTEGER NOT NULL,
            data TEXT NOT NULL
        )"""
    )
    db.execute(
        """CREATE TABLE undone_source (
            entry INTEGER NOT NULL,
            place INTEGER NOT NULL,
            original INTEGER REFERENCES original (number),
            locator TEXT NOT NULL,
            identifier TEXT NOT NULL,
            version TEXT NOT NULL,
            recorded_by TEXT NOT NULL,
            recorded_at TEXT NOT NULL,
            PRIMARY KEY (entry, place)
        ) WITHOUT ROWID"""
    )
    db.execute(
        """CREATE TABLE undone_link (
            entry INTEGER NOT NULL,
            place INTEGER NOT NULL,
            role TEXT NOT NULL,
            target TEXT NOT NULL,
            PRIMARY KEY (entry, place)
        ) WITHOUT ROWID"""
    )


@MIGRATIONS()
def m015_short_rows(db: Tables) -> None:
    """Words that many entries share are kept once, in `term`; see `terms`. The view `entry` shows entries in words.

    All tables that lead to entries are made anew, so that none of their rows goes with the old table.
    """
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        db.execute(f'DROP VIEW "{name}"')
    db.execute("DELETE FROM meta WHERE name = 'views'")
    _keep_words_once(db)
    for table in ("source", "link", "part", "undone_source"):
        db.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
    for table in ("undone_entry", "entry"):
        db.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
    _short_entries(db)
    _around_entries(db)
    for table in ("source", "link", "part", "undone_source", "undone_entry", "entry"):
        db.execute(f"DROP TABLE {table}_before")
    _indexes_of_short_rows(db)


def _keep_words_once(db: Tables) -> None:
    db.execute("CREATE TABLE term (number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)")
    db.execute("INSERT INTO term VALUES (1, 'Observation')")  # terms.OBSERVATION: partial indexes name the number
    for table in ("entry", "undone_entry"):
        for column in _KEPT_ONCE:
            db.execute(f"INSERT OR IGNORE INTO term (text) SELECT DISTINCT {column} FROM {table}")  # noqa: S608
    db.execute("INSERT OR IGNORE INTO term (text) SELECT DISTINCT measure FROM entry WHERE measure <> ''")
    for table in ("source", "undone_source"):
        db.execute(f"INSERT OR IGNORE INTO term (text) SELECT DISTINCT recorded_at FROM {table}")  # noqa: S608


_SHORT_ENTRY = """(
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    person_term INTEGER NOT NULL,
    kind_term INTEGER NOT NULL,
    title TEXT NOT NULL,
    code_term INTEGER NOT NULL,
    codes_term INTEGER NOT NULL,
    happened TEXT,
    ended TEXT,
    value REAL,
    value_text TEXT NOT NULL,
    comparator TEXT NOT NULL,
    unit_term INTEGER NOT NULL,
    status TEXT NOT NULL,
    struck INTEGER NOT NULL,
    data TEXT NOT NULL
"""
_KEPT_ONCE = ("person", "kind", "code", "codes", "unit")


def _short_entries(db: Tables) -> None:
    db.execute(
        f"CREATE TABLE entry_row {_SHORT_ENTRY}, wording INTEGER NOT NULL DEFAULT 0, "
        "measure_term INTEGER NOT NULL DEFAULT 0, "
        "moment TEXT GENERATED ALWAYS AS (coalesce(substr(happened, 1, 19), '')) VIRTUAL)"
    )
    db.execute(f"CREATE TABLE undone_entry {_SHORT_ENTRY.replace(' UNIQUE', '')})")
    measure = "CASE WHEN measure = '' THEN 0 ELSE (SELECT term.number FROM term WHERE text = measure) END"
    others = "number, id, title, happened, ended, value, value_text, comparator, status, struck, data"
    terms = ", ".join(f"{column}_term" for column in _KEPT_ONCE)
    number_of = "(SELECT term.number FROM term WHERE text = {0})"
    word_of = "(SELECT text FROM term WHERE term.number = {0}_term) AS {0}"
    numbers, words = (", ".join(map(each.format, _KEPT_ONCE)) for each in (number_of, word_of))
    db.execute(
        f"INSERT INTO entry_row ({others}, {terms}, wording, measure_term) "  # noqa: S608
        f"SELECT {others}, {numbers}, wording, {measure} FROM entry_before ORDER BY number"
    )
    db.execute(f"INSERT INTO undone_entry ({others}, {terms}) SELECT {others}, {numbers} FROM undone_entry_before")  # noqa: S608
    db.execute(
        f"CREATE VIEW entry AS SELECT {others}, {words}, moment, wording, "  # noqa: S608
        "coalesce((SELECT text FROM term WHERE term.number = measure_term), '') AS measure, "
        f"{terms}, measure_term FROM entry_row"
    )


def _around_entries(db: Tables) -> None:
    source = (
        "place INTEGER NOT NULL, original INTEGER REFERENCES original (number), locator TEXT NOT NULL, "
        "identifier TEXT NOT NULL, version TEXT NOT NULL, recorded_by TEXT NOT NULL, "
        "recorded_term INTEGER NOT NULL, PRIMARY KEY (entry, place)) WITHOUT ROWID"
    )
    by_number = "entry INTEGER NOT NULL REFERENCES entry_row (number) ON DELETE CASCADE"
    db.execute(f"CREATE TABLE source ({by_number}, {source}")
    db.execute(f"CREATE TABLE undone_source (entry INTEGER NOT NULL, {source}")
    for table in ("source", "undone_source"):
        db.execute(
            f"INSERT INTO {table} SELECT entry, place, original, locator, identifier, version, recorded_by, "  # noqa: S608
            f"(SELECT number FROM term WHERE text = recorded_at) FROM {table}_before"
        )
    db.execute(
        "CREATE TABLE link (entry TEXT NOT NULL REFERENCES entry_row (id) ON DELETE CASCADE, place INTEGER NOT NULL, "
        "role TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (entry, place)) WITHOUT ROWID"
    )
    db.execute("INSERT INTO link SELECT * FROM link_before")
    db.execute(
        f"CREATE TABLE part ({by_number}, place INTEGER NOT NULL, measure TEXT NOT NULL, title TEXT NOT NULL, "
        "unit TEXT NOT NULL, PRIMARY KEY (entry, place)) WITHOUT ROWID"
    )
    db.execute("INSERT INTO part SELECT * FROM part_before")


def _indexes_of_short_rows(db: Tables) -> None:
    db.execute("CREATE INDEX entry_list ON entry_row (kind_term, person_term, moment)")
    db.execute("CREATE INDEX entry_time ON entry_row (person_term, moment) WHERE kind_term <> 1")
    db.execute("CREATE INDEX entry_series ON entry_row (measure_term, person_term, moment) WHERE measure_term <> 0")
    db.execute("CREATE INDEX entry_wording ON entry_row (wording, moment)")
    db.execute(
        "CREATE INDEX entry_diary ON entry_row (person_term, moment) "
        "WHERE json_extract(data, '$.category') IN ('symptom', 'survey')"
    )
    db.execute("CREATE INDEX entry_tagged ON entry_row (person_term) WHERE json_extract(data, '$.tags') IS NOT NULL")
    db.execute("CREATE INDEX source_identifier ON source (identifier) WHERE identifier <> ''")
    db.execute("CREATE INDEX source_original ON source (original) WHERE original IS NOT NULL")
    db.execute("CREATE INDEX link_target ON link (target, role)")
    db.execute("CREATE INDEX part_measure ON part (measure)")


def _worded(row: tuple[Any, ...]) -> Entry:
    """As much of an entry as its wording is made of."""
    _number, kind, title, person, codes, happened, value, value_text, data = row
    return Entry(
        kind,
        title,
        person=person,
        codes=tuple(Coding(*code) for code in orjson.loads(codes)),
        happened=PartialDate(happened) if happened else None,
        value=value,
        value_text=value_text,
        data=orjson.loads(data),
    )


def pending(db: Tables) -> bool:
    """True where the record was written with an older schema, or its series under another table of code systems."""
    return bool(MIGRATIONS.pending(db)) or series_keys.stale(db)


def migrate(db: Tables) -> None:
    """Bring the schema to the newest step; a no-op where it is there already."""
    if pending(db):
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        MIGRATIONS.apply(db)
        if series_keys.stale(db):
            with db.atomic():
                series_keys.renew(db)
