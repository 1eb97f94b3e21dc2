"""In my own words: how it began, what it does to my days, what matters most to me."""

from reportlab.platypus import Flowable

from organizer.base.i18n import _, marked
from organizer.packet.contents.section import Context, Section, opening, paragraph
from organizer.packet.page import style
from organizer.packet.page.flow import Drawn, Element, Space, Stack
from organizer.packet.page.typesetting import Run, Text


def _draw(context: Context) -> list[Flowable]:
    case = context.packet.case
    flow: list[Flowable] = [opening(context, "words", context.say(marked("In my own words")))]
    parts = (
        (_("How it has been"), "own_words"),
        (context.say(marked("What matters most to me")), "needs"),
        (context.say(marked("What I want to avoid, and what I would accept")), "values"),
        (context.say(marked("My days, which a treatment has to fit")), "lifestyle"),
    )
    own_words = [(title, case.entry.text(name)) for title, name in parts if case is not None and case.entry.text(name)]
    if case is None or not own_words:
        return [*flow, paragraph(context, _("Not written down yet."), style.MUTED)]
    for title, words in own_words:
        statement = context.state([case.entry])
        head = Text([Run(title, style.SUBHEADING)], context.width)
        lines: list[Element] = [head, Space(3), Text([Run(words, style.BODY, statement), statement], context.width, 22)]
        flow.append(Drawn(Stack([*lines, Space(12)]), context.width))
    return flow


WORDS = Section("words", marked("In my own words"), False, False, _draw)
