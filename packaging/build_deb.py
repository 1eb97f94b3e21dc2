"""Makes a Debian package of the built folder: /opt/casebook, a starter, desktop entry, icons, MIME type, man page."""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from setup_machine import QT_NEEDS, X11_NEEDS

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
# What every program of this kind stands on, and of Wayland's what Qt doesn't bring.
SYSTEM_NEEDS = ("libexpat1", "libgcc-s1", "libstdc++6", "libwayland-client0", "libwayland-cursor0")

ID = "org.casebook.Casebook"
MOMENT = 1_767_225_600
"""1 January 2026, the moment of every file within (reproducible-builds.org/specs/source-date-epoch)."""
CONTROL = """Package: casebook
Version: {version}
Architecture: {architecture}
Maintainer: Casebook contributors <maintainers@casebook.invalid>
Installed-Size: {kilobytes}
Depends: {needs}
Recommends: libcups2
Suggests: tesseract-ocr
Section: misc
Priority: optional
Description: private organizer for your health records
 Casebook keeps diagnoses, test results, imaging reports, treatments and
 symptoms in an encrypted record on your own computer, shows whether a
 treatment is reaching its goal, and makes the PDF packet that a specialist
 needs for a second opinion. Nothing leaves the computer.
"""
_GLIBC = re.compile(rb"\0GLIBC_2\.(\d+)(?=\0)")
OLDEST_LIBC = 28
"""Where nothing asks: that of Debian 10, for which the wheels are built at the earliest (PEP 600)."""
COPYRIGHT_OF_OTHERS = """
What comes with it has licences of its own. They lie in /opt/casebook/_internal/licences and
/opt/casebook/_internal/resources/licences, where third-party.txt lists them and says how Qt may be exchanged.
"""


def build_deb(app: Path, version: str, out: Path) -> Path:
    """Write `casebook_VERSION_ARCH.deb` into `out`; needs dpkg-deb."""
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    tree = out / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(app, tree / "opt" / "casebook", symlinks=True)
    _link(tree)
    _place_files(tree)
    files = [path for path in tree.rglob("*") if path.is_file() and not path.is_symlink()]
    kilobytes = sum(path.stat().st_size for path in files) // 1024
    needs = ", ".join([f"libc6 (>= {libc_of(app)})", *sorted({*QT_NEEDS.values(), *X11_NEEDS.values(), *SYSTEM_NEEDS})])
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(
        CONTROL.format(
            version=version,
            architecture=architecture,
            kilobytes=kilobytes,
            needs=needs,
        ),
        "utf-8",
    )
    _write_sums(tree, files)
    _settle(tree)
    package = out / f"casebook_{version}_{architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", "--build", "-Zxz", str(tree), str(package)]
    told = {**os.environ, "SOURCE_DATE_EPOCH": str(MOMENT)}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=told)
    return package


def libc_of(app: Path) -> str:
    """The oldest glibc that runs all of the folder's programs and libraries, by the symbols that they ask for."""
    files = [path for path in app.rglob("*") if path.is_file() and not path.is_symlink()]
    programs = (data for data in (path.read_bytes() for path in files) if data.startswith(b"\x7fELF"))
    asked = [int(number) for number in chain.from_iterable(_GLIBC.findall(data) for data in programs)]
    return f"2.{max(asked, default=OLDEST_LIBC)}"


def _write_sums(tree: Path, files: Sequence[Path]) -> None:
    """What dpkg compares a file with, to tell a damaged installation."""
    names = sorted(path.relative_to(tree).as_posix() for path in files)
    lines = [
        f"{hashlib.md5((tree / name).read_bytes(), usedforsecurity=False).hexdigest()}  {name}\n" for name in names
    ]
    (tree / "DEBIAN" / "md5sums").write_text("".join(lines), "utf-8")


def _settle(tree: Path) -> None:
    """One moment and plain rights for every file, so that two packings of the same files are the same bytes."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            library = ".so" in path.suffixes or path.suffix == ".so"
            path.chmod(0o755 if path.is_dir() or (os.access(path, os.X_OK) and not library) else 0o644)
        os.utime(path, (MOMENT, MOMENT), follow_symlinks=False)


def _link(tree: Path) -> None:
    starter = tree / "usr" / "bin" / "casebook"
    starter.parent.mkdir(parents=True)
    starter.symlink_to("/opt/casebook/casebook")


def _place_files(tree: Path) -> None:
    share = tree / "usr" / "share"
    places = {
        HERE / "debian" / f"{ID}.desktop": share / "applications" / f"{ID}.desktop",
        HERE / "debian" / f"{ID}.metainfo.xml": share / "metainfo" / f"{ID}.metainfo.xml",
        HERE / "debian" / "lintian-overrides": share / "lintian" / "overrides" / "casebook",
        HERE / "debian" / "casebook-mime.xml": share / "mime" / "packages" / "casebook.xml",
        ROOT / "resources" / "icons" / "casebook.svg": share / "icons/hicolor/scalable/apps" / "casebook.svg",
    }
    for source, target in places.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    copyright_ = share / "doc" / "casebook" / "copyright"
    copyright_.parent.mkdir(parents=True)
    copyright_.write_text((ROOT / "LICENSE").read_text("utf-8") + COPYRIGHT_OF_OTHERS, "utf-8")
    changes = share / "doc" / "casebook" / "changelog.gz"
    changes.write_bytes(gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    manual = share / "man" / "man1" / "casebook.1.gz"
    manual.parent.mkdir(parents=True)
    manual.write_bytes(gzip.compress((HERE / "debian" / "casebook.1").read_bytes(), mtime=0))
