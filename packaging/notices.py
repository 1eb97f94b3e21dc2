"""Writes resources/licences/third-party.txt: what is shipped beside our own code, with version and licence.

The packages are those of requirements.lock that the program needs to run, on any system; the tools of whoever
develops it are left out. Licence texts are those that the packages bring.
"""

import re
import tomllib
from importlib import metadata
from itertools import product
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources/licences/third-party.txt"
PYTHON = {"python_version": "3.11", "python_full_version": "3.11.0"}  # the oldest needs the most
SYSTEMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
)
# Where a package's own description says nothing, or tells a story; and what is not installed on every system.
SAID_ELSEWHERE = {
    "colorama": "BSD-3-Clause",
    "pi-heif": "BSD-3-Clause; libheif and libde265 within, libraries of their own: LGPL-3.0-only",
    "pydicom": "MIT",
    "pypdfium2": "Apache-2.0 OR BSD-3-Clause; PDFium within: BSD-3-Clause and others",
    "pyside6-essentials": "LGPL-3.0-only",
    "reportlab": "BSD-3-Clause",
    "rl-accel": "BSD-3-Clause",
    "shiboken6": "LGPL-3.0-only",
    "sqlcipher3": "Zlib; SQLCipher within: BSD-3-Clause; OpenSSL within: Apache-2.0",
    "sqlite-fts4": "Apache-2.0",
    "striprtf": "BSD-3-Clause",
    "uharfbuzz": "Apache-2.0",
    "zxing-cpp": "Apache-2.0",
}
RESOURCES = (
    ("Inter", "OFL-1.1", "Inter-OFL.txt"),
    ("Noto fonts", "OFL-1.1", "Noto-OFL.txt"),
    ("NanumSquare", "OFL-1.1", "NanumSquare-OFL.txt"),
    ("Droid Sans Fallback", "Apache-2.0", "DroidSansFallback-Apache-2.0.txt"),
    ("Lucide icons", "ISC", "Lucide-ISC.txt"),
    ("PP-OCRv6 models (PaddleOCR, as ONNX by RapidOCR)", "Apache-2.0", "PP-OCRv6-Apache-2.0.txt"),
)
OF_QT = (
    ("Qt, PySide6 and shiboken6", "LGPL-3.0-only", "LGPL-3.0.txt"),
    ("what that licence adds to", "GPL-3.0-only", "GPL-3.0.txt"),
)
HEAD = """\
Third-party notices

Casebook stands on the work of others. These are the packages, fonts and pictures that
come with it, and their licences. A program that was built as one folder also has the
folder "licences": every text that a package brings, those of parts within it too
(PDFium's, for example), Python's own and those of the system's libraries beside it.

Qt, with PySide6 and shiboken6, is used under the GNU Lesser General Public License,
version 3. They are libraries of their own, loaded when Casebook starts. You may change
them, put other builds of the same interface (Qt 6.11) in their place, and take Casebook
apart as far as finding faults in your changes needs it:

- in a program built as one folder, or installed in /opt/casebook: put your files in
  place of those in _internal/PySide6 and _internal/shiboken6 (on macOS: in the folder
  Contents/Frameworks of the app);
- where pip installed Casebook: let pip install your own PySide6-Essentials and
  shiboken6 over them;
- from Casebook's source: packaging/casebook.spec builds the folder anew, with whichever
  Qt lies in the venv.

Photographs in the HEIF format are read with libheif and libde265, which are under the
same licence and come as libraries of their own beside pi_heif; put other builds of them
in their place in the same ways. Their source: github.com/strukturag/libheif and
github.com/strukturag/libde265.

Qt's source is at code.qt.io, that of each release at
download.qt.io/official_releases/QtForPython and download.qt.io/official_releases/qt.
Packages under the MPL-2.0 come unchanged; their source is that of the same version in
the Python Package Index.

`python packaging/notices.py` writes this file from requirements.lock.
"""


def locked() -> dict[str, str]:
    """Name and version of all that the lock holds; of several versions the first."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE):
        found.setdefault(name, version)
    return found


def runtime() -> list[str]:
    """The names in the lock that the program itself needs, directly or by way of another."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [Requirement(line) for line in project["dependencies"]]
    found: set[str] = set()
    seen: set[str] = set()
    while waiting:
        asked = waiting.pop()
        if str(asked) in seen:
            continue
        seen.add(str(asked))
        found.add(canonicalize_name(asked.name))
        waiting += [one for one in _needs(asked.name) if _applies(one, asked.extras)]
    return sorted(found & set(locked()))


def licence(name: str) -> str:
    """An SPDX expression where the package states one, else what its description says."""
    if name in SAID_ELSEWHERE:
        return SAID_ELSEWHERE[name]
    about = metadata.metadata(name)
    classifiers = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if "License ::" in line]
    said = about.get("License-Expression") or about.get("License") or "; ".join(classifiers)
    first = said.strip().splitlines()[0] if said else ""
    if not first:
        raise SystemExit(f"{name} states no licence: look it up and add it to SAID_ELSEWHERE.")
    return first


def notices() -> str:
    """The whole file."""
    versions = locked()
    names = runtime()
    rows = [(name, versions[name], licence(name)) for name in names]
    table = [f"{name} {version} ({terms})" for name, version, terms in rows]
    beside, of_qt = ([f"{name} ({terms}): {file}" for name, terms, file in group] for group in (RESOURCES, OF_QT))
    lists = (("Packages", table), ("Fonts, icons and models", beside), ("Texts of Qt’s licence", of_qt))
    parts = [HEAD, *("\n".join([title, "", *lines]) for title, lines in lists)]
    parts += [f"{'-' * 78}\n{name}\n\n{text}" for name in names if (text := _own_text(name))]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _needs(name: str) -> list[Requirement]:
    try:
        return [Requirement(line) for line in metadata.requires(name) or ()]
    except metadata.PackageNotFoundError:
        return []


def _applies(one: Requirement, extras: set[str]) -> bool:
    marker = one.marker
    return marker is None or any(
        marker.evaluate({**PYTHON, **system, "extra": extra}) for system, extra in product(SYSTEMS, ("", *extras))
    )


def _own_text(name: str) -> str:
    """The licence that lies at the top of the package's own description; those of parts within it are left there."""
    try:
        files = metadata.files(name) or []
    except metadata.PackageNotFoundError:
        return ""
    own = [file for file in files if re.fullmatch(r"(LICEN[CS]E|COPYING)[\w.-]*", file.name, re.IGNORECASE)]
    own = [file for file in own if ".dist-info" in str(file)]
    top = min((len(file.parts) for file in own), default=0)
    paths = [Path(str(file.locate())) for file in sorted(own, key=str) if len(file.parts) == top]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    return "\n\n".join("\n".join(line.rstrip() for line in text.strip().splitlines()) for text in texts)


if __name__ == "__main__":
    TARGET.write_text(notices(), encoding="utf-8")
