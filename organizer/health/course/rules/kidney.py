"""Kidney: a quick rise of creatinine is a reason to call; a lasting fall of eGFR; a dip that some medicines cause."""

from datetime import date, timedelta
from itertools import chain

from organizer.base.analytes import converted, siblings_of
from organizer.base.dates import spoken_day
from organizer.base.i18n import _
from organizer.base.units import spoken_unit
from organizer.health import printed
from organizer.health.course.model import Measure, Plan
from organizer.health.course.rules.rule import Rule, Situation, Statement, evidence_of, per_year
from organizer.health.series import Point
from organizer.health.vocabulary import words_for

CREATININE, EGFR = "2160-0", "62238-1"
QUARTER = timedelta(days=90)
STILL_NEW = timedelta(days=14)
"""Design judgement: after two weeks a rise is a fact of the record, no longer a reason to call today."""


def _quick_rise(situation: Situation) -> Statement | None:
    """The newest result against those of the week before it; ends with a better one, or after two weeks."""
    points = [point for point in situation.records.points[-40:] if not point.comparator]
    if CREATININE not in siblings_of(situation.measure.code) or not points or situation.measure.swings:
        return None
    later = points[-1]
    if situation.as_of - later.when > STILL_NEW:
        return None
    earlier = next((point for point in points[:-1] if _rises_quickly(point, later, situation.measure)), None)
    if earlier is None:
        return None

    words = _("Creatinine rose from {a} to {b} {unit} within {days} days: contact your doctor promptly.")
    sentence = words.format(
        a=printed.beside(earlier),
        b=printed.beside(later),
        unit=spoken_unit(situation.measure.unit),
        days=max((later.when - earlier.when).days, 1),
    )
    shown = evidence_of((earlier, later), _("a quick rise of creatinine"))
    return Statement(sentence, urgent=True, evidence=shown)


def _rises_quickly(earlier: Point, later: Point, measure: Measure) -> bool:
    """By 0.3 mg/dL within two days, or to 1.5 times within a week."""
    days = (later.when - earlier.when).days
    if days > 7:
        return False
    to_mg = converted(1.0, measure.unit, "mg/dL", measure.code) or 0.0
    if days <= 2 and round((later.value - earlier.value) * to_mg, 3) >= 0.3:
        return True
    times = later.value / earlier.value if earlier.value > 0 else 0.0
    return days > 0 and round(times, 6) >= 1.5


def _lasting_fall(situation: Situation) -> Statement | None:
    if EGFR not in siblings_of(situation.measure.code):
        return None
    days = [day for day in situation.records.days(most=24) if day.comparator is None]
    days = [day for day in days if (situation.as_of - day.when).days <= 730]
    if len(days) < 3 or days[-1].when - days[0].when < QUARTER:
        return None
    fall = -per_year(days)
    if _dip(situation) is not None:
        return None  # what is known and expected isn't told as a lasting fall in the same breath
    if fall <= 5 or days[-1].value >= min(day.value for day in days[:-2]):
        return None
    sentence = _("eGFR fell by about {n} a year over {count} results since {day}. It is worth asking about soon.")
    return Statement(
        sentence.format(n=round(fall), count=len(days), day=spoken_day(days[0].when)),
        evidence=evidence_of(chain.from_iterable(day.points for day in days), _("a lasting fall of eGFR")),
        question=_("What makes the kidney function fall, and what can slow it?"),
        rising=True,
    )


def _dip(situation: Situation) -> Statement | None:
    alike = siblings_of(situation.measure.code)
    rising = CREATININE in alike
    if not rising and EGFR not in alike:
        return None
    sentence = _(
        "A change of up to 30 % soon after {medicine} began is known and isn’t counted as worsening here; ask "
        "who prescribed it whether it is as expected."
    )
    for when, medicine in _begun(situation.plan):
        before = situation.records.days(until=when, most=2)
        after = situation.records.days(after=when, until=min(when + QUARTER, situation.as_of))
        if not before or not after or after[-1].when != situation.records.whens[-1]:
            continue
        share = after[-1].value / before[-1].value - 1 if before[-1].value else 0.0
        worse = round(share if rising else -share, 6)  # 70 after 100 is a fall of 30 %, whatever floats say
        if 0.05 <= worse <= 0.30:
            shown = evidence_of(after[-1].points, _("a change after {medicine}").format(medicine=medicine))
            return Statement(sentence.format(medicine=medicine), excuses=True, evidence=shown)
    return None


def _begun(plan: Plan) -> list[tuple[date, str]]:
    """When the plan's medicines that are known to change the kidney's values at first were begun or raised."""
    begun = [(event.when, event.what) for event in plan.events if event.kind in ("start", "dose-up", "switch")]
    named = [(when, words_for(what, "kidney-dip")) for when, what in (*begun, (plan.start, plan.name))]
    return [(when, medicine) for when, medicine in named if medicine]


CREATININE_RISE = Rule(
    "creatinine-rise",
    "KDIGO Clinical Practice Guideline for Acute Kidney Injury, Kidney Int Suppl 2 (2012), section 2.1: "
    "≥ 0.3 mg/dL within 48 h or ≥ 1.5 times within 7 days",
    _quick_rise,
)
EGFR_FALL = Rule(
    "egfr-fall",
    "KDIGO CKD guideline, Kidney Int Suppl 3 (2013), section 2.1: a sustained fall of more than 5 mL/min/1.73 m² a "
    "year; three values over 90 days by section 1.1",
    _lasting_fall,
)
KIDNEY_DIP = Rule(
    "kidney-dip",
    "KDIGO CKD guideline 2024, sections 3.6 and 3.7: a fall of eGFR (or rise of creatinine) of up to 30 % after an ACE "
    "inhibitor, ARB or SGLT2 inhibitor is no reason to stop it",
    _dip,
)
