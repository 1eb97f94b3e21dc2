"""A layout filled with made-up data: the PDF, and what it says."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.benchmarks.lab_reports import headless
from tests.benchmarks.lab_reports.layouts import Style, table
from tests.benchmarks.lab_reports.paper import Paper
from tests.benchmarks.lab_reports.people_and_panels import Expected, Report, make_report


def draw(style: Style, seed: int) -> tuple[bytes, list[Expected]]:
    """The layout filled with data of that seed: the PDF, and what it says."""
    random = Random(f"{seed}/{style}")
    report = make_report(random, style.locale, style.panels.split(), style.rows, style.dash)
    paper = Paper(report, style.font, style.size, style.american, style.head, style.clock)
    special: dict[str, Callable[[Paper, Report, Style, Random], None]] = {
        "leaders": headless.leaders, "inline": headless.inline, "monospace": headless.monospace,
        "cards": headless.cards, "in-out": headless.in_out,
    }  # fmt: skip
    paper.new_page(1)
    (special.get(style.family) or table)(paper, report, style, random)
    expected = [replace(row, shown_flag=paper.shown(row.shown_flag)) for row in report.rows]
    if style.clock:
        for row in expected:
            row.date += f"T{style.clock}:00"
    if style.dates:
        expected = [one for row in expected for one in _by_date(row, report, style)]
    return paper.done(), expected


def _by_date(row: Expected, report: Report, style: Style) -> list[Expected]:
    """In a table of several days the flag stands at the latest value only, and each value has its day."""
    made = [row]
    for number, day in enumerate(report.earlier[: style.dates - 1]):
        text = row.history[number]
        plain = text.replace("\u00a0", "").replace("'", "").replace(",", ".") if row.numeric else text
        if row.numeric and style.locale in ("us", "uk", "mx", "ie"):
            plain = text
        made.append(replace(row, value=plain, printed=text, comparator="", shown_flag="", date=day.isoformat()))
    return made
