"""Stories of plans as they were told wrongly once: each comes in as FHIR and is checked the day after its last result.

The stories lie beside the project and are skipped where they are absent; what they should give stands here.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from organizer.services.entries import entries
from organizer.services.follow import attention, plans
from organizer.services.opinion import reasons
from organizer.store.entries import Query
from tests.organizer.importing.test_run import bring

STORIES = Path(__file__).resolve().parents[4] / "shared" / "cases" / "verdicts"

# story → verdict, words that its sentence holds, what asks for prompt contact
EXPECTED = {
    "act": ("met", "at least 20", ()),
    "acr_molar": ("unclear-so-far", "323 (0.55 mmol/mol)", ()),
    "aki_bp_plan": ("met", "", ("creatinine-rise",)),
    "aki_recovered": ("met", "", ()),
    "bp_home_kpa": ("met", "129 (17.2 kPa)", ()),
    "bppanel": ("met", "at most 130 mmHg", ()),
    "bpword": ("met", "", ()),
    "cea": ("worsening", "rising again", ()),
    "cea_clear": ("worsening", "rising again", ()),
    "censored": ("met", "<0.1", ()),
    "creat_aki": ("unclear-so-far", "", ("creatinine-rise",)),
    "creat_aki_old": ("unclear-so-far", "", ("creatinine-rise",)),
    "creat_aki_8days": ("unclear-so-far", "3.9", ("creatinine-rise",)),
    "creat_umol_mixed": ("unclear-so-far", "2.38 (210 µmol/L)", ("creatinine-rise",)),
    "critical_flag": (None, "", ("critical-flag",)),
    "das28": ("on-track", "From 5.6 at the start to 2.5", ()),
    "dep_bunched": ("on-track", "", ()),
    "dep_non": ("not-on-track", "It isn’t met by its date", ()),
    "dep_partial": ("not-on-track", "It isn’t met by its date", ()),
    "dep_relapse": ("worsening", "rising again", ()),
    "dep_responder": ("met", "", ()),
    "dep_worse": ("worsening", "rising beyond where they began", ()),
    "egfr_dip": ("too-early", "", ()),
    "egfr_fall": ("worsening", "falling beyond where they began", ()),
    "egfr_units": ("not-enough-data", "another unit", ()),
    "exact_goal": ("met", "at most 7 %", ()),
    "glucose_30": ("worsening", "30.0", ("call-value",)),
    "glucose_hypo": ("unclear-so-far", "less than is usual", ("call-value",)),
    "goal_exact_bp": ("met", "at most 130 mmHg", ()),
    "hba1c_mixed_units": ("on-track", "6.91 (52 mmol/mol)", ()),
    "hba1c_relapse_long": ("worsening", "rising again", ()),
    "hba1c_worse_before_open": ("worsening", "rising", ()),
    "inr_8": ("unclear-so-far", "The latest result lies outside the goal", ("call-value",)),
    "inr_band_ok": ("met", "7 lie within the goal", ()),
    "inr_goalnounit": ("unclear-so-far", "9.0 on 10 Apr 2026. The latest result lies outside", ("call-value",)),
    "inr_high_band": ("worsening", "lie above the goal", ("call-value",)),
    "inr_low_band": ("worsening", "lie below the goal", ()),
    "inr_mixed_unit": ("worsening", "9.5", ("call-value",)),
    "inr_nounit": ("unclear-so-far", "9.0 on 10 Apr 2026. The latest result lies outside", ("call-value",)),
    "inr_unstable": ("not-on-track", "0 lie within the goal", ()),
    "item9": (None, "", ("self-harm",)),
    "labchange": ("unclear-so-far", "", ()),
    "late_start_value": ("not-enough-data", "two would settle it", ()),
    "ldl_up": ("unclear-so-far", "", ()),
    "met_at_start": ("met", "", ()),
    "met_at_start_then_up": ("worsening", "", ()),
    "migraine": ("met", "", ()),
    "missed": ("not-on-track", "", ()),
    "neutro": ("worsening", "", ("call-value",)),
    "no_baseline_early": ("unclear-so-far", "From 9.9 on 31 Jan 2026, the first result after the start", ()),
    "no_baseline": ("unclear-so-far", "the first result after the start", ()),
    "owngoal": ("worsening", "", ()),
    "pain": ("unclear-so-far", "", ()),
    "pain_up": ("worsening", "", ()),
    "peakflow": ("worsening", "falling beyond where they began", ("peak-flow",)),
    "platelet_8": ("worsening", "", ("call-value",)),
    "potassium_7": ("worsening", "", ("call-value",)),
    "potassium_7_nogoaltrend": ("not-on-track", "7.0", ("call-value",)),
    "preg_bp": ("worsening", "", ("call-value",)),
    "psa_doubling": ("worsening", "", ()),
    "psa_nadir2": ("worsening", "", ()),
    "psoriasis": ("on-track", "From 18 at the start to 1.5", ()),
    "restart": ("unclear-so-far", "The latest result meets it", ()),
    "sbp_220": ("worsening", "", ("call-value",)),
    "sbp_low": ("unclear-so-far", "less than is usual", ()),
    "sodium_115": ("worsening", "", ("call-value",)),
    "spo2": ("worsening", "", ("call-value",)),
    "stopped": ("not-on-track", "It was met by its date", ()),
    "seasonal": ("worsening", "", ()),
    "tsh_11580": ("met", "", ()),
    "tsh_below_band": ("worsening", "lie below the goal", ()),
    "tsh_dosechange": ("met", "", ()),
    "tsh_goal_unit": ("unclear-so-far", "0.4 to 4 mIU/L", ()),
    "tsh_two_units": ("unclear-so-far", "3.0 on 1 Jun 2026", ()),
    "typo_creat_88": ("not-enough-data", "can hardly be right", ()),
    "typo_glucose_x18": ("not-enough-data", "can hardly be right", ("doubtful",)),
    "typo_x10": ("not-enough-data", "can hardly be right", ("doubtful",)),
    "weight_hf": ("worsening", "to 85 on 5 Feb 2026", ()),
    "weight_unwanted": ("worsening", "falling beyond where they began", ()),
    "weight_child": ("not-on-track", "doesn’t lead there", ()),
    "weight_infant_loss": ("worsening", "", ()),
    "weight_underweight_down": ("unclear-so-far", "less than is usual", ()),
}

# story → the reasons that it holds
REASONS = {
    "r_act_noplan": (),
    "r_chemo": ("serious-diagnosis", "high-risk-treatment", "diagnosis-unclear"),
    "r_error": (),
    "r_es": ("serious-diagnosis", "diagnosis-unclear"),
    "r_family": (),
    "r_gm": ("serious-diagnosis", "diagnosis-unclear"),
    "r_good_scale": (),
    "r_icdhx": (),
    "r_old": ("serious-diagnosis",),
    "r_proc0": ("high-risk-treatment",),
    "r_proc1": (),
    "r_proc2": (),
    "r_proc3": (),
    "r_proc4": (),
    "r_proc5": (),
    "r_proc_past": (),
    "r_rbbb": (),
    "r_refuted": (),
    "r_rls": (),
    "r_screen": (),
    "r_sct": ("serious-diagnosis", "diagnosis-unclear"),
    "r_sr": ("high-risk-treatment",),
    "r_symptom_no_lower": (),
}


@pytest.mark.skipif(not STORIES.exists(), reason="the stories lie beside the project")
@pytest.mark.parametrize("name", REASONS)
def test_a_story_holds_its_reasons_and_no_others(record, name):
    bring(record, STORIES / f"{name}.json")
    (person,) = (one.id for one in entries.find(record, Query(kinds=("Patient",))) if one.title != "Ann Example")
    results = entries.find(record, Query(kinds=("Observation",), person=person))
    last = max((one.happened.last_day for one in results if one.happened), default=None)
    day = last + timedelta(days=1) if last else None
    assert tuple(one.reason for one in reasons.reasons(record, person, day)) == REASONS[name]


@pytest.mark.skipif(not STORIES.exists(), reason="the stories lie beside the project")
@pytest.mark.parametrize("name", EXPECTED)
def test_a_story_has_its_verdict(record, name):
    verdict, words, urgent = EXPECTED[name]
    bring(record, STORIES / f"{name}.json")
    (person,) = (one.id for one in entries.find(record, Query(kinds=("Patient",))) if one.title != "Ann Example")
    results = entries.find(record, Query(kinds=("Observation",), person=person))
    day = max(one.happened.last_day for one in results if one.happened) + timedelta(days=1)
    assert tuple(found.id for found in attention.needed(record, person, day)) == urgent
    (report,) = plans.check_all(record, person, day)
    assert verdict in (None, report.check.verdict), report.check.sentence
    assert words in report.check.sentence


@pytest.mark.skipif(not STORIES.exists(), reason="the stories lie beside the project")
def test_two_years_later_a_met_goal_is_no_longer_said_to_be_met(record):
    bring(record, STORIES / "stale_met.json")
    (person,) = (one.id for one in entries.find(record, Query(kinds=("Patient",))) if one.title != "Ann Example")
    results = entries.find(record, Query(kinds=("Observation",), person=person))
    last = max(one.happened.last_day for one in results if one.happened)
    now, later = (plans.check_all(record, person, last + timedelta(days=days))[0].check for days in (1, 760))
    assert (now.verdict, later.verdict) == ("met", "not-enough-data")


@pytest.mark.skipif(not STORIES.exists(), reason="the stories lie beside the project")
def test_both_targets_of_a_blood_pressure_are_judged_and_the_worse_isnt_hidden(record):
    bring(record, STORIES / "bp_two_targets.json")
    (person,) = (one.id for one in entries.find(record, Query(kinds=("Patient",))) if one.title != "Ann Example")
    results = entries.find(record, Query(kinds=("Observation",), person=person))
    day = max(one.happened.last_day for one in results if one.happened) + timedelta(days=1)
    verdicts = {report.goal.title: report.check.verdict for report in plans.check_all(record, person, day)}
    assert verdicts == {
        "BP <130/80 (Systolic blood pressure)": "met",
        "BP <130/80 (Diastolic blood pressure)": "not-on-track",
    }


@pytest.mark.skipif(not STORIES.exists(), reason="the stories lie beside the project")
def test_a_goal_that_is_one_value_is_read_by_its_direction_and_asked_about(record):
    bring(record, STORIES / "exact_goal.json")
    (person,) = (one.id for one in entries.find(record, Query(kinds=("Patient",))) if one.title != "Ann Example")
    (report,) = plans.check_all(record, person)
    assert "at most 7 %" in report.check.sentence
    assert report.check.questions[0].startswith("The goal is written as 7 % exactly.")


@pytest.mark.skipif(not STORIES.exists(), reason="the stories lie beside the project")
def test_a_goal_without_a_plan_that_goes_wrong_is_a_reason_for_a_second_opinion(record):
    bring(record, STORIES / "owngoal.json")
    (person,) = (one.id for one in entries.find(record, Query(kinds=("Patient",))) if one.title != "Ann Example")
    results = entries.find(record, Query(kinds=("Observation",), person=person))
    day = max(one.happened.last_day for one in results if one.happened) + timedelta(days=1)
    assert "treatment-not-working" in [one.reason for one in reasons.reasons(record, person, day)]
