"""The AppImage: what its specification asks for lies in it, and it is joined only where both tools are there."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="an AppImage is made on Linux")
RUNTIME = b"\x7fELF" + bytes(4) + b"AI\x02" + bytes(21)


@pytest.fixture
def packing(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(checkout / "packaging"))
    spec = importlib.util.spec_from_file_location("packaging_build_appimage", checkout / "packaging/build_appimage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(packing: ModuleType, tmp_path: Path) -> Path:
    """Laid out of a folder whose program says what it is asked; the path has a blank in it."""
    app = tmp_path / "app"
    (app / "_internal").mkdir(parents=True)
    (app / "casebook").write_text('#!/bin/sh\necho "asked: $*"\n')
    (app / "casebook").chmod(0o755)
    (tmp_path / "mark.png").write_bytes(b"\x89PNG")
    return packing.app_dir(app, tmp_path / "mark.png", tmp_path / "a folder")


def test_what_the_specification_asks_for_lies_in_it(tree: Path) -> None:
    assert [path.name for path in tree.glob("*.desktop")] == ["org.casebook.Casebook.desktop"]
    assert "Icon=casebook\n" in (tree / "org.casebook.Casebook.desktop").read_text("utf-8")
    assert (tree / ".DirIcon").read_bytes() == (tree / "casebook.png").read_bytes() == b"\x89PNG"
    assert (tree / "usr/share/metainfo/org.casebook.Casebook.appdata.xml").is_file()
    assert os.access(tree / "AppRun", os.X_OK)


def test_it_starts_from_a_path_with_a_blank_with_what_it_was_given(tree: Path) -> None:
    done = subprocess.run([tree / "AppRun", "list", "A B"], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout == "asked: list A B\n"


@pytest.mark.skipif(shutil.which("mksquashfs") is None, reason="mksquashfs is not on this machine")
def test_it_is_the_runtime_followed_by_the_folder_and_the_same_bytes_again(
    packing: ModuleType, tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "runtime").write_bytes(RUNTIME)
    monkeypatch.setenv(packing.RUNTIME, str(tmp_path / "runtime"))
    made = packing.build_appimage(tree, "0.1.0", tmp_path)
    data = made.read_bytes()
    assert data.startswith(RUNTIME + b"hsqs")
    assert os.access(made, os.X_OK)
    os.utime(tree / "AppRun", (1, 1))
    assert packing.build_appimage(tree, "0.1.0", tmp_path).read_bytes() == data


@pytest.mark.parametrize("given", [None, b"no program", RUNTIME.replace(b"AI\x02", b"AI\x01")])
def test_without_a_runtime_it_says_so_and_leaves_the_folder(
    packing: ModuleType,
    tree: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    given: bytes | None,
) -> None:
    monkeypatch.delenv(packing.RUNTIME, raising=False)
    if given is not None:
        (tmp_path / "runtime").write_bytes(given)
        monkeypatch.setenv(packing.RUNTIME, str(tmp_path / "runtime"))
    assert packing.build_appimage(tree, "0.1.0", tmp_path) is None
    assert "no AppImage" in capsys.readouterr().out
    assert (tree / "AppRun").is_file()
