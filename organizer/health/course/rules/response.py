"""Published marks of a response: what a change of so many points or percent is called; no verdict hangs on them."""

from collections.abc import Callable
from dataclasses import dataclass

from organizer.base.i18n import _, marked
from organizer.health.course.model import Verdict
from organizer.health.course.rules.rule import Rule, Situation, Statement, evidence_of
from organizer.health.course.series import Day

PHQ_9 = frozenset({"44261-6"})
MOOD = frozenset({"44261-6", "70274-6", "69737-5", "89209-1"})
PAIN = frozenset({"72514-3", "title:PEG"})
MIGRAINE = frozenset({"title:Migraine days"})
ASTHMA = frozenset({"title:Asthma control test"})
HAEMOGLOBIN = frozenset({"718-7"})
WEIGHT = frozenset({"29463-7", "3141-9"})
NOT_WORSE: tuple[Verdict, ...] = ("met", "on-track", "unclear-so-far", "too-early", "not-on-track")
"""Beside these a mark of a response may stand; beside a course that turned it would soothe."""


@dataclass(frozen=True, slots=True)
class Change:
    """From the level at the start to the last day that counts."""

    start: float
    last: Day

    @property
    def points(self) -> float:
        """How much higher the last day is."""
        return self.last.value - self.start

    @property
    def share_lower(self) -> float | None:
        """By what share the last day is lower; None where it is only a bound, or the start is nought."""
        if self.last.comparator or not self.start:
            return None
        return 1 - self.last.value / self.start


def _change(situation: Situation, codes: frozenset[str]) -> Change | None:
    """The change of one of these measures; None for another one, without a start, or without a day since."""
    if situation.measure.code not in codes:
        return None
    if situation.baseline is None or not situation.after:
        return None
    return Change(situation.baseline, situation.after[-1])


def _half(codes: frozenset[str], words: str) -> Callable[[Situation], Statement | None]:
    def speaks(situation: Situation) -> Statement | None:
        change = _change(situation, codes)
        share = change.share_lower if change else None
        if change is None or share is None or share < 0.5:
            return None
        if _remission(situation):
            return None
        shown = evidence_of(change.last.points, _("half of the start or less"))
        return Statement(_(words), evidence=shown, only_with=NOT_WORSE)

    return speaks


def _remission(situation: Situation) -> Statement | None:
    change = _change(situation, PHQ_9)
    if change is None or change.last.value >= 5 or change.start < 10:
        return None
    shown = evidence_of(change.last.points, _("below 5"))
    return Statement(_("A score below 5 is called remission."), evidence=shown, only_with=NOT_WORSE)


def _pain(situation: Situation) -> Statement | None:
    change = _change(situation, PAIN)
    share = change.share_lower if change else None
    if change is None or share is None or share < 0.3:
        return None
    if change.points > -1:
        return None
    return Statement(
        _("A fall of about a third is what people call much better."),
        evidence=evidence_of(change.last.points, _("a third lower")),
        only_with=NOT_WORSE,
    )


def _asthma(situation: Situation) -> Statement | None:
    change = _change(situation, ASTHMA)
    if change is None or abs(change.points) < 3:
        return None
    better, worse = _("Three points more are a noticeable improvement."), _("Three points less are felt.")
    shown = evidence_of(change.last.points, _("three points and more"))
    return Statement(better if change.points > 0 else worse, evidence=shown)


def _iron(situation: Situation) -> Statement | None:
    change = _change(situation, HAEMOGLOBIN)
    if change is None or situation.direction != "up":
        return None
    days = (change.last.when - situation.window.since).days
    if not 21 <= days <= 56 or change.points >= 1:
        return None
    sentence = _("With iron a rise of 1 to 2 g/dL is usual after 3 to 4 weeks; it is less here. Worth asking why.")
    return Statement(sentence, evidence=evidence_of(change.last.points, _("less than 1 g/dL more")))


def _weight_wanted(situation: Situation) -> Statement | None:
    change = _change(situation, WEIGHT)
    share = change.share_lower if change else None
    if change is None or share is None or share >= 0.05:
        return None
    weeks_passed = (situation.as_of - situation.window.since).days >= 84
    if situation.direction != "down" or not weeks_passed:
        return None
    sentence = _("Less than 5 % of the weight is lost after 12 weeks: worth asking what could be added.")
    return Statement(sentence, evidence=evidence_of(change.last.points, _("less than 5 %")))


def _weight_unwanted(situation: Situation) -> Statement | None:
    if situation.measure.code not in WEIGHT or situation.direction == "down":
        return None
    days = [day for day in situation.records.days() if (situation.as_of - day.when).days <= 365]
    earlier = [day for day in days[:-1] if (days[-1].when - day.when).days >= 14]
    if not earlier:
        return None

    start, last = max(earlier, key=lambda day: day.value), days[-1]
    if last.value > 0.95 * start.value:
        return None
    sentence = _("The weight fell by {n} % in {days} days without being meant to: tell your doctor.")
    return Statement(
        sentence.format(n=round(100 * (1 - last.value / start.value)), days=(last.when - start.when).days),
        evidence=evidence_of((*start.points, *last.points), _("weight falling")),
        rising=True,
    )


HALF_THE_SCORE = Rule(
    "half-the-score",
    "Kroenke et al., J Gen Intern Med 16 (2001); Frank et al., Arch Gen Psychiatry 48 (1991): response is half the "
    "score",
    _half(MOOD, marked("That is half of the starting score or less, which is called a response.")),
)
HALF_THE_DAYS = Rule(
    "half-the-days",
    "Tassorelli et al., Cephalalgia 38 (2018): at least half fewer migraine days",
    _half(MIGRAINE, marked("That is half as many migraine days or fewer, which is called a response.")),
)
REMISSION = Rule("remission", "Kroenke et al., J Gen Intern Med 16 (2001): PHQ-9 below 5", _remission)
MUCH_BETTER = Rule("much-better", "Farrar et al., Pain 94 (2001): 2 points or 33 %: “much better”", _pain)
ASTHMA_CHANGE = Rule("asthma-change", "Schatz et al., J Allergy Clin Immunol 124 (2009): 3 points of the ACT", _asthma)
IRON_RESPONSE = Rule("iron-response", "Snook et al., BSG guideline, Gut 70 (2021): 1 to 2 g/dL in 3 to 4 weeks", _iron)
WEIGHT_WANTED = Rule("weight-wanted", "AHA/ACC/TOS guideline, Circulation 129 (2014): 5 % at 12 weeks", _weight_wanted)
WEIGHT_UNWANTED = Rule(
    "weight-unwanted", "Gaddey & Holder, Am Fam Physician 104 (2021): ≥ 5 % in 6 to 12 months", _weight_unwanted
)
