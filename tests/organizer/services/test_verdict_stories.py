"""Stories of plans as they were told wrongly once: each comes in as FHIR and is checked the day after its last result.

The stories lie beside the project and are skipped where they are absent; what they should give stands here. All of
them lie in one record: each with a name, a birth date and ids of its own.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from organizer.services.entries import entries
from organizer.services.follow import attention, goals, plans
from organizer.services.opinion import reasons
from organizer.store.entries import Query
from tests.made_records import opened_copy
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
    "dep_bunched": ("unclear-so-far", "", ()),
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
    "inr_band_ok": ("met", "The last 7 results all lie within the goal.", ()),
    "inr_goalnounit": ("unclear-so-far", "9.0 on 10 Apr 2026. The latest result lies outside", ("call-value",)),
    "inr_high_band": ("worsening", "lie above the goal", ("call-value",)),
    "inr_low_band": ("worsening", "lie below the goal", ()),
    "inr_mixed_unit": ("worsening", "9.5", ("call-value",)),
    "inr_nounit": ("unclear-so-far", "9.0 on 10 Apr 2026. The latest result lies outside", ("call-value",)),
    "inr_unstable": ("not-on-track", "None of the last 7 results lies within the goal.", ()),
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
    "potassium_7_nogoaltrend": ("unclear-so-far", "7.0", ("call-value",)),
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
    "r_oldonset": ("serious-diagnosis",),
    "r_provisional": ("serious-diagnosis", "diagnosis-unclear"),
    "r_unknown_disagree": ("serious-diagnosis", "diagnosis-unclear"),
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

# story → the goals that are proposed on a day after all diagnoses
PROPOSED: dict[str, list[str]] = {
    **{f"g{number:02}": [] for number in range(24)},  # pulmonary hypertension … risk of coronary heart disease
    **{f"h{number:02}": [] for number in range(11)},  # nystatin … somatostatin
    "h07": ["Weight 5 % lower"],
    "h11": ["Upper blood pressure at 130 or lower"],
    "child5": [],
    "frail90preg": ["Haemoglobin at 13 g/dL or higher"],
}
LATER = date(2026, 10, 2)

HERE = pytest.mark.skipif(not STORIES.exists(), reason="the stories lie beside the project")


def own(story, number):
    """A story's bundle with ids, a name and a birth date that no other story has."""

    def renamed(node):
        if isinstance(node, list):
            return [renamed(one) for one in node]
        if not isinstance(node, dict):
            return node
        found = {key: renamed(value) for key, value in node.items()}
        if isinstance(found.get("reference"), str):
            found["reference"] = found["reference"].replace("/", f"/{story.stem.replace('_', '-')}-")
        return found

    bundle = renamed(json.loads(story.read_text("utf-8")))
    for one in bundle["entry"]:
        resource = one["resource"]
        resource["id"] = f"{story.stem.replace('_', '-')}-{resource['id']}"
        if resource["resourceType"] == "Patient":
            resource["name"] = [{"given": [story.stem], "family": f"{story.stem} case"}]
            born = date.fromisoformat(resource["birthDate"]) + timedelta(days=number)
            resource["birthDate"] = born.isoformat()
    return json.dumps(bundle)


@pytest.fixture(scope="module")
def told(blank_record, tmp_path_factory):
    """The record of all stories, and its people by the name of their story."""
    folder, made = (tmp_path_factory.mktemp(name) for name in ("stories", "record"))
    for number, story in enumerate(sorted(STORIES.glob("*.json"))):
        (folder / story.name).write_text(own(story, number), "utf-8")
    with opened_copy(blank_record(), made) as record:
        bring(record, folder)
        people = entries.find(record, Query(kinds=("Patient",)))
        yield record, {one.title.split()[0]: one.id for one in people}


def day_after(record, person):
    """The day after the last result; None where there is none."""
    results = entries.find(record, Query(kinds=("Observation",), person=person))
    last = max((one.happened.last_day for one in results if one.happened), default=None)
    return last + timedelta(days=1) if last else None


@HERE
@pytest.mark.parametrize("name", REASONS)
def test_a_story_holds_its_reasons_and_no_others(told, name):
    record, people = told
    found = reasons.reasons(record, people[name], day_after(record, people[name]))
    assert tuple(one.reason for one in found) == REASONS[name]


@HERE
@pytest.mark.parametrize("name", EXPECTED)
def test_a_story_has_its_verdict(told, name):
    verdict, words, urgent = EXPECTED[name]
    record, people = told
    day = day_after(record, people[name])
    assert tuple(found.id for found in attention.needed(record, people[name], day)) == urgent
    (report,) = plans.check_all(record, people[name], day)
    assert verdict in (None, report.check.verdict), report.check.sentence
    assert words in report.check.sentence


@HERE
@pytest.mark.parametrize("name", PROPOSED)
def test_a_story_proposes_its_goals_and_no_others(told, name):
    record, people = told
    assert [one.title for one in goals.propose(record, people[name], LATER)] == PROPOSED[name]


@HERE
@pytest.mark.parametrize(("later", "verdict"), [(1, "met"), (760, "not-enough-data")])
def test_two_years_later_a_met_goal_is_no_longer_said_to_be_met(told, later, verdict):
    record, people = told
    person = people["stale_met"]
    day = day_after(record, person) + timedelta(days=later - 1)
    assert plans.check_all(record, person, day)[0].check.verdict == verdict


@HERE
def test_both_targets_of_a_blood_pressure_are_judged_and_the_worse_isnt_hidden(told):
    record, people = told
    person = people["bp_two_targets"]
    reports = plans.check_all(record, person, day_after(record, person))
    assert {report.goal.title: report.check.verdict for report in reports} == {
        "BP <130/80 (Systolic blood pressure)": "met",
        "BP <130/80 (Diastolic blood pressure)": "not-on-track",
    }


@HERE
def test_a_goal_that_is_one_value_is_read_by_its_direction_and_asked_about(told):
    record, people = told
    (report,) = plans.check_all(record, people["exact_goal"])
    assert "at most 7 %" in report.check.sentence
    assert report.check.questions[0].startswith("The goal is written as 7 % exactly.")


@HERE
def test_a_goal_that_asks_for_worse_values_is_asked_about(told):
    record, people = told
    person = people["wrong_direction"]
    (report,) = plans.check_all(record, person, day_after(record, person))
    assert report.check.verdict == "unclear-so-far"
    assert report.check.questions[0].startswith("The goal asks for more, though less is usually better here")
    assert "7.0 on 30 Jun 2026. The goal asks for more, though" in report.check.sentence


@HERE
def test_a_severe_side_effect_is_told_first_while_the_numbers_are_judged(told):
    record, people = told
    day = date(2026, 3, 1)
    (alarm,) = attention.needed(record, people["severe_se"], day)
    assert alarm.sentence == (
        "A severe side effect is recorded (Swelling of tongue and lips, 20 Feb 2026): if your doctor doesn’t know of "
        "it, call promptly."
    )
    (report,) = plans.check_all(record, people["severe_se"], day)
    assert report.check.also == ("side-effect-concern",)


@HERE
def test_two_plans_for_one_measure_are_judged_each_by_its_goal(told):
    record, people = told
    reports = plans.check_all(record, people["twoplans"], day_after(record, people["twoplans"]))
    assert [(one.plan.title, one.check.verdict) for one in reports] == [("A plan", "on-track"), ("B plan", "met")]


@HERE
@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("r_provisional", ("Lung cancer: not settled for more than eight weeks.",)),
        (
            "r_unknown_disagree",
            ("Celiac disease, Irritable bowel syndrome: not settled for more than eight weeks.",
             "Celiac disease: no test or report from around that time is in this record."),
        ),
    ],
)  # fmt: skip
def test_why_a_diagnosis_is_unclear_is_said_in_these_words(told, name, sentences):
    record, people = told
    found = {one.reason: one.sentence for one in reasons.reasons(record, people[name])}
    assert all(sentence in found["diagnosis-unclear"] for sentence in sentences)


@HERE
def test_without_a_plan_a_quick_rise_of_creatinine_and_its_potassium_ask_for_contact(told):
    record, people = told
    person = people["aki_noplan"]
    assert [one.sentence for one in attention.needed(record, person, day_after(record, person))] == [
        "Potassium: 7.1 mmol/L on 3 Apr 2026. Laboratories call a doctor at once about such a value. If nobody has "
        "called you about it, call today.",
        "Creatinine rose from 1.0 mg/dL to 3.2 mg/dL within 2 days, by 3 Apr 2026: contact your doctor promptly.",
    ]


@HERE
def test_a_goal_without_a_plan_that_goes_wrong_is_a_reason_for_a_second_opinion(told):
    record, people = told
    person = people["owngoal"]
    found = reasons.reasons(record, person, day_after(record, person))
    assert "treatment-not-working" in [one.reason for one in found]
