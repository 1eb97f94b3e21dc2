"""Blocks of the summary, upper band at the left: what was said and planned, and the problems."""

from collections.abc import Sequence

from organizer.base.i18n import _, marked
from organizer.health.absence import absences
from organizer.health.grouping import fold
from organizer.health.problems import Problem
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind, names
from organizer.packet.contents.absence import claimed, earlier_left_out, is_withheld, unless_withheld
from organizer.packet.contents.chosen import Quotation, is_circumstance, problems, quotations
from organizer.packet.contents.section import Context, asked_once
from organizer.packet.contents.sections._summary_block import (
    Block,
    empty,
    framed,
    more_words,
    nothing,
    shared_source,
)
from organizer.packet.contents.standing import MOST_LINES, no_problem_words, problem_words, quoted, stated_line
from organizer.packet.contents.tables import chip_width, cited_line
from organizer.packet.facts import Statement, turned
from organizer.packet.page import style
from organizer.packet.page.flow import Element, Row, Space, Stack
from organizer.packet.page.typesetting import Piece, Run, Text, whole_sentences

_MOST_WORDS = 48
"""Of a quote, in whole sentences: as many as a page has room for beside all else."""


def quotations_block(context: Context, width: float) -> Block:
    """What doctors and reports say, word for word."""
    statements = quotations(context)
    lines = [[quotation.entry] for quotation in statements]

    def make(limit: int) -> Element:
        picked = sorted(statements[:limit], key=lambda quotation: quotation.when.sort_key if quotation.when else "")
        rows: list[Element] = []
        for number, quotation in enumerate(picked):
            rows += [Space(5)] if number else []
            rows.append(_quotation_item(context, quotation, width))
        claim = _("No diagnosis in a doctor’s words is recorded.")
        careful = _("No diagnosis in a doctor’s words is entered; documents may hold some.")
        none = earlier_left_out(context) or claimed(context, claim, careful, "Condition", "DiagnosticReport")
        rows += [] if statements else nothing(width, none)
        return framed(
            width, context.say(marked("What I’ve been told")), rows, more_words(context, lines[limit:], "timeline")
        )

    return Block(0, context.say(marked("What I’ve been told")), make, lines, 3, 2, "timeline")


def _quotation_item(context: Context, quotation: Quotation, width: float) -> Element:
    statement = context.state([quotation.entry])
    chips = chip_width(statement)
    words = quoted(whole_sentences(quotation.quote, _MOST_WORDS))
    quote = Text([Run(words, style.QUOTE, statement)], width - chips - 10)
    parts = [part for part in (quotation.who, quotation.when.spoken() if quotation.when else _("undated")) if part]
    about = Text([Run(", ".join(parts), style.MUTED, statement)], width)
    return Stack([Row([(0, quote), (width - chips, Text([statement], chips + 0.1))], 13.0), about, Space(2)])


def plan_block(context: Context, width: float) -> Block:
    """The plan that is proposed, in the words of the letter where one has them, with the day that it was written."""
    case = context.packet.case
    text = case.plan_proposed if case else ""
    source = _source_of(context, text)

    def make(_limit: int) -> Element:
        rows = nothing(width, unless_withheld(context, _("Not recorded."), "CarePlan"))
        if case is not None and text:
            statement = context.state([source[0] if source else case.entry])
            if source is not None:
                statement = turned(statement, source[1])
            chips = chip_width(statement)
            words = quoted(text) if source else text
            body = Text([Run(whole_sentences(words, 2 * _MOST_WORDS), style.QUOTE, statement)], width - chips - 10)
            rows = [Row([(0, body), (width - chips, Text([statement], chips + 0.1))], 13.0)]
            if source is not None:
                rows.append(Text([Run(_origin(source[0]), style.MUTED, statement)], width))
        return framed(width, _("The plan proposed"), [*rows, Space(1)])

    return Block(0, _("The plan proposed"), make, [[case.entry]] if case else [], 1, 1, "")


_WORDY = names(lambda kind: kind.name != "Observation")
"""Where words may stand that are quoted: all kinds but single results."""


def _source_of(context: Context, text: str) -> tuple[Entry, int] | None:
    """The entry with an original that says the text word for word, and the page of its text (from 0); or None.

    A letter goes before data written out, and before an entry that repeats it: its day is the day of writing.
    """
    needle = fold(text).rstrip(".")
    if not needle:
        return None
    written = [entry for entry in context.of_kind(*_WORDY) if not entry.reported_by_patient]
    citable = [entry for entry in written if context.plan.place(entry) is not None]
    for entry in sorted(citable, key=lambda entry: entry.kind != "DocumentReference"):
        listed = entry.data.get("page_texts")
        pages = map(str, listed) if isinstance(listed, list) else ()
        number = next((number for number, page in enumerate(pages) if needle in fold(page)), None)
        if number is not None:
            return entry, number
        if any(needle in fold(entry.text(name)) for name in ("what", "note", "decided", "conclusion", "text")):
            return entry, 0
    return None


def _origin(entry: Entry) -> str:
    # A plan begins on one day and is written down on another; only of what is a writing its day is that.
    is_writing = entry.kind == "DocumentReference" or find_kind(entry.kind).quote is not None
    when = entry.happened.spoken() if is_writing and entry.happened else ""
    return ", ".join(part for part in (find_kind(entry.kind).author_and_place(entry), when) if part)


def problem_block(context: Context, width: float) -> Block:
    """The diagnoses that weigh most for the case; all of them stand in their own section."""
    listed = _illnesses(context)
    lines = [problem.entries for problem in listed]

    def make(limit: int) -> Element:
        shared = shared_source(context, [[problem.entry] for problem in listed[:limit]])
        rows = [_problem_line(context, place, width, shared) for place in range(min(limit, len(listed)))]
        rows += [] if listed else _no_problem(context, width)
        if is_withheld(context, "Condition"):
            rows.append(
                Text(
                    [Run(context.say(marked("This list may be incomplete at the patient’s choice.")), style.MUTED)],
                    width,
                )
            )
        return framed(width, _("Problems"), rows, more_words(context, lines[limit:], "problems"), shared=shared)

    return Block(0, _("Problems"), make, lines, 8, 4, "problems", keeps=3)


@asked_once
def _illnesses(context: Context) -> Sequence[Problem]:
    """The diagnoses and complaints, without what tells of somebody's circumstances."""
    return [problem for problem in problems(context) if not is_circumstance(problem.entry)]


@asked_once
def _problem_line(context: Context, place: int, width: float, shared: Statement | None) -> Element:
    """The line of a problem by its place among all: the block is made anew for each line that it gives up."""
    problem = _illnesses(context)[place]
    statement = shared or context.state([problem.entry])
    words = problem_words(problem)
    pieces: list[Piece] = [Run(plain_title(problem.entry), style.BODY, statement)]
    pieces += [Run(f", {words}", style.MUTED, statement)] if words else []
    return cited_line(width, pieces, "", statement, lines=MOST_LINES, bare=shared is not None)


def _no_problem(context: Context, width: float) -> list[Element]:
    stated = context.usable(absences(context.of_kind("Condition"), "Condition"))
    if stated:
        return [stated_line(context, entry, width) for entry in stated[:2]]
    return empty(width, no_problem_words(context))
