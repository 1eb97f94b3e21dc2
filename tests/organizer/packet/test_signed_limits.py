"""When a page says what an entry says, and which results are asked about: each limit just below and just above."""

from types import SimpleNamespace

import pytest

from organizer.health.medicines import MedicineState
from organizer.model.entry import Entry
from organizer.packet.contents import measured
from organizer.packet.contents.signed import SignedPage, says
from organizer.packet.facts import Place

PAGE = SignedPage(Place(1, 1), (), "x" * 40)


@pytest.mark.parametrize(("letters", "is_said"), [(24, False), (25, True), (41, False)])
def test_a_quotation_of_twenty_five_letters_proves_a_page_and_a_shorter_one_may_stand_anywhere(letters, is_said):
    assert says(PAGE, Entry("DiagnosticReport", "Report", data={"quote": "x " * letters})) is is_said


@pytest.mark.parametrize(("words", "rows"), [(8, 1), (9, 0)])
def test_a_row_of_results_has_eight_words_at_most(words, rows):
    page = SignedPage(Place(1, 1), (" ".join(["140", *["a"] * (words - 1)]), "no number here"), "")
    assert page.rows == rows


@pytest.mark.parametrize(
    ("title", "is_asked"), [("Lipase", True), ("Amyls", False), ("Total protein", True), ("Total iron", False)]
)
def test_a_question_asks_about_a_test_by_a_word_of_six_letters_or_by_all_of_its_name(title, is_asked):
    question = SimpleNamespace(title="What of my lipase, my amyls and my total protein?", struck=False)
    context = SimpleNamespace(packet=SimpleNamespace(questions=[question], case=None))
    assert measured._is_asked_about(context, title) is is_asked


@pytest.mark.parametrize(("place", "moved_to"), [(0, 0), (3, 3), (4, 3), (6, 3)])
def test_the_kidneys_stand_fourth_at_the_latest_for_whoever_takes_medicines(monkeypatch, place, moved_to):
    monkeypatch.setattr(measured, "Measured", SimpleNamespace)
    monkeypatch.setattr(measured.health_medicines, "state_of", lambda _entry, _day: MedicineState.CURRENT)
    context = SimpleNamespace(of_kind=lambda _kind: [None], packet=SimpleNamespace(as_of=None))
    results = [SimpleNamespace(series=SimpleNamespace(key="k"), title=str(number)) for number in range(7)]
    kidneys = SimpleNamespace(leads=lambda _key, title: title == str(place))
    monkeypatch.setattr(measured, "KIDNEYS", (kidneys,))
    assert [result.title for result in measured._with_kidneys(context, results)].index(str(place)) == moved_to
