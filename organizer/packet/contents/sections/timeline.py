"""Timeline: what happened when, who and where, by record or by me."""

from reportlab.platypus import Flowable

from organizer.base.i18n import _, marked, ngettext
from organizer.packet.contents.absence import nothing_dated_words
from organizer.packet.contents.chosen import quotations
from organizer.packet.contents.events import events, weightiest
from organizer.packet.contents.section import Context, Section, opening, paragraph
from organizer.packet.contents.standing import quoted
from organizer.packet.contents.tables import Column, table
from organizer.packet.page import style
from organizer.packet.page.typesetting import Piece, Run

_MOST = 72
"""More than two pages."""

_COLUMNS = (0.15, 0.365, 0.345, 0.14)


def _draw(context: Context) -> list[Flowable]:
    every = events(context)
    shown = weightiest(every, context.limit("timeline", len(every), _MOST))
    context.tells("timeline", [event.entries for event in shown])
    about = _("Dates have the precision that their source gives.")
    flow: list[Flowable] = [opening(context, "timeline", _("Timeline"), about)]
    if not every:
        return [*flow, paragraph(context, nothing_dated_words(context), style.MUTED)]
    quotes = {statement.entry.id: statement.quote for statement in quotations(context)}
    rows: list[list[list[Piece]]] = []
    for event in shown:
        statement = context.state(event.entries)
        quote = quotes.get(event.entries[0].id, "")
        words: list[Piece] = [Run(event.text, style.BODY, statement)]
        if quote and quote.casefold().rstrip(".") not in event.text.casefold():
            words.append(Run(" " + quoted(quote), style.QUOTE, statement))
        when, who = Run(event.when.spoken(), style.MUTED, statement), Run(event.who, style.MUTED, statement)
        rows.append([[when], words, [who] if event.who else [], [statement]])
    titles = (_("Date"), _("What"), _("Who and where"), _("Source"))
    columns = [
        Column(title, share, "right" if number == 3 else "left")
        for number, (title, share) in enumerate(zip(titles, _COLUMNS, strict=True))
    ]
    flow.append(table(context, columns, rows, ruled=False, topped=False))
    return flow + _rest(context, len(every) - len(shown))


def _rest(context: Context, count: int) -> list[Flowable]:
    if count <= 0:
        return []
    text = ngettext(
        "{count} dated entry of routine kind is left out here.",
        "{count} dated entries of routine kind are left out here.",
        count,
    )
    context.no_room(_("{count} dated entries of the timeline").format(count=count))
    return [paragraph(context, text.format(count=count), style.MUTED)]


TIMELINE = Section("timeline", marked("Timeline"), True, False, _draw, 2.0, 1.0)
