"""A big import writes its indexes at the end, sorted, instead of a million times somewhere in their middle; so does its
undoing."""

from types import TracebackType
from typing import Any

from organizer.store.engine import CACHE_KIB
from organizer.store.rows import Met

BIG = 3_000  # entries from which it pays
# Those that hold most of a million results; to make the others anew would read every entry for a few.
LARGE = '["entry_list", "entry_series", "entry_wording", "source_identifier"]'
MOST_MET = 50_000  # wordings and words whose numbers are kept at hand
BIG_CACHE_KIB = 262_144  # pages that don't fit are encrypted and written twice


class Bulk:
    """Around a transaction that may become big; `expect` says how it goes on, `finish` that it is at its end.

    `met` is what it has looked up, as long as it takes none away.
    """

    def __init__(self, conn: Any) -> None:
        self._conn = conn
        self.met = Met()
        self._aside: list[str] = []
        self._is_big = False

    def __enter__(self) -> "Bulk":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        if self._is_big:
            self._conn.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            self._conn.execute("PRAGMA shrink_memory")

    def expect(self, done: int, held: int, only_new: bool) -> None:
        """More is about to be written, after `done` entries into a record that held so many before.

        Where the new outnumber the old the large indexes of entries and sources are set aside; what changes an entry
        that is there needs them, and brings them back.
        """
        self.grow(done)
        if not only_new or len(self.met.texts) + len(self.met.terms) > MOST_MET:
            self.met = Met()
        if not only_new:
            self.finish()
        elif done >= max(BIG, held) and not self._aside:
            self._set_aside()

    def expect_less(self, going: int) -> None:
        """So many entries are about to be taken away: where fewer stay, the large indexes are made anew of those."""
        self.grow(going)
        if going >= BIG:
            (there,) = self._conn.execute("SELECT sum(count) FROM tally WHERE kind <> ''").fetchone()
            if going >= there - going:
                self._set_aside()

    def grow(self, done: int) -> None:
        """`done` entries are written or taken away: from many on, more pages are held in memory."""
        if done >= BIG and not self._is_big:
            self._is_big = True
            self._conn.execute(f"PRAGMA cache_size = -{BIG_CACHE_KIB}")

    def _set_aside(self) -> None:
        rows = self._conn.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND name IN (SELECT value FROM json_each(?))",
            [LARGE],
        ).fetchall()
        for name, sql in rows:
            self._conn.execute(f'DROP INDEX "{name}"')
            self._aside.append(sql)

    def finish(self) -> None:
        """Make the indexes anew that were set aside."""
        for sql in self._aside:
            self._conn.execute(sql)
        self._aside.clear()
