"""What a packet is made of, what the person chose, and what came out: plain data, no store, nothing heavy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from organizer.base.i18n import SOURCE_LANGUAGE
from organizer.base.progress import Progress
from organizer.health.attention import Attention
from organizer.health.series import Series
from organizer.model.case import Case
from organizer.model.codes import MeasureKey
from organizer.model.entry import Entry
from organizer.model.ids import NO_ENTRY, EntryId, PersonId, Sha256
from organizer.packet.facts import LeftOut
from organizer.packet.sensitive import Withheld
from organizer.store.recognised import RecognisedPage

PAGE_SIZES = ("letter", "a4")
OWN_LISTS = frozenset({"questions"})
"""Sections that hold what the person wrote down: nothing is taken from them unasked."""


@dataclass(frozen=True, slots=True)
class PacketChoice:
    """`include` None means the default sections; `since` is a partial date; `page_size` one of PAGE_SIZES;
    `order` the ids of sections as the person arranged them (empty: as usual),
    `tick_sensitive` the ids of the sensitive matters that may be printed,
    `language` the code of the packet's own words (the record's stay as they are), `whole` the ids of the sections that
    are printed whole even where they run over their pages, `looked_at` the SHA-256 of documents that can't be searched
    and that the person has looked at: they are printed."""

    person: PersonId
    case_id: EntryId = NO_ENTRY
    specialty: str = ""
    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    since: str = ""
    page_size: str = "letter"
    tick_sensitive: frozenset[str] = frozenset()
    language: str = SOURCE_LANGUAGE
    whole: frozenset[str] = OWN_LISTS
    looked_at: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """A source document as it came, with the words recognised on its pages; or a picture of it, a `caption` below.

    `may_bear_words` says of such a picture that words may be part of it, which nobody has read.
    """

    sha256: Sha256
    file_name: str
    media_type: str
    data: bytes
    recognised: tuple[RecognisedPage, ...] = ()
    caption: str = ""
    may_bear_words: bool = False


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A treatment plan with what its check says."""

    title: str
    medicine: str
    goal_text: str
    verdict: str
    verdict_words: str
    sentence: str
    evidence: tuple[str, ...]
    goal_entry_id: str
    plan_entry_id: str
    series_key: MeasureKey | None


@dataclass(frozen=True, slots=True)
class PacketInput:
    """All that a packet may show of one person; `data_inside` says it as an IPS document (FHIR JSON), None for none.

    `attention` is what asks for prompt contact on that day, `last_packet` the day of the packet that the same
    specialist had before (ISO), "" where there was none.
    `key_images` names, by an entry's id, the few documents that stand for all behind it (a study's 500 slices).
    """

    person: Entry
    as_of: date
    case: Case | None
    questions: tuple[Entry, ...]
    entries: tuple[Entry, ...]
    plans: tuple[PlanLine, ...]
    series: tuple[Series, ...]
    read_original: Callable[[str], OriginalFile]
    choice: PacketChoice
    withheld: tuple[Withheld, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    data_inside: Callable[[Progress], bytes] | None = None
    key_images: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    attention: tuple[Attention, ...] = ()
    last_packet: str = ""


@dataclass(frozen=True, slots=True)
class ExhibitInfo:
    """An exhibit of the finished packet; `first_page` counts packet pages from 1, `source` is the file's name,
    `made` what was done to the original, in words."""

    label: str
    title: str
    first_page: int
    pages: int
    source: str
    made: str = ""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A document with pages (`pages`, from 1, of `count`) that nobody has looked at yet: they aren't printed.

    They can't be searched for sensitive matters, or (`others`, a page with the name on it) they name another patient.
    `picture` is what would be printed, where that isn't the file itself.
    """

    sha256: Sha256
    title: str
    file_name: str
    pages: tuple[int, ...]
    count: int
    picture: bytes = field(default=b"", repr=False)
    others: tuple[tuple[int, str], ...] = ()

    @property
    def unread(self) -> tuple[int, ...]:
        """The pages that can't be searched."""
        named = {page for page, _name in self.others}
        return tuple(page for page in self.pages if page not in named)

    @property
    def names(self) -> str:
        """Whom the others name, each once: for the person alone."""
        return ", ".join(dict.fromkeys(name for _page, name in self.others))


@dataclass(frozen=True, slots=True)
class SectionLength:
    """A section that gives something up to keep to its pages, or that runs over them.

    `budget` and `all_pages` are pages: those it may take, and about what all `had` things would take; `kept` of them
    are printed. `can_give` is False where nothing can be taken from it but by the person's own pen.
    """

    section: str
    title: str
    budget: float
    all_pages: float
    had: int
    kept: int
    can_give: bool

    @property
    def runs_over(self) -> bool:
        """True where nothing was taken from it."""
        return self.kept >= self.had


@dataclass(frozen=True, slots=True)
class PacketResult:
    """The finished packet in numbers; `facts` are those of the record, the person's own reports counted apart.

    `front_pages` are those before the exhibits' index, of which `most_front_pages` are wanted; `lengths` tells what was
    shortened for it and what runs over. `index_pages` are the pages of the exhibits' index, from 0 and up to the
    second; `parts` the files of a packet that was split; `held_back` what waits for the person's look.
    """

    out: Path | None
    pages: int
    summary_pages: int
    exhibits: tuple[ExhibitInfo, ...]
    facts: int
    facts_linked: int
    patient_reported: int
    left_out: tuple[LeftOut, ...]
    index_pages: tuple[int, int] = (0, 0)
    parts: tuple[Path, ...] = ()
    front_pages: int = 0
    most_front_pages: int = 0
    lengths: tuple[SectionLength, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
