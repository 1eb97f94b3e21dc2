"""Two stories from the first entry to the decision on the command line, their papers read as PDF.

A daughter with authority for her father's Parkinson's and two hospitals; a woman in the European Union with a nodule.
"""

import shutil

import pypdfium2
import pytest

AKRON = "address=9 Oak Lane\nAkron, OH 44301"
WALTER = (
    "title=Walter Ortiz", "birth_date=1943-03-09", "sex=male", "kept_by=caregiver", "keeper=Lena Ortiz",
    "relation=daughter", "keeper_part=carer", "keeper_phone=555-0777", AKRON,
)  # fmt: skip
EVA = ("title=Eva Lindner", "birth_date=1984-07-02", "address=Marktplatz 3\n97070 Würzburg\nDeutschland")


@pytest.fixture
def said(run, blank_record, tmp_path):
    """Runs a command on a fresh record, and says what it said; a refusal fails the test unless it is asked for."""
    folder = shutil.copytree(blank_record("Inés Prieto"), tmp_path / "Way.casebook")

    def _said(command, *words, refused=False):
        told = run(command, folder, *words)
        assert (told.code != 0) is refused, told.said
        return told.said if refused else (told.json or told.out)

    _said.paper = lambda *words: _paper(_said, tmp_path / "paper.pdf", words)
    return _said


def _paper(said, out, words):
    """A letter or sheet as text, its blanks folded."""
    said(words[0], *words[1:], "--out", out)
    with pypdfium2.PdfDocument(out) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join("\n".join(pages).split())


def add(said, kind, *fields, person):
    said("add", kind, *fields, "--person", person)


def test_a_daughter_writes_for_her_father_from_the_first_entry_to_the_decision(said):
    said("add", "Patient", *WALTER)
    who = ("--person", "Walter")
    add(
        said,
        "Condition",
        "title=Parkinson’s disease",
        "happened=2019-05",
        "status=active",
        "made_by=Dr Amy Stone",
        person="Walter",
    )
    add(said, "Practitioner", "title=Dr Amy Stone", "address=1 Main Street\nAkron, OH 44307", person="Walter")
    add(
        said,
        "Practitioner",
        "title=Dr Paul Reed",
        "address=10 Lake Road\nCleveland, OH 44106",
        "fax=555-0999",
        person="Walter",
    )
    fields = ("title=Brain stimulation", "why=Is it the right step for him?", "specialist=Dr Paul Reed")
    begun = said("case", "--begin", *fields, "happened=15 Dec 2026 10:30", "decide_by=2026-12-20", *who, "--json")
    (first,) = (case["id"] for case in begun["cases"])
    assert begun["cases"][0]["appointment"] == "2026-12-15T10:30:00"

    # The second hospital is a case of its own, and neither is guessed.
    said("case", "--again", "specialist=Dr Ann Field", *who)
    assert "Several cases could be meant" in said("gather", *who, refused=True)
    case = (*who, "--case", first)

    rows = {row["row"]: row["state"] for row in said("gather", *case, "--json")["rows"]}
    assert (rows["medicine-times"], rows["dopamine-scan"], rows["writer-id"]) == ("missing", "perhaps", "missing")
    assert not {"csf", "slides", "mammogram", "psa"} & set(rows)

    letter = said.paper("letter", "transfer-request", "--to", "Dr Amy Stone", "--ask", "notes", "--sent", *case)
    assert "45 CFR 164.524(c)(3)(ii)" in letter
    assert "Dr Paul Reed 10 Lake Road Cleveland, OH 44106 Fax: 555-0999" in letter
    assert "Lena Ortiz, for Walter Ortiz (daughter, representative)" in letter
    assert "asked" in said("gather", *case)
    said("gather", "--came", "notes", *case)
    assert "was not asked for" in said("gather", "--came", "labs", *case, refused=True)
    assert "The last two notes" in said.paper("sheet", "asked", *case)

    said("option", "Brain stimulation", "benefits=Better hours", "--chance", "Bleeding|2|100|30 days||Dr Stone",
         "--weigh", "Better hours=5", *case)  # fmt: skip
    said("option", "Change the medicines", "benefits=No operation", *case)
    said("case", "leaning=Medicines first", "sureness=6", *case)
    sheet = said.paper("sheet", "options", *case)
    assert "The options for Walter Ortiz, side by side In the words of Lena Ortiz." in sheet
    assert "Better hours (matters 5 of 5)" in sheet
    assert "Bleeding: 2 of 100, in 30 days (source not said; told by Dr Stone)" in sheet
    assert "Which way we lean Medicines first" in sheet

    said("question", "What if it fails?", "--star", *case)
    said("question", "What if it fails?", "--answer", "It can be taken out.", *case)
    said("visit", "had_time=8", "--decided", "Test of swallowing", "--over", *case)
    visit = said.paper("sheet", "visit", *case)
    assert "15 Dec 2026, 10:30" in visit
    assert "It can be taken out." in visit
    assert "Test of swallowing" in visit
    said(
        "opinion",
        "second",
        "treatment=Change the medicines",
        "--by",
        "Dr Paul Reed",
        "--mark",
        "treatment=different",
        *case,
    )
    assert "as we understood it" in said.paper("sheet", "comparison", *case)
    said("decide", "Change the medicines", "--goal", "Better hours", "--review-by", "1 Mar 2027", *case)
    options = said("list", "TreatmentOption", *who, "--json")["entries"]
    assert {one["title"]: one["status"] for one in options} == {
        "Brain stimulation": "declined", "Change the medicines": "chosen",
    }  # fmt: skip
    said("case", "--close", *case)
    assert "Dr Ann Field" in said("case", *who)


def test_a_nodule_in_the_union_is_asked_about_by_its_law_and_only_its_own_slides(said):
    said("add", "Patient", *EVA)
    who = ("--person", "Eva")
    add(said, "Condition", "title=Thyroid nodule, left lobe", "happened=2026-10-05", "status=active", person="Eva")
    needle = (
        "title=Fine needle aspiration, thyroid",
        "category=pathology",
        "case_number=E26-77",
        "happened=2026-10-20",
    )
    add(said, "DiagnosticReport", *needle, person="Eva")
    add(
        said, "DiagnosticReport", "title=Skin biopsy, left arm", "category=pathology", "case_number=H22-1", person="Eva"
    )
    add(said, "Practitioner", "title=Prof. Ricci", "address=Via Roma 2\n20121 Milano\nItalia", person="Eva")
    said("case", "--begin", "why=Operate?", "specialist=Prof. Ricci", "--about", "Thyroid nodule, left lobe", *who)

    rows = {row["row"]: row["state"] for row in said("gather", *who, "--json")["rows"]}
    assert (rows["cytology"], rows["neck-ultrasound"], rows["passport"]) == ("found", "missing", "missing")
    slides = said.paper("letter", "slides-request", "--to", "Pathologie Würzburg", *who)
    assert "Fine needle aspiration, thyroid, case E26-77" in slides
    assert "Skin biopsy" not in slides
    assert "Skin biopsy" in said.paper("letter", "slides-request", "--to", "P", "--specimen", "H22-1", *who)
    form = said.paper("letter", "authorization", "--to", "Praxis am Main", *who)
    assert "Consent to send health information" in form
    assert "GDPR Articles 6(1)(a) and 9(2)(a)" in form
    assert "CFR" not in form

    said("opinion", "second", "diagnosis=Benign nodule", "--by", "Prof. Ricci", *who)
    assert "has no “colour”" in said("opinion", "second", "colour=red", *who, refused=True)
    said("revise", "Thyroid nodule, left lobe", "title=Benign thyroid nodule", *who)
    views = {one["title"]: one for one in said("list", "Condition", *who, "--json")["entries"]}
    assert not views["Benign thyroid nodule"].get("verification")
    said("option", "Watch", *who)
    assert "isn’t a whole number" in said("option", "Watch", "--chance", "Growth|300|100", *who, refused=True)
    said("decide", "Watch", "--goal", "No growth", "--review-by", "1 Jun 2027", *who)
    said("case", "--close", *who)
    assert "No case is open" in said("gather", *who, refused=True)


def test_which_of_several_unlike_illnesses_is_meant_is_asked_and_can_be_changed(said):
    who = ("--person", "Inés")
    for title in ("Breast cancer", "Multiple sclerosis"):
        add(said, "Condition", f"title={title}", "status=active", "happened=2026-10", person="Inés")
    said("case", "--begin", "title=What now?", *who)
    (case,) = said("case", *who, "--json")["cases"]
    assert case["about"] == []
    assert set(case["may_be_about"]) == {"Breast cancer", "Multiple sclerosis"}
    (case,) = said("case", "--about", "Breast cancer", *who, "--json")["cases"]
    assert (case["about"], case["may_be_about"]) == (["Breast cancer"], [])
    (case,) = said("case", "--about", "Multiple sclerosis", "--not-about", "Breast cancer", *who, "--json")["cases"]
    assert case["about"] == ["Multiple sclerosis"]
