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
    ("Nom : DUPONT Prénom : Marie Né(e) le : 13/04/1960", "Marie DUPONT", ["1960-04-13"]),
    ("Objet : consultation\nMonsieur Paul MARTIN, né le 13/12/1944, a été vu", "Paul MARTIN", ["1944-12-13"]),
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
