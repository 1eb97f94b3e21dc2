"""A symptom belongs to the illnesses of which it is a leading one, by the vocabulary in each language."""

import pytest

from organizer.health.opinion.same_illness import illness_concepts, is_symptom_of, words_in
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


def test_words_of_four_letters_are_joined_by_their_first_six():
    assert words_in("gas gout") == {"gout"}
    assert words_in("tremor tremors") == {"tremor"}
    assert len(words_in("weakness weakling")) == 2


def test_an_illness_that_is_suspected_and_in_remission_is_still_meant():
    for title in ("Asthma", "Suspected asthma", "Asthma, in remission", "Suspected asthma in remission"):
        assert illness_concepts(entry("Condition", title)) == illness_concepts(entry("Condition", "Asthma"))
    assert not illness_concepts(entry("Condition", "No evidence of asthma"))
