"""Results over time: up to six charts, under each the latest eight results with their source."""

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether

from organizer.base.words import _, ngettext
from organizer.packet import style
from organizer.packet.charts import SeriesChart
from organizer.packet.flow import Drawn, Space, Stack
from organizer.packet.measured import Measured, chart_data, measured, range_of, series_note
from organizer.packet.section import Context, Section, opening, paragraph, subheading
from organizer.packet.setting import Piece, Run
from organizer.packet.tables import Column, table

_CHARTS, _LATEST = 6, 8
_SHARES = (0.15, 0.20, 0.03, 0.09, 0.13, 0.03, 0.25, 0.12)
_ALIGN = ("left", "right", "left", "left", "right", "left", "left", "right")


def _draw(context: Context) -> list[Flowable]:
    found = measured(context)
    about = _("Flags and ranges are those that the laboratory printed.")
    if any(one.said(index).startswith("≈") for one in found for index in range(len(one.points))):
        about += " " + _("≈ marks a value shown with four digits; its page has all of them.")
    flow: list[Flowable] = [opening(context, "results", _("Results over time"), about)]
    if not found:
        return [*flow, paragraph(context, _("No results with numbers are recorded."), style.MUTED)]
    for number, one in enumerate(found[:_CHARTS]):
        flow += _series(context, one, first=number == 0)
    for one in found[_CHARTS:]:
        context.ledger.leave_out(_("results over time: {name}").format(name=one.title), _("six series are printed"))
    return flow


def _series(context: Context, one: Measured, first: bool) -> list[Flowable]:
    count = len(one.points)
    latest = min(count, _LATEST)
    words = ngettext("{count} result", "{count} results", count).format(count=count)
    if count > _LATEST:
        words = _("{results}; the table has the latest {latest}").format(results=words, latest=_LATEST)
    note = "; ".join(part for part in (words, series_note(one)) if part)
    head: list[Flowable] = [subheading(context, one.title, note, before=0 if first else 16)]
    if count > 1:
        plot = 72.0 if count < 30 else 90.0
        head.append(Drawn(Stack([SeriesChart(chart_data(context, one), context.width, plot), Space(5)]), context.width))
    rows = [_row(context, one, index) for index in range(count - latest, count)]
    if count > latest:
        context.ledger.leave_out(
            _("{count} earlier results: {name}").format(count=count - latest, name=one.title),
            _("the table has the latest {latest}; the chart shows all").format(latest=_LATEST),
        )
    titles = (_("Date"), _("Value"), "", _("Flag"), _("Lab’s range"), "", _("Laboratory and method"), _("Source"))
    columns = [Column(title, share, align, 2) for title, share, align in zip(titles, _SHARES, _ALIGN, strict=True)]
    return [CondPageBreak(200), KeepTogether([*head, table(context, columns, rows, ruled=False)])]


def _row(context: Context, one: Measured, index: int) -> list[list[Piece]]:
    entry = one.entries[index]
    statement = context.state([entry])
    where = ", ".join(
        part for part in (one.points[index].performer or entry.text("performer"), entry.text("method")) if part
    )
    value = f"{one.said(index)} {one.unit}".strip()
    cells = (
        (one.day(index), style.BODY),
        (value, style.QUOTE),
        ("", style.MUTED),
        (entry.text("interpretation"), style.MUTED),
        (range_of(entry), style.MUTED),
        ("", style.MUTED),
        (where or _("not recorded"), style.MUTED),
    )
    drawn: list[list[Piece]] = [[Run(text, face, statement)] if text else [] for text, face in cells]
    return [*drawn, [statement]]


RESULTS = Section("results", "Results over time", True, False, _draw)
