"""What has to be done by when: everything counts back from the appointment and the decision. Pure dates, no clock.

The margins are design judgements: half of what is left before asking again, two days to read what has come, a week
for a packet where there is time for it. Thirty days are the time that the law gives who is asked (see letters.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from organizer.base.dates import PartialDate, spoken_day
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
    the case is chosen already: nothing is asked for any more, and nothing has to be decided. `vague` holds what means
    several days as it is recorded, by the step's key: none of them is named as the day. `planned` is what is to be done
    on the day of the treatment.
    """

    appointment: date | None = None
    decide_by: date | None = None
    treatment: date | None = None
    decided: bool = False
    vague: Mapping[str, PartialDate] = field(default_factory=dict)
    planned: str = ""

    @property
    def pressing(self) -> date | None:
        """The earliest of them: by then the records have to be there."""
        return min((day for day in (self.appointment, self.decide_by, self.treatment) if day), default=None)


def dates_of(case: Case, proposals: Iterable[Entry]) -> CaseDates:
    """A case's days; where it doesn't say by when to decide, the earliest day of what is proposed in it does.

    `proposals` are its open options and planned operations.
    """
    proposed = list(proposals)
    decided_by = [case.decide_by, *(entry.date("decide_by") for entry in proposed)]
    ahead = [entry for entry in proposed if entry.status in (Status.PREPARATION, Status.ON_HOLD) and entry.happened]
    next_one = min(ahead, key=lambda entry: entry.day_key, default=None)
    days = {
        "visit": case.appointment,
        "decide": _first(decided_by[:1]) or _first(decided_by),
        "treatment": next_one.happened if next_one else None,
    }
    first = {key: day.first_day if day else None for key, day in days.items()}
    vague = {key: day for key, day in days.items() if day is not None and day.first_day != day.last_day}
    named = next_one.title if next_one else ""
    return CaseDates(first["visit"], first["decide"], first["treatment"], vague=vague, planned=named)


def _first(days: Iterable[PartialDate | None]) -> PartialDate | None:
    return min((day for day in days if day), key=lambda day: day.first_day, default=None)


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

    `key` names it, for a calendar; `vague` is the date as it is recorded where that means several days, of which `day`
    is the first.
    """

    key: str
    what: str
    day: date | None
    late: bool = False
    vague: PartialDate | None = None

    @property
    def when(self) -> str:
        """The day as it is said; of a month that month."""
        if self.vague is not None:
            return self.vague.spoken()
        return spoken_day(self.day) if self.day else _("soon")


def plan(dates: CaseDates, today: date) -> list[Step]:
    """The steps of a case, each by when: for ten days as for six weeks; without a date, their order only."""
    visit, decision = dates.appointment, dates.decide_by
    if dates.decided:
        ahead = (_appointed(dates, "visit", visit, today), _appointed(dates, "treatment", dates.treatment, today))
        steps = [step for step in ahead if step is not None and not step.late]
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
    steps += _clash(dates, today)
    appointed = {"visit": visit, "decide": decision, "treatment": dates.treatment}
    steps += filter(None, (_appointed(dates, key, day, today) for key, day in appointed.items()))
    # What has no day is done now, but for the packet, which comes when there is something to send.
    return sorted(steps, key=lambda step: step.day or (date.max if step.key == "packet" else today))


def _appointed(dates: CaseDates, key: str, day: date | None, today: date) -> Step | None:
    """A day that is set: late where all that it may mean has gone by."""
    if day is None:
        return None
    words = {
        "visit": _("The visit"),
        "decide": _("The decision"),
        "treatment": _("The treatment that is planned"),
    }
    if key == "treatment" and dates.planned:
        words["treatment"] = _("Planned: {treatment}").format(treatment=dates.planned)
    vague = dates.vague.get(key)
    last = vague.last_day if vague else day
    return Step(key, words[key], day, last < today, vague)


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
