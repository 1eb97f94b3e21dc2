"""A long page: rows with certain words only, a jump to a card; a short one has neither."""

import pytest
from PySide6.QtCore import QPoint

from organizer.services.entries import entries
from ui.entries.parts.page_finder import FINDABLE, WORTH_IT


def shown_rows(page):
    rows = [row for card in page.finder._cards for row in card.findChildren(object) if row.property(FINDABLE)]
    return [row for row in rows if row.isVisible()]


@pytest.fixture
def diagnoses(ann, qtbot):
    """`diagnoses(n)`: the page with so many diagnoses on it."""

    def open_page(count):
        context = ann.desk.context
        for number in range(count):
            title = f"Zebra disease {number}" if number % 2 else f"Illness {number}"
            status = "resolved" if number % 3 == 0 else "active"
            entries.add(context.record, "Condition", context.person, {"title": title, "status": status})
        ann.desk.show_page("diagnoses")
        page = ann.desk.page
        qtbot.waitUntil(lambda: not ann.desk.jobs.running)
        return page

    return open_page


@pytest.mark.parametrize("count", [WORTH_IT - 1, WORTH_IT])
def test_only_a_long_page_offers_it(ann, diagnoses, count):
    before = len(entries.find(ann.desk.context.record, entries.Query(kinds=("Condition",))))
    page = diagnoses(count - before)
    assert page.finder.isVisible() is (count == WORTH_IT)


def test_rows_without_the_words_are_hidden_and_counted_and_come_back(diagnoses, qtbot):
    page = diagnoses(20)
    qtbot.waitUntil(lambda: len(shown_rows(page)) >= 20)  # read is not yet laid out
    every = len(shown_rows(page))
    qtbot.keyClicks(page.finder.words, "zebra 1")
    assert {row.property(FINDABLE).split("zebra disease ")[1].split()[0] for row in shown_rows(page)} == {
        "1", "11", "13", "15", "17", "19",
    }  # fmt: skip
    assert page.finder.count.text() == f"6 of {every} rows here; Ctrl+K looks everywhere"
    qtbot.keyClicks(page.finder.words, " nowhere")
    assert not any(card.isVisible() for card in page.finder._cards)
    page.finder.words.clear()
    assert len(shown_rows(page)) == every
    assert page.finder.count.text() == ""


def test_a_card_is_jumped_to(ann, diagnoses, qtbot):
    page = diagnoses(40)
    ann.resize(1000, 500)
    actions = page.finder._menu.actions()
    assert [action.text() for action in actions][:1] == ["Current"]
    past = next(action for action in actions if action.text() == "Past")
    past.trigger()
    card = next(card for card in page.finder._cards if card.accessibleName() == "Past")
    top = card.mapTo(page.area.viewport(), QPoint(0, 0)).y()
    bar = page.area.verticalScrollBar()
    assert top == 0 or bar.value() == bar.maximum()
    assert card.isAncestorOf(ann.focusWidget())


def test_what_was_typed_is_gone_when_another_person_is_shown(ann, diagnoses, qtbot):
    page = diagnoses(20)
    qtbot.keyClicks(page.finder.words, "zebra")
    page.forget()
    assert page.finder.words.text() == ""
