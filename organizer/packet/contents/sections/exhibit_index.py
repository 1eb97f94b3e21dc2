"""Exhibit index: each original with title, author, what was done to it, date, pages, file, SHA-256, packet page."""

from reportlab.platypus import Flowable

from organizer.base.dates import is_partial_date, parse_date
from organizer.base.i18n import _, marked
from organizer.packet.contents.section import Context, ExhibitLike, Section, opening, paragraph
from organizer.packet.contents.tables import Column, table
from organizer.packet.facts import Place, Statement
from organizer.packet.page import style
from organizer.packet.page.typesetting import Piece, Run, new_line


def _draw(context: Context) -> list[Flowable]:
    about = _("A stamp in each margin names exhibit and page. Below a title stands what was done to the original.")
    flow: list[Flowable] = [opening(context, "exhibits", _("Exhibits"), about)]
    if not context.plan.exhibits:
        return [
            *flow,
            paragraph(context, _("This packet has no exhibits: nothing in it has a document behind it."), style.MUTED),
        ]
    titles = (_("Exhibit"), _("Title and author"), _("Date"), _("Pages"), _("Original file, SHA-256"), _("Packet page"))
    shares, aligns = (0.12, 0.32, 0.13, 0.09, 0.23, 0.11), ("left", "left", "left", "right", "left", "right")
    columns = [Column(title, share, align, 5) for title, share, align in zip(titles, shares, aligns, strict=True)]
    return [*flow, table(context, columns, [_row(context, exhibit) for exhibit in context.plan.exhibits], topped=False)]


def _row(context: Context, exhibit: ExhibitLike) -> list[list[Piece]]:
    place: Place = Place(exhibit.number, 1)
    link = Statement(f"exhibit:{exhibit.number}", (place,), context.ledger)
    first = context.first_pages.get(exhibit.number)
    when = parse_date(exhibit.date) if is_partial_date(exhibit.date) else None
    day = when.spoken() if when else exhibit.date or _("undated")
    about: list[Piece] = [Run(exhibit.title, style.QUOTE)]
    about += [new_line(), Run(exhibit.author, style.MUTED)] if exhibit.author else []
    about += [new_line(), Run(exhibit.made, style.MUTED)]
    file = [Run(exhibit.file_name, style.BODY), new_line(), Run(exhibit.sha256[:12], style.MUTED)]
    page: list[Piece] = [Run(str(first), style.BODY)] if first else []
    return [[link], about, [Run(day, style.BODY)], [Run(str(exhibit.page_count), style.BODY)], list(file), page]


EXHIBITS = Section("exhibits", marked("Exhibits"), True, False, _draw)
