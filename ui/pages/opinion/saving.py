"""Where to save a sheet: asked once, then written in the background, then said."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from organizer.base.i18n import _
from organizer.base.paths import harmless_name
from organizer.base.progress import Progress
from organizer.services.opinion import letters
from organizer.services.record.records import Record
from ui.shell.context import Context

PDF = "PDF (*.pdf)"


def save_file(
    parent: QWidget, context: Context, title: str, name: str, kind: str, write: Callable[[Path], object]
) -> None:
    """Ask for a place and write there; the ending of `kind` is added where none is typed."""
    clean = harmless_name(name.replace("/", "–").replace("\\", "–").replace(":", "–"), title)
    out = context.ask_where(parent, title, clean, kind)
    if out is not None:
        write(out if out.suffix else out.with_suffix(Path(clean).suffix))


def save_pdf(
    parent: QWidget, context: Context, title: str, name: str, draw: Callable[[Record, Progress], bytes]
) -> None:
    """Ask for a place, draw a PDF in the background, write it."""

    def write(out: Path) -> None:
        context.read(
            title,
            lambda record, progress: letters.save_bytes(draw(record, progress), out),
            lambda _none: context.show_saved(
                _("Saved: {name}. Anyone who gets it can read it.").format(name=out.name), out
            ),
        )

    save_file(parent, context, title, name, _(PDF), write)
