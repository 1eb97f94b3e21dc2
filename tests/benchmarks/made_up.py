"""A made-up record of any size: results of 300 measures over twenty years, some with a note, and letters."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import orjson

from organizer.base.dates import PartialDate
from organizer.base.identifiers import new_id
from organizer.model.entry import Coding, Entry, Source

MEASURES = 300
EACH_NOTED = 20  # one result of so many has a note of its own words
WORDS_OF_A_LETTER = 300
FIRST_MEASURES = ("Creatinine", "Haemoglobin", "Body weight", "Blood pressure systolic", "Potassium", "Albumin")
SYLLABLES = tuple(re.findall("..", "babebicocudadodefagihakalomanepaisitatumvawoxizeonerortisturn"))


def words(chance: random.Random) -> list[str]:
    """Ten thousand words; those in front are used most."""
    made = dict.fromkeys("".join(chance.choices(SYLLABLES, k=chance.randrange(1, 5))) for _n in range(14_000))
    return list(made)[:10_000]


def sentence(chance: random.Random, known: list[str], length: int) -> str:
    """Words as a language uses them: a few very often, most seldom."""
    return " ".join(known[int(len(known) * chance.random() ** 3)] for _n in range(length))


def write_results(path: Path, count: int) -> None:
    """Laboratory results, one FHIR Observation a line."""
    chance = random.Random(20_261_124)
    known = words(chance)
    names = [*FIRST_MEASURES, *(f"Measure {n} of serum" for n in range(MEASURES - len(FIRST_MEASURES)))]
    with path.open("wb") as stream:
        for number in range(count):
            stream.write(orjson.dumps(_result(chance, known, names, number)) + b"\n")


def _result(chance: random.Random, known: list[str], names: list[str], number: int) -> dict[str, object]:
    which = int(MEASURES * chance.random() ** 2)
    day = f"{2006 + chance.randrange(20)}-{1 + chance.randrange(12):02}-{1 + chance.randrange(28):02}"
    made: dict[str, object] = {
        "resourceType": "Observation",
        "id": f"result-{number}",
        "status": "final",
        "code": {
            "coding": [{"system": "http://loinc.org", "code": f"{which + 1000}-{which % 10}"}],
            "text": names[which],
        },
        "subject": {"reference": "Patient/ann"},
        "effectiveDateTime": f"{day}T{chance.randrange(24):02}:{chance.randrange(60):02}:00Z",
        "performer": [{"display": "Northfield laboratory"}],
        "valueQuantity": {"value": round(chance.random() * 200, 1), "unit": "mg/dL", "code": "mg/dL"},
        "referenceRange": [{"low": {"value": 10}, "high": {"value": 140}, "text": "10–140"}],
    }
    if number % EACH_NOTED == 0:
        made["note"] = [{"text": sentence(chance, known, 12)}]
    return made


def read_results(path: Path, person: str) -> Iterator[Entry]:
    """The lines as entries: what is parsed on both sides of the comparison."""
    with path.open("rb") as stream:
        for line in stream:
            yield _entry(orjson.loads(line), person)


def _entry(told: dict[str, object], person: str) -> Entry:
    code, amount, limits = told["code"], told["valueQuantity"], told["referenceRange"][0]
    data = {
        "category": "laboratory",
        "performer": told["performer"][0]["display"],
        "range_low": limits["low"]["value"],
        "range_high": limits["high"]["value"],
        "range_text": limits["text"],
    }
    if "note" in told:
        data["note"] = told["note"][0]["text"]
    name = f"Observation/{told['id']}"
    return Entry(
        "Observation",
        code["text"],
        id=new_id(),
        person=person,
        codes=(Coding(code["coding"][0]["system"], code["coding"][0]["code"]),),
        happened=PartialDate(told["effectiveDateTime"]),
        value=amount["value"],
        value_text=str(amount["value"]),
        unit=amount["code"],
        status=told["status"],
        data=data,
        sources=(Source(locator=name, identifier=name, recorded_at="2026-11-24T12:00:00+00:00"),),
    )


def letters(count: int) -> Iterator[tuple[str, str]]:
    """Title and text of letters."""
    chance = random.Random(11_242_026)
    known = words(chance)
    for number in range(count):
        yield f"Letter {number} from the kidney clinic", sentence(chance, known, WORDS_OF_A_LETTER)
