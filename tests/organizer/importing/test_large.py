"""What doesn't fit on the desk goes aside and comes back: a cramped import brings what a roomy one does."""

import json

import pytest

from organizer.base.errors import Cancelled, DiskError
from organizer.base.progress import NoProgress
from organizer.importing.core import matching, pages
from organizer.importing.core.pages import Desk, Pages, Shelf
from organizer.importing.core.run import accept, make_plan
from organizer.importing.formats.fhir import apart, context, reader
from organizer.services.entries.entries import as_json
from organizer.store import aside, change_log
from organizer.store import entries as reading
from tests.made_records import opened_copy
from tests.organizer.importing.test_run import DATA, SAMPLE

PATIENT = {"resourceType": "Patient", "id": "p", "name": [{"family": "Example", "given": ["Ada"]}]}
NARROW = (
    (pages, "PAGE", 3), (pages, "OPEN", 7), (matching, "_MOST_ASKED", 12), (context, "_NEAR", 3),
    (context, "_MOST_NEAR", 6), (apart, "_LARGE", 0), (reader, "_OPEN", 5),
)  # fmt: skip


@pytest.fixture
def narrow(monkeypatch):
    def make_narrow():
        for module, name, value in NARROW:
            monkeypatch.setattr(module, name, value)

    return make_narrow


@pytest.fixture
def record(blank_record, tmp_path):
    with opened_copy(blank_record("Ada Example"), tmp_path) as made:
        yield made


def bring(record, *paths):
    plan = make_plan(record, paths, "", NoProgress())
    accept(record, plan, NoProgress())
    told = plan.as_json()
    return [(file["file"], file["new"], file["known"], file["updated"], file["conflicts"]) for file in told["files"]]


def told(record):
    """Every entry without the ids that are new each time, with what it is linked to by title."""
    entries = reading.find(record, reading.Query())
    titles = {entry.id: f"{entry.kind} {entry.title} {entry.happened}" for entry in entries}
    lines = []
    for entry in entries:
        words = as_json(entry)
        words["links"] = sorted((str(link.role), titles[link.target]) for link in entry.links)
        words["sources"] = sorted(json.dumps(source["locator"]) for source in words["sources"])
        lines.append(json.dumps({k: v for k, v in words.items() if k not in ("id", "person")}, sort_keys=True))
    return sorted(lines)


@pytest.mark.parametrize("steps", [
    [[SAMPLE / "st-annes-fhir-bundle.json", SAMPLE / "northfield-ccd.xml"], [SAMPLE / "st-annes-fhir-bundle.json"]],
    [[DATA / "updates" / "upd_a_january.xml"], [DATA / "updates" / "upd_b_march.xml"]],
    [[DATA / "updates" / "upd_a_january.xml", DATA / "updates" / "upd_b_march.xml"]],
], ids=["two sources, then one again", "two downloads", "two downloads at once"])  # fmt: skip
def test_a_cramped_import_brings_what_a_roomy_one_does(blank_record, tmp_path, narrow, steps):
    outcomes = []
    for number in range(2):
        (tmp_path / str(number)).mkdir()
        with opened_copy(blank_record("Ada Example"), tmp_path / str(number)) as record:
            outcomes.append(([bring(record, *paths) for paths in steps], told(record)))
        narrow()
    assert outcomes[0] == outcomes[1]


def results(count):
    return [
        {
            "resourceType": "Observation", "id": f"o{number}", "status": "final", "code": {"text": f"Test {number}"},
            "subject": {"reference": "Patient/p"}, "effectiveDateTime": "2026-03-01",
            "valueQuantity": {"value": number, "unit": "mg/dL"},
            "hasMember": [{"reference": f"Observation/o{(number + 7) % count}"}],
        }
        for number in range(count)
    ]  # fmt: skip


def test_lines_and_a_bundle_that_are_read_as_they_come_link_across_pages(record, tmp_path, narrow):
    narrow()
    lines = tmp_path / "all.ndjson"
    lines.write_text("\n".join(json.dumps(one) for one in [*results(20), PATIENT]))
    bring(record, lines)
    found = reading.find(record, reading.Query(kinds=("Observation",), order="created"))
    assert [entry.value for entry in found] == list(range(20))
    assert {len(entry.links) for entry in found} == {1}
    change_log.undo(record)
    assert reading.find(record, reading.Query(kinds=("Observation",))) == []

    bundle = tmp_path / "all.json"
    told_of = {"timestamp": "2026-04-01T00:00:00Z", "type": "collection"}  # after the entries, as some write it
    entries = [{"resource": one} for one in [*results(20), PATIENT]]
    bundle.write_text(json.dumps({"resourceType": "Bundle", "entry": entries, **told_of}))
    bring(record, bundle)
    found = reading.find(record, reading.Query(kinds=("Observation",), order="created"))
    assert [entry.targets(entry.links[0].role) for entry in found[:2]] == [(found[7].id,), (found[8].id,)]
    assert "2026-04-01" in found[0].sources[0].version


def test_what_a_history_says_was_deleted_last_stays_out_of_a_bundle_that_is_read_as_it_comes(record, tmp_path, narrow):
    narrow()
    gone, stays = (f"http://s/Observation/{name}" for name in ("gone", "stays"))
    entries = [{"fullUrl": "http://s/Patient/p", "resource": PATIENT}]
    entries += [{"fullUrl": gone, "request": {"method": "DELETE", "url": gone}}]
    entries += [
        {"fullUrl": url, "resource": results(1)[0] | {"id": url[-4:]}, "request": {"method": "PUT", "url": url}}
        for url in (gone, stays)
    ]
    bundle = tmp_path / "history.json"
    bundle.write_text(json.dumps({"resourceType": "Bundle", "type": "history", "entry": entries}))
    plan = make_plan(record, [bundle], "", NoProgress())
    assert plan.total("new") == {"Observation": 1}
    assert len(plan.files[0].skipped) == 2


def test_nothing_of_what_went_aside_is_left_or_can_be_read(tmp_path):
    room = tmp_path / "room"
    room.mkdir()
    kept = aside.Aside(room)
    number = kept.put(b"Ada Example has asthma" * 9)
    assert kept.get(number) == b"Ada Example has asthma" * 9
    kept._file.seek(0)
    assert b"asthma" not in kept._file.read()
    assert list(room.iterdir()) == []


def test_a_disk_that_is_gone_is_told(tmp_path):
    with pytest.raises(DiskError):
        aside.Aside(tmp_path / "gone")


@pytest.mark.parametrize("length", [0, 1, 199, 200, 201, 1000])
def test_a_list_of_any_length_reads_as_it_was_written(tmp_path, length):
    items = [{"place": place} for place in range(length)]
    made = Pages(items, Desk(tmp_path, 250))
    assert made == items
    assert made[length // 2 : length // 2 + 3] == items[length // 2 : length // 2 + 3]
    made.change(lambda page: [{"place": -item["place"]} for item in page])
    assert [item["place"] for item in made] == [-place for place in range(length)]
    if length:
        made[0] = {"place": "first"}
        made[-1] = {"place": "last"}
        assert (made[0]["place"], made[-1]["place"]) == ("first" if length > 1 else "last", "last")


def test_what_lies_on_a_shelf_is_found_by_each_of_its_names(tmp_path):
    shelf = Shelf(Desk(tmp_path, 10))
    shelf.name((name, shelf.put(number)) for number in range(500) for name in (f"n{number}", f"even {number % 2}"))
    assert shelf.find(["n7", "n499", "nobody"]) == [7, 499]
    assert len(shelf.find(["even 0"])) == 250


def test_a_cancelled_import_leaves_nothing_aside(record, tmp_path, narrow):
    class Stops(NoProgress):
        checks = 0

        def check(self):
            self.checks += 1
            if self.checks == 40:
                raise Cancelled

    narrow()
    before = sorted(path.name for path in record.path.iterdir())
    lines = tmp_path / "all.ndjson"
    lines.write_text("\n".join(json.dumps(one) for one in [*results(200), PATIENT]))
    with pytest.raises(Cancelled):
        make_plan(record, [lines], "", Stops())
    assert sorted(path.name for path in record.path.iterdir()) == before
