"""What is to be known about the records themselves: the last ones are worse than the start, some have no day."""

from itertools import chain

from organizer.base.i18n import _, ngettext
from organizer.health import printed
from organizer.health.course.model import Evidence
from organizer.health.course.rules.rule import Rule, Situation, Statement, evidence_of
from organizer.health.titles import plain_title

PAIR = 2
MOST_OTHERS = 3


def _worse_than_start(situation: Situation) -> Statement | None:
    """The last two results lie beyond the start by what matters and by one scatter: said while nothing is judged."""
    direction, start = situation.direction, situation.baseline
    last = situation.after[-PAIR:]
    numbers = [day for day in last if day.comparator is None]
    if direction not in ("down", "up") or start is None or len(numbers) < PAIR:
        return None

    measure = situation.measure
    scatter = measure.within_person_sd or (measure.cv or 0.0) * abs(start)
    margin = max(measure.least_change(start) or 0.0, scatter)
    worse, sentence = {
        "down": (1, _("The last two results are higher than at the start: tell your doctor if it goes on.")),
        "up": (-1, _("The last two results are lower than at the start: tell your doctor if it goes on.")),
    }[direction]
    if any(worse * (day.value - start) < margin for day in numbers):
        return None
    shown = evidence_of(chain.from_iterable(day.points for day in numbers), _("worse than at the start"))
    return Statement(sentence, also="above-start", evidence=shown, only_with=("too-early", "unclear-so-far"))


def _undated(situation: Situation) -> Statement | None:
    n = len(situation.undated)
    if not n or situation.goal is None:
        return None
    sentence = ngettext(
        "{n} result has no date and isn’t compared.", "{n} results have no date and aren’t compared.", n
    )
    shown = tuple(Evidence(entry.id, _("no date")) for entry in situation.undated)
    return Statement(sentence.format(n=n), evidence=shown)


def _others_outside(situation: Situation) -> Statement | None:
    """Beside a goal that is met: other results of the last month that lie outside what is usual."""
    others = situation.outside
    if not others or situation.goal is None:
        return None
    sentence = ngettext(
        "Another result lies outside what is usual, and this goal says nothing of it: {results}.",
        "{n} other results lie outside what is usual, and this goal says nothing of them: {results}.",
        len(others),
    )
    shown = [f"{plain_title(entry)} {printed.with_day(entry)}" for entry in others[:MOST_OTHERS]]
    more = ["…"] if len(others) > MOST_OTHERS else []
    return Statement(
        sentence.format(n=len(others), results=", ".join([*shown, *more])),
        evidence=tuple(Evidence(entry.id, printed.with_day(entry)) for entry in others),
        question=_("What do the results outside what is usual mean for this plan?"),
        only_with=("met", "on-track"),
    )


WORSE_THAN_AT_START = Rule(
    "above-start",
    "Design judgement: two results beyond the start by the smallest change that matters and by one scatter; no verdict",
    _worse_than_start,
)
UNDATED = Rule("undated", "A result without a day can’t be before or after anything", _undated)
OTHERS_OUTSIDE = Rule(
    "others-outside",
    "Design judgement: what treatments are watched by stands beside a goal that is met; the ends are those of the "
    "laboratory, else of resources/measures.json",
    _others_outside,
)
