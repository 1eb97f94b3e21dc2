"""What has to be done by when: everything counts back from the appointment and the decision. Pure dates, no clock.

The margins are design judgements: half of what is left before asking again, two days to read what has come, a week
for a packet where there is time for it. Thirty days are the time that the law gives who is asked (see letters.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from organizer.base.dates import PartialDate, parse_date, spoken_day
from organizer.base.i18n import _
from organizer.model.case import Case
from organizer.model.entry import Entry
from organizer.model.statuses import Status

REMIND_AFTER = timedelta(days=30)
"""When to ask again where nothing presses: the 30 days of 45 CFR 164.524(b)(2), the month of GDPR Article 12(3)."""
TO_READ = timedelta(days=2)
SHORT = timedelta(days=21)
"""Below three weeks a letter alone is too slow: one calls, and asks for the portal."""
AHEAD_OF_VISIT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CaseDates:
    """The days of a case: the appointment, by when it must be decided, and a treatment that is planned for a day.

    Of a date that means several days (`2026-12`) the first counts: too early does no harm. `decided` where an option of
    the case is chosen already: nothing is asked for any more, and nothing has to be decided.
    """

    appointment: date | None = None
    decide_by: date | None = None
    treatment: date | None = None
    decided: bool = False

    @property
    def pressing(self) -> date | None:
        """The earliest of them: by then the records have to be there."""
        return min((day for day in (self.appointment, self.decide_by, self.treatment) if day), default=None)


def dates_of(case: Case, proposals: Iterable[Entry]) -> CaseDates:
    """A case's days; where it doesn't say by when to decide, the earliest day of what is proposed in it does.

    `proposals` are its open options and planned operations.
    """
    proposed = list(proposals)
    decided_by = [case.decide_by, *(parse_date(entry.text("decide_by")) for entry in proposed)]
    planned = [entry.happened for entry in proposed if entry.status in (Status.PREPARATION, Status.ON_HOLD)]
    return CaseDates(
        case.appointment.first_day if case.appointment else None,
        _first(decided_by[:1]) or _first(decided_by),
        _first(planned),
    )


def _first(days: Iterable[PartialDate | None]) -> date | None:
    return min((day.first_day for day in days if day), default=None)


def needed_by(dates: CaseDates, today: date) -> date | None:
    """By when records are needed: two days before the earliest day, while that leaves a day; None where none presses.

    A day that has gone by presses no more.
    """
    ahead = [day for day in (dates.appointment, dates.decide_by, dates.treatment) if day and day >= today]
    if not ahead:
        return None
    return max(min(ahead) - TO_READ, min(today + timedelta(days=1), min(ahead)))


def ask_again_on(dates: CaseDates, today: date) -> date:
    """When to ask again for what was asked for today: after half of the time that is left, never after it has run out,
    and after 30 days at most."""
    until = needed_by(dates, today)
    if until is None:
        return today + REMIND_AFTER
    half = today + timedelta(days=max(1, (until - today).days // 2))
    return min(half, until, today + REMIND_AFTER)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: what, by which day (None: as soon as it can be), and whether that day has gone by.

    `key` names it, for a calendar.
    """

    key: str
    what: str
    day: date | None
    late: bool = False


def plan(dates: CaseDates, today: date) -> list[Step]:
    """The steps of a case, each by when: for ten days as for six weeks; without a date, their order only."""
    visit, decision = dates.appointment, dates.decide_by
    if dates.decided:
        ahead = [("visit", _("The visit"), visit), ("treatment", _("The treatment that is planned"), dates.treatment)]
        steps = [Step(key, words, day) for key, words, day in ahead if day is not None and day >= today]
        return sorted(steps, key=lambda step: step.day or today)
    until = needed_by(dates, today)
    steps = [_asking(dates, today, until)]
    steps.append(Step("ask-again", _("Ask again for what has not come"), ask_again_on(dates, today)))
    if until is not None:
        steps.append(Step("records", _("The records have to be there"), until))
        steps.append(Step("packet", _("Questions and packet are ready and sent"), _packet_day(until, visit, today)))
    else:
        steps.append(Step("by-when", _("Ask your doctor by when it has to be decided, and for an appointment"), None))
        steps.append(Step("packet", _("Questions and packet are ready"), None))
    if visit is not None:
        steps.append(Step("visit", _("The visit"), visit, visit < today))
    steps += _clash(dates, today)
    if decision is not None:
        steps.append(Step("decide", _("The decision"), decision, decision < today))
    if dates.treatment is not None:
        steps.append(Step("treatment", _("The treatment that is planned"), dates.treatment, dates.treatment < today))
    # What has no day is done now, but for the packet, which comes when there is something to send.
    return sorted(steps, key=lambda step: step.day or (date.max if step.key == "packet" else today))


def _asking(dates: CaseDates, today: date, until: date | None) -> Step:
    if until is not None and until - today < SHORT:
        words = _("Ask for records and images today: by phone and portal, the letter beside it")
    else:
        words = _("Ask for records and images by letter")
    return Step("ask", words, today if dates.pressing else None)


def _packet_day(until: date, visit: date | None, today: date) -> date:
    """A week before the visit where there is time for it, else when the records have to be there."""
    early = visit - AHEAD_OF_VISIT if visit else until
    return min(until, early) if early - today >= SHORT else until


def _clash(dates: CaseDates, today: date) -> list[Step]:
    """What is to be said where the days don't fit: a visit after the decision, or none before it."""
    visit, decision = dates.appointment, dates.decide_by or dates.treatment
    if decision is None or decision < today:
        return []
    day = spoken_day(decision)
    if visit is None:
        words = _("There is no appointment before {day}: ask for one, or whether the decision can wait")
    elif visit > decision:
        words = _("The appointment is after {day}: ask for an earlier one, or whether the decision can wait")
    else:
        return []
    return [Step("clash", words.format(day=day), today)]
