"""Problems: every diagnosis and complaint with how it stands, the weightiest for the case first."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from organizer.base.i18n import _, marked, ngettext
from organizer.health.problems import OPEN, Problem, ProblemState
from organizer.health.titles import plain_title
from organizer.packet.contents.absence import is_withheld
from organizer.packet.contents.chosen import is_circumstance, problems
from organizer.packet.contents.courses import first_of_each_source
from organizer.packet.contents.section import Context, Section, opening, paragraph, rest_line, subheading
from organizer.packet.contents.standing import no_problem_words, problem_state, problem_words
from organizer.packet.contents.tables import Column, table
from organizer.packet.contents.who import died
from organizer.packet.page import style
from organizer.packet.page.typesetting import Piece, Run

_MOST = 40
_SPACE = 60.0
"""Points for the first rows: the table may begin at the foot of a page."""


def _draw(context: Context) -> list[Flowable]:
    listed = problems(context)
    illnesses = [problem for problem in listed if not is_circumstance(problem.entry)]
    shortened = is_withheld(context, "Condition")
    about = context.say(marked("This list may be incomplete at the patient’s choice.")) if shortened else ""
    head = opening(context, "problems", _("Problems"), about)
    head.below = head.height + _SPACE
    flow: list[Flowable] = [head]
    if not illnesses:
        flow.append(paragraph(context, no_problem_words(context), style.MUTED))
        return flow + _circumstances(context, listed)
    most = context.limit("problems", len(illnesses), _MOST)
    shown = illnesses[:most]
    context.shows("problems", [problem.entries for problem in shown])
    current = [problem for problem in shown if problem.state in OPEN]
    past = [problem for problem in shown if problem.state is ProblemState.PAST]
    others = [problem for problem in shown if problem not in current and problem not in past]
    flow += [_table(context, current)] if current else []
    flow += [subheading(context, _("Past")), _table(context, past)] if past else []
    flow += [subheading(context, _("Ruled out, or of a relative")), _table(context, others)] if others else []
    return [*flow, *_rest(context, len(illnesses) - most), *_circumstances(context, listed)]


def _table(context: Context, listed: list[Problem]) -> Flowable:
    columns = [
        Column(_("Diagnosis or complaint"), 0.44),
        Column(_("How it stands"), 0.38),
        Column(_("Source"), 0.18, "right"),
    ]
    return table(context, columns, [_row(context, problem) for problem in listed], ruled=False, topped=False)


def _row(context: Context, problem: Problem) -> list[list[Piece]]:
    statement = context.state(first_of_each_source([problem.entry, *problem.entries]))
    title: list[Piece] = [Run(plain_title(problem.entry), style.BODY, statement)]
    if problem.also:
        also = _("also called {names}").format(names=", ".join(problem.also))
        title.append(Run(f" ({also})", style.MUTED, statement))
    state = "" if died(context.packet.person) else problem_state(problem)
    words = ", ".join(part for part in (state, problem_words(problem)) if part)
    return [title, [Run(words, style.MUTED, statement)], [statement]]


def _rest(context: Context, count: int) -> list[Flowable]:
    words = ngettext("{count} more is in my record.", "{count} more are in my record.", count)
    return rest_line(context, count, _("{count} problems"), words)


def _circumstances(context: Context, listed: Sequence[Problem]) -> list[Flowable]:
    """Employment, schooling and the like: only for who asks for the background too."""
    aside = [problem for problem in listed if is_circumstance(problem.entry)]
    if not aside or "background" not in context.chosen:
        return []
    return [subheading(context, _("Circumstances")), _table(context, aside)]


PROBLEMS = Section("problems", marked("Problems"), True, False, _draw, 1.0, 0.8)
