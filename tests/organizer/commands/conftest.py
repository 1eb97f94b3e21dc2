"""The command line in this process: one record with real results made once and copied for each test."""

import shutil
from types import SimpleNamespace

import orjson
import pytest

from organizer import commands
from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing
from organizer.services.entries.entries import Query, find
from organizer.services.record import records
from tests.made_records import PASSPHRASE, opened_copy


@pytest.fixture(scope="session")
def filled(blank_record, tmp_path_factory, checkout):
    """A closed record that holds the sample's hospital file."""
    with opened_copy(blank_record("Elena Marsh"), tmp_path_factory.mktemp("filled")) as record:
        hospital = checkout / "resources/sample/st-annes-fhir-bundle.json"
        plan = importing.plan_import(record, [hospital], "", NoProgress())
        importing.accept_import(record, plan, NoProgress())
    return record.path


@pytest.fixture
def record(filled, tmp_path):
    """A copy of it that a test may change."""
    return shutil.copytree(filled, tmp_path / "Elena.casebook")


@pytest.fixture
def run(tmp_path, monkeypatch, capfdbinary):
    """`run("list", record, "Condition")`: exit code, what was said, the JSON if it is any."""
    secret = tmp_path / "secret.txt"
    secret.write_text(PASSPHRASE + "\n", "utf-8")
    monkeypatch.setenv("CASEBOOK_PASSPHRASE_FILE", str(secret))

    def _run(*words):
        code = commands.run_command([str(word) for word in words])
        out, said = capfdbinary.readouterr()
        told = orjson.loads(out) if "--json" in words and out else None
        return SimpleNamespace(code=code, out=out.decode(), said=said.decode(), json=told)

    return _run


@pytest.fixture
def everything():
    """All entries of a closed record, to compare before and after."""

    def _everything(folder):
        opened = records.open_record(folder, PASSPHRASE)
        try:
            return {entry.id: entry for entry in find(opened, Query())}
        finally:
            records.close(opened)

    return _everything
