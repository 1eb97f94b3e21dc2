"""My options: each with its reasons, chances and weights in the person's words, and what belongs to the decision."""

from reportlab.platypus import Flowable

from organizer.base.i18n import _, marked
from organizer.health.opinion.belonging import of_case
from organizer.health.opinion.options import decided_on, side_by_side, uneven_chances
from organizer.model.case import Case, is_case
from organizer.model.entry import Entry
from organizer.packet.contents.absence import unless_withheld
from organizer.packet.contents.section import Context, Section, opening, paragraph
from organizer.packet.page import style
from organizer.packet.page.flow import Drawn, Element, Space, Stack
from organizer.packet.page.typesetting import Run, Text

_MOST_LINES = 22


def _draw(context: Context) -> list[Flowable]:
    flow: list[Flowable] = [opening(context, "options", context.say(marked("My options")))]
    case, options = context.packet.case, _of_case(context)
    if not options:
        none = unless_withheld(context, _("No option is written down yet."), "TreatmentOption")
        return [*flow, paragraph(context, none, style.MUTED)]

    note = context.say(
        marked("In my own words. The numbers say how much each matters to me, from 0 to 5; they are not added up.")
    )
    flow.append(paragraph(context, note, style.MUTED))
    table = side_by_side(options)
    for column, option in enumerate(table.columns):
        cells = [(label, *cells[column]) for label, cells in table.rows]
        rows = [(label, _with_weight(text, weight)) for label, text, weight in cells if text or weight is not None]
        flow.append(_part(context, option.title, rows, option))
    uneven = uneven_chances(table.columns)
    if uneven:
        flow.append(paragraph(context, uneven, style.MUTED))
    if case is not None and decided_on(case.entry, context.voice):
        flow.append(_part(context, _("The decision"), decided_on(case.entry, context.voice), case.entry))
    return flow


def _of_case(context: Context) -> list[Entry]:
    options, case = context.of_kind("TreatmentOption"), context.packet.case
    if case is None:
        return options
    others = [Case(entry) for entry in context.packet.entries if is_case(entry) and entry.id != case.id]
    return of_case(options, case, [case, *others], context.of_kind("Condition"))


def _with_weight(text: str, weight: int | None) -> str:
    words = _("matters {n} of 5").format(n=weight) if weight is not None else ""
    return "\n".join(part for part in (text, words) if part)


def _part(context: Context, title: str, rows: list[tuple[str, str]], entry: Entry) -> Drawn:
    """A heading with lines under it, all of it of one entry."""
    statement = context.state([entry])
    lines: list[Element] = [Text([Run(title, style.SUBHEADING, statement), statement], context.width), Space(3)]
    for label, text in rows:
        lines.append(Text([Run(label, style.MUTED)], context.width))
        lines += [Text([Run(line, style.BODY)], context.width, _MOST_LINES) for line in text.splitlines()]
        lines.append(Space(3))
    return Drawn(Stack([*lines, Space(10)]), context.width)


OPTIONS = Section("options", marked("My options"), False, False, _draw)
