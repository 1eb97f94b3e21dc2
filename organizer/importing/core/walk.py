"""From what a person dropped to single files: folders, zips and mails are walked, each member stands alone."""

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from organizer.base.apart.ask import TooMuchError
from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.paths import is_elsewhere
from organizer.base.plain_text import is_mail
from organizer.importing.core import xdm
from organizer.importing.core.broken_zip import UNICODE, members_of
from organizer.importing.core.format import MOST_AT_ONCE, SourceFile
from organizer.importing.core.names import composed, name_on_disk, readable
from organizer.importing.mails.enclosures import Enclosures, enclosures_of
from organizer.importing.mails.outlook import OLE, is_message
from organizer.store.backup import SUFFIX, looks_like
from organizer.store.shared_documents import FOLDER

MAX_MEMBER = 512 * 1024 * 1024
STREAMED = 32 * 1024 * 1024  # a phone's export has gigabytes: from here on a member is read where it lies
MAX_RATIO = 200  # a text-heavy portal export packs 10–30 to 1; a bomb thousands to one
MAX_MEMBERS = 20_000  # of small files a second takes some two thousand
MAX_DEPTH = 3
MOST_HELD = 256 * 1024 * 1024
"""Bytes of members that are held at once, over all that was chosen: what comes after is read where it lies, in a zip
that lies on the disk. A disc of two thousand slices takes a gigabyte."""
MOST_SOUGHT = 10_000
"""Names of a zip in which a member is looked for each time it is read."""
MOST_SALVAGED = 256 * 1024 * 1024  # of a zip that breaks off: it is looked through in memory
_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, RuntimeError, NotImplementedError,
    LookupError, ValueError, OSError,
)  # fmt: skip
"""What zipfile lets through of an archive or a member that isn't whole, is locked, or is packed in an unknown way."""

OpenedFile = tuple[SourceFile, UnreadableSourceError | None]


@dataclass(slots=True)
class _Held:
    """How many bytes of members are held in memory by now."""

    size: int = 0

    def takes(self, size: int) -> bool:
        """True where there is room for so many more, which are counted then; a single large one may come alone."""
        if self.size and self.size + size > MOST_HELD:
            return False
        self.size += size
        return True


def walk(paths: Iterable[Path]) -> Iterator[OpenedFile]:
    """Every file in the order of names; with an error in place of what can't be opened."""
    return _walk(paths, _Held())


def _walk(paths: Iterable[Path], held: _Held) -> Iterator[OpenedFile]:
    for path in paths:
        if path.is_dir():
            yield from _folder(path, held)
            continue
        source = SourceFile(name_on_disk(path.name), path)
        error = _unreadable(path)
        if error is None and source.head.startswith(b"PK") and not _is_package(source):
            yield from _members(source, 1, held)
        elif error is None:
            yield from _with_enclosures(source, 1, held)
        else:
            yield source, error


def _folder(folder: Path, held: _Held) -> Iterator[OpenedFile]:
    """What lies in a folder. Links in it are named, not followed: they lead out of it, or round in a circle."""
    try:
        every = [path for path in folder.iterdir() if not _litter(path.name)]
        every = _without_documents_of_backups(every)
        inside = sorted(xdm.without_wrapping(folder, every))
    except OSError:
        step = _("Check that you may open it, then try again.")
        yield (
            SourceFile(name_on_disk(folder.name), data=b""),
            _error(_("The folder “{name}” can’t be read."), folder.name, step),
        )
        return
    for path in inside:
        if is_elsewhere(path):
            step = _("Choose the file or the folder itself.")
            yield (
                SourceFile(name_on_disk(path.name), data=b""),
                _error(_("“{name}” is a link to another place."), path.name, step),
            )
        else:
            yield from _walk([path], held)


def _without_documents_of_backups(paths: list[Path]) -> list[Path]:
    """Backups of a folder share their documents, which lie beside them and come with them (store/shared_documents)."""
    if not any(path.suffix == SUFFIX for path in paths):
        return paths
    return [path for path in paths if not FOLDER.fullmatch(path.name)]


def _is_package(source: SourceFile) -> bool:
    """A workbook, a letter or a backup is a zip too (Open Packaging Conventions, OpenDocument), and one file to the
    person."""
    if looks_like(source.head):
        return True
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as opened:
            names = opened.namelist()
    except _DAMAGED:
        return False
    return "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= set(names) or "Index/Document.iwa" in names


def _litter(name: str) -> bool:
    return name in _LITTER or name.startswith("._") or "__MACOSX" in name


def _unreadable(path: Path) -> UnreadableSourceError | None:
    """What keeps this path from being read, or None."""
    name = name_on_disk(path.name)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            return _error(_("“{name}” isn’t a file."), name, _("Choose the file or the folder itself."))
        if path.stat().st_size == 0:
            return _error(_("“{name}” is empty."), name, _("Get the file again from where it came."))
        with path.open("rb"):
            return None
    except FileNotFoundError:
        return _error(_("There is no file “{name}”."), name, _("Check its name and place."))
    except OSError:
        return _error(_("“{name}” can’t be read."), name, _("Check that you may open it, then try again."))


def _members(archive: SourceFile, depth: int, held: _Held) -> Iterator[OpenedFile]:
    try:
        with archive.open() as stream, zipfile.ZipFile(stream) as opened:
            infos = [info for info in opened.infolist() if not info.is_dir() and not _litter(info.filename)]
            if len(infos) > MAX_MEMBERS or depth > MAX_DEPTH:
                yield archive, _unopened(archive.name)
                return
            names = _names(infos)
            wrapping = xdm.wrapping(names)
            own = [(info, name) for info, name in zip(infos, names, strict=True) if name not in wrapping]
            for info, name in own:
                yield from _member(archive, opened, info, _within(archive, name), depth, held)
    except _DAMAGED:
        yield from _whole_ones(archive, depth)


def _names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """The names of members; zipfile reads those without the Unicode flag as code page 437, whatever they are in."""
    guessed = readable(_raw_name(info) for info in infos if not info.flag_bits & UNICODE)
    rest = iter(guessed)
    return [info.filename if info.flag_bits & UNICODE else next(rest) for info in infos]


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    try:
        return info.filename.encode("cp437")
    except UnicodeEncodeError:  # it has its name in Unicode beside it, which zipfile has taken
        return info.filename.encode()


def _within(archive: SourceFile, name: str) -> str:
    return f"{archive.name}/{PurePosixPath(composed(name)).as_posix().lstrip('/')}"


def _whole_ones(archive: SourceFile, depth: int) -> Iterator[OpenedFile]:
    """What can be saved of a zip that breaks off; that it does, and what is cut, is told."""
    members = []
    if depth <= MAX_DEPTH and archive.size <= MOST_SALVAGED:
        with suppress(UnreadableSourceError, *_DAMAGED):
            limit = min(MAX_MEMBER, max(archive.size, 1024) * MAX_RATIO)
            listed = islice(members_of(archive.read(), limit), MAX_MEMBERS)
            members = [member for member in listed if member.name[-1:] != b"/"]
    if not any(member.data for member in members):
        yield archive, _unopened(archive.name)
        return
    step = _("Get it again from where it came; what is whole in it is read.")
    yield archive, _error(_("The zip “{name}” breaks off or is damaged."), archive.name, step)
    names = readable(member.name for member in members)
    for member, guessed in zip(members, names, strict=True):
        name = member.name.decode("utf-8", "replace") if member.is_unicode else guessed
        if _litter(name):
            continue
        name = _within(archive, name)
        source = SourceFile(name, data=member.data or b"")
        yield source, None if member.data else _error(_("“{name}” isn’t whole in its zip."), name, step)


def _member(
    archive: SourceFile, opened: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, depth: int, held: _Held
) -> Iterator[OpenedFile]:
    on_disk = archive.path is not None and not _is_packed(info.filename)
    if on_disk and info.file_size > STREAMED:
        yield _streamed(archive, info, name)
        return
    if not held.takes(info.file_size):
        if on_disk and len(opened.filelist) <= MOST_SOUGHT:
            yield _streamed(archive, info, name)
        else:
            yield SourceFile(name, data=b""), _too_much(name)
        return
    try:
        data = _unpacked(opened, info)
    except _DAMAGED:
        yield SourceFile(name, data=b""), _locked(name)
        return
    source = SourceFile(name, data=data)
    if not data:
        yield source, _error(_("“{name}” is empty."), name, _("Get the file again from where it came."))
    elif data.startswith(b"PK\x03\x04") and _is_packed(info.filename):
        yield from _members(source, depth + 1, held)
    else:
        yield from _with_enclosures(source, depth + 1, held)


def _with_enclosures(source: SourceFile, depth: int, held: _Held) -> Iterator[OpenedFile]:
    """A file, and where it is a mail, the files that came with it; a mail or a zip among them is opened in turn."""
    if not _is_mail(source):
        yield source, None
        return
    if depth > MAX_DEPTH:
        source.remarks.append(_("It lies too deep within other files: what came with it stays within it."))
        yield source, None
        return
    try:
        enclosed = enclosures_of(source.read(), source.name)
    except TooMuchError as error:
        yield source, error
        return
    except UnreadableSourceError as error:
        source.remarks.append(f"{error.message} {error.next_step}")
        enclosed = Enclosures()
    source.remarks += enclosed.remarks
    yield source, None
    for file in enclosed.files:
        inner = SourceFile(f"{source.name}/{file.name}", data=file.data)
        inner.within = source
        if file.data.startswith(b"PK\x03\x04") and _is_packed(file.name):
            yield from _members(inner, depth + 1, held)
        else:
            yield from _with_enclosures(inner, depth + 1, held)


def _is_mail(source: SourceFile) -> bool:
    """Whether a file is a mail: by its head, of Outlook's by all of it, since its parts have no fixed order."""
    head = source.head
    return is_mail(head) or (head.startswith(OLE) and source.size <= MOST_AT_ONCE and is_message(source.read()))


def _is_packed(name: str) -> bool:
    return name.lower().endswith(".zip")


def _streamed(archive: SourceFile, info: zipfile.ZipInfo, name: str) -> OpenedFile:
    """A large member, read from the zip each time; zipfile gives no more than the size that the zip declares."""
    source = SourceFile(name, archive.path, member=info.filename, size=info.file_size)
    try:
        if info.flag_bits & 1 or info.file_size > info.compress_size * MAX_RATIO or not source.head:
            raise ValueError
    except _DAMAGED:
        return SourceFile(name, data=b""), _locked(name)
    return source, None


def _unopened(name: str) -> UnreadableSourceError:
    step = _("Download or copy it again. If it stays so, unpack it yourself and import the folder.")
    return _error(_("The zip “{name}” can’t be opened."), name, step)


def _locked(name: str) -> UnreadableSourceError:
    step = _("Unpack the zip yourself, then import this file alone.")
    return _error(_("“{name}” can’t be taken out of its zip."), name, step)


def _too_much(name: str) -> UnreadableSourceError:
    step = _("Unpack the zip yourself, then import the folder.")
    return _error(_("“{name}” was not read: its zip unpacks to more than can be held at once."), name, step)


def _unpacked(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A member's bytes, counted as they come: the size that a zip declares may lie."""
    limit = min(MAX_MEMBER, max(info.compress_size, 1024) * MAX_RATIO)
    with opened.open(info) as member:
        data = member.read(limit + 1)
    if len(data) > limit:
        raise ValueError
    return data


def _error(message: str, name: str, next_step: str) -> UnreadableSourceError:
    return UnreadableSourceError(message.format(name=name), next_step)
