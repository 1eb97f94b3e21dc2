"""Treatments tried: what the plan check says of the goal, with its chart, and how each treatment went."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from reportlab.platypus import Flowable

from organizer.base import terms
from organizer.base.dates import PartialDate
from organizer.base.i18n import _, in_quotes, marked, ngettext
from organizer.health.allergies import Allergy, AllergyState
from organizer.health.grouping import codes_of, fold
from organizer.health.medicines import Course, MedicineState
from organizer.health.series import same_measure
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.model.links import Role
from organizer.model.statuses import Status
from organizer.packet.contents.absence import nothing_stated, unless_withheld
from organizer.packet.contents.chosen import case_conditions
from organizer.packet.contents.courses import (
    TREATING,
    courses,
    dates,
    purpose_words,
    standing_words,
    steps,
    treatments,
    why_ended,
)
from organizer.packet.contents.courses import cited as cited_spans
from organizer.packet.contents.measured import (
    Measured,
    chart_data,
    measured,
    newer_in_other_units,
    series_notes,
)
from organizer.packet.contents.plan_marks import REACHED, plan_marks
from organizer.packet.contents.section import Context, Section, opening, paragraph, rest_line, subheading
from organizer.packet.contents.sections._interventions import interventions
from organizer.packet.contents.sections.medicines import MEDICINES
from organizer.packet.contents.standing import allergies
from organizer.packet.contents.tables import MOST_LINES, Column, table
from organizer.packet.contents.who import died
from organizer.packet.facts import Statement
from organizer.packet.packet_input import PlanLine
from organizer.packet.page import style
from organizer.packet.page.charts import SeriesChart
from organizer.packet.page.flow import Drawn, Element, Panel, Pill, Row, Space, Stack
from organizer.packet.page.style import Face
from organizer.packet.page.typesetting import Piece, Run, Text, new_line

_MOST = 12
_TELLING = ("note", "effect", "stop_reason")
"""Fields of a medicine that say how it went."""
_TONES = {
    "met": "good",
    "on-track": "good",
    "little-change": "caution",
    "not-on-track": "caution",
    "worsening": "caution",
    "above-start": "caution",
    "too-early": "info",
}


def _draw(context: Context) -> list[Flowable]:
    listed = treatments(context)
    flow: list[Flowable] = [opening(context, "treatments", _("Treatments tried"), _about(context, listed))]
    aimed = [plan for plan in context.packet.plans if plan.verdict != "no-goal"]
    flow += chain.from_iterable(_plan(context, plan) for plan in aimed[:2])
    for plan in aimed[2:]:
        context.ledger.leave_out(_("plan check: {plan}").format(plan=plan.title), _("two plan checks are printed"))
    done = interventions(context)
    if not listed:
        careful = _("No treatment is entered; documents may name some.")
        none = nothing_stated(context, _("No treatment is recorded."), careful, *TREATING)
        return [*flow, *([paragraph(context, none, style.MUTED)] if not done else []), *done]
    elsewhere = _stand_among_medicines(context)
    bare = [course for course in listed if course.spans in elsewhere and _says_no_more(context, course)]
    telling = [course for course in listed if course not in bare]
    most = context.limit("treatments", len(telling), _MOST)
    context.shows("treatments", [course.spans for course in telling[:most]])
    flow += [_table(context, telling[:most])] if telling else []
    flow += _rest(context, len(telling) - most)
    return [*flow, *_bare_line(context, len(bare)), *done]


def _says_no_more(context: Context, course: Course) -> bool:
    """Whether a row would only repeat what stands under the medicines: nothing is recorded of how it went."""
    is_of_case = bool(course.treated & case_conditions(context))
    if is_of_case or course.opposed or standing_words(course):
        return False

    if any(map(_tells, course.spans)):
        return False
    return not _suspecting(context, course) and not _reactions(context, course)


def _tells(span: Entry) -> bool:
    return any(map(span.text, _TELLING))


def _stand_among_medicines(context: Context) -> list[tuple[Entry, ...]]:
    """The spans of the medicines that stand on their own page however short it becomes."""
    if "medicines" not in context.chosen:
        return []
    listed = courses(context)
    ended = [course for course in listed if course.state is MedicineState.ENDED]
    return [course.spans for course in listed if course not in ended[MEDICINES.fewest :]]


def _bare_line(context: Context, count: int) -> list[Flowable]:
    if not count:
        return []
    words = ngettext(
        "{count} medicine {where} is not repeated here: neither an effect nor a reason for an end is recorded.",
        "{count} medicines {where} are not repeated here: neither an effect nor a reason for an end is recorded.",
        count,
    )
    line = words.format(count=count, where=context.on_page("medicines"))
    return [paragraph(context, unless_withheld(context, line, "AdverseEvent"), style.MUTED)]


def _about(context: Context, listed: Sequence[Course]) -> str:
    calm = context.say(marked("A plan’s check compares my numbers with its goal; it doesn’t judge the illness."))
    aimed = any(plan.verdict != "no-goal" for plan in context.packet.plans)
    return " · ".join(part for part in (_counted(context, listed), calm if aimed else "") if part)


def _counted(context: Context, listed: Sequence[Course]) -> str:
    if not case_conditions(context) or not listed:
        return ""
    count = ngettext("{count} treatment", "{count} treatments", len(listed)).format(count=len(listed))
    days = sorted(course.since.sort_key for course in listed if course.since)
    since = PartialDate(days[0][:10]).spoken() if days else ""
    return _("{treatments} since {day}").format(treatments=count, day=since) if since else count


def _plan(context: Context, plan: PlanLine) -> list[Flowable]:
    evidence = context.usable(entry for entry_id in plan.evidence if (entry := context.find(EntryId(entry_id))))
    goal = context.find(EntryId(plan.goal_entry_id))
    goals = context.usable([goal] if goal else [])
    flow: list[Flowable] = [Drawn(Stack([_panel(context, plan, goals, evidence), Space(2)]), context.width)]
    key = plan.series_key
    series = next((result for result in measured(context) if key and same_measure(result.series.key, key)), None)
    # One picture of it is enough: “Results over time” has it, with the goal's day and the side effects.
    is_drawn = "results" in context.chosen or plan.verdict in REACHED
    if series is not None and len(series.points) > 1 and not is_drawn:
        flow.append(_plan_chart(context, series))
    return flow


def _panel(context: Context, plan: PlanLine, goals: list[Entry], evidence: list[Entry]) -> Panel:
    width = context.width - 28
    tone = style.TONES[_TONES.get(plan.verdict, "neutral")]
    title = Text([Run(_("Is the plan reaching its goal?"), style.HEADING)], width * 0.6)
    lines: list[Element] = [Row([(0, title), (0, Pill(plan.verdict_words, tone, width))], 18.0), Space(3)]
    name: list[Piece] = [Run(plan.title, style.MUTED)]
    if goals and plan.goal_text:
        named = context.state(goals)
        name = [Run(plan.title, style.MUTED, named), named]
    face = style.BODY if plan.verdict in REACHED else style.LEAD
    pieces: list[Piece] = [Run(plan.sentence, face)]
    if evidence:
        statement = context.state(evidence)
        pieces = [Run(plan.sentence, face, statement), statement]
    lines += [Text(name, width, 4), Space(2), Text(pieces, width, MOST_LINES)]
    return Panel(Stack(lines), context.width)


def _plan_chart(context: Context, series: Measured) -> Flowable:
    data = chart_data(context, series, *plan_marks(context, series))
    note = ngettext("{count} result, {unit}", "{count} results, {unit}", len(series.points))
    newer = newer_in_other_units(context, series)
    statement = context.state([*series.first_and_latest, *newer])
    words = _("Sources stand under “Results over time”")
    about = [text for text in (words, *series_notes(context, series)) if text]
    sentence = " ".join(part for part in (f"{'; '.join(about)}.", series.not_drawn) if part)
    below = Text([Run(sentence, style.MUTED, statement), statement], context.width, 12)
    chart = SeriesChart(data, context.width, 76)
    heading = note.format(count=len(series.points), unit=series.unit).rstrip(", ")
    head = subheading(context, series.title, heading)
    return Drawn(Stack([head.element, chart, Space(4), below, Space(8)]), context.width, before=4)


def _table(context: Context, listed: Sequence[Course]) -> Flowable:
    edges = (0, 192, 312, 406, 540)
    titles = (_("Treatment"), _("In the record"), context.say(marked("In my words")), _("Side effects, why stopped"))
    columns = [Column(title, (edges[number + 1] - edges[number]) / 540) for number, title in enumerate(titles)]
    return table(context, columns, [_row(context, course) for course in listed])


def _row(context: Context, course: Course) -> list[list[Piece]]:
    cited = cited_spans(course)
    statement = context.state(cited)
    what: list[Piece] = [Run(course.name, style.BOLD, statement)]
    route = terms.shown(course.last.text("route").lower())
    how = ", ".join(part for part in (steps(course), route) if part)
    what += [new_line(), Run(how, style.BODY, statement)] if how else []
    taken_for = purpose_words(course)
    what += [new_line(), Run(taken_for, style.MUTED, statement)] if taken_for else []
    what += [new_line(), Run(dates(course), style.MUTED, statement), statement]
    cells = _Row(context, course, statement, frozenset(span.id for span in cited))
    return [what, _recorded(cells), _own_words(cells), _side_effects(cells)]


@dataclass(frozen=True, slots=True)
class _Row:
    """One treatment: its row's own statement, and the spans that this statement stands for."""

    context: Context
    course: Course
    statement: Statement
    cited: frozenset[str]

    def pieces(self, words: str, face: Face, span: Entry) -> list[Piece]:
        """Words of a span; where the row's own chip stands for it already they need no second one."""
        if span.id in self.cited and bool(span.reported_by_patient) == self.statement.reported:
            return [Run(words, face, self.statement)]
        own = self.context.state([span])
        return [Run(words, face, own), own]


def _recorded(row: _Row) -> list[Piece]:
    effects = {
        "helped": _("Helped."),
        "partly": _("Helped in part."),
        "not": _("Did not help."),
        "worse": _("Made it worse."),
    }
    for span in reversed(row.course.spans):
        if not span.reported_by_patient and span.text("note"):
            return row.pieces(in_quotes(span.text("note")), style.QUOTE, span)
        if not span.reported_by_patient and span.text("effect") in effects:
            return row.pieces(effects[span.text("effect")], style.BODY, span)
    return [Run(_("Not recorded."), style.MUTED)]


def _own_words(row: _Row) -> list[Piece]:
    for span in reversed(row.course.spans):
        words = span.text("note") if span.reported_by_patient else ""
        if words:
            return row.pieces(words, style.BODY, span)
    return [Run(_("Not recorded."), style.MUTED)]


def _side_effect_words(event: Entry) -> str:
    when = event.happened.spoken() if event.happened else ""
    return ", ".join(filter(None, (plain_title(event), terms.shown(event.text("severity")), when)))


def _side_effects(row: _Row) -> list[Piece]:
    context, course = row.context, row.course
    effects = [(_side_effect_words(event), event) for event in _suspecting(context, course)]
    for allergy in _reactions(context, course):
        reactions = ", ".join(allergy.reactions) or allergy.entry.title
        effects.append((_("allergy list: {reactions}").format(reactions=reactions), allergy.entry))
    pieces: list[Piece] = []
    for words, entry in effects:
        statement = context.state([entry])
        pieces += [new_line()] if pieces else []
        pieces += [Run(words, style.BODY, statement), statement]
    ending = _ending(row)

    # Words of a source may tell of one: that none is recorded is said only where there are no words at all.
    if not pieces and not any(span.text("stop_reason") or span.text("note") for span in course.spans):
        none = unless_withheld(context, _("No side effect recorded."), "AdverseEvent")
        pieces.append(Run(none, style.MUTED))
    return pieces + ending if pieces else ending[1:]


def _suspecting(context: Context, course: Course) -> list[Entry]:
    """The side effects that name the medicine, by a link or by its name."""
    ids = {span.id for span in course.spans}
    events = []
    for event in context.usable(context.of_kind("AdverseEvent")):
        named = event.text("suspected_cause").casefold()
        if ids.intersection(event.targets(Role.SUSPECTS)) or (named and named in course.name.casefold()):
            events.append(event)
    return events


def _reactions(context: Context, course: Course) -> list[Allergy]:
    """The allergies that name the medicine, by a code or by its name."""
    codes = set(chain.from_iterable(codes_of(span) for span in course.spans))
    known = [allergy for allergy in allergies(context) if allergy.state in (AllergyState.ACTIVE, AllergyState.RESOLVED)]
    return [
        allergy
        for allergy in known
        if any(codes & codes_of(entry) or fold(entry.title) in fold(course.name) for entry in allergy.entries)
    ]


def _ending(row: _Row) -> list[Piece]:
    """How it ended."""
    last = row.course.last
    reason = last.text("stop_reason")
    standing = standing_words(row.course)
    if standing:
        return [new_line(), Run(standing, style.BODY, row.statement)]
    if row.course.current:
        return [new_line(), Run(_("Continuing."), style.BODY, row.statement)]
    if reason:
        words = reason if last.reported_by_patient else in_quotes(reason)
        return [new_line(), *row.pieces(words, style.BODY, last)]
    if died(row.context.packet.person) and last.ended == row.context.packet.person.date("deceased"):
        return [new_line(), Run(_("Until death."), style.BODY, row.statement)]
    if last.status == Status.COMPLETED:
        return [new_line(), Run(_("Finished."), style.BODY, row.statement)]
    if why_ended(row.course):
        # The note that stands in the column of the record, or of the person, tells it.
        return []
    return [new_line(), Run(_("Why it ended isn’t recorded."), style.MUTED)]


def _rest(context: Context, count: int) -> list[Flowable]:
    words = ngettext("{count} more is in my record.", "{count} more are in my record.", count)
    return rest_line(context, count, _("{count} earlier medicines under “Treatments tried”"), words)


TREATMENTS = Section("treatments", marked("Treatments tried"), True, False, _draw, 1.4, 0.8)
