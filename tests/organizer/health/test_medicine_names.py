"""Which substances a medicine's name tells: brands, spellings of four languages, and words that tell nothing alone."""

import pytest

from organizer.health.medicine_names import differ_in_substance, is_a_medicine, substances_of


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Lisinopril 10 MG Oral Tablet", "Zestril"),
        ("Atorvastatin", "Atorvastatina cálcica"),
        ("Levothyroxine", "L-Thyroxin 75"),
        ("Hydrochlorothiazide 25 mg", "Hidroclorotiazida"),
        ("Percocet", "Oxycodone-acetaminophen"),
        ("Lantus SoloStar", "insulin glargine 100 units/mL pen"),
        ("Metoprolol succinate ER", "Metoprolol tartrate"),
        ("ASS 100", "Ácido acetilsalicílico"),
        ("Foobarix", "Lisinopril"),  # a brand that nobody here knows may be it
        ("Foobarix", "Foobarin"),
    ],
)
def test_names_of_one_substance_or_of_an_unknown_one_don_t_differ(name, other):
    assert not differ_in_substance(name, other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Lisinopril", "Enalapril maleate"),
        ("Zestril", "Vasotec"),
        ("Insulin lispro", "Insulin glargine"),
        ("Losartan/HCTZ", "Losartan"),
        ("Escitalopram", "Citalopram"),
        ("Prednisone", "Prednisolone"),
        ("Potassium chloride", "Potassium citrate"),
    ],
)
def test_names_of_two_substances_differ(name, other):
    assert differ_in_substance(name, other)


def test_what_is_no_name_of_a_medicine_tells_no_substance():
    assert substances_of("Take with food twice daily") == frozenset()


@pytest.mark.parametrize(("word", "is_one"), [("qxpril", True), ("xpril", False)])
def test_the_stem_of_a_word_of_five_letters_tells_nothing(word, is_one):
    assert is_a_medicine(word) is is_one


@pytest.mark.parametrize(("other", "differs"), [("insulin xyz", False), ("insulin wxyz", True)])
def test_a_word_of_three_letters_beside_insulin_tells_no_substance(other, differs):
    """It may be a unit or a form."""
    assert differ_in_substance("insulin glargine", other) is True
    assert differ_in_substance("insulin", other) is differs
