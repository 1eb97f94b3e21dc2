"""Operations, procedures and implants: what was done, how it went, what is in the body."""

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

from reportlab.platypus import Flowable

from organizer.base.i18n import _, ngettext
from organizer.health.grouping import fold
from organizer.health.titles import plain_title
from organizer.health.vocabulary import is_about
from organizer.model.entry import Entry, targets_of
from organizer.model.kinds import find_kind
from organizer.model.links import Role
from organizer.model.statuses import Status
from organizer.packet.contents.chosen import case_conditions
from organizer.packet.contents.section import Context, paragraph, subheading
from organizer.packet.contents.standing import quoted, when_words
from organizer.packet.contents.tables import Column, table
from organizer.packet.facts import Statement
from organizer.packet.page import style
from organizer.packet.page.typesetting import Piece, Run

_MOST, _MOST_WORDS = 14, 3
_PLANNED = (Status.PREPARATION, Status.PLANNED)


def interventions(context: Context) -> list[Flowable]:
    """A table of what was done and what is implanted; nothing where the background, which has both, is printed."""
    if "background" in context.chosen:
        return []
    groups = [*_devices(context), *_procedures(context)]
    if not groups:
        return []
    columns = [
        Column(_("Operation, procedure or implant"), 0.36),
        Column(_("When and where"), 0.24),
        Column(_("What for, how it went"), 0.26),
        Column(_("Source"), 0.14, "right"),
    ]
    rows = [_row(context, group) for group in groups[:_MOST]]
    flow: list[Flowable] = [
        subheading(context, _("Operations, procedures and implants")),
        table(context, columns, rows),
    ]
    more = len(groups) - _MOST
    if more > 0:
        words = ngettext("{count} more is in my record.", "{count} more are in my record.", more)
        context.crowded_out(_("{count} operations, procedures or implants").format(count=more))
        flow.append(paragraph(context, words.format(count=more), style.MUTED))
    return flow


def _devices(context: Context) -> list[list[Entry]]:
    return [[entry] for entry in sorted(context.facts("Device"), key=attrgetter("day_key"), reverse=True)]


def _procedures(context: Context) -> list[list[Entry]]:
    """What was done, the same thing on several days as one: what goes on first, then the case's, then the newest."""
    near = case_conditions(context)
    groups: dict[str, list[Entry]] = {}
    for entry in sorted(context.facts("Procedure"), key=attrgetter("day_key"), reverse=True):
        if not is_about(entry, "clerical"):
            groups.setdefault(fold(plain_title(entry)), []).append(entry)

    def place(group: Sequence[Entry]) -> tuple[bool, bool]:
        treated = targets_of(group, Role.TREATS)
        return group[0].status != Status.IN_PROGRESS, not near & treated

    return sorted(groups.values(), key=place)


def _row(context: Context, group: Sequence[Entry]) -> list[list[Piece]]:
    entry = group[0]
    statement = context.state(group)
    name: list[Piece] = [Run(plain_title(entry), style.BOLD, statement)]
    words = ", ".join(_details(entry))
    name += [Run(words, style.MUTED, statement)] if words else []
    when = ", ".join(filter(None, (_days(group), find_kind(entry.kind).author_and_place(entry))))
    return [
        name,
        [Run(when or _("undated"), style.BODY, statement)],
        _how(group, statement),
        [statement],
    ]


def _details(entry: Entry) -> list[str]:
    """The site, and of an implant who made it and whether it may go into a scanner, where the title doesn't say it."""
    title = fold(entry.title)
    details = [entry.text(name) for name in ("body_site", "manufacturer", "model", "mr_safety")]
    return [text for text in details if text and fold(text) not in title]


def _days(group: Sequence[Entry]) -> str:
    """The day, or how often within which days; that it goes on, or is only planned."""
    entry = group[0]
    if entry.status in _PLANNED:
        return ", ".join(part for part in (_("planned"), when_words(entry)) if part)
    if len(group) > 1:
        days = [edge.happened.spoken() for edge in (group[-1], entry) if edge.happened]
        times = ngettext("{n} time", "{n} times", len(group)).format(n=len(group))
        return f"{times}, {' – '.join(dict.fromkeys(days))}" if days else times
    if entry.status == Status.IN_PROGRESS and entry.happened and not entry.ended:
        return _("{since} – now").format(since=entry.happened.spoken())
    return when_words(entry)


def _how(group: Sequence[Entry], statement: Statement) -> list[Piece]:
    """What it was for, its outcome, complications and notes, in the words of the source."""
    words = chain.from_iterable(map(_words_of, group))
    distinct = list(dict.fromkeys(words))[:_MOST_WORDS]
    return [Run(f"{text.rstrip('.')}.", style.BODY, statement) for text in distinct]


def _words_of(entry: Entry) -> list[str]:
    """What an entry says of how it went, in quotation marks where a document says it."""
    texts = filter(None, (entry.text(name) for name in ("reason", "outcome", "complications", "note")))
    return [text if entry.reported_by_patient else quoted(text) for text in texts]
