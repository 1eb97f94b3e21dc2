"""Plain tables of any kind by its declaration: background, care team, and all that has no page of its own."""

from collections.abc import Sequence
from operator import attrgetter

from reportlab.platypus import Flowable

from organizer.base.i18n import _, marked
from organizer.model.entry import Entry
from organizer.model.kind import Field, Kind
from organizer.model.kinds import KINDS
from organizer.packet.contents.absence import unless_withheld
from organizer.packet.contents.section import Context, Section, opening, paragraph, subheading
from organizer.packet.contents.tables import Column, table
from organizer.packet.facts import name_of
from organizer.packet.page import style
from organizer.packet.page.typesetting import Piece, Run

_MOST = 30


def _columns(kind: Kind) -> tuple[Field, ...]:
    """The first five columns of a kind: more don't fit a page."""
    return kind.columns[:5]


def plain_table(context: Context, kind: Kind, entries: Sequence[Entry]) -> Flowable:
    """A table of the kind's columns (at most five), a source at the end of each row."""
    fields = _columns(kind)
    first = 0.30
    share = (0.85 - first) / max(len(fields) - 1, 1)
    columns = [Column(_(field.label), first if not number else share) for number, field in enumerate(fields)]
    columns.append(Column(_("Source"), 1 - first - share * (len(fields) - 1), "right"))
    rows: list[list[list[Piece]]] = []
    for entry in entries:
        statement = context.state([entry], not_done=kind.field("status") in fields)
        cells: list[list[Piece]] = []
        for number, field in enumerate(fields):
            words = kind.show(entry, field)
            cells.append([Run(words, style.QUOTE if not number else style.BODY, statement)] if words else [])
        rows.append([*cells, [statement]])
    return table(context, columns, rows)


def _tables(context: Context, section: str) -> list[Flowable]:
    """A table for each kind that names this section as its own, in the order of the window."""
    kinds = [kind for kind in KINDS if kind.packet == section]
    recorded = {kind.name: _printable(context, kind) for kind in kinds}
    most = context.limit(section, max(map(len, recorded.values()), default=0), _MOST)

    flow: list[Flowable] = []
    for kind in kinds:
        entries = recorded[kind.name]
        flow.append(subheading(context, _(kind.plural), before=12 if flow else 0))
        flow += _table_of(context, kind, entries, most)
    return flow


def _printable(context: Context, kind: Kind) -> list[Entry]:
    """The kind's facts, the newest first; what was not done only where the table has a column that says so."""
    entries = context.facts(kind.name)
    not_done = context.not_done(kind.name)
    if kind.field("status") in _columns(kind):
        entries += context.usable(not_done)
    else:
        for entry in not_done:
            context.ledger.leave_out(name_of(entry), _("it was not done"))
    return sorted(entries, key=attrgetter("day_key"), reverse=True)


def _table_of(context: Context, kind: Kind, entries: Sequence[Entry], most: int) -> list[Flowable]:
    if not entries:
        return [paragraph(context, unless_withheld(context, _("Not recorded."), kind.name), style.MUTED)]

    flow: list[Flowable] = [plain_table(context, kind, entries[:most])]
    more = len(entries) - most
    if more > 0:
        what = _("{count} more: {kind}").format(count=more, kind=_(kind.plural))
        context.ledger.leave_out(what, _("the latest {count} are printed").format(count=most))
        words = context.say(marked("{count} earlier ones are in my record."), count=more)
        flow.append(paragraph(context, words, style.MUTED))
    return flow


def _background(context: Context) -> list[Flowable]:
    return [opening(context, "background", _("Background")), *_tables(context, "background")]


def _team(context: Context) -> list[Flowable]:
    return [opening(context, "team", _("Care team")), *_tables(context, "team")]


def _others(context: Context) -> list[Flowable]:
    return [opening(context, "plain", _("Further entries")), *_tables(context, "plain")]


BACKGROUND = Section("background", marked("Background"), False, False, _background)
TEAM = Section("team", marked("Care team"), False, False, _team)
PLAIN = Section("plain", marked("Further entries"), False, False, _others)
