"""What turns a statement round in a CDA document, wherever it stands: denied, about somebody else, only intended."""

import pytest

from tests.organizer.importing.formats.small_ccda import document, section, written

TEMPLATE = "2.16.840.1.113883.10.20.22.4."
DENIED = ' negationInd="true"'
PROBLEM_LIST, RESULTS, PROCEDURES, MEDICINES = "11450-4", "30954-2", "47519-4", "10160-0"


def act(inside, more=""):
    return (
        f'<act classCode="ACT" moodCode="EVN"{more}><code code="CONC"/><statusCode code="active"/>'
        f'<entryRelationship typeCode="SUBJ">{inside}</entryRelationship></act>'
    )


def observed(name, value="", template="", mood="EVN", more="", code='<code code="55607006"/>', inside=""):
    own = f'<templateId root="{template}"/>' if template else ""
    value = value or f'<value xsi:type="CD" code="{name}" displayName="{name}"/>'
    return (
        f'<observation classCode="OBS" moodCode="{mood}"{more}>{own}<id root="1.2" extension="{name}"/>{code}'
        f'<statusCode code="completed"/>{value}{inside}</observation>'
    )


def problem(name, **parts):
    return observed(name, template=f"{TEMPLATE}4", **parts)


def result(name, value='<value xsi:type="PQ" value="5.5" unit="mmol/L"/>', **parts):
    code = f'<code code="2345-7" codeSystem="2.16.840.1.113883.6.1" displayName="{name}"/>'
    return observed(name, value, f"{TEMPLATE}2", code=code, **parts)


def panel(inside, more=""):
    return (
        f'<organizer classCode="BATTERY" moodCode="EVN"{more}><templateId root="{TEMPLATE}1"/>'
        f'<id root="1.3" extension="p"/><component>{inside}</component></organizer>'
    )


def done(tag, name, template, mood="EVN", state="completed", inside=""):
    return (
        f'<{tag} classCode="PROC" moodCode="{mood}"><templateId root="{TEMPLATE}{template}"/>'
        f'<id root="1.4" extension="{name}"/><code code="{name}" displayName="{name}"/>'
        f'<statusCode code="{state}"/><effectiveTime value="20240110"/>{inside}</{tag}>'
    )


def read_one(tmp_path, code, statement):
    """The kind, the entry and the reasons of what a section with one statement becomes."""
    reading = written(tmp_path, document(section(code, statement)))
    entries = [one.entry for one in reading.drafts if one.entry.kind not in ("DocumentReference", "DiagnosticReport")]
    return entries[0] if entries else None, [one.reason for one in reading.skipped]


@pytest.mark.parametrize(
    "statement", [problem("Gout", more=DENIED), act(problem("Gout"), DENIED), act(problem("Gout", more=DENIED))]
)
def test_a_diagnosis_is_ruled_out_by_itself_or_by_the_concern_around_it(tmp_path, statement):
    entry, _reasons = read_one(tmp_path, PROBLEM_LIST, statement)
    assert (entry.title, entry.text("verification"), entry.struck) == ("Gout", "refuted", True)


def test_a_panel_that_was_not_done_gives_no_value(tmp_path):
    entry, _reasons = read_one(tmp_path, RESULTS, panel(result("Glucose"), DENIED))
    assert (entry.value, entry.value_text) == (None, "not: 5.5 mmol/L")


@pytest.mark.parametrize("mood", ["INT", "RQO", "PRP", "ARQ", "PRMS"])
def test_what_is_intended_is_no_fact_whatever_its_template(tmp_path, mood):
    operation, _ = read_one(tmp_path, PROCEDURES, done("procedure", "Bypass", 14, mood, "active"))
    asked, _ = read_one(tmp_path, RESULTS, panel(result("Glucose", mood=mood)))
    given, _ = read_one(
        tmp_path,
        "11369-6",
        done("substanceAdministration", "x", 52, mood, inside=_product("consumable", "Tdap")),
    )
    assert [one.kind for one in (operation, asked, given)] == ["ServiceRequest"] * 3
    assert [one.title for one in (operation, asked, given)] == ["Bypass", "Glucose", "Tdap"]
    assert asked.value is None
    illness, reasons = read_one(tmp_path, PROBLEM_LIST, problem("Gout", mood=mood))
    assert illness is None
    assert len(reasons) == 1


def test_a_result_in_the_mood_of_a_goal_is_a_goal(tmp_path):
    entry, _reasons = read_one(tmp_path, RESULTS, panel(result("Glucose", mood="GOL")))
    assert (entry.kind, entry.value) == ("Goal", None)


def test_an_order_that_is_denied_is_named_and_no_order(tmp_path):
    for mood in ("RQO", "GOL"):
        entry, [reason] = read_one(tmp_path, "18776-5", observed("Colonoscopy", mood=mood, more=DENIED))
        assert entry is None
        assert "not to be done" in reason


SUBJECT = (
    '<subject><relatedSubject classCode="{kind}"><code code="{code}" displayName="Mother"/></relatedSubject></subject>'
)


def test_what_is_said_of_a_relative_is_not_the_persons(tmp_path):
    mothers = problem("Gout", inside=SUBJECT.format(kind="PRS", code="MTH"))
    entry, [reason] = read_one(tmp_path, PROBLEM_LIST, mothers)
    assert entry is None
    assert "Mother" in reason
    for kind, code in (("PAT", "MTH"), ("PRS", "SELF")):
        own, reasons = read_one(tmp_path, PROBLEM_LIST, problem("Gout", inside=SUBJECT.format(kind=kind, code=code)))
        assert (own.title, reasons) == ("Gout", [])


@pytest.mark.parametrize(
    ("kind", "shown"), [('BL" value="true', "yes"), ('INT" value="3', "3"), ('TS" value="2019', "2019")]
)
def test_a_question_in_a_problem_list_is_an_answer_and_no_diagnosis(tmp_path, kind, shown):
    asked = problem("x", value=f'<value xsi:type="{kind}"/>', code='<code code="q" displayName="Falls this year"/>')
    entry, _reasons = read_one(tmp_path, PROBLEM_LIST, asked)
    assert (entry.kind, entry.title, entry.value_text) == ("Observation", "Falls this year", shown)


def test_a_simple_observation_is_none_of_the_things_that_its_section_lists(tmp_path):
    simple = "1.3.6.1.4.1.19376.1.5.3.1.4.13"
    for code in (PROBLEM_LIST, "48765-2"):
        asked = observed("Absent", template=simple, code='<code code="q" displayName="Side effects in hospital"/>')
        entry, _reasons = read_one(tmp_path, code, asked)
        assert (entry.kind, entry.title, entry.value_text) == ("Observation", "Side effects in hospital", "Absent")


def test_a_diagnosis_is_known_by_its_code_in_any_section_without_a_template(tmp_path):
    code = '<code code="29308-4" codeSystem="2.16.840.1.113883.6.1" displayName="Diagnosi"/>'
    entry, _reasons = read_one(tmp_path, "18748-4", observed("Polmonite", code=code))
    assert (entry.kind, entry.title) == ("Condition", "Polmonite")


def _product(holder, name):
    return (
        f"<{holder}><manufacturedProduct><manufacturedMaterial>"
        f'<code code="1" codeSystem="2.16.840.1.113883.6.88" displayName="{name}"/>'
        f"</manufacturedMaterial></manufacturedProduct></{holder}>"
    )


@pytest.mark.parametrize(
    ("template", "mood", "word", "note"),
    [(18, "EVN", "dispense: completed", "Handed over: 30"), (17, "INT", "order: completed", "Prescribed: 30")],
)
def test_a_medicine_that_was_handed_over_is_no_device_and_not_said_to_be_taken(tmp_path, template, mood, word, note):
    supply = done("supply", "s", template, mood, inside=f'<quantity value="30"/>{_product("product", "Metformin")}')
    entry, _reasons = read_one(tmp_path, MEDICINES, supply)
    assert (entry.kind, entry.title, entry.status) == ("MedicationStatement", "Metformin", "unknown")
    assert (entry.text("source_status"), entry.text("note")) == (word, note)


VACCINE = "substanceAdministration"


@pytest.mark.parametrize(
    ("code", "tag", "template", "state", "status"),
    [
        ("46240-8", "encounter", 49, "nullified", "entered-in-error"),
        ("46240-8", "encounter", 49, "active", "in-progress"),
        ("11369-6", VACCINE, 52, "nullified", "entered-in-error"),
        ("11369-6", VACCINE, 52, "aborted", "not-done"),
        ("46264-8", "supply", 50, "nullified", "entered-in-error"),
    ],
)
def test_what_was_nullified_or_broken_off_is_never_told_as_done(tmp_path, code, tag, template, state, status):
    product = _product("consumable", "V") if tag == VACCINE else ""
    entry, _reasons = read_one(tmp_path, code, done(tag, "Told", template, state=state, inside=product))
    assert entry.status == status


def test_a_goal_that_was_nullified_is_none(tmp_path):
    goal = observed("Weight", template=f"{TEMPLATE}121", mood="GOL").replace("completed", "nullified")
    assert read_one(tmp_path, "61146-7", goal)[0].struck


def medicine(inside):
    return (
        f'<substanceAdministration classCode="SBADM" moodCode="EVN"><templateId root="{TEMPLATE}16"/>'
        f'<id root="1.5" extension="m"/>{inside}{_product("consumable", "Metformin")}</substanceAdministration>'
    )


def test_a_width_ends_a_span_and_events_of_the_day_keep_their_distance(tmp_path):
    span = '<effectiveTime xsi:type="IVL_TS"><low value="20240101"/><width value="{n}" unit="{unit}"/></effectiveTime>'
    for n, unit, end in ((10, "d", "2024-01-11"), (2, "wk", "2024-01-15"), (3, "mo", None)):
        entry, _reasons = read_one(tmp_path, MEDICINES, medicine(span.format(n=n, unit=unit)))
        assert (entry.ended and entry.ended.text) == end
    event = '<{tag} xsi:type="EIVL_TS"><event code="{code}"/>{inside}</{tag}>'
    early = event.format(tag="effectiveTime", code="ACM", inside='<offset><low value="-30" unit="min"/></offset>')
    twice = "".join(event.format(tag="comp", code=code, inside="") for code in ("PCM", "PCV"))
    both = f'<effectiveTime xsi:type="SXPR_TS">{twice}</effectiveTime>'
    told = [read_one(tmp_path, MEDICINES, medicine(timing))[0].text("frequency") for timing in (early, both)]
    assert told == ["30 minutes before breakfast", "after breakfast, after dinner"]


RANGE = (
    '<referenceRange><observationRange>{0}<value xsi:type="IVL_PQ"><low value="{1}"/><high value="{2}"/></value>'
    "</observationRange></referenceRange>"
)


def test_swapped_ends_judge_no_value_and_a_range_says_for_whom_it_is(tmp_path):
    swapped, _ = read_one(tmp_path, RESULTS, panel(result("Glucose", inside=RANGE.format("", 10, 4))))
    assert swapped.text("range_text") == "10–4"
    assert "range_low" not in swapped.data
    women = '<precondition><criterion><value xsi:type="CD" displayName="Female"/></criterion></precondition>'
    two = RANGE.format(women, 4, 6) + RANGE.format("", 3, 7)
    entry, _ = read_one(tmp_path, RESULTS, panel(result("Glucose", inside=two)))
    assert entry.text("range_text") == "Female: 4–6; 3–7"


def test_pluses_are_a_value_and_a_fraction_of_a_saturation_is_a_percent(tmp_path):
    entry, _ = read_one(tmp_path, RESULTS, panel(result("Protein", '<value xsi:type="CO" code="2" displayName="++"/>')))
    assert entry.value_text == "++"
    for value, shown in (("0.97", "97"), ("1", "100"), ("1.5", "1.5"), ("97", "97")):
        measured = result("SpO2", f'<value xsi:type="PQ" value="{value}" unit="%"/>').replace("2345-7", "59408-5")
        told, _ = read_one(tmp_path, "8716-3", measured)
        assert (told.value_text, told.unit, told.value) == (shown, "%", float(shown))


def allergy(inside, code="ASSERTION", value="419511003", name="Drug allergy"):
    return observed(
        "a", f'<value xsi:type="CD" code="{value}" codeSystem="2.16.840.1.113883.6.96" displayName="{name}"/>',
        f"{TEMPLATE}7", code=f'<code code="{code}" codeSystem="2.16.840.1.113883.5.4" displayName="Food allergy"/>',
        inside='<participant><participantRole><playingEntity><code code="1" displayName="Gluten"/></playingEntity>'
        f"</participantRole></participant>{inside}",
    )  # fmt: skip


def test_a_reaction_that_is_denied_is_none_and_a_code_may_tell_the_type(tmp_path):
    felt = "".join(
        f'<entryRelationship typeCode="MFST">{observed(name, more=more)}</entryRelationship>'
        for name, more in (("Hives", ""), ("Wheeze", DENIED))
    )
    entry, _ = read_one(tmp_path, "48765-2", allergy(felt))
    assert (entry.text("reaction"), entry.text("allergy_type")) == ("Hives", "Drug allergy")
    told, _ = read_one(tmp_path, "48765-2", allergy("", "FALG", "T78.3", "Urticaire"))
    assert (told.text("allergy_type"), told.text("note")) == ("Food allergy", "Urticaire")
    same, _ = read_one(tmp_path, "48765-2", allergy("", "FALG", "g", "Gluten"))
    assert (same.text("allergy_type"), same.text("note")) == ("Food allergy", "")


def test_illnesses_that_a_relative_does_not_have_are_said_so(tmp_path):
    illnesses = [observed("Diabetes"), observed("Breast cancer", more=DENIED)]
    inside = "".join(f"<component>{one}</component>" for one in illnesses)
    relative = (
        f'<organizer classCode="CLUSTER" moodCode="EVN"><templateId root="{TEMPLATE}45"/><id root="1.6" extension="f"/>'
        f"{SUBJECT.format(kind='PRS', code='MTH')}{inside}</organizer>"
    )
    entry, _ = read_one(tmp_path, "10157-6", relative)
    assert (entry.title, entry.text("note")) == ("Diabetes", "Said not to have: Breast cancer")


def test_a_document_within_its_own_style_sheet_keeps_its_title(tmp_path):
    inner = document(section(PROBLEM_LIST, problem("Gout"))).replace(
        "<component>", "<title>Compte rendu</title><component>", 1
    )
    whole = f'<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template/>{inner}</xsl:stylesheet>'
    reading = written(tmp_path, whole)
    assert {one.entry.title for one in reading.drafts} == {"Compte rendu", "Gout"}


@pytest.mark.parametrize(("qualifier", "verification"), [
    ('code="A" codeSystem="1.2.276.0.76.3.1.1.5.1.21"', "refuted"),
    ('code="V" codeSystem="2.16.840.1.113883.3.7.1.8"', "provisional"),
    ('code="x" codeSystem="9.9" displayName="ausgeschlossen"', "refuted"), ('code="A" codeSystem="9.9"', ""),
])  # fmt: skip
def test_the_letter_of_a_german_diagnosis_is_a_qualifier_of_its_value(tmp_path, qualifier, verification):
    letter = f'<qualifier><name code="8"/><value {qualifier}/></qualifier>'
    value = f'<value xsi:type="CD" code="M10" displayName="Gout">{letter}</value>'
    statement = problem("Gout", value=value)
    entry, _reasons = read_one(tmp_path, PROBLEM_LIST, statement)
    assert (entry.title, entry.text("verification")) == ("Gout", verification)
