"""The exhibits: every document behind the record, its pages, and on which of them each entry stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.health.vocabulary import WordFinder
from organizer.model.entry import Entry
from organizer.model.ids import Sha256
from organizer.packet.exhibits.margins import PageNeeds
from organizer.packet.exhibits.page_words import says
from organizer.packet.exhibits.prepared import Prepared
from organizer.packet.exhibits.ready import FAULTS, Ready, Wanted, reason_of
from organizer.packet.exhibits.source import Source
from organizer.packet.facts import LeftOut, Place
from organizer.packet.packet_input import HeldBack, OriginalFile, PacketInput
from organizer.packet.sensitive import words_of

_FIRST = {"pathology": 0, "imaging": 1}
_OWN_FILES = ("DocumentReference",)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One document as pages: `source` before they are stamped, `needs` what each of its pages needs,
    `done` what was done to it in words, `held` the pages (from 1) in whose place a notice stands."""

    number: int
    label: str
    title: str
    author: str
    date: str
    file_name: str
    sha256: Sha256
    media_type: str
    page_count: int
    source: Source = field(repr=False)
    needs: tuple[PageNeeds, ...] = ()
    done: tuple[str, ...] = ()
    held: frozenset[int] = frozenset()

    @property
    def made(self) -> str:
        """What was done to it, in words; that it is as it was where nothing was."""
        taken = (_("active parts taken out"),) if self.source.removed else ()
        return "; ".join((*self.done, *taken)) or _("as it is")


@dataclass(frozen=True, slots=True)
class ExhibitPlan:
    """All exhibits, where each entry stands in them, what can't be shown, and what is held back until it is seen."""

    exhibits: tuple[Exhibit, ...] = ()
    places: dict[str, Place] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    held: tuple[HeldBack, ...] = ()

    def place(self, entry: Entry) -> Place | None:
        """The page on which an entry stands, or None where no document behind it can be shown."""
        return self.places.get(entry.id)


def plan_exhibits(packet: PacketInput, progress: Progress, prepared: Prepared | None = None) -> ExhibitPlan:
    """Turn the documents behind a person's entries into exhibits, the reports and letters first.

    Within `choice.since` only; a document that can't be opened is left out and named, never silently.
    """
    prepared = prepared or Prepared()
    entries = packet.entries
    behind: dict[str, list[Entry]] = {}
    instead = _instead(packet)
    for entry in entries:
        own = packet.key_images.get(entry.id) or (instead.get(text, text) for text in documents_of(entry))
        for document in dict.fromkeys(own):
            behind.setdefault(document, []).append(entry)
    exhibits: list[Exhibit] = []
    places: dict[str, Place] = {}
    held: list[HeldBack] = []
    left_out = [_further_images(entry, packet.key_images[entry.id]) for entry in entries if _has_more(packet, entry)]
    for number, document in enumerate(sorted(behind, key=lambda sha: _order(behind[sha], sha))):
        progress.check()
        progress.report(_("Preparing exhibits"), number, len(behind))
        try:
            original = packet.read_original(document)
            exhibit, ready = _exhibit(len(exhibits) + 1, original, behind[document], packet, prepared, progress)
        except FAULTS as error:
            left_out.append(LeftOut(_file_name(behind[document], document), reason_of(error)))
            continue
        exhibits.append(exhibit)
        left_out += [_blackened_in_words(exhibit, page, lines) for page, lines in ready.blackened]
        if ready.held:
            seen = original.data if original.caption else b""
            own_name = (original.sha256, exhibit.title, exhibit.file_name)
            held.append(HeldBack(*own_name, ready.held, ready.pages, seen, ready.others))
            left_out += _held_in_words(exhibit, held[-1])
        for entry_id, place in ready.places.items():
            places.setdefault(entry_id, replace(place, exhibit=exhibit.number))
    return ExhibitPlan(tuple(exhibits), places, tuple(left_out), tuple(held))


def _held_in_words(exhibit: Exhibit, held: HeldBack) -> list[LeftOut]:
    unread = _("held back: it can’t be searched for sensitive matters. Recognise its text, or look at it.")
    another = _("held back: it names another person. Look at it.")
    reasons = ((len(held.unread), unread), (len(held.others), another))
    return [LeftOut(_pages_in_words(exhibit, count), reason) for count, reason in reasons if count]


def _pages_in_words(exhibit: Exhibit, count: int) -> str:
    what = ngettext("{exhibit}, {file}: {n} page", "{exhibit}, {file}: {n} pages", count)
    return what.format(exhibit=exhibit.label, file=exhibit.file_name, n=count)


def _instead(packet: PacketInput) -> dict[str, str]:
    """For each image that isn't shown the one that is: whatever else was read from it stands there."""
    studies = [entry for entry in packet.entries if entry.id in packet.key_images]
    shown = set(chain.from_iterable(packet.key_images[entry.id] for entry in studies))
    instead: dict[str, str] = {}
    for entry in studies:
        hidden = set(documents_of(entry)) - shown
        instead |= dict.fromkeys(hidden, packet.key_images[entry.id][0])
    return instead


def _has_more(packet: PacketInput, entry: Entry) -> bool:
    shown = packet.key_images.get(entry.id)
    return shown is not None and bool(set(documents_of(entry)) - set(shown))


def _further_images(entry: Entry, shown: Sequence[str]) -> LeftOut:
    more = len(set(documents_of(entry)) - set(shown))
    words = ngettext("{n} further image, kept by me", "{n} further images, kept by me", more)
    return LeftOut(entry.title, words.format(n=more))


def _blackened_in_words(exhibit: Exhibit, page: int, lines: int) -> LeftOut:
    what = ngettext("{exhibit} p {page}: {n} line", "{exhibit} p {page}: {n} lines", lines)
    return LeftOut(
        what.format(exhibit=exhibit.label, page=page, n=lines),
        _("blacked out: it touches a sensitive matter that isn’t ticked"),
    )


def documents_of(entry: Entry) -> Iterable[str]:
    """The documents behind an entry: its own file or attachments first, then where it was read from."""
    own = [entry.text("file")] if entry.kind in _OWN_FILES else []
    own += [str(attached.get("file")) for attached in entry.data.get("attachments") or ()]
    sources = [source.document for source in entry.sources]
    return dict.fromkeys(filter(None, [*own, *sources]))


def _order(entries: Sequence[Entry], document: str) -> tuple[int, str, str]:
    """Pathology, imaging, letters, then whole portals; each by date."""
    own = [entry for entry in entries if document in (entry.text("file"), *_attached(entry))]
    rank = min((_FIRST.get(entry.text("category"), 2) for entry in own), default=3)
    day = max((entry.happened.sort_key for entry in own if entry.happened), default="")
    return rank, day, document


def _attached(entry: Entry) -> list[str]:
    return [str(attached.get("file")) for attached in entry.data.get("attachments") or ()]


def _file_name(entries: Sequence[Entry], document: str) -> str:
    sources = chain.from_iterable(entry.sources for entry in entries)
    names = (source.file_name for source in sources if source.document == document)
    return next(filter(None, names), entries[0].title)


def _exhibit(
    number: int,
    original: OriginalFile,
    entries: Sequence[Entry],
    packet: PacketInput,
    prepared: Prepared,
    progress: Progress,
) -> tuple[Exhibit, Ready]:
    named = next((e for e in entries if original.sha256 in (e.text("file"), *_attached(e))), None)
    words = words_of(packet.choice.tick_sensitive)
    title = _speakable(named.title if named else original.file_name, words, _("Document"))
    wanted = Wanted(original, tuple(entries), title, packet.choice, packet.person, named is not None)
    ready = prepared.of(wanted, progress)
    author = (named.text("author") or named.text("performer")) if named else ""
    day = named.happened.text if named and named.happened else ""
    label = _("Ex {number}").format(number=number)
    made = Exhibit(
        number,
        label,
        title,
        author,
        day,
        _speakable(original.file_name, words, _("(its name is withheld)")),
        original.sha256,
        original.media_type,
        len(ready.needs),
        ready.source,
        ready.needs,
        ready.done,
        frozenset(ready.held),
    )
    return made, ready


def _speakable(name: str, words: WordFinder | None, instead: str) -> str:
    """A title or a file's name, which may say what is to stay private."""
    return instead if words is not None and says(name, words) else name
