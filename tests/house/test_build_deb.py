"""The Debian package: two packings of the same files are the same bytes, and what a Debian expects lies in it."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is not on this machine")


@pytest.fixture
def packing(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(checkout / "packaging"))
    spec = importlib.util.spec_from_file_location("packaging_build_deb", checkout / "packaging" / "build_deb.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "packaging_build_deb", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A built folder in small: a starter and a library, with the rights that PyInstaller gives them."""
    folder = tmp_path / "app"
    (folder / "_internal").mkdir(parents=True)
    for name in ("casebook", "_internal/libsome.so.1"):
        (folder / name).write_text(name)
        (folder / name).chmod(0o755)
    return folder


def test_two_packings_are_the_same_bytes(packing: ModuleType, app: Path, tmp_path: Path) -> None:
    packages = []
    for turn, moment in enumerate((1_000_000_000, 1_700_000_000)):
        os.utime(app / "casebook", (moment, moment))
        packages.append(packing.build_deb(app, "0.1.0", tmp_path / str(turn)).read_bytes())
    assert packages[0] == packages[1]


def test_what_debian_expects_lies_in_it(packing: ModuleType, app: Path, tmp_path: Path) -> None:
    package = packing.build_deb(app, "0.1.0", tmp_path / "out")
    listed = subprocess.run(["dpkg-deb", "--contents", str(package)], capture_output=True, text=True, check=True).stdout
    rights = {line.split()[5]: line.split()[0] for line in listed.splitlines()}
    assert rights["./opt/casebook/casebook"] == "-rwxr-xr-x"
    assert rights["./opt/casebook/_internal/libsome.so.1"] == "-rw-r--r--"
    for name in (
        "applications/org.casebook.Casebook.desktop", "metainfo/org.casebook.Casebook.metainfo.xml",
        "doc/casebook/changelog.gz", "doc/casebook/copyright", "man/man1/casebook.1.gz", "lintian/overrides/casebook",
    ):  # fmt: skip
        assert f"./usr/share/{name}" in rights
    sums = subprocess.run(["dpkg-deb", "--ctrl-tarfile", str(package)], capture_output=True, check=True).stdout
    assert b"opt/casebook/_internal/libsome.so.1" in sums


def test_it_asks_for_the_glibc_that_its_programs_ask_for_and_no_newer_one(
    packing: ModuleType, app: Path, tmp_path: Path
) -> None:
    (app / "_internal" / "libother.so").write_bytes(b"\x7fELF\0GLIBC_2.2.5\0GLIBC_2.35\0GLIBC_2.34\0")
    (app / "_internal" / "text.txt").write_bytes(b"\0GLIBC_2.99\0")
    assert packing.libc_of(app) == "2.35"
    package = packing.build_deb(app, "0.1.0", tmp_path / "out")
    needs = subprocess.run(["dpkg-deb", "-f", str(package), "Depends"], capture_output=True, text=True, check=True)
    assert "libc6 (>= 2.35)" in needs.stdout
