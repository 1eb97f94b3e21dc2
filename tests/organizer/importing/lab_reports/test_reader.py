"""Single rows as laboratories print them, set as words on a page; whole layouts are counted by the benchmark."""

import pytest

from organizer.importing.lab_reports.model import Proposal
from organizer.importing.lab_reports.reader import read_report
from organizer.importing.page_text.words_on_page import PageWords, Word

STEP, TALL, LETTER = 16.0, 12.0, 5.0
HEAD = [(40, "Test"), (200, "Result"), (260, "Flag"), (310, "Units"), (390, "Reference Range")]
DATED = [(40, "Date collected: 21/03/2024")]


def page(lines, number=1, confidence=None):
    """Each line is a list of (x, text); words within a text stand a blank apart."""
    words = []
    for row, line in enumerate(lines):
        for x, text in line:
            at, y = float(x), 60 + row * STEP
            for word in text.split():
                wide = LETTER * len(word)
                words.append(Word(word, at, y, at + wide, y + TALL, confidence))
                at += wide + 3
    return PageWords(number, 600, 800, words)


def read(*lines, **options) -> list[Proposal]:
    return read_report([page(lines, **options)]).proposals


def one(*cells) -> Proposal:
    found = read(DATED, HEAD, list(cells))
    assert len(found) == 1, found
    return found[0]


def test_a_row_is_read_whole() -> None:
    row = one((40, "Potassium"), (200, "5.9"), (260, "H"), (310, "mmol/L"), (390, "3.5 - 5.3"))
    assert (row.name, row.value, row.unit, row.low, row.high, row.flag) == ("Potassium", "5.9", "mmol/L", 3.5, 5.3, "H")
    assert row.date is not None
    assert row.date.text == "2024-03-21"
    assert row.loinc == "2823-3"
    assert row.certain
    assert (row.place.page, row.place.x0) == (1, 40)
    assert row.place.locator(600, 800).startswith("page=1&box=0.0667,0.1150,")


@pytest.mark.parametrize(
    ("printed", "value", "comparator"),
    [
        ("<0.1", "0.1", "<"), ("< 0.1", "0.1", "<"), (">90", "90", ">"), ("1,250", "1250", ""), ("Negative", "Negative", ""),
        ("1:40", "1:40", ""), ("3+", "3+", ""), ("Trace", "Trace", ""), ("0.10", "0.10", ""),
    ],
)  # fmt: skip
def test_values_keep_what_is_printed(printed: str, value: str, comparator: str) -> None:
    known = read(
        DATED,
        HEAD,
        [(40, "Ferritin"), (200, "5.5"), (310, "ng/mL"), (390, "3.0 - 9.0")],
        [(40, "Anti-X"), (200, printed), (310, "mg/L"), (390, "1.0 - 2.0")],
    )
    assert [(row.value, row.comparator) for row in known[1:]] == [(value, comparator)]


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("3,5 – 5,1", 3.5, 5.1), ("(3,5 - 5,1)", 3.5, 5.1), ("< 5,0", None, 5.0), ("bis 5,0", None, 5.0), ("> 60", 60, None),
        ("M: 3,5 - 5,1 F: 3,1 - 4,9", None, None), ("0,45 à 4,50", 0.45, 4.5),
    ],
)  # fmt: skip
def test_ranges_with_decimal_commas(printed: str, low: float | None, high: float | None) -> None:
    head = [(40, "Untersuchung"), (200, "Ergebnis"), (310, "Einheit"), (390, "Referenzbereich")]
    found = read(
        [(40, "Entnahmedatum: 21.03.2024")], head, [(40, "Kalium"), (200, "4,2"), (310, "mmol/l"), (390, printed)]
    )
    assert [(row.value, row.low, row.high) for row in found] == [("4.2", low, high)]
    assert found[0].range_text == printed


def test_a_letter_head_and_a_foot_are_no_results() -> None:
    found = read(
        [(40, "Patient: Ann Example"), (300, "DOB: 04/05/1961")],
        [(40, "Phone"), (200, "555-0133"), (300, "Age"), (360, "63 years")],
        [(40, "Order no."), (200, "20240321")],
        DATED,
        HEAD,
        [(40, "Sodium"), (200, "140"), (310, "mmol/L"), (390, "134 - 146")],
        [(40, "LDL target for patients at high risk is below 70 mg/dL.")],
        [(40, "Page 1 of 3"), (390, "0800 555 0133")],
    )
    assert [row.name for row in found] == ["Sodium"]


def test_columns_may_stand_in_another_order_and_several_days_side_by_side() -> None:
    head = [(40, "Parameter"), (180, "Einheit"), (240, "Referenz"), (340, "21.03.2024"), (430, "02.11.2023")]
    found = read(
        head,
        [(40, "Natrium"), (180, "mmol/l"), (240, "135 - 145"), (340, "140"), (430, "138")],
        [(40, "Kalium"), (180, "mmol/l"), (240, "3,5 - 5,1"), (430, "4,4")],
    )
    assert [(row.name, row.value, str(row.date)) for row in found] == [
        ("Natrium", "140", "2024-03-21"), ("Natrium", "138", "2023-11-02"), ("Kalium", "4.4", "2023-11-02"),
    ]  # fmt: skip


def test_two_tables_side_by_side() -> None:
    head = [
        (x, text)
        for left in (20, 320)
        for x, text in ((left, "Test"), (left + 120, "Result"), (left + 170, "Units"), (left + 220, "Range"))
    ]
    found = read(
        DATED, head,
        [(20, "Sodium"), (140, "140"), (190, "mmol/L"), (240, "134-146"), (320, "Ferritin"), (440, "88"), (490, "ng/mL"), (540, "30-400")],
    )  # fmt: skip
    assert [(row.name, row.value, row.unit) for row in found] == [
        ("Sodium", "140", "mmol/L"),
        ("Ferritin", "88", "ng/mL"),
    ]


def test_a_name_that_goes_on_in_the_next_line_and_a_range_too() -> None:
    found = read(
        DATED, HEAD,
        [(40, "Estimated glomerular"), (200, "72"), (310, "mL/min/1.73m2"), (390, ">60")], [(40, "filtration rate")],
        [(40, "Ferritin"), (200, "88"), (310, "ng/mL"), (390, "M: 30 - 400")], [(390, "F: 15 - 150")],
    )  # fmt: skip
    assert [row.name for row in found] == ["Estimated glomerular filtration rate", "Ferritin"]
    assert found[1].range_text == "M: 30 - 400 F: 15 - 150"
    assert (found[1].low, found[1].high) == (None, None)


def test_a_heading_says_the_specimen_and_the_code_follows_it() -> None:
    found = read(
        DATED,
        HEAD,
        [(40, "URINALYSIS")],
        [(40, "Glucose"), (200, "Negative"), (390, "Negative")],
        [(40, "CHEMISTRY")],
        [(40, "Glucose"), (200, "90"), (310, "mg/dL"), (390, "70 - 99")],
    )
    assert [(row.specimen, row.loinc) for row in found] == [("urine", "25428-4"), ("", "2345-7")]


def test_without_a_head_names_that_are_known_are_read() -> None:
    found = read(
        [(40, "Prélevé le 21/03/2024")],
        [(40, "Glucose"), (90, "................"), (260, "0,95"), (300, "g/L"), (380, "(0,70 - 1,10)")],
        [(40, "Sexe"), (260, "F")],
    )
    assert [(row.name, row.value, row.low) for row in found] == [("Glucose", "0.95", 0.7)]


def doubts_of(*cells, confidence=None, head=HEAD, dated=DATED) -> str:
    return " ".join(read(dated, head, list(cells), confidence=confidence)[0].doubts)


def test_what_is_in_doubt_says_why() -> None:
    sodium = ((40, "Sodium"), (310, "mmol/L"), (390, "134 - 146"))
    assert not doubts_of(*sodium, (200, "140"))
    assert "date for the sample" in doubts_of(*sodium, (200, "140"), dated=[(40, "Report")])
    assert "day of the sample" in doubts_of(*sodium, (200, "140"), dated=[(40, "Printed: 21/03/2024")])
    assert "other way round" in doubts_of(*sodium, (200, "140"), dated=[(40, "Date collected: 03/04/2024")])
    assert "flag says low" in doubts_of(*sodium, (200, "150"), (260, "L"))
    assert "name" in doubts_of((40, "Zyzzogen"), (200, "Negative"))
    assert "unit is unusual" in doubts_of((40, "Sodium"), (200, "140"), (310, "mg/dL"), (390, "134 - 146"))
    assert "hard to read" in doubts_of(*sodium, (200, "140"), confidence=40.0)
    assert "decimals" in doubts_of((40, "Potassium"), (200, "42"), (310, "mmol/L"), (390, "3.5 - 5.1"), confidence=96.0)


def test_a_raised_footnote_mark_is_not_part_of_the_number() -> None:
    lines = page([DATED, HEAD, [(40, "Potassium"), (200, "4.1"), (310, "mmol/L"), (390, "3.5 - 5.1")]])
    mark = Word("1", 215.5, 88, 218, 94)
    found = read_report([PageWords(1, 600, 800, [*lines.words, mark])]).proposals
    assert [row.value for row in found] == ["4.1"]


def test_earlier_results_without_a_date_are_left_out_and_said() -> None:
    head = [(40, "Test"), (200, "Result"), (260, "Previous result"), (380, "Units"), (450, "Range")]
    reading = read_report(
        [page([DATED, head, [(40, "Sodium"), (200, "140"), (270, "138"), (380, "mmol/L"), (450, "134-146")]])]
    )
    assert [row.value for row in reading.proposals] == ["140"]
    assert len(reading.left_out) == 1


def test_a_page_without_words_gives_nothing() -> None:
    assert (
        read_report(
            [PageWords(1, 600, 800, []), page([[(40, "Dear Dr. Example, thank you for your letter.")]], 2)]
        ).proposals
        == []
    )


NORTH_AMERICAN = [
    (40, "Test"), (150, "Current Result and Flag"), (300, "Previous Result and Date"), (430, "Units"), (490, "Reference Interval"),
]  # fmt: skip


@pytest.mark.parametrize("code", [[], [(100, "01")]])
def test_current_and_previous_results_of_one_row_are_two_and_a_laboratorys_code_is_none(code) -> None:
    reading = read_report([page([
        DATED, NORTH_AMERICAN,
        [(40, "WBC"), *code, (150, "11.2"), (220, "High"), (300, "8.6"), (350, "11/23/2023"), (430, "x10E3/uL"), (490, "3.4-10.8")],
        [(40, "RBC"), *code, (150, "4.85"), (300, "4.66"), (350, "11/23/2023"), (430, "x10E6/uL"), (490, "3.77-5.28")],
        [(40, "Ferritin"), *code, (150, "9"), (220, "Low"), (430, "ng/mL"), (490, "15-150")],
    ])])  # fmt: skip
    found = [(row.name, row.value, row.flag, str(row.date)) for row in reading.proposals]
    assert found == [
        ("WBC", "11.2", "High", "2024-03-21"), ("WBC", "8.6", "", "2023-11-23"),
        ("RBC", "4.85", "", "2024-03-21"), ("RBC", "4.66", "", "2023-11-23"), ("Ferritin", "9", "Low", "2024-03-21"),
    ]  # fmt: skip
    assert all(row.certain for row in reading.proposals)
    assert [(row.low, row.high) for row in reading.proposals[::2]] == [(3.4, 10.8), (3.77, 5.28), (15, 150)]
    assert reading.left_out == []


def test_each_of_several_collections_in_one_print_has_its_own_day() -> None:
    found = read(
        [(40, "Full blood count"), (300, "Collected 11-Feb-2025 09:40")],
        [(40, "Haemoglobin"), (200, "118"), (260, "g/L"), (330, "(130 - 170)")],
        [(40, "Renal profile"), (300, "Collected 28-Jan-2025 10:05")],
        [(40, "Sodium"), (200, "138"), (260, "mmol/L"), (330, "(133 - 146)")],
    )
    assert [(row.name, str(row.date)[:10], row.certain) for row in found] == [
        ("Haemoglobin", "2025-02-11", True), ("Sodium", "2025-01-28", True),
    ]  # fmt: skip


def test_two_days_over_the_same_rows_stay_in_doubt() -> None:
    found = read(
        [(40, "Collected 11-Feb-2025")], [(40, "Collected 28-Jan-2025")],
        [(40, "Sodium"), (200, "138"), (260, "mmol/L"), (330, "(133 - 146)")],
    )  # fmt: skip
    assert not found[0].certain


def test_an_open_day_names_both_that_it_can_mean() -> None:
    sodium = [(40, "Sodium"), (200, "138"), (310, "mmol/L"), (390, "133 - 146")]
    (row,) = read([(40, "Collected: 11/10/2024")], HEAD, sodium)
    assert [day.text for day in row.open_days] == ["2024-10-11", "2024-11-10"]
    assert row.date_doubt in row.doubts


@pytest.mark.parametrize("printed", ["09/04/202", "12.03.20251", "31.12.2999"])
def test_a_day_that_lost_or_gained_a_digit_is_never_certain(printed: str) -> None:
    sodium = [(40, "Sodium"), (200, "138"), (310, "mmol/L"), (390, "133 - 146")]
    (row,) = read([(40, f"Collected: {printed}")], [(40, "Reported: 10/04/2025")], HEAD, sodium)
    assert not row.certain
    assert str(row.date)[:4] != "2020"


def test_items_of_a_list_are_read_without_a_table() -> None:
    found = read(
        DATED,
        [(40, "Hemoglobin: 13.2 g/dL (Ref: 12.0-16.0)")],
        [(40, "WBC Count: 7200 /uL (Ref: 4,000-11,000)")],
        [(40, "Zyzzogen X: 4.2 ng/mL (Ref: 1.0-5.0)")],
    )
    assert [(row.name, row.value, row.unit, row.low, row.high) for row in found] == [
        ("Hemoglobin", "13.2", "g/dL", 12, 16), ("WBC Count", "7200", "/uL", 4000, 11000), ("Zyzzogen X", "4.2", "ng/mL", 1, 5),
    ]  # fmt: skip
    assert found[0].range_text == "12.0-16.0"


def test_cards_of_a_portal_are_read() -> None:
    found = read(
        DATED,
        [(40, "Sodium")], [(40, "Normal range: 135 - 145 mmol/L")], [(40, "140")],
        [(40, "Potassium")], [(40, "Normal range: 3.5 - 5.1 mmol/L")], [(40, "Value")], [(40, "5.9"), (100, "High")],
    )  # fmt: skip
    assert [(row.name, row.value, row.unit, row.low, row.high, row.flag) for row in found] == [
        ("Sodium", "140", "mmol/L", 135, 145, ""), ("Potassium", "5.9", "mmol/L", 3.5, 5.1, "High"),
    ]  # fmt: skip


def test_what_looks_like_a_result_and_is_not_read_is_named() -> None:
    reading = read_report([page([
        DATED, HEAD,
        [(40, "Sodium"), (200, "138"), (310, "mmol/L"), (390, "133 - 146")],
        [(40, "Potassium"), (400, "4.4")],
    ])])  # fmt: skip
    assert [row.name for row in reading.proposals] == ["Sodium"]
    assert len(reading.left_out) == 1
    assert "“Potassium 4.4”" in reading.left_out[0]


def test_a_flag_beside_words_is_no_part_of_them() -> None:
    row = one((40, "Nitrite"), (200, "POSITIVE A"), (390, "NEGATIVE"))
    assert (row.value, row.flag) == ("POSITIVE", "A")


def test_what_a_range_says_of_its_calculation_is_no_range() -> None:
    row = one((40, "LDL Cholesterol"), (200, "143"), (260, "H"), (310, "mg/dL"), (390, "(calc)"))
    assert (row.low, row.high, row.range_text) == (None, None, "")


PREVIOUS = [(40, "Analyse"), (200, "Résultat"), (270, "Antériorités"), (350, "Unités"), (420, "Valeurs de référence")]


def test_a_column_of_earlier_results_has_its_day_in_the_line_below_the_head() -> None:
    rows = read(
        [(40, "Prélevé le 03/06/2025")],
        PREVIOUS,
        [(270, "12/11/2024")],
        [(40, "Hémoglobine"), (200, "11,4"), (270, "12,8"), (350, "g/dL"), (420, "12,0 - 16,0")],
    )
    assert [(row.value, row.date and row.date.text) for row in rows] == [("11.4", "2025-06-03"), ("12.8", "2024-11-12")]


@pytest.mark.parametrize("word", ["soit", "entspr.", "i.e."])
def test_the_same_result_in_another_unit_bears_the_name_above(word: str) -> None:
    head = [(40, "Analyse"), (200, "Résultat"), (310, "Unités"), (390, "Valeurs de référence")]
    rows = read(
        [(40, "Prélevé le 03/06/2025")],
        head,
        [(40, "Glycémie"), (200, "1,12"), (310, "g/L"), (390, "0,70 - 1,10")],
        [(50, word), (200, "6,22"), (310, "mmol/L"), (390, "3,88 - 6,10")],
    )
    assert [(row.name, row.value, row.unit) for row in rows] == [
        ("Glycémie", "1.12", "g/L"), ("Glycémie", "6.22", "mmol/L"),
    ]  # fmt: skip


@pytest.mark.parametrize("below", ["(Modified Jaffe,Kinetic)", "Method: HPLC", "(Technique enzymatique - Cobas)"])
def test_how_it_was_measured_is_no_part_of_a_name(below: str) -> None:
    row = [(40, "Creatinine"), (200, "0.61"), (310, "mg/dL"), (390, "0.51 - 0.95")]
    (found,) = read(DATED, HEAD, row, [(40, below)])
    assert found.name == "Creatinine"


def test_a_result_that_only_says_so_has_the_name_of_its_heading() -> None:
    rows = read(
        [(40, "Data da coleta: 10/06/2025")],
        [(40, "GLICOSE")],
        [(50, "Resultado: 98 mg/dL"), (300, "Valor de referência: 70 a 99 mg/dL")],
        [(40, "CREATININA")],
        [(50, "Resultado: 0,84 mg/dL"), (300, "Valor de referência: 0,50 a 1,10 mg/dL")],
    )
    assert [(row.name, row.value, row.low) for row in rows] == [("GLICOSE", "98", 70), ("CREATININA", "0.84", 0.5)]


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("Data prelievo: 17/02/2025", "Data referto: 18/02/2025"),
        ("Numune Alma Tarihi: 17.02.2025", "Onay Tarihi: 18.02.2025"),
        ("Data da coleta: 17/02/2025", "Liberado em: 18/02/2025"),
        ("Afnamedatum: 17-02-2025", "Rapportdatum: 18-02-2025"),
        ("Date of test: 17 February 2025", "Printed: 18 February 2025"),
    ],
)
def test_the_day_of_the_sample_is_known_in_more_languages(label: str, other: str) -> None:
    row = [(40, "Kalium"), (200, "4,1"), (310, "mmol/L"), (390, "3,5 - 5,0")]
    (found,) = read([(40, label), (330, other)], HEAD, row)
    assert found.date is not None
    assert (found.date.text, found.date_doubt) == ("2025-02-17", "")


def test_a_comment_with_a_number_makes_no_column_wider() -> None:
    quest = [(40, "Test Name"), (230, "In Range"), (300, "Out Of Range"), (390, "Reference Range")]
    rows = read(
        DATED,
        quest,
        [(40, "LDL-CHOLESTEROL"), (300, "128 H"), (390, "mg/dL (calc)")],
        [(60, "Reference range: <100")],
        [(60, "Desirable range <100 mg/dL for primary prevention; <70 mg/dL for")],
        [(40, "CHOL/HDLC RATIO"), (230, "4.1"), (390, "<5.0 (calc)")],
    )
    assert [(row.name, row.value) for row in rows] == [("LDL-CHOLESTEROL", "128"), ("CHOL/HDLC RATIO", "4.1")]


def test_a_dash_within_a_name_is_no_flag() -> None:
    (row,) = read(DATED, [(40, "Platelet count - observation: 261 10*9/L (Normal range: 150.0 to 450.0)")])
    assert (row.name, row.value, row.flag) == ("Platelet count - observation", "261", "")


def test_a_range_of_one_number_on_a_picture_had_a_dash() -> None:
    row = [(40, "Urea"), (200, "12"), (310, "mg/dL"), (390, "7.24")]
    (found,) = read(DATED, HEAD, row, confidence=99.0)
    assert (found.low, found.high, found.certain) == (7, 24, False)


CULTURE = [(40, "Antibiotic"), (250, "MIC"), (350, "Interpretation")]
GROWN = [(40, "Result: Escherichia coli >100,000 CFU/mL")]


def test_a_culture_names_what_grew_and_what_it_is_sensitive_to() -> None:
    rows = read(
        DATED, GROWN, CULTURE, [(40, "Ampicillin"), (250, ">=32"), (350, "R")], [(40, "Gentamicin"), (350, "S")]
    )
    assert [(row.name, row.value) for row in rows] == [
        ("Micro-organism", "Escherichia coli >100,000 CFU/mL"),
        ("Ampicillin – Escherichia coli", "R (MIC >=32)"),
        ("Gentamicin – Escherichia coli", "S"),
    ]
    assert all(row.certain and row.date for row in rows)


def test_two_micro_organisms_have_a_column_each() -> None:
    head = [(40, "Antibiogramm"), (250, "Keim 1"), (330, "Keim 2")]
    rows = read(
        [(40, "Entnahme: 12.05.2025")],
        [(40, "Keim 1: Staphylococcus aureus reichlich")],
        [(40, "Keim 2: Pseudomonas aeruginosa")],
        head,
        [(40, "Ciprofloxacin"), (250, "S"), (330, "R")],
    )
    assert [(row.name, row.value) for row in rows[2:]] == [
        ("Ciprofloxacin – Staphylococcus aureus", "S"), ("Ciprofloxacin – Pseudomonas aeruginosa", "R"),
    ]  # fmt: skip


def test_without_a_micro_organism_a_sensitivity_is_asked_about() -> None:
    (row,) = read(DATED, CULTURE, [(40, "Ampicillin"), (350, "R")])
    assert not row.certain
    assert row.name == "Ampicillin"


def test_letters_beside_other_words_are_no_sensitivities() -> None:
    assert read(DATED, [(40, "Susceptibility to colds"), (350, "I")], [(40, "R. eye"), (350, "S")]) == []


def test_columns_of_two_open_days_are_no_two_values_of_one_day() -> None:
    head = [(40, "Component"), (200, "Ref Range & Units"), (340, "6/3/25"), (410, "12/2/24")]
    rows = read(head, [(40, "Sodium"), (200, "136 - 145 mmol/L"), (340, "141"), (410, "139")])
    assert [len(row.doubts) for row in rows] == [1, 1]
    assert [len(row.open_days) for row in rows] == [2, 2]


@pytest.mark.parametrize("printed", ["mmol/I", "mmol/l"])
def test_a_litre_taken_for_an_i_is_one(printed: str) -> None:
    row = [(40, "Kalium"), (200, "4,4"), (310, printed), (390, "3,5 - 5,1")]
    (found,) = read(DATED, HEAD, row, confidence=99.0)
    assert (found.name, found.unit) == ("Kalium", "mmol/L")


def test_a_row_with_values_is_no_part_of_the_name_above() -> None:
    rows = read(
        DATED,
        HEAD,
        [(40, "Kreatinin"), (200, "0,88"), (310, "mg/dl"), (390, "0,5 - 0,95")],
        [(40, "eGFR (CKD-EPI) ml/min/1,73m²60 ml/min"), (200, "68")],
        confidence=99.0,
    )
    assert rows[0].name == "Kreatinin"


@pytest.mark.parametrize("printed", ["A Rh positivo", "0 Rhesus neg.", "AB D pos", "B negative", "Rh (D) positive"])
def test_a_blood_group_is_a_result_and_no_flag(printed: str) -> None:
    row = one((40, "Blood group"), (200, printed))
    assert (row.value, row.flag, row.range_text) == (printed, "", "")


@pytest.mark.parametrize(
    ("name", "doubt"),
    [
        ("Father's Hb", "The name speaks of somebody else."),
        ("Hemoglobin (previous)", "The name speaks of an earlier result, whose day isn’t told."),
        ("Hämoglobin Vorwert", "The name speaks of an earlier result, whose day isn’t told."),
    ],
)
def test_a_result_of_another_person_or_day_is_asked_about(name: str, doubt: str) -> None:
    row = one((40, name), (200, "12.9"), (310, "g/dL"), (390, "11 - 16"))
    assert doubt in row.doubts
    assert not row.certain
