"""The chronology states what the record says: in order, quoted, each line with its source; flags are mechanical."""

import re

import pytest

from organizer.health.opinion.chronology import chronology
from organizer.health.opinion.chronology_flags import FLAGS, Among, flags_of
from organizer.health.opinion.chronology_words import quoted, says
from tests.organizer.health.opinion.made import TODAY, entry

FORBIDDEN = ("misdiagnosed", "negligen", "malpractice", "failed", "refused", "error", "breach", "caused")
QUOTED = re.compile(r"“[^”]*”")


def told(*entries, **more):
    return chronology(entries, TODAY, **more)


def flags(one, *others):
    return flags_of(one, Among.of([one, *others]))


def test_lines_stand_in_the_order_of_time_and_undated_ones_last():
    rows = told(
        entry("Encounter", "Later", "2026-03-02", source="a"),
        entry("Procedure", "Undated", source="a"),
        entry("Condition", "First", "2026", source="a"),
    ).rows
    assert [row.says.split("”")[0] for row in rows] == ["“First", "“Later", "“Undated"]
    assert [row.number for row in rows] == [1, 2, 3]
    assert rows[2].flags == ("undated",)


def test_a_line_without_a_source_stands_apart():
    found = told(entry("Condition", "Said by me", "2026-03"), entry("Condition", "Written", "2026-03", source="a"))
    assert [len(found.rows), len(found.unsourced)] == [1, 1]
    assert found.rows[0].source == "a.pdf, page 1"


def test_struck_planned_and_future_entries_are_no_events():
    found = told(
        entry("Condition", "Wrong chart", "2026-03", source="a", verification="entered-in-error"),
        entry("Encounter", "To come", "2026-12-03", status="planned", source="a"),
        entry("Encounter", "Tomorrow", "2027-01-01", source="a"),
    )
    assert found.rows == ()


@pytest.mark.parametrize("settled", ["refuted", "withdrawn"])
def test_a_diagnosis_that_was_ruled_out_later_is_part_of_what_happened_and_its_line_says_so(settled):
    row = told(entry("Condition", "Coeliac disease", "2026-05-03", source="a", verification=settled)).rows[0]
    assert "“Coeliac disease”" in row.says
    assert f"“{settled}”" in row.says


def test_what_the_record_says_is_quoted_and_nothing_else_judges():
    row = told(
        entry(
            "DiagnosticReport", "Report", "2026-03-02", source="a", conclusion="The “first” test failed; misdiagnosed."
        )
    ).rows[0]
    assert "misdiagnosed" in row.says
    outside = QUOTED.sub("", row.says)
    assert not [word for word in FORBIDDEN if word in outside]


def test_single_results_of_a_day_and_document_are_one_line():
    results = [
        entry("Observation", name, "2026-03-02", source="a", category="laboratory", performer="Lab").having(
            value_text="1.1", unit="mg/dL"
        )
        for name in ("Creatinine", "Albumin")
    ]
    rows = told(*results).rows
    assert [row.says for row in rows] == ["“Creatinine 1.1 mg/dL”; “Albumin 1.1 mg/dL”"]


def test_thirty_days_without_a_record_are_a_gap_whatever_the_precision():
    days = ("2026-01-01", "2026-01-31", "2026-02", "2026-04-01")
    gaps = told(*(entry("Encounter", day, day, source="a") for day in days)).gaps
    assert [(gap.since.isoformat(), gap.until.isoformat()) for gap in gaps] == [
        ("2026-01-01", "2026-01-31"),
        ("2026-02-28", "2026-04-01"),
    ]
    assert gaps[0].words() == "No record in this file between 1 Jan 2026 and 31 Jan 2026"
    assert gaps[1].words() == "No record in this file between Feb 2026 and 1 Apr 2026"
    assert told(*(entry("Encounter", d, d, source="a") for d in ("2026-01-01", "2026-01-30"))).gaps == ()


def gaps_of(*days, **more):
    return [gap.words().removeprefix("No record in this file between ") for gap in told(*dated(*days), **more).gaps]


def dated(*days):
    return [entry("Encounter", day, day, source="a") for day in days]


def test_years_and_months_are_parted_by_gaps_too():
    assert gaps_of("1987", "1994", "2019", "2021-06", "2025-10-07") == [
        "1987 and 1994", "1994 and 2019", "2019 and Jun 2021", "Jun 2021 and 7 Oct 2025",
    ]  # fmt: skip


def test_no_gap_is_claimed_where_a_vague_date_may_lie():
    assert gaps_of("2020", "2020-03-01", "2020-12-20", "2021-01-10") == []
    assert gaps_of("2020-01", "2020-02-29") == []
    assert gaps_of("2020-01", "2020-03-01") == ["Jan 2020 and 1 Mar 2020"]


def test_a_stay_fills_its_days():
    stay = entry("Encounter", "Ward", "2026-01-01", ended="2026-02-20", source="a")
    assert told(stay, *dated("2026-03-10")).gaps == ()
    (gap,) = told(stay, *dated("2026-03-22")).gaps
    assert gap.words() == "No record in this file between 20 Feb 2026 and 22 Mar 2026"


def test_what_the_person_noted_closes_no_gap_wherever_it_stands_written():
    ann = entry("Patient", "Ann Example", keeper="Joan Example")
    notes = [
        entry("Observation", "Pain", "2026-02-01", source="diary", category="symptom", performer="Ann Example"),
        entry("Observation", "Seizures", "2026-02-10", source="diary", category="symptom", performer="joan example"),
        entry("Observation", "Steps", "2026-02-20", source="diary", category="activity"),
        entry("Condition", "Said by me", "2026-03-01"),
    ]
    found = told(*dated("2026-01-01", "2026-04-01"), *notes, person=ann)
    assert [gap.words() for gap in found.gaps] == ["No record in this file between 1 Jan 2026 and 1 Apr 2026"]
    assert [row.source for row in found.unsourced] == ["diary.pdf, page 1"] * 3 + [""]
    asked = entry("Observation", "Pain", "2026-02-01", source="a", category="symptom", performer="Dr Ash")
    assert told(asked, person=ann).unsourced == ()


def test_the_period_is_that_of_all_lines_whatever_their_source():
    assert told(entry("Condition", "Said by me", "2025-03")).period() == "Mar 2025"
    found = told(entry("Condition", "Said by me", "2025-03"), *dated("2026-01-01", "2026"))
    assert found.period() == "Mar 2025 to 2026"
    assert told(entry("Condition", "Undated")).period() == ""
    assert not told(entry("Condition", "Said by me", "2025-03"), *dated("2026-01-01")).gaps_are_known


def test_each_gap_follows_the_line_after_which_it_begins():
    found = told(*dated("2026-01-01", "2026-01-01T10:00:00", "2026-06-01"))
    assert [gap.after for gap in found.gaps] == [2]


def test_since_and_until_are_inclusive():
    days = ("2025-12-31", "2026-01-01", "2026-03-31", "2026-04-01")
    rows = told(*(entry("Encounter", day, day, source="a") for day in days), since="2026", until="2026-03").rows
    assert [row.day for row in rows] == ["2026-01-01", "2026-03-31"]


def test_each_flag_is_a_rule_that_anybody_can_check():
    assert len(FLAGS) == 8
    order = entry("ServiceRequest", "Eye check", "2026-05", status="active")
    assert flags(order) == ["order without result in this file"]
    assert flags(order.having(links=(*order.links, *entry("X", "y", links=[("answered-by", "z")]).links))) == []
    report = entry("DiagnosticReport", "MRI", "2026-05-01")
    assert flags(report) == ["no note in this file within 30 days"]
    assert flags(report, entry("Encounter", "Visit", "2026-05-20")) == []
    assert "written down 45 days later" in flags(report.having(data={"issued": "2026-06-15"}))
    assert "amended" in flags(report.having(status="amended"))
    one = entry("Condition", "A", "2026-05", id="1", links=[("conflicts-with", "2")])
    two = entry("Condition", "B", "2026-05", id="2")
    assert flags(one, two) == flags(two, one) == ["two records differ"]
    scan = entry("DocumentReference", "Scan", "2026-05", file="f", media_type="image/png")
    assert flags(scan) == ["no readable text"]
    copy = scan.having(id="Scan 2", data={**scan.data, "text": "words"})
    assert flags(copy, scan) == ["duplicate of another line"]
    short = entry("DocumentReference", "Letter", "2026-05", file="g", text="Page 1 of 3", pages=2.0)
    assert flags(short) == ["counts 3 pages, the file has 2"]


@pytest.mark.parametrize(("visit", "followed"), [("2026-05-01", True), ("2026-05-31", True), ("2026-06-01", False)])
def test_a_note_up_to_thirty_days_after_a_report_follows_it(visit, followed):
    report = entry("DiagnosticReport", "MRI", "2026-05-01")
    said = flags(report, entry("Encounter", "Visit", visit))
    assert (said == []) is followed


@pytest.mark.parametrize(("issued", "late"), [("2026-05-30", []), ("2026-05-31", ["written down 30 days later"])])
def test_what_is_written_down_thirty_days_later_is_late(issued, late):
    visit = entry("Encounter", "Visit", "2026-05-01", issued=issued)
    assert flags(visit) == late


@pytest.mark.parametrize(("pages", "missing"), [(3.0, []), (2.0, ["counts 3 pages, the file has 2"])])
def test_a_document_with_all_the_pages_that_it_counts_misses_none(pages, missing):
    assert flags(entry("DocumentReference", "Letter", "2026-05", file="g", text="Page 1 of 3", pages=pages)) == missing


def test_what_happened_today_is_told():
    assert len(told(entry("Encounter", "Visit", TODAY.isoformat(), source="a")).rows) == 1


@pytest.mark.parametrize(("count", "whole"), [(120, True), (121, False)])
def test_a_quote_is_whole_up_to_six_hundred_signs(count, whole):
    words = " ".join(["four"] * count)  # 599 and 604 signs
    assert (quoted(words) == f"“{words}”") is whole
    assert quoted("a" * 600) == f"“{'a' * 600}”"
    assert quoted("a" * 601) != f"“{'a' * 601}”"
    assert len(quoted(words)) <= 602


def test_what_is_held_back_leaves_no_line_no_gap_that_tells_of_it_and_makes_no_other_line_false():
    first = entry("Encounter", "Before", "2026-01-02", source="a")
    hidden = entry("Encounter", "Hidden", "2026-03-02", source="b", provider="Dr Secret")
    last = entry("Encounter", "After", "2026-05-02", source="a")
    whole = told(first, hidden, last)
    assert [(gap.since_words, gap.until_words) for gap in whole.gaps] == [
        ("2 Jan 2026", "2 Mar 2026"),
        ("2 Mar 2026", "2 May 2026"),
    ]
    shown = told(first, hidden, last, held_back={hidden.id})
    assert [row.says for row in shown.rows] == ["“Before”", "“After”"]
    assert [row.number for row in shown.rows] == [1, 2]
    assert shown.gaps == ()  # neither one that ends on the hidden day, nor one that passes over it
    assert "Dr Secret" not in str(shown.providers)
    assert shown.is_shortened
    assert not told(first, last, held_back={hidden.id}).is_shortened


def test_a_gap_between_two_lines_that_are_told_stays_whatever_is_held_back_elsewhere():
    first = entry("Encounter", "Before", "2026-01-02", source="a")
    last = entry("Encounter", "After", "2026-05-02", source="a")
    hidden = entry("Encounter", "Hidden", "2026-05-03", source="b")
    (gap,) = told(first, last, hidden, held_back={hidden.id}).gaps
    assert (gap.after, gap.until_words) == (1, "2 May 2026")


def test_a_result_that_is_held_back_leaves_its_day_s_line_without_it():
    results = [
        entry("Observation", title, "2026-03-02", source="a", category="laboratory", value_text="1")
        for title in ("Sodium", "Secret")
    ]
    (row,) = told(*results, held_back={results[1].id}).rows
    assert "Secret" not in row.says
    assert "Sodium" in row.says


def test_what_the_person_chose_from_a_list_is_said_by_its_name_and_a_source_s_word_stands_as_it_is():
    own = entry("Condition", "Asthma", "2026-01-02", status="active", verification="confirmed")
    assert says([own]) == "“Asthma”; “Confirmed”; recorded as “Current”"
    imported = entry("Condition", "Asthma", "2026-01-02", status="active", verification="confirmed", source="sha")
    assert says([imported]) == "“Asthma”; “confirmed”; recorded as “active”"


def test_the_first_day_that_is_asked_for_is_told():
    days = ("2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03")
    rows = told(
        *(entry("Encounter", day, day, source="a") for day in days), since="2026-03-01", until="2026-03-02"
    ).rows
    assert [row.day for row in rows] == ["2026-03-01", "2026-03-02"]


@pytest.mark.parametrize(("count", "are_known"), [(0, False), (1, False), (2, True), (3, True)])
def test_between_two_dated_lines_gaps_are_known(count, are_known):
    lines = (entry("Encounter", str(number), f"2026-0{number + 1}-01", source="a") for number in range(count))
    assert told(*lines).gaps_are_known is are_known
