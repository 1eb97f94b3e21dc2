"""`demo`: the whole way on the sample record, from its source files to the packet."""

import orjson
import pypdfium2

from organizer.services.record import demonstration


def test_the_demonstration_goes_the_whole_way_and_again_in_the_same_place_begins_anew(run, tmp_path):
    told = run("demo", "--out", tmp_path / "demo", "--no-window", "--json").json
    assert (tmp_path / "demo").is_dir()
    verdicts = {plan["verdict"] for plan in told["plans"]}
    assert verdicts == {"met", "not-on-track"}
    assert {one["reason"] for one in told["reasons"]} >= {"treatment-not-working", "serious-diagnosis"}
    document = pypdfium2.PdfDocument(told["packet"])
    assert len(document) > 20
    document.close()

    again = run("demo", "--out", tmp_path / "demo", "--no-window", "--json").json
    assert orjson.dumps(told["reasons"][0]["sentence"]) == orjson.dumps(again["reasons"][0]["sentence"])


def test_without_a_display_it_says_so_and_ends_well(run, tmp_path, monkeypatch):
    monkeypatch.setattr(demonstration, "has_display", lambda: False)
    told = run("demo", "--out", tmp_path / "demo")
    assert told.code == 0
    assert "no display" in told.out
    assert "passphrase" in told.out
