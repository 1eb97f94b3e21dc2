"""How a goal stands, in words: the label of a check, and what is said of a plan at rest and of a goal that is open."""

from collections.abc import Sequence
from dataclasses import replace

from organizer.base.i18n import _, marked
from organizer.base.units import with_unit
from organizer.health import printed
from organizer.health.course.check import NO_LONGER_MET
from organizer.health.course.goal_words import WordedTarget
from organizer.health.course.model import Goal, PlanCheck
from organizer.health.course.sentences import point
from organizer.health.course.settled import settled
from organizer.health.series import Point
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.model.statuses import Status

WORDS = {
    "met": (marked("Goal met"), "good"),
    "on-track": (marked("On track"), "good"),
    "little-change": (marked("Little change so far"), "caution"),
    "not-on-track": (marked("Not on the way to the goal"), "caution"),
    "worsening": (marked("Getting worse"), "caution"),
    "too-early": (marked("Too early to say"), "info"),
    "not-enough-data": (marked("Not enough data"), "info"),
    "unclear-so-far": (marked("Unclear so far"), "info"),
    "no-goal": (marked("No goal yet"), "neutral"),
}
DATE_PASSED = marked("Goal not met by its date")
_NO_LONGER_MET = marked("Goal no longer met")
_PAUSED = marked("Paused")
_ENDED = marked("Plan ended")
IN_WORDS = marked("Goal in words")
PAUSED, ENDED = "paused", "ended"
"""Rules by which nothing is said of how a plan works."""


def words_of(check: PlanCheck, over: bool) -> tuple[str, str]:
    """The label of a check and its tone; `over` once the goal's date has passed."""
    for rule, label in ((PAUSED, _PAUSED), (ENDED, _ENDED)):
        if check.rules[0] == rule:
            return label, "neutral"
    words, tone = WORDS[check.verdict]
    if check.verdict == "not-on-track" and over:
        words = _NO_LONGER_MET if NO_LONGER_MET in check.rules else DATE_PASSED
    return words, tone


def at_rest(check: PlanCheck, plan: Entry, goal: Entry | None, included: Sequence[Entry]) -> PlanCheck:
    """Of a plan that is paused or over the numbers are told, but nothing is said of how it works.

    A met goal stays met; prompt contact is told in any case.
    """
    medicines = [entry for entry in included if entry.kind == "MedicationStatement"]
    held = bool(medicines) and all(medicine.status == Status.ON_HOLD for medicine in medicines)
    statuses = {plan.status, goal.status if goal else ""}
    if check.verdict in ("met", "no-goal"):
        return check
    if Status.COMPLETED in statuses:
        rule, words = ENDED, _("This plan is over, so nothing is said about how it works.")
    elif Status.ON_HOLD in statuses or held:
        rule, words = PAUSED, _("This plan is paused, so the numbers don’t tell how it works.")
    else:
        return check
    return replace(
        _judged_anew(check, words),
        verdict="unclear-so-far",
        concern=min(check.concern, 0.99),
        rules=(rule, *check.rules[1:]),
        questions=(),
        would_change="",
    )


def _judged_anew(check: PlanCheck, words: str) -> PlanCheck:
    """What was judged, and how long to wait for it, gives way to these words; the numbers stay."""
    whole = check.sentence.replace(f"{check.waits} ", "") if check.waits else check.sentence
    return replace(
        check,
        sentence=whole.replace(check.judged, words) if check.judged else f"{whole} {words}",
        brief=check.brief.replace(check.judged, words) if check.judged else words,
        judged=words,
        waits="",
    )


def without_start(check: PlanCheck, aim: Goal | None, latest: Point | None, unit: str) -> PlanCheck:
    """Of a plan of which no source says when it began: that, and how the latest result stands to the goal."""
    if check.verdict != "too-early" or aim is None:
        return check
    words = [_("No source says when this began, so its course can’t be judged: the first day would settle it.")]
    stands = settled(aim, latest.value, latest.comparator) if latest is not None else None
    if latest is not None and stands is not None:
        met, missed = _("The latest result, {result}, meets it."), _("The latest result, {result}, doesn’t meet it.")
        pattern = met if stands else missed
        words.insert(0, pattern.format(result=point(latest, unit)))
    return replace(
        _judged_anew(check, " ".join(words)),
        verdict="not-enough-data",
        rules=("start-not-said", *check.rules[1:]),
        questions=(_("When did this treatment begin?"),),
        would_change="",
    )


def in_words(check: PlanCheck, goal: Entry, worded: WordedTarget | None = None) -> PlanCheck:
    """Of a goal without a number: what it says, and what is missing for a verdict: its number, or that somebody accepts
    the one that its words name."""
    written = goal.text("target_text") or plain_title(goal)
    if worded is not None:
        sentence = _(
            "The goal is written in words: “{goal}”. Its number isn’t compared before it is confirmed: {number}."
        )
        words = sentence.format(goal=written, number=worded.spoken)
        return replace(check, sentence=words, brief=words, questions=(), would_change="")
    words = _("The goal is written in words: “{goal}”. It can’t be compared with results.").format(goal=written)
    return replace(
        check, sentence=words, brief=words, questions=(_("By which number would we see that it is reached?"),)
    )


def of_what(check: PlanCheck) -> PlanCheck:
    """Of a goal that names no measure: that nothing is compared with it, and why."""
    words = _("The goal doesn’t say which measurement it is about, so nothing can be compared with it.")
    asked = _("Which measurement is this goal about?")
    return replace(check, sentence=words, brief=words, judged=words, questions=(asked,))


def asking(check: PlanCheck, goal: Entry | None) -> PlanCheck:
    """Of a goal that is one value: the question whether the way in which it is read is what was meant."""
    aim = with_unit(printed.limit(goal.data["target_low"]), goal.unit) if goal else ""
    asked = _("The goal is written as {value} exactly. Is a result beyond it, on the better side, meant as well?")
    return replace(check, questions=(asked.format(value=aim), *check.questions))


def aimed_otherwise(check: PlanCheck, better: str) -> PlanCheck:
    """Of a goal that aims where results are usually worse: the question, and nothing said that rests on its aim."""
    asked = _against(better)
    if check.verdict in ("met", "not-enough-data", "too-early") or check.rules[0] == "beyond-usual":
        return replace(check, questions=(asked, *check.questions))
    return replace(
        check,
        verdict="unclear-so-far",
        also=(),
        concern=min(check.concern, 0.99),
        sentence=check.sentence.replace(check.judged, asked),
        brief=check.brief.replace(check.judged, asked),
        judged=asked,
        rules=("aim-asked", *check.rules[1:]),
        questions=(asked,),
        would_change="",
    )


def _against(better: str) -> str:
    """The question about a goal that aims where results are usually worse."""
    if better == "down":
        return _("The goal asks for more, though less is usually better here: is that what was meant?")
    return _("The goal asks for less, though more is usually better here: is that what was meant?")
