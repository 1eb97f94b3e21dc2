"""Published checkpoints beside the due line, each a small function with its citation; RULES is the registry.

A new rule: one `Rule` in a file here, and its line in RULES. Urgent ones come first.
"""

from organizer.tracking.rules.kidney import CREATININE_RISE
from organizer.tracking.rules.rule import Rule
from organizer.tracking.rules.side_effects import SEVERE_SIDE_EFFECT, SIDE_EFFECT_CONCERN
from organizer.tracking.rules.unsettled import ABOVE_START, DIAGNOSIS_UNSETTLED, PLAN_CHANGED_OFTEN

RULES: tuple[Rule, ...] = (
    CREATININE_RISE,
    SEVERE_SIDE_EFFECT,
    SIDE_EFFECT_CONCERN,
    ABOVE_START,
    PLAN_CHANGED_OFTEN,
    DIAGNOSIS_UNSETTLED,
)
