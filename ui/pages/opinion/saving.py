"""Where to save a sheet: asked once, then written in the background, then said."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from organizer.base.i18n import _
from organizer.base.paths import harmless_name
from organizer.base.progress import Progress
from organizer.services.opinion import letters
from organizer.services.opinion.leaving_out import LeftOut, MatterInfo, Paper
from organizer.services.record.records import Record
from ui.pages.opinion.matters import Ticked, ask_matters
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
    parent: QWidget, context: Context, title: str, name: str, draw: Callable[[Record, Progress], Paper]
) -> None:
    """Ask for a place, draw a PDF in the background, write it, say what it leaves out."""

    def write(out: Path) -> None:
        def work(record: Record, progress: Progress) -> Paper:
            paper = draw(record, progress)
            letters.save_bytes(paper.pdf, out)
            return paper

        context.read(title, work, lambda paper: context.show_saved(saved_said(out, paper.left_out), out))

    save_file(parent, context, title, name, _(PDF), write)


def save_sifted(
    parent: QWidget,
    context: Context,
    title: str,
    name: str,
    look: Callable[[Record], list[MatterInfo]],
    draw: Callable[[Record, Ticked], Paper],
) -> None:
    """The same, but first it is asked which of the sensitive matters that `look` finds the paper may show.

    `draw` gets the ids of those that are ticked.
    """

    def save(ticked: Ticked) -> None:
        save_pdf(parent, context, title, name, lambda record, _progress: draw(record, ticked))

    ask_matters(parent, context, look, save)


def saved_said(out: Path, left_out: Sequence[LeftOut], *besides: str) -> str:
    """That a paper was saved and is open to read, further sentences, and what it leaves out, a line each."""
    words = _("Saved: {name}. Anyone who gets it can read it.").format(name=out.name)
    missing = [f"{matter.what} – {matter.reason}" for matter in left_out]
    return "\n".join(line for line in (words, *besides, *missing) if line)
