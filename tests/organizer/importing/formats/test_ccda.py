"""C-CDA as it really comes: each trap of the format has its file, and each file its sentence here."""

from pathlib import Path

import pytest

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.format import SourceFile
from organizer.importing.formats.ccda import CCDA

DATA = Path(__file__).parents[3] / "data" / "ccda"
VITAL_SIGN = '<templateId root="2.16.840.1.113883.10.20.22.4.27"/>'
OBSERVATION = '<observation classCode="OBS">{template}<id root="1.2" extension="{n}"/>{inside}</observation>'
WEIGHT = '<code code="29463-7" codeSystem="2.16.840.1.113883.6.1" displayName="Weight"/><value value="{n}" unit="kg"/>'


def read(path):
    return CCDA.read(SourceFile(path.name, path), NoProgress())


def entries(name, kind=""):
    return [one.entry for one in read(DATA / name).drafts if kind in ("", one.entry.kind)]


def test_several_pieces_in_one_file_are_all_read(tmp_path):
    pieces = [OBSERVATION.format(n=n, template=VITAL_SIGN, inside=WEIGHT.format(n=60 + n)) for n in (1, 2)]
    (tmp_path / "growth.xml").write_text('<?xml version="1.0"?>\n' + "\n".join(pieces))
    reading = read(tmp_path / "growth.xml")
    values = [one.entry.value_text for one in reading.drafts if one.entry.kind == "Observation"]
    assert values == ["61", "62"]
    assert reading.warnings


@pytest.mark.parametrize("name", ["missing-sdtc-prefix.xml", "missing-xsi-prefix.xml"])
def test_a_missing_namespace_is_added_and_said(name):
    reading = read(DATA / name)
    assert reading.drafts
    assert any("left out" in warning for warning in reading.warnings)


@pytest.mark.parametrize("name", ["truncated.xml", "entity-bomb.xml"])
def test_what_is_damaged_or_hostile_is_refused_by_name(name):
    with pytest.raises(UnreadableSourceError) as refused:
        read(DATA / name)
    assert name in refused.value.message
    assert refused.value.next_step


def test_an_external_entity_brings_nothing_in():
    try:
        said = repr(read(DATA / "external-entity.xml"))
    except UnreadableSourceError as error:
        said = str(error)
    assert "root:" not in said


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("*.xml")))
def test_whatever_comes_is_read_or_refused_calmly(name):
    try:
        reading = read(DATA / name)
    except UnreadableSourceError:
        return  # how it is said is held above
    assert all(one.entry.title for one in reading.drafts)
    assert all(skipped.reason for skipped in reading.skipped)


def test_no_markup_of_a_narrative_reaches_the_record():
    assert all("<script" not in repr(entry) for entry in entries("narrative-with-script.xml"))


def test_words_without_statements_stay_readable():
    (document,) = entries("narrative-only.xml", "DocumentReference")
    assert len(document.text("text")) > 20
