"""A document that is to become pages, and the pages that it became."""

import struct
import zlib
from dataclasses import dataclass, replace

import pikepdf
import pypdfium2
from PIL.Image import DecompressionBombError

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.health.vocabulary import WordFinder
from organizer.model.entry import Entry
from organizer.packet.exhibits.margins import PageNeeds
from organizer.packet.exhibits.source import Source
from organizer.packet.facts import Place
from organizer.packet.packet_input import OriginalFile, PacketChoice
from organizer.packet.sensitive import words_of

FAULTS = (
    OrganizerError, pikepdf.PdfError, pikepdf.PasswordError, pypdfium2.PdfiumError, OSError, ValueError, TypeError,
    LookupError, AttributeError, ArithmeticError, AssertionError, RuntimeError, MemoryError, EOFError, SyntaxError,
    Warning, zlib.error, struct.error, DecompressionBombError,
)  # fmt: skip
"""All that opening or drawing one odd file may raise, in four libraries: it costs that exhibit, never the packet."""


def reason_of(error: Exception) -> str:
    """Why a document can't be shown, in plain words."""
    if isinstance(error, pikepdf.PasswordError):
        return _("It asks for a password: save a copy without one and import that.")
    return str(error) if isinstance(error, OrganizerError) else _("The file is damaged and can’t be shown.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document of `person` that is to become pages, with the entries that stand on it and what was chosen.

    `is_own_file` where it is a document that somebody kept, and no file that data were read from.
    """

    original: OriginalFile
    entries: tuple[Entry, ...]
    title: str
    choice: PacketChoice
    person: Entry
    is_own_file: bool
    password: str = ""

    @property
    def is_looked_at(self) -> bool:
        """Whether the person has seen it, and it may be printed though it can't be searched or isn't theirs."""
        return self.original.sha256 in self.choice.looked_at

    @property
    def is_foreign(self) -> bool:
        """Whether it is read in the process for foreign files: a PDF or a picture."""
        return is_pdf(self.original.data) or self.original.media_type.startswith("image/")

    @property
    def words(self) -> WordFinder | None:
        """What its pages must not say; None where everything may be said."""
        return words_of(self.choice.tick_sensitive)

    def holding(self, data: bytes) -> "Wanted":
        """The same with other bytes of the original: none for the way to the other process, where they go apart."""
        return replace(self, original=replace(self.original, data=data))

    def key(self) -> tuple[object, ...]:
        """What makes its pages what they are: the same key, the same pages."""
        marks = tuple((e.id, e.title, e.value_text, str(e.happened), e.status, repr(e.data)) for e in self.entries)
        choice = self.choice
        chosen = (choice.page_size, choice.tick_sensitive, choice.language, self.is_looked_at)
        whose = (self.person.title, repr(self.person.data))
        return (self.original.sha256, self.title, chosen, self.is_own_file, self.password, hash((marks, whose)))


@dataclass(frozen=True, slots=True)
class Ready:
    """A document as pages, with where its entries stand (the exhibit's number is given later).

    `blackened` pairs a page with how many of its lines are black. `held` are the pages that are held back, of `pages`;
    `others` pairs those of them that name another patient with whom they name.
    """

    source: Source
    needs: tuple[PageNeeds, ...]
    places: dict[str, Place]
    blackened: tuple[tuple[int, int], ...] = ()
    done: tuple[str, ...] = ()
    held: tuple[int, ...] = ()
    others: tuple[tuple[int, str], ...] = ()
    pages: int = 0


def is_pdf(data: bytes) -> bool:
    """Whether a file is a PDF, by its first bytes; a mark or a mail's header may stand before it."""
    return b"%PDF-" in data[:1024]
