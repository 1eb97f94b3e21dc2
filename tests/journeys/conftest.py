"""Somebody at the keyboard: finds what is named on the page in front, and types, clicks and goes on by keys alone."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QFileDialog,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from tests.windows import window_on


class Hands:
    """One person at the keyboard of one window."""

    def __init__(self, window, qtbot, folder, monkeypatch):
        self.window, self.qtbot, self.folder = window, qtbot, folder
        monkeypatch.setattr(QFileDialog, "getSaveFileName", self._place)
        monkeypatch.setattr(QInputDialog, "getMultiLineText", lambda *_said: (self.note, True))
        self.note = ""
        self.saved = []

    def _place(self, _parent, _title, name, _kind):
        self.saved.append(self.folder / name)
        return str(self.saved[-1]), ""

    @property
    def record(self):
        return self.window.desk.context.record

    @property
    def person(self):
        return self.window.desk.context.person

    @property
    def page(self):
        return self.window.desk.page

    def wait(self):
        """Until nothing runs any more."""
        self.qtbot.wait(1)
        self.qtbot.waitUntil(lambda: not self.window.desk.jobs.running, timeout=30_000)
        self.qtbot.wait(1)
        self.qtbot.waitUntil(lambda: not self.window.desk.jobs.running, timeout=30_000)

    def where(self):
        """The dialog in front, else the page."""
        dialogs = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        return dialogs[-1] if dialogs else self.page

    def named(self, name, *kinds):
        """What is visible and has this name; the test fails with all names where there is none."""
        found = [one for kind in kinds or (QWidget,) for one in self.where().findChildren(kind) if one.isVisible()]
        exact = [one for one in found if name in (one.accessibleName(), getattr(one, "text", str)())]
        near = [one for one in found if one.accessibleName().startswith(name)]
        names = sorted({one.accessibleName() for one in found if one.accessibleName()})
        assert exact or near, f"no “{name}” among {names}"
        return (exact or near)[0]

    def focus(self, name, *kinds):
        """Give it the focus, as Tab would in the end: it takes part in the order of the keyboard."""
        widget = self.named(name, *kinds)
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, f"“{name}” can’t be reached by Tab"
        widget.window().activateWindow()
        self.qtbot.waitUntil(widget.window().isActiveWindow)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        return widget

    def press(self, name):
        """Space on a button."""
        self.qtbot.keyClick(self.focus(name, QAbstractButton), Qt.Key.Key_Space)
        self.wait()

    def write(self, name, text, enter=False):
        """Type into a field over what stands there."""
        field = self.focus(name, QLineEdit, QPlainTextEdit)
        field.selectAll()
        self.qtbot.keyClicks(field, text)
        if enter:
            self.qtbot.keyClick(field, Qt.Key.Key_Return)
        self.wait()

    def choose(self, name, text):
        """Arrow down in a list until it says so."""
        box = self.focus(name, QComboBox)
        self.qtbot.keyClick(box, Qt.Key.Key_Home)
        for _step in range(box.count()):
            if box.currentText() == text:
                break
            self.qtbot.keyClick(box, Qt.Key.Key_Down)
        assert box.currentText() == text
        self.wait()

    def rate(self, name, number):
        """A digit on a scale."""
        scale = next(one for one in self.where().findChildren(QWidget) if one.accessibleName() == name)
        scale.setFocus()
        self.qtbot.keyClick(scale, Qt.Key(Qt.Key.Key_0 + number))

    def keys(self, key):
        """A shortcut of the window."""
        self.window.activateWindow()  # without a window manager nobody else does it when a dialog closes
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.qtbot.keyClick(self.window, key, Qt.KeyboardModifier.ControlModifier)
        self.wait()

    def go(self, step):
        """To a step by its button in the stepper."""
        self.press(step_name(self.page, step))

    def begin_case(self, *titles):
        """Begin a case that is about the diagnoses of these titles, where there is a choice."""
        self.press("Begin a case")
        if isinstance(self.where(), QDialog):
            for title in titles:
                self.press(title)
            self.press("It is about these")

    def show(self, page):
        self.window.desk.show_page(page)
        self.wait()

    def words(self):
        """All that the page in front says."""
        labels = [one.text() for one in self.page.findChildren(QLabel) if not one.isHidden()]
        fields = [one.text() for one in self.page.findChildren(QLineEdit)]
        texts = [one.toPlainText() for one in self.page.findChildren(QPlainTextEdit)]
        boxes = [one.itemText(n) for one in self.page.findChildren(QComboBox) for n in range(one.count())]
        names = [one.accessibleName() for one in self.page.findChildren(QWidget)]
        return "\n".join([*labels, *fields, *texts, *boxes, *names])

    def found(self, kind):
        return entries.find(self.record, Query(kinds=(kind,), person=self.person, order="created"))


def step_name(page, step):
    """The name of a step's button: `Step 3: Gather, begun`."""
    names = [one.accessibleName() for one in page.findChildren(QAbstractButton)]
    return next(name for name in names if name.startswith("Step ") and f": {step}" in name)


@pytest.fixture
def hands(qtbot, blank_record, tmp_path, monkeypatch):
    """A window on the record of Elena Marsh, who has nothing in it, and somebody before it."""
    folder = shutil.copytree(blank_record("Elena Marsh"), tmp_path / "Elena.casebook")
    window = window_on(qtbot, folder, size=(1280, 900))
    window.activateWindow()
    made = Hands(window, qtbot, tmp_path, monkeypatch)
    made.wait()
    return made
