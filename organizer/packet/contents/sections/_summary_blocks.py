"""Blocks of the summary, upper band: what was said and planned at the left, what happened and is taken at the right."""

from organizer.base import terms
from organizer.base.i18n import _, marked
from organizer.health.absence import absences
from organizer.health.medicines import STANDING, Course, MedicineState
from organizer.packet.contents.absence import earlier_left_out, is_withheld, nothing_dated_words
from organizer.packet.contents.chosen import spoken_in
from organizer.packet.contents.courses import cited, courses, standing_words, steps
from organizer.packet.contents.events import events, weightiest
from organizer.packet.contents.section import Context, asked_once
from organizer.packet.contents.sections._summary_block import (
    Band,
    Block,
    empty,
    framed,
    more_words,
    nothing,
    shared_source,
)
from organizer.packet.contents.sections._summary_words import plan_block, problem_block, quotations_block
from organizer.packet.contents.standing import (
    MOST_LINES,
    allergies,
    allergy_line,
    no_allergy_words,
    no_medicine_words,
    stated_line,
)
from organizer.packet.contents.tables import cited_line, plain_line
from organizer.packet.facts import Statement
from organizer.packet.page import style
from organizer.packet.page.flow import Element, Row
from organizer.packet.page.typesetting import Piece, Run, Text


def upper_band(context: Context) -> Band:
    """What was said and planned at the left, what happened and is taken at the right."""
    half = (context.width - 20) / 2
    right = half + 20
    blocks = [quotations_block(context, half), plan_block(context, half), problem_block(context, half)]
    done = [
        _timeline_block(context, right, half),
        _medicine_block(context, right, half),
        _allergy_block(context, right, half),
    ]
    return [blocks, done]


def _timeline_block(context: Context, x: float, width: float) -> Block:
    every = events(context)

    def make(limit: int) -> Element:
        rows: list[Element] = []
        year = ""
        chosen = weightiest(every, limit)
        shared = shared_source(context, [every[place].entries for place in chosen])
        for place in chosen:
            rows.append(_event_line(context, place, width, year, shared))
            year = every[place].when.text[:4]
        none = earlier_left_out(context) or nothing_dated_words(context)
        rows += [] if every else nothing(width, none)
        rest = [event.entries for place, event in enumerate(every) if place not in chosen]
        return framed(width, _("Timeline"), rows, more_words(context, rest, "timeline"), shared=shared)

    ranked = weightiest(every, 8)
    others = (place for place in range(len(every)) if place not in ranked)
    lines = [every[place].entries for place in (*ranked, *others)]
    return Block(x, _("Timeline"), make, lines, 8, 5, "timeline")


@asked_once
def _event_line(context: Context, place: int, width: float, year: str, shared: Statement | None) -> Element:
    """The line of an event by its place among all: the block is made anew for each line that it gives up."""
    event = events(context)[place]
    statement = shared or context.state(event.entries)
    line = cited_line(
        width - 68, [Run(event.text, style.BODY, statement)], "", statement, lines=MOST_LINES, bare=shared is not None
    )
    when = Text([Run(spoken_in(event.when, year), style.MUTED, statement)], 68)
    return Row([(0, when), (68, line)])


def _medicine_block(context: Context, x: float, width: float) -> Block:
    standing = [course for course in courses(context) if course.state in STANDING]
    routes = {course.last.text("route") for course in standing}
    one_route = terms.shown(routes.pop().lower()) if len(routes) == 1 else ""
    lines = [course.spans for course in standing]

    def make(limit: int) -> Element:
        rows: list[Element] = []
        shown = MedicineState.CURRENT
        shared = shared_source(context, [cited(course) for course in standing[:limit]])
        for course in standing[:limit]:
            if course.state is not shown:
                rows.append(plain_line(width, standing_heading(course.state)))
                shown = course.state
            rows.append(_medicine_line(context, course, width, shared))
        if not any(course.current for course in standing):
            rows = [*_no_medicine(context, width, bool(standing)), *rows]
        elif is_withheld(context, "MedicationStatement"):
            rows.append(plain_line(width, context.say(marked("This list may be incomplete at the patient’s choice."))))
        words = (
            _("all {route}").format(route=one_route) if one_route else "",
            more_words(context, lines[limit:], "medicines"),
        )
        return framed(width, _("Medicines"), rows, " · ".join(part for part in words if part), shared=shared)

    return Block(x, _("Medicines"), make, lines, 10, 5, "medicines", keeps=4)


def standing_heading(state: MedicineState) -> str:
    """What stands above the medicines that aren't simply taken."""
    return _("Paused") if state is MedicineState.PAUSED else _("Not said whether still taken")


def _medicine_line(context: Context, course: Course, width: float, shared: Statement | None) -> Element:
    """A medicine with its dose, whole: a dose is never cut."""
    statement = shared or context.state(cited(course))
    amount = steps(course) or (_("dose not recorded") if course.current else "")
    pieces: list[Piece] = [Run(course.name, style.BOLD, statement), Run(f" {amount}", style.BODY, statement)]
    if course.opposed:
        pieces.append(Run(f" {standing_words(course)}", style.MUTED, statement))
    return cited_line(width, pieces, "", statement, lines=MOST_LINES, bare=shared is not None)


def _no_medicine(context: Context, width: float, others: bool) -> list[Element]:
    stated = context.usable(absences(context.of_kind("MedicationStatement"), "MedicationStatement"))
    if stated:
        return [stated_line(context, entry, width) for entry in stated[:2]]
    if others:
        return nothing(width, _("None is recorded as taken for certain."))
    return empty(width, no_medicine_words(context))


def _allergy_block(context: Context, x: float, width: float) -> Block:
    listed = allergies(context)
    lines = [allergy.entries for allergy in listed]

    def make(limit: int) -> Element:
        rows = [allergy_line(context, allergy, width, listed, brief=True) for allergy in listed[:limit]]
        rows += [] if listed else empty(width, no_allergy_words(context))
        if listed and is_withheld(context, "AllergyIntolerance"):
            rows.append(plain_line(width, context.say(marked("This list may be incomplete at the patient’s choice."))))
        return framed(width, _("Allergies"), rows, more_words(context, lines[limit:], "medicines"))

    return Block(x, _("Allergies"), make, lines, 6, 3, "medicines", keeps=5)
