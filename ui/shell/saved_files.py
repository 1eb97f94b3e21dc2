"""Files that a person chooses or has just saved: where the dialogs begin, and what can be done with a file at once.

The one place that hands a file to another program, and only one that the person saved and asks to see: the system's
own viewer or file manager gets its path.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from organizer.base.i18n import _, pgettext

OPENED, SAVED = "opened", "saved"
_USUAL = {
    OPENED: QStandardPaths.StandardLocation.DownloadLocation,
    SAVED: QStandardPaths.StandardLocation.DocumentsLocation,
}


class Folders:
    """The folders where the dialogs of an open record were last: no path is kept beyond it."""

    def __init__(self) -> None:
        self._last: dict[str, Path] = {}

    def usual(self, sort: str) -> Path:
        """Where a dialog begins: where the last of its sort was, else Downloads for what is opened, Documents for what
        is saved, else the person's own folder."""
        known = self._last.get(sort)
        if known is not None and known.is_dir():
            return known
        usual = QStandardPaths.writableLocation(_USUAL[sort])
        return Path(usual) if usual and Path(usual).is_dir() else Path.home()

    def forget(self) -> None:
        """Whoever unlocks next begins where everybody does: a folder's name may tell of a person."""
        self._last.clear()

    def ask_files(self, parent: QWidget, title: str) -> list[Path]:
        """Which files; none where the person thought better of it."""
        names, _kind = QFileDialog.getOpenFileNames(parent, title, str(self.usual(OPENED)))
        return self._remembered(OPENED, [Path(name) for name in names])

    def ask_folder(self, parent: QWidget, title: str) -> list[Path]:
        """Which folder; none where the person thought better of it."""
        name = QFileDialog.getExistingDirectory(parent, title, str(self.usual(OPENED)))
        return self._remembered(OPENED, [Path(name)] if name else [])

    def ask_where(self, parent: QWidget, title: str, name: str, kind: str = "", replaces: bool = True) -> Path | None:
        """Where to save a file of that name; None where the person thought better of it.

        The dialog asks before it replaces a file; with `replaces` False nothing is replaced, and whoever writes says
        so.
        """
        place = str(self.usual(SAVED) / name)
        if replaces:
            chosen, _kind = QFileDialog.getSaveFileName(parent, title, place, kind)
        else:
            quiet = QFileDialog.Option.DontConfirmOverwrite
            chosen, _kind = QFileDialog.getSaveFileName(parent, title, place, kind, options=quiet)
        paths = self._remembered(SAVED, [Path(chosen)] if chosen else [])
        return paths[0] if paths else None

    def _remembered(self, sort: str, paths: list[Path]) -> list[Path]:
        if paths:
            self._last[sort] = paths[0].absolute().parent
        return paths


def ways_to(path: Path, print_document: Callable[[bytes, str], object]) -> dict[str, Callable[[], object]]:
    """What can be done with a file that was just saved, by the words of its button; a PDF can be printed."""
    ways: dict[str, Callable[[], object]] = {
        pgettext("button", "Open"): lambda: _hand_over(path),
        _("Show in folder"): lambda: _hand_over(path.parent),
    }
    if path.suffix.casefold() == ".pdf":
        ways[_("Print…")] = lambda: _print(path, print_document)
    return ways


def _print(path: Path, print_document: Callable[[bytes, str], object]) -> None:
    """Nothing where the file is gone meanwhile."""
    if path.is_file():
        print_document(path.read_bytes(), path.name)


def _hand_over(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.absolute())))
