"""What a summary for other programs says of how a diagnosis stands, where its own title says it."""

import pytest

from organizer.exporting.fhir.ips_sections import as_it_stands
from organizer.model.entry import Entry


@pytest.mark.parametrize(
    ("title", "status", "told", "verification"),
    [
        ("V.a. Sarkoidose", "", "", "provisional"),
        ("Sarkoidose", "active", "active", ""),
        ("Possible stroke", "resolved", "resolved", ""),
    ],
)
def test_what_a_title_only_suspects_goes_out_as_provisional(title, status, told, verification):
    stands = as_it_stands(Entry("Condition", title, status=status))
    assert (stands.status, stands.text("verification")) == (told, verification)
