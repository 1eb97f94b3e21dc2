"""Undo and redo: one operation of the record back or forth, named in a toast. Qt holds no second undo stack."""

from collections.abc import Callable

from organizer.base.errors import NothingToUndoError
from organizer.base.i18n import _
from organizer.model.entry import Changes
from organizer.services.record import history
from organizer.services.record.records import Record
from ui.shell.context import Context


def undo(context: Context) -> None:
    """Take the last operation back and say which it was."""
    words = _("Undone: {label}").format(label=history.next_undo(context.record))
    _step(context, history.undo, words, _("There is nothing to undo."))


def redo(context: Context) -> None:
    """Bring back what was undone last and say which it was."""
    words = _("Done again: {label}").format(label=history.next_redo(context.record))
    _step(context, history.redo, words, _("There is nothing to redo."))


def _step(context: Context, step: Callable[[Record], Changes], toast: str, nothing: str) -> None:
    try:
        changes = step(context.record)
    except NothingToUndoError:
        context.toast(nothing)
        return
    context.events.changed.emit(changes)
    context.toast(toast)
