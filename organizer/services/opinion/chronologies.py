"""The chronology of a person: as PDF with its exhibits, or as a table for a spreadsheet."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.exporting.chronology import as_csv, as_xlsx
from organizer.health.opinion.chronology import COUNTED, Chronology, chronology
from organizer.model.entry import Entry
from organizer.model.ids import PersonId, Sha256
from organizer.packet.facts import LeftOut
from organizer.packet.packet_input import PacketChoice, PacketInput
from organizer.packet.sensitive import matters, matters_of
from organizer.services.entries import documents
from organizer.services.opinion import key_images, letters
from organizer.services.opinion.leaving_out import MatterInfo, Sifted, matters_among, matters_named, sift
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store.entries import Query


@dataclass(frozen=True, slots=True)
class ChronologyWish:
    """`since` and `until` are partial dates, both inclusive; `comments` adds the person's own in their own column.

    `counsel` says “for discussion with counsel” on the first page; `size` is letter or a4; `prefix` names
    the exhibits' pages (`MARSH 000031`); `looked_at` are files that can't be searched and may be printed all the same;
    `tick` the ids of the sensitive matters that may be told.
    """

    since: str = ""
    until: str = ""
    comments: bool = False
    counsel: bool = False
    size: str = "letter"
    prefix: str = ""
    looked_at: tuple[str, ...] = ()
    tick: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ChronologyResult:
    """What was written: how many lines with a source, how many gaps of thirty days or more, what is left out, black or
    held back, and which sensitive matters its lines tell of because they are ticked (their plain words)."""

    out: Path
    events: int
    gaps: int
    left_out: tuple[LeftOut, ...] = ()
    sensitive: tuple[str, ...] = ()

    @property
    def warning(self) -> str:
        """A sentence to be said before it is given away; "" where its lines tell of nothing sensitive."""
        if not self.sensitive:
            return ""
        words = _("Its lines tell of: {matters}. Look through it before you give it to somebody.")
        return words.format(matters=", ".join(self.sensitive))

    def as_json(self) -> dict[str, Any]:
        """The answer of `chronology --json`."""
        return asdict(self) | {"out": str(self.out)}


def of_person(record: Record, person: PersonId, wish: ChronologyWish) -> Chronology:
    """The chronology as data."""
    return _made(record, person, wish)[0]


def matters_of_person(record: Record, person: PersonId) -> list[MatterInfo]:
    """The sensitive matters of which its lines and exhibits could tell; each is off until it is ticked."""
    return matters_among(_entries(record, person))


def _entries(record: Record, person: PersonId) -> list[Entry]:
    """What happened, what was asked for, and which pictures are of an insurance card."""
    return reading.find(record, Query(kinds=(*COUNTED, "Task", "Coverage"), person=person, order="happened"))


def _made(record: Record, person: PersonId, wish: ChronologyWish) -> tuple[Chronology, Sifted]:
    """The chronology, and what of its period is kept back."""
    entries = _entries(record, person)
    sifted = sift(entries, wish.tick)
    hidden = {entry.id for entry in entries}.difference(entry.id for entry in sifted.entries)
    whose = reading.get(record, person)
    day = records.as_of(record)
    in_order = chronology(entries, day, wish.since, wish.until, person=whose, held_back=frozenset(hidden))
    return in_order, sifted


def write(record: Record, person: PersonId, wish: ChronologyWish, out: Path, progress: Progress) -> ChronologyResult:
    """Write it; the ending of `out` (.pdf, .xlsx, .csv) says in which form.

    Raises OrganizerError for another ending, an unknown matter or a place that can't be written, DiskFullError,
    Cancelled.
    """
    tables: dict[str, Callable[[Chronology, bool], bytes]] = {".csv": as_csv, ".xlsx": as_xlsx}
    ending = out.suffix.casefold()
    if ending not in (*tables, ".pdf"):
        raise OrganizerError(
            _("A chronology can’t be written as “{name}”.").format(name=out.name), _("End it in .pdf, .xlsx or .csv.")
        )
    matters_named(wish.tick)
    chronology, sifted = _made(record, person, wish)
    progress.report(_("Writing the chronology"))
    table = tables.get(ending)
    data, left_out = (
        (table(chronology, wish.comments), ()) if table else _pdf(record, person, wish, chronology, progress)
    )
    letters.save_bytes(data, out)
    kept_back = sifted.in_words() if chronology.is_shortened else ()
    left_out = (*kept_back, *left_out)
    return ChronologyResult(out, len(chronology.rows), len(chronology.gaps), left_out, _sensitive(chronology))


def _sensitive(chronology: Chronology) -> tuple[str, ...]:
    """The sensitive matters that the lines tell of, since they are ticked."""
    entries = chain.from_iterable(row.entries for row in chronology.rows)
    named = set(chain.from_iterable(map(matters_of, entries)))
    return tuple(_(matter.title) for matter in matters() if matter.id in named)


def _pdf(
    record: Record, person: PersonId, wish: ChronologyWish, chronology: Chronology, progress: Progress
) -> tuple[bytes, tuple[LeftOut, ...]]:
    from organizer.packet.sheets.chronology import ChronologyPaper, chronology_pdf

    rows = list(chain.from_iterable(row.entries for row in chronology.rows))
    shown = key_images.chosen(record, rows, progress)
    packet = PacketInput(
        person=reading.get(record, person),
        as_of=records.as_of(record),
        case=None,
        questions=(),
        entries=tuple(rows),
        plans=(),
        series=(),
        read_original=lambda sha256: shown.original_file(record, Sha256(sha256)),
        key_images=shown.documents,
        choice=PacketChoice(
            person,
            page_size=wish.size,
            tick_sensitive=wish.tick,
            looked_at=documents.named(record, person, wish.looked_at),
        ),
    )
    return chronology_pdf(ChronologyPaper(chronology, packet, wish.comments, wish.counsel, wish.prefix), progress)
