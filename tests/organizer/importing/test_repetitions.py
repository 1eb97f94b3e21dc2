"""A default in the code doesn't outvote the words of a prescription: a weekly medicine is no daily one."""

import pytest

from organizer.importing.core.repetitions import contradicts, rates_in
from organizer.importing.formats.fhir.dosage import _differ
from tests.organizer.importing.formats.small_ccda import document, section, written
from tests.organizer.importing.formats.test_fhir_details import only


@pytest.mark.parametrize(
    ("words", "rates"),
    [
        ("Take 1 tablet every week by oral route.", [1 / 7]), ("INHALE 3 ML 3 TIMES A DAY", [3]), ("twice daily", [2]),
        ("daily", [1]), ("take three times a day with food", [3]), ("every 12 hours for 3 days", [2]),
        ("every other day", [0.5]), ("1 Tablette 3x täglich", [3]), ("una vez a la semana", [1 / 7]),
        ("alle 8 Stunden", [3]), ("once a month", [1 / 30]), ("once daily, then twice daily", [1, 2]),
        ("2 times a week", [2 / 7]), ("with food", []), ("every 0 hours", []), ("a bidet", []), ("", []),
    ],
)  # fmt: skip
def test_words_say_how_often(words, rates):
    assert rates_in(words) == pytest.approx(rates)


@pytest.mark.parametrize(
    ("words", "a_day", "differs"),
    [("every week", 1, True), ("every week", 1 / 7, False), ("once daily, then twice daily", 2, False),
     ("with food", 3, False), ("3 times a day", 3.028, False), ("3 times a day", 3.032, True),
     ("50 times daily", 49.5, False),
     # A month has 30 days.
     ("once a month", 1 / 30.2, False), ("once a month", 1 / 30, False), ("once a month", 1 / 31, True),
     ("once a month", 1 / 29, True)],
)  # fmt: skip
def test_words_that_say_another_rhythm_contradict(words, a_day, differs):
    assert contradicts(words, a_day) is differs


MEDICINE = """<substanceAdministration classCode="SBADM" moodCode="EVN">
<templateId root="2.16.840.1.113883.10.20.22.4.16"/><id root="1" extension="m"/><text>{words}</text>
<statusCode code="active"/><effectiveTime xsi:type="PIVL_TS" institutionSpecified="true"><period {period}/>
</effectiveTime>
<consumable><manufacturedProduct><manufacturedMaterial><code code="1" codeSystem="2.16.840.1.113883.6.88"
displayName="alendronic acid"/></manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration>"""


@pytest.mark.parametrize(
    ("words", "period", "frequency", "note"),
    [
        ("Take 1 tablet every week", 'value="1" unit="d"', "Take 1 tablet every week", ""),
        ("Take 1 tablet every week", 'value="1" unit="wk"', "every week", "Take 1 tablet every week"),
        ("Take with food", 'value="1" unit="d"', "1 × a day", "Take with food"),
        ("Take with food", 'value="2982616" unit="m"', "Take with food", ""),
    ],
)
def test_the_words_stand_where_the_code_says_another_rhythm_or_none(tmp_path, words, period, frequency, note):
    reading = written(tmp_path, document(section("10160-0", MEDICINE.format(words=words, period=period))))
    [entry] = [draft.entry for draft in reading.drafts if draft.entry.kind == "MedicationStatement"]
    assert (entry.text("frequency"), entry.text("note")) == (frequency, note)


@pytest.mark.parametrize(("unit", "frequency"), [("d", "Take 1 tablet every week"), ("wk", "1 × a week")])
def test_the_same_holds_in_fhir(unit, frequency):
    timing = {"repeat": {"frequency": 1, "period": 1, "periodUnit": unit}}
    dose = [{"doseQuantity": {"value": 70, "unit": "mg"}}]
    line = {"text": "Take 1 tablet every week", "timing": timing, "doseAndRate": dose}
    told = {"resourceType": "MedicationRequest", "status": "active", "medicationCodeableConcept": {"text": "X"}}
    assert only({**told, "dosageInstruction": [line]}).text("frequency") == frequency


def test_a_number_that_is_said_in_words_beside_it_is_one_number():
    assert not contradicts("Take 1 tablet (40 mg total) by mouth 2 (two) times daily", 2)
    assert contradicts("Take 1 tablet by mouth 3 (three) times daily", 2)
    assert rates_in("Take 1 (one) tablet 2 (two) times daily") == [2]


RHYTHMS = {"h": "every 1 hours", "d": "daily", "wk": "weekly", "mo": "monthly"}


@pytest.mark.parametrize("unit", RHYTHMS)
def test_each_unit_of_a_coded_rhythm_is_as_long_as_the_words_say(unit):
    timing = {"repeat": {"frequency": 1, "period": 1, "periodUnit": unit}}
    assert [words for words in RHYTHMS.values() if not _differ(words, {"timing": timing})] == [RHYTHMS[unit]]
