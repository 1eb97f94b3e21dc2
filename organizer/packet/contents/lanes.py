"""Which medicines stand beside a chart: those in question first; what has no room is named."""

from organizer.base.i18n import _
from organizer.health.grouping import fold
from organizer.health.series import Series, Span
from organizer.packet.contents.section import Context

MOST_LANES = 4
_LONG_ENOUGH = 5  # letters of a name's first word by which a question speaks of it


def lanes(context: Context, series: Series) -> tuple[Span, ...]:
    """The spans of at most MOST_LANES medicines that may be printed: in question, then running, then the latest."""
    names = _ordered(context, series)[:MOST_LANES]
    return tuple(span for span in _usable(context, series) if span.name in names)


def lane_notes(context: Context, series: Series) -> list[str]:
    """That other medicines were taken in that time, by name."""
    rest = _ordered(context, series)[MOST_LANES:]
    return [_("not drawn: {medicines}").format(medicines=", ".join(rest))] if rest else []


def _usable(context: Context, series: Series) -> list[Span]:
    """The therapy spans that may be printed, under the names of their entries."""
    spans = []
    for span in series.spans:
        entry = context.find(span.entry_id)
        if entry is not None and context.usable([entry]):
            spans.append(span)
    return spans


def _ordered(context: Context, series: Series) -> list[str]:
    spans = sorted(_usable(context, series), key=lambda span: span.start, reverse=True)
    asked = _asked(context)
    spans.sort(key=lambda span: (not _is_asked(span.name, asked), span.end is not None))
    return list(dict.fromkeys(span.name for span in spans))


def _asked(context: Context) -> str:
    """What the case, its questions and plans are about, in one text."""
    packet = context.packet
    words = [question.title for question in packet.questions]
    words += [f"{plan.title} {plan.medicine}" for plan in packet.plans]
    words += [packet.case.title, packet.case.why, packet.case.plan_proposed] if packet.case else []
    return fold(". ".join(words))


def _is_asked(name: str, asked: str) -> bool:
    first = fold(name).split(" ")[0]
    return len(first) >= _LONG_ENOUGH and first in asked
