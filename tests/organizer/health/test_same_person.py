"""Two names of one person, and of two: in doubt an import asks, and a packet that goes out holds back what can't be."""

import pytest

from organizer.base.dates import PartialDate
from organizer.health.named_patient import NamedPatient
from organizer.health.same_person import is_of, is_of_another
from organizer.model.entry import Entry

ELENA = Entry("Patient", "Elena Marsh", data={"birth_date": "1968-05-03", "other_names": ["Elena Kowal"]})


def named(name, *days):
    return NamedPatient(name, tuple(map(PartialDate, days)))


@pytest.mark.parametrize(
    ("page", "another"),
    [
        (named(""), False),
        (named("Elena Marsh"), False),
        (named("ELENA K. MARSH"), False),
        (named("E. Marsh"), False),
        (named("Mrs Marsh"), False),
        (named("Elena Kowal"), False),
        (named("Elena Marsh", "1968-05-03"), False),
        (named("", "1968-05-03"), False),
        (named("Elena Marsh", "1968-03-05", "1968-05-03"), False),  # 03/05/1968 may be either
        (named("Elena Osei", "1968-05-03"), False),  # married since
        (named("Otto Marsh"), True),
        (named("O. Marsh"), True),
        (named("Otto Zwilling"), True),
        (named("Otto Marsh", "1968-05-03"), True),  # a twin
        (named("Elena Marsh", "1994-02-11"), True),  # a daughter of the same name
        (named("", "1994-02-11"), True),
        (named("Elena Osei"), True),  # nothing says that it is she
    ],
)
def test_a_page_is_of_another_where_it_cannot_be_this_person(page, another):
    assert is_of_another(ELENA, page) is another
    if another:
        assert not is_of(ELENA, page)  # whatever is held back an import asks about too


def test_nobody_is_another_where_the_record_has_no_birth_date():
    assert not is_of_another(Entry("Patient", "Elena Marsh"), named("Elena Marsh", "1994-02-11"))
