"""Which diagnoses belong together: views of one illness and what comes of it, and none that only share a list."""

import pytest

from organizer.health.opinion.families import families, is_same_diagnosis
from organizer.health.opinion.intake import of_several_illnesses
from organizer.health.vocabulary import every_concept
from tests.organizer.health.opinion.made import entry


@pytest.mark.parametrize(
    ("first", "other", "together"),
    [
        ("Breast cancer", "Bone metastasis of breast cancer", True),
        ("Multiple sclerosis", "V. a. Multiple Sklerose", True),
        ("Type 2 diabetes", "Diabetes mellitus Typ 2", True),
        ("Chronic kidney disease stage 3", "End stage kidney disease", True),
        ("Psoriasis", "Vitiligo", False),
        ("Hepatitis B", "Haemochromatosis", False),
        ("Ductal carcinoma in situ of the breast", "Squamous cell carcinoma in situ of the skin", False),
        ("Hip osteoarthritis", "Low back pain", False),
        ("Osteoarthritis of the hip", "Osteoarthritis of the knee", False),
        ("Breast cancer", "Lung cancer", False),
        ("Inguinal hernia", "Hiatal hernia", False),
        ("Aortic stenosis", "Atrial fibrillation", False),
        ("Asthma", "Hay fever", False),
    ],
)
def test_what_belongs_together(first, other, together):
    pair = [entry("Condition", first), entry("Condition", other)]
    assert len(families(pair)) == (1 if together else 2)


def test_what_revises_contradicts_or_follows_another_belongs_to_it():
    old = entry("Condition", "Optic neuritis")
    new = entry("Condition", "Lupus", links=[("revises", "Optic neuritis")])
    apart = entry("Condition", "Gout")
    assert families([old, apart, new]) == [[old, new], [apart]]
    assert families([old, apart], [[old, apart]]) == [[old, apart]]
    # One that belongs to two groups makes them one.
    both = entry("Condition", "Overlap", links=[("revises", "Optic neuritis"), ("conflicts-with", "Gout")])
    assert families([old, apart, both]) == [[old, apart, both]]


@pytest.mark.parametrize(
    ("first", "other", "same"),
    [
        ("Multiple sclerosis", "multiple sclerosis", True),
        ("Multiple sclerosis", "Multiple Sklerose", True),
        ("Lupus nephritis, class III", "IgA nephropathy", False),
        ("Breast cancer", "Bone metastasis of breast cancer", False),
        ("Psoriasis", "Vitiligo", False),
    ],
)
def test_only_one_and_the_same_illness_is_contradicted(first, other, same):
    assert is_same_diagnosis(entry("Condition", first), entry("Condition", other)) is same


def test_what_gathers_several_illnesses_is_a_concept_of_the_vocabulary():
    assert [name for name in of_several_illnesses() if name not in every_concept()] == []
