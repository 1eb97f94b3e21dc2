"""Installs Casebook with pip into a new venv outside the checkout, and starts it there: version, demo, window.

Needs the package registry, or pip's own cache. Everything lies in a folder that is removed afterwards.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 60


def started(program: Path, home: Path, environment: dict[str, str]) -> bool:
    """Whether its window comes up without a screen and is still there a moment later."""
    window = subprocess.Popen([program], cwd=home, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + SECONDS
        while window.poll() is None and time.monotonic() < until:
            if (home / "config/casebook/window.lock").exists():  # the first thing that a window does
                time.sleep(3)
                return window.poll() is None
            time.sleep(0.2)
        return False
    finally:
        window.kill()
        told = window.communicate()[0].decode("utf-8", "replace").strip()
        if told:
            print(told)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="casebook-pip-") as made:
        place = Path(made)
        scripts = place / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
        subprocess.run([sys.executable, "-m", "venv", place / "venv"], check=True)
        pip = [scripts / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*pip, ROOT], check=True)
        plain = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "DISPLAY")}
        places = {"HOME": str(place), "XDG_CONFIG_HOME": str(place / "config"), "QT_QPA_PLATFORM": "offscreen"}
        environment = plain | places
        for words in (["--version"], ["demo", "--no-window", "--out", str(place / "demo")]):
            told = subprocess.run([scripts / "casebook", *words], cwd=place, env=environment, check=True, text=True,
                                  stdout=subprocess.PIPE)  # fmt: skip
            print(told.stdout.strip().splitlines()[-1])
        if not (list((place / "demo").glob("*.pdf")) and started(scripts / "casebook", place, environment)):
            print("No packet was made, or no window came up.")
            return 1
    print("installed by pip outside the checkout: it tells its version, makes the demo's packet and shows its window")
    return 0


if __name__ == "__main__":
    sys.exit(main())
