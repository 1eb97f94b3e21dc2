import pytest

from organizer.health.named_patient import patient_on

NAMED = [
    ("Hillside Laboratory\nPatient: Miguel Delgado DOB: 04/02/1951", "Miguel Delgado", ["1951-02-04", "1951-04-02"]),
    ("Cardiology\nRe: Miguel Delgado, born 2 April 1951\nDear colleague", "Miguel Delgado", ["1951-04-02"]),
    ("RE: Mr. John Q. Public, DOB: 01/13/1950, MRN 12", "John Q. Public", ["1950-01-13"]),
    ("Patient Name\nMiguel Delgado\nCollected", "Miguel Delgado", []),
    ("Last Name: Moore First Name: Hannah DOB 13/09/1971", "Hannah Moore", ["1971-09-13"]),
    ("MOORE, HANNAH R Specimen: WX1\nDOB: 13/09/1971 AGE: 53", "Hannah R Moore", ["1971-09-13"]),
    ("HANNAH MOORE\nDOB: 13/09/1971", "Hannah Moore", ["1971-09-13"]),
    ("Mr James O'Brien (DOB 13/03/1955)\nThank you for", "James O'Brien", ["1955-03-13"]),
    ("Patient: Brandt, Ute geb. 14.02.1958 Geschl. W", "Ute Brandt", ["1958-02-14"]),
    ("wir berichten über Ihre Patientin Frau Ute Brandt, geb. 14.02.1958, die sich", "Ute Brandt", ["1958-02-14"]),
    ("Patient: Herr Max von der Heide (*01.01.1950)", "Max von der Heide", ["1950-01-01"]),
    ("Name: Brandt Vorname: Ute\nGeb.-Datum: 14.02.1958", "Ute Brandt", ["1958-02-14"]),
    ("Medikationsplan für: Ute Brandt geb. am: 14.02.1958", "Ute Brandt", ["1958-02-14"]),
    ("Betr.: Müller, Hans-Peter, geb. am 1.2.1949, wohnhaft", "Hans-Peter Müller", ["1949-02-01"]),
    ("Paciente: RUIZ PEÑA, MARTA\nNacimiento: 13/11/1980", "Marta Ruiz Peña", ["1980-11-13"]),
    ("Nombre y apellidos: Miguel Delgado\nFecha de nacimiento: 2 de abril de 1951", "Miguel Delgado", ["1951-04-02"]),
    ("Medikationsplan\nfür: Erika Vogel\ngeb. am: 15.07.1947", "Erika Vogel", ["1947-07-15"]),
    ("Prescription\nFor: Erika Vogel\nDOB 15 July 1947", "Erika Vogel", ["1947-07-15"]),
    ("Nom : DUPONT Prénom : Marie Né(e) le : 13/04/1960", "Marie DUPONT", ["1960-04-13"]),
    ("Objet : consultation\nMonsieur Paul MARTIN, né le 13/12/1944, a été vu", "Paul MARTIN", ["1944-12-13"]),
    ("Compte rendu\nM. Luc CASE né le 15/03/1968\nHospitalisé", "Luc CASE", ["1968-03-15"]),
    ("Clinic note\nM. Luke CASE born 15/03/1968\nSeen", "M. Luke CASE", ["1968-03-15"]),
]
NOBODY = [
    "Re: Blood Test Results\nDear Mr Smith",
    "Re: Knee Pain\nDear Dr Smith",
    "Patient: Lisinopril Tablets",
    "Patient Information\nTest Name: Sodium",
    "Name: Sodium\nValue 140",
    "Physician Name: Karl Lindner",
    "Patient Education\nAbout Diabetes",
    "Patient: [PATIENT]\nAufnahmedatum: 12.05.2026",
    "Patient: The patient is a 43 year old man",
    "Patient ID: 99812 Account Number: 31005566",
    "Patient presented with chest pain",
    "For: Peter Smith\nDear Peter",
    "",
]


@pytest.mark.parametrize(("page", "name", "born"), NAMED)
def test_a_page_names_its_patient_and_their_birth_date(page: str, name: str, born: list[str]) -> None:
    found = patient_on(page)
    assert found.name == name
    assert sorted(day.text for day in found.born) == born


@pytest.mark.parametrize("page", NOBODY)
def test_what_is_no_plain_name_names_nobody(page: str) -> None:
    assert patient_on(page).name == ""


def test_a_birth_date_alone_is_read_too() -> None:
    assert patient_on("Date of Birth: 13/09/1971 Sex: Female").born[0].text == "1971-09-13"


def test_names_below_the_head_of_a_page_are_not_asked() -> None:
    assert patient_on("\n".join(["words"] * 60) + "\nPatient: Miguel Delgado").name == ""


@pytest.mark.parametrize(("above", "is_named"), [(59, True), (60, False)])
def test_the_head_of_a_page_has_sixty_lines(above: int, is_named: bool) -> None:
    assert bool(patient_on("words\n\n" * above + "Patient: Miguel Delgado").name) is is_named


@pytest.mark.parametrize(("letters", "is_named"), [(6000, True), (5999, False)])
def test_the_head_of_a_page_has_six_thousand_letters(letters: int, is_named: bool) -> None:
    name = "Patient: Miguel Delgado"
    page = ("x" * (6000 - len(name) - 1) + "\n" + name) if is_named else "x" * (letters + 1) + "\n" + name
    assert bool(patient_on(page).name) is is_named
    assert patient_on("x" + page).name == ("Miguel Delgad" if is_named else "")


def test_a_name_has_seven_words_at_most() -> None:
    """More are a sentence in capitals; the first seven are asked about, which still tell whose it is."""
    words = ["Ana", "Berta", "Clara", "Dora", "Elena", "Flora", "Gloria", "Helena"]
    for count in (6, 7, 8):
        assert patient_on(f"Patient: {' '.join(words[:count])}").name == " ".join(words[: min(count, 7)])


@pytest.mark.parametrize(("between", "name"), [(2, "Hannah R Moore"), (3, "")])
def test_a_name_stands_within_three_lines_above_a_date_of_birth(between: int, name: str) -> None:
    page = "MOORE, HANNAH R\n" + "Specimen: WX1\n" * between + "DOB: 13/09/1971"
    assert patient_on(page).name == name


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("seen today: James O'Brien (DOB 13/03/1955)", "James O'Brien"), ("seen today: James (DOB 13/03/1955)", ""),
        ("MOORE\nDOB: 13/09/1971", ""), ("HANNAH MOORE\nDOB: 13/09/1971", "Hannah Moore"),
        ("Patient: RUIZ, MARTA, Madrid", "Marta Ruiz"), ("Patient: RUIZ, MARTA Luisa", "MARTA Luisa RUIZ"),
        ("Patient: A. B.", ""), ("Patient: A. Li", "A. Li"), ("Patient: Bo Li", "Bo Li"),
    ],
)  # fmt: skip
def test_one_word_or_initials_alone_name_nobody(page: str, name: str) -> None:
    assert patient_on(page).name == name
