"""What a reader of a file format is given, and what it gives back."""

import hashlib
import mimetypes
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.core.answers import Answers
from organizer.importing.core.pages import Desk, Pages
from organizer.model.entry import Entry, Source
from organizer.model.interchange import ID_PREFIX

if TYPE_CHECKING:
    from organizer.importing.formats.tables.mapping import Mapping as Columns

HEAD_BYTES = 65_536
MOST_AT_ONCE = 512 * 1024 * 1024  # bytes; what is larger can only be read as a stream


class SourceFile:
    """One file to import: a path, a large member of the zip at a path (`member`, of `size` bytes), or bytes.

    `name` is what the person is shown; `answers` are what the person said, for the readers that ask something;
    `record_folder` is for what a reader must lay down (encrypted) while it reads; `beside` is shared by the
    files of one folder: what one holds by the name that others call it by, which their readers put in and look up;
    `within` is the mail that a file came with, and `remarks` say what of a mail can't be taken out;
    `desk` is that of the import, for lists that may become long;
    `lived()` gives for each device and day (ISO) of a phone's readings in the record the zone of its counting.
    """

    def __init__(
        self, name: str, path: Path | None = None, data: bytes | None = None, member: str = "", size: int = 0
    ) -> None:
        self.name = name
        self.path = path if not member else None
        self.answers = Answers()
        self.record_folder: Path | None = None
        self.desk = Desk()
        self.beside: dict[str, Any] = {}
        self.within: SourceFile | None = None
        self.remarks: list[str] = []
        self.lived: Callable[[], Mapping[tuple[str, str], str]] = dict
        self._data = data
        self._archive, self._member, self._size = path, member, size

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes as a stream. Raises OSError where the file can't be read."""
        if self._data is not None:
            yield BytesIO(self._data)
        elif self._member:
            assert self._archive is not None
            try:
                with zipfile.ZipFile(self._archive) as archive, archive.open(self._member) as stream:
                    yield stream  # type: ignore[misc]
            except (zipfile.BadZipFile, zlib.error, EOFError) as error:
                raise OSError("the zip is damaged") from error
        else:
            assert self.path is not None
            with self.path.open("rb") as stream:
                yield stream

    def read(self) -> bytes:
        """All bytes. Raises UnreadableSourceError where they are too many to hold at once."""
        data = b""
        if self.size <= MOST_AT_ONCE:  # a zip may say too little of its member: its bytes are counted as well
            with self.open() as stream:
                data = stream.read(MOST_AT_ONCE + 1)
        if max(self.size, len(data)) > MOST_AT_ONCE:
            raise UnreadableSourceError(
                _("“{name}” is too large to be read.").format(name=self.name),
                _("Ask for it in parts, for example one file a year."),
            )
        return data

    @property
    def size(self) -> int:
        """Its length in bytes; 0 where it can't be known."""
        if self._data is not None:
            return len(self._data)
        if self._member:
            return self._size
        try:
            return self.path.stat().st_size if self.path is not None else 0
        except OSError:
            return 0

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB, by which formats recognise a file."""
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the whole file, hexadecimal: its name in the record."""
        digest = hashlib.sha256()
        with self.open() as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
        return digest.hexdigest()

    @property
    def outermost(self) -> "SourceFile":
        """The mail that it came with, of a mail within a mail the outer one; else itself."""
        return self if self.within is None else self.within.outermost

    @property
    def folder(self) -> str:
        """Where it lies, in a folder or a zip: files of one export lie together."""
        if self.path is not None:
            return str(self.path.parent)
        return self.name.rpartition("/")[0]

    @property
    def zip(self) -> str:
        """The name of the zip or the mail that it lies in, "" for a file of its own."""
        return self.name.partition("/")[0] if self.path is None and "/" in self.name else ""

    @property
    def media_type(self) -> str:
        """The media type that the name suggests; `application/octet-stream` where it suggests none."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


STUDY = "dicom-study:"
"""So begins the identifier of an imaging study: its files are parts of it, no versions, and need not say the same."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry as a source tells it, not yet in the record.

    `entry.sources` holds one Source with `locator` and the source's own `identifier` and `version`; the reader leaves
    `document` and `file_name` empty (run.py fills them in). `entry.links` target *identifiers* of other drafts or of
    entries that came earlier; matching turns them into entry ids and drops dangling ones with a warning.
    `patient` is the identifier of whose it is (of a Patient draft of this file or of a neighbour, or of one met
    before), `patient_name` what the source calls them beside it; both are "" where it names nobody. `patient_born` are
    the days of birth that it can mean (two for `04/03/1951`).
    `replaces` names identifiers that this one supersedes (CDA RelatedDocument RPLC, FHIR replaces). `stands_for` is how
    many things of the source it stands for: a day of a phone's readings is one entry and a thousand of its records.
    `written` are the sources that an export of a record tells (where the entry stood written there), else None.
    `former` are the entry's earlier states in another copy of the record, where the draft is that copy's very entry
    (of the same id, its links by `urn:uuid:` and its documents along with it), else None.
    """

    entry: Entry
    patient: str = ""
    replaces: tuple[str, ...] = ()
    stands_for: int = 1
    written: tuple[Source, ...] | None = None
    former: tuple[Entry, ...] | None = None
    patient_name: str = ""
    patient_born: tuple[str, ...] = ()

    @property
    def identifier(self) -> str:
        """The source's own name for it, or ""."""
        return self.entry.sources[0].identifier if self.entry.sources else ""

    @property
    def own_id(self) -> str:
        """The id of another copy's entry, which is its id here too; "" where the draft is none."""
        return self.identifier.removeprefix(ID_PREFIX) if self.former is not None else ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """One thing of the source that becomes no entry: `where` its locator, `what` it is, `reason` in plain words."""

    where: str
    what: str
    reason: str


class Within(Protocol):
    """A file that comes with the one that is read, kept as an original of its own."""

    @property
    def name(self) -> str:
        """Its name as the person knows it."""

    @property
    def media_type(self) -> str:
        """Its type."""

    @property
    def data(self) -> bytes:
        """Its bytes."""

    @property
    def sha256(self) -> str:
        """Its name in the record."""


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file within the file (base64 attachment): kept as an original of its own."""

    name: str
    media_type: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Its name in the record."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file and how it was read, so that the person can look and say it better.

    `key` names it in `Answers.columns`; `rows` are its first ones, the headings (row `columns.heading`) among them.
    `unclear` is a date of it that may be two days, `unclear_number` a number that may be two; "" where there is none.
    """

    key: str
    sheet: str
    rows: tuple[tuple[str, ...], ...]
    columns: "Columns"
    unclear: str = ""
    unclear_number: str = ""

    @property
    def asks(self) -> bool:
        """True where the person is to say how dates or numbers are written; such rows are left out until then."""
        return bool(self.unclear or self.unclear_number)


@dataclass(slots=True)
class Reading:
    """What a reader found. Each thing of the source is in one draft or skipped: read = the drafts' things + skipped.

    `card_parts` are texts of QR codes that are each a part of one health card, whose others stand in other files;
    `cards` counts the health cards in it. `keys` is a key set by which the import's cards are to be checked.
    `in_other_files` is True where all that it holds is told by the entries of other files (who, where, of what).
    `leads_to` are the names of what it refers to and doesn't hold: other files of the import may.
    """

    drafts: Pages[Draft] = field(default_factory=Pages)
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    embedded: list[Within] = field(default_factory=list)
    card_parts: list[str] = field(default_factory=list)
    cards: int = 0
    keys: bytes = b""
    tables: list[Table] = field(default_factory=list)
    leads_to: frozenset[str] = frozenset()
    in_other_files: bool = False

    @property
    def read(self) -> int:
        """How many things the source held."""
        return sum(draft.stands_for for draft in self.drafts) + len(self.skipped)

    def name_emptiness(self) -> None:
        """Say so where a file of a known form holds nothing: it is kept all the same."""
        if not self.drafts and not self.skipped:
            self.skipped.append(Skipped("file", _("file"), _("It holds no values.")))

    def add(self, other: "Reading") -> None:
        """What was found at another place of the same file."""
        self.drafts += other.drafts
        self.skipped += other.skipped
        self.warnings += [warning for warning in other.warnings if warning not in self.warnings]
        self.embedded += other.embedded
        self.cards += other.cards


class Format(Protocol):
    """A reader of one file format, to inherit from; a module of `formats/` makes one instance for FORMATS."""

    name: str

    def recognises(self, source: SourceFile) -> bool:
        """True when the content (never the extension alone) is of this format. Must be quick and never raise."""

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """Read it into drafts. Raises UnreadableSourceError where nothing in it can be offered."""

    def comes_first(self, source: SourceFile) -> bool:  # noqa: ARG002 - what other formats look at
        """True for a file of this format that others of its folder speak of or repeat: it is read before them.

        Must be quick; raises OSError where the file can't be read.
        """
        return False
