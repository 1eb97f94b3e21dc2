"""What stands beside a value: a doubtful specimen and a call are quoted, in four languages; nothing else is."""

import pytest

from organizer.health.remarks import LONGEST_QUOTE, remark
from organizer.model.entry import Entry

ASK = " When you call, ask whether it should be measured again."


def noted(words):
    return remark(Entry("Observation", "Potassium", "k", data={"note": words} if words else {}))


@pytest.mark.parametrize(
    "words",
    [
        "Specimen hemolyzed; interpret with caution",
        "Moderate hemolysis",
        "Platelet clumps seen, count may be falsely low",
        "Muestra hemolizada",
        "Se recomienda repetir con nueva muestra",
        "Hämolytische Probe, Wert unter Vorbehalt",
        "Leicht hämolytisch",
        "Prélèvement hémolysé",
        "Drawn 2 h after the dose, not a trough",
    ],
)
def test_a_doubtful_specimen_is_quoted_and_a_second_measurement_asked_for(words):
    assert noted(words) == f"Beside it is noted: “{words}”.{ASK}"


@pytest.mark.parametrize(
    "words",
    [
        "Critical result phoned to ward 5 at 03:10",
        "CRITICAL VALUE called to Dr. Smith by JT, read back",
        "Unable to reach the ordering clinic",
        "Se avisa a la Dra. Ruiz a las 14:05",
        "Telefonisch durchgegeben an Praxis Dr. Weber",
        "Téléphoné à 14 h 05 au service",
    ],
)
def test_a_call_is_quoted_and_nothing_is_asked_for(words):
    assert noted(words) == f"Beside it is noted: “{words}”."


@pytest.mark.parametrize(
    "words",
    ["", "Fasting. No hemolysis seen.", "Keine Hämolyse", "Sin hemólisis", "Known hemolytic anemia", "Method: ISE"],
)
def test_what_tells_neither_is_not_quoted(words):
    assert noted(words) == ""


def test_of_several_lines_only_those_that_matter_are_quoted():
    words = "Method: ISE\nSpecimen hemolyzed.\nCalled to Dr. Ruiz at 9:10.\nReference range for adults"
    assert noted(words) == (
        f"Beside it is noted: “Specimen hemolyzed”. Beside it is noted: “Called to Dr. Ruiz at 9:10”.{ASK}"
    )


def test_a_long_line_is_cut_behind_a_word():
    words = "Specimen hemolyzed " + "and so on " * 20
    quote = noted(words).removeprefix("Beside it is noted: “").removesuffix(f"”.{ASK}")
    assert quote.endswith((" and …", " so …", " on …"))
    assert len(quote) <= LONGEST_QUOTE + 2


@pytest.mark.parametrize(("length", "is_whole"), [(160, True), (161, False)])
def test_a_note_of_160_letters_is_quoted_whole(length, is_whole):
    words = "Specimen hemolyzed ".ljust(length - 2, "x") + " x"
    assert (words in noted(words)) is is_whole
