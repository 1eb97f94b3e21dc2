"""What a plan check is given and what it says: plain data, in the measure's unit, with plain dates."""

from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Literal

from organizer.model.ids import NO_ENTRY, EntryId

Verdict = Literal[
    "met",
    "on-track",
    "little-change",
    "not-on-track",
    "worsening",
    "too-early",
    "not-enough-data",
    "unclear-so-far",
    "no-goal",
]
Direction = Literal["down", "up", "within"]
EventKind = Literal["start", "stop", "dose-up", "dose-down", "switch"]
Treatment = Literal["medicine", "psychotherapy", ""]
"""What kind of treatment a plan is; "" where nobody said. A talking therapy works later than a medicine."""


@dataclass(frozen=True, slots=True)
class PlanEvent:
    """A change of treatment on a day; each restarts the window in which the plan is judged.

    `what` names the medicine; `no_effect` says of a stop that the medicine did not help.
    """

    when: date
    kind: EventKind
    what: str = ""
    entry_id: EntryId = NO_ENTRY
    no_effect: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """When a plan began, by when it is to be reviewed, and from when on it may be judged (None: the measure says).

    `dated` is False where nobody said by when: `review_by` is then a time at which to look, and no date of the goal's.
    """

    start: date
    review_by: date
    judge_from: date | None = None
    events: tuple[PlanEvent, ...] = ()
    name: str = ""
    treatment: Treatment = ""
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Goal:
    """Where to, in the measure's unit. `within` takes a pair (low, high). `baseline` None: found from the records.

    `strict`: the target itself doesn't meet it (below 7, not at most 7).
    """

    direction: Direction
    target: float | tuple[float, float]
    baseline: float | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A published time to look again: from `day` on, less than `share` better is little change.

    `share` is a fraction of the value at the start, or (where `of` is "way") of the way from there to the goal.
    `last` is how much better the last record alone may be. `part` of the plan's length must have passed as well.
    `treatment` is the kind it was published for; "" stands for any.
    """

    day: int
    share: float
    last: float
    part: float
    of: Literal["start", "way"] = "start"
    treatment: Treatment = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is known of a measure; see resources/measures.json for the citation of each figure.

    `floor`, `ceiling`, `step` and `mcid` (smallest change that matters) in its unit, or `mcid_share` as a fraction of
    the value; `within_person_sd` in its unit or `cv` as a fraction of the value (analytical and biological together);
    times in days. `code` is its LOINC code, or `title:` and its name; of a measure that nobody described the key of
    its series. `codes` all codes and names under which it is known. `better` is the direction that is usually wished
    for, "" where it depends. Below `low_limit` or above `high_limit`, or beyond the goal by more than the share
    `most_beyond`, a goal isn't called met. Outside `plausible_low` to `plausible_high` a value is asked about, not
    judged. After `interval_days` without a result the last one is old.
    `prompt`: a clinician looks at it again within days; no part of the plan's length is waited for. `kin` are the keys
    of sister scales, whose numbers mean nearly the same but aren't compared. Two values in a row don't differ by more
    than the factor `most_times`; `adult_limits`: what is usual is so for grown-ups only. `also` are further names
    of it, in small letters. `swings`: in this person it rises and falls within days, as creatinine between two sessions
    of dialysis.
    """

    code: str
    unit: str
    name: str = ""
    floor: float | None = None
    ceiling: float | None = None
    step: float | None = None
    within_person_sd: float | None = None
    cv: float | None = None
    mcid: float | None = None
    mcid_share: float | None = None
    correlation_days: float = 14.0
    response_window_days: int = 28
    source: str = ""
    codes: tuple[str, ...] = ()
    better: Literal["down", "up", ""] = ""
    low_limit: float | None = None
    high_limit: float | None = None
    most_beyond: float | None = None
    plausible_low: float | None = None
    plausible_high: float | None = None
    interval_days: int | None = None
    prompt: bool = False
    most_times: float | None = None
    adult_limits: bool = False
    kin: tuple[str, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    also: tuple[str, ...] = ()
    swings: bool = False

    def least_change(self, level: float) -> float | None:
        """The smallest change that matters at a level, in the measure's unit; None where nobody published one."""
        return self.mcid_share * abs(level) if self.mcid_share is not None else self.mcid

    def is_called(self, name: str) -> bool:
        """Whether people call it so."""
        return name.casefold() in (self.name.casefold(), *self.also)

    @property
    def plausible_ends(self) -> tuple[float, float]:
        """Between which a value can be right at all; infinite where nobody said."""
        low = self.plausible_low if self.plausible_low is not None else self.floor
        high = self.plausible_high if self.plausible_high is not None else self.ceiling
        return -inf if low is None else low, inf if high is None else high

    def plausible(self, value: float) -> bool:
        """Whether a value can be right at all."""
        low, high = self.plausible_ends
        return low <= value <= high


@dataclass(frozen=True, slots=True)
class SideEffect:
    """An adverse event: `severity` mild, moderate or severe; `after` what was started or changed before it."""

    when: date
    name: str
    severity: str = ""
    led_to_stop: bool = False
    entry_id: EntryId = NO_ENTRY


@dataclass(frozen=True, slots=True)
class Quoted:
    """A report's own words about a tumour or a disease, with their day."""

    when: date
    words: str
    entry_id: EntryId = NO_ENTRY


@dataclass(frozen=True, slots=True)
class Evidence:
    """An entry and what it shows, in words."""

    entry_id: EntryId
    shows: str


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """Where a plan stands.

    `also` stands beside the verdict; `urgent` is shown before anything else; `concern` is continuous, a verdict from
    1 on; `probability` is None while it isn't calibrated. `rules` are the ids of the rules that spoke;
    `would_change` says in words what would change the verdict; `brief` is
    the sentence without what stands beside it, for places that say once for all that numbers are compared with goals,
    `judged` its part that says the verdict, `waits` that which says how long the measure usually takes.
    """

    verdict: Verdict
    also: tuple[str, ...] = ()
    urgent: str | None = None
    concern: float = 0.0
    probability: float | None = None
    sentence: str = ""
    evidence: tuple[Evidence, ...] = ()
    rules: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    would_change: str = ""
    brief: str = ""
    judged: str = ""
    waits: str = ""
