"""What a section of the packet is, and what it is given to draw with."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from itertools import accumulate, chain
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from reportlab.platypus import Flowable

from organizer.base.i18n import _, marked
from organizer.health import problems as health_problems
from organizer.health.specialties import Profile, profile_of
from organizer.health.voice import Voice, voice_of
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.model.statuses import Status, Verification
from organizer.packet.contents import signed
from organizer.packet.facts import Ledger, LeftOut, OutlineItem, Place, Statement, key_of, name_of, no_place_reason
from organizer.packet.packet_input import PacketInput
from organizer.packet.page import style
from organizer.packet.page.flow import Drawn, Element, PageLink, Row, Rule, Space, Stack
from organizer.packet.page.style import Face
from organizer.packet.page.tags import Tags
from organizer.packet.page.typesetting import Run, Text


class ExhibitLike(Protocol):
    """What the index shows of an exhibit."""

    @property
    def number(self) -> int:
        """From 1."""

    @property
    def label(self) -> str:
        """`Ex 4`."""

    @property
    def title(self) -> str:
        """What it is."""

    @property
    def author(self) -> str:
        """By whom."""

    @property
    def date(self) -> str:
        """Its partial date, or ""."""

    @property
    def file_name(self) -> str:
        """The original file's name."""

    @property
    def sha256(self) -> str:
        """The original's SHA-256, hexadecimal."""

    @property
    def page_count(self) -> int:
        """How many pages it has."""

    @property
    def made(self) -> str:
        """What was done to the original to make these pages, in words; that it is as it is where nothing was."""

    @property
    def held(self) -> Collection[int]:
        """The pages (from 1) in whose place a notice stands."""


class PlanLike(Protocol):
    """Where entries stand in the exhibits; see exhibits.ExhibitPlan."""

    @property
    def exhibits(self) -> Sequence[ExhibitLike]:
        """All exhibits in their order."""

    def place(self, entry: Entry) -> Place | None:
        """The page of an entry, or None where it has none."""


_SPACE_FOR_SECTION, _SPACE_FOR_PART = 150.0, 90.0

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


@dataclass
class Context:
    """One drawing of the front matter: what to print, where it is cited, and the book of what was printed.

    `chosen` are the ids of the sections that are drawn. `names_pages` becomes true when a section asks for the number
    of a page. `keep` says how many things a section may print at most; `had` and `kept` how many it had and could
    keep, `printed` how many it printed where that isn't the same.
    """

    packet: PacketInput
    plan: PlanLike
    ledger: Ledger
    chosen: tuple[str, ...] = ()
    names_pages: bool = False
    tags: Tags = field(default_factory=Tags)
    keep: dict[str, int] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)
    had: dict[str, int] = field(default_factory=dict)
    printed: dict[str, int] = field(default_factory=dict)
    _on_page: dict[str, set[EntryId]] = field(default_factory=dict)
    _pages: Mapping[str, int] = field(default_factory=dict)
    _first_pages: Mapping[int, int] = field(default_factory=dict)
    _by_id: dict[EntryId, Entry] = field(default_factory=dict)
    _done: dict[str, list[Entry]] = field(default_factory=dict)
    _not_done: dict[str, list[Entry]] = field(default_factory=dict)
    _profile: Profile | None = None
    _places: dict[EntryId, Place | None] = field(default_factory=dict)
    _answers: dict[tuple[object, ...], tuple[Any, tuple[LeftOut, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the entries once: sections ask for them over and over, and a record may hold very many."""
        for entry in sorted(self.packet.entries, key=_in_time):
            if entry.struck:
                continue

            self._by_id.setdefault(entry.id, entry)
            by_kind = self._not_done if entry.not_done else self._done
            by_kind.setdefault(entry.kind, []).append(entry)

    @property
    def pages(self) -> Mapping[str, int]:
        """The first front page (from 1) of each section, once they are known."""
        self.names_pages = True
        return self._pages

    @property
    def first_pages(self) -> Mapping[int, int]:
        """The first packet page of each exhibit, once they are known."""
        self.names_pages = True
        return self._first_pages

    def know(self, pages: Mapping[str, int], first_pages: Mapping[int, int]) -> None:
        """Take in the numbers of the pages: sections that asked for them are to be made again."""
        self._pages, self._first_pages = pages, first_pages

    @property
    def profile(self) -> Profile:
        """What the case's field looks at first; where none is named that of the case's diagnoses, else of all open."""
        if self._profile is None:
            self._profile = self._profile_of_case()
        return self._profile

    def _profile_of_case(self) -> Profile:
        case, as_of = self.packet.case, self.packet.as_of
        conditions = self.of_kind("Condition")
        about = set(case.about) if case else set()
        open_ones = [entry for entry in conditions if health_problems.state_of(entry, as_of) in health_problems.OPEN]
        meant = [entry for entry in conditions if entry.id in about] or open_ones
        return profile_of(self.packet.choice.specialty or (case.specialty if case else ""), meant)

    def say(self, own: str, **values: object) -> str:
        """A text that the person would say so, in the voice of whoever prepares the packet."""
        return self.voice.say(own, **values)

    @property
    def voice(self) -> Voice:
        """In whose voice the packet speaks."""
        return voice_of(self.packet.person, self.packet.as_of)

    @property
    def width(self) -> float:
        """Points between the side margins."""
        return style.PAGE_SIZES[self.packet.choice.page_size][0] - 2 * style.MARGIN

    @property
    def height(self) -> float:
        """Points between the top margin and the footer."""
        return style.PAGE_SIZES[self.packet.choice.page_size][1] - style.TOP - style.FOOT

    def of_kind(self, *kinds: str) -> list[Entry]:
        """The entries of these kinds that are facts, oldest first; undated ones come last.

        Some of them may have no page to cite: what is printed comes from `facts`.
        """
        groups = [self._done[kind] for kind in dict.fromkeys(kinds) if kind in self._done]
        return list(groups[0]) if len(groups) == 1 else sorted(chain(*groups), key=_in_time)

    def facts(self, *kinds: str) -> list[Entry]:
        """The entries of these kinds that may be printed as facts, oldest first; undated ones come last.

        What was entered in error, ruled out, set aside or never done is none; what has no page to cite is noted.
        """
        return self.usable(self.of_kind(*kinds))

    def not_done(self, kind: str) -> list[Entry]:
        """The entries of a kind that say that something was not done, oldest first; for a line that tells just that."""
        return list(self._not_done.get(kind, ()))

    def find(self, entry_id: EntryId, not_done: bool = False) -> Entry | None:
        """The entry of that id that is a fact, or None; with `not_done` also one that was never done."""
        entry = self._by_id.get(entry_id)
        return None if entry is not None and entry.not_done and not not_done else entry

    def ruled_out(self) -> list[Entry]:
        """The diagnoses that somebody ruled out, oldest first, with a page to cite or the person's own report; for a
        line that tells just that."""
        refuted = [
            entry
            for entry in self.packet.entries
            if entry.verification == Verification.REFUTED and entry.status != Status.ENTERED_IN_ERROR
        ]
        cited = [entry for entry in refuted if entry.reported_by_patient or self.plan.place(entry) is not None]
        return sorted(cited, key=_in_time)

    def usable(self, entries: Iterable[Entry]) -> list[Entry]:
        """The entries that may be printed: with a page to cite, or the person's own report. The others are noted."""
        printed_entries = []
        for entry in entries:
            if entry.struck:
                continue
            if entry.reported_by_patient or self.plan.place(entry) is not None:
                printed_entries.append(entry)
            else:
                self.ledger.leave_out(name_of(entry), no_place_reason())
        return printed_entries

    def state(self, entries: Sequence[Entry], not_done: bool = False, ruled_out: bool = False) -> Statement:
        """A printing of a fact that rests on usable entries (at most four pages of them are cited).

        Raises ValueError for what is no fact: entered in error, ruled out, set aside – or never done, but for a line
        that says so in its words (`not_done`, `ruled_out`). Raises it too for what has an original and no page here:
        it would be printed as if the person alone reported it.
        """
        for entry in entries:
            told_as_such = ruled_out and entry.verification == Verification.REFUTED
            if (entry.struck and not told_as_such) or (entry.not_done and not not_done):
                raise ValueError(f"a {entry.kind} that is struck or was not done can't be stated as a fact")

        places: dict[tuple[int, int], Place] = {}
        for entry in entries:
            place = self.place(entry)
            if place is not None:
                places.setdefault((place.exhibit, place.page), place)
        if not places and not all(entry.reported_by_patient for entry in entries):
            raise ValueError("a fact whose original is not among the exhibits can't be stated")
        return Statement(key_of(entries), tuple(places.values())[:4], self.ledger)

    def place(self, entry: Entry) -> Place | None:
        """The page to cite for an entry: where data were written out, the page that somebody signed, if one says it.

        None for the person's own report, and for what has no page here.
        """
        if entry.reported_by_patient:
            return None
        if entry.id not in self._places:
            place = self.plan.place(entry)
            if place is not None and place.exhibit in self._data_exhibits:
                pages = self._of_laboratories if entry.kind == "Observation" else self._signed
                place = next((page.place for page in pages if signed.says(page, entry)), place)
            self._places[entry.id] = place
        return self._places[entry.id]

    @cached_property
    def _data_exhibits(self) -> frozenset[int]:
        return frozenset(exhibit.number for exhibit in self.plan.exhibits if signed.is_data(exhibit.file_name))

    @cached_property
    def _signed(self) -> list[signed.SignedPage]:
        """The pages of all letters and reports among the exhibits, the newest first."""
        signed_pages: list[signed.SignedPage] = []
        for document in reversed(self.of_kind("DocumentReference")):
            first = self.plan.place(document)
            if first is not None and first.exhibit not in self._data_exhibits:
                signed_pages += signed.pages_of(document, first)
        held = {exhibit.number: exhibit.held for exhibit in self.plan.exhibits}
        return [page for page in signed_pages if page.place.page not in held[page.place.exhibit]]

    @cached_property
    def _of_laboratories(self) -> list[signed.SignedPage]:
        """The same, those with most results first: a letter that repeats one is no laboratory's report."""
        return sorted(self._signed, key=lambda page: -page.rows)

    def once(
        self, make: Callable[Concatenate["Context", Asked], Answer], *arguments: Asked.args, **named: Asked.kwargs
    ) -> Answer:
        """What `make(self, *arguments)` gives, made once however often it is asked; it may not ask for page numbers.

        Whoever asks leaves out what it leaves out, as if it were made anew.
        """
        key = (make, arguments, *named.items())
        if key not in self._answers:
            with self.ledger.noting_apart() as left_out:
                answer = make(self, *arguments, **named)
            self._answers[key] = answer, tuple(left_out)
        answer, noted = self._answers[key]
        for line in noted:
            self.ledger.leave_out(line.what, line.reason)
        return cast(Answer, answer)

    def limit(self, section: str, have: int, usual: int) -> int:
        """How many of `have` things a section prints: `usual` at most, fewer to keep to its pages, all if wished."""
        most = have if section in self.packet.choice.whole else usual
        self.had[section], self.shown[section] = have, min(have, self.keep.get(section, most))
        return self.shown[section]

    def crowded_out(self, what: str) -> None:
        """Note what a section gave up to keep to its pages."""
        self.ledger.leave_out(what, _("the section keeps to its pages"))

    def shows(self, section: str, groups: Iterable[Sequence[Entry]]) -> None:
        """Note of which entries a section has lines: page one says of no line that it stands where it doesn't."""
        self._on_page[section] = {entry.id for entry in chain.from_iterable(groups)}

    def is_on_page(self, section: str, entries: Iterable[Entry]) -> bool:
        """Whether a section that is drawn has a line of one of the entries."""
        entry_ids = self._on_page.get(section, set()) if section in self.chosen else set()
        return any(entry.id in entry_ids for entry in entries)

    def on_page(self, section: str) -> str:
        """ "on p 4" of a section that is drawn; "in the record" where it isn't."""
        page = self.pages.get(section)
        return _("on p {page}").format(page=page) if page else self.say(marked("in my record"))


def asked_once(
    make: Callable[Concatenate[Context, Asked], Answer],
) -> Callable[Concatenate[Context, Asked], Answer]:
    """A function that several sections ask, or one again each time it is made shorter: see `Context.once`."""

    @wraps(make)
    def answer(context: Context, /, *arguments: Asked.args, **named: Asked.kwargs) -> Answer:
        return context.once(make, *arguments, **named)

    return answer


def _in_time(entry: Entry) -> tuple[bool, str, str, str]:
    """Oldest first, undated ones last."""
    return entry.happened is None, entry.day_key, entry.title, entry.id


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the front matter. `default` ones are on unless taken away, `sensitive` ones off until ticked.

    It takes `pages` at most and may be asked to make do with `least`, where it holds a list that it can shorten
    (`Context.limit`) to `fewest` things.
    """

    id: str
    title: str
    default: bool
    sensitive: bool
    draw: Callable[[Context], list[Flowable]]
    pages: float = 1.0
    least: float = 0.5
    fewest: int = 4


class Opening:
    """The head of a section: its title, a line of context, the way back to the contents, a rule."""

    def __init__(self, context: Context, section: str, title: str, about: Element | None = None) -> None:
        self._context, self._section, self._title = context, section, title
        back = PageLink(_("‹ Contents"), "section-cover", context.width, "right")
        head: list[tuple[float, Element]] = [(0, Text([Run(title, style.TITLE)], context.width - 90, 3))]
        if "cover" in context.chosen:
            head.append((0, Stack([Space(9), back])))
        parts: list[Element] = [Row(head, 0), Space(1)]
        parts += [about] if about is not None else []
        self._stack = Stack([*parts, Space(7), Rule(context.width), Space(9)])
        self.height = self._stack.height

    def draw(self, canvas: object, x: float, top: float) -> None:
        """Paint it."""
        self._stack.draw(canvas, x, top)  # type: ignore[arg-type]

    def begin(self, canvas: object) -> None:
        """Remember the page for contents and bookmarks."""
        mark_section(self._context, canvas, self._section, self._title)


def mark_section(context: Context, canvas: object, section: str, title: str) -> None:
    """Set the bookmark of a section at the page that is being drawn."""
    page = canvas.getPageNumber()  # type: ignore[attr-defined]
    canvas.bookmarkPage(f"section-{section}")  # type: ignore[attr-defined]
    context.ledger.section_pages[section] = page
    context.ledger.outline[section] = OutlineItem(title, page - 1, 0)


def pages_of_exhibits(exhibits: Sequence[ExhibitLike], front_pages: int) -> dict[int, int]:
    """The packet page (from 1) at which each exhibit begins, by its number."""
    firsts = accumulate((exhibit.page_count for exhibit in exhibits), initial=front_pages + 1)
    return {exhibit_like.number: first for exhibit_like, first in zip(exhibits, firsts, strict=False)}


def opening(context: Context, section: str, title: str, about: str = "") -> Drawn:
    """The head of a section as a flowable; `about` is a line of our own words, not of the record."""
    line = Text([Run(about, style.MUTED)], context.width) if about else None
    return Drawn(Opening(context, section, title, line), context.width, _SPACE_FOR_SECTION, 20)


def paragraph(context: Context, text: str, face: Face = style.BODY, after: float = 6.0) -> Drawn:
    """A paragraph of our own words."""
    return Drawn(Stack([Text([Run(text, face)], context.width), Space(after)]), context.width)


def rest_line(context: Context, count: int, what: str, words: str) -> list[Flowable]:
    """The line that so many more stand in the record only, noted as `what`; none where all had room."""
    if count <= 0:
        return []
    context.crowded_out(what.format(count=count))
    return [paragraph(context, words.format(count=count), style.MUTED)]


def subheading(context: Context, text: str, note: str = "", before: float = 12.0) -> Drawn:
    """A heading within a section with a quiet note at its right; it stays with what follows."""
    cells: list[tuple[float, Element]] = [(0, Text([Run(text, style.SUBHEADING)], context.width * 0.62, 4))]
    if note:
        cells.append((context.width * 0.62, Text([Run(note, style.MUTED)], context.width * 0.38, 1, "right", 16)))
    return Drawn(Stack([Row(cells), Space(3)]), context.width, _SPACE_FOR_PART, before)
