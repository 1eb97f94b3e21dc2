"""The packaged program has no Python of its own to start: it becomes the reading process itself."""

import io
import pickle
import subprocess
import sys

import pytest

from organizer.base.apart import ask
from organizer.base.apart.wire import send
from organizer.importing.formats.health_cards.codes import codes_here


def test_the_program_with_that_argument_reads_and_answers(checkout):
    child = subprocess.Popen(
        [sys.executable, str(checkout / "main.py"), ask.READ_APART], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    data, asked = b"Sodium 140.\n", io.BytesIO()
    head = {"language": "en", "seconds": 6, "memory": 960 << 20, "idle": 20, "document": "a"}
    send(asked, head, [pickle.dumps((codes_here, ("text/plain",))), data])
    answered, _none = child.communicate(asked.getvalue(), timeout=30)
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
