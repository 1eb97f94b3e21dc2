"""A tiny run of `make benchmark-store`, so that it stays in working order; and its page of results."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import bench_store


def test_every_figure_with_a_goal_is_measured(tmp_path, monkeypatch):
    monkeypatch.setattr(bench_store, "COMMITS", 3)
    monkeypatch.setattr(bench_store, "TYPED", ("creatinnine", "letter"))
    bench_store.made_up.write_results(tmp_path / "results.ndjson", 200)
    told = {}
    for name, part in bench_store.PARTS.items():
        told |= part(tmp_path, 200) if name != "shown" else dict.fromkeys(bench_store.WINDOW_FIGURES, 1.0)
    text = bench_store.section(told, 200)
    for name in bench_store.GOALS:
        assert f"| {name} |" in text


def test_a_section_takes_the_place_of_its_last_one_alone(tmp_path):
    page = tmp_path / "RESULTS.md"
    page.write_text(f"# Results\n\n## Other\nkept\n\n{bench_store.HEADING}\nold\n\n## Third\nkept too\n")
    bench_store.keep(f"{bench_store.HEADING}\nnew\n", page)
    told = page.read_text()
    assert "old" not in told
    assert told.count("new") == told.count(bench_store.HEADING) == 1
    assert "kept\n" in told
    assert "kept too" in told
