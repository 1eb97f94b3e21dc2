"""Blocks of the summary, upper band: each knows the most and the least that it shows, and is built anew to shrink."""

from collections.abc import Callable, Sequence

from organizer.base import terms
from organizer.base.i18n import _
from organizer.health import medicines
from organizer.health.medicines import STANDING, Course, MedicineState
from organizer.health.problems import none_stated
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind, names
from organizer.packet.contents.absence import earlier_left_out, is_withheld, nothing_said
from organizer.packet.contents.chosen import Told, problems, spoken_in, title_of, told
from organizer.packet.contents.courses import cited, courses, standing_words, steps
from organizer.packet.contents.events import Event, events, weightiest
from organizer.packet.contents.section import Context
from organizer.packet.contents.standing import (
    MOST_LINES,
    allergies,
    allergy_line,
    no_allergy_words,
    no_medicine_words,
    problem_words,
    quoted,
    stated_line,
)
from organizer.packet.contents.tables import chip_width, cited_line, plain_line
from organizer.packet.facts import turned
from organizer.packet.page import style
from organizer.packet.page.flow import Element, Row, Rule, Space, Stack
from organizer.packet.page.typesetting import Piece, Run, Text

Band = list[list["Block"]]
"""Columns side by side, each a list of blocks one below the other."""


class Block:
    """A part of the summary at `x` in its band; `make(limit)` builds it with that many lines."""

    def __init__(
        self, x: float, title: str, make: Callable[[int], Element], have: int, most: int, least: int, section: str = ""
    ) -> None:
        self.x, self.title, self._make, self.have, self.section = x, title, make, have, section
        self.limit, self._least = min(have, most), least
        self.element = make(self.limit)

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.element.height

    @property
    def spare(self) -> int:
        """How many lines it could give before it shows less than it should."""
        return self.limit - self._least

    def shrink(self) -> None:
        """Show one thing less."""
        self.limit -= 1
        self.element = self._make(self.limit)

    def tell(self, context: Context) -> None:
        """Note what found no room."""
        if self.have > self.limit and self.section:
            what = _("{count} more under “{title}” of the summary").format(
                count=self.have - self.limit, title=self.title
            )
            context.ledger.leave_out(
                what, _("the summary is one page; they stand {where}").format(where=context.on_page(self.section))
            )


def upper_band(context: Context) -> Band:
    """What was said and planned at the left, what happened and is taken at the right."""
    half = (context.width - 20) / 2
    right = half + 20
    said = [_told_block(context, half), _plan_block(context, half), _problem_block(context, half)]
    done = [
        _timeline_block(context, right, half),
        _medicine_block(context, right, half),
        _allergy_block(context, right, half),
    ]
    return [said, done]


def framed(width: float, title: str, rows: Sequence[Element], note: str = "", right: Element | None = None) -> Stack:
    """A block: a rule, its heading with a quiet note or an element at the right, its rows."""
    cells: list[tuple[float, Element]] = [(0, Text([Run(title, style.HEADING)], width, 1))]
    if right is not None:
        cells.append((0, right))
    elif note:
        cells.append((0, Stack([Space(1), Text([Run(note, style.MUTED)], width, 1, "right")])))
    return Stack([Rule(width), Space(3), *([Row(cells, 15.0)]), Space(1), *rows])


def more_words(context: Context, count: int, section: str) -> str:
    """`and 3 more on p 4`; "" where nothing is left."""
    if count <= 0:
        return ""
    return _("and {count} more {where}").format(count=count, where=context.on_page(section))


def nothing(width: float, text: str) -> list[Element]:
    """The line that says that a block has nothing to show."""
    return [plain_line(width, text)]


def _told_block(context: Context, width: float) -> Block:
    found = told(context)

    def make(limit: int) -> Element:
        picked = sorted(found[:limit], key=lambda said: said.when.sort_key if said.when else "")
        rows: list[Element] = []
        for number, said in enumerate(picked):
            rows += [Space(5)] if number else []
            rows.append(_told_item(context, said, width))
        none = earlier_left_out(context) or _("No diagnosis in a doctor’s words is recorded.")
        rows += [] if found else nothing(width, none)
        return framed(width, _("What I’ve been told"), rows, more_words(context, len(found) - limit, "timeline"))

    return Block(0, _("What I’ve been told"), make, len(found), 3, 2, "timeline")


def _told_item(context: Context, said: Told, width: float) -> Element:
    statement = context.state([said.entry])
    chips = chip_width(statement)
    quote = Text([Run(quoted(said.quote), style.QUOTE, statement)], width - chips - 10, 2)
    parts = [part for part in (said.who, said.when.spoken() if said.when else _("undated")) if part]
    about = Text([Run(", ".join(parts), style.MUTED, statement)], width, 1)
    return Stack([Row([(0, quote), (width - chips, Text([statement], chips + 0.1))], 13.0), about, Space(2)])


def _plan_block(context: Context, width: float) -> Block:
    case = context.packet.case
    text = case.text("plan_proposed") if case else ""
    source = _source_of(context, text)

    def make(limit: int) -> Element:
        rows = nothing(width, _("Not recorded."))
        if case is not None and text:
            statement = context.state([source[0] if source else case])
            if source is not None:
                statement = turned(statement, source[1])
            chips = chip_width(statement)
            words = quoted(text) if source else text
            body = Text([Run(words, style.QUOTE, statement)], width - chips - 10, 1 + limit)
            rows = [Row([(0, body), (width - chips, Text([statement], chips + 0.1))], 13.0)]
            if source is not None:
                rows.append(Text([Run(_origin(source[0]), style.MUTED, statement)], width, 1))
        return framed(width, _("The plan proposed"), [*rows, Space(1)])

    return Block(0, _("The plan proposed"), make, 2, 2, 1)


_WORDY = names(lambda kind: kind.name != "Observation")
"""Where words may stand that are quoted: all kinds but single results."""


def _source_of(context: Context, text: str) -> tuple[Entry, int] | None:
    """The entry with an original that says the text word for word, and the page of its text (from 0); or None."""
    needle = _squeezed(text).rstrip(".")
    if not needle:
        return None
    for entry in context.of_kind(*_WORDY):
        if entry.reported_by_patient or context.plan.place(entry) is None:
            continue
        pages = entry.data.get("page_texts")
        for number, page in enumerate(pages if isinstance(pages, list) else ()):
            if needle in _squeezed(str(page)):
                return entry, number
        if any(needle in _squeezed(entry.text(name)) for name in ("what", "note", "decided", "conclusion", "text")):
            return entry, 0
    return None


def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()


def _origin(entry: Entry) -> str:
    when = entry.happened.spoken() if entry.happened else ""
    return ", ".join(part for part in (find_kind(entry.kind).author_and_place(entry), when) if part)


def _problem_block(context: Context, width: float) -> Block:
    found = problems(context)

    def make(limit: int) -> Element:
        rows: list[Element] = []
        for problem in found[:limit]:
            statement = context.state([problem.entry])
            words = problem_words(problem)
            pieces: list[Piece] = [Run(title_of(problem.entry), style.BODY, statement)]
            pieces += [Run(f", {words}", style.MUTED, statement)] if words else []
            rows.append(cited_line(width, pieces, "", statement, lines=MOST_LINES))
        rows += [] if found else _no_problem(context, width)
        return framed(width, _("Problems"), rows, more_words(context, len(found) - limit, "timeline"))

    return Block(0, _("Problems"), make, len(found), 8, 4, "timeline")


def _no_problem(context: Context, width: float) -> list[Element]:
    stated = context.usable(none_stated(context.of_kind("Condition")))
    if stated:
        return [stated_line(context, entry, width) for entry in stated[:2]]
    careful = _("No diagnosis is entered; documents may name some.")
    return empty(width, nothing_said(context, "Condition", _("Not recorded."), careful))


def _timeline_block(context: Context, x: float, width: float) -> Block:
    found = events(context)

    def make(limit: int) -> Element:
        rows: list[Element] = []
        year = ""
        for event in weightiest(found, limit):
            rows.append(_event_line(context, event, width, year))
            year = event.when.text[:4]
        none = earlier_left_out(context) or _("Nothing dated is recorded.")
        rows += [] if found else nothing(width, none)
        return framed(width, _("Timeline"), rows, more_words(context, len(found) - limit, "timeline"))

    return Block(x, _("Timeline"), make, len(found), 8, 5, "timeline")


def _event_line(context: Context, event: Event, width: float, year: str) -> Element:
    statement = context.state(event.entries)
    chips = chip_width(statement)
    room = width - 68 - chips - 6
    fits = style.BODY.width(event.text) <= room
    words = Text([Run(event.text if fits else event.brief or event.text, style.BODY, statement)], room, 1)
    when = Text([Run(spoken_in(event.when, year), style.MUTED, statement)], 68, 1)
    return Row([(0, when), (68, words), (width - chips, Text([statement], chips + 0.1))])


def _medicine_block(context: Context, x: float, width: float) -> Block:
    found = [course for course in courses(context) if course.state in STANDING]
    routes = {course.last.text("route") for course in found}
    one_route = terms.shown(routes.pop().lower()) if len(routes) == 1 else ""

    def make(limit: int) -> Element:
        rows: list[Element] = []
        shown = MedicineState.CURRENT
        for course in found[:limit]:
            if course.state is not shown:
                rows.append(plain_line(width, standing_heading(course.state)))
                shown = course.state
            rows.append(_medicine_line(context, course, width))
        if not any(course.current for course in found):
            rows = [*_no_medicine(context, width, bool(found)), *rows]
        elif is_withheld(context, "MedicationStatement"):
            rows.append(plain_line(width, _("This list may be incomplete at the patient’s choice.")))
        words = (
            _("all {route}").format(route=one_route) if one_route else "",
            more_words(context, len(found) - limit, "medicines"),
        )
        return framed(width, _("Medicines"), rows, " · ".join(part for part in words if part))

    return Block(x, _("Medicines"), make, len(found), 8, 4, "medicines")


def standing_heading(state: MedicineState) -> str:
    """What stands above the medicines that aren't simply taken."""
    return _("Paused") if state is MedicineState.PAUSED else _("Not said whether still taken")


def _medicine_line(context: Context, course: Course, width: float) -> Element:
    """A medicine with its dose, whole: a dose is never cut."""
    statement = context.state(cited(course))
    amount = steps(course) or (_("dose not recorded") if course.current else "")
    pieces: list[Piece] = [Run(course.name, style.BOLD, statement), Run(f" {amount}", style.BODY, statement)]
    if course.opposed:
        pieces.append(Run(f" {standing_words(course)}", style.MUTED, statement))
    return cited_line(width, pieces, "", statement, lines=MOST_LINES)


def _no_medicine(context: Context, width: float, others: bool) -> list[Element]:
    stated = context.usable(medicines.none_stated(context.of_kind("MedicationStatement")))
    if stated:
        return [stated_line(context, entry, width) for entry in stated[:2]]
    if others:
        return nothing(width, _("None is recorded as taken for certain."))
    return empty(width, no_medicine_words(context))


def _allergy_block(context: Context, x: float, width: float) -> Block:
    found = allergies(context)

    def make(limit: int) -> Element:
        rows = [allergy_line(context, allergy, width, found, brief=True) for allergy in found[:limit]]
        rows += [] if found else empty(width, no_allergy_words(context))
        return framed(width, _("Allergies"), rows, more_words(context, len(found) - limit, "medicines"))

    return Block(x, _("Allergies"), make, len(found), 5, 2, "medicines")


def empty(width: float, words: str) -> list[Element]:
    """Words of our own for an empty list, whole."""
    return [Text([Run(words, style.MUTED)], width, 5)]
