"""From what a person dropped to single files: folders and zips are walked, each member stands alone."""

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.importing.core.format import SourceFile
from organizer.store.backup import looks_like

MAX_MEMBER = 512 * 1024 * 1024
STREAMED = 32 * 1024 * 1024  # a phone's export has gigabytes: from here on a member is read where it lies
MAX_RATIO = 200  # a text-heavy portal export packs 10–30 to 1; a bomb thousands to one
MAX_MEMBERS = 100_000
MAX_DEPTH = 3
_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, RuntimeError, NotImplementedError,
    LookupError, ValueError, OSError,
)  # fmt: skip
"""What zipfile lets through of an archive or a member that isn't whole, is locked, or is packed in an unknown way."""

Found = tuple[SourceFile, UnreadableSourceError | None]


def walk(paths: Iterable[Path]) -> Iterator[Found]:
    """Every file in the order of names; with an error in place of what can't be opened."""
    for path in paths:
        if path.is_dir():
            yield from _folder(path)
            continue
        source = SourceFile(path.name, path)
        error = _unreadable(path)
        if error is None and source.head.startswith(b"PK") and not _is_package(source):
            yield from _members(source, 1)
        else:
            yield source, error


def _folder(folder: Path) -> Iterator[Found]:
    """What lies in a folder. Links in it are named, not followed: they lead out of it, or round in a circle."""
    try:
        inside = sorted(one for one in folder.iterdir() if not _litter(one.name))
    except OSError:
        step = _("Check that you may open it, then try again.")
        yield SourceFile(folder.name, data=b""), _error(_("The folder “{name}” can’t be read."), folder.name, step)
        return
    for one in inside:
        if one.is_symlink():
            step = _("Choose the file or the folder itself.")
            yield SourceFile(one.name, data=b""), _error(_("“{name}” is a link to another place."), one.name, step)
        else:
            yield from walk([one])


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
    return "[Content_Types].xml" in names or names[:1] == ["mimetype"]


def _litter(name: str) -> bool:
    return name in _LITTER or name.startswith("._") or "__MACOSX" in name


def _unreadable(path: Path) -> UnreadableSourceError | None:
    """What keeps this path from being read, or None."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            return _error(_("“{name}” isn’t a file."), path.name, _("Choose the file or the folder itself."))
        if path.stat().st_size == 0:
            return _error(_("“{name}” is empty."), path.name, _("Get the file again from where it came."))
        with path.open("rb"):
            return None
    except FileNotFoundError:
        return _error(_("There is no file “{name}”."), path.name, _("Check its name and place."))
    except OSError:
        return _error(_("“{name}” can’t be read."), path.name, _("Check that you may open it, then try again."))


def _members(archive: SourceFile, depth: int) -> Iterator[Found]:
    try:
        with archive.open() as stream, zipfile.ZipFile(stream) as opened:
            infos = [info for info in opened.infolist() if not info.is_dir() and not _litter(info.filename)]
            if len(infos) > MAX_MEMBERS or depth > MAX_DEPTH:
                raise zipfile.BadZipFile
            for info in infos:
                yield from _member(archive, opened, info, depth)
    except _DAMAGED:
        yield (
            archive,
            _error(
                _("The zip “{name}” can’t be opened."), archive.name, _("Unpack it yourself, then import the folder.")
            ),
        )


def _member(archive: SourceFile, opened: zipfile.ZipFile, info: zipfile.ZipInfo, depth: int) -> Iterator[Found]:
    name = f"{archive.name}/{PurePosixPath(info.filename).as_posix().lstrip('/')}"
    if info.file_size > STREAMED and archive.path is not None and not _is_packed(info):
        yield _streamed(archive, info, name)
        return
    try:
        data = _unpacked(opened, info)
    except _DAMAGED:
        yield SourceFile(name, data=b""), _locked(name)
        return
    source = SourceFile(name, data=data)
    if not data:
        yield source, _error(_("“{name}” is empty."), name, _("Get the file again from where it came."))
    elif data.startswith(b"PK\x03\x04") and _is_packed(info):
        yield from _members(source, depth + 1)
    else:
        yield source, None


def _is_packed(info: zipfile.ZipInfo) -> bool:
    return info.filename.lower().endswith(".zip")


def _streamed(archive: SourceFile, info: zipfile.ZipInfo, name: str) -> Found:
    """A large member, read from the zip each time; zipfile gives no more than the size that the zip declares."""
    source = SourceFile(name, archive.path, member=info.filename, size=info.file_size)
    try:
        if info.flag_bits & 1 or info.file_size > info.compress_size * MAX_RATIO or not source.head:
            raise ValueError
    except _DAMAGED:
        return SourceFile(name, data=b""), _locked(name)
    return source, None


def _locked(name: str) -> UnreadableSourceError:
    step = _("Unpack the zip yourself, then import this file alone.")
    return _error(_("“{name}” can’t be taken out of its zip."), name, step)


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
