"""Since your last visit: what is new, changed, stopped or resolved since the packet that this specialist had before."""

from collections.abc import Set
from datetime import date
from itertools import chain

from reportlab.platypus import Flowable

from organizer.base.dates import parse_date
from organizer.base.i18n import _, marked, ngettext
from organizer.health import news
from organizer.health.news import WORDS, Change, News, recorded_later
from organizer.health.printed import dose
from organizer.packet.contents.absence import unless_withheld
from organizer.packet.contents.chosen import problems
from organizer.packet.contents.courses import courses
from organizer.packet.contents.events import Event, events
from organizer.packet.contents.measured import InWords, Measured, key_results, with_flag
from organizer.packet.contents.section import Context, Section, opening, paragraph, rest_line
from organizer.packet.contents.standing import allergies
from organizer.packet.contents.tables import Column, table
from organizer.packet.page import style
from organizer.packet.page.typesetting import Piece, Run

_MOST, _MOST_RESULTS = 16, 6


def _draw(context: Context) -> list[Flowable]:
    last = parse_date(context.packet.last_packet)
    if last is None:
        none = _("No earlier packet for this specialist is kept.")
        return [opening(context, "since", _("Since your last visit")), paragraph(context, none, style.MUTED)]
    day = last.last_day
    about = _("What sources tell of the time after {day}, the day of the last packet.").format(day=last.spoken())
    head = opening(context, "since", _("Since your last visit"), about)
    head.below = head.height + 60
    rows = [*_results(context, day), *_changes(context, day)]
    if not rows:
        none = unless_withheld(context, _("Nothing dated after that day is recorded."))
        return [head, paragraph(context, none, style.MUTED)]
    most = context.limit("since", len(rows), _MOST)
    headings = ((_("What"), 0.42), (_("How"), 0.26), (_("Date"), 0.16))
    columns = [*(Column(title, share) for title, share in headings), Column(_("Source"), 0.16, "right")]
    return [head, table(context, columns, rows[:most], ruled=False, topped=False), *_rest(context, len(rows) - most)]


def _changes(context: Context, day: date) -> list[list[list[Piece]]]:
    """Medicines first, then diagnoses, allergies, and what else happened."""
    changes = news.of_medicines(courses(context), day)
    changes += news.of_problems(problems(context), day)
    changes += news.of_allergies(allergies(context), day)
    ids = {entry.id for entry in chain.from_iterable(change.entries for change in changes)}
    later = [event for event in reversed(events(context)) if event.when.first_day > day and _is_other(event, ids)]
    return [*(_row(context, change) for change in changes), *(_event_row(context, event) for event in later)]


def _is_other(event: Event, known: Set[str]) -> bool:
    """Whether an event is neither told already nor a number, which stands among the results."""
    first = event.entries[0]
    return first.id not in known and first.value is None


def _row(context: Context, item: News) -> list[list[Piece]]:
    telling = item.entries[0]
    statement = context.state(item.entries)
    ended = item.change in (Change.STOPPED, Change.RESOLVED)
    when = telling.ended if ended else telling.happened
    doses = " → ".join(dict.fromkeys(filter(None, map(dose, reversed(item.entries)))))
    return [
        [Run(f"{item.title} {doses}".strip(), style.BODY, statement)],
        [Run(_(WORDS[item.change]), style.QUOTE, statement)],
        [Run(when.spoken() if when else _("undated"), style.MUTED, statement)],
        [statement],
    ]


def _event_row(context: Context, event: Event) -> list[list[Piece]]:
    statement = context.state(event.entries)
    return [
        [Run(event.text, style.BODY, statement)],
        [Run(event.who, style.MUTED, statement)] if event.who else [],
        [Run(event.when.spoken(), style.MUTED, statement)],
        [statement],
    ]


def _results(context: Context, day: date) -> list[list[list[Piece]]]:
    """The weightiest results that are newer, or came into the record later, with what they were at the last packet."""
    rows: list[list[list[Piece]]] = []
    for measure in key_results(context):
        entry = measure.entries[-1]
        is_news = entry.happened is not None and (
            entry.happened.first_day > day or recorded_later(measure.entries, day)
        )
        if not is_news or len(rows) == _MOST_RESULTS:
            continue
        before = [at for at, old in enumerate(measure.entries[:-1]) if old.happened and old.happened.last_day <= day]
        statement = context.state([*[measure.entries[at] for at in before[-1:]], entry])
        words = _value(measure, -1)
        if before:
            words = _("{before} → {now}").format(before=_value(measure, before[-1]), now=words)
        rows.append(
            [
                [Run(measure.title, style.BODY, statement)],
                [Run(words, style.QUOTE, statement)],
                [Run(entry.happened.spoken() if entry.happened else _("undated"), style.MUTED, statement)],
                [statement],
            ]
        )
    return rows


def _value(measure: Measured | InWords, place: int) -> str:
    entry = measure.entries[place]
    return with_flag(measure.value(place) if isinstance(measure, Measured) else entry.spoken_value(), entry)


def _rest(context: Context, count: int) -> list[Flowable]:
    words = ngettext("{count} more change is in my record.", "{count} more changes are in my record.", count)
    return rest_line(context, count, _("{count} changes since the last packet"), words)


SINCE = Section("since", marked("Since your last visit"), True, False, _draw, 0.5, 0.2)
