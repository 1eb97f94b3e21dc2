"""Medicines are known by their generic names with the endings of each language, and not by letters in common."""

import pytest

from organizer.health.vocabulary import is_about
from organizer.model.entry import Coding, Entry


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Atorvastatin 20 MG Oral Tablet", "statin"), ("Atorvastatina 20 mg", "statin"), ("Rosuvastatine", "statin"),
        ("Énalapril", "ace-inhibitor"), ("Ramipril-HCT", "kidney-dip"), ("Losartan potásico", "arb"),
        ("Dapagliflozina", "kidney-dip"), ("Metformine", "glucose-lowering"), ("L-Thyroxin 50 µg", "levothyroxine"),
        ("Epoetina", "esa"), ("Eisen(II)-sulfat", "iron"), ("Budesonide inhaler", "inhaled-steroid"),
        ("Paclitaxel", "chemotherapy"), ("Sertralina", "mental-health"),
    ],
)  # fmt: skip
def test_a_medicine_belongs_to_its_group(name, group):
    assert is_about(Entry("MedicationStatement", name), group)


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Nystatin", "statin"), ("Cilastatin", "statin"), ("Pentostatin", "statin"), ("Sandostatin", "statin"),
        ("Somatostatin", "statin"), ("Fluticasone nasal spray", "inhaled-steroid"), ("Iron binding capacity", "iron"),
        ("April", "ace-inhibitor"), ("Sartorius cream", "arb"),
    ],
)  # fmt: skip
def test_letters_in_common_make_no_group(name, group):
    assert not is_about(Entry("MedicationStatement", name), group)


@pytest.mark.parametrize(("code", "is_statin"), [("C10AA05", True), ("C10AA", True), ("C10AB05", False)])
def test_an_atc_group_is_told_by_the_code_alone(code, is_statin):
    tablet = Entry("MedicationStatement", "Tablet", codes=(Coding("http://www.whocc.no/atc", code),))
    assert is_about(tablet, "statin") is is_statin
    local = Entry("MedicationStatement", "Tablet", codes=(Coding("http://hospital.example", code),))
    assert not is_about(local, "statin")
