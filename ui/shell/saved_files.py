"""Files that a person chooses or has just saved: where the dialogs begin, and what can be done with a file at once.

The one place that hands a file to another program, and only one that the person saved and asks to see: the system's
own viewer or file manager gets its path.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from organizer.base.i18n import _

_last: dict[str, Path] = {}
"""The folder where each sort of dialog was last, while the program runs: no path is kept beyond it."""

OPENED, SAVED = "opened", "saved"
_USUAL = {
    OPENED: QStandardPaths.StandardLocation.DownloadLocation,
    SAVED: QStandardPaths.StandardLocation.DocumentsLocation,
}


def usual_folder(sort: str) -> Path:
    """Where a dialog begins: where the last of its sort was, else Downloads for what is opened, Documents for what is
    saved, else the person's own folder."""
    known = _last.get(sort)
    if known is not None and known.is_dir():
        return known
    usual = QStandardPaths.writableLocation(_USUAL[sort])
    return Path(usual) if usual and Path(usual).is_dir() else Path.home()


def forget_folders() -> None:
    """Whoever unlocks next begins where everybody does: a folder's name may tell of a person."""
    _last.clear()


def ask_files(parent: QWidget, title: str, kind: str = "") -> list[Path]:
    """Which files; none where the person thought better of it."""
    names, _kind = QFileDialog.getOpenFileNames(parent, title, str(usual_folder(OPENED)), kind)
    return _remembered(OPENED, [Path(name) for name in names])


def ask_folder(parent: QWidget, title: str) -> list[Path]:
    """Which folder; none where the person thought better of it."""
    name = QFileDialog.getExistingDirectory(parent, title, str(usual_folder(OPENED)))
    return _remembered(OPENED, [Path(name)] if name else [])


def ask_where(parent: QWidget, title: str, name: str, kind: str = "", replaces: bool = True) -> Path | None:
    """Where to save a file of that name; None where the person thought better of it.

    The dialog asks before it replaces a file; with `replaces` False nothing is replaced, and whoever writes says so.
    """
    place = str(usual_folder(SAVED) / name)
    if replaces:
        chosen, _kind = QFileDialog.getSaveFileName(parent, title, place, kind)
    else:
        quiet = QFileDialog.Option.DontConfirmOverwrite
        chosen, _kind = QFileDialog.getSaveFileName(parent, title, place, kind, options=quiet)
    paths = _remembered(SAVED, [Path(chosen)] if chosen else [])
    return paths[0] if paths else None


def ways_to(path: Path) -> dict[str, Callable[[], object]]:
    """What can be done with a file that was just saved, by the words of its button."""
    return {_("Open"): lambda: _hand_over(path), _("Show in folder"): lambda: _hand_over(path.parent)}


def _hand_over(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.absolute())))


def _remembered(sort: str, paths: list[Path]) -> list[Path]:
    if paths:
        _last[sort] = paths[0].absolute().parent
    return paths
