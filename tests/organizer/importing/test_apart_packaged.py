"""The packaged program has no Python of its own to start: it becomes the reading process itself."""

import subprocess
import sys

import orjson
import pytest

from organizer.importing.apart import ask


def test_the_program_with_that_argument_reads_and_answers(checkout):
    child = subprocess.Popen(
        [sys.executable, str(checkout / "main.py"), ask.READ_APART], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    request = orjson.dumps(
        {"task": "words", "told": {"name": "a.txt"}, "language": "en", "seconds": 6, "memory": 960 << 20}
    )
    given = len(request).to_bytes(4, "big") + request + (12).to_bytes(8, "big") + b"Sodium 140.\n"
    answered, _none = child.communicate(given, timeout=30)
    assert b"answer" in answered
    assert child.returncode == 0


@pytest.mark.parametrize(
    ("system", "program"), [("linux", "casebook"), ("darwin", "casebook"), ("win32", "casebook-command.exe")]
)
def test_the_packaged_program_starts_itself(monkeypatch, tmp_path, system, program):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "casebook"))
    assert ask._command() == [str(tmp_path / program), ask.READ_APART]
