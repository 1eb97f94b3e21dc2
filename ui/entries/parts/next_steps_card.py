"""What kept documents still wait for, each one click away: on Documents and on Overview."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from organizer.base.i18n import _, marked
from organizer.model.ids import EntryId, Sha256
from organizer.services.bring_in import next_steps, recognition
from organizer.services.bring_in.next_steps import NextStep
from organizer.services.entries import documents, entries
from organizer.services.record.records import Record
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.shell.context import Context

_ACTIONS = {
    next_steps.RECOGNISE: (marked("Recognise the text"), "scan"),
    next_steps.READ_RESULTS: (marked("Read the results…"), "flask-conical"),
    next_steps.NAMES_DIAGNOSES: (marked("Read the letter…"), "file-text"),
    next_steps.NAMES_SOMEBODY: (marked("Look whose it is"), "users"),
}


def next_steps_card(context: Context, steps: Sequence[NextStep], parent: QWidget) -> Card:
    """A line for each step with its button."""
    card = Card(_("What next"))
    for step in steps:
        row = FoldingRow()
        row.addWidget(label(step.sentence, "second"), 1)
        if step.kind != next_steps.RECOGNISE or recognition.available():
            words, icon = _ACTIONS[step.kind]
            row.addWidget(button(_(words), context.theme, partial(_take, context, step, parent), "secondary", icon))
        card.body.addLayout(row)
    if any(step.kind == next_steps.RECOGNISE for step in steps):
        mistakes = _("Recognised text can be searched and copied; it may hold mistakes, so nothing prints it.")
        card.body.addWidget(label(f"{recognition.in_words()} {mistakes}", "small", selectable=True))
    return card


def _take(context: Context, step: NextStep, parent: QWidget) -> None:
    first = step.documents[0]
    if step.kind == next_steps.RECOGNISE:
        ids = list(step.documents)
        context.read(
            _("Recognising text"),
            lambda record, progress: recognition.recognise(record, ids, progress),
            context.announce,
        )
    elif step.kind == next_steps.READ_RESULTS:
        context.read(_("Opening"), lambda record, _progress: _file_of(record, first), partial(_review, context, parent))
    elif step.kind == next_steps.NAMES_DIAGNOSES:
        context.read(
            _("Opening"), lambda record, _progress: _file_of(record, first), partial(_read_letter, context, parent)
        )
    else:
        context.navigate("documents", entry=first)


def _file_of(record: Record, document: EntryId) -> tuple[Sha256, bytes]:
    sha256 = Sha256(entries.get(record, document).text("file"))
    return sha256, documents.original(record, sha256)


def _review(context: Context, parent: QWidget, file: tuple[Sha256, bytes]) -> None:
    from ui.pages.tests_imaging.lab_review.review import start  # a dialog that few need: not at start-up

    start(context, *file, parent)


def _read_letter(context: Context, parent: QWidget, file: tuple[Sha256, bytes]) -> None:
    from ui.pages.documents.letter_review import start  # a dialog that few need: not at start-up

    start(context, *file, parent)
