"""A goal with two ends in words: how many of the last results lie within, and how the last two stand to it."""

from organizer.base.i18n import _, ngettext
from organizer.health.course.band import InBand, in_band
from organizer.health.course.rules.rule import Situation
from organizer.health.course.settled import settled, settled_days


def _band_of(situation: Situation) -> InBand | None:
    goal = situation.goal
    assert goal is not None
    assert isinstance(goal.target, tuple)
    return in_band(settled_days(goal, situation.after), *goal.target)


def all_within(situation: Situation) -> bool:
    """Whether all results of the last months lie within the goal."""
    band = _band_of(situation)
    return band is not None and band.within == band.count


def share_words(situation: Situation) -> str:
    """How many of the last results lie within, and the share of the time where all of it could be counted."""
    band = _band_of(situation)
    if band is None:
        return ""
    if band.within == 0:
        return _("None of the last {count} results lies within the goal.").format(count=band.count)
    if band.within == band.count:
        return _("The last {count} results all lie within the goal.").format(count=band.count)
    pattern = ngettext(
        "Of the last {count} results, {within} lies within the goal.",
        "Of the last {count} results, {within} lie within the goal.",
        band.within,
    )
    words = pattern.format(count=band.count, within=band.within)
    if not band.whole:
        return words
    time = _("Counted by the days between them, that is about {share} % of the time.")
    return f"{words} {time.format(share=round(100 * band.share))}"


def last_two_words(situation: Situation) -> str:
    """How the last two results stand to a goal with two ends, where the time within it settles nothing yet."""
    goal = situation.goal
    last = [goal is not None and settled(goal, day.value, day.comparator) for day in situation.after[-2:]]
    if all(last):
        return _("The last two results lie within the goal, earlier ones didn’t: one or two more would settle it.")
    if last[-1]:
        return _("The latest result lies within the goal, the one before didn’t: one more would settle it.")
    return _("The latest result lies outside the goal: one more would settle it.")
