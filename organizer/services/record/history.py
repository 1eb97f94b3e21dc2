"""What was done, back and forth; it survives a restart."""

from organizer.model.entry import Changes
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store.change_log import Operation

__all__ = ["Operation"]


def undo(record: Record) -> Changes:
    """Take the last operation back. Raises NothingToUndoError."""
    return change_log.undo(record)


def redo(record: Record) -> Changes:
    """Bring back what was undone last. Raises NothingToUndoError."""
    return change_log.redo(record)


def next_undo(record: Record) -> str:
    """The label of what undo would take back; "" where there is nothing."""
    operation = change_log.next_undo(record)
    return operation.label if operation else ""


def next_redo(record: Record) -> str:
    """The label of what redo would bring back; "" where there is nothing."""
    operation = change_log.next_redo(record)
    return operation.label if operation else ""


def history(record: Record) -> list[Operation]:
    """All operations, the latest first."""
    return change_log.history(record)
