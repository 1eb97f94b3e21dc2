"""Cover: whose packet, for whom and when, what is in it."""

from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from organizer.base.dates import spoken_day
from organizer.base.i18n import _, marked, ngettext
from organizer.health.writer import prepared_by
from organizer.packet.contents.section import Context, Section, mark_section
from organizer.packet.contents.who import born, died, for_whom, visit
from organizer.packet.page import style
from organizer.packet.page.flow import Drawn, Element, PageLink, Panel, Row, Rule, Space, Stack
from organizer.packet.page.typesetting import Run, Text, plain

_LEFT = 96.0


class _Cover:
    """The whole cover as one element."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.stack = Stack([*_head(context), *_facts(context), *_contents(context), *_foot(context)])
        self.height = min(self.stack.height, context.height)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint it."""
        self.stack.draw(canvas, x, top)

    def begin(self, canvas: Canvas) -> None:
        """Set its bookmark."""
        mark_section(self.context, canvas, "cover", _("Cover"))


def _head(context: Context) -> list[Element]:
    width = context.width
    person = context.packet.person
    life = [text for text in (born(person) or _("birth date not recorded"), died(person)) if text]
    return [
        Space(40),
        Text([Run(_("Packet for a second opinion"), replace(style.SUBHEADING, role="P"))], width),
        Space(6),
        Text([Run(person.title, style.COVER_NAME)], width, 4),
        Space(2),
        Text([Run(" · ".join(life), style.LEAD.coloured(style.SECOND))], width, 2),
        Space(16),
        Rule(width),
        Space(12),
    ]


def _facts(context: Context) -> list[Element]:
    packet = context.packet
    keeper = prepared_by(packet.person, packet.as_of)
    rows = [
        (_("For"), for_whom(context) or _("the doctor who is asked")),
        (_("Visit"), visit(context) or _("no date set")),
        (_("Prepared"), _("{day} by {name}").format(day=spoken_day(packet.as_of), name=keeper)),
    ]
    if packet.case is not None:
        rows.insert(0, (_("About"), packet.case.title))
    if packet.choice.since:
        rows.append((_("Time span"), _("since {day}; earlier entries are left out").format(day=packet.choice.since)))
    return [
        Row(
            [
                (0, Text([Run(name, style.MUTED)], _LEFT)),
                (_LEFT, Text([Run(text, style.BODY)], context.width - _LEFT, 6)),
            ],
            18,
        )
        for name, text in rows
    ]


def _contents(context: Context) -> list[Element]:
    from organizer.packet.contents.sections import SECTIONS

    width = context.width
    lines: list[Element] = [
        Space(20),
        Text([Run(_("Contents"), style.SUBHEADING)], width),
        Space(4),
        Rule(width),
        Space(4),
    ]
    titles = {section.id: _(section.title) for section in SECTIONS}
    for name in context.chosen:
        if name != "cover":
            lines += [_contents_line(context, titles[name], f"section-{name}", context.pages.get(name))]
    count = len(context.plan.exhibits)
    words = ngettext("{count} exhibit", "{count} exhibits", count).format(count=count)
    first = min(context.first_pages.values(), default=None)
    page = Text([Run(str(first or ""), style.BODY)], 60, 1, "right")
    lines.append(Row([(0, Text([Run(words, style.BODY)], width - 70, 1)), (width - 60, page)], 19))
    return lines


def _contents_line(context: Context, title: str, target: str, page: int | None) -> Element:
    width = context.width
    number = PageLink(str(page or "–"), target, 60, "right")
    return Stack(
        [Row([(0, Text([Run(plain(title), style.BODY)], width - 70)), (width - 60, Stack([Space(1), number]))], 19)]
    )


def _foot(context: Context) -> list[Element]:
    width = context.width
    inner = width - 28
    chip = _("A chip such as “Ex 4 p 2” leads to page 2 of exhibit 4, where the fact stands written.")
    own = context.say(marked("“patient-reported” marks what I say myself, without a document behind it."))
    calm = _("Flags and ranges are those that the laboratories printed. This packet holds no diagnosis of its own.")
    private = context.say(
        marked("Confidential: health information, meant for the person named above and those who treat me.")
    )
    texts = [Text([Run(text, style.MUTED)], inner) for text in (chip, own, calm)]
    return [Space(24), Panel(Stack([Text([Run(private, style.QUOTE)], inner), Space(4), *texts, Space(2)]), width)]


def _draw(context: Context) -> list[Flowable]:
    return [Drawn(_Cover(context), context.width)]


COVER = Section("cover", marked("Cover"), True, False, _draw)
