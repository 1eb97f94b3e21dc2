"""How long a measure usually takes to follow a treatment: said while it is too early."""

from organizer.base.i18n import _
from organizer.health.course.rules.rule import Rule, Situation, Statement


def _window(situation: Situation) -> Statement | None:
    name, days = situation.measure.name, situation.measure.response_window_days
    waits = (situation.as_of - situation.window.since).days < days
    if not situation.early or not waits or not name or situation.goal is None:
        return None
    weeks = max(1, round(days / 7))
    sentence = _("{measure} is usually judged {weeks} weeks after a change of treatment.")
    return Statement(sentence.format(measure=name, weeks=weeks), only_with=("too-early",))


def _no_figures(situation: Situation) -> Statement | None:
    if situation.measure.source != "own scatter" or situation.goal is None:
        return None
    return Statement(
        _("Casebook knows no published figures on how much this measure varies; a wide margin is assumed.")
    )


RESPONSE_WINDOW = Rule(
    "response-window", "The measure’s own window in resources/measures.json, each with its source", _window
)
NO_FIGURES = Rule(
    "no-figures", "Design judgement: 15 % scatter, wider than most laboratory tests (EFLM, median CVi 8 %)", _no_figures
)
