"""At 200 % the window becomes a rail of icons and one column; nothing is cut that a person has to read."""

import pytest
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QPushButton

from organizer.services.entries import entries
from organizer.services.opinion import cases, deciding
from ui.look.widgets.columns import Columns
from ui.look.widgets.labels import label
from ui.look.widgets.page_header import PageHeader
from ui.pages import PAGES
from ui.pages.opinion.steps import STEPS


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)
    qtbot.wait(20)


@pytest.fixture(params=[(1280, 1000), (1440, 900)])
def large(ann, qtbot, request):
    ann.change(text_scale=2.0)
    ann.resize(*request.param)
    idle(ann, qtbot)
    return ann


def test_the_rail_shows_each_icon_whole_and_keeps_the_names_in_reach(large, qtbot):
    bar = large.desk.sidebar
    assert bar.is_rail
    for button in (*bar.nav.values(), bar.about_button, bar.lock_button):
        assert button.visibleRegion().boundingRect() == button.rect()
        assert button.accessibleName()
        assert QTextDocumentFragment.fromHtml(button.toolTip()).toPlainText().startswith(button.accessibleName())
    bar.fold_button.click()
    assert not bar.is_rail
    assert bar.nav["timeline"].text() == "Timeline"
    idle(large, qtbot)


@pytest.mark.parametrize("page", [page.id for page in PAGES])
def test_no_page_needs_sideways_scrolling(large, qtbot, page):
    large.desk.show_page(page)
    idle(large, qtbot)
    assert large.desk.page.area.horizontalScrollBar().maximum() == 0
    for button in large.desk.page.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.minimumSizeHint().width(), button.accessibleName()


def test_a_table_and_what_can_be_done_with_its_rows_need_no_sideways_scrolling(large, qtbot):
    context = large.desk.context
    fields = {"title": "Clinic", "happened": "2026-03-07"}
    context.write(lambda: entries.add(context.record, "Encounter", context.person, fields))
    large.desk.show_page("timeline")
    idle(large, qtbot)
    assert large.desk.page.table.isVisible()
    assert large.desk.page.area.horizontalScrollBar().maximum() == 0


def test_no_step_to_a_second_opinion_needs_it_either(large, qtbot):
    context = large.desk.context
    cases.begin(context.record, context.person, {"title": "Which way now"})
    for title in ("Wait", "Change"):
        deciding.add_option(context.record, context.person, title, "")
    large.desk.show_page("opinion")
    for step in STEPS:
        large.desk.page.go(step.id)
        idle(large, qtbot)
        assert large.desk.page.area.horizontalScrollBar().maximum() == 0, step.id


@pytest.mark.parametrize("name", ["shortcut_list", "about", "page_help", "safekeeping", "search"])
def test_no_dialog_is_larger_than_the_window(large, qtbot, name):
    large.do(name)
    dialog = next(one for one in large.findChildren(QDialog) if one.isVisible())
    assert dialog.width() <= large.width()
    assert dialog.height() <= large.height()
    dialog.close()
    idle(large, qtbot)


def test_cards_stand_in_one_column_where_the_text_is_large(large, qtbot):
    columns = Columns(large.theme.px(310), 3)
    qtbot.addWidget(columns)
    columns.set_widgets([label(str(number)) for number in range(3)])
    columns.resize(large.desk.stack.width() - 64, 400)
    columns.show()
    assert len({one.x() for one in columns.findChildren(QLabel)}) == 1


def test_the_actions_of_a_page_go_below_its_title_where_both_do_not_fit(qtbot):
    header = PageHeader("A title of some length")
    qtbot.addWidget(header)
    header.set_actions(QPushButton("Do this"), QPushButton("Do that"))
    header.resize(700, 100)
    header.show()
    first = header.findChild(QAbstractButton)
    beside = first.y()
    header.resize(250, 100)
    assert beside < header.findChild(QLabel).height() < first.y()
