"""The worked example of a page, in a real window beside the others."""

from PySide6.QtWidgets import QLabel

from organizer.services.entries import entries
from tests.house.test_worked_examples import example
from ui.pages import PAGES
from ui.shell.desk import Desk


def test_it_takes_its_place_fills_and_follows_a_change(ann, qtbot):
    page = example("page").VaccinationsPage
    context = ann.desk.context
    desk = Desk(context.record, ann.theme, (*PAGES, page))
    qtbot.addWidget(desk)
    desk.show()
    desk.show_page(page.id)

    def said():
        qtbot.waitUntil(lambda: not desk.jobs.running, timeout=10_000)
        return " ".join(one.text() for one in desk.page.findChildren(QLabel))

    assert "No vaccination" in said()
    desk.context.announce(entries.add(context.record, "Immunization", context.person, {"title": "Tetanus"}))
    assert "Tetanus" in said()
    assert desk.sidebar.nav[page.id].isChecked()
    desk.jobs.stop()
