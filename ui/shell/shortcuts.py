"""Every key of the window in one list: the window binds them, Ctrl+/ shows them, a test finds doubles."""

import sys
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from organizer.base.i18n import _, marked


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`action` is the name of the desk's or window's method; `keys` as Qt writes them; `group` heads the list.

    `also` holds further words by which it is found.
    """

    action: str
    keys: tuple[str, ...]
    label: str
    group: str
    also: str = ""


GO, WRITE, LOOK, RECORD = marked("Go"), marked("Write"), marked("Look"), marked("Record")
LOOKS = marked("dark, light, colours, text size, language, settings")
SAFE = marked("restore, recovery code, erase, lock after minutes")

SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("search", ("Ctrl+K", "Ctrl+F"), marked("Find anything"), GO),
    Shortcut("back", ("Alt+Left",), marked("Back"), GO),
    Shortcut("forward", ("Alt+Right",), marked("Forward"), GO),
    Shortcut("ask_add", ("Ctrl+N",), marked("Add to the record"), WRITE),
    Shortcut("choose_import", ("Ctrl+I",), marked("Import files"), WRITE),
    Shortcut("choose_import_folder", ("Ctrl+Shift+I",), marked("Import a folder"), WRITE),
    Shortcut("paste", ("Ctrl+V",), marked("Import what was copied"), WRITE),
    Shortcut("pin", ("Ctrl+D",), marked("Pin or unpin the measure at hand"), WRITE),
    Shortcut("undo", ("Ctrl+Z",), marked("Undo"), WRITE),
    Shortcut("redo", ("Ctrl+Shift+Z", "Ctrl+Y"), marked("Redo"), WRITE),
    Shortcut("history", ("Ctrl+H",), marked("What was done, step by step"), WRITE, marked("history, undo several")),
    Shortcut("larger_text", ("Ctrl++", "Ctrl+="), marked("Larger text"), LOOK),
    Shortcut("smaller_text", ("Ctrl+-",), marked("Smaller text"), LOOK),
    Shortcut("normal_text", ("Ctrl+0",), marked("Text as it was"), LOOK),
    Shortcut("show_settings", ("Ctrl+,",), marked("Settings"), LOOK, LOOKS),
    Shortcut("fold_sidebar", ("Ctrl+B",), marked("Fold the sidebar"), LOOK),
    Shortcut("ask_export", ("Ctrl+E",), marked("Take the record elsewhere"), RECORD),
    Shortcut("print_page", ("Ctrl+P",), marked("Print this page, or save it as PDF"), RECORD),
    Shortcut("safekeeping", ("Ctrl+Shift+S",), marked("Keep it safe: backup, passphrase"), RECORD, SAFE),
    Shortcut("lock", ("Ctrl+L",), marked("Lock the record"), RECORD),
    Shortcut("page_help", ("F1",), marked("Help for this page"), RECORD),
    Shortcut("shortcut_list", ("Ctrl+/",), marked("This list"), RECORD),
    Shortcut("about", ("Shift+F1",), marked("About Casebook"), RECORD),
)


def page_shortcut(number: int) -> str:
    """The key of the page at that place of the sidebar (1–9)."""
    return f"Ctrl+{number}"


def spoken_keys(keys: str) -> str:
    """Keys as the system and the language write them: `⌘K`, `Strg+K`."""
    if sys.platform == "darwin":
        return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    words = {"Ctrl": _("Ctrl"), "Shift": _("Shift"), "Left": "←", "Right": "→"}
    return "+".join(words.get(key, key) for key in keys.split("+"))


def with_key(words: str, keys: str) -> str:
    """Words with their key behind them: `Lock now (Ctrl+L)`."""
    return f"{words} ({spoken_keys(keys)})"
