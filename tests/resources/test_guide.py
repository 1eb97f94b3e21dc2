"""The page by which somebody gets a record back says only what the program really has."""

import re
import shlex
from pathlib import Path

import click
import pytest

from organizer import commands
from organizer.base.i18n import SOURCE_LANGUAGE, _, speaking
from ui.shell.guide import RECOVERY, guide


@pytest.fixture
def page(spoken):
    return guide(RECOVERY)


def typed(page):
    """Each command line of the page."""
    code = [line for block in re.findall(r"```\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
    code += re.findall(r"`(casebook [^`]+)`", page)
    return [shlex.split(line)[1:] for line in code]


def test_every_command_and_option_of_the_page_exists(page):
    group = next(value for value in vars(commands).values() if isinstance(value, click.Group))
    lines = typed(page)
    assert {line[0] for line in lines} == {"backup", "restore", "verify", "passphrase"}
    for name, *rest in lines:
        known = {option for parameter in group.commands[name].params for option in parameter.opts}
        assert {word for word in rest if word.startswith("--")} <= known


def test_every_button_of_the_page_stands_in_the_window(page, checkout):
    source = "".join(path.read_text(encoding="utf-8") for path in (checkout / "ui").rglob("*.py"))
    named = [
        "Put a backup back…", "Use the recovery code instead", "Put it back", "Open it", "Encrypted on this computer",
        "Back up now", "Change the passphrase…", "New recovery code…",
    ]  # fmt: skip
    for words in named:
        assert f"**{_(words)}**" in page
        assert f'_("{words}")' in source


def test_what_it_quotes_is_what_the_program_says(page, checkout):
    source = "".join(path.read_text(encoding="utf-8") for path in (checkout / "organizer/store").rglob("*.py"))
    for words in ("This passphrase doesn’t open the record.", "The recovery code has a slip in it."):
        assert _(words).replace("’", "'") in page.replace("’", "'")
        assert words in source


def test_the_commands_bring_a_record_back(page, tmp_path, monkeypatch):
    """The page's own lines, one after the other, on a new record."""
    from organizer.services.record import records
    from tests.made_records import CHEAP

    passphrase = tmp_path / "passphrase.txt"
    passphrase.write_text("a long passphrase\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASEBOOK_PASSPHRASE_FILE", str(passphrase))
    lines = {" ".join(line[:1] + line[-2:-1]): line for line in typed(page)}
    plain, by_code = lines["restore --out"], lines["restore --recovery-code-file"]
    _restore, backup, _out, record = plain
    made, code = records.create(tmp_path / Path(record).stem, "a long passphrase", "Ann", CHEAP)
    records.close(made)
    (tmp_path / by_code[-1]).write_text(code + "\n")
    Path(backup).parent.mkdir(exist_ok=True)
    verify = next(line for line in typed(page) if line[0] == "verify")
    again = [{by_code[1]: backup, by_code[3]: "again"}.get(word, word) for word in by_code]
    with speaking(SOURCE_LANGUAGE):  # the words of --help stay as the last command left them
        assert commands.run_command(["backup", record, "--out", backup]) == 0
        (tmp_path / record).rename(tmp_path / "lost")
        assert [commands.run_command(line) for line in (plain, verify, again)] == [0, 0, 0]
    assert (tmp_path / "again.casebook").is_dir()
