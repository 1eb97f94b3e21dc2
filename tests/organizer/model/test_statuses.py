"""The statuses of entries: known words are members, other programs' words stay as they came."""

import pytest

from organizer.model.entry import Entry
from organizer.model.kind import Kind
from organizer.model.kinds import KINDS
from organizer.model.statuses import Status, Verification, status_of, verification_of


def _choices(kind: Kind, name: str) -> list[str]:
    field = kind.field(name)
    return [choice.value for choice in field.choices] if field else []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_a_form_offers_is_a_known_status(kind: Kind) -> None:
    offered = [*_choices(kind, "status"), *kind.ended_by]
    assert all(isinstance(status_of(word), Status) for word in offered)
    assert all(isinstance(verification_of(word), Verification) for word in _choices(kind, "verification"))


def test_another_programs_word_is_kept_as_it_came() -> None:
    assert status_of("gone-fishing") == "gone-fishing"
    assert not isinstance(status_of("gone-fishing"), Status)
    assert verification_of("perhaps") == "perhaps"


def test_a_status_that_no_source_tells_is_not_said() -> None:
    entry = Entry("Condition", "Migraine")
    assert entry.status is Status.NOT_SAID
    assert entry.verification is Verification.NOT_SAID
    assert not entry.status


def test_how_sure_a_diagnosis_is_is_read_from_its_data() -> None:
    assert Entry("Condition", "Lyme", data={"verification": "refuted"}).verification is Verification.REFUTED
