"""A kind without a reader of its own is read from FHIR by the elements that its fields name."""

from decimal import Decimal

import pytest

from organizer.importing.formats.fhir.context import Context
from organizer.importing.formats.fhir.declared import is_modified, reader_of
from organizer.model.entry import Coding
from organizer.model.kind import Choice, Field, FieldType, Kind

KIND = Kind(
    "VisionTest",
    "Eye test",
    "Eye tests",
    (
        Field("title", "What", fhir="code", required=True),
        Field("happened", "When", FieldType.DATE, "performed[x]"),
        Field("ended", "Until", FieldType.DATE, "performed[x]"),
        Field("value_text", "Sharpness", FieldType.VALUE, "value[x]"),
        Field("by", "By", fhir="performer.actor"),
        Field("glasses", "With glasses", FieldType.FLAG, "corrected"),
        Field("distance", "Distance", FieldType.NUMBER, "distance"),
        Field("comfort", "Comfort", FieldType.SCALE, "comfort"),
        Field("eye", "Eye", FieldType.CHOICE, "side", (Choice("left", "Left"), Choice("right", "Right"))),
        Field("again", "Again on", FieldType.DATE, "followUp"),
        Field("reasons", "Why", FieldType.LINES, "reasonCode"),
        Field("note", "Notes", FieldType.LONG_TEXT, "note"),
        Field("own", "Of our own"),
    ),
)


def read(**elements):
    resource = {"resourceType": "VisionTest", **elements}
    return reader_of(KIND)(resource, Context([]))


def test_each_common_type_of_r4_is_read():
    entry = read(
        status="final",
        code={"coding": [{"system": "http://loinc.org", "code": "65893-8", "display": "Visual acuity"}]},
        performedPeriod={"start": "2026-03-07", "end": "2026-03-08"},
        valueQuantity={"value": Decimal("0.80"), "comparator": "<", "unit": "{ratio}"},
        performer=[{"actor": {"display": "Dr Iris"}}, {"actor": {"display": "Dr Lens"}}],
        corrected=False,
        distance={"value": Decimal("4"), "unit": "m"},
        comfort=7,
        side={"coding": [{"code": "left"}]},
        followUp="2027-03",
        reasonCode=[{"text": "Blurred"}, {"text": "Headache"}, {"text": "Blurred"}],
        note=[{"text": "First."}, {"text": "Second."}],
    )
    assert (entry.title, entry.status) == ("Visual acuity", "final")
    assert entry.codes == (Coding("http://loinc.org", "65893-8", "Visual acuity"),)
    assert (entry.happened.text, entry.ended.text) == ("2026-03-07", "2026-03-08")
    assert (entry.value, entry.value_text, entry.comparator, entry.unit) == (0.8, "0.80", "<", "{ratio}")
    assert entry.data == {
        "by": "Dr Iris, Dr Lens",
        "glasses": False,
        "distance": 4.0,
        "comfort": 7,
        "eye": "left",
        "again": "2027-03",
        "reasons": ["Blurred", "Headache"],
        "note": "First.\nSecond.",
    }


def test_what_is_not_there_or_of_another_shape_is_left_empty():
    entry = read(code="Acuity", comfort=11, corrected="no", distance="far", followUp={"text": "soon"}, performer="me")
    assert entry.title == "Acuity"
    assert entry.data == {}
    assert (entry.happened, entry.ended, entry.value) == (None, None, None)


@pytest.mark.parametrize(
    ("comfort", "kept"), [(0, True), (10, True), (11, False), (-1, False), (Decimal("2.5"), False)]
)
def test_a_scale_ends_where_it_ends(comfort, kept):
    assert ("comfort" in read(code={"text": "Acuity"}, comfort=comfort).data) is kept


@pytest.mark.parametrize(
    ("elements", "modified"),
    [
        ({}, False),
        ({"doNotPerform": False, "modifierExtension": []}, False),
        ({"doNotPerform": True}, True),
        ({"modifierExtension": [{"url": "urn:not"}]}, True),
        ({"implicitRules": "urn:rules"}, True),
    ],
)
def test_a_modifier_keeps_it_from_being_read_by_its_elements(elements, modified):
    assert is_modified(elements) is modified
