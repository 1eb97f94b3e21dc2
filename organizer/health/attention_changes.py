"""Changes against the person's own earlier values that ask for prompt contact: creatinine, peak flow."""

from collections.abc import Iterable, Sequence
from datetime import date

from organizer.base.analytes import converted
from organizer.base.dates import spoken_day
from organizer.base.i18n import _, ngettext
from organizer.base.units import same_unit
from organizer.health.attention_results import Attention, Result, is_of, plausible

FLAG_DAYS = 14
"""Design judgement: after two weeks a critical flag or a rise is a fact of the record, no longer a reason to
call today."""
KDIGO_DAYS, KDIGO_QUICK_DAYS = 7, 2
KDIGO_RATIO, KDIGO_RISE_MG = 1.5, 0.3
"""KDIGO 2012, 2.1.1: creatinine 1.5 times within 7 days, or 0.3 mg/dL more within 48 hours (BMJ Best Practice,
looked up 2026-11-29)."""
DISEASE_DAYS = 45
"""KDIGO 2012, chapter 2.5: a rise of more than 50 % within three months is acute kidney disease (its criteria, as open
code repeats them, looked up 2026-11-29); here within half of that, the time that is looked back."""
CREATININE = "2160-0"
PEAK_FLOW = frozenset({"33452-4", "19935-6"})
RED_ZONE = 0.5
"""American Lung Association: less than 50 % of the usual reading is the red zone, as trendsmask.com repeats it; the
health library of Children’s Hospital Vanderbilt has the yellow zone end at 50 % (looked up 2026-11-29)."""
BEST_WITHIN = 365
PEAK_FLOW_DAYS = 3
"""Design judgement: an attack of asthma is over or treated within days."""


def creatinine(results: Sequence[Result], as_of: date) -> Iterable[Attention]:
    """A quick rise of the person's own creatinine; ends with a better result or after two weeks."""
    mine = sorted((result for result in results if is_of(result, CREATININE)), key=lambda result: result.when)
    if not mine or (as_of - mine[-1].when).days > FLAG_DAYS:
        return
    later = mine[-1]
    value = converted(later.value, later.unit, "mg/dL", CREATININE)
    if value is None or not plausible(CREATININE, "mg/dL", value):
        return
    for earlier in mine[:-1]:
        days = (later.when - earlier.when).days
        before = converted(earlier.value, earlier.unit, "mg/dL", CREATININE)
        if before is None or before <= 0 or days > DISEASE_DAYS:
            continue
        quick = days <= KDIGO_QUICK_DAYS and round(value - before, 3) >= KDIGO_RISE_MG
        ratio = round(value / before, 6)  # 1.65 after 1.1 is one and a half times, whatever floats say
        half_more = ratio >= KDIGO_RATIO if days <= KDIGO_DAYS else ratio > KDIGO_RATIO
        if not quick and (days == 0 or not half_more):
            continue
        pattern = ngettext(
            "{what} rose from {before} to {value} within a day, by {day}: contact your doctor promptly.",
            "{what} rose from {before} to {value} within {days} days, by {day}: contact your doctor promptly.",
            max(days, 1),
        )
        sentence = pattern.format(
            what=later.title, before=earlier.shown, value=later.shown, days=days, day=spoken_day(later.when)
        )
        source = _("KDIGO guideline on acute kidney injury (2012), sections 2.1 and 2.5")
        yield Attention("creatinine-rise", sentence, later.when, (earlier.entry.id, later.entry.id), source)
        return


def peak_flow(results: Sequence[Result], as_of: date) -> Iterable[Attention]:
    """A peak flow of less than half of the person's own best of the year before."""
    mine = [result for result in results if result.loinc in PEAK_FLOW]
    latest = max(mine, key=lambda result: result.entry.day_key, default=None)
    if latest is None or (as_of - latest.when).days > PEAK_FLOW_DAYS:
        return
    alike = [
        result
        for result in mine
        if same_unit(result.unit, latest.unit) and (latest.when - result.when).days <= BEST_WITHIN
    ]
    best = max(alike, key=lambda result: result.value, default=latest)
    if latest.value >= RED_ZONE * best.value:
        return
    pattern = _(
        "{what}: {value} on {day}, less than half of {best} on {best_day}. Action plans for asthma call this the "
        "red zone: follow yours, and call your doctor or the emergency number now if it doesn’t get better at once."
    )
    sentence = pattern.format(
        what=latest.title,
        value=latest.shown,
        day=spoken_day(latest.when),
        best=best.shown,
        best_day=spoken_day(best.when),
    )
    source = _("American Lung Association: below 50 % of the personal best")
    yield Attention("peak-flow", sentence, latest.when, (best.entry.id, latest.entry.id), source)
