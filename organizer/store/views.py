"""One SQL view a kind, made from its declaration, so that the record reads well in any SQLite tool."""

import hashlib

from organizer.model.kind import COLUMNS, Kind
from organizer.model.kinds import KINDS
from organizer.store.engine import Tables


def make_views(db: Tables) -> None:
    """Make or renew the views where a declaration changed since the record was last opened."""
    statements = [_statement(kind) for kind in KINDS]
    mark = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    row = db.execute("SELECT value FROM meta WHERE name = 'views'").fetchone()
    if row and row[0] == mark:
        return
    with db.atomic():
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view' AND name <> 'entry'").fetchall():
            db.execute(f'DROP VIEW "{name}"')
        for statement in statements:
            db.execute(statement)
        db.execute("REPLACE INTO meta VALUES ('views', ?)", [mark])


def _statement(kind: Kind) -> str:
    columns = ["id", "person", "code"]
    for field in kind.fields:
        source = field.name if field.name in COLUMNS else f"json_extract(data, '$.{field.name}')"
        columns.append(f'{source} AS "{field.name}"')
    if not kind.field("value_text"):
        columns.append("value")
    # The names come from declarations in this program, never from a record.
    return (
        f'CREATE VIEW "{kind.name}" AS SELECT {", ".join(columns)} FROM entry '  # noqa: S608
        f"WHERE kind_term = (SELECT number FROM term WHERE text = '{kind.name}')"
    )
