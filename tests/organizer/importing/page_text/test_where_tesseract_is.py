"""tesseract is found where its installers put it, also when they leave the search path as it is."""

import os
import sys

import pytest

from organizer.importing.page_text import tesseract


@pytest.mark.skipif(os.name != "posix", reason="makes a program by its rights")
@pytest.mark.parametrize(("variable", "below"), [("PROGRAMFILES", ()), ("LOCALAPPDATA", ("Programs",))])
def test_on_windows_in_the_folder_of_its_installer(monkeypatch, tmp_path, variable, below):
    folder = tmp_path.joinpath(*below, "Tesseract-OCR")
    folder.mkdir(parents=True)
    program = folder / "tesseract"
    program.write_text("")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.delenv("PROGRAMFILES", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert not tesseract.available()
    monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.setattr(tesseract, "sys", _Platform("win32"))
    assert tesseract.available()


def test_on_macos_in_homebrews_folder(monkeypatch):
    monkeypatch.setattr(tesseract, "sys", _Platform("darwin"))
    assert "/opt/homebrew/bin" in tesseract._usual_folders()


class _Platform:
    """A system of another name, for one module only: the standard library goes by the real one."""

    def __init__(self, platform):
        self.platform = platform

    def __getattr__(self, name):
        return getattr(sys, name)
