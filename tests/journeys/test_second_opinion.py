"""The whole way to a second opinion in the real window, by keyboard; and for two people without a trace."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing
from organizer.services.entries import entries
from organizer.services.follow import plans
from organizer.services.opinion import letters, packets, sheets
from organizer.services.record import people
from tests.pdf_text import pdf_text
from ui.pages.documents.import_review.run import Review
from ui.pages.opinion.packet_saving import PacketSaving


def bring(hands, *files):
    """Import by the review: accepted with Enter."""
    hands.window.desk.ask_import(list(files))
    seen = hands.window.findChildren
    hands.qtbot.waitUntil(lambda: any(one.isVisible() for one in seen(Review)), timeout=30_000)
    hands.press("Add to the record")


def test_from_the_files_to_a_plan_that_is_watched(hands, checkout):
    files = ("northfield-ccd.xml", "st-annes-fhir-bundle.json")
    bring(hands, *(checkout / "resources/sample" / name for name in files))
    begin_a_case(hands)
    gather_and_write(hands)
    weigh(hands)
    ask(hands)
    take_the_packet(hands)
    visit(hands)
    compare(hands)
    decide(hands)


def begin_a_case(hands):
    """Reasons with their evidence, one of them set aside; then the case."""
    hands.keys(Qt.Key.Key_8)
    assert hands.page.id == "opinion"
    assert "Treatment not working as expected" in hands.words()
    assert "Urine protein/creatinine" in hands.words()
    hands.press("Is “Lupus nephritis, class III” serious or life-changing for you? Yes")
    hands.note = "Settled in March"
    hands.press("Set aside: Diagnosis unclear or changed")
    assert "Your note: Settled in March" in hands.words()
    hands.begin_case("Lupus nephritis, class III")
    hands.write("In short", "Second opinion on lupus nephritis")
    hands.write("Why I’m here, in one sentence", "What next for my kidneys?")
    hands.write("Specialist", "Dr Osei")
    hands.choose("Field", "Autoimmune and kidney")
    hands.write("Where", "Lakeshore Kidney Clinic")
    hands.write("Appointment", "3 Dec 2026")
    hands.rate("Worry before", 7)
    hands.go("Gather")
    (case,) = hands.found("OpinionCase")
    assert (case.title, case.text("why"), case.text("specialist")) == (
        "Second opinion on lupus nephritis", "What next for my kidneys?", "Dr Osei",
    )  # fmt: skip
    assert (case.happened.text, case.data["worry_before"]) == ("2026-12-03", 7)
    assert "treatment-not-working" in case.data["reasons"]


def gather_and_write(hands):
    """The checklist says with what it is answered; what is missing is asked for by letter."""
    assert "Kidney biopsy report (12 Mar 2026)" in hands.words()
    hands.press("I have it: Photo identity card")
    hands.press("Ask for what is missing…")
    dialog = hands.where()
    hands.choose("To whom", "St Anne’s Hospital")
    assert not any(box.isChecked() for box in dialog.findChildren(QCheckBox))  # the person chooses
    hands.press("Tick all, or none")
    assert "45 CFR 164.524" in dialog.text.toPlainText()
    hands.press("Save PDF, note as sent…")
    (sent,) = letters.sent(hands.record, hands.person)
    assert sent.text("with_whom") == "St Anne’s Hospital"
    assert sent.text("follow_up")
    assert "Elena Marsh" in pdf_text(hands.saved[-1].read_bytes())
    assert "Asked for" in hands.words()
    hands.go("Insurance")
    assert "Juniper Example Health Plan" in hands.words()


def weigh(hands):
    """Two options side by side, each with what it is worth to the person."""
    hands.go("Options")
    hands.write("Name of the option", "Add belimumab", enter=True)
    hands.write("Name of the option", "Wait and measure again", enter=True)
    assert [one.title for one in hands.found("TreatmentOption")] == ["Add belimumab", "Wait and measure again"]
    hands.write("Reasons for it", "I stay on what helped")
    hands.go("Questions")
    assert hands.found("TreatmentOption")[0].text("benefits") == "I stay on what helped"


def ask(hands):
    """Own questions, a suggested one, and one that matters most."""
    hands.write("A question", "Would a repeat biopsy be useful now?", enter=True)
    hands.press("Add: On which findings does this diagnosis rest?")
    hands.press("Mark as one of the three: Would a repeat biopsy be useful now?")
    first, second = hands.found("Question")
    assert first.data["starred"]
    assert second.text("for_whom") == "Dr Osei"


def take_the_packet(hands):
    """The preview is the file."""
    hands.go("Packet")
    hands.press("Save as PDF…")
    hands.qtbot.waitUntil(lambda: any(one.isVisible() for one in hands.window.findChildren(PacketSaving)))
    hands.press("Save…")
    assert "Would a repeat biopsy be useful now?" in pdf_text(hands.saved[-1].read_bytes())


def visit(hands):
    """Answers, what was decided, how it felt."""
    hands.go("Visit")
    hands.write("Answer: Would a repeat biopsy be useful now?", "Not yet, in spring perhaps.")
    hands.write("What was decided", "Repeat urine protein in February", enter=True)
    hands.press("Print or save…")
    assert "Not yet, in spring perhaps." in pdf_text(hands.saved[-1].read_bytes())
    hands.press("Note how it was")
    hands.rate("I had time to say what worried me", 9)
    hands.press("The visit is over")
    (to_do,) = (one for one in hands.found("Task") if one.title == "Repeat urine protein in February")
    assert to_do.targets("case")
    seen = next(one for one in hands.found("Encounter") if one.text("provider") == "Dr Osei")
    assert (seen.status, seen.data["had_time"]) == ("finished", 9)
    assert hands.found("Question")[0].text("answer") == "Not yet, in spring perhaps."


def compare(hands):
    """The second column beside the first, a mark, an outcome."""
    assert hands.page.step.id == "compare"
    hands.write("Recommended treatment: Dr Osei", "Add belimumab")
    hands.choose("Recommended treatment: compared with the first", "Refined")
    hands.choose("Outcome", "Refined")
    hands.go("After")
    (case,) = hands.found("OpinionCase")
    _first, second = case.data["opinions"]
    assert second["said"]["treatment"] == "Add belimumab"
    assert case.data["outcome"] == "refined"


def decide(hands):
    """The chosen option becomes a plan with a goal, and the overview watches it."""
    assert "Before, your worry was 7 of 10." in hands.words()
    hands.choose("The option", "Add belimumab")
    hands.write("Goal", "Urine protein below 0.5")
    hands.choose("What is measured", "Urine protein/creatinine")
    hands.write("At most", "0.5")
    hands.write("Review by", "1 June 2027")
    hands.rate("Worry after", 3)
    hands.press("Make it my plan")
    assert hands.page.id == "treatments"
    report = next(one for one in plans.check_plans(hands.record, hands.person) if one.plan.title == "Add belimumab")
    assert report.review_by == "2027-06-01"
    assert report.check.verdict in ("too-early", "not-enough-data")
    assert "Add belimumab" in hands.words()
    hands.show("overview")
    assert "Add belimumab" in hands.words()
    hands.keys(Qt.Key.Key_Z)
    titles = [one.plan.title for one in plans.check_plans(hands.record, hands.person)]
    assert "Add belimumab" not in titles
    assert hands.found("OpinionCase")[0].data["worry_after"] == 3


@pytest.fixture
def two_people(hands, checkout):
    """Elena with her hospital's file, and her father, for whom she cares, with a lymphoma of his own."""
    record = hands.record
    files = [checkout / "resources/sample/st-annes-fhir-bundle.json"]
    plan = importing.plan_import(record, files, hands.person, NoProgress())
    importing.accept_import(record, plan, NoProgress())
    fields = {"title": "Otto Zwilling", "kept_by": "caregiver", "keeper": "Elena Marsh", "relation": "daughter"}
    otto = entries.add(record, "Patient", "", fields | {"birth_date": "1938-07-01"}).entries[0]
    for kind, title in (
        ("Condition", "Zebra lymphoma"), ("Practitioner", "Dr Zander"), ("Coverage", "Zenith Health"),
        ("TreatmentOption", "Zap therapy"), ("TreatmentOption", "Zero therapy"), ("Question", "Zealous question?"),
    ):  # fmt: skip
        day = hands.window.desk.context.as_of.isoformat()
        more = {"status": "active", "happened": day} if kind == "Condition" else {}
        more |= {"phone": "555"} if kind == "Practitioner" else {}
        entries.add(record, kind, otto, {"title": title} | more)
    return otto


STEPS = (
    "Reasons", "Case", "Gather", "Insurance", "Options", "Questions", "Visit", "Compare", "After",
)  # fmt: skip
HIS = ("Zebra", "Zander", "Zenith", "Zap therapy", "Zero therapy", "Zealous")
HERS = ("upus", "Lindqvist", "Juniper", "ycophenolate", "Northfield", "nephritis")


def walk(hands, illness):
    """What every step says once a case is begun; the packet is read on paper."""
    hands.show("opinion")
    hands.go("Reasons")
    hands.begin_case(illness)
    said = []
    for step in STEPS:
        hands.go(step)
        said.append(hands.words())
    hands.show("overview")
    return "\n".join([*said, hands.words()])


def test_a_caregiver_goes_the_way_for_two_people_and_neither_leaves_a_trace(hands, two_people):
    elena, otto = hands.person, two_people
    hers = walk(hands, "Lupus nephritis, class III")
    assert [word for word in HIS if word in hers] == []
    assert all(word in hers for word in ("upus", "Lindqvist"))
    hands.window.desk.choose_person(otto)
    hands.wait()
    his = walk(hands, "Zebra lymphoma")
    assert [word for word in HERS if word in his] == []
    assert all(word in his for word in HIS)
    for whose, own, foreign in ((elena, HERS, HIS), (otto, HIS, HERS)):
        papers = on_paper(hands.record, whose)
        assert [word for word in foreign if word in papers] == []
        assert any(word in papers for word in own)
    assert "Elena Marsh, for Otto Zwilling (daughter)" in on_paper(hands.record, otto)


def on_paper(record, person):
    """The words of every paper of one person."""
    case = next(one for one in entries.find(record, entries.Query(kinds=("OpinionCase",), person=person)))
    whom = letters.recipients(record, person)[0].title
    written = letters.draft(record, person, letters.LetterWish("records-request", whom))
    packet, _result = packets.preview(record, packets.choice(record, person_name=person), NoProgress())
    drawn = [
        letters.pdf(written),
        sheets.options(record, person).pdf,
        sheets.insurance_sheet(record, person).pdf,
        sheets.emergency(record, person).pdf,
        sheets.visit(record, case.id).pdf,
        sheets.comparison(record, case.id).pdf,
        packet,
    ]
    return "\n".join(pdf_text(data) for data in drawn)


def test_the_people_page_says_who_cares_for_whom(hands, two_people):
    hands.show("people")
    assert "Cared for by Elena Marsh (daughter)" in hands.words()
    hands.press("Save the emergency card of Otto Zwilling")
    text = pdf_text(hands.saved[-1].read_bytes())
    assert "Zebra lymphoma" in text
    assert "Lupus" not in text
    assert people.people(hands.record)[1].title == "Otto Zwilling"
