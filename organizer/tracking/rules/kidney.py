"""A quick rise of creatinine: a reason to call, not a trend."""

from organizer.base.words import _
from organizer.tracking.model import Evidence
from organizer.tracking.rules.rule import Rule, Said, Situation

CREATININE = frozenset({"2160-0", "38483-4"})
MG_PER_UMOL = 1 / 88.42  # molar mass of creatinine 113.12 g/mol (PubChem CID 588)


def _speaks(situation: Situation) -> Said | None:
    if situation.measure.code not in CREATININE:
        return None
    to_mg = MG_PER_UMOL if situation.measure.unit == "umol/L" else 1.0
    for later in situation.records.points[-2:]:
        for earlier in situation.records.points[-40:]:
            days = (later.when - earlier.when).days
            grown = later.value / earlier.value if earlier.value else 0.0
            quick = 0 <= days <= 2 and earlier is not later and (later.value - earlier.value) * to_mg >= 0.3
            if quick or (0 < days <= 7 and grown >= 1.5):
                said = _("Creatinine rose from {a:g} to {b:g} {unit} within {days} days: contact your doctor promptly.")
                sentence = said.format(a=earlier.value, b=later.value, unit=situation.measure.unit, days=max(days, 1))
                shows = _("a quick rise of creatinine")
                ids = [point.entry_id for point in (earlier, later) if point.entry_id]
                return Said(sentence, urgent=True, evidence=tuple(Evidence(one, shows) for one in ids))
    return None


CREATININE_RISE = Rule(
    "creatinine-rise",
    "KDIGO Clinical Practice Guideline for Acute Kidney Injury, Kidney Int Suppl 2 (2012), section 2.1: "
    "≥ 0.3 mg/dL within 48 h or ≥ 1.5 times within 7 days",
    _speaks,
)
