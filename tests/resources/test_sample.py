"""The sample record hangs together: its references resolve, its documents are those that the script draws."""

import base64
import json
import re
from pathlib import Path

import pytest
from lxml import etree

from organizer.model.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample"
INDEX = json.loads((SAMPLE / "sample.json").read_text(encoding="utf-8"))
BUNDLE = (SAMPLE / "st-annes-fhir-bundle.json").read_text(encoding="utf-8")
OWN = [json.loads(line) for line in (SAMPLE / "own-entries.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", [*INDEX["files"], INDEX["own_entries"]])
def test_each_file_of_the_index_is_there(name: str) -> None:
    assert (SAMPLE / name).stat().st_size > 0


@pytest.mark.parametrize("name", [name for name in INDEX["files"] if not name.endswith((".png", ".pdf"))])
def test_each_file_says_that_the_person_is_made_up(name: str) -> None:
    assert "made-up person" in (SAMPLE / name).read_text(encoding="utf-8")


def test_every_reference_of_the_bundle_resolves() -> None:
    known = {f"{e['resource']['resourceType']}/{e['resource']['id']}" for e in json.loads(BUNDLE)["entry"]}
    assert set(re.findall(r'"reference": "(.*?)"', BUNDLE)) <= known


def test_every_reference_of_the_summary_points_into_its_narrative() -> None:
    tree = etree.parse(str(SAMPLE / "northfield-ccd.xml"))
    ids = [str(found) for found in tree.xpath("//@ID")]
    named = {str(value)[1:] for value in tree.xpath("//*[local-name()='reference']/@value")}
    assert len(ids) == len(set(ids))
    assert named <= set(ids)


def test_the_documents_are_those_that_the_script_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    import make_sample_documents as script

    embedded = {found["title"]: found["data"] for found in script.attachments(json.loads(BUNDLE))}
    for paper in script.DOCUMENTS:
        drawn = script.draw(paper)
        assert not paper.own_file or (SAMPLE / paper.file).read_bytes() == drawn
        assert embedded.get(paper.title, base64.b64encode(drawn).decode()) == base64.b64encode(drawn).decode()


@pytest.mark.parametrize("entry", OWN, ids=lambda entry: f"{entry['kind']}: {entry.get('title', '')[:30]}")
def test_what_she_typed_in_fits_the_kinds(entry: dict[str, object]) -> None:
    kind = next(kind for kind in KINDS if kind.name == entry["kind"])
    assert entry["person"] == INDEX["person"]
    for name, value in entry.items():
        if name == "links":
            assert {one["role"] for one in value} <= {role for role, _targets in kind.links}
        elif name not in ("kind", "person"):
            field = kind.field(name)
            assert field is not None, name
            assert field.parse(str(value)) is not None
