"""At 200 % the window becomes a rail of icons and one column; nothing is cut that a person has to read."""

import shutil
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLabel,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from organizer.base.i18n import speak
from organizer.base.progress import NoProgress
from organizer.model.case import Opinion
from organizer.services.bring_in import importing
from organizer.services.entries import entries
from organizer.services.opinion import cases, deciding
from organizer.services.record import sample
from tests.windows import window_on
from ui.look.style_sheet import style_sheet
from ui.look.theme import Theme
from ui.look.widgets.buttons import MOST_OF_WINDOW, NameButton, button
from ui.look.widgets.columns import Columns
from ui.look.widgets.folding_row import FEWEST_LETTERS, FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.page_header import PageHeader
from ui.look.widgets.tick_box import TickBox
from ui.pages import PAGES
from ui.pages.opinion.compare import COLUMN, OpinionColumn, OpinionTable
from ui.pages.opinion.steps import STEPS
from ui.shell.app import make_application
from ui.shell.main_window import TITLE_BAR, bring_on_screen
from ui.shell.page import MOST_WIDE


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)
    qtbot.wait(20)


SIZES = [(1280, 1000), (1440, 900)]


@pytest.fixture(params=SIZES)
def large(qtbot, blank_record, tmp_path, request):
    """A window that begins with text of twice the size, as the person left it."""
    window = window_on(
        qtbot, shutil.copytree(blank_record(), tmp_path / "Ann.casebook"), size=request.param, text_scale=2.0
    )
    idle(window, qtbot)
    yield window
    window.close()


@pytest.fixture(params=SIZES)
def grown(ann, qtbot, request):
    """A window whose text became twice as large while it was open."""
    ann.change(text_scale=2.0)
    ann.resize(*request.param)
    idle(ann, qtbot)
    return ann


def test_the_rail_shows_each_icon_whole_and_keeps_the_names_in_reach(grown, qtbot):
    bar = grown.desk.sidebar
    assert bar.is_rail
    assert grown.desk.page.area.horizontalScrollBar().maximum() == 0
    for icon in (*bar.nav.values(), bar.about_button, bar.lock_button):
        assert icon.visibleRegion().boundingRect() == icon.rect()
        assert icon.accessibleName()
        assert QTextDocumentFragment.fromHtml(icon.toolTip()).toPlainText().startswith(icon.accessibleName())
    bar.fold_button.click()
    assert not bar.is_rail
    assert bar.nav["timeline"].text() == "Timeline"
    idle(grown, qtbot)


def test_no_page_needs_sideways_scrolling(large, qtbot):
    for page in PAGES:
        large.desk.show_page(page.id)
        idle(large, qtbot)
        assert large.desk.page.area.horizontalScrollBar().maximum() == 0, page.id
        for act in large.desk.page.findChildren(QPushButton):
            if act.isVisible():
                assert act.width() >= act.minimumSizeHint().width(), (page.id, act.accessibleName())


def test_a_table_and_what_can_be_done_with_its_rows_need_no_sideways_scrolling(grown, qtbot):
    context = grown.desk.context
    fields = {"title": "Clinic", "happened": "2026-03-07"}
    context.write(lambda: entries.add(context.record, "Encounter", context.person, fields))
    grown.desk.show_page("timeline")
    idle(grown, qtbot)
    assert grown.desk.page.table.isVisible()
    assert grown.desk.page.area.horizontalScrollBar().maximum() == 0


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


def test_cards_stand_in_one_column_where_the_text_is_large(grown, qtbot):
    columns = Columns(grown.theme.px(310), 3)
    qtbot.addWidget(columns)
    columns.set_widgets([label(str(number)) for number in range(3)])
    columns.resize(grown.desk.stack.width() - 64, 400)
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
    qtbot.waitUntil(lambda: beside < header.findChild(QLabel).height() < first.y())


def test_actions_that_fit_no_row_stand_below_each_other(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    header = PageHeader("A title")
    header.setParent(window)
    header.set_actions(QPushButton("Do this at once"), QPushButton("Do that in a while"))
    window.resize(900, 300)
    window.show()
    first, second = header.findChildren(QAbstractButton)
    one_row = first.sizeHint().width() + second.sizeHint().width() + header.buttons.spacing()
    header.resize(one_row, 200)
    qtbot.waitUntil(lambda: first.y() == second.y() and first.x() < second.x())
    assert header.minimumSizeHint().width() < one_row
    header.resize(one_row - 1, 200)
    qtbot.waitUntil(lambda: first.y() < second.y())


def test_a_row_without_room_for_its_parts_gives_each_a_line_and_the_text_all_its_width(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    words, act, hidden = label("What happens if I wait, and for how long"), QPushButton("Add"), QPushButton("Hidden")
    row = FoldingRow(window)
    for part in (words, act, hidden):
        row.addWidget(part, part is words)
    row.addStretch()
    hidden.hide()
    window.resize(600, 200)
    window.show()
    assert words.y() < act.geometry().bottom()
    assert words.geometry().right() < act.x()

    margins = row.contentsMargins().left() + row.contentsMargins().right()
    parts = [part.minimumSizeHint().width() for part in (words, act)]
    letters = FEWEST_LETTERS * words.fontMetrics().averageCharWidth()
    fits = max(parts[0], letters) + parts[1] + row.spacing() + margins
    assert window.minimumSizeHint().width() == max(parts) + margins
    for width, is_folded in ((fits, False), (fits - 1, True)):
        window.resize(width, 600)
        qtbot.waitUntil(lambda is_folded=is_folded: (act.y() > words.geometry().bottom()) is is_folded)
    assert words.width() == window.width() - margins
    assert words.height() >= words.heightForWidth(words.width())
    assert act.width() == act.sizeHint().width()
    assert row.heightForWidth(window.width()) == act.geometry().bottom() + 1 + row.contentsMargins().bottom()


def test_the_words_of_a_button_that_needs_most_of_its_window_go_on_in_the_next_line(qtbot):
    words = "Use “insurance-card” as the card of this insurance"
    window = QWidget()
    qtbot.addWidget(window)
    act = button(words, Theme(False, 1.0), lambda: None)
    act.setParent(window)
    whole = act.sizeHint()
    window.resize(int(whole.width() / MOST_OF_WINDOW) + 2, 300)
    window.show()
    assert act.minimumSizeHint().width() == whole.width()
    window.resize(whole.width(), 300)
    act.resize(act.minimumSizeHint())
    assert act.width() < whole.width()
    assert QPushButton.text(act).replace("\n", " ") == words
    assert QPushButton.text(act).count("\n") == 1
    assert act.text() == words
    assert act.sizeHint().height() > whole.height()
    assert act.sizeHint().width() == whole.width()
    act.resize(whole)
    assert QPushButton.text(act) == words
    act.setText("Shorter")
    assert QPushButton.text(act) == act.text() == "Shorter"
    act.setText("")
    assert act.minimumSizeHint().width() == act.sizeHint().width() < whole.width()


def test_a_table_uses_the_height_and_the_width_that_there_are(ann, qtbot):
    context = ann.desk.context
    for day in range(1, 29):
        fields = {"title": "Clinic", "happened": f"2026-03-{day:02}"}
        added = entries.add(context.record, "Encounter", context.person, fields)
    context.announce(added)
    for size, rows in (((1280, 720), 12), ((3000, 2000), 25)):
        ann.resize(*size)
        ann.desk.show_page("timeline")
        idle(ann, qtbot)
        table = ann.desk.page.table.table
        qtbot.waitUntil(lambda table=table, rows=rows: table.viewport().height() >= rows * table.rowHeight(0))
        assert table.columnWidth(2) > 0.2 * table.viewport().width()


LONG = "Erythrocyte distribution width, counted by impedance and corrected for temperature"


@pytest.fixture(params=["en", "de"])
def each_language(request):
    """English, and German with the longest words, before the window is drawn."""
    speak(request.param)
    yield
    speak("en")


@pytest.fixture
def narrow(ann, qtbot, tmp_path):
    """A window of 490 pixels on a record with long names, a chart and a file."""
    context = ann.desk.context
    for n in range(3):
        fields = {"title": LONG, "happened": f"2026-0{n + 1}-05", "value_text": f"4{n}", "unit": "fL"}
        context.write(lambda fields=fields: entries.add(context.record, "Observation", context.person, fields))
    file = tmp_path / "Norma_Pagan_c5c29bde-5877-42ae-b786-17ce70275691_results.csv"
    file.write_text("Date,Test,Result\n2026-02-01,Sodium,140\n", encoding="utf-8")
    plan = importing.plan_import(context.record, [file], context.person, NoProgress())
    importing.accept_import(context.record, plan, NoProgress())
    ann.resize(490, 800)
    idle(ann, qtbot)
    return ann


@pytest.mark.usefixtures("each_language")
def test_at_490_pixels_no_page_no_chart_and_no_step_needs_sideways_scrolling(narrow, qtbot):
    desk = narrow.desk
    places = [(page.id, {}) for page in PAGES]
    places += [("tests", {"code": LONG}), *(("opinion", {"step": step.id}) for step in STEPS)]
    for page, where in places:
        desk.show_page(page, where)
        idle(narrow, qtbot)
        assert desk.page.area.horizontalScrollBar().maximum() == 0, (page, where)


@pytest.mark.parametrize(
    ("each_language", "size", "scale"),
    [("de", (490, 800), 1.0), ("en", (1280, 720), 4.0), ("de", (1280, 720), 4.0)],
    indirect=["each_language"],
)
@pytest.mark.usefixtures("each_language")
def test_neither_a_full_record_at_490_pixels_nor_one_at_400_per_cent_needs_any(
    qtbot, sample_record, tmp_path, size, scale
):
    folder = shutil.copytree(sample_record, tmp_path / "Elena.casebook")
    window = window_on(qtbot, folder, sample.facts().passphrase, text_scale=scale)
    window.resize(*size)
    desk = window.desk
    places = [(page.id, {}) for page in PAGES if page.id != "opinion"]
    places += [("opinion", {"step": step.id}) for step in STEPS]
    for page, where in places:
        desk.show_page(page, where)
        idle(window, qtbot)
        assert desk.page.area.horizontalScrollBar().maximum() == 0, (page, where)
        assert blank_at_the_end(desk.page) < LITTLE * scale, (page, where)
    assert window.width() == size[0]
    window.close()


LITTLE = 120  # pixels: the margin of the page and of its last card


def blank_at_the_end(page):
    """How far a page can be scrolled beyond what it shows."""
    shown = [one for one in page.inside.findChildren(QWidget) if one.isVisible() and one.parentWidget() is page.inside]
    bottom = max(one.geometry().bottom() for one in shown)
    return page.inside.height() - bottom if page.area.verticalScrollBar().maximum() else 0


def test_two_opinions_stand_beside_each_other_where_there_is_room_and_keep_what_was_typed(ann, qtbot):
    theme = ann.theme
    said = Opinion(by="Dr One", when="2026-03-16", said={"diagnosis": "Nephritis"})
    step = SimpleNamespace(typed=lambda *_changed: None)
    columns = [OpinionColumn(step, opinion) for opinion in (said, Opinion(by="Dr Two"))]
    table = OpinionTable(theme, columns)
    window = QWidget()
    qtbot.addWidget(window)
    table.setParent(window)
    window.resize(900, 2000)
    window.show()
    room = 2 * (theme.px(COLUMN) + 16)
    first, second = table.findChildren(QPlainTextEdit)[:2]
    for width, is_beside in ((room, True), (room - 1, False), (room, True)):
        table.resize(width, 1800)

        def places(is_beside=is_beside):
            below = second.mapTo(table, second.rect().topLeft()).y() - first.mapTo(table, first.rect().topLeft()).y()
            return (below == 0) is is_beside

        qtbot.waitUntil(places)
    assert columns[0].opinion() == said


def test_a_name_longer_than_its_room_ends_in_dots_and_is_whole_in_the_tooltip(narrow, qtbot):
    narrow.desk.show_page("tests")
    idle(narrow, qtbot)
    name = next(each for each in narrow.desk.page.findChildren(NameButton) if each.accessibleName() == LONG)
    assert name.text().endswith("…")
    assert LONG in QTextDocumentFragment.fromHtml(name.toolTip()).toPlainText()
    narrow.resize(2400, 800)
    qtbot.waitUntil(lambda: name.text() == LONG)
    assert name.toolTip() == ""
    qtbot.mouseClick(name, Qt.MouseButton.LeftButton)
    idle(narrow, qtbot)
    assert any(label.text().startswith(LONG) for label in narrow.desk.page.findChildren(QLabel))


def test_on_a_very_wide_screen_no_line_is_longer_than_the_eye_follows(ann, qtbot):
    ann.resize(3840, 1200)
    ann.desk.show_page("treatments")
    idle(ann, qtbot)
    page = ann.desk.page
    assert page.inside.width() == MOST_WIDE
    left, right = page.inside.x(), page.area.viewport().width() - page.inside.geometry().right() - 1
    assert abs(left - right) <= 1


def test_the_words_of_a_box_to_tick_go_on_in_the_next_line(qtbot):
    box = TickBox("My address, telephone, e-mail and emergency contacts")
    qtbot.addWidget(box)
    box.resize(200, 80)
    box.show()
    assert box.text().count("\n") >= 1
    assert box.text().replace("\n", " ") == box.accessibleName()
    assert max(box.fontMetrics().horizontalAdvance(line) for line in box.text().split("\n")) < 200
    box.resize(900, 80)
    assert "\n" not in box.text()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_list_that_opens_shows_its_last_entry(qtbot, scale):
    make_application([])
    box = QComboBox()
    qtbot.addWidget(box)
    box.setStyleSheet(style_sheet(Theme(False, scale)))
    box.addItems(["New record", "Add to it", "Leave out"])
    box.show()
    for focused in (False, True):
        if focused:
            box.setFocus()
        box.showPopup()
        rows = sum(box.view().sizeHintForRow(row) for row in range(3))
        assert box.view().viewport().height() >= rows
        assert box.view().verticalScrollBar().maximum() == 0
        box.hidePopup()


@pytest.mark.parametrize(("size", "at"), [((1280, 900), (0, 0)), ((600, 500), (100, -30)), ((600, 500), (700, 500))])
def test_the_title_bar_of_a_window_is_on_the_screen(qtbot, size, at):
    make_application([])
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setGeometry(*at, *size)
    bring_on_screen(window)
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert screen.adjusted(0, TITLE_BAR, 0, 0).contains(window.geometry())
