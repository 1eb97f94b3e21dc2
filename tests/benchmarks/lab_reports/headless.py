"""Layouts without a head over their columns: leaders, sentences, letters of fixed width, cards, two places for a value."""

from collections.abc import Iterator
from random import Random

from tests.benchmarks.lab_reports.layouts import COMMENTS, HEADS, Style, dots, ready, section
from tests.benchmarks.lab_reports.paper import Paper
from tests.benchmarks.lab_reports.people_and_panels import Expected, Report


def _rows(paper: Paper, report: Report, style: Style, random: Random, value: float) -> Iterator[Expected]:
    """Each row as it is to be printed, below its section's name; a full page is left for the next one."""
    for name, rows in report.sections:
        section(paper, style, name, {"name": (40, 200), "value": (value, 400)}, report, {})
        for row in rows:
            ready(row, style, random)
            if paper.y < 90:
                paper.new_page(2)
            yield row


def leaders(paper: Paper, report: Report, style: Style, random: Random) -> None:
    """No head: name, dots, value and unit, range in brackets, as French laboratories print."""
    for row in _rows(paper, report, style, random, 260):
        paper.text(40, row.name)
        dots(paper, 40 + paper.long(row.name), 250)
        bold = row.shown_flag == "bold"
        printed = row.printed + (f" {row.shown_flag}" if row.shown_flag not in ("", "bold") else "")
        paper.text(300, printed, bold, "r")
        paper.text(310, row.printed_unit)
        paper.text(400, f"({row.printed_range})" if row.printed_range else "")
        paper.down(paper.size * style.pitch)


def inline(paper: Paper, report: Report, style: Style, random: Random) -> None:
    """No head: name, value and unit together, range in square brackets, a word for what is outside."""
    for row in _rows(paper, report, style, random, 240):
        paper.text(52, row.name)
        paper.text(250, f"{row.printed} {row.printed_unit}".strip())
        paper.text(350, f"[{row.printed_range}]" if row.printed_range else "")
        paper.text(460, row.shown_flag if row.shown_flag != "bold" else "", bold=True)
        paper.down(paper.size * style.pitch)


def monospace(paper: Paper, report: Report, style: Style, random: Random) -> None:
    """A letter of fixed-width text: columns by blanks, rules of hyphens, comments between rows."""
    heads = {key: random.choice(texts) for key, texts in HEADS[report.language].items()}
    line = f"{heads['name']:<30}{heads['value']:>10} {heads['flag']:<6}{heads['unit']:<18}{heads['range']}"
    for name, rows in report.sections:
        for text in (name.upper(), line, "-" * 84):
            paper.text(40, text)
            paper.down(paper.size * 1.3)
        for row in rows:
            ready(row, style, random)
            if paper.y < 90:
                paper.new_page(2)
            flag = row.shown_flag if row.shown_flag != "bold" else ""
            paper.text(
                40, f"{row.name[:29]:<30}{row.printed:>10} {flag:<6}{row.printed_unit:<18}{row.printed_range}".rstrip()
            )
            row.name = row.name[:29].strip()
            paper.down(paper.size * 1.3)
            if random.random() < style.comments:
                paper.text(40, "   " + random.choice(COMMENTS[report.language]))
                paper.down(paper.size * 1.3)
        paper.down(paper.size)


def cards(paper: Paper, report: Report, style: Style, random: Random) -> None:
    """A portal's print: each result a band with its name, the value large, the range behind its label."""
    labels = {
        "us": "Normal range:",
        "uk": "Normal range:",
        "de": "Normbereich:",
        "fr": "Valeurs de référence :",
        "es": "Rango normal:",
    }[report.language]
    for _name, rows in report.sections:
        for row in rows:
            ready(row, style, random)
            if paper.y < 100:
                paper.new_page(2)
            paper.band(38, paper.width - 38, paper.size * 2.1, 0.95)
            paper.text(44, row.name, bold=True)
            paper.text(240, f"{row.printed} {row.printed_unit}".strip(), size=paper.size + 1)
            paper.text(345, f"{labels} {row.printed_range}" if row.printed_range else "")
            paper.text(paper.width - 44, row.shown_flag if row.shown_flag != "bold" else "", True, "r")
            paper.down(paper.size * 2.6)


def in_out(paper: Paper, report: Report, style: Style, random: Random) -> None:
    """Two columns of values: one for what is in its range, one for what isn't; the unit stands with the range."""
    for x, text in (
        (40, "Test Name"),
        (235, "In Range"),
        (310, "Out Of Range"),
        (400, "Reference Range"),
        (545, "Lab"),
    ):
        paper.text(x, text, bold=True)
    paper.rule(40, paper.width - 40)
    paper.down(paper.size * 1.8)
    for row in _rows(paper, report, style, random, 240):
        paper.text(48, row.name)
        flag = f" {row.shown_flag}" if row.shown_flag not in ("", "bold") else ""
        paper.text(310 if row.flag else 235, row.printed + flag, bold=bool(row.flag))
        paper.text(400, f"{row.printed_range} {row.printed_unit}".strip())
        paper.text(548, random.choice(["EZ", "AMD"]), size=paper.size - 1)
        paper.down(paper.size * style.pitch)
