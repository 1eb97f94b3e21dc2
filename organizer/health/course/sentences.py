"""What is said of a plan: the numbers with their dates, calmly; never a prognosis, never advice."""

from datetime import date

from organizer.base.dates import spoken_day
from organizer.base.i18n import _, marked
from organizer.base.units import spoken_unit
from organizer.health import printed
from organizer.health.course.due_line import meets
from organizer.health.course.model import Verdict
from organizer.health.course.rules.rule import Situation
from organizer.health.course.series import Day
from organizer.health.series import Point

BASELINE_FIGURES = 3
CAVEAT = marked("This compares your numbers with your goal; it doesn’t judge the illness.")


def number(value: float) -> str:
    """A number without needless digits: at most three after the point."""
    return printed.number(round(value, 3))


def result_of_day(day: Day) -> str:
    """A day's number as printed, or the mean of its records."""
    return printed.beside(day.points[0]) if len(day.points) == 1 else f"{day.comparator or ''}{number(day.value)}"


def point(record: Point, unit: str) -> str:
    """A record in words: `1.1 g/g on 9 Nov 2026`."""
    return _("{value} on {day}").format(value=printed.value(record, unit), day=spoken_day(record.when))


def goal_words(situation: Situation) -> str:
    """The goal in words: `below 0.5 g/g by 1 Oct 2026`."""
    goal, unit = situation.goal, spoken_unit(situation.measure.unit)
    if goal is None:
        return ""
    low, high = goal.target if isinstance(goal.target, tuple) else (goal.target, goal.target)
    patterns = {
        "down": _("at most {high} {unit}"),
        "up": _("at least {low} {unit}"),
        "within": _("{low} to {high} {unit}"),
    }
    words = patterns[goal.direction].format(low=number(low), high=number(high), unit=unit).strip()
    return _("{goal} by {day}").format(goal=words, day=spoken_day(situation.plan.review_by))


def course_words(situation: Situation) -> str:
    """Where it began, its best since, where it is now: `From 2.9 to 0.9 by 20 Aug 2026, now 1.1 (9 Nov 2026).`"""
    after = situation.records.days(after=situation.plan.start)
    if not after or situation.baseline is None or situation.goal is None:
        return ""
    start, now = printed.number(situation.baseline, BASELINE_FIGURES), after[-1]
    shown = result_of_day(now)
    upward = situation.goal.direction == "up"
    best = max(after, key=lambda one: one.value) if upward else min(after, key=lambda one: one.value)
    if best is now or best.value == now.value:
        return _("From {start} at the start to {now} on {day}.").format(
            start=start, now=shown, day=spoken_day(now.when)
        )
    return _("From {start} at the start to {best} on {best_day}, then {now} on {day}.").format(
        start=start, best=result_of_day(best), best_day=spoken_day(best.when), now=shown, day=spoken_day(now.when)
    )


def sentence(verdict: Verdict, situation: Situation, turned: date | None) -> str:
    """The verdict in one or two plain sentences with the goal and the course."""
    if verdict == "no-goal":
        return _("No goal is set for this treatment yet. A goal says what should change, how far and by when.")
    begin = _("The goal is {goal}.").format(goal=goal_words(situation))
    said = _VERDICTS[verdict](situation, turned)
    parts = [begin, course_words(situation), said]
    return " ".join(part for part in parts if part)


def _met(_situation: Situation, _turned: date | None) -> str:
    return _("The latest results meet it.")


def _on_track(_situation: Situation, _turned: date | None) -> str:
    return _("So far the course fits the goal and its date.")


def _not_on_track(situation: Situation, _turned: date | None) -> str:
    if situation.as_of >= situation.plan.review_by:
        return _("It isn’t met by its date. It is reasonable to ask what comes next.")
    return _("The course so far doesn’t lead there by that date. It is reasonable to ask what comes next.")


def _worsening(situation: Situation, turned: date | None) -> str:
    upward = situation.goal is not None and situation.goal.direction == "up"
    way = _("falling") if upward else _("rising")
    if turned is None:
        return _("The results are {way} beyond where they began. It is worth asking about soon.").format(way=way)
    said = _("Since about {day} they are {way} again. It is worth asking about soon.")
    return said.format(day=spoken_day(turned), way=way)


def _too_early(situation: Situation, _turned: date | None) -> str:
    said = _("It is too early to judge: not before {day}.").format(day=spoken_day(situation.window.opens))
    last = situation.after[-2:]
    if situation.goal is not None and len(last) > 1 and all(meets(situation.goal, day.value) for day in last):
        return _("The latest results meet it already.") + " " + said
    return said


def _not_enough(situation: Situation, _turned: date | None) -> str:
    if situation.unread:
        return printed.newer_words(situation.unread)
    if situation.baseline is None and situation.other_units:
        return _("Results from before the start are in another unit and can’t be compared.")
    if situation.baseline is None:
        return _("There is no result from before the start: an earlier one, or a value at the start, would settle it.")
    return _("There are too few results since the last change: two would settle it.")


def _unclear(_situation: Situation, _turned: date | None) -> str:
    return _("The results so far point neither way clearly; one or two more would settle it.")


def would_change(verdict: Verdict, situation: Situation) -> str:
    """What would change the verdict, in words."""
    if situation.goal is None or verdict == "no-goal":
        return _("A goal with a number and a date would allow a verdict.")
    if verdict == "not-enough-data" and situation.unread:
        unit = spoken_unit(situation.measure.unit)
        return _("Results in {unit} would allow a verdict.").format(unit=unit) if unit else ""
    if verdict == "not-enough-data":
        return _("Two results after the last change would allow a verdict.")
    if verdict == "too-early":
        return _("Results from {day} on will tell.").format(day=spoken_day(situation.window.opens))
    aim = goal_words(situation).rsplit(_(" by "), 1)[0]
    if verdict in ("met", "on-track"):
        return _("Several results in a row that are not {goal} would change this; a single one wouldn’t.").format(
            goal=aim
        )
    return _("Two results in a row that are {goal} would change this.").format(goal=aim)


_VERDICTS = {
    "met": _met,
    "on-track": _on_track,
    "not-on-track": _not_on_track,
    "worsening": _worsening,
    "too-early": _too_early,
    "not-enough-data": _not_enough,
    "unclear-so-far": _unclear,
}


def questions(verdict: Verdict) -> tuple[str, ...]:
    """What is worth asking at the next visit."""
    if verdict in ("not-on-track", "worsening"):
        return (
            _("What could be the reason that the goal isn’t reached?"),
            _("Which other treatments are there, and what speaks for and against each?"),
            _("Would another view on this plan be useful now?"),
        )
    if verdict == "unclear-so-far":
        return (_("When should it be measured next, so that we know?"),)
    if verdict == "no-goal":
        return (_("What should this treatment achieve, and by when?"),)
    return ()
