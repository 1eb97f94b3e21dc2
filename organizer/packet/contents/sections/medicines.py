"""Medicines and allergies: what is taken now, what was stopped, what is bought without prescription."""

from collections.abc import Callable, Sequence

from reportlab.platypus import Flowable

from organizer.base.i18n import _, marked, ngettext
from organizer.model.entry import Entry
from organizer.packet.contents.chosen import Course, courses
from organizer.packet.contents.section import Context, Section, opening, paragraph, subheading
from organizer.packet.contents.sections._summary_blocks import allergies, allergy_line
from organizer.packet.contents.tables import Column, table
from organizer.packet.facts import Statement
from organizer.packet.page import style
from organizer.packet.page.flow import Drawn, Stack
from organizer.packet.page.typesetting import Piece, Run

_MOST_STOPPED = 24
_SHARES = (0.20, 0.27, 0.14, 0.25, 0.14)
_STOPPED_SHARES = (0.20, 0.25, 0.21, 0.20, 0.14)


def _draw(context: Context) -> list[Flowable]:
    found = courses(context)
    over_counter = [course for course in found if course.current and course.last.data.get("over_the_counter")]
    current = [course for course in found if course.current and course not in over_counter]
    stopped = [course for course in found if not course.current]
    flow: list[Flowable] = [opening(context, "medicines", _("Medicines and allergies"), _short_list(context))]
    flow += _part(context, _("Taken now"), current, _("No current medicine is recorded."), _now_row, first=True)
    if over_counter:
        flow += _part(context, _("Without prescription"), over_counter, "", _now_row)
    else:
        flow += [paragraph(context, _("Without prescription: none recorded."), style.MUTED, 0.0)]
    most = context.limit("medicines", len(stopped), _MOST_STOPPED)
    flow += _part(context, _("Stopped"), stopped[:most], _("No stopped medicine is recorded."), _stopped_row)
    flow += _rest(context, len(stopped) - most)
    return flow + _allergies(context)


def _short_list(context: Context) -> str:
    choice = context.packet.choice
    kinds = {kind for one in context.packet.withheld for kind in one.kinds}
    shortened = choice.since or kinds.intersection({"MedicationStatement", "AllergyIntolerance"})
    return _("This list may be incomplete at the patient’s choice.") if shortened else ""


_MakeRow = Callable[[Context, Course], list[list[Piece]]]


def _part(
    context: Context, title: str, found: Sequence[Course], nothing: str, make: _MakeRow, first: bool = False
) -> list[Flowable]:
    flow: list[Flowable] = [subheading(context, title, before=0 if first else 14)]
    if not found:
        return [*flow, paragraph(context, nothing, style.MUTED)]
    shares = _STOPPED_SHARES if make is _stopped_row else _SHARES
    why = _("Why stopped") if make is _stopped_row else _("For, by whom")
    when = _("Dates") if make is _stopped_row else _("Since")
    names = (_("Medicine"), _("Dose and how taken"), when, why, _("Source"))
    columns = [
        Column(name, share, "right" if number == 4 else "left", 3)
        for number, (name, share) in enumerate(zip(names, shares, strict=True))
    ]
    return [*flow, table(context, columns, [make(context, course) for course in found])]


def _amount(course: Course, statement: Statement) -> list[Piece]:
    words = ", ".join(part for part in (course.steps(), course.last.text("route").lower()) if part)
    return [Run(words, style.BODY, statement)] if words else [Run(_("not recorded"), style.MUTED)]


def _now_row(context: Context, course: Course) -> list[list[Piece]]:
    statement = context.state(_cited(course))
    since = course.since.spoken() if course.since else ""
    reason = ", ".join(part for part in (course.last.text("reason"), course.last.text("prescriber")) if part)
    dates = Run(since or _("not recorded"), style.MUTED, statement)
    why = Run(reason or _("not recorded"), style.MUTED, statement)
    return [[Run(course.name, style.BOLD, statement)], _amount(course, statement), [dates], [why], [statement]]


def _stopped_row(context: Context, course: Course) -> list[list[Piece]]:
    statement = context.state(_cited(course))
    reason = course.last.text("stop_reason")
    words = f"“{reason}”" if reason and statement.places else reason or _("reason not recorded")
    why = Run(words, style.BODY if reason else style.MUTED, statement)
    dates = Run(course.dates(), style.MUTED, statement)
    return [[Run(course.name, style.BOLD, statement)], _amount(course, statement), [dates], [why], [statement]]


def _cited(course: Course) -> list[Entry]:
    """The latest span, and the first where the dose went from one to the other."""
    return [course.last] if len(course.spans) == 1 else [course.spans[0], course.last]


def _rest(context: Context, count: int) -> list[Flowable]:
    if count <= 0:
        return []
    context.ledger.leave_out(
        _("{count} medicines that were stopped earlier").format(count=count), _("the list keeps to the latest")
    )
    text = ngettext(
        "{count} more, stopped earlier, is in my record.", "{count} more, stopped earlier, are in my record.", count
    )
    return [paragraph(context, text.format(count=count), style.MUTED)]


def _allergies(context: Context) -> list[Flowable]:
    found = allergies(context)
    flow: list[Flowable] = [subheading(context, _("Allergies"))]
    if not found:
        return [*flow, paragraph(context, _("Not recorded. This doesn’t say that there are none."), style.MUTED)]
    lines = Stack([allergy_line(context, entry, context.width) for entry in found])
    return [*flow, Drawn(lines, context.width)]


MEDICINES = Section("medicines", marked("Medicines and allergies"), True, False, _draw, 1.0, 0.7)
