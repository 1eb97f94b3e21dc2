"""Builds the one-folder program with PyInstaller in a venv of its own: build/app/casebook.

The venv holds what the lock names for running, and PyInstaller from packaging/requirements.lock. On Linux it then
makes build/casebook_VERSION_ARCH.deb as well. Each step says in one line what it did.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from recognition_models import lay_models

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
VENV = BUILD / "venv"
APP = BUILD / "app" / "casebook"
LOCK = ROOT / "packaging" / "requirements.lock"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
VERSION = str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def run(*command: str | Path, **more: object) -> None:
    """Run a command; stop the build where it fails."""
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT, **more)  # type: ignore[call-overload]


def prepare_venv() -> None:
    """A venv with the locked packages, each compared with its hash."""
    if not PYTHON.exists():
        run(sys.executable, "-m", "venv", VENV)
    run(PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "-r", LOCK)


def build_app() -> None:
    """The folder, and how large it is."""
    shutil.rmtree(APP, ignore_errors=True)
    environment = {**os.environ, "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1767225600"}
    spec = ROOT / "packaging" / "casebook.spec"
    places = ("--distpath", APP.parent, "--workpath", BUILD / "work")
    run(PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places, spec, env=environment)
    if sys.platform.startswith("linux") and shutil.which("strip"):
        for library in APP.rglob("libpython*.so*"):  # a Python that was compiled here brings what only a debugger reads
            run("strip", "--strip-debug", library)
    print(f"{APP.relative_to(ROOT)}: {size_of(APP) / 1e6:.0f} MB")


def write_bill() -> Path:
    """What was built from: every library with version, licence and hash, as CycloneDX (cyclonedx.org)."""
    bill = BUILD / f"casebook_{VERSION}.cdx.json"
    tool = PYTHON.with_name("cyclonedx-py.exe" if WINDOWS else "cyclonedx-py")
    run(tool, "environment", "--output-reproducible", "--of", "JSON", "-o", bill, PYTHON)
    return bill


def installers() -> list[Path]:
    """What people of this system install from, where its tool is there. Not yet run on Windows and macOS."""
    if WINDOWS and shutil.which("ISCC"):
        run("ISCC", "/Q", f"/DVersion={VERSION}", ROOT / "packaging" / "windows" / "casebook.iss")
        return [BUILD / f"casebook_{VERSION}_setup.exe"]
    if sys.platform == "darwin":
        image = BUILD / f"casebook_{VERSION}.dmg"
        app = APP.parent / "Casebook.app"
        run("hdiutil", "create", "-quiet", "-ov", "-volname", "Casebook", "-srcfolder", app, "-format", "UDZO", image)
        return [image]
    return []


def write_sums(made: Sequence[Path]) -> Path:
    """The SHA-256 of each file that is handed out, as `sha256sum -c` reads them."""
    sums = BUILD / "SHA256SUMS"
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made]
    sums.write_text("".join(lines), encoding="utf-8", newline="\n")
    return sums


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def main() -> int:
    prepare_venv()
    if not lay_models(PYTHON, shutil.which("uv")):
        return 1  # what is given to people reads photographs by itself
    build_app()
    made = [write_bill()]
    if sys.platform.startswith("linux") and shutil.which("dpkg-deb"):
        from build_deb import build_deb

        package = build_deb(APP, VERSION, BUILD)
        print(f"{package.relative_to(ROOT)}: {package.stat().st_size / 1e6:.0f} MB")
        made.append(package)
    if sys.platform.startswith("linux"):
        from build_appimage import app_dir, build_appimage

        icon = BUILD / "work" / "casebook" / "casebook.png"  # the spec draws it
        image = build_appimage(app_dir(APP, icon, BUILD), VERSION, BUILD)
        made += [image] if image else []
    made += installers()
    write_sums(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
