"""Published checkpoints beside the due line, each a small function with its citation; RULES is the registry.

A new rule: one `Rule` in a file here, and its line in RULES. Urgent ones come first.
"""

from organizer.health.course.rules.kidney import CREATININE_RISE, EGFR_FALL, KIDNEY_DIP
from organizer.health.course.rules.records import OTHERS_OUTSIDE, UNDATED, WORSE_THAN_AT_START
from organizer.health.course.rules.response import (
    ASTHMA_CHANGE,
    HALF_THE_DAYS,
    HALF_THE_SCORE,
    IRON_RESPONSE,
    MUCH_BETTER,
    REMISSION,
    WEIGHT_UNWANTED,
    WEIGHT_WANTED,
)
from organizer.health.course.rules.rule import Rule
from organizer.health.course.rules.side_effects import SEVERE_SIDE_EFFECT, SIDE_EFFECT_CONCERN
from organizer.health.course.rules.tumour import PSA_AFTER_TREATMENT, PSA_DOUBLING, REPORT_WORDS
from organizer.health.course.rules.unsettled import DIAGNOSIS_UNSETTLED, PLAN_CHANGED_OFTEN
from organizer.health.course.rules.waiting import NO_FIGURES, RESPONSE_WINDOW

RULES: tuple[Rule, ...] = (
    CREATININE_RISE,
    SEVERE_SIDE_EFFECT,
    EGFR_FALL,
    KIDNEY_DIP,
    REPORT_WORDS,
    PSA_DOUBLING,
    PSA_AFTER_TREATMENT,
    REMISSION,
    HALF_THE_SCORE,
    HALF_THE_DAYS,
    MUCH_BETTER,
    ASTHMA_CHANGE,
    IRON_RESPONSE,
    WEIGHT_WANTED,
    WEIGHT_UNWANTED,
    SIDE_EFFECT_CONCERN,
    PLAN_CHANGED_OFTEN,
    DIAGNOSIS_UNSETTLED,
    WORSE_THAN_AT_START,
    UNDATED,
    OTHERS_OUTSIDE,
    RESPONSE_WINDOW,
    NO_FIGURES,
)
