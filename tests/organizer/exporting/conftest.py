"""Records to take out and bring in again."""

import json
from decimal import Decimal
from types import SimpleNamespace

import pytest

from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing
from organizer.services.entries.entries import Query, find
from organizer.services.record import exporting, records
from organizer.store import change_log
from organizer.store.keys import KdfCost


def bring(record, *paths):
    """Import files, all of what they bring; gives the plan."""
    plan = importing.plan_import(record, list(paths), "", NoProgress())
    if any(item.writes for item in plan.items()):
        importing.accept_import(record, plan, NoProgress())
    return plan


def told(record):
    """What a record says, entry by entry, whatever the ids are."""
    found = find(record, Query(order="created"))
    names = {entry.id: (entry.kind, entry.title, entry.codes, entry.happened) for entry in found}
    said = [
        (
            entry.having(id="", person="", sources=(), links=()),
            [(link.role, names[link.target]) for link in entry.links],
        )
        for entry in found
    ]
    return sorted(said, key=repr)


def checked(path, rules):
    """The bundle at a path, after fhir.resources and our own rules found nothing wrong with it."""
    from fhir.resources.R4B.bundle import Bundle

    Bundle.model_validate_json(path.read_bytes())
    bundle = json.loads(path.read_bytes(), parse_float=Decimal)
    assert rules.breaks(bundle) == []
    return bundle


@pytest.fixture
def new_record(tmp_path):
    """`new_record()` makes an empty record, `new_record(entries)` one that holds them."""
    made = []

    def _new_record(entries=(), person=""):
        folder = tmp_path / f"{len(made)}.casebook"
        record, _code = records.create(folder, "a long passphrase", person or "Nobody", KdfCost(1024, 1, 1))
        made.append(record)
        if not person:
            nobody = find(record, Query())
            change_log.apply(record, "empty", [change_log.Remove(one.id) for one in nobody])
        change_log.apply(record, "filled", [change_log.Add(one) for one in entries])
        return record

    yield _new_record
    for record in made:
        records.close(record)


@pytest.fixture
def taken_out(tmp_path):
    """`taken_out(record, "fhir")`: the path of the export, and what it counted."""
    made = []

    def _taken_out(record, way, person="", suffix=".json"):
        made.append(tmp_path / f"out-{len(made)}{suffix}")
        return SimpleNamespace(path=made[-1], counts=exporting.export(record, way, made[-1], person, NoProgress()))

    return _taken_out
