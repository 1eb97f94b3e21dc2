"""Counts how many results were read exactly, and how many wrong values were proposed as certain."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from organizer.importing.lab_reports.model import Proposal
from tests.benchmarks.lab_reports.people_and_panels import Expected


@dataclass(slots=True)
class Score:
    """`results` were printed, `exact` read wholly right; `wrong_certain` values are wrong and yet proposed as certain."""

    results: int = 0
    exact: int = 0
    proposed: int = 0
    certain: int = 0
    wrong_certain: int = 0
    coded: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        for name in ("results", "exact", "proposed", "certain", "wrong_certain", "coded"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.misses += other.misses

    def line(self) -> str:
        share = 100 * self.exact / max(1, self.results)
        wrong = 100 * self.wrong_certain / max(1, self.results)
        certain = 100 * self.certain / max(1, self.proposed)
        return (
            f"{self.results} results | {share:.1f} % exact | {wrong:.2f} % wrong and certain | {certain:.0f} % certain"
        )


def score(expected: Sequence[Expected], proposals: Sequence[Proposal], scanned: bool) -> Score:
    """Each printed result is paired with the proposal whose name and date (then value) are the nearest."""
    told = Score(len(expected), proposed=len(proposals), certain=sum(one.certain for one in proposals))
    told.coded = sum(bool(one.loinc) for one in proposals)
    left = list(proposals)
    for row in expected:
        near = [one for one in left if _same_name(row.name, one.name, scanned) and _same_day(row, one)]
        near = near or [one for one in left if _same_name(row.name, one.name, scanned)]
        best = max(near, key=lambda one: (one.value == row.value, one.unit == row.unit), default=None)
        if best is None:
            told.misses.append(f"missing: {row.name} {row.printed}")
            continue
        left.remove(best)
        faults = _faults(row, best, scanned)
        told.exact += not faults
        if faults:
            told.misses.append(f"{row.name}: {'; '.join(faults)} certain={best.certain}")
        if best.certain and _wrong_value(row, best):
            told.wrong_certain += 1
            told.misses.append(f"WRONG AND CERTAIN {row.name}: {row.printed} read {best.printed}")
    for one in left:
        told.wrong_certain += one.certain
        told.misses.append(
            f"{'CERTAIN ' if one.certain else ''}of nothing: {one.name} | {one.value} | {one.unit} | {one.range_text}"
        )
    return told


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    return "".join(re.findall(r"[a-z0-9%]", text))


def _same_name(printed: str, read: str, scanned: bool) -> bool:
    one, other = _plain(printed), _plain(read)
    if not scanned:
        return one == other
    return one == other or (len(one) > 3 and SequenceMatcher(None, one, other).ratio() >= 0.8)


def _same_day(row: Expected, one: Proposal) -> bool:
    return one.date is not None and one.date.text == row.date


def _wrong_value(row: Expected, one: Proposal) -> bool:
    return (
        _plain_value(row.value) != _plain_value(one.value)
        or row.comparator != one.comparator
        or (bool(one.unit) and one.unit != row.unit)
    )


def _plain_value(text: str) -> str:
    return " ".join(text.casefold().split())


def _faults(row: Expected, one: Proposal, scanned: bool) -> list[str]:
    faults = []
    if _plain_value(row.value) != _plain_value(one.value):
        faults.append(f"value {row.value} read {one.value}")
    if row.comparator != one.comparator:
        faults.append(f"comparator {row.comparator!r} read {one.comparator!r}")
    if row.unit != one.unit:
        faults.append(f"unit {row.printed_unit} = {row.unit} read {one.printed_unit} = {one.unit}")
    if (row.low, row.high) != (one.low, one.high):
        faults.append(f"range {row.printed_range} read {one.range_text} = {one.low}, {one.high}")
    elif row.low is None and row.high is None and _squeezed(row.printed_range) != _squeezed(one.range_text):
        faults.append(f"range text {row.printed_range} read {one.range_text}")
    flag = "" if scanned and row.shown_flag == "bold" else row.shown_flag
    if flag != one.flag:
        faults.append(f"flag {flag!r} read {one.flag!r}")
    if not _same_day(row, one):
        faults.append(f"date {row.date} read {one.date}")
    return faults


def _squeezed(text: str) -> str:
    return re.sub(r"[\s–—-]+", "-", text.strip("()[] ").casefold())
