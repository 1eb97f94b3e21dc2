"""A code is of a group within its own system alone, from the first to the last of a range."""

import pytest

from organizer.health.vocabulary.groups import belongs
from organizer.model.codes import code_of

CM, GM, OWN = "http://hl7.org/fhir/sid/icd-10-cm", "http://fhir.de/CodeSystem/bfarm/icd-10-gm", "http://clinic.example"


@pytest.mark.parametrize(
    ("code", "group", "is_one"),
    [
        ("I04", "I05-I09", False), ("I05", "I05-I09", True), ("I05.9", "I05-I09", True), ("I09", "I05-I09", True),
        ("I09.89", "I05-I09", True), ("I10", "I05-I09", False), ("I0", "I05-I09", False),
        ("N18.4", "N18.4", True), ("N18.40", "N18.4", True), ("N18.3", "N18.4", False), ("N18", "N18.4", False),
        ("F10", "F10-F19", True), ("F19.939", "F10-F19", True), ("F20", "F10-F19", False),
    ],
)  # fmt: skip
def test_a_range_holds_its_first_and_its_last_category_with_all_below(code, group, is_one):
    for system in (CM, GM):
        assert belongs(code_of(system, code), group) is is_one
    assert not belongs(code_of(OWN, code), group) or code == group
