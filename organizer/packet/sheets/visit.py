"""The visit on paper: questions large, with room to write the answers, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from organizer.base.i18n import _
from organizer.model.case import Case
from organizer.model.entry import Entry
from organizer.packet.page import style
from organizer.packet.page.flow import Drawn, Element, Row, Space, Stack
from organizer.packet.page.style import Face
from organizer.packet.page.typesetting import Run, Text
from organizer.packet.sheets.paper import Sheet, drawn, heading, pair, subheading, words, writing_space

_LARGE = Face(style.MEDIUM, 15, style.TEXT, 21)
_SMALL = Face(style.MEDIUM, 12, style.TEXT, 17)


@dataclass(frozen=True, slots=True)
class VisitNotes:
    """What the sheet holds: the questions, the options that the doctor named, and lines of what was decided, each with
    what it became."""

    questions: Sequence[Entry]
    options: Sequence[str]
    decided: Sequence[tuple[str, str]]


def visit_pdf(person: Entry, case: Case, notes: VisitNotes, size: str = "letter") -> bytes:
    """The sheet's bytes; the starred questions come first and larger. Room to write follows what was decided."""
    style.register_fonts()
    sheet = Sheet(_("{name} – visit").format(name=person.title), person.title, size)
    when = case.appointment.spoken_with_time() if case.appointment else ""
    about = " · ".join(part for part in (case.specialist, case.place, when) if part)
    story: list[Flowable] = [heading(sheet, _("For the visit"), about)]
    story += words(sheet, case.why, style.LEAD, 12)
    for number, question in enumerate(notes.questions, 1):
        story.append(_question(sheet, number, question))

    if notes.options:
        title = _("Options named by {doctor}").format(doctor=case.specialist)
        story.append(subheading(sheet, title))
        story += words(sheet, "\n".join(notes.options))
    story.append(subheading(sheet, _("What was decided")))
    story += [pair(sheet, what, text, 0.18) for what, text in notes.decided]
    story.append(Drawn(writing_space(sheet, 2 if notes.decided else 5), sheet.width))
    return drawn(sheet, story)


def _question(sheet: Sheet, number: int, question: Entry) -> Drawn:
    starred = bool(question.data.get("starred"))
    face, width = (_LARGE if starred else _SMALL), sheet.width - 28
    lines: list[Element] = [Text([Run(question.title, face)], width)]
    if question.text("answer"):
        lines += [Space(4), Text([Run(question.text("answer"), style.BODY)], width), Space(10)]
    else:
        lines += [writing_space(sheet, 3 if starred else 2, width), Space(14)]
    mark = Text([Run(str(number), face.coloured(style.ACCENT))], 28)
    return Drawn(Row([(0, mark), (28, Stack(lines))]), sheet.width)
