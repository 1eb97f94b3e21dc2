"""Plain tables of any kind by its declaration: background, care team, and all that has no page of its own."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from organizer.base.i18n import _, marked
from organizer.model.entry import Entry
from organizer.model.kind import Kind
from organizer.model.kinds import find_kind
from organizer.packet.contents.chosen import newest_key
from organizer.packet.contents.section import Context, Section, opening, paragraph, subheading
from organizer.packet.contents.tables import Column, table
from organizer.packet.page import style
from organizer.packet.page.typesetting import Piece, Run

_MOST = 30
_BACKGROUND = ("Procedure", "Device", "FamilyMemberHistory", "Immunization")
_TEAM = ("Practitioner", "Organization")
_OTHERS = ("Encounter", "ServiceRequest", "AdverseEvent", "CarePlan", "Goal", "TreatmentOption", "DocumentReference")


def plain_table(context: Context, kind: Kind, entries: Sequence[Entry]) -> Flowable:
    """A table of the kind's columns (at most five), a source at the end of each row."""
    fields = kind.columns[:5]
    first = 0.30
    share = (0.85 - first) / max(len(fields) - 1, 1)
    columns = [Column(_(field.label), first if not number else share) for number, field in enumerate(fields)]
    columns.append(Column(_("Source"), 1 - first - share * (len(fields) - 1), "right"))
    rows: list[list[list[Piece]]] = []
    for entry in entries:
        statement = context.state([entry])
        cells: list[list[Piece]] = []
        for number, field in enumerate(fields):
            words = kind.show(entry, field)
            cells.append([Run(words, style.QUOTE if not number else style.BODY, statement)] if words else [])
        rows.append([*cells, [statement]])
    return table(context, columns, rows)


def _kinds(context: Context, section: str, names: Sequence[str]) -> list[Flowable]:
    flow: list[Flowable] = []
    most = context.limit(section, max((len(context.of_kind(name)) for name in names), default=0), _MOST)
    for name in names:
        kind = find_kind(name)
        found = sorted(context.usable(context.of_kind(name)), key=newest_key, reverse=True)
        flow.append(subheading(context, _(kind.plural), before=12 if flow else 0))
        if not found:
            flow.append(paragraph(context, _("Not recorded."), style.MUTED))
            continue
        flow.append(plain_table(context, kind, found[:most]))
        if len(found) > most:
            count = len(found) - most
            what = _("{count} more: {kind}").format(count=count, kind=_(kind.plural))
            context.ledger.leave_out(what, _("the latest {count} are printed").format(count=most))
            flow.append(
                paragraph(context, _("{count} earlier ones are in my record.").format(count=count), style.MUTED)
            )
    return flow


def _background(context: Context) -> list[Flowable]:
    return [opening(context, "background", _("Background")), *_kinds(context, "background", _BACKGROUND)]


def _team(context: Context) -> list[Flowable]:
    return [opening(context, "team", _("Care team")), *_kinds(context, "team", _TEAM)]


def _others(context: Context) -> list[Flowable]:
    return [opening(context, "plain", _("Further entries")), *_kinds(context, "plain", _OTHERS)]


BACKGROUND = Section("background", marked("Background"), False, False, _background)
TEAM = Section("team", marked("Care team"), False, False, _team)
PLAIN = Section("plain", marked("Further entries"), False, False, _others)
