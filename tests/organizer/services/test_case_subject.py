"""What a case is about: chosen by the person, none guessed among unlike ones, changed later; nothing of another."""

import pytest

from organizer.base.errors import NotFoundError
from organizer.base.progress import NoProgress
from organizer.services.entries import entries
from organizer.services.opinion import cases, deciding, letters, packets, questions, reasons, visits
from organizer.services.record import people, records
from organizer.store import change_log
from organizer.store import entries as reading
from tests.made_records import opened_copy
from tests.pdf_text import pdf_line


@pytest.fixture
def record(blank_record, tmp_path):
    with opened_copy(blank_record(), tmp_path) as made:
        yield made


@pytest.fixture
def ann(record):
    return people.people(record)[0].id


@pytest.fixture
def add(record, ann):
    def added(kind, links=(), **fields):
        day = records.as_of(record).isoformat()
        more = {"status": "active", "happened": day, "recorded": day} if kind == "Condition" else {}
        entry = entries.add(record, kind, ann, more | fields).entries[0]
        for role, target in links:
            entries.link(record, entry, role, target)
        return entry

    return added


@pytest.fixture
def breast(add):
    """A breast cancer with an operation ahead, a surgeon and a biopsy."""
    cancer = add("Condition", title="Breast cancer, left", made_by="Dr Okafor", place="Brook Hospital")
    add("Procedure", title="Left mastectomy", status="preparation", performer="Dr Okafor")
    add("DiagnosticReport", title="Core biopsy of the left breast", category="pathology", performer="Brook Pathology")
    return cancer


@pytest.fixture
def nerves(add):
    """A multiple sclerosis with a doctor, a plan, an order and a medicine without effect."""
    illness = add("Condition", title="Multiple sclerosis", made_by="Dr Stein", place="Ring Clinic")
    add("CarePlan", [("treats", illness)], title="Ocrelizumab twice a year", status="active", decided_by="Dr Falk")
    add("ServiceRequest", title="MRI of the brain", reason="Multiple sclerosis", status="active")
    more = {"reason": "multiple sclerosis", "status": "stopped", "happened": "2026-01", "ended": "2026-10"}
    add("MedicationStatement", title="Glatiramer", stop_reason="No effect, new attacks", **more)
    return illness


def about(record, case):
    return set(entries.get(record, case).targets("about"))


def said(record, case):
    """All that a case's reasons and suggested questions say."""
    opened = cases.case_of(record, case)
    words = [f"{state.reason.sentence} {state.reason.questions}" for state in cases.reasons_of(record, opened)]
    words += [f"{question} {why}" for question, why in questions.suggested(record, opened.person, case)]
    return "\n".join(words)


def test_none_of_several_unlike_illnesses_is_guessed(record, ann, breast, nerves):
    case = cases.begin(record, ann, {"title": "What now?"}).entries[0]
    assert about(record, case) == set()
    assert cases.diagnoses(record, cases.case_of(record, case)) == []
    rows = {item.row for item in cases.gather(record, case)}
    assert not {"mammogram", "receptors", "attacks", "staging"} & rows


def test_what_belongs_together_is_taken_up_together_and_a_further_illness_makes_it_a_choice(record, ann, add):
    first = add("Condition", title="Breast cancer, left")
    spread = add("Condition", title="Bone metastasis of breast cancer")
    case = cases.begin(record, ann, {}).entries[0]
    assert about(record, case) == {first, spread}
    cases.close(record, case)
    add("Condition", title="Hay fever")
    again = cases.begin(record, ann, {}).entries[0]
    assert about(record, again) == set()


def test_what_is_offered_stands_in_groups_that_belong_together_the_serious_first(record, ann, add):
    add("Condition", title="Hay fever")
    old = add("Condition", title="Optic neuritis", verification="provisional")
    add("Condition", [("revises", old)], title="Multiple sclerosis")
    add("Condition", title="Type 2 diabetes")
    add("Condition", title="Suspected multiple sclerosis", verification="provisional")
    add("Condition", title="Cold", status="resolved")
    groups = [{entry.title for entry in group} for group in cases.offered(record, ann)]
    assert groups[0] == {"Multiple sclerosis", "Suspected multiple sclerosis"}
    assert {"Hay fever"} in groups
    assert not any("Cold" in group for group in groups)


@pytest.mark.parametrize(
    ("mine", "own", "foreign"),
    [
        ("breast", ("Breast cancer",), ("sclerosis", "Glatiramer", "MRI", "Ocrelizumab")),
        ("nerves", ("sclerosis", "Glatiramer", "MRI"), ("Breast", "mastectomy", "biopsy")),
    ],
)
def test_reasons_and_questions_of_a_case_speak_of_no_other_illness(record, ann, breast, nerves, mine, own, foreign):
    named = {"breast": breast, "nerves": nerves}[mine]
    case = cases.begin(record, ann, {"title": "Mine"}, [named]).entries[0]
    words = said(record, case)
    assert [word for word in own if word not in words] == []
    assert [word for word in foreign if word in words] == []


def test_an_operation_without_a_reason_is_of_the_illness_of_its_part_of_the_body(record, ann, breast, nerves):
    case = cases.begin(record, ann, {}, [breast]).entries[0]
    assert "high-risk-treatment" in cases.case_of(record, case).reasons
    other = cases.begin(record, ann, {}, [nerves]).entries[0]
    assert "high-risk-treatment" not in cases.case_of(record, other).reasons


def test_letters_of_a_case_go_to_nobody_of_another_illness(record, ann, breast, nerves, add):
    add("DiagnosticReport", title="Pap smear, cervix", category="pathology", performer="Ring Cytology")
    case = cases.begin(record, ann, {"specialist": "Dr Elm"}, [breast]).entries[0]
    for kind in ("referral-request", "slides-request", "records-request"):
        names = letters.suggested_recipients(record, ann, kind, case)
        assert not {"Dr Stein", "Dr Falk", "Ring Clinic", "Ring Cytology"} & set(names), kind
    assert letters.meant_recipient(record, ann, "slides-request", case) == "Brook Pathology"


def test_it_is_changed_later_and_taken_back(record, ann, breast, nerves):
    case = cases.begin(record, ann, {"title": "Mine", "reasons": "My sister says so"}, [breast]).entries[0]
    option = deciding.add_option(record, ann, "Wait", case).entries[0]
    cases.set_about(record, case, [nerves])
    assert about(record, case) == {nerves}
    assert set(entries.get(record, option).targets("for")) == {nerves}
    words = said(record, case)
    assert "sclerosis" in words
    assert "Breast" not in words
    assert "My sister says so" in cases.case_of(record, case).reasons
    assert "mammogram" not in {item.row for item in cases.gather(record, case)}

    change_log.undo(record)
    assert about(record, case) == {breast}
    assert set(entries.get(record, option).targets("for")) == {breast}


def test_a_case_may_name_no_diagnosis_and_is_about_nobody_else_s(record, ann, breast):
    case = cases.begin(record, ann, {}, [breast]).entries[0]
    cases.set_about(record, case, [])
    assert about(record, case) == set()
    ben = entries.add(record, "Patient", "", {"title": "Ben Calder"}).entries[0]
    his = entries.add(record, "Condition", ben, {"title": "Asthma"}).entries[0]
    with pytest.raises(NotFoundError):
        cases.set_about(record, case, [his])


def test_what_names_no_illness_is_in_a_case_only_where_no_other_illness_could_be_meant(record, ann, breast, add):
    reasons.say(record, ann, "unheard", "Nobody listened")
    case = cases.begin(record, ann, {}, [breast]).entries[0]
    assert "unheard" in cases.case_of(record, case).reasons
    add("Condition", title="Multiple sclerosis")
    assert "Nobody listened" not in said(record, case)


def test_a_reason_set_aside_in_one_case_stays_aside_when_it_is_in_another(record, ann, breast, nerves):
    first, second = (
        cases.case_of(record, cases.begin(record, ann, {}, [named]).entries[0]) for named in (breast, nerves)
    )
    for case in (first, second):
        reasons.set_aside(record, ann, "serious-diagnosis", "I know", cases.about_of(record, case))
    for case in (first, second):
        notes = {state.reason.reason: state.note for state in cases.reasons_of(record, case)}
        assert notes["serious-diagnosis"] == "I know"
    assert reading.get(record, ann).rows("reason_notes")[0]["note"] == "I know"


@pytest.fixture
def contradicting(record, ann, add):
    """Two doctors who say the opposite, and a case that asks a third about it."""
    day = {"recorded": "2026-08-04", "happened": "2026-08-04"}
    rao = add("Condition", title="Multiple sclerosis", made_by="Dr Rao", verification="differential", **day)
    add(
        "Condition", title="Multiple sclerosis", made_by="Dr Pike", verification="refuted", status="",
        quote="There is no evidence of it.", recorded="2026-10-02", happened="2026-10-02",
    )  # fmt: skip
    return cases.begin(record, ann, {"title": "Which letter?", "specialist": "Dr Kemp"}, [rao]).entries[0]


def test_letters_that_contradict_each_other_stand_side_by_side(record, ann, contradicting):
    columns = deciding.compared(record, contradicting)
    assert [column.by for column in columns] == ["Dr Rao", "Dr Pike", "Dr Kemp"]
    choice = packets.choice(record, person_name="Ann", case_id=contradicting, include=("differ",))
    text = pdf_line(packets.preview(record, choice, NoProgress())[0])
    differ = text.partition("Where the records differ")[2]
    assert "Dr Rao, 4 Aug 2026" in differ
    assert "“There is no evidence of it.”" in differ
    assert "Dr Pike, 2 Oct 2026" in differ


def test_what_was_decided_in_one_case_is_not_in_the_packet_of_another(record, ann, breast, nerves):
    first, second = (cases.begin(record, ann, {"title": "Mine"}, [named]).entries[0] for named in (breast, nerves))
    visits.write(record, first, {"decided": "Zebra surgery first", "happened": "2026-11-20", "status": "finished"})
    packet = {
        case: pdf_line(
            packets.preview(record, packets.choice(record, person_name="Ann", case_id=case), NoProgress())[0]
        )
        for case in (first, second)
    }
    assert "Zebra surgery" in packet[first]
    assert "Zebra surgery" not in packet[second]


def test_what_is_pending_is_not_broken_within_a_word(record, ann, add):
    add("ServiceRequest", title="CT-gesteuerte Lungenbiopsie", status="active", happened="2026-11-20")
    choice = packets.choice(record, person_name="Ann", include=("summary",))
    assert "Lungenbiopsie" in pdf_line(packets.preview(record, choice, NoProgress())[0])


def test_a_case_that_names_its_illness_in_words_is_about_that_one(record, ann, breast, nerves, add):
    hip = add("Condition", title="Osteoarthritis of the hip")
    for words, meant in (
        ({"title": "Hip replacement?"}, {hip}),
        ({"title": "What now?", "why": "Is it really multiple sclerosis?"}, {nerves}),
        ({"title": "Breast cancer or hip replacement first?"}, set()),
        ({"title": "What now?"}, set()),
    ):
        case = cases.begin(record, ann, words).entries[0]
        assert about(record, case) == meant, words
        cases.close(record, case)


def test_what_was_ruled_out_of_a_related_illness_is_nobody_s_opinion_on_this_one(record, ann, add):
    lupus = add("Condition", title="Lupus nephritis, class III", made_by="Dr Lind")
    add("Condition", title="IgA nephropathy", made_by="Dr Byrne", verification="refuted", status="")
    case = cases.begin(record, ann, {"specialist": "Dr Osei"}, [lupus]).entries[0]
    assert [column.by for column in deciding.compared(record, case)] == ["Dr Lind", "Dr Osei"]
