"""A symptom belongs to the illnesses of which it is a leading one, by the vocabulary in each language."""

import pytest

from organizer.health.opinion.same_illness import is_symptom_of
from tests.organizer.health.opinion.made import entry


@pytest.mark.parametrize(
    ("symptom", "illness"),
    [
        ("Pelvic pain", "Endometriosis"),
        ("Regelschmerzen", "Endometriose"),
        ("Hours off per day", "Parkinson's disease"),
        ("Temblor de la mano", "Enfermedad de Parkinson"),
        ("Leg pain", "Lumbar disc herniation"),
        ("Knee pain", "Osteoarthritis of the knee"),
        ("Temperature", "Fever of unknown origin"),
        ("Palpitations", "Atrial fibrillation"),
        ("Itching", "Atopic dermatitis"),
        ("Chest tightness", "Coronary artery disease"),
    ],
)
def test_a_symptom_is_joined_with_its_illness(symptom, illness):
    assert is_symptom_of(symptom, entry("Condition", illness))


@pytest.mark.parametrize(
    ("symptom", "illness"),
    [("Pelvic pain", "Asthma"), ("Palpitations", "Endometriosis"), ("Temperature", "Migraine"), ("Tremor", "Gout")],
)
def test_and_with_no_other(symptom, illness):
    assert not is_symptom_of(symptom, entry("Condition", illness))
