"""One series of a measure: its unit is the one that is printed, and what doesn't fit in is kept and dated."""

from datetime import date

import pytest

from organizer.base.dates import PartialDate
from organizer.health.chart import notes
from organizer.health.printed import not_drawn
from organizer.health.series import Range, leading_unit, same_measure, series_of
from organizer.health.spans import spans_of
from organizer.model.codes import LOINC, MeasureKey
from organizer.model.entry import Coding, Entry

CREATININE = MeasureKey(f"{LOINC}|2160-0")


def result(day, text, unit="mg/dL", **data):
    return Entry(
        "Observation", "Creatinine", codes=(Coding(LOINC, "2160-0"),), happened=PartialDate(day),
        value=float(text), value_text=text, unit=unit, id=day, data=data,
    )  # fmt: skip


def test_one_stray_report_does_not_turn_the_unit_around():
    results = [result(f"2026-0{month}-01", "1.1") for month in (1, 2, 3)] + [result("2026-04-01", "97", "umol/L")]
    series = series_of(CREATININE, results)
    assert series.unit == "mg/dL"
    assert series.points[-1].printed == "97 µmol/L"
    assert series.points[-1].value == pytest.approx(1.097, abs=0.001)


def test_of_two_units_printed_as_often_the_later_one_leads():
    series = series_of(CREATININE, [result("2026-01-01", "1.1"), result("2026-02-01", "97", "umol/L")])
    assert series.unit == "umol/L"
    assert (series.points[0].text, series.points[0].printed) == ("97.2", "1.1 mg/dL")


def test_only_the_latest_five_results_decide_about_the_unit():
    assert leading_unit(["mg/dL"] * 9 + ["umol/L"] * 2) == "mg/dL"
    # Of the last five three, though of the last four and of the last six no more than half
    assert leading_unit(["mg/dL", "umol/L", "umol/L", "umol/L", "mg/dL", "mg/dL"]) == "umol/L"
    assert leading_unit(["mg/dL"] * 9 + ["umol/L"] * 3) == "umol/L"


def test_two_spellings_of_a_unit_are_counted_together():
    assert leading_unit(["umol/L", "umol/L", "mg/dl", "mg/dL", "mg/dl"]) == "mg/dl"
    assert leading_unit([]) == ""


def test_results_in_a_unit_that_cannot_be_converted_are_kept_with_their_days():
    results = [result(f"2026-0{month}-01", "55", "mL/min/{1.73_m2}") for month in (1, 2)]
    results += [result("2026-02-02", "54", "mL/min/{1.73_m2}")]
    results += [result("2025-06-01", "70", "%"), result("2026-03-01", "30", "%")]
    series = series_of(MeasureKey(f"{LOINC}|62238-1"), sorted(results, key=lambda entry: entry.happened.sort_key))
    assert [entry.value_text for entry in series.other_units] == ["70", "30"]
    assert [entry.value_text for entry in series.newer_in_other_units()] == ["30"]


def test_a_number_without_a_day_is_kept_and_named():
    series = series_of(CREATININE, [result("2026-01-01", "1.1"), result("2026-01-01", "1.3").having(happened=None)])
    assert [entry.value_text for entry in series.undated] == ["1.3"]
    assert not_drawn(series) == "1 result without a date, not drawn"


def test_one_of_the_day_of_the_latest_point_is_no_newer_one():
    results = [result("2026-01-01", "60"), result("2026-01-01", "30", "%"), result("2026-01-02", "31", "%")]
    series = series_of(CREATININE, results, "mg/dL")
    assert [entry.value_text for entry in series.newer_in_other_units()] == ["31"]
    assert series.newer_in_other_units(date(2026, 1, 1)) == ()


def test_where_nothing_is_in_the_unit_asked_for_all_are_newer():
    series = series_of(CREATININE, [result("2026-01-01", "60", "%")], "mg/dL")
    assert series.points == ()
    assert len(series.newer_in_other_units()) == 1


def test_a_range_printed_in_another_unit_says_in_which():
    results = [result("2026-01-01", "97", "umol/L", range_low=60.0, range_high=110.0, range_text="60 - 110")]
    shown = series_of(CREATININE, results, "mg/dL").range
    assert shown.text == "60 - 110 µmol/L"
    assert shown.high == pytest.approx(1.244, abs=0.001)


def test_the_range_is_the_one_printed_last_in_the_series_own_unit():
    results = [
        result("2026-01-01", "1.1", range_low=0.5, range_high=1.2),
        result("2026-02-01", "1.2", range_low=0.6, range_high=1.3),
        result("2026-03-01", "97", "umol/L", range_low=60.0, range_high=110.0),
    ]
    assert series_of(CREATININE, results).range.ends == (0.6, 1.3)


def test_the_range_is_that_of_the_laboratory_whose_results_are_joined():
    results = [result(f"2026-0{month}-01", "1.1", performer="North", range_high=1.2) for month in (1, 2)]
    results.append(result("2026-03-01", "1.1", performer="South", range_high=1.5))
    assert series_of(CREATININE, results).range.high == 1.2
    assert series_of(CREATININE, results[2:]).range.high == 1.5


def test_a_laboratory_that_printed_no_range_leaves_the_other_ones():
    results = [result(f"2026-0{month}-01", "1.1", performer="North") for month in (1, 2)]
    results.append(result("2026-03-01", "1.1", performer="South", range_high=1.5))
    assert series_of(CREATININE, results).range.high == 1.5


@pytest.mark.parametrize(("text", "shown"), [("1.1", "97.2"), ("1.105", "97.68"), ("0.01", "0.884")])
def test_a_converted_value_has_as_many_figures_as_were_printed_and_three_at_least(text, shown):
    assert series_of(CREATININE, [result("2026-01-01", text)], "umol/L").points[0].text == shown


@pytest.mark.parametrize(
    ("value", "comparator", "side"),
    [(5.1, "", "above"), (5.0, "", ""), (0.9, "", "below"), (1.0, "", ""), (100, "<", ""), (0.5, ">", ""),
     (1.0, "<", "below"), (5.0, ">", "above"), (5.0, ">=", ""), (1.0, "<=", "")],
)  # fmt: skip
def test_a_value_is_beyond_a_range_only_where_it_surely_is(value, comparator, side):
    assert Range(1.0, 5.0).side_of(value, comparator) == side


def test_a_goal_is_told_in_the_unit_of_the_series_or_not_at_all():
    goal = Entry("Goal", "Creatinine below 100", unit="umol/L", data={"target_high": 100.0})
    told = series_of(CREATININE, [result("2026-01-01", "1.1")], goal=goal).goal
    assert told.high == pytest.approx(1.131, abs=0.001)
    assert told.text == "Creatinine below 100"
    assert series_of(CREATININE, [result("2026-01-01", "1.1", "%")], goal=goal).goal.ends == ()


def test_a_molar_ratio_is_no_ratio_of_masses():
    ratio = MeasureKey(f"{LOINC}|9318-7")
    results = [result(f"2026-0{month}-01", "300", "mg/g") for month in (1, 2, 3)]
    series = series_of(ratio, [*results, result("2026-04-01", "0.55", "mmol/mol")])
    assert series.points[-1].value == pytest.approx(0.55 * 66_500 / 113.12, rel=0.01)
    assert series.points[-1].printed == "0.55 mmol/mol"


def test_a_converted_value_has_no_exponent():
    cells = Entry("Observation", "Erythrocytes", value=4.71, value_text="4.71", unit="10*6/uL",
                  happened=PartialDate("2026-01-01"))  # fmt: skip
    assert series_of(MeasureKey(f"{LOINC}|789-8"), [cells], "/uL").points[0].text == "4,710,000"


def test_digits_of_an_export_are_no_digits_of_a_laboratory():
    assert series_of(CREATININE, [result("2026-01-01", "1.178995086528")]).points[0].text == "≈1.179"


def medicine(status="", start="2026-01-01", end=None):
    ended = PartialDate(end) if end else None
    return Entry("MedicationStatement", "Losartan", status=status, happened=PartialDate(start), ended=ended,
                 data={"dose": "50 mg"})  # fmt: skip


TODAY = date(2026, 6, 1)


@pytest.mark.parametrize("status", ["not-taken", "intended", "draft", "entered-in-error"])
def test_what_was_never_taken_is_no_span(status):
    assert spans_of([medicine(status)], TODAY) == []


def test_what_begins_later_is_no_span_yet():
    assert spans_of([medicine("active", start="2026-06-02")], TODAY) == []
    assert len(spans_of([medicine("active", start="2026-06-01")], TODAY)) == 1


def test_a_span_ends_where_its_source_says_so_and_goes_on_only_where_it_may():
    assert [(span.end, span.end_known) for span in spans_of([medicine("active")], TODAY)] == [(None, True)]
    assert [span.end for span in spans_of([medicine("stopped", end="2026-02")], TODAY)] == [date(2026, 2, 28)]
    [over] = spans_of([medicine("stopped")], TODAY)
    assert over.end == over.start
    assert over.label == "Losartan 50 mg"


def test_a_medicine_of_which_nobody_says_whether_it_is_taken_says_so():
    [unsaid] = spans_of([medicine("unknown")], TODAY)
    assert not unsaid.end_known
    assert notes([], [unsaid]) == ["dashed: not said until when it was taken"]
    assert notes([], spans_of([medicine("active")], TODAY)) == []


def test_two_codes_of_one_analyte_are_one_measure_and_two_laboratories_codes_are_not():
    assert same_measure(MeasureKey(f"{LOINC}|62238-1"), MeasureKey(f"{LOINC}|98979-8"))
    assert same_measure(MeasureKey("title:CRP"), MeasureKey("title:crp"))
    assert not same_measure(MeasureKey("urn:oid:1|1001"), MeasureKey("urn:oid:2|1001"))
    assert not same_measure(MeasureKey(f"{LOINC}|2160-0"), MeasureKey(f"{LOINC}|2345-7"))


@pytest.mark.parametrize(
    ("status", "points"), [("final", 2), ("amended", 2), ("cancelled", 1), ("entered-in-error", 1)]
)
def test_a_result_that_never_was_is_no_point(status, points):
    results = [result("2026-01-01", "1.1"), result("2026-02-01", "9.9").having(status=status)]
    assert len(series_of(CREATININE, results).points) == points
