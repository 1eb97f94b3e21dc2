"""Blocks of the summary, upper band: each knows the most and the least that it shows, and is built anew to shrink."""

from collections.abc import Callable, Sequence

from organizer.base.i18n import _
from organizer.health.printed import dose
from organizer.model.entry import Entry
from organizer.model.kinds import names
from organizer.packet.contents.chosen import (
    Event,
    Told,
    courses,
    events,
    problems,
    spoken_in,
    title_of,
    told,
    weightiest,
)
from organizer.packet.contents.section import Context
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


def quoted(text: str) -> str:
    """A text in quotation marks; its own outer ones are taken as they are."""
    return text if text.startswith("“") and text.endswith("”") else f"“{text}”"


def _told_block(context: Context, width: float) -> Block:
    found = told(context)

    def make(limit: int) -> Element:
        picked = sorted(found[:limit], key=lambda said: said.when.sort_key if said.when else "")
        rows: list[Element] = []
        for number, said in enumerate(picked):
            rows += [Space(5)] if number else []
            rows.append(_told_item(context, said, width))
        rows += [] if found else nothing(width, _("No diagnosis in a doctor’s words is recorded."))
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
    names = (entry.text(name) for name in ("decided_by", "provider", "performer", "author", "recommended_by", "place"))
    when = entry.happened.spoken() if entry.happened else ""
    return ", ".join(part for part in (*dict.fromkeys(names), when) if part)


def _problem_block(context: Context, width: float) -> Block:
    found = problems(context)

    def make(limit: int) -> Element:
        rows: list[Element] = []
        for entry in found[:limit]:
            statement = context.state([entry])
            title = [Run(title_of(entry), style.BODY, statement)]
            rows.append(cited_line(width, title, problem_words(entry), statement, share=0.62))
        rows += [] if found else nothing(width, _("Not recorded."))
        return framed(width, _("Problems"), rows, more_words(context, len(found) - limit, "timeline"))

    return Block(0, _("Problems"), make, len(found), 8, 4, "timeline")


def problem_words(entry: Entry) -> str:
    """A diagnosis' course where it isn't current, its certainty where it isn't settled, and since when."""
    words = {"resolved": _("past"), "inactive": _("not active"), "remission": _("in remission")}
    sure = {"provisional": _("provisional"), "differential": _("one of several"), "unconfirmed": _("not confirmed")}
    when = entry.happened.spoken() if entry.happened else ""
    parts = [words.get(entry.status, ""), sure.get(entry.text("verification"), ""), when]
    return ", ".join(part for part in parts if part)


def _timeline_block(context: Context, x: float, width: float) -> Block:
    found = events(context)

    def make(limit: int) -> Element:
        rows: list[Element] = []
        year = ""
        for event in weightiest(found, limit):
            rows.append(_event_line(context, event, width, year))
            year = event.when.text[:4]
        rows += [] if found else nothing(width, _("Nothing dated is recorded."))
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
    found = [course for course in courses(context) if course.current]
    routes = {course.last.text("route") for course in found}
    one_route = routes.pop().lower() if len(routes) == 1 else ""

    def make(limit: int) -> Element:
        rows: list[Element] = []
        for course in found[:limit]:
            statement = context.state([course.last])
            amount = dose(course.last) or _("dose not recorded")
            rows.append(cited_line(width, [Run(course.name, style.BOLD, statement)], amount, statement, style.BODY))
        rows += [] if found else nothing(width, _("No current medicine is recorded."))
        words = (
            _("all {route}").format(route=one_route) if one_route else "",
            more_words(context, len(found) - limit, "medicines"),
        )
        return framed(width, _("Medicines"), rows, " · ".join(part for part in words if part))

    return Block(x, _("Medicines"), make, len(found), 8, 4, "medicines")


def _allergy_block(context: Context, x: float, width: float) -> Block:
    found = allergies(context)

    def make(limit: int) -> Element:
        rows = [allergy_line(context, entry, width) for entry in found[:limit]]
        rows += [] if found else nothing(width, _("Not recorded."))
        return framed(width, _("Allergies"), rows, more_words(context, len(found) - limit, "medicines"))

    return Block(x, _("Allergies"), make, len(found), 5, 2, "medicines")


def allergies(context: Context) -> list[Entry]:
    """Allergies, substances first, then statements that none is known."""
    found = context.usable(context.of_kind("AllergyIntolerance"))
    return sorted(found, key=lambda entry: bool(entry.data.get("none_known")))


def allergy_line(context: Context, entry: Entry, width: float) -> Element:
    """An allergy with its reaction and day; or that none is known, as it was stated."""
    statement = context.state([entry])
    when = entry.happened.spoken() if entry.happened else ""
    if entry.data.get("none_known"):
        stated = ", ".join(part for part in (quoted(entry.title), when) if part)
        if style.BODY.width(stated) > width - chip_width(statement) - 8:
            stated = quoted(entry.title)
        return cited_line(width, [Run(stated, style.BODY, statement)], "", statement)
    details = [entry.text("reaction") or _("reaction not recorded"), entry.text("severity"), when]
    face = style.BODY if entry.text("reaction") else style.MUTED
    pieces: list[Piece] = [Run(entry.title, style.BOLD, statement)]
    words = " " + ", ".join(part for part in details if part)
    room = width - chip_width(statement) - style.BOLD.width(entry.title) - 10
    if entry.text("reaction") or face.width(words) <= room:
        pieces.append(Run(words, face, statement))
    return cited_line(width, pieces, "", statement)
