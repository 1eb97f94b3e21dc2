"""Latest results: of each measure without a chart the newest result, in numbers or in words, the weightiest first."""

from reportlab.platypus import Flowable

from organizer.base.i18n import _, marked, ngettext
from organizer.health import printed
from organizer.packet.contents.absence import claimed
from organizer.packet.contents.measured import InWords, Measured, key_results, with_flag
from organizer.packet.contents.section import Context, Section, opening, paragraph
from organizer.packet.contents.sections.results import charted
from organizer.packet.contents.tables import Column, table
from organizer.packet.page import style
from organizer.packet.page.typesetting import Piece, Run

_MOST = 40
_SPACE = 60.0
"""Points for the first rows: the table may begin at the foot of a page."""
_SHARES = (0.29, 0.25, 0.16, 0.16, 0.14)


def _draw(context: Context) -> list[Flowable]:
    drawn = {measured.entries[-1].id for measured in charted(context)} if "results" in context.chosen else set()
    results = [result for result in key_results(context) if result.entries[-1].id not in drawn]
    about = _("Of what has no chart: critical and flagged results first. Flags are those that the laboratory printed.")
    head = opening(context, "levels", _("Latest results"), about)
    head.below = head.height + _SPACE
    flow: list[Flowable] = [head]
    if not results:
        careful = _("No other result is entered; documents may hold some.")
        none = claimed(context, _("There is no other measured result."), careful, "Observation")
        return [*flow, paragraph(context, none, style.MUTED)]
    most = context.limit("levels", len(results), _MOST)
    context.shows("levels", [result.entries for result in results[:most]])
    names = (_("Test"), _("Latest result"), _("Lab’s range"), _("Date"), _("Source"))
    columns = [
        Column(name, share, "right" if number == 4 else "left")
        for number, (name, share) in enumerate(zip(names, _SHARES, strict=True))
    ]
    flow.append(
        table(context, columns, [_row(context, result) for result in results[:most]], ruled=False, topped=False)
    )
    return flow + _rest(context, len(results) - most)


def _row(context: Context, result: Measured | InWords) -> list[list[Piece]]:
    entry = result.entries[-1]
    statement = context.state([entry])
    value = with_flag(result.value(-1) if isinstance(result, Measured) else entry.spoken_value(), entry)
    span = printed.range_of(entry)
    return [
        [Run(result.title, style.BODY, statement)],
        [Run(value, style.QUOTE, statement)],
        [Run(span, style.MUTED, statement)] if span else [],
        [Run(entry.happened.spoken() if entry.happened else _("undated"), style.MUTED, statement)],
        [statement],
    ]


def _rest(context: Context, count: int) -> list[Flowable]:
    if count <= 0:
        return []
    inside = ngettext(
        "{count} more result is in the packet’s data only.",
        "{count} more results are in the packet’s data only.",
        count,
    )
    outside = ngettext("{count} more result is in my record.", "{count} more results are in my record.", count)
    words = (inside if context.packet.data_inside else outside).format(count=count)
    context.crowded_out(_("{count} of the latest results").format(count=count))
    return [paragraph(context, words, style.MUTED)]


LEVELS = Section("levels", marked("Latest results"), True, False, _draw, 1.0, 0.3)
