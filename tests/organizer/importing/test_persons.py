"""Whether somebody in a file may be somebody of the record: a question is asked, a stranger never taken for known."""

import pytest

from organizer.importing.core.persons import could_be
from organizer.model.entry import Entry


def person(name, born="", sex=""):
    return Entry("Patient", name, data={"birth_date": born, "sex": sex})


BORN = "1975-02-11"


@pytest.mark.parametrize(
    ("name", "known", "may_be"),
    [
        ("Bo Quill", "Bo Berg", True), ("B Quill", "B Berg", False),  # a letter in common is no name
        ("Ada Quill", "Ben Berg", False),
    ],
)  # fmt: skip
def test_born_on_the_same_day_a_word_of_the_name_in_common_raises_the_question(name, known, may_be):
    assert could_be(person(name, BORN), person(known, BORN)) is may_be
    assert not could_be(person(name, BORN), person(known, "1975-02-12"))


@pytest.mark.parametrize(
    ("name", "known", "may_be"),
    [
        ("Ada Quill", "Ada Quill", True), ("Ada Quill", "Ada M Quill", True), ("Ada M Quill", "Ada Quill", True),
        ("Ada Quill", "Ada Berg", False), ("Ada M Quill", "Ada B Quill", False),
    ],
)  # fmt: skip
def test_without_a_birth_date_all_words_of_one_name_stand_in_the_other(name, known, may_be):
    assert could_be(person(name), person(known, BORN)) is may_be


def test_whom_a_file_tells_no_name_of_may_be_anybody_it_does_not_contradict():
    assert could_be(person("", sex="female"), person("Ada Quill", sex="female"))
    assert not could_be(person("", sex="female"), person("Ben Quill", sex="male"))


@pytest.mark.parametrize(
    ("born", "may_be"),
    [
        ("1988-03-21", True),  # two digits changed places
        ("1989-03-12", True),  # one digit
        ("1988-12-03", True),  # day and month
        ("1988-04-13", False),
        ("1958-03-21", False),
    ],
)
def test_one_name_with_a_birth_date_that_differs_by_a_slip_is_a_question(born, may_be):
    assert could_be(person("Mia Case", born), person("Mia Case", "1988-03-12")) is may_be
    assert not could_be(person("Mara Case", born), person("Mia Case", "1988-03-12"))


def test_one_name_and_birth_date_with_another_sex_is_a_question():
    known = person("Andrea Case", BORN, sex="female")
    assert could_be(person("Andrea Case", BORN, sex="male"), known)
    assert not could_be(person("Andreas Case", BORN, sex="male"), known)
