"""Whose packet it is and for whom, in words."""

from collections.abc import Iterable
from datetime import date

from organizer.base.i18n import _, marked, ngettext, within_sentence
from organizer.health.opinion.belonging import same_doctor
from organizer.health.writer import years_old
from organizer.model.case import Case
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind
from organizer.model.kinds.opinion_case import OF_TWO_FIELDS, OPINION_CASE
from organizer.packet.contents.section import Context

_WEEKDAYS = (
    marked("Mon"),
    marked("Tue"),
    marked("Wed"),
    marked("Thu"),
    marked("Fri"),
    marked("Sat"),
    marked("Sun"),
)


def born(person: Entry) -> str:
    """`born 3 May 1968`, or "" where it isn't recorded."""
    when = person.date("birth_date")
    return _("born {day}").format(day=when.spoken()) if when else ""


def died(person: Entry) -> str:
    """`died 1 Jun 2026`; `has died` where the day isn't recorded, "" where no death is."""
    if not person.text("deceased"):
        return ""
    when = person.date("deceased")
    return _("died {day}").format(day=when.spoken()) if when else _("has died")


def age(person: Entry, as_of: date) -> str:
    """`58 years` on a day, of a baby `7 months`; "" unless the birth date is known to the day, or where the person
    has died."""
    years, when = years_old(person, as_of), person.date("birth_date")
    if years is None or when is None:
        return ""
    first = when.first_day
    months = (as_of.year - first.year) * 12 + as_of.month - first.month - (as_of.day < first.day)
    if months < 24:
        return ngettext("{months} month", "{months} months", months).format(months=months)
    return _("{years} years").format(years=years)


def sex(person: Entry) -> str:
    """The sex as recorded, in words; "" where none is, or it is not said."""
    declared = find_kind("Patient").field("sex")
    value = person.text("sex")
    return declared.show(value) if declared and value not in ("", "unknown") else ""


def for_whom(context: Context) -> str:
    """`Dr Osei, nephrology, Lakeshore Kidney Clinic`: as much of it as is known."""
    case = context.packet.case
    if case is None:
        return ""
    field = _field(case, context.of_kind("Practitioner"))
    return ", ".join(part for part in (case.specialist, within_sentence(field[:1]) + field[1:], case.place) if part)


def _field(case: Case, practitioners: Iterable[Entry]) -> str:
    """The specialist's field by their own entry, else by the case; of somebody unknown general medicine is no field."""
    doctors = [doctor for doctor in practitioners if same_doctor(doctor.title, case.specialist)]
    own = doctors[0].text("specialty") if len(doctors) == 1 else ""
    if own or not case.specialist or case.specialty in OF_TWO_FIELDS:
        return own
    if case.specialty == "general" and len(doctors) != 1:
        return ""
    declared = OPINION_CASE.field("specialty")
    return declared.show(case.specialty) if declared else ""


def visit(context: Context) -> str:
    """`Thu 3 Dec 2026`, or with less where less is known."""
    case = context.packet.case
    if case is None or case.appointment is None:
        return ""
    when = case.appointment
    if when.precision in ("year", "month"):
        return when.spoken()
    weekday = _(_WEEKDAYS[when.first_day.weekday()])
    return _("{weekday} {day}").format(weekday=weekday, day=when.spoken_with_time())


def visit_words(context: Context) -> str:
    """`visit on Thu 3 Dec 2026`, `visit: Dec 2026`; "" where none is known."""
    case = context.packet.case
    when = case.appointment if case else None
    if when is None:
        return ""
    words = _("visit: {month}") if when.precision in ("year", "month") else _("visit on {day}")
    return words.format(day=visit(context), month=when.spoken())
