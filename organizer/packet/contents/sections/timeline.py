"""Timeline: what happened when, who and where, by record or by me."""

from reportlab.platypus import Flowable

from organizer.base.i18n import _, marked, ngettext
from organizer.model.ids import EntryId
from organizer.packet.contents.absence import nothing_dated_words
from organizer.packet.contents.chosen import quotations
from organizer.packet.contents.events import events, weightiest
from organizer.packet.contents.section import Context, Section, asked_once, opening, paragraph
from organizer.packet.contents.standing import quoted
from organizer.packet.contents.tables import Column, table_of, table_row
from organizer.packet.page import style
from organizer.packet.page.flow import Row
from organizer.packet.page.typesetting import Piece, Run

_MOST = 72
"""More than two pages."""

_COLUMNS = (0.15, 0.365, 0.345, 0.14)


def _draw(context: Context) -> list[Flowable]:
    every = events(context)
    shown = weightiest(every, context.limit("timeline", len(every), _MOST))
    context.shows("timeline", [every[place].entries for place in shown])
    about = _("Dates have the precision that their source gives.")
    flow: list[Flowable] = [opening(context, "timeline", _("Timeline"), about)]
    if not every:
        return [*flow, paragraph(context, nothing_dated_words(context), style.MUTED)]
    rows = [_row(context, place) for place in shown]
    flow.append(table_of(context, _columns(), rows, ruled=False, topped=False))
    return flow + _rest(context, len(every) - len(shown))


def _columns() -> list[Column]:
    titles = (_("Date"), _("What"), _("Who and where"), _("Source"))
    return [
        Column(title, share, "right" if number == 3 else "left")
        for number, (title, share) in enumerate(zip(titles, _COLUMNS, strict=True))
    ]


@asked_once
def _row(context: Context, place: int) -> Row:
    """The line of an event, by its place among all of them."""
    event = events(context)[place]
    statement = context.state(event.entries)
    quote = _quotes(context).get(event.entries[0].id, "")
    words: list[Piece] = [Run(event.text, style.BODY, statement)]
    if quote and quote.casefold().rstrip(".") not in event.text.casefold():
        words.append(Run(" " + quoted(quote), style.QUOTE, statement))
    when, who = Run(event.when.spoken(), style.MUTED, statement), Run(event.who, style.MUTED, statement)
    return table_row(context, _columns(), [[when], words, [who] if event.who else [], [statement]], ruled=False)


@asked_once
def _quotes(context: Context) -> dict[EntryId, str]:
    """What was said, by the entry that says it."""
    return {quotation.entry.id: quotation.quote for quotation in quotations(context)}


def _rest(context: Context, count: int) -> list[Flowable]:
    if count <= 0:
        return []
    text = ngettext(
        "{count} dated entry of routine kind is left out here.",
        "{count} dated entries of routine kind are left out here.",
        count,
    )
    context.crowded_out(_("{count} dated entries of the timeline").format(count=count))
    return [paragraph(context, text.format(count=count), style.MUTED)]


TIMELINE = Section("timeline", marked("Timeline"), True, False, _draw, 2.0, 1.0)
