"""The one build file serves three systems: each branch is run, with PyInstaller's names stood in for."""

import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.house.source import ROOT

SITE = "/venv/site-packages/"
BINARIES = [
    ("PySide6/Qt/lib/libQt6Core.so.6", SITE + "PySide6/Qt/lib/libQt6Core.so.6", "BINARY"),
    ("PySide6/Qt/lib/libQt6Network.so.6", SITE + "PySide6/Qt/lib/libQt6Network.so.6", "BINARY"),
    ("PySide6\\Qt6Qml.dll", SITE + "PySide6/Qt6Qml.dll", "BINARY"),
    ("PySide6\\opengl32sw.dll", SITE + "PySide6/opengl32sw.dll", "BINARY"),
    ("PySide6\\Qt6Core.dll", SITE + "PySide6/Qt6Core.dll", "BINARY"),
    ("PySide6/QtNetwork.abi3.so", SITE + "PySide6/QtNetwork.abi3.so", "EXTENSION"),
    ("PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore", SITE + "QtCore", "BINARY"),
    ("PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork", SITE + "QtNetwork", "BINARY"),
    ("PySide6/Qt/lib/QtQuick.framework/Versions/A/QtQuick", SITE + "QtQuick", "BINARY"),
    ("PySide6/Qt/lib/QtOpenGL.framework/Versions/A/QtOpenGL", SITE + "QtOpenGL", "BINARY"),
    ("PySide6/Qt/lib/QtSql.framework/Versions/A/QtSql", SITE + "QtSql", "BINARY"),
    ("lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so", SITE + "_ssl.so", "EXTENSION"),
    ("libssl.so.3", "/lib/x86_64-linux-gnu/libssl.so.3", "BINARY"),
    ("lib-dynload/_sqlite3.so", SITE + "_sqlite3.so", "EXTENSION"),
    ("PySide6/Qt/plugins/tls/libqopensslbackend.so", SITE + "libqopensslbackend.so", "BINARY"),
    ("PySide6/Qt/plugins/platforms/libqxcb.so", SITE + "libqxcb.so", "BINARY"),
    ("libffi.so.8", "/lib/x86_64-linux-gnu/libffi.so.8", "BINARY"),
    ("libstdc++.so.6", "/lib/x86_64-linux-gnu/libstdc++.so.6", "BINARY"),
]


@pytest.fixture
def built(monkeypatch, tmp_path):
    """What the spec makes on a system: its programs, what it collects, its bundle."""

    def run(system):
        monkeypatch.setattr(sys, "platform", system)
        monkeypatch.setattr(sys, "path", list(sys.path))
        made = SimpleNamespace(programs=[], collected=(), bundle=None, asked=None)

        def analysed(_scripts, **asked):
            made.asked = asked
            names = ("qtbase_es", "qtbase_de", "qtquick_es")
            words = [(f"PySide6/translations/{name}.qm", "", "DATA") for name in names]
            words.append(("PySide6/translations/qtbase_ja.qm", "", "DATA"))
            return SimpleNamespace(binaries=list(BINARIES), datas=words, pure=[], scripts=[])

        names = {
            "SPECPATH": str(ROOT / "packaging"),
            "workpath": str(tmp_path),
            "Analysis": analysed,
            "PYZ": lambda pure: pure,
            "EXE": lambda *_parts, **said: made.programs.append(said) or said,
            "COLLECT": lambda *parts, **_said: setattr(made, "collected", parts),
            "BUNDLE": lambda *_parts, **said: setattr(made, "bundle", said),
        }
        spec = ROOT / "packaging/casebook.spec"
        exec(compile(spec.read_text(encoding="utf-8"), str(spec), "exec"), names)
        return made

    return run


def collected(made):
    return {entry[0] for part in made.collected if isinstance(part, list) for entry in part}


def test_on_linux_the_systems_own_libraries_stay_out_but_those_python_is_tied_to(built):
    made = built("linux")
    assert {"libffi.so.8", "PySide6/Qt/plugins/platforms/libqxcb.so"} <= collected(made)
    assert "libstdc++.so.6" not in collected(made)
    assert [one["name"] for one in made.programs] == ["casebook"]
    assert made.bundle is None


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_nothing_of_the_network_or_of_qml_comes_along_and_the_licences_do(built, system):
    made = built(system)
    names = collected(made)
    unwanted = ("Network", "Qml", "Quick", "OpenGL", "opengl", "QtSql", "ssl", "/tls/", "qtquick", "qtbase_ja")
    libraries = [name for name in names if not name.startswith("licences/")]
    assert not [name for name in libraries if any(part in name for part in unwanted)]
    core = {
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6\\Qt6Core.dll",
        "PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore",
    }
    assert (
        core | {"lib-dynload/_sqlite3.so", "PySide6/translations/qtbase_es.qm", "PySide6/translations/qtbase_de.qm"}
        <= names
    )
    assert any(name.startswith("licences/pillow/") for name in names)
    assert "readline" in made.asked["excludes"]


def test_windows_has_one_program_without_a_console_and_one_that_answers_commands(built):
    assert {one["name"]: one["console"] for one in built("win32").programs} == {
        "casebook": False,
        "casebook-command": True,
    }


def test_windows_is_told_what_the_program_is_and_of_which_version(built):
    words = Path(built("win32").programs[0]["version"]).read_text(encoding="utf-8")
    compile(words, "version.txt", "eval")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"StringStruct('ProductVersion', '{version}')" in words
    assert [one["version"] for one in built("linux").programs] == [None]


def test_macos_gets_an_app_that_knows_its_documents(built):
    made = built("darwin")
    assert [one["console"] for one in made.programs] == [False]  # else the app would have no icon in the dock
    kinds = made.bundle["info_plist"]["CFBundleDocumentTypes"]
    known = {extension for kind in kinds for extension in kind["CFBundleTypeExtensions"]}
    assert known == {"casebook", "casebook-backup"}
    types = {
        one["UTTypeIdentifier"]: one["UTTypeConformsTo"]
        for one in made.bundle["info_plist"]["UTExportedTypeDeclarations"]
    }
    assert types == {"org.casebook.backup": ["public.data"], "org.casebook.record": ["com.apple.package"]}
    assert made.bundle["version"] == made.bundle["info_plist"]["CFBundleVersion"]
    assert {"en", "es", "de"} <= set(made.bundle["info_plist"]["CFBundleLocalizations"])


def test_the_icon_is_drawn_and_can_be_turned_into_what_windows_and_macos_ask_for(built, tmp_path):
    from PIL import Image

    made = built("darwin")
    with Image.open(made.bundle["icon"]) as picture:
        assert picture.size == (1024, 1024)
        assert picture.getpixel((512, 60))[:3] == (0x0F, 0x6B, 0x5C)
        for name in ("casebook.ico", "casebook.icns"):
            picture.save(tmp_path / name)
            assert (tmp_path / name).stat().st_size > 1000
