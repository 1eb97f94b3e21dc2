"""The settings page: looks, language, how dates, numbers and units are written; each choice shows at once."""

import json
from dataclasses import fields

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from organizer.base import settings as kept
from organizer.base import writing
from organizer.base.settings import CONTRASTS, Settings
from organizer.services.bring_in import recognition
from organizer.services.entries import entries
from ui.shell.settings_dialog import SettingsDialog


@pytest.fixture
def dialog(ann, qtbot):
    context = ann.desk.context
    for value, day in (("5.5", "2026-03-07"), ("6.1", "2026-04-07")):
        typed = {"title": "Glucose", "code": "LOINC 2345-7", "value_text": value, "unit": "mmol/L", "happened": day}
        context.announce(entries.add(context.record, "Observation", context.person, typed))
    ann.desk.show_page("tests")
    ann.show_settings()
    yield ann.findChild(SettingsDialog)
    writing.write(writing.Writing())


def words(window):
    return " | ".join(shown.text() for shown in window.desk.page.findChildren(QLabel) if shown.isVisible())


def press(choices, text):
    next(button for button in choices.findChildren(QPushButton) if button.text() == text).click()


@pytest.mark.parametrize(
    ("choices", "press_on", "shown"),
    [
        ("dates", "Mar 7, 2019", "Apr 7, 2026"),
        ("dates", "2019-03-07", "2026-04-07"),
        ("decimals", "1,5", "6,1 mmol/L"),
        ("units", "mg/dL, %", "110 mg/dL (6.1 mmol/L)"),
        ("units", "mmol/L, mmol/mol", "6.1 mmol/L"),
    ],
)
def test_a_choice_of_writing_shows_at_once_and_stays(ann, dialog, qtbot, choices, press_on, shown):
    press(getattr(dialog, choices), press_on)
    qtbot.waitUntil(lambda: shown in words(ann), timeout=20_000)
    assert kept.load().writing == ann.settings.writing != writing.Writing()


def test_what_is_kept_stays_as_it_was_written(ann, dialog):
    press(dialog.dates, "2019-03-07")
    press(dialog.units, "mg/dL, %")
    context = ann.desk.context
    [first, _second] = entries.find(context.record, entries.Query(kinds=("Observation",), order="happened"))
    assert (first.value_text, first.unit, first.happened.text) == ("5.5", "mmol/L", "2026-03-07")


def test_more_contrast_is_one_click(ann, dialog):
    assert not ann.theme.contrast
    press(dialog.contrasts, "High")
    assert ann.theme.contrast
    press(dialog.contrasts, "Normal")
    assert not ann.theme.contrast


def test_what_the_packet_leaves_out_is_one_click_away(ann, dialog, qtbot):
    press(dialog, "What a packet holds and leaves out…")
    qtbot.waitUntil(lambda: ann.desk.page.id == "opinion", timeout=20_000)
    assert ann.desk.page.place == "opinion/packet"
    qtbot.waitUntil(lambda: not ann.desk.jobs.running, timeout=20_000)


def test_what_reads_pictures_is_said_and_its_languages_chosen_where_there_is_a_choice(ann, qtbot, monkeypatch):
    monkeypatch.setattr(recognition, "languages_to_choose", lambda: ("deu", "spa"))
    ann.show_settings()
    dialog = ann.findChild(SettingsDialog)
    assert recognition.in_words() in [shown.text() for shown in dialog.findChildren(QLabel)]
    dialog.read_in["spa"].click()
    assert ann.settings.read_in == ("spa",)
    assert kept.load().read_in == ("spa",)


def test_the_settings_file_holds_choices_and_places_only(ann, dialog):
    press(dialog.dates, "2019-03-07")
    stored = (kept.settings_folder() / kept.FILE).read_text(encoding="utf-8")
    assert set(json.loads(stored)) == {setting.name for setting in fields(Settings)}
    assert "Glucose" not in stored
    assert ann.desk.context.person_entry.title not in stored


@pytest.mark.parametrize("contrast", [*CONTRASTS, "loud"])
def test_settings_that_were_written_by_hand_are_checked(tmp_path, contrast):
    text = json.dumps({"contrast": contrast, "text_scale": 9.0, "dates": 3, "read_in": ["deu"]})
    (tmp_path / kept.FILE).write_text(text, encoding="utf-8")
    loaded = kept.load(tmp_path)
    assert loaded.contrast == (contrast if contrast in CONTRASTS else "system")
    assert (loaded.text_scale, loaded.dates, loaded.read_in) == (4.0, "", ("deu",))
