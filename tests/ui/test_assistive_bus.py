"""The real window on a private bus, read as a screen reader reads it: names and roles arrive, buttons can be used."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.made_records import PASSPHRASE
from ui.pages import PAGES

NEEDED = ("dbus-run-session", "gdbus", "Xvfb")
LAUNCHERS = [Path(folder, "at-spi-bus-launcher") for folder in ("/usr/libexec", "/usr/lib/at-spi2-core", "/usr/lib")]


def test_a_screen_reader_hears_the_sidebar_and_presses_its_buttons(blank_record, tmp_path, checkout):
    missing = [tool for tool in NEEDED if shutil.which(tool) is None]
    if missing or not any(launcher.exists() for launcher in LAUNCHERS):
        pytest.skip(f"no AT-SPI bus here: {', '.join(missing) or 'at-spi2-core'} is missing")
    folder = shutil.copytree(blank_record(), tmp_path / "Ann.casebook")
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    script = Path(__file__).with_name("on_the_bus.py")
    told = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(script), str(folder), PASSPHRASE],
        cwd=checkout, capture_output=True, text=True, timeout=90, check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(runtime), "PYTHONPATH": f"{checkout}:{os.environ['PYTHONPATH']}"},
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    heard = json.loads(told.stdout.splitlines()[-1])
    for page in PAGES:
        assert heard["roles"][page.title] in ("check box", "toggle button")
    assert {"Lock now", "Search (Ctrl+K)", "Person shown: Ann Example"} <= set(heard["roles"])
    assert heard["pressed"]
