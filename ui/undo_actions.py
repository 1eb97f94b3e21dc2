"""Undo and redo: one operation of the record back or forth, named in a toast. Qt holds no second undo stack."""

from organizer.base.errors import NothingToUndoError
from organizer.base.words import _
from organizer.services import history
from ui.context import Context


def undo(context: Context) -> None:
    """Take the last operation back and say which it was."""
    label = history.next_undo(context.record)
    try:
        changes = history.undo(context.record)
    except NothingToUndoError:
        context.toast(_("There is nothing to undo."))
        return
    context.events.changed.emit(changes)
    context.toast(_("Undone: {label}").format(label=label))


def redo(context: Context) -> None:
    """Bring back what was undone last and say which it was."""
    label = history.next_redo(context.record)
    try:
        changes = history.redo(context.record)
    except NothingToUndoError:
        context.toast(_("There is nothing to redo."))
        return
    context.events.changed.emit(changes)
    context.toast(_("Done again: {label}").format(label=label))
