"""What can be expected to go wrong, said plainly: each error carries its remedy."""


class OrganizerError(Exception):
    """An expected failure. `message` says what and where, `next_step` what the person can do now."""

    def __init__(self, message: str, next_step: str) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class WrongPassphraseError(OrganizerError):
    """Neither the passphrase nor the recovery code opens this record."""


class NotARecordError(OrganizerError):
    """The folder is no record, or lacks a part of one."""


class RecordDamagedError(OrganizerError):
    """A page, a key file or an original can't be read as it was written."""


class BackupDamagedError(OrganizerError):
    """A backup, or a part of it, isn't as it was written."""


class BackupDocumentsError(BackupDamagedError):
    """Documents of a backup are damaged or missing; all else of it is whole and could be put back."""


class RecordInUseError(OrganizerError):
    """Another process has this record open."""


class RecordTooNewError(OrganizerError):
    """The record was written by a newer Casebook."""


class UnreadableSourceError(OrganizerError):
    """A file to import can't be opened or isn't what it says it is."""


class LockedSourceError(UnreadableSourceError):
    """A file to import opens with a secret that the person has, and that wasn't given yet or is another."""


class UnknownFormatError(UnreadableSourceError):
    """No reader recognises the file by its content."""


class DiskError(OrganizerError):
    """A disk or folder can't be read or written now: gone, read only, not allowed. Nothing is known to be damaged."""


class DiskFullError(DiskError):
    """There is no room to write; what was there before is as it was."""


class LinkRefusedError(OrganizerError):
    """A link stands where a record has a file or folder of its own; what it leads to isn't touched."""


class AlreadyThereError(OrganizerError):
    """A file stands where one is to be written, and nobody said that it may be replaced."""


class NothingToUndoError(OrganizerError):
    """The change log has nothing to take back or to bring again."""


class InvalidEntryError(OrganizerError):
    """A field holds what its type doesn't allow. `field` is the field's name."""

    def __init__(self, message: str, next_step: str, field: str = "") -> None:
        super().__init__(message, next_step)
        self.field = field


class NotFoundError(OrganizerError):
    """There is no such entry, person, kind or document in this record."""


class Cancelled(Exception):  # noqa: N818 - not an error: the person said stop
    """The person cancelled; the work leaves nothing behind."""
