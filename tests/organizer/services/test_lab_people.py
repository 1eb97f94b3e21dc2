"""Pages of one print that name different patients: nothing of them is taken for certain, and it is said."""

import pytest

from organizer.base.dates import PartialDate
from organizer.health.named_patient import NamedPatient
from organizer.importing.lab_reports.model import Place, Proposal
from organizer.services.bring_in.lab_people import is_of_several, of_several, several_in_words

ANNA = NamedPatient("Anna Miller", (PartialDate("1980-02-03"),))
ROBERT = NamedPatient("Robert Miller", (PartialDate("1977-11-11"),))


@pytest.mark.parametrize(
    "other",
    [
        ROBERT,
        NamedPatient("Robert Miller"),
        NamedPatient("", (PartialDate("1977-11-11"),)),
        NamedPatient("Anna Smith"),
        NamedPatient("Bo Miller"),
    ],
)
def test_another_name_or_birth_date_is_another_person(other):
    assert is_of_several([ANNA, other])


@pytest.mark.parametrize(
    "same",
    [
        ANNA,
        NamedPatient("MILLER, ANNA"),
        NamedPatient("Anna M. Miller"),
        NamedPatient("A. Miller"),
        NamedPatient("", ANNA.born),
    ],
)
def test_the_same_person_written_another_way_is_one(same):
    assert not is_of_several([ANNA, same])


def test_each_proposal_says_whom_its_page_names():
    rows = [Proposal("Glucose", "92", "92", Place(page, 0, 0, 1, 1)) for page in (1, 2, 3, 4)]
    doubted = of_several({2: ANNA, 4: ROBERT}, rows)
    assert not any(row.certain for row in doubted)
    assert ["nobody" in doubted[0].doubts[0], "Anna" in doubted[1].doubts[0], "Anna" in doubted[2].doubts[0]] == [
        True
    ] * 3
    assert "Robert" in doubted[3].doubts[0]
    said = several_in_words({2: ANNA, 4: ROBERT})
    assert "Anna Miller, Robert Miller" in said
