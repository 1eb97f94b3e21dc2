"""A real window on a small record of its own, as a person would have it before them."""

import shutil

import pytest

from organizer.base.settings import Settings
from organizer.services import records
from organizer.store.keys import KdfCost
from ui.app import make_application
from ui.main_window import MainWindow

PASSPHRASE = "a long passphrase"


@pytest.fixture(scope="session")
def empty_record(tmp_path_factory):
    """A closed record of one person with nothing in it."""
    folder = tmp_path_factory.mktemp("small") / "Ann.casebook"
    made, _code = records.create(folder, PASSPHRASE, "Ann Example", KdfCost(65_536, 1, 1))
    records.close(made)
    return folder


@pytest.fixture
def ann(qtbot, empty_record, tmp_path):
    """The window on a copy of it."""
    make_application([])
    folder = shutil.copytree(empty_record, tmp_path / "Ann.casebook")
    made = MainWindow(Settings())
    qtbot.addWidget(made)
    made.resize(1280, 860)
    made.show()
    made.show_record(records.open_record(folder, PASSPHRASE), folder)
    qtbot.waitUntil(lambda: not made.desk.jobs.running, timeout=20_000)
    yield made
    made.close()
