"""The packet's promise kept in one place: what is printed of the record cites its page or says "patient-reported"."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain

from organizer.base.i18n import _, marked
from organizer.health.titles import plain_title
from organizer.model.entry import Entry

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: exhibit and its page, both from 1.

    `top` is in points from the page's top, `boxes` lie around its words on the stored page; None and () where that
    isn't known.
    """

    exhibit: int
    page: int
    top: float | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkRect:
    """A citation to be made a link. `page` counts front pages from 0, `rect` is in points from bottom left."""

    page: int
    rect: tuple[float, float, float, float]
    place: Place


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A bookmark: its title, the front page it opens (from 0), and its level (0 = top)."""

    title: str
    page: int
    level: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the front matter does not show, and why."""

    what: str
    reason: str


@dataclass(eq=False, slots=True)
class Statement:
    """One printing of a fact: the entries behind it, where they stand, and whether the person alone says so."""

    key: str
    places: tuple[Place, ...]
    ledger: "Ledger"

    @property
    def reported(self) -> bool:
        """True when no original stands behind it."""
        return not self.places


def turned(statement: Statement, pages: int) -> Statement:
    """The same statement cited some pages further on in its exhibit, where the quoted words stand."""
    if not pages or not statement.places:
        return statement
    first = replace(statement.places[0], page=statement.places[0].page + pages, top=None, boxes=())
    return Statement(statement.key, (first,), statement.ledger)


@dataclass(slots=True)
class Ledger:
    """What was really drawn, written down while drawing; the counts of a packet come from here."""

    links: list[LinkRect] = field(default_factory=list)
    outline: dict[str, OutlineItem] = field(default_factory=dict)
    section_pages: dict[str, int] = field(default_factory=dict)
    section_ends: dict[str, int] = field(default_factory=dict)
    _left_out: dict[str, dict[LeftOut, None]] = field(default_factory=dict)
    _section: str = ""
    _printed: dict[str, set[Statement]] = field(default_factory=dict)
    _linked: set[Statement] = field(default_factory=set)
    _reported: set[Statement] = field(default_factory=set)

    def enter(self, section: str) -> None:
        """What is left out from now on is left out by that section, instead of what it left out before."""
        self._section = section
        self._left_out[section] = {}

    def printed(self, statement: Statement) -> None:
        """A line of the record was drawn."""
        self._printed.setdefault(statement.key, set()).add(statement)

    def linked(self, statement: Statement, link: LinkRect) -> None:
        """The line's citation was drawn there."""
        self.links.append(link)
        self._linked.add(statement)

    def reported(self, statement: Statement) -> None:
        """The line's patient-reported chip was drawn."""
        self._reported.add(statement)

    def leave_out(self, what: str, reason: str) -> None:
        """Remember something that is not shown; said twice it counts once."""
        self._left_out.setdefault(self._section, {}).setdefault(LeftOut(what, reason))

    @contextmanager
    def noting_apart(self) -> Iterator[dict[LeftOut, None]]:
        """Gathers what is left out in the block, for whoever will leave it out; no section does yet."""
        before = self._left_out.get(self._section, {})
        gathered: dict[LeftOut, None] = {}
        self._left_out[self._section] = gathered
        try:
            yield gathered
        finally:
            self._left_out[self._section] = before

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """All that isn't shown, in the order of the sections."""
        return tuple(dict.fromkeys(chain.from_iterable(self._left_out.values())))

    @property
    def facts(self) -> int:
        """How many distinct facts with an original behind them were printed."""
        return sum(any(not statement.reported for statement in printings) for printings in self._printed.values())

    @property
    def facts_linked(self) -> int:
        """How many of them carry a link at each of their printings."""
        return sum(
            all(statement in self._linked for statement in printings)
            for printings in self._printed.values()
            if any(not statement.reported for statement in printings)
        )

    @property
    def patient_reported(self) -> int:
        """How many distinct lines say that they are the person's own report, wherever they stand."""
        return sum(
            all(statement in self._reported for statement in printings)
            for printings in self._printed.values()
            if all(statement.reported for statement in printings)
        )

    def cited(self) -> tuple[tuple[Place, int], ...]:
        """Each place with the front pages (from 1) that cite it, in the order of the paper."""
        pairs = {(link.place, link.page + 1): None for link in self.links}
        return tuple(pairs)


def name_of(entry: Entry) -> str:
    """What a list of things left out calls an entry: its title and its day."""
    when = entry.happened.spoken() if entry.happened else ""
    return f"{plain_title(entry)} ({when})" if when else plain_title(entry)


def key_of(entries: Iterable[Entry]) -> str:
    """A fact's name: the same entries are the same fact wherever they are printed."""
    return "+".join(entry.id or f"{entry.kind}:{name_of(entry)}" for entry in entries)


NO_PLACE = marked("its original is not among the exhibits")


def no_place_reason() -> str:
    """Why a fact with an original but without a page to cite isn't printed."""
    return _(NO_PLACE)
