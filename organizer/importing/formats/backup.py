"""Another copy of the record: a backup that somebody else's Casebook made of theirs, read to join the two.

It stays encrypted: keys and database lie in the record's own folder while it is read, documents are taken out of
the backup when they are kept. The same entry is known by its id, whatever changed in it (see importing/copies.py).
"""

from organizer.base.errors import LockedSourceError, UnreadableSourceError, WrongPassphraseError
from organizer.base.i18n import _, marked, ngettext
from organizer.base.progress import Progress
from organizer.importing.core.format import Draft, Format, Reading, SourceFile
from organizer.model.entry import Entry, Link, Source
from organizer.model.ids import EntryId
from organizer.model.interchange import ID_PREFIX
from organizer.store import backup, change_log, restoring
from organizer.store import entries as stored
from organizer.store.session import Session

CHECK_EACH = 1_000


class BackupFormat(Format):
    """It asks for the backup's passphrase or recovery code (`Answers.secrets`)."""

    name = marked("Casebook backup")

    def recognises(self, source: SourceFile) -> bool:
        """By the parts that a backup begins with, so that one that was cut off is said to be damaged."""
        return backup.looks_like(source.head)

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """Each entry of the other copy as a draft under its own id. Raises LockedSourceError without its secret,
        BackupDamagedError where a part of it isn't as it was written."""
        if source.path is None or source.record_folder is None:
            raise UnreadableSourceError(
                _("“{name}” can’t be taken out of its zip.").format(name=source.name),
                _("Unpack the zip yourself, then import this file alone."),
            )
        secret = source.answers.secrets.get(source.sha256, "")
        if not secret:
            raise LockedSourceError(
                _("“{name}” is a backup of another copy, and locked.").format(name=source.name),
                _("Give its passphrase or its recovery code to see what it would bring."),
            )
        try:
            with restoring.opened(source.path, source.record_folder, secret, "", progress) as copy:
                return _read(copy, source, progress)
        except WrongPassphraseError:
            pass
        try:
            with restoring.opened(source.path, source.record_folder, "", secret, progress) as copy:
                return _read(copy, source, progress)
        except WrongPassphraseError as wrong:
            raise LockedSourceError(
                _("Neither as a passphrase nor as a recovery code does this open “{name}”.").format(name=source.name),
                _("Ask whoever made the backup, then try again. Nothing was changed."),
            ) from wrong


BACKUP = BackupFormat()


def _read(copy: Session, source: SourceFile, progress: Progress) -> Reading:
    """The copy's people first, since their entries are theirs; then all in the order they came."""
    assert source.path is not None
    former = change_log.former_states(copy)
    entries = stored.find(copy, stored.Query(order="created"))
    entries.sort(key=lambda entry: entry.kind != "Patient")
    reading = Reading()
    for number, entry in enumerate(entries):
        if number % CHECK_EACH == 0:
            progress.check()
            progress.report(_("Reading {name}").format(name=source.name), number, len(entries))
        reading.drafts.append(_draft(entry, tuple(former.pop(entry.id, ()))))
    reading.embedded = [*restoring.stored(source.path, copy)]
    stays = _("Settings, undo steps and recognised words of the other copy stay in it.")
    reading.warnings.append(stays)
    if former:
        words = ngettext(
            "{n} entry was deleted in the other copy; if this record has it, it stays.",
            "{n} entries were deleted in the other copy; those that this record has stay.",
            len(former),
        )
        reading.warnings.append(words.format(n=len(former)))
    return reading


def _draft(entry: Entry, former: tuple[Entry, ...]) -> Draft:
    named = entry.having(
        sources=(Source(identifier=ID_PREFIX + entry.id),),
        links=tuple(Link(link.role, EntryId(ID_PREFIX + link.target)) for link in entry.links),
    )
    return Draft(named, ID_PREFIX + entry.person, written=entry.sources, former=former)
