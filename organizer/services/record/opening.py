"""What paths from outside (a double click, a drop, a second start) are: a record, a backup, files to import."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from organizer.base.errors import NotARecordError, OrganizerError, UnknownFormatError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.core.planner import recognise
from organizer.importing.core.walk import walk
from organizer.store import backup, opening, session


@dataclass(slots=True)
class Given:
    """The record's folder, the backup and the files among some paths; what can't be opened, each with its reason."""

    record: Path | None = None
    backup: Path | None = None
    files: list[Path] = field(default_factory=list)
    refused: dict[Path, OrganizerError] = field(default_factory=dict)


def sort_paths(paths: Sequence[Path], progress: Progress) -> Given:
    """Look at each path; nothing is opened or written. One record or one backup at a time, further ones are refused.

    A file within a record's folder stands for the record. Raises Cancelled.
    """
    given = Given()
    for path in paths:
        progress.check()
        progress.report(_("Looking at {name}").format(name=path.name))
        try:
            _sort(path, given, progress)
        except OrganizerError as refused:
            given.refused[path] = refused
    return given


def _sort(path: Path, given: Given, progress: Progress) -> None:
    record = next((folder for folder in (path, path.parent) if opening.is_record(folder)), None)
    is_backup = record is None and path.is_file() and backup.is_backup(path)
    if (record or is_backup) and (given.record or given.backup) not in (None, record):
        raise OrganizerError(
            _("“{name}” was not opened.").format(name=path.name), _("Open one record or one backup at a time.")
        )
    if record:
        given.record = record
    elif is_backup:
        given.backup = path
    elif path.suffix == session.SUFFIX and path.is_dir():
        raise NotARecordError(
            _("“{name}” isn’t a whole Casebook record.").format(name=path.name),
            _("Look for the whole folder of that name, or put your latest backup back."),
        )
    else:
        _check_readable(path, progress)
        given.files.append(path)


def _check_readable(path: Path, progress: Progress) -> None:
    """Raises UnknownFormatError or UnreadableSourceError where an import would find nothing in it that it reads."""
    first: OrganizerError | None = None
    for source, error in walk([path]):
        progress.check()
        try:
            if error is None:
                recognise(source)
                return
        except UnknownFormatError as unknown:
            error = unknown
        first = first or error
    raise first or UnknownFormatError(
        _("There is nothing in “{name}”.").format(name=path.name), _("Choose the folder that holds the records.")
    )
