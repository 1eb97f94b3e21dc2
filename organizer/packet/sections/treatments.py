"""Treatments tried: what the plan check says of the goal, with its chart, and how each treatment went."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether

from organizer.base.dates import PartialDate, parse_date
from organizer.base.words import _, marked, ngettext
from organizer.packet import style
from organizer.packet.charts import SeriesChart
from organizer.packet.chosen import Course, case_conditions, treatments
from organizer.packet.facts import Statement
from organizer.packet.flow import Drawn, Element, Panel, Pill, Row, Space, Stack
from organizer.packet.measured import Measured, chart_data, measured, series_note
from organizer.packet.packet_input import PlanLine
from organizer.packet.scales import Mark
from organizer.packet.section import Context, Section, opening, paragraph, subheading
from organizer.packet.setting import Piece, Run, Text, new_line
from organizer.packet.tables import Column, table
from organizer.records.entry import Entry

_MOST = 12
_TONES = {
    "met": "good",
    "on-track": "good",
    "not-on-track": "caution",
    "worsening": "caution",
    "above-start": "caution",
    "too-early": "info",
}


def _draw(context: Context) -> list[Flowable]:
    found = treatments(context)
    flow: list[Flowable] = [opening(context, "treatments", _("Treatments tried"), _about(context, found))]
    flow += [part for plan in context.packet.plans[:2] for part in _plan(context, plan)]
    for plan in context.packet.plans[2:]:
        context.ledger.leave_out(_("plan check: {plan}").format(plan=plan.title), _("two plan checks are printed"))
    if not found:
        return [*flow, paragraph(context, _("No treatment is recorded."), style.MUTED)]
    flow.append(_table(context, found[:_MOST]))
    return flow + _rest(context, len(found) - _MOST)


def _about(context: Context, found: Sequence[Course]) -> str:
    if not case_conditions(context) or not found:
        return ""
    count = ngettext("{count} treatment", "{count} treatments", len(found)).format(count=len(found))
    days = sorted(course.since.sort_key for course in found if course.since)
    since = PartialDate(days[0][:10]).spoken() if days else ""
    return _("{treatments} since {day}").format(treatments=count, day=since) if since else count


def _plan(context: Context, plan: PlanLine) -> list[Flowable]:
    evidence = context.usable(entry for one in plan.evidence if (entry := context.find(one)))
    goal = context.find(plan.goal_entry_id)
    goals = context.usable([goal] if goal else [])
    flow: list[Flowable] = [Drawn(Stack([_panel(context, plan, goals, evidence), Space(4)]), context.width)]
    series = next((one for one in measured(context) if one.series.code == plan.series_code), None)
    # A goal that is reached needs no second picture: its chart stands under “Results over time”.
    if series is not None and len(series.points) > 1 and plan.verdict not in ("met", "on-track"):
        flow.append(_plan_chart(context, series, goals))
    return flow


def _panel(context: Context, plan: PlanLine, goals: list[Entry], evidence: list[Entry]) -> Panel:
    width = context.width - 28
    tone = style.TONES[_TONES.get(plan.verdict, "neutral")]
    title = Text([Run(_("Is the plan reaching its goal?"), style.HEADING)], width * 0.6)
    lines: list[Element] = [Row([(0, title), (0, Pill(plan.verdict_words, tone, width))], 18.0), Space(3)]
    name = Text([Run(plan.title, style.MUTED)], width, 1)
    if evidence:
        statement = context.state(evidence)
        lines += [name, Space(2), Text([Run(plan.sentence, style.LEAD, statement), statement], width, 4)]
    else:
        lines += [name, Space(2), Text([Run(plan.sentence, style.LEAD)], width, 4)]
    if goals and plan.goal_text:
        statement = context.state(goals)
        words: list[Piece] = [Run(_("Goal:"), style.MUTED), Run(" " + plan.goal_text, style.BODY, statement), statement]
        lines += [Space(3), Text(words, width, 2)]
    calm = _("This compares my numbers with the goal; it doesn’t judge the illness.")
    return Panel(Stack([*lines, Space(3), Text([Run(calm, style.MUTED)], width)]), context.width)


def _plan_chart(context: Context, series: Measured, goals: list[Entry]) -> Flowable:
    due = parse_date(goals[0].text("due")) if goals else None
    marks = [
        Mark(entry.happened.first_day, f"{entry.title.lower()} {entry.happened.spoken()[:-5]}")
        for entry in context.usable(context.of_kind("AdverseEvent"))
        if entry.happened is not None and entry.happened.precision != "year"
    ]
    data = chart_data(context, series, marks, due.first_day if due else None)
    note = ngettext("{count} result, {unit}", "{count} results, {unit}", len(series.points))
    statement = context.state(series.first_and_latest)
    words = _("Dots: results as printed; each stands with its source under “Results over time”.")
    about = [text for text in (words, series_note(series)) if text]
    below = Text([Run(" ".join(about), style.MUTED, statement), statement], context.width, 3)
    chart = SeriesChart(data, context.width, 104)
    return KeepTogether(
        [
            subheading(context, series.title, note.format(count=len(series.points), unit=series.unit), before=6),
            Drawn(Stack([chart, Space(4), below, Space(12)]), context.width),
        ]
    )


def _table(context: Context, found: Sequence[Course]) -> Flowable:
    edges = (0, 160, 290, 412, 540)
    titles = (_("Treatment"), _("In the record"), _("In my words"), _("Side effects, why stopped"))
    columns = [Column(title, (edges[number + 1] - edges[number]) / 540, lines=6) for number, title in enumerate(titles)]
    return table(context, columns, [_row(context, course) for course in found])


def _row(context: Context, course: Course) -> list[list[Piece]]:
    cited = [course.last] if len(course.spans) == 1 else [course.spans[0], course.last]
    statement = context.state(cited)
    what: list[Piece] = [Run(course.name, style.BOLD, statement)]
    route = course.last.text("route").lower()
    how = ", ".join(part for part in (course.steps(), route) if part)
    what += [new_line(), Run(how, style.BODY, statement)] if how else []
    what += [new_line(), Run(course.dates(), style.MUTED, statement), statement]
    return [what, _recorded(context, course), _own_words(context, course), _side_effects(context, course, statement)]


def _recorded(context: Context, course: Course) -> list[Piece]:
    effects = {
        "helped": _("Helped."),
        "partly": _("Helped in part."),
        "not": _("Did not help."),
        "worse": _("Made it worse."),
    }
    for span in reversed(course.spans):
        statement = context.state([span])
        if not span.reported_by_patient and span.text("note"):
            return [Run(f"“{span.text('note')}”", style.QUOTE, statement), statement]
        if not span.reported_by_patient and span.text("effect") in effects:
            return [Run(effects[span.text("effect")], style.BODY, statement), statement]
    return [Run(_("Not recorded."), style.MUTED)]


def _own_words(context: Context, course: Course) -> list[Piece]:
    for span in reversed(course.spans):
        words = span.text("note") if span.reported_by_patient else ""
        if words:
            statement = context.state([span])
            return [Run(words, style.BODY, statement), statement]
    return [Run(_("Not recorded."), style.MUTED)]


def _side_effects(context: Context, course: Course, row: Statement) -> list[Piece]:
    pieces: list[Piece] = []
    ids = {span.id for span in course.spans}
    for event in context.usable(context.of_kind("AdverseEvent")):
        named = event.text("suspected_cause").casefold()
        if ids.intersection(event.targets("suspects")) or (named and named in course.name.casefold()):
            when = event.happened.spoken() if event.happened else ""
            statement = context.state([event])
            words = ", ".join(part for part in (event.title, event.text("severity"), when) if part)
            pieces += [new_line()] if pieces else []
            pieces += [Run(words, style.BODY, statement), statement]
    if not pieces:
        pieces.append(Run(_("No side effect recorded."), style.MUTED))
    return pieces + _ending(context, course, row)


def _ending(context: Context, course: Course, row: Statement) -> list[Piece]:
    """How it ended; what the row's own chip already stands for needs no second one."""
    reason = course.last.text("stop_reason")
    statement = context.state([course.last])
    if course.current:
        return [new_line(), Run(_("Continuing."), style.BODY, row)]
    if reason:
        words = f"“{reason}”" if statement.places else reason
        return [new_line(), Run(words, style.BODY, statement), statement]
    if course.last.status == "completed":
        return [new_line(), Run(_("Finished."), style.BODY, row)]
    return [new_line(), Run(_("Why it ended isn’t recorded."), style.MUTED)]


def _rest(context: Context, count: int) -> list[Flowable]:
    if count <= 0:
        return []
    context.ledger.leave_out(
        _("{count} earlier medicines under “Treatments tried”").format(count=count), _("the page keeps to the latest")
    )
    text = ngettext("{count} more is in my record.", "{count} more are in my record.", count)
    return [paragraph(context, text.format(count=count), style.MUTED)]


TREATMENTS = Section("treatments", marked("Treatments tried"), True, False, _draw)
