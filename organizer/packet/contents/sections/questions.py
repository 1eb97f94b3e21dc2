"""Questions: three starred ones large with room to write, the rest small."""

from reportlab.platypus import Flowable

from organizer.base.i18n import _, marked
from organizer.model.entry import Entry
from organizer.packet.contents.chosen import ordered_questions
from organizer.packet.contents.section import Context, Section, opening, paragraph, subheading
from organizer.packet.contents.tables import MOST_LINES
from organizer.packet.page import style
from organizer.packet.page.flow import Drawn, Element, Row, Rule, Space, Stack
from organizer.packet.page.typesetting import Run, Text

_LARGE = 3


def _large(context: Context, number: int, question: Entry) -> Drawn:
    width = context.width
    lines: list[Element] = [Text([Run(question.title, style.LEAD)], width - 20, MOST_LINES)]
    if question.text("why"):
        why = context.say(marked("Why I ask: {reason}"), reason=question.text("why"))
        lines.append(Text([Run(why, style.MUTED)], width - 20, MOST_LINES))
    if question.text("answer"):
        answer = _("Answer so far: {answer}").format(answer=question.text("answer"))
        lines += [Space(3), Text([Run(answer, style.BODY)], width - 20, MOST_LINES)]
    mark = Text([Run(str(number), style.LEAD.coloured(style.ACCENT))], 20)
    blank: list[Element] = [
        Space(20),
        Rule(width - 20, thin=True),
        Space(18),
        Rule(width - 20, thin=True),
        Space(8),
    ]
    return Drawn(Row([(0, mark), (20, Stack([*lines, *blank]))]), width)


def _small(context: Context, number: int, question: Entry) -> Drawn:
    width = context.width
    lines: list[Element] = [Text([Run(question.title, style.BODY)], width - 20, MOST_LINES)]
    if question.text("answer"):
        answer = _("Answer so far: {answer}").format(answer=question.text("answer"))
        lines.append(Text([Run(answer, style.MUTED)], width - 20, MOST_LINES))
    mark = Text([Run(str(number), style.BODY.coloured(style.ACCENT))], 20)
    return Drawn(Stack([Row([(0, mark), (20, Stack(lines))]), Space(3)]), width)


def _draw(context: Context) -> list[Flowable]:
    entries = ordered_questions(context)
    about = context.say(marked("The first three matter most to me. There is room for your answers.")) if entries else ""
    flow: list[Flowable] = [opening(context, "questions", _("Questions"), about)]
    if not entries:
        return [*flow, paragraph(context, _("No question is written down yet."), style.MUTED)]
    shown = entries[: context.limit("questions", len(entries), len(entries))]
    context.shows("questions", [[question] for question in shown])
    flow += [_large(context, number, question) for number, question in enumerate(shown[:_LARGE], 1)]
    if len(shown) > _LARGE:
        flow.append(subheading(context, _("If there is time"), before=2))
    flow += [_small(context, number, question) for number, question in enumerate(shown[_LARGE:], _LARGE + 1)]
    for entry in entries[len(shown) :]:
        context.crowded_out(_("question: {question}").format(question=entry.title))
    return flow


QUESTIONS = Section("questions", marked("Questions"), True, False, _draw)
