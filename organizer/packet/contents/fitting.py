"""How long each section may be: what it gives up to keep to its pages, and what runs over them.

A specialist has some eighteen minutes: the usual sections take at most nine pages, everything together fourteen. A
section that holds a list gives up its least weighty lines first and says so; one that the person wants whole, or that
has nothing to give, runs over and is told before the packet is saved.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from reportlab.platypus import Flowable

from organizer.base.i18n import _
from organizer.packet.contents.section import Context, Section
from organizer.packet.packet_input import SectionLength

FRONT_PAGES, FRONT_PAGES_WITH_ALL = 9, 14
_STEP = 0.1  # of a page: what is taken from the longest section at a time
_HARMLESS = 0.2  # of a page: so little over is not worth a word
OWN_PAGE = frozenset({"cover", "summary"})
"""What stands on a page of its own; the exhibits' index only begins one."""
INDEX = "exhibits"


@dataclass(frozen=True, slots=True)
class Made:
    """A section as flowables, and whether it names pages by their numbers."""

    flow: list[Flowable]
    names_pages: bool


MadeSections = dict[str, Made]
PagesTaken = Callable[[MadeSections], int]
"""How many pages the sections take; tried without drawing."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The sections as they will be drawn, all their pages, how long they are, and how many front pages are wanted."""

    made: MadeSections
    pages: int
    lengths: tuple[SectionLength, ...]
    most_pages: int


def begins_page(section: str, before: str) -> bool:
    """True where a section that follows another begins a new page."""
    return section in OWN_PAGE or before in OWN_PAGE or section == INDEX


def make(context: Context, section: Section) -> Made:
    """Make a section's flowables, with as many things as the context lets it keep."""
    context.names_pages = False
    context.ledger.enter(section.id)
    return Made(section.draw(context), context.names_pages)


def fitted(context: Context, sections: Sequence[Section], pages_taken: PagesTaken) -> Fitted:
    """Make the sections, each within its pages and together within those that a specialist reads."""
    most = FRONT_PAGES if all(section.default for section in sections) else FRONT_PAGES_WITH_ALL
    fitter = _Fitter(context, sections, pages_taken)
    for section in sections:
        fitter.make(section)
        if section.id not in context.packet.choice.whole:
            fitter.shorten(section, section.pages * context.height)
    pages = fitter.fit_all(most)
    return Fitted(fitter.made, pages, tuple(fitter.lengths()), most)


class _Fitter:
    """Makes sections with fewer and fewer lines until they fit."""

    def __init__(self, context: Context, sections: Sequence[Section], pages_taken: PagesTaken) -> None:
        self.context, self.sections, self._pages_taken = context, sections, pages_taken
        self.made: MadeSections = {}
        self._heights = {section.id: section.pages * context.height for section in sections}

    def make(self, section: Section) -> float:
        """Make a section with what it keeps; gives its height in points."""
        self.made[section.id] = make(self.context, section)
        return self._high(section)

    def _high(self, section: Section) -> float:
        return height_of(self.made[section.id].flow)

    def shorten(self, section: Section, most: float) -> None:
        """Take lines from a section until it is at most that high or has nothing more to give."""
        self._heights[section.id] = most
        height, number, line_height = self._high(section), self.context.shown.get(section.id, 0), 0.0
        while height > most and number > section.fewest:
            less = ceil((height - most) / line_height) if line_height > 0 else ceil(number * (1 - most / height))
            fewer = max(number - max(less, 1), section.fewest)
            self.context.keep[section.id] = fewer
            lower = self.make(section)
            line_height, height, number = (height - lower) / (number - fewer), lower, fewer

    def fit_all(self, most_pages: int) -> int:
        """Where the pages together are too many, those that can give take less than theirs, the longest first.

        Gives the pages that all take, the index's too.
        """
        limits, whole, page = self.context.shown, self.context.packet.choice.whole, self.context.height
        giving = [section for section in self.sections if section.id in limits and section.id not in whole]
        taken: dict[str, tuple[Section, int, float]] = {}
        pages, front = self._count()
        while giving and front > most_pages:
            spare = {section.id: self._high(section) - section.least * page for section in giving}
            longest = max(giving, key=lambda section: spare[section.id])
            if spare[longest.id] <= 0 or limits[longest.id] <= longest.fewest:
                giving.remove(longest)
                continue
            taken.setdefault(longest.id, (longest, limits[longest.id], self._heights[longest.id]))
            self.shorten(longest, self._high(longest) - max(min(spare[longest.id], _STEP * page), 1.0))
            pages, front = self._count()
        for section, had, space in taken.values():
            pages = self._give_back(section, had, space, pages)
        return pages

    def _count(self) -> tuple[int, int]:
        """All pages, and those before the index."""
        pages = self._pages_taken(self.made)
        return pages, self.context.ledger.section_pages[INDEX] - 1 if INDEX in self.made else pages

    def _give_back(self, section: Section, had: int, space: float, pages: int) -> int:
        """Print as much of what was taken as the pages hold without becoming more; gives how many they are."""
        low, high = self.context.shown[section.id], had + 1
        attempt = had
        while high - low > 1:
            if self._pages_with(section, attempt) <= pages:
                low = attempt
            else:
                high = attempt
            attempt = (low + high) // 2
        self._heights[section.id] = space if low == had else self._heights[section.id]
        return self._pages_with(section, low)

    def _pages_with(self, section: Section, keep: int) -> int:
        self.context.keep[section.id] = keep
        self.make(section)
        return self._pages_taken(self.made)

    def lengths(self) -> list[SectionLength]:
        """The sections that give something up, and those that run over their pages."""
        lengths, page = [], self.context.height
        for section in self.sections:
            high, had = self._high(section), self.context.had.get(section.id, 0)
            number = self.context.printed.get(section.id, self.context.shown.get(section.id, 0))
            budget = max(self._heights[section.id] / page, section.least)
            all_of_it = high * had / number if number else high
            if had > number or (high > (section.pages + _HARMLESS) * page and section.id != INDEX):
                can_give = had > section.fewest
                lengths.append(
                    SectionLength(section.id, _(section.title), budget, all_of_it / page, had, number, can_give)
                )
        return lengths


def height_of(flow: Sequence[Flowable]) -> float:
    """Points that flowables take one below the other."""
    return sum(flowable.height + (flowable.getSpaceBefore() if number else 0) for number, flowable in enumerate(flow))
