"""What is missing: asked when and from whom, not asked, not recorded. Never silent."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from organizer.base.dates import parse_date
from organizer.base.i18n import _, marked, ngettext
from organizer.health.opinion.checklist import checklist
from organizer.health.opinion.gathered import Gathered
from organizer.model.case import RowState
from organizer.model.kind import Kind
from organizer.model.kinds import KINDS
from organizer.packet.contents.absence import is_withheld, unless_withheld
from organizer.packet.contents.chosen import open_items
from organizer.packet.contents.section import Context, Section, asked_once, opening, paragraph, subheading
from organizer.packet.contents.tables import Column, table
from organizer.packet.page import style
from organizer.packet.page.typesetting import Piece, Run

_MOST = 24


def _draw(context: Context) -> list[Flowable]:
    flow: list[Flowable] = [opening(context, "missing", _("What is missing"))]
    items = open_items(context)
    flow.append(subheading(context, _("Asked for, or waiting for a result"), before=0))
    context.shows("missing", [[item.entry] for item in items])
    if items:
        rows: list[list[list[Piece]]] = []
        most = context.limit("missing", len(items), _MOST)
        for item in items[most:]:
            context.crowded_out(item.what)
        for item in items[:most]:
            statement = context.state([item.entry])
            whom = item.entry.text("asked_of") or item.entry.text("requester")
            detail = Run(
                ", ".join(part for part in (item.state(), whom) if part) or _("not asked yet"), style.MUTED, statement
            )
            rows.append([[Run(item.what, style.BODY, statement)], [detail], [statement]])
        columns = [Column(_("What"), 0.40), Column(_("How it stands"), 0.42), Column(_("Source"), 0.18, "right")]
        flow.append(table(context, columns, rows))
    else:
        none = unless_withheld(context, _("Nothing is noted as asked for or waiting."), "Task", "ServiceRequest")
        flow.append(paragraph(context, none, style.MUTED))
    return [*flow, *_not_recorded(context)]


def _not_recorded(context: Context) -> list[Flowable]:
    names = absent(context)
    # What is held back may be the very thing: then nothing is said of the record, only of this packet.
    is_held = is_withheld(context)
    title = _("Not in this packet, and not asked for yet") if is_held else _("Not recorded here, and not asked for yet")
    flow: list[Flowable] = [subheading(context, title)]
    since = context.packet.choice.since
    if since:
        when = parse_date(since)
        day = when.spoken() if when else since
        flow.append(paragraph(context, _("Entries before {day} are left out by choice.").format(day=day), style.MUTED))
    if not names:
        return [
            *flow,
            paragraph(context, _("Each kind that is usually asked for has at least one entry."), style.MUTED),
        ]
    note = _("“Not recorded” doesn’t mean that there is none.")
    if is_held:
        note = context.say(marked("Some of it may be recorded, and left out at the patient’s choice."))
    # One paragraph: line by line its end may be left alone on a page of its own.
    return [*flow, paragraph(context, " · ".join(names), style.BODY), paragraph(context, note, style.MUTED)]


@asked_once
def absent(context: Context) -> Sequence[str]:
    """What is not recorded, of the kinds that are usually asked for and of what the case's field asks for."""
    kinds = [_(kind.plural) for kind in KINDS if kind.missed and not _recorded(context, kind)]
    return list(dict.fromkeys([*kinds, *_not_asked(context)]))


def nothing_missing_words(context: Context) -> str:
    """What page one says where nothing was asked for: that nothing is missing only where nothing is."""
    count = len(absent(context))
    if not count:
        return _("Nothing is noted as missing.")
    if is_withheld(context):
        return _not_shown_words(count)
    if "missing" in context.chosen:
        words = ngettext(
            "Nothing is asked for or waiting. {count} thing isn’t recorded; it is named {where}.",
            "Nothing is asked for or waiting. {count} things aren’t recorded; they are named {where}.",
            count,
        )
        return words.format(count=count, where=context.on_page("missing"))
    words = ngettext(
        "Nothing is asked for or waiting. {count} thing that is usually asked for isn’t recorded.",
        "Nothing is asked for or waiting. {count} things that are usually asked for aren’t recorded.",
        count,
    )
    return words.format(count=count)


def _not_shown_words(count: int) -> str:
    """The same where some of what is missing may be held back."""
    words = ngettext(
        "Nothing is asked for or waiting. {count} thing that is usually asked for isn’t in this packet; it may be left "
        "out by choice.",
        "Nothing is asked for or waiting. {count} things that are usually asked for aren’t in this packet; some may be "
        "left out by choice.",
        count,
    )
    return words.format(count=count)


def _recorded(context: Context, kind: Kind) -> bool:
    """What is recorded as not done is recorded."""
    return bool(context.of_kind(kind.name) or context.not_done(kind.name))


def _not_asked(context: Context) -> list[str]:
    """What a specialist of the case's field usually asks for and this record has no answer to."""
    packet = context.packet
    gathered = Gathered(packet.person, packet.case, packet.entries, packet.as_of)
    specialty = packet.choice.specialty or (packet.case.specialty if packet.case else "")
    rows = [item for item in checklist(gathered, specialty) if item.state == RowState.MISSING and item.asks]
    return [row.label for row in rows]


MISSING = Section("missing", marked("What is missing"), True, False, _draw, 0.75, 0.5)
