"""The fields of a kind as a form: labels, editors, required ones said in words, errors where they belong."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from organizer.base.errors import InvalidEntryError
from organizer.base.figures import plain
from organizer.base.i18n import _, ngettext
from organizer.model.entry import Entry
from organizer.model.kind import Field, FieldType, Kind
from ui.entries.forms.editors import LineEditor, make_editor
from ui.look.widgets.announcing import announce
from ui.look.widgets.labels import label

FIRST_FIELDS = 6  # kinds with more show the others on demand: a form of fifteen fields frightens


def stored_text(kind: Kind, entry: Entry, field: Field) -> str:
    """A field of an entry as its editor holds it: the very text that the field's `parse` reads again."""
    value = kind.value(entry, field)
    if value is None or value == "":
        return ""
    if field.type is FieldType.FLAG:
        return "yes" if value else "no"
    if field.type is FieldType.LINES and isinstance(value, list):
        return "\n".join(str(item) for item in value)
    if field.type is FieldType.VALUE:
        return f"{entry.comparator}{value}"
    if isinstance(value, float):
        return plain(value)
    return str(value)


class FieldRow(QWidget):
    """A label, its editor, a help line and the place for an error; `words` stand in place of the field's own label."""

    def __init__(self, field: Field, words: str = "") -> None:
        super().__init__()
        self.field = replace(field, label=words) if words else field
        self.editor = make_editor(self.field)
        self.error = label("", "error")
        self.error.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._label())
        assert isinstance(self.editor, QWidget)
        layout.addWidget(self.editor)
        if field.help:
            layout.addWidget(label(_(field.help), "small"))
        layout.addWidget(self.error)

    def fits(self) -> bool:
        """Whether what stands here can be read; what is wrong with it is shown."""
        try:
            self.field.parse(self.editor.text())
        except InvalidEntryError as error:
            self.show_error(str(error))
            return False
        self.show_error("")
        return True

    def show_error(self, message: str) -> None:
        """Say what is wrong here; "" takes it away. The message is also what assistive technology reads."""
        self.error.setText(message)
        self.error.setVisible(bool(message))
        announce(self.error, message)
        main = self.editor.main_widget()
        main.setAccessibleDescription(message or _(self.field.help) if self.field.help else message)
        main.setProperty("wrong", bool(message))
        main.style().unpolish(main)
        main.style().polish(main)

    def _label(self) -> QLabel:
        text = _(self.field.label)
        if self.field.type is FieldType.FLAG:
            text = ""  # the tick box says it itself
        made = label(_("{label} (needed)").format(label=text) if self.field.required else text, "strong")
        made.setBuddy(self.editor.main_widget())
        if not text:  # to show what has no parent yet would open a window of its own
            made.hide()
        return made


class EntryForm(QWidget):
    """All editable fields of a kind. `changed` tells that the person typed."""

    changed = Signal()

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind
        self.rows = {field.name: FieldRow(field) for field in kind.fields if field.type is not FieldType.TABLE}
        self._before: dict[str, str] = {}
        self._more = QWidget()
        self._more_button = QPushButton()
        self._lay_out()
        for row in self.rows.values():
            row.editor.changed.connect(self.changed)

    def fill(self, texts: Mapping[str, str]) -> None:
        """Show these texts; they count as unchanged."""
        for name, row in self.rows.items():
            row.editor.set_text(texts.get(name, ""))
        self._before = self.texts()
        if any(text for name, text in self._before.items() if self._is_more(name)):
            self.show_more()

    def offer(self, choices: Mapping[str, Sequence[str]]) -> None:
        """Texts to choose from, by field."""
        for name, texts in choices.items():
            editor = self.rows[name].editor if name in self.rows else None
            if isinstance(editor, LineEditor):
                editor.offer(texts)

    def texts(self) -> dict[str, str]:
        """All fields as typed."""
        return {name: row.editor.text() for name, row in self.rows.items()}

    def changes(self) -> dict[str, str]:
        """Only the fields that differ from what was filled in: what nobody touched is not written again."""
        return {name: text for name, text in self.texts().items() if text != self._before.get(name, "")}

    def check(self) -> bool:
        """Show each field's error at its place; the first bad one gets the focus. True where all is well."""
        bad = [name for name, row in self.rows.items() if not self._checked(row)]
        if bad:
            self._go_to(bad[0])
        return not bad

    def refuse(self, error: InvalidEntryError) -> bool:
        """Show an error at the field that it names; False where it names none of this form."""
        row = self.rows.get(error.field)
        if row is None:
            return False
        row.show_error(str(error))
        self._go_to(error.field)
        return True

    def show_more(self) -> None:
        """Show the fields that are folded away."""
        self._more.show()
        self._more_button.hide()

    def focus_first(self) -> None:
        """Put the cursor where typing begins."""
        next(iter(self.rows.values())).editor.main_widget().setFocus(Qt.FocusReason.OtherFocusReason)

    def _checked(self, row: FieldRow) -> bool:
        try:
            row.field.parse(row.editor.text())
        except InvalidEntryError as error:
            unchanged = row.editor.text() == self._before.get(row.field.name, "") != ""
            row.show_error("" if unchanged else str(error))  # what a source said stays, though nobody may type it
            return unchanged
        row.show_error("")
        return True

    def _go_to(self, name: str) -> None:
        if self._is_more(name):
            self.show_more()
        self.rows[name].editor.main_widget().setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_more(self, name: str) -> bool:
        return self._more.isAncestorOf(self.rows[name])

    def _first_names(self) -> set[str]:
        """What a person writes first: what is needed, what the table shows, and the notes."""
        names = [field.name for field in self.kind.fields if field.name in self.rows]
        if len(names) <= FIRST_FIELDS + 2:
            return set(names)
        wanted = {field.name for field in self.kind.fields if field.required or field.in_table}
        return {name for name in names if name in wanted or name in ("note", "unit")}

    def _lay_out(self) -> None:
        first = self._first_names()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(16)
        outer.addLayout(_grid([row for name, row in self.rows.items() if name in first]))
        others = [row for name, row in self.rows.items() if name not in first]
        more = _grid(others)
        more.setContentsMargins(0, 0, 0, 0)
        self._more.setLayout(more)
        self._more.hide()
        text = ngettext("{n} more field", "{n} more fields", len(others)).format(n=len(others))
        self._more_button.setText(text)
        self._more_button.setProperty("role", "quiet")
        self._more_button.clicked.connect(self.show_more)
        outer.addWidget(self._more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._more_button.setVisible(bool(others))
        outer.addWidget(self._more)


def _grid(rows: list[FieldRow]) -> QGridLayout:
    """Short fields share a line in pairs; long texts take the whole width."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    line, column = 0, 0
    for row in rows:
        wide = row.field.name == "title" or row.field.type in (
            FieldType.LONG_TEXT, FieldType.LINES, FieldType.SCALE, FieldType.WEIGHT
        )  # fmt: skip
        if wide and column:
            line, column = line + 1, 0
        grid.addWidget(row, line, column, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
        line, column = (line + 1, 0) if wide or column else (line, 1)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid
