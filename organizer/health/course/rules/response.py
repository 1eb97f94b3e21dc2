"""Published marks of a response: what a change of so many points or percent is called; no verdict hangs on them."""

from collections.abc import Callable

from organizer.base.i18n import _, marked
from organizer.health.course.model import Verdict
from organizer.health.course.rules.rule import Rule, Said, Situation, evidence_of

MOOD = frozenset({"44261-6", "70274-6", "69737-5", "89209-1"})
PAIN = frozenset({"72514-3", "title:PEG"})
MIGRAINE = frozenset({"title:Migraine days"})
ASTHMA = frozenset({"title:Asthma control test"})
HAEMOGLOBIN = frozenset({"718-7"})
WEIGHT = frozenset({"29463-7", "3141-9"})
NOT_WORSE: tuple[Verdict, ...] = ("met", "on-track", "unclear-so-far", "too-early", "not-on-track")
"""Beside these a mark of a response may stand; beside a course that turned it would soothe."""


def _lower(situation: Situation) -> float | None:
    """By what share the last day is lower than the baseline; None where either is unknown."""
    if not situation.baseline or not situation.after or situation.after[-1].comparator:
        return None
    return 1 - situation.after[-1].value / situation.baseline


def _half(codes: frozenset[str], words: str) -> Callable[[Situation], Said | None]:
    def speaks(situation: Situation) -> Said | None:
        share = _lower(situation)
        if situation.measure.code not in codes or share is None or share < 0.5 or _remission(situation):
            return None
        shown = evidence_of(situation.after[-1].points, _("half of the start or less"))
        return Said(_(words), evidence=shown, only_with=NOT_WORSE)

    return speaks


def _remission(situation: Situation) -> Said | None:
    if situation.measure.code != "44261-6" or not situation.after or situation.baseline is None:
        return None
    last = situation.after[-1]
    if last.value >= 5 or situation.baseline < 10:
        return None
    shown = evidence_of(last.points, _("below 5"))
    return Said(_("A score below 5 is called remission."), evidence=shown, only_with=NOT_WORSE)


def _pain(situation: Situation) -> Said | None:
    share = _lower(situation)
    if situation.measure.code not in PAIN or share is None or situation.baseline is None:
        return None
    points = situation.baseline - situation.after[-1].value
    if share < 0.3 or points < 1:
        return None
    return Said(
        _("A fall of about a third is what people call much better."),
        evidence=evidence_of(situation.after[-1].points, _("a third lower")),
        only_with=NOT_WORSE,
    )


def _asthma(situation: Situation) -> Said | None:
    if situation.measure.code not in ASTHMA or situation.baseline is None or not situation.after:
        return None
    change = situation.after[-1].value - situation.baseline
    if abs(change) < 3:
        return None
    sentence = _("Three points more are a noticeable improvement.") if change > 0 else _("Three points less are felt.")
    return Said(sentence, evidence=evidence_of(situation.after[-1].points, _("three points and more")))


def _iron(situation: Situation) -> Said | None:
    if situation.measure.code not in HAEMOGLOBIN or situation.goal is None or situation.goal.direction != "up":
        return None
    days = (situation.after[-1].when - situation.window.since).days if situation.after else 0
    if situation.baseline is None or not 21 <= days <= 56 or situation.after[-1].value - situation.baseline >= 1:
        return None
    sentence = _("With iron a rise of 1 to 2 g/dL is usual after 3 to 4 weeks; it is less here. Worth asking why.")
    return Said(sentence, evidence=evidence_of(situation.after[-1].points, _("less than 1 g/dL more")))


def _weight_wanted(situation: Situation) -> Said | None:
    share = _lower(situation)
    wanted = situation.goal is not None and situation.goal.direction == "down"
    if situation.measure.code not in WEIGHT or share is None or not wanted or share >= 0.05:
        return None
    if (situation.as_of - situation.window.since).days < 84:
        return None
    sentence = _("Less than 5 % of the weight is lost after 12 weeks: worth asking what could be added.")
    return Said(sentence, evidence=evidence_of(situation.after[-1].points, _("less than 5 %")))


def _weight_unwanted(situation: Situation) -> Said | None:
    if situation.measure.code not in WEIGHT or (situation.goal and situation.goal.direction == "down"):
        return None
    days = [day for day in situation.records.days() if (situation.as_of - day.when).days <= 365]
    if len(days) < 2:
        return None
    earlier = [day for day in days[:-1] if (days[-1].when - day.when).days >= 14]
    if not earlier or days[-1].value > 0.95 * (start := max(earlier, key=lambda day: day.value)).value:
        return None
    sentence = _("The weight fell by {n} % in {days} days without being meant to: tell your doctor.")
    return Said(
        sentence.format(n=round(100 * (1 - days[-1].value / start.value)), days=(days[-1].when - start.when).days),
        evidence=evidence_of((*start.points, *days[-1].points), _("weight falling")),
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
