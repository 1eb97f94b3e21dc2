"""What people call a field of medicine, and which one is meant."""

import pytest

from organizer.health.specialties import fields_named, profiles


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("nephrology", ["nephrology"]), ("Nephrologist", ["nephrology"]), ("Kidney transplant clinic", ["nephrology"]),
        ("heart failure clinic", ["cardiology"]), ("cardiac surgery", ["heart-surgery"]),
        ("cardiothoracic surgeon", ["heart-surgery"]), ("Kinderherzzentrum", ["cardiology"]),
        ("kinderneurologie", ["neurology"]), ("paediatric nephrology", ["nephrology"]),
        ("Kinderklinik", ["paediatrics"]), ("oncología", ["oncology"]), ("HÄMATOLOGIE", ["haematology"]),
        ("haemato-oncology", ["haematology"]), ("Neurochirurgie", ["neurology-spine"]),
        ("rheumatology / autoimmune", ["autoimmune", "rheumatology"]), ("internal medicine", ["general"]),
        ("Innere Medizin und Kardiologie", ["cardiology"]),
        ("adrenal clinic", []), ("dermatology", []), ("xyz", []), ("", []),
    ],
)  # fmt: skip
def test_a_field_is_known_by_what_people_call_it(text, meant):
    assert fields_named(text) == meant


@pytest.mark.parametrize("name", profiles())
def test_each_field_is_known_by_its_own_id(name):
    assert fields_named(name.upper()) == [name]
