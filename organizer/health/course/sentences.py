"""What is said of a plan: the numbers with their dates, calmly; never a prognosis, never advice."""

from collections.abc import Sequence

from organizer.base.dates import spoken_day
from organizer.base.i18n import _, in_quotes, marked, ngettext
from organizer.base.units import beside_number, spoken_unit, with_unit
from organizer.health import printed
from organizer.health.course.band_words import all_within, last_two_words, share_words
from organizer.health.course.due_line import baseline_days
from organizer.health.course.early import LittleChange, recent_days
from organizer.health.course.judgement import OPEN_BOUND, TWO_SIDES, Judgement
from organizer.health.course.model import Verdict
from organizer.health.course.rules.rule import Situation
from organizer.health.course.series import Day
from organizer.health.course.settled import settled
from organizer.health.series import Point
from organizer.health.titles import plain_title

BASELINE_FIGURES = 3
NAMED_MEMBERS = 4
"""So many results of a mean are named each."""
NEAR_THE_START = 30
"""Days before the start within which a single result is called the one at the start."""
CAVEAT = marked("This compares your numbers with your goal; it doesn’t judge the illness.")


def number(value: float) -> str:
    """A number without needless digits: at most three after the point."""
    return printed.number(round(value, 3))


def result_of_day(day: Day) -> str:
    """A day's number as printed, or the mean of its records."""
    return printed.beside(day.points[0]) if len(day.points) == 1 else f"{day.comparator or ''}{number(day.value)}"


def date_of(day: Day) -> str:
    """A day as its source wrote it: a result of `2025` isn't one of 1 Jan 2025."""
    return day.points[-1].written_day.spoken()


def point(record: Point, unit: str) -> str:
    """A record in words: `1.1 g/g on 9 Nov 2026`."""
    return _("{value} on {day}").format(value=printed.value(record, unit), day=record.written_day.spoken())


def goal_words(situation: Situation) -> str:
    """The goal in words: `at most 0.5 g/g by 1 Oct 2026`; without a day where nobody said one."""
    words = aim_words(situation)
    if not words or not situation.plan.dated:
        return words
    return _("{goal} by {day}").format(goal=words, day=spoken_day(situation.plan.review_by))


def aim_words(situation: Situation) -> str:
    """How far the goal goes: `at most 0.5 g/g`."""
    goal, unit = situation.goal, beside_number(situation.measure.unit)
    if goal is None:
        return ""
    low, high = goal.target if isinstance(goal.target, tuple) else (goal.target, goal.target)
    patterns = {
        "down": _("at most {high} {unit}"),
        "up": _("at least {low} {unit}"),
        "within": _("{low} to {high} {unit}"),
    }
    if goal.strict:
        patterns |= {"down": _("below {high} {unit}"), "up": _("above {low} {unit}")}
    return patterns[goal.direction].format(low=number(low), high=number(high), unit=unit).strip()


def course_words(situation: Situation) -> str:
    """Where it began, its best since, where it is now: `From 2.9 to 0.9 by 20 Aug 2026, now 1.1 (9 Nov 2026).`"""
    after = situation.records.days(after=situation.plan.start)
    if not after or situation.baseline is None or situation.goal is None:
        return ""
    if _starts_late(situation):
        if len(after) == 1:
            only = _("The first result after the start is {value} on {day}.")
            return only.format(value=result_of_day(after[0]), day=date_of(after[0]))
        after = after[1:]

    began, now = start_words(situation), after[-1]
    best = _best_between(situation, after)
    if best is None:
        pattern = _("{began} to {now} on {day}.")
        return pattern.format(began=began, now=result_of_day(now), day=date_of(now))
    return _("{began} to {best} on {best_day}, then {now} on {day}.").format(
        began=began, best=result_of_day(best), best_day=date_of(best), now=result_of_day(now), day=date_of(now)
    )


def _starts_late(situation: Situation) -> bool:
    """Whether the start is known from the first result after it only."""
    given = situation.goal is not None and situation.goal.baseline is not None
    return not given and not baseline_days(situation.records, situation.plan.start)


def _best_between(situation: Situation, after: Sequence[Day]) -> Day | None:
    """The best day, where it is better than the start and than now; a goal with two ends knows none."""
    goal, baseline = situation.goal, situation.baseline
    assert goal is not None
    assert baseline is not None
    if goal.direction == "within":
        return None
    sign = -1.0 if goal.direction == "up" else 1.0
    best = min(after, key=lambda day: sign * day.value)
    better = sign * best.value < min(sign * after[-1].value, sign * baseline)
    return best if better else None


def start_words(situation: Situation) -> str:
    """The level that the course is compared with, and what it is: a value, a mean of several, or a later first one."""
    assert situation.baseline is not None
    if situation.goal is not None and situation.goal.baseline is not None:
        return _("From {start} at the start").format(start=number(situation.baseline))
    members = baseline_days(situation.records, situation.plan.start)
    if not members:
        first = situation.records.days(after=situation.plan.start)[0]
        return _("From {start} on {day}, the first result after the start,").format(
            start=result_of_day(first), day=date_of(first)
        )
    if len({day.value for day in members}) > 1:
        return _mean_words(situation.baseline, members)
    last = members[-1]
    if (situation.plan.start - last.when).days > NEAR_THE_START:
        return _("From {start} on {day}, the last result before the start,").format(
            start=result_of_day(last), day=date_of(last)
        )
    return _("From {start} at the start").format(start=result_of_day(last))


def _mean_words(baseline: float, members: Sequence[Day]) -> str:
    """A mean as such, with the results that it is the mean of: itself it stands in no record."""
    start = printed.number(baseline, BASELINE_FIGURES)
    if len(members) <= NAMED_MEMBERS:
        values = "; ".join(map(result_of_day, members))
        return _("From {start} before the start (the mean of {values})").format(start=start, values=values)
    low, high = (end(members, key=lambda day: day.value) for end in (min, max))
    words = _("From {start} before the start (the mean of {n} results between {low} and {high})")
    return words.format(start=start, n=len(members), low=result_of_day(low), high=result_of_day(high))


def sentence(judgement: Judgement, situation: Situation) -> str:
    """The verdict in one or two plain sentences with the goal and the course."""
    if judgement.verdict == "no-goal":
        return judged(judgement, situation)
    begin = _("The goal is {goal}.").format(goal=goal_words(situation))
    course = "" if judgement.rule == TWO_SIDES else course_words(situation)  # a mean of two eyes is of neither
    parts = [begin, course, judged(judgement, situation)]
    return " ".join(part for part in parts if part)


def judged(judgement: Judgement, situation: Situation) -> str:
    """The verdict alone, in plain words."""
    if judgement.verdict == "no-goal":
        return _("No goal is set for this treatment yet. A goal says what should change, how far and by when.")
    return _VERDICTS[judgement.verdict](situation, judgement)


def joined(parts: Sequence[str]) -> str:
    """Sentences one after the other; that something is worth asking about is said once."""
    ask = _("It is worth asking about soon.")
    first = next((place for place, part in enumerate(parts) if ask in part), len(parts))
    rest = [part.replace(ask, "").strip() for part in parts[first + 1 :]]
    return " ".join(part for part in [*parts[: first + 1], *rest] if part)


def _met(situation: Situation, judgement: Judgement) -> str:
    if judgement.rule == "share-in-range":
        share = share_words(situation)
        # Where all do, one sentence says both.
        return share if all_within(situation) else " ".join([_("The latest results lie within."), share])
    goal = situation.goal
    recent = recent_days(situation.after, situation.measure)
    if goal is not None and not all(settled(goal, day.value, day.comparator) for day in recent):
        return _("The latest result meets it, and so does the mean of the last ones.")
    return _("The latest results meet it.")


def _on_track(situation: Situation, judgement: Judgement) -> str:
    if judgement.rule == "share-in-range":
        return share_words(situation)
    if not situation.plan.dated:
        return _("So far the course fits the goal.")
    return _("So far the course fits the goal and its date.")


def _not_on_track(situation: Situation, judgement: Judgement) -> str:
    ask = _("It is reasonable to ask what comes next.")
    if judgement.rule == "share-in-range":
        return " ".join([share_words(situation), ask])
    if judgement.little is not None:
        return " ".join([_moved(judgement.little), ask])
    if not situation.plan.dated:
        return " ".join([_("The course so far doesn’t lead there."), ask])
    if situation.as_of < situation.plan.review_by:
        return " ".join([_("The course so far doesn’t lead there by that date."), ask])
    if was_met(situation):
        return " ".join([_("It was met by its date, and the latest results no longer meet it."), ask])
    return " ".join([_("It isn’t met by its date."), ask])


def was_met(situation: Situation) -> bool:
    """Whether the date has passed and the last record up to it met the goal."""
    goal = situation.goal
    if situation.as_of < situation.plan.review_by or not situation.plan.dated:
        return False
    known = situation.records.days(after=situation.plan.start, until=situation.plan.review_by, most=1)
    return goal is not None and bool(known) and settled(goal, known[-1].value, known[-1].comparator) is True


def _worsening(situation: Situation, judgement: Judgement) -> str:
    falling = judgement.upward
    ask = _("It is worth asking about soon.")
    if judgement.rule == "rule-speaks":
        return _("The results go the wrong way.")
    if judgement.rule == "worse-than-best":
        if judgement.turned is None:
            better = _("The results are falling again.") if falling else _("The results are rising again.")
            return " ".join([better, ask])
        pattern = (
            _("Since about {day} they are falling again.") if falling else _("Since about {day} they are rising again.")
        )
        return " ".join([pattern.format(day=spoken_day(judgement.turned)), ask])
    if situation.goal is not None and situation.goal.direction == "within":
        beyond = _("The latest results lie below the goal.") if falling else _("The latest results lie above the goal.")
        return " ".join([beyond, ask])
    beyond = (
        _("The results are falling beyond where they began.")
        if falling
        else _("The results are rising beyond where they began.")
    )
    return " ".join([beyond, ask])


def _little_change(_situation: Situation, judgement: Judgement) -> str:
    assert judgement.little is not None
    return " ".join([_moved(judgement.little), _("This is a usual time to look again: ask what comes next.")])


def _moved(little: LittleChange) -> str:
    weeks = max(1, round(little.days / 7))
    pattern = (
        _("After {weeks} weeks the results have hardly moved.")
        if little.share > 0
        else _("After {weeks} weeks the results are no better than at the start.")
    )
    return pattern.format(weeks=weeks)


def _too_early(situation: Situation, _judgement: Judgement) -> str:
    return _("It is too early to judge: not before {day}.").format(day=spoken_day(situation.window.opens))


def _not_enough(situation: Situation, judgement: Judgement) -> str:
    told_by = {"goal-doubtful": _doubtful_goal_words, "old": _old_words, TWO_SIDES: _two_sides_words}
    words = told_by.get(judgement.rule)
    if words is not None:
        return words(situation)
    if situation.unread:
        return printed.newer_words(situation.unread)
    if situation.newer_elsewhere:
        return _elsewhere_words(situation)
    if situation.newer_words:
        return _in_words(situation)
    if situation.newer_doubtful:
        return _doubtful_words(situation)
    if situation.baseline is None and situation.other_units:
        return _("Results from before the start are in another unit and can’t be compared.")
    if situation.baseline is None:
        if not situation.records.points:
            return _("There is no result yet that can be compared with the goal.")
        return _("There is no result from before the start: an earlier one, or a value at the start, would settle it.")
    if situation.window.since == situation.plan.start:
        return _("There are too few results since the start: two would settle it.")
    return _("There are too few results since the last change: two would settle it.")


def _elsewhere_words(situation: Situation) -> str:
    newer = situation.newer_elsewhere
    pattern = ngettext(
        "A newer result stands under another name or code and isn’t compared: {results}.",
        "{n} newer results stand under another name or code and aren’t compared: {results}.",
        len(newer),
    )
    last = [f"{plain_title(entry)} {printed.with_day(entry)}" for entry in newer[-printed.NAMED_AT_MOST :]]
    return pattern.format(n=len(newer), results=", ".join(last))


def _in_words(situation: Situation) -> str:
    newer = situation.newer_words
    pattern = ngettext(
        "A newer result is in words and isn’t compared with the goal: {results}.",
        "{n} newer results are in words and aren’t compared with the goal: {results}.",
        len(newer),
    )
    dated = _("{value} on {day}")
    shown = [
        dated.format(value=in_quotes(entry.value_text), day=entry.happened.spoken() if entry.happened else "")
        for entry in newer[-printed.NAMED_AT_MOST :]
    ]
    return pattern.format(n=len(newer), results=", ".join(shown))


def _doubtful_words(situation: Situation) -> str:
    newest = situation.newer_doubtful[-1]
    pattern = _("The newest result, {value} on {day}, can hardly be right: compare it with its source.")
    shown = printed.value(newest, situation.measure.unit)
    return pattern.format(value=shown, day=newest.written_day.spoken())


def _doubtful_goal_words(_situation: Situation) -> str:
    return _("This goal can hardly be meant: compare its number and its unit with where it was written.")


def _two_sides_words(_situation: Situation) -> str:
    return _("Some results are of the left, some of the right side, and the goal doesn’t say which it is for.")


def _old_words(situation: Situation) -> str:
    """What the last results said, how old they are, and what would settle it."""
    assert situation.goal is not None
    days = situation.records.days(most=2)
    met = [settled(situation.goal, day.value, day.comparator) for day in days]
    if None in met:
        pattern = _("The last result is from {day}, so how it is now isn’t known; a newer one would settle it.")
    elif all(met):
        pattern = _("The last results met it; the newest is from {day}, so how it is now isn’t known.")
    elif any(met):
        pattern = _("The last result is from {day}, so how it is now isn’t known; a newer one would settle it.")
    else:
        pattern = _("The last results didn’t meet it; the newest is from {day}, so how it is now isn’t known.")
    return pattern.format(day=date_of(days[-1]))


def _unclear(situation: Situation, judgement: Judgement) -> str:
    if judgement.limit is not None:
        limit = with_unit(number(judgement.limit), situation.measure.unit)
        last = situation.records.days(most=1)[-1]
        pattern = (
            _("The latest result meets it, but lies below {limit}, less than is usual: ask about it.")
            if last.value < judgement.limit
            else _("The latest result meets it, but lies above {limit}, more than is usual: ask about it.")
        )
        return pattern.format(limit=limit)
    if judgement.rule == OPEN_BOUND:
        return _open_bound_words(situation)
    goal = situation.goal
    ahead = situation.as_of < situation.plan.review_by or not situation.plan.dated
    if ahead and goal is not None and goal.direction == "within":
        return last_two_words(situation)
    if ahead or goal is None:
        return _("The results so far point neither way clearly; one or two more would settle it.")
    last = situation.after[-1]
    if settled(goal, last.value, last.comparator):
        return _("The latest result meets it, the one before didn’t: one more would settle it.")
    return _("The date has passed, and the latest result doesn’t meet it: one more would settle it.")


def _open_bound_words(situation: Situation) -> str:
    """Which result is a bound that leaves open whether the goal is met."""
    goal = situation.goal
    assert goal is not None
    bounds = [day for day in situation.after if settled(goal, day.value, day.comparator) is None]
    pattern = _("{value} on {day} doesn’t tell whether the goal is met: a more exact result would settle it.")
    unit = situation.measure.unit
    return pattern.format(value=printed.value(bounds[-1].points[0], unit), day=date_of(bounds[-1]))


def would_change(judgement: Judgement, situation: Situation) -> str:
    """What would change the verdict, in words."""
    verdict = judgement.verdict
    if situation.goal is None or verdict == "no-goal":
        return _("A goal with a number and a date would allow a verdict.")
    if verdict == "not-enough-data" and situation.unread:
        unit = spoken_unit(situation.measure.unit)
        return _("Results in {unit} would allow a verdict.").format(unit=unit) if unit else ""
    if verdict == "not-enough-data" and judgement.rule in ("other-code", "goal-doubtful", "in-words", TWO_SIDES):
        return ""
    if verdict == "not-enough-data":
        return _("Two results after the last change would allow a verdict.")
    if verdict == "too-early":
        return _("Results from {day} on will tell.").format(day=spoken_day(situation.window.opens))
    aim = aim_words(situation)
    if judgement.limit is not None:
        limit = with_unit(number(judgement.limit), situation.measure.unit)
        pattern = (
            _("Two results in a row that are {goal} and not below {limit} would change this.")
            if situation.direction == "down"
            else _("Two results in a row that are {goal} and not above {limit} would change this.")
        )
        return pattern.format(goal=aim, limit=limit)
    if verdict in ("met", "on-track"):
        return _("Several results in a row that are not {goal} would change this; a single one wouldn’t.").format(
            goal=aim
        )
    return _("Two results in a row that are {goal} would change this.").format(goal=aim)


_VERDICTS = {
    "met": _met,
    "on-track": _on_track,
    "little-change": _little_change,
    "not-on-track": _not_on_track,
    "worsening": _worsening,
    "too-early": _too_early,
    "not-enough-data": _not_enough,
    "unclear-so-far": _unclear,
}


def questions(verdict: Verdict) -> tuple[str, ...]:
    """What is worth asking at the next visit."""
    if verdict in ("not-on-track", "worsening", "little-change"):
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
