"""The real window on a private bus, read as a screen reader reads it, in each language: every page, step, form, dialog,
review and viewer. One window is started and led from view to view."""

import json
import os
import shutil
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from organizer.base.i18n import _, languages, speaking
from organizer.base.progress import NoProgress
from organizer.model.kinds import KINDS
from organizer.services.bring_in import importing
from organizer.services.record import people, sample
from tests.made_records import opened_copy
from tests.organizer.services.slices import a_series
from ui.pages import PAGES
from ui.pages.opinion.steps import STEPS
from ui.shell.shortcuts import SHORTCUTS

NEEDED = ("dbus-run-session", "Xvfb")
LAUNCHERS = [Path(folder, "at-spi-bus-launcher") for folder in ("/usr/libexec", "/usr/lib/at-spi2-core", "/usr/lib")]
REPORT, LETTER = "Kidney biopsy report S26-04417", "Consultation letter 12 Nov 2026"
WHOLE = "de"
"""The language in which everything is read: its words are long. In the others the pages are."""
DIALOGS = ("search", "ask_export", "history", "show_settings", "safekeeping", "shortcut_list", "about", "page_help")
ACT = {"push button", "button", "check box", "radio button", "toggle button", "page tab", "combo box", "text", "entry",
       "menu item", "slider", "spin button"}  # fmt: skip
BLANK = {"invalid", "unknown", "", "redundant object"}


PASSPHRASE = sample.facts().passphrase
CODES = [f"{code}+" if code == WHOLE else code for code in languages()]


def views(folder):
    """What is read, and the steps that lead there."""
    pages = {f"page {page.id}": [["page", page.id]] for page in PAGES}
    steps = {f"step {step.id}": [["step", step.id]] for step in STEPS}
    forms = {f"form {kind.name}": [["form", kind.name]] for kind in KINDS if kind.typed}
    dialogs = {f"dialog {action}": [["command", action]] for action in DIALOGS}
    others = {
        "measure": [["measure"]],
        "review of files": [["bring", str(folder)]],
        "document": [["document", REPORT]],
        "review of results": [["lab_review", REPORT]],
        "review of a letter": [["letter", LETTER]],
        "images": [["images"]],
    }
    return {**pages, **steps, **forms, **dialogs, **others}


@pytest.fixture(scope="module")
def heard(sample_record, tmp_path_factory, checkout):
    """By language and view: role, name, and whether the keyboard gets there, of each part in sight."""
    missing = [tool for tool in NEEDED if shutil.which(tool) is None]
    if missing or not any(launcher.exists() for launcher in LAUNCHERS):
        pytest.skip(f"no AT-SPI bus here: {', '.join(missing) or 'at-spi2-core'} is missing")
    scratch = tmp_path_factory.mktemp("bus")
    folder = scratch / sample_record.name
    runtime, slices = scratch / "run", scratch / "slices"
    runtime.mkdir(mode=0o700)
    slices.mkdir()
    with opened_copy(sample_record, scratch, PASSPHRASE) as record:
        person = people.shown_first(record).person
        plan = importing.plan_import(record, a_series(slices, 2), person, NoProgress())
        importing.accept_import(record, plan, NoProgress())
    script = Path(__file__).with_name("on_the_bus.py")
    read = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(script), str(folder), PASSPHRASE, *CODES],
        cwd=checkout, capture_output=True, text=True, timeout=150, check=False, input=json.dumps(views(slices)) + "\n",
        env={**os.environ, "XDG_RUNTIME_DIR": str(runtime), "PYTHONPATH": f"{checkout}:{os.environ['PYTHONPATH']}"},
    )  # fmt: skip
    assert read.returncode == 0, read.stderr
    return json.loads(read.stdout.splitlines()[-1])


def test_what_the_keyboard_gets_to_has_a_name_and_a_role(heard):
    nameless = {
        f"{code}, {view}: {role}"
        for code, by_view in heard["heard"].items()
        for view, parts in by_view.items()
        for role, name, reached in parts
        if reached and (role in BLANK or (role in ACT and not name.strip()))
    }
    assert nameless == set()


def test_what_is_asked_for_is_in_front_and_named(heard):
    for view, (front, *parts) in heard["heard"][WHOLE].items():
        is_page = view.startswith(("page ", "step ")) or view in ("measure", "document")
        assert front[0] == ("frame" if is_page else "dialog"), view
        assert front[1].strip(), view
        assert len(parts) > 5, view


def test_pages_and_steps_are_tabs_and_what_stands_above_is_a_heading(heard):
    for code, by_view in heard["heard"].items():
        with speaking(code):
            for page in PAGES:
                parts = [(role, name) for role, name, _reached in by_view[f"page {page.id}"]]
                assert ("page tab", _(page.title)) in parts
                assert ("heading", _(page.title)) in parts
    tabs = [name for role, name, _reached in heard["heard"][WHOLE]["step packet"] if role == "page tab"]
    with speaking(WHOLE):
        for step in STEPS:
            assert any(_(step.title) in name for name in tabs)
    assert heard["pressed"]


def test_no_control_speaks_english_in_another_language(heard):
    labels = {shortcut.label for shortcut in SHORTCUTS} | {"Close", "Save", "Cancel", "Back", "Add", "Open", "Source"}
    for code, by_view in heard["heard"].items():
        with speaking(code):
            foreign = {words for words in labels if _(words) != words}
        said = {name for role, name, _reached in chain(*by_view.values()) if role in ACT}
        assert said & foreign == set(), code
