"""Summary: exactly one page. What is shown is chosen by room; what found none is named, with where it stands."""

from collections.abc import Sequence
from itertools import chain

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from organizer.base.dates import spoken_day
from organizer.base.i18n import _, marked
from organizer.health.specialties import Profile
from organizer.health.titles import plain_title
from organizer.health.writer import is_child, prepared_by
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.packet.contents.chosen import ordered_questions
from organizer.packet.contents.measured import measured, with_flag
from organizer.packet.contents.section import Context, Section, mark_section
from organizer.packet.contents.sections._summary_block import Block, more_words
from organizer.packet.contents.sections._summary_blocks import upper_band
from organizer.packet.contents.sections._summary_results import lower_band
from organizer.packet.contents.standing import MOST_LINES
from organizer.packet.contents.tables import cited_line
from organizer.packet.contents.who import age, born, died, for_whom, sex, visit_words
from organizer.packet.facts import Statement
from organizer.packet.page import style
from organizer.packet.page.flow import Drawn, Element, Panel, Row, Rule, Space, Stack
from organizer.packet.page.typesetting import Piece, Run, Text

_GAP, _WIDEST_GAP = 9.0, 15.0
WEIGHT = Profile(("29463-7", "body-weight"))
"""By LOINC, else by its name."""


class _Summary:
    """The whole page as one element of exactly the body's height: filled when it is drawn, with the pages it names."""

    def __init__(self, context: Context) -> None:
        self.context, self.height = context, context.height - 2

    def _fill(self) -> None:
        context = self.context
        context.ledger.enter("summary")
        self.head = Stack([*_head(context), *_why(context), *_questions(context), *_attention(context)])
        self.upper, self.lower = upper_band(context), lower_band(context)
        self._fit()
        for band in (self.upper, self.lower):
            for block in chain.from_iterable(band):
                block.tell(context)

    def _used(self) -> float:
        return self.head.height + sum(
            max(_height(column) for column in band) + _GAP for band in (self.upper, self.lower)
        )

    def _fit(self) -> None:
        """Take lines from the longest blocks of the fullest columns until the page holds all."""
        while self._used() > self.height:
            tallest = [max(band, key=_height) for band in (self.upper, self.lower)]
            everything = list(chain.from_iterable(tallest))
            full = [block for block in everything if block.spare > 0]
            if full:
                max(full, key=lambda block: (block.spare, block.height)).shrink()
                continue
            last = [block for block in everything if block.limit > block.floor]
            if not last:
                return
            max(last, key=lambda block: (-block.keeps, block.spare, block.height)).shrink()

    def begin(self, canvas: Canvas) -> None:
        """Set its bookmark."""
        mark_section(self.context, canvas, "summary", _("Summary"))

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Choose what fits and paint head, upper band and lower band."""
        self._fill()
        self.head.draw(canvas, x, top)
        free = self.height - self._used()
        gaps = max(len(max(self.upper, key=_height)) + len(max(self.lower, key=_height)), 1)
        gap = min(_GAP + free / gaps, _WIDEST_GAP)
        top -= self.head.height + gap - _GAP
        for band in (self.upper, self.lower):
            extra = gap - _GAP
            _draw_band(canvas, band, x, top - _GAP, extra)
            top -= max(_height(column) + extra * len(column) for column in band) + _GAP


def _height(column: Sequence[Block]) -> float:
    return sum(block.height for block in column) + _GAP * (len(column) - 1)


def _draw_band(canvas: Canvas, band: Sequence[Sequence[Block]], x: float, top: float, extra: float) -> None:
    for column in band:
        y = top
        for block in column:
            block.element.draw(canvas, x + block.x, y)
            y -= block.height + _GAP + extra


def _head(context: Context) -> list[Element]:
    person, width, as_of = context.packet.person, context.width, context.packet.as_of
    words = [text for text in (born(person), died(person), age(person, as_of), sex(person)) if text]
    about: list[Piece] = [Run(" · ".join(words), style.BODY)] if words else []
    about += _weight(context) if is_child(person, as_of) else []
    wide = style.SUBHEADING.width(_("Summary")) + 1
    title = Text([Run(person.title, style.TITLE)], width - wide - 2, 3)
    label = Text([Run(_("Summary"), style.SUBHEADING)], wide, 1, "right")
    cells: list[tuple[float, Element]] = [(0, title), (width - wide, Stack([Space(7), label]))]
    free = width - wide - 2 - title.line_width - 12
    line = Text(about, max(free, 20)) if about else None
    beside = line is not None and len(title.lines) == len(line.lines) == 1
    if line is not None and beside:
        cells.append((title.line_width + 12, Stack([Space(9.2), line])))
    below = [Text(about, width)] if about and not beside else []
    return [Row(cells, 0), *below, _for_line(context), Space(6), Rule(width), Space(5)]


def _weight(context: Context) -> list[Piece]:
    """The newest weight of a child with its day: doses go by it."""
    weights = [weight for weight in measured(context) if WEIGHT.leads(weight.series.key, weight.title)]
    if not weights:
        return [Run(" · " + _("weight not recorded"), style.MUTED)]
    newest = max(weights, key=lambda weight: weight.points[-1].when)
    statement = context.state(newest.entries[-1:])
    words = _("weight {value} on {day}").format(value=newest.value(-1), day=newest.day(-1))
    return [Run(" · " + words, style.BODY, statement), statement]


def _for_line(context: Context) -> Text:
    person = context.packet.person
    parts = [_("For {name}").format(name=for_whom(context))] if for_whom(context) else []
    parts += [visit_words(context)] if visit_words(context) else []
    name = prepared_by(person, context.packet.as_of)
    parts.append(_("prepared {day} by {name}").format(day=spoken_day(context.packet.as_of), name=name))
    return Text([Run(" · ".join(parts), style.MUTED)], context.width, 4)


def _own(context: Context) -> tuple[Statement, Statement] | None:
    """Two statements of the case: they cite what it names as evidence, else they are the person's own."""
    case = context.packet.case
    if case is None:
        return None
    evidence = [entry for target in case.evidence if (entry := context.find(target))]
    usable = [entry for entry in context.usable(evidence) if not entry.reported_by_patient]
    return context.state(usable[:2] or [case.entry]), context.state([case.entry])


def _why(context: Context) -> list[Element]:
    case, own = context.packet.case, _own(context)
    pieces: list[Piece] = [Run(_("Not written down yet."), style.MUTED)]
    if case is not None and own is not None and (case.why or case.title):
        pieces = [Run(case.why or case.title, style.LEAD, own[0]), own[0]]
    return [
        Text([Run(context.say(marked("Why I’m here")), style.HEADING)], context.width),
        Text(pieces, context.width, 6),
        Space(8),
    ]


def _questions(context: Context) -> list[Element]:
    width, case, own = context.width - 34, context.packet.case, _own(context)
    questions = ordered_questions(context)
    title = [Run(context.say(marked("My questions")), style.HEADING)]
    if len(questions) > 3:
        title.append(Run(" " + more_words(context, [[entry] for entry in questions[3:]], "questions"), style.MUTED))
    heading: list[tuple[float, Element]] = [(0, Text(title, width * 0.38))]
    if case is not None and own is not None and case.decide_by:
        by = case.decide_by.spoken()
        words = Run(context.say(marked("I need to decide by {day}"), day=by), style.BOLD, own[1])
        heading.append((width * 0.4, Text([words, own[1]], width * 0.6, 3, "right")))
    lines: list[Element] = [Row(heading), Space(2)]
    for number, question in enumerate(questions[:3], 1):
        mark = Text([Run(str(number), style.QUESTION.coloured(style.ACCENT))], 14)
        lines.append(Row([(0, mark), (14, Text([Run(question.title, style.QUESTION)], width - 14, 4))], 0))
    if not questions:
        lines.append(Text([Run(_("None written down yet."), style.MUTED)], width))
    return [Panel(Stack(lines), context.width, accent=True)]


def _attention(context: Context) -> list[Element]:
    """What asks for prompt contact, as dated facts: what the laboratory or a guideline says of a value."""
    lines: list[Element] = []
    for attention in context.packet.attention:
        entries = context.usable(
            entry for name in attention.entries if (entry := context.find(EntryId(name))) is not None
        )
        if attention.asks or not entries:
            continue
        statement = context.state(entries)
        pieces: list[Piece] = [Run(_fact(entry), style.BOLD, statement) for entry in entries]
        pieces += [Run(f"({attention.source})", style.MUTED, statement)] if attention.source else []
        lines.append(cited_line(context.width, pieces, "", statement, lines=MOST_LINES))
    if not lines:
        return []
    heading = Text([Run(_("For prompt attention"), style.HEADING.coloured(style.CAUTION))], context.width)
    return [Space(8), heading, *lines]


def _fact(entry: Entry) -> str:
    """`Potassium 6.4 mmol/L HH, 1 Nov 2026`."""
    value = with_flag(entry.spoken_value(), entry) if entry.value_text else entry.text("severity")
    day = entry.happened.spoken() if entry.happened else _("undated")
    return f"{' '.join(part for part in (plain_title(entry), value) if part)}, {day}"


def _draw(context: Context) -> list[Flowable]:
    return [Drawn(_Summary(context), context.width)]


SUMMARY = Section("summary", marked("Summary"), True, False, _draw)
