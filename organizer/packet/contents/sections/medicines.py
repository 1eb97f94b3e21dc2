"""Medicines and allergies: what is taken, paused, planned, ended or not said; what is bought without prescription."""

from collections.abc import Callable, Sequence

from reportlab.platypus import Flowable

from organizer.base import terms
from organizer.base.i18n import _, marked, ngettext
from organizer.health.absence import absences
from organizer.health.medicines import Course, MedicineState
from organizer.packet.contents.absence import is_withheld, unless_withheld
from organizer.packet.contents.courses import (
    cited,
    courses,
    dates,
    purpose,
    purpose_words,
    standing_words,
    steps,
    why_ended,
)
from organizer.packet.contents.section import Context, Section, opening, paragraph, subheading
from organizer.packet.contents.standing import (
    allergies,
    allergy_line,
    no_allergy_words,
    no_medicine_words,
    stated_line,
)
from organizer.packet.contents.tables import Column, table
from organizer.packet.facts import Statement
from organizer.packet.page import style
from organizer.packet.page.flow import Drawn, Stack
from organizer.packet.page.typesetting import Piece, Run, new_line

_MOST_STOPPED = 24
_ASIDE = (
    (MedicineState.PAUSED, marked("Paused")),
    (MedicineState.NOT_SAID, marked("Not said whether still taken")),
    (MedicineState.PLANNED, marked("Planned, not begun")),
)
_SHARES = (0.20, 0.27, 0.14, 0.25, 0.14)
_STOPPED_SHARES = (0.20, 0.20, 0.18, 0.28, 0.14)


def _draw(context: Context) -> list[Flowable]:
    listed = courses(context)
    groups: dict[MedicineState, list[Course]] = {state: [] for state in MedicineState}
    for course in listed:
        groups[course.state].append(course)
    current = groups[MedicineState.CURRENT]
    over_counter = [course for course in current if course.last.data.get("over_the_counter")]
    prescribed = [course for course in current if course not in over_counter]

    flow: list[Flowable] = [opening(context, "medicines", _("Medicines and allergies"), _short_list(context))]
    flow += _stated(context, bool(current))
    standing = groups[MedicineState.PAUSED] or groups[MedicineState.NOT_SAID]
    none = _("None is recorded as taken for certain.")
    none = unless_withheld(context, none, "MedicationStatement") if standing else no_medicine_words(context)
    flow += _part(context, _("Taken now"), prescribed, none, _now_row, first=True)
    flow += _part(context, _("Without prescription"), over_counter, "", _now_row)
    for state, title in _ASIDE:
        flow += _part(context, _(title), groups[state], "", _standing_row)

    ended = groups[MedicineState.ENDED]
    most = context.limit("medicines", len(ended), _MOST_STOPPED)
    shown = [course.spans for course in listed if course.state is not MedicineState.ENDED or course in ended[:most]]
    context.shows("medicines", [*shown, *(allergy.entries for allergy in allergies(context))])
    none = unless_withheld(context, _("No medicine is entered as stopped or ended."), "MedicationStatement")
    flow += _part(context, _("Stopped or ended"), ended[:most], none, _stopped_row)
    flow += _rest(context, len(ended) - most)
    flow += _part(context, _("Not taken"), groups[MedicineState.NEVER_TAKEN], "", _standing_row)
    return flow + _allergies(context)


def _stated(context: Context, contradicted: bool) -> list[Flowable]:
    """What sources state of taking none, and whether others name a medicine."""
    stated = context.usable(absences(context.of_kind("MedicationStatement"), "MedicationStatement"))
    note = _("another record names medicines") if contradicted else ""
    lines = [stated_line(context, entry, context.width, note) for entry in stated[:3]]
    return [Drawn(Stack(lines), context.width)] if lines else []


def _short_list(context: Context) -> str:
    is_held = is_withheld(context, "MedicationStatement", "AllergyIntolerance")
    shortened = context.packet.choice.since or is_held
    return context.say(marked("This list may be incomplete at the patient’s choice.")) if shortened else ""


_MakeRow = Callable[[Context, Course], list[list[Piece]]]


def _part(
    context: Context, title: str, part: Sequence[Course], nothing: str, make: _MakeRow, first: bool = False
) -> list[Flowable]:
    """The medicines of one state as a table; where there are none, `nothing` says so ("": the part is left out)."""
    flow: list[Flowable] = [subheading(context, title, before=0 if first else 14)]
    if not part:
        return [*flow, paragraph(context, nothing, style.MUTED)] if nothing else []
    shares = _SHARES if make is _now_row else _STOPPED_SHARES
    reasons: dict[_MakeRow, str] = {_now_row: _("For, by whom"), _stopped_row: _("What for, why stopped")}
    why = reasons.get(make, _("What the source says"))
    when = _("Since") if make is _now_row else _("Dates")
    names = (_("Medicine"), _("Dose and how taken"), when, why, _("Source"))
    columns = [
        Column(name, share, "right" if number == 4 else "left")
        for number, (name, share) in enumerate(zip(names, shares, strict=True))
    ]
    return [*flow, table(context, columns, [make(context, course) for course in part])]


def _amount(course: Course, statement: Statement) -> list[Piece]:
    words = ", ".join(part for part in (steps(course), terms.shown(course.last.text("route").lower())) if part)
    return [Run(words, style.BODY, statement)] if words else [Run(_("not recorded"), style.MUTED)]


def _now_row(context: Context, course: Course) -> list[list[Piece]]:
    statement = context.state(cited(course))
    since = course.since.spoken() if course.since else ""
    reason = ", ".join(part for part in (purpose(course), course.last.text("prescriber")) if part)
    dates = Run(since or _("not recorded"), style.MUTED, statement)
    why = Run(reason or _("not recorded"), style.MUTED, statement)
    return [[Run(course.name, style.BOLD, statement)], _amount(course, statement), [dates], [why], [statement]]


def _standing_row(context: Context, course: Course) -> list[list[Piece]]:
    """A medicine that is paused, planned or not taken, or of which it isn't said: with the words of the source."""
    statement = context.state(cited(course), not_done=course.state is MedicineState.NEVER_TAKEN)
    note = course.last.text("note")
    lines = [
        purpose_words(course),
        standing_words(course),
        _("Note: “{words}”").format(words=note) if note else "",
    ]
    words = " ".join(part for part in lines if part) or _("not recorded")
    when = Run(dates(course), style.MUTED, statement)
    about = Run(words, style.BODY, statement)
    return [[Run(course.name, style.BOLD, statement)], _amount(course, statement), [when], [about], [statement]]


def _stopped_row(context: Context, course: Course) -> list[list[Piece]]:
    statement = context.state(cited(course))
    reason = why_ended(course)
    why: list[Piece] = [
        Run(reason or _("Why it ended isn’t recorded."), style.BODY if reason else style.MUTED, statement)
    ]
    taken_for = purpose_words(course)
    if taken_for:
        why = [Run(taken_for, style.BODY, statement), new_line(), *why]
    when = Run(dates(course), style.MUTED, statement)
    return [[Run(course.name, style.BOLD, statement)], _amount(course, statement), [when], why, [statement]]


def _rest(context: Context, count: int) -> list[Flowable]:
    if count <= 0:
        return []
    context.ledger.leave_out(
        _("{count} medicines that were stopped earlier").format(count=count), _("the list keeps to the latest")
    )
    text = ngettext(
        "{count} more, stopped earlier, is in my record.", "{count} more, stopped earlier, are in my record.", count
    )
    return [paragraph(context, text.format(count=count), style.MUTED)]


def _allergies(context: Context) -> list[Flowable]:
    listed = allergies(context)
    flow: list[Flowable] = [subheading(context, _("Allergies"))]
    if not listed:
        return [*flow, paragraph(context, no_allergy_words(context), style.MUTED)]
    lines = Stack([allergy_line(context, allergy, context.width, listed) for allergy in listed])
    return [*flow, Drawn(lines, context.width)]


MEDICINES = Section("medicines", marked("Medicines and allergies"), True, False, _draw, 1.0, 0.7)
