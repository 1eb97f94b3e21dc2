"""Makes a machine ready for Casebook: what the system lacks, .venv from requirements.lock, models that read pictures.

Called by every target of the Makefile with any Python 3.11 or newer; it uses the standard library only,
does nothing when everything is in place, and tells in one line what it could not do itself.
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from recognition_models import lay_models

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "lock.sha256"
WINDOWS = sys.platform == "win32"
VENV_PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

# Library that has to load → Debian's package of it. Without these no Qt window can even be imported.
QT_NEEDS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
}
# Without these no window shows on an X display; the command line and the tests do without.
X11_NEEDS = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def loads(library: str) -> bool:
    """Whether the system finds a shared library of that name."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def can_make_venv() -> bool:
    """Whether this Python makes virtual environments with pip in them: Debian's needs a package for it."""
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def missing_packages() -> tuple[list[str], list[str]]:
    """Debian packages that this Linux lacks: those nothing works without, and those that are missed later."""
    if not sys.platform.startswith("linux"):
        return [], []
    fatal = [package for library, package in QT_NEEDS.items() if not loads(library)]
    if not VENV_PYTHON.exists() and not shutil.which("uv") and not can_make_venv():
        fatal.append("python3-venv")
    wished = [package for library, package in X11_NEEDS.items() if not loads(library)]
    if not (shutil.which("pdftotext") and shutil.which("pdftoppm")):
        wished.append("poppler-utils")
    return fatal, wished


def root_prefix() -> list[str] | None:
    """What to put before a command that needs root, or None where we cannot become root without asking."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def run_quietly(command: list[str]) -> bool:
    """Whether a command went well; only its errors are seen, and it can't stop to ask."""
    nothing = subprocess.DEVNULL
    return subprocess.run(command, stdin=nothing, stdout=nothing, check=False).returncode == 0


def apt_install(packages: list[str]) -> None:
    """Installs Debian packages where we may; says nothing when it can't, since the caller looks again."""
    prefix = root_prefix()
    apt = shutil.which("apt-get")
    if prefix is None or apt is None:
        return
    print("Installing " + " ".join(packages), flush=True)
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq", "-y"]
    install = [*prefix, *quiet, "install", "--no-install-recommends"]
    run_quietly([*prefix, *quiet, "update"])
    if not run_quietly([*install, *packages]):
        # One name that this release spells differently must not cost the others.
        for package in packages:
            run_quietly([*install, package])


def prepare_system() -> bool:
    """Installs what is missing; False when something is left without which nothing works."""
    fatal, wished = missing_packages()
    if fatal or wished:
        apt_install(fatal + wished)
        importlib.invalidate_caches()
        fatal, wished = missing_packages()
    if fatal or wished:
        print("Please run:  sudo apt-get install -y " + " ".join(fatal + wished), file=sys.stderr)
    return not fatal


def wanted_stamp() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def venv_is_current() -> bool:
    """Whether .venv was filled from this very lock; its Python must still be there too."""
    if not (STAMP.exists() and STAMP.read_text().strip() == wanted_stamp()):
        return False
    return subprocess.run([str(VENV_PYTHON), "-c", ""], check=False).returncode == 0


def venv_runs() -> bool:
    """Whether .venv has a Python that is new enough (an interrupted set-up or an upgrade leaves none)."""
    if not VENV_PYTHON.exists():
        return False
    ask = "import sys; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([str(VENV_PYTHON), "-c", ask], capture_output=True, check=False).returncode == 0


def make_venv(uv: str | None) -> bool:
    """A new .venv, or the one that is there already."""
    if venv_runs():
        return True
    if uv:
        command = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)]
    else:
        command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    return subprocess.run(command, check=False).returncode == 0


def install_lock(uv: str | None) -> bool:
    """Fills .venv from the lock; every file's hash is compared."""
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", str(VENV_PYTHON)]
    else:
        has_pip = subprocess.run([str(VENV_PYTHON), "-c", "import pip"], capture_output=True, check=False)
        if has_pip.returncode != 0:
            subprocess.run([str(VENV_PYTHON), "-m", "ensurepip"], capture_output=True, check=False)
        command = [str(VENV_PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    command += ["--require-hashes", "-r", str(LOCK)]
    return subprocess.run(command, check=False).returncode == 0


def prepare_venv() -> bool:
    """Brings .venv to the lock. The stamp is written last, so an interrupted set-up is taken up again."""
    if venv_is_current():
        return True
    print("Setting up .venv from requirements.lock (a minute or two, once)", flush=True)
    uv = shutil.which("uv")
    if not make_venv(uv):
        print(f"Could not make {VENV}; delete that folder and try again.", file=sys.stderr)
        return False
    if not install_lock(uv):
        print("Could not install what requirements.lock names; the lines above say why.", file=sys.stderr)
        return False
    STAMP.write_text(wanted_stamp() + "\n")
    return True


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file meets whatever Python the machine has
        print("Casebook needs Python 3.11 or newer: make PYTHON=/path/to/it", file=sys.stderr)
        return 1
    if not (prepare_system() and prepare_venv()):
        return 1
    lay_models(VENV_PYTHON, shutil.which("uv"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
