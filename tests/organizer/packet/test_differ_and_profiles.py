"""Where records differ both sides stand side by side; each field sees first what it asks for."""

import re

import pypdfium2
import pytest

from organizer.health.specialties import leading, profile_of
from organizer.model.entry import Coding, Link
from organizer.model.kinds.opinion_case import SPECIALTIES
from organizer.model.links import Role
from organizer.packet.file.front_matter import front_matter
from tests.organizer.packet.people import elena, entry, plan_of

PLAN = plan_of(("one", "First laboratory", "", "2026-03"), ("two", "Second laboratory", "", "2026-03"))


def text_of(matter):
    document = pypdfium2.PdfDocument(matter.pdf)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in document))


def differing():
    first = entry("Observation", "Potassium", "2026-03-12", "one:1", value=4.1, value_text="4.1", unit="mmol/L")
    second = entry("Observation", "Potassium", "2026-03-12", "two:1", value=5.9, value_text="5.9", unit="mmol/L")
    return [first, second.having(links=(Link(Role.CONFLICTS_WITH, first.id),))]


def test_both_values_stand_side_by_side_each_with_its_page_and_without_a_verdict():
    person = elena(include=("differ",))
    matter = front_matter(person.__class__(**_with(person, differing())), PLAN)
    text = text_of(matter)
    assert "Potassium" in text
    assert "4.1" in text
    assert "5.9" in text
    assert {link.place.exhibit for link in matter.links} == {1, 2}
    assert matter.facts == matter.facts_linked == 2


def test_two_medicines_that_sources_give_one_code_stand_side_by_side():
    code = (Coding("http://www.nlm.nih.gov/research/umls/rxnorm", "29046"),)
    first = entry("MedicationStatement", "Lisinopril", "2026-03", "one:1", status="active", codes=code)
    second = entry("MedicationStatement", "Enalapril", "2026-03", "two:1", status="active", codes=code)
    person = elena(include=("differ",))
    text = text_of(front_matter(person.__class__(**_with(person, [first, second])), PLAN))
    assert "One code for two medicines: Enalapril, Lisinopril" in text
    brand = entry("MedicationStatement", "Zestril", "2026-03", "two:1", status="active", codes=code)
    text = text_of(front_matter(person.__class__(**_with(person, [first, brand])), PLAN))
    assert "Nothing was found that two records say differently" in text


def _with(person, entries):
    return {name: getattr(person, name) for name in person.__dataclass_fields__} | {"entries": tuple(entries)}


def test_without_a_difference_it_says_so():
    person = elena(include=("differ",))
    text = text_of(front_matter(person.__class__(**_with(person, [])), PLAN))
    assert "Nothing was found that two records say differently" in text


@pytest.mark.parametrize("choice", SPECIALTIES, ids=lambda one: one.value)
def test_every_field_has_an_order_that_holds_all_reports(choice):
    profile = profile_of(choice.value)
    assert sorted(profile.groups) == ["genetics", "imaging", "pathology"]


def test_the_heart_surgeon_sees_the_echo_before_the_knee():
    knee, echo = (
        entry("DiagnosticReport", "X-ray of the knee", "2026"),
        entry("DiagnosticReport", "Echocardiogram", "2020"),
    )
    assert leading([knee, echo], profile_of("heart-surgery")) == [echo, knee]
    assert leading([knee, echo], profile_of("general")) == [knee, echo]
