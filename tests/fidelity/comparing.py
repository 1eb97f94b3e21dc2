"""Facts of a source beside what the record makes of it: right, wrong, lost and why, by source and by kind."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.fidelity.facts import LOST, RIGHT, WRONG, Fact, Told

ABSENCE_FLAGS = ("none_known", "not_asked", "absent_reason")


@dataclass(frozen=True)
class Skip:
    """What the import left out: where it stands, as the source's reader finds it, and the reason that was told."""

    place: Any
    reason: str
    repeats: bool = False
    """True where the reason is that the source tells it a second time."""


@dataclass(frozen=True)
class Difference:
    """One field of one fact that isn't right."""

    source: str
    kind: str
    name: str
    field: str
    right: str
    found: str
    verdict: str


@dataclass
class Tally:
    """What was counted for one source and kind."""

    facts: int = 0
    entered: int = 0
    nothing: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    right: int = 0
    wrong: int = 0
    fields_lost: int = 0


@dataclass
class Comparison:
    """All that was compared so far."""

    tallies: dict[tuple[str, str], Tally] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    def compare(
        self, source: str, facts: Iterable[Fact], entries: Mapping[Any, Sequence[Told]], skips: Sequence[Skip]
    ) -> None:
        """One source: its facts beside the entries by place and what was left out."""
        reasons = {skip.place: skip for skip in skips}
        for fact in facts:
            tally = self.tallies.setdefault((source, fact.kind), Tally())
            tally.facts += 1
            found = entries.get(fact.place, ())
            if not found:
                self._left_out(source, fact, reasons.get(fact.place), tally)
            elif fact.nothing:
                self._absent(source, fact, found[0], tally)
            else:
                tally.entered += 1
                self._fields(source, fact, found[0], tally)

    def _left_out(self, source: str, fact: Fact, skip: Skip | None, tally: Tally) -> None:
        if fact.nothing or (skip is not None and skip.repeats):
            tally.nothing += 1
            return
        reason = skip.reason if skip else "without a word"
        tally.lost[reason] += 1
        self.differences.append(Difference(source, fact.kind, fact.name, "(whole)", "", reason, LOST))

    def _absent(self, source: str, fact: Fact, told: Told, tally: Tally) -> None:
        """An absence may stand as a statement that says so, never as a fact."""
        tally.nothing += 1
        if not any(told["data"].get(flag) for flag in ABSENCE_FLAGS):
            tally.wrong += 1
            found = f"{told['title']} {told['value_text']}"
            self.differences.append(Difference(source, fact.kind, fact.name, "(nothing)", "", found, WRONG))

    def _fields(self, source: str, fact: Fact, told: Told, tally: Tally) -> None:
        for name, expected in fact.fields.items():
            verdict = expected.verdict(told)
            if verdict == RIGHT:
                tally.right += 1
                continue
            tally.wrong += verdict == WRONG
            tally.fields_lost += verdict == LOST
            found = shown(told)
            self.differences.append(Difference(source, fact.kind, fact.name, name, expected.right, found, verdict))

    def total(self, pick: Callable[[Tally], int]) -> int:
        """A count over all sources and kinds."""
        return sum(pick(tally) for tally in self.tallies.values())

    def table(self, by: int) -> str:
        """The counts by source (0) or by kind (1), as a table for RESULTS.md."""
        sums: dict[str, Tally] = {}
        for key, tally in self.tallies.items():
            _add(sums.setdefault(key[by], Tally()), tally)
        head = "| | told | entered | nothing or told twice | lost | fields right | wrong | fields lost |"
        rows = [head, "|---|---|---|---|---|---|---|---|"]
        for name in sorted(sums):
            t = sums[name]
            lost = sum(t.lost.values())
            rows.append(
                f"| {name} | {t.facts} | {t.entered} | {t.nothing} | {lost} | {t.right} | {t.wrong} | {t.fields_lost} |"
            )
        return "\n".join(rows)

    def reasons(self) -> Counter[str]:
        """Why whole facts were lost."""
        found: Counter[str] = Counter()
        for tally in self.tallies.values():
            found += tally.lost
        return found


def _add(total: Tally, tally: Tally) -> None:
    for name in ("facts", "entered", "nothing", "right", "wrong", "fields_lost"):
        setattr(total, name, getattr(total, name) + getattr(tally, name))
    total.lost += tally.lost


def shown(told: Told) -> str:
    """An entry on one line, to see what it says in place of the right thing."""
    data = {name: value for name, value in told["data"].items() if name not in ("text", "page_texts")}
    value = f"{told['comparator']}{told['value_text']} {told['unit']}".strip()
    return f"{told['title']} | {told['happened']}–{told['ended']} | {value} | {told['status']} | {data}"[:300]
