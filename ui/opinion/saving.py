"""Where to save a sheet: asked once, then written in the background, then said."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

PDF = "PDF (*.pdf)"


def save_file(parent: QWidget, title: str, name: str, kind: str, write: Callable[[Path], object]) -> None:
    """Ask for a place and write there; the ending of `kind` is added where none is typed."""
    clean = name.replace("/", "–").replace("\\", "–")
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, clean, kind)
    if chosen:
        out = Path(chosen)
        write(out if out.suffix else out.with_suffix(Path(clean).suffix))

