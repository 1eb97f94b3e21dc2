"""The examples of docs/adding do what they say: each is run, registered for a moment, and used like the others."""

import re
import sys
from datetime import date
from types import ModuleType

from organizer.base.progress import NoProgress
from organizer.health.course import Goal, Plan, check, check_plan, measures
from organizer.health.opinion import reasons as opinion_reasons
from organizer.health.series import Point
from organizer.importing.core import planner
from organizer.importing.core.format import SourceFile
from organizer.packet.contents import sections
from organizer.packet.file import front_matter as front
from organizer.services.opinion import reasons
from tests.house.source import ROOT
from tests.organizer.health.opinion.made import entry, view
from tests.organizer.packet.people import ELENA_PLAN, elena

FOLDER = ROOT / "docs/adding"


def example(name):
    """The one Python block of a page, as a module."""
    (code,) = re.findall(r"```python\n(.*?)```", (FOLDER / f"{name}.md").read_text(encoding="utf-8"), re.DOTALL)
    made = ModuleType(f"worked_{name}")
    sys.modules[made.__name__] = made
    exec(compile(code, f"docs/adding/{name}.md", "exec"), made.__dict__)
    return made


def test_contributing_leads_to_each_example():
    house = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\(docs/adding/(\w+)\.md\)", house)) == {path.stem for path in FOLDER.glob("*.md")}


def test_a_format_recognises_reads_and_counts(monkeypatch):
    peak_flow = example("format").PEAK_FLOW
    monkeypatch.setattr(planner, "FORMATS", (peak_flow, *planner.FORMATS))
    source = SourceFile("log.txt", data=b"PEAKFLOW 1\n2026-03-01 430\n2026-03-02 high\n2026-03-03 445\n")
    assert planner.recognise(source) is peak_flow
    assert planner.recognise(SourceFile("note.txt", data=b"Dear doctor")) is not peak_flow
    reading = peak_flow.read(source, NoProgress())
    assert [(one.entry.value, one.entry.happened.text) for one in reading.drafts] == [
        (430, "2026-03-01"), (445, "2026-03-03"),
    ]  # fmt: skip
    assert [one.where for one in reading.skipped] == ["line=3"]
    assert reading.read == 3


def test_a_reason_is_found_with_its_evidence_and_stays_away_otherwise(monkeypatch):
    waiting_long = example("reason").waiting_long
    monkeypatch.setattr(reasons, "REASONS", (*opinion_reasons.REASONS, waiting_long))
    old = entry("ServiceRequest", "Rheumatology", "2026-03-01", status="active")
    new = entry("ServiceRequest", "Cardiology", "2026-11-01", status="active")
    found = [reason for one in reasons.REASONS if (reason := one(view(old, new)))]
    assert [(one.reason, one.evidence) for one in found] == [("waiting-long", ("Rheumatology",))]
    assert waiting_long(view(new)) is None


def test_a_rule_speaks_within_the_plan_check(monkeypatch):
    rule = example("rule").THIN_WEEK
    monkeypatch.setattr(check, "RULES", (*check.RULES, rule))
    assert len(rule.citation) > 30

    def said(days):
        points = [Point(date(2026, 3, day), 150.0, entry_id=f"e{day}") for day in days]
        plan = Plan(date(2026, 1, 5), date(2026, 7, 5))
        return check_plan(plan, Goal("down", 135.0), points, date(2026, 3, 20), measure=measures.find("8480-6")).also

    assert any("three days of a week" in one for one in said((1, 8, 18)))
    assert not any("three days of a week" in one for one in said((16, 17, 18)))


def test_a_section_is_drawn_and_cites(monkeypatch):
    section = example("section").VACCINATIONS
    monkeypatch.setattr(sections, "SECTIONS", (*sections.SECTIONS, section))
    matter = front.front_matter(elena(include=(section.id,)), ELENA_PLAN)
    assert matter.page_count == 1
    assert matter.facts == matter.facts_linked
