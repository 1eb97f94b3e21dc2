"""The blocks of the summary: each knows the most and the least that it shows, and is built anew when it shrinks."""

from collections.abc import Callable, Sequence

from organizer.base.dates import PartialDate
from organizer.base.words import _
from organizer.packet import style
from organizer.packet.charts import SeriesChart
from organizer.packet.chosen import (
    Course,
    Event,
    Open,
    Told,
    courses,
    dose,
    events,
    open_items,
    problems,
    title_of,
    told,
    treatments,
    weightiest,
)
from organizer.packet.facts import Statement
from organizer.packet.flow import Element, Piece, Row, Rule, Run, Space, Stack, Text
from organizer.packet.measured import Measured, chart_data, measured, series_note
from organizer.packet.section import Context
from organizer.packet.tables import chip_width, cited_line, plain_line
from organizer.records.entry import Entry

Band = list[list["Block"]]
"""Columns side by side, each a list of blocks one below the other."""


class Block:
    """A part of the summary at `x` in its band; `make(limit)` builds it with that many lines."""

    def __init__(
        self, x: float, title: str, make: Callable[[int], Element], have: int, most: int, least: int, section: str = ""
    ) -> None:
        self.x, self.title, self._make, self.have, self.section = x, title, make, have, section
        self.limit, self._least = min(have, most), min(have, least)
        self.element = make(self.limit)

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.element.height

    @property
    def spare(self) -> int:
        """How many lines it could still give."""
        return self.limit - self._least

    @property
    def can_shrink(self) -> bool:
        """True while it shows more than its least."""
        return self.spare > 0

    def shrink(self) -> None:
        """Show one thing less."""
        self.limit -= 1
        self.element = self._make(self.limit)

    def tell(self, context: Context) -> None:
        """Note what found no room."""
        if self.have > self.limit and self.section:
            what = _("{count} more under “{title}” of the summary").format(count=self.have - self.limit, title=self.title)
            context.ledger.leave_out(what, _("the summary is one page; they stand {where}").format(
                where=context.on_page(self.section)
            ))


def bands(context: Context) -> tuple[Band, Band]:
    """The upper and the lower band of the summary."""
    half = (context.width - 20) / 2
    side = 194.0
    wide = context.width - 16 - side
    right = half + 20
    upper = [
        [_told_block(context, half), _plan_block(context, half), _problem_block(context, half)],
        [_timeline_block(context, right, half), _medicine_block(context, right, half), _allergy_block(context, right, half)],
    ]
    lower = [
        [_result_block(context, wide), _treatment_block(context, wide)],
        [*_chart_block(context, wide + 16, side), _open_block(context, wide + 16, side)],
    ]
    return upper, lower


def _block(width: float, title: str, rows: Sequence[Element], right: Element | None = None) -> Stack:
    cells: list[tuple[float, Element]] = [(0, Text([Run(title, style.HEADING)], width, 1))]
    if right is not None:
        cells.append((0, right))
    return Stack([Rule(width), Space(2), Row(cells, 17.0), Space(1), *rows])


def _more(context: Context, count: int, section: str, width: float) -> list[Element]:
    if count <= 0:
        return []
    return [plain_line(width, _("and {count} more {where}").format(count=count, where=context.on_page(section)))]


def _nothing(width: float, text: str) -> list[Element]:
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
        rows += [] if found else _nothing(width, _("No diagnosis in a doctor’s words is recorded."))
        return _block(width, _("What I’ve been told"), rows + _more(context, len(found) - limit, "timeline", width))

    return Block(0, _("What I’ve been told"), make, len(found), 3, 1, "timeline")


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
        rows = _nothing(width, _("Not recorded."))
        if case is not None and text:
            statement = context.state([source or case])
            chips = chip_width(statement)
            words = quoted(text) if source else text
            body = Text([Run(words, style.QUOTE, statement)], width - chips - 10, 1 + limit)
            rows = [Row([(0, body), (width - chips, Text([statement], chips + 0.1))], 13.0)]
            if source is not None:
                rows.append(Text([Run(_origin(source), style.MUTED, statement)], width, 1))
        return _block(width, _("The plan proposed"), [*rows, Space(1)])

    return Block(0, _("The plan proposed"), make, 2, 2, 1)


def _source_of(context: Context, text: str) -> Entry | None:
    """The entry with an original that says the text word for word, or None."""
    needle = " ".join(text.split()).rstrip(".").casefold()
    if not needle:
        return None
    for entry in context.usable(context.of_kind("CarePlan", "Encounter", "DiagnosticReport", "TreatmentOption")):
        if not entry.reported_by_patient and needle in _texts(entry):
            return entry
    for entry in context.of_kind("DocumentReference"):
        if needle in _texts(entry) and context.plan.place(entry) is not None:
            return entry
    return None


def _texts(entry: Entry) -> str:
    names = ("what", "note", "decided", "conclusion", "text")
    pages = entry.data.get("page_texts")
    texts = [entry.text(name) for name in names] + [str(page) for page in (pages if isinstance(pages, list) else [])]
    return " ".join(" ".join(texts).split()).casefold()


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
            when = entry.happened.spoken() if entry.happened else ""
            rows.append(cited_line(width, [Run(problem_words(entry), style.BODY, statement)], when, statement))
        rows += [] if found else _nothing(width, _("Not recorded."))
        return _block(width, _("Problems"), rows + _more(context, len(found) - limit, "timeline", width))

    return Block(0, _("Problems"), make, len(found), 8, 2, "timeline")


def problem_words(entry: Entry) -> str:
    """A diagnosis with its course where it isn't current, and its certainty where it isn't settled."""
    words = {"resolved": _("past"), "inactive": _("not active"), "remission": _("in remission")}
    sure = {"provisional": _("provisional"), "differential": _("one of several"), "unconfirmed": _("not confirmed")}
    parts = [title_of(entry), words.get(entry.status, ""), sure.get(entry.text("verification"), "")]
    return ", ".join(part for part in parts if part)


def _timeline_block(context: Context, x: float, width: float) -> Block:
    found = events(context)

    def make(limit: int) -> Element:
        rows: list[Element] = []
        year = ""
        for event in weightiest(found, limit):
            rows.append(_event_line(context, event, width, event.when.text[:4] == year))
            year = event.when.text[:4]
        rows += [] if found else _nothing(width, _("Nothing dated is recorded."))
        return _block(width, _("Timeline"), rows + _more(context, len(found) - limit, "timeline", width))

    return Block(x, _("Timeline"), make, len(found), 8, 2, "timeline")


def short_day(when: PartialDate, same_year: bool) -> str:
    """A day without its year where the line above has the same one; other precisions keep it."""
    return when.spoken()[:-5] if same_year and when.precision != "year" else when.spoken()


def _event_line(context: Context, event: Event, width: float, same_year: bool) -> Element:
    statement = context.state(event.entries)
    chips = chip_width(statement)
    words = Text([Run(event.text, style.BODY, statement)], width - 66 - chips - 8, 1)
    when = Text([Run(short_day(event.when, same_year), style.MUTED, statement)], 66, 1)
    return Row([(0, when), (66, words), (width - chips, Text([statement], chips + 0.1))])


def _medicine_block(context: Context, x: float, width: float) -> Block:
    found = [course for course in courses(context) if course.current]
    routes = {course.last.text("route") for course in found}
    one_route = routes.pop() if len(routes) == 1 else ""
    face = style.MUTED
    note = Text([Run(_("all: {route}").format(route=one_route.lower()), face)], width, 1, "right") if one_route else None

    def make(limit: int) -> Element:
        rows: list[Element] = []
        for course in found[:limit]:
            statement = context.state([course.last])
            amount = dose(course.last) or _("dose not recorded")
            rows.append(cited_line(width, [Run(course.name, style.BOLD, statement)], amount, statement, style.BODY))
        rows += [] if found else _nothing(width, _("No current medicine is recorded."))
        return _block(width, _("Medicines"), rows + _more(context, len(found) - limit, "medicines", width), note)

    return Block(x, _("Medicines"), make, len(found), 8, 2, "medicines")


def _allergy_block(context: Context, x: float, width: float) -> Block:
    found = allergies(context)

    def make(limit: int) -> Element:
        rows = [allergy_line(context, entry, width) for entry in found[:limit]]
        rows += [] if found else _nothing(width, _("Not recorded."))
        return _block(width, _("Allergies"), rows + _more(context, len(found) - limit, "medicines", width))

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
        return cited_line(width, [Run(_("None known: “{words}”").format(words=entry.title), style.BODY, statement)], when, statement)
    details = [entry.text("reaction") or _("reaction not recorded"), entry.text("severity"), when]
    face = style.BODY if entry.text("reaction") else style.MUTED
    pieces: list[Piece] = [Run(entry.title, style.BOLD, statement)]
    pieces.append(Run(" " + ", ".join(part for part in details if part), face, statement))
    return cited_line(width, pieces, "", statement)


def _result_block(context: Context, width: float) -> Block:
    found = measured(context)
    same = _same_days(found[:5])

    def make(limit: int) -> Element:
        rows: list[Element] = [_result_line(context, one, width, same) for one in found[:limit]]
        rows += [] if found else _nothing(width, _("No results with numbers are recorded."))
        header = _result_header(width, found[0], same) if found else None
        return _block(width, _("Key results"), rows + _more(context, len(found) - limit, "results", width), header)

    return Block(0, _("Key results"), make, len(found), 5, 1, "results")


def _same_days(found: Sequence[Measured]) -> bool:
    days = {(one.points[0].when, one.points[-1].when) for one in found}
    return len(days) == 1 and all(len(one.points) > 1 for one in found)


_FIRST, _LATEST = 118.0, 60.0


def _result_columns(width: float) -> tuple[float, float, float, float]:
    """Right edges of first, latest and range, and the left edge of the chips."""
    return width - 164, width - 122, width - 66, width - 60


def _result_header(width: float, one: Measured, same: bool) -> Element:
    first, latest, ranges, _chips = _result_columns(width)
    titles = (one.day(0), one.day(-1)) if same else (_("first"), _("latest"))
    cells = [
        (right - 66, Text([Run(text, style.MUTED)], 66, 1, "right"))
        for right, text in zip((first, latest, ranges), (*titles, _("lab’s range")), strict=True)
    ]
    return Row(cells, 15.0)


def _result_line(context: Context, one: Measured, width: float, same: bool) -> Element:
    first, latest, ranges, _chips = _result_columns(width)
    statement = context.state(one.first_and_latest)
    chips = chip_width(statement)
    name = Text(
        [Run(one.title, style.BODY, statement), Run(" " + one.unit, style.MUTED, statement)], first - 40, 1
    )
    source: tuple[float, Element] = (width - chips, Text([statement], chips + 0.1))
    cells: list[tuple[float, Element]] = [(0, name)]
    shown = [(latest, one.said(-1), style.BOLD, 42.0), (ranges, one.range_text, style.MUTED, 56.0)]
    if len(one.points) > 1:
        shown.append((first, one.said(0), style.BODY, 42.0))
    cells += [(right - wide, Text([Run(text, face, statement)], wide, 1, "right")) for right, text, face, wide in shown if text]
    if same and chips <= 62:
        return Row([*cells, source])
    days = one.day(-1) if len(one.points) == 1 else f"{one.day(0)} → {one.day(-1)}"
    about = Text([Run("" if same else days, style.MUTED, statement)], width - chips - 8, 1)
    return Stack([Row(cells, 14.0), Row([(0, about), source], 14.0)])


def _treatment_block(context: Context, width: float) -> Block:
    found = treatments(context)

    def make(limit: int) -> Element:
        rows = [_treatment_line(context, course, width) for course in found[:limit]]
        rows += [] if found else _nothing(width, _("Not recorded."))
        return _block(width, _("Treatments tried"), rows + _more(context, len(found) - limit, "treatments", width))

    return Block(0, _("Treatments tried"), make, len(found), 6, 1, "treatments")


def _treatment_line(context: Context, course: Course, width: float) -> Element:
    statement = context.state([course.last])
    chips = chip_width(statement)
    name = Text([Run(course.name, style.BOLD, statement)], 104, 2)
    words = "; ".join(part for part in (course.dates(), course.steps(), outcome(context, course)) if part)
    body = Text([Run(words, style.BODY, statement)], width - 108 - chips - 8, 2)
    return Row([(0, name), (108, body), (width - chips, Text([statement], chips + 0.1))])


def outcome(context: Context, course: Course) -> str:
    """Why it was stopped, or its effect as recorded, or how its goal stands by the plan check."""
    last = course.last
    if last.text("stop_reason"):
        return _("stopped: {reason}").format(reason=last.text("stop_reason").rstrip("."))
    effects = {"helped": _("helped"), "partly": _("helped in part"), "not": _("did not help"), "worse": _("made it worse")}
    if last.text("effect") in effects:
        return effects[last.text("effect")]
    for plan in context.packet.plans:
        if plan.medicine and plan.medicine.casefold() in course.name.casefold():
            return plan.verdict_words[:1].lower() + plan.verdict_words[1:]
    return ""


def _chart_block(context: Context, x: float, width: float) -> list[Block]:
    found = [one for one in measured(context) if len(one.points) > 1]
    if not found:
        return []

    def make(limit: int) -> Element:
        chart = SeriesChart(chart_data(context, found[0]), width, 24.0 + 6 * limit, small=True)
        unit = Text([Run(found[0].unit, style.MUTED)], width, 1, "right")
        note = [plain_line(width, text) for text in [series_note(found[0])] if text]
        return _block(width, found[0].title, [Space(1), chart, *note], unit)

    return [Block(x, found[0].title, make, 6, 6, 3)]


def _open_block(context: Context, x: float, width: float) -> Block:
    found = open_items(context)

    def make(limit: int) -> Element:
        rows: list[Element] = []
        for item in found[:limit]:
            rows.append(_open_line(context, item, width))
        rows += [] if found else _nothing(width, _("Nothing is noted as missing."))
        return _block(width, _("Pending or missing"), rows + _more(context, len(found) - limit, "missing", width))

    return Block(x, _("Pending or missing"), make, len(found), 5, 1, "missing")


def _open_line(context: Context, item: Open, width: float) -> Element:
    statement: Statement = context.state([item.entry])
    first = cited_line(width, [Run(item.what, style.BODY, statement)], "", statement)
    if not item.state:
        return first
    return Stack([first, Text([Run(item.state, style.MUTED, statement)], width, 1)])
