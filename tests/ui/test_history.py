"""What was done, as a list: the record goes back to any step, and forward again, by one press."""

from PySide6.QtCore import Qt

from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from ui.shell.history_dialog import HistoryDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


def titles(window):
    found = entries.find(window.desk.context.record, Query(kinds=("Condition",), person=window.desk.context.person))
    return sorted(entry.title for entry in found)


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)


def rows(dialog):
    return [dialog.list.item(row).text().partition(" – ")[2] for row in range(dialog.list.count())]


def test_a_chosen_step_and_all_later_ones_are_taken_back_and_done_again(ann, qtbot):
    context = ann.desk.context
    for title in ("Asthma", "Gout", "Migraine"):
        entries.add(context.record, "Condition", context.person, {"title": title})
    qtbot.keyClick(ann, Qt.Key.Key_H, CONTROL)
    (dialog,) = ann.desk.findChildren(HistoryDialog)
    assert rows(dialog)[:3] == [f"Added diagnosis “{title}”" for title in ("Migraine", "Gout", "Asthma")]

    dialog.list.setCurrentRow(1)
    assert "2 steps are taken back" in dialog._consequence.text()
    qtbot.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
    idle(ann, qtbot)
    assert titles(ann) == ["Asthma"]
    assert rows(dialog)[:3] == [
        "Added diagnosis “Migraine” (undone)", "Added diagnosis “Gout” (undone)", "Added diagnosis “Asthma”",
    ]  # fmt: skip
    assert dialog.list.currentRow() == 2  # the latest that stands

    dialog.list.setCurrentRow(1)
    assert dialog.back_button.text() == "Do again"
    qtbot.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
    idle(ann, qtbot)
    assert titles(ann) == ["Asthma", "Gout"]
