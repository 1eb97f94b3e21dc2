"""Sample files changed at random, by a number that makes the same file again; and what must hold of each.

Used by a few quick rounds in the suite and by `make fuzz-import` for thousands.
"""

import base64
import copy
import json
import random
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing
from organizer.services.bring_in.importing import Answers
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.record import backups, history, records
from tests.made_records import PASSPHRASE, closed_record

TESTS = Path(__file__).resolve().parents[2]
DATA = TESTS / "data"
SHARED = TESTS.parents[1] / "shared" / "records"
LARGEST = 300_000
ACCEPTED_EACH = 20

PHONE = """<?xml version="1.0"?>
<!DOCTYPE HealthData [ <!ELEMENT HealthData (Record*)> ]>
<HealthData locale="en_GB"><ExportDate value="2026-03-01 10:00:00 +0100"/><Me HKCharacteristicTypeIdentifierDateOfBirth="1975-02-11"/>
<Record type="HKQuantityTypeIdentifierBodyMass" sourceName="Scale" unit="kg" startDate="2026-02-01 08:00:00 +0100" endDate="2026-02-01 08:00:00 +0100" value="70.50"/>
<Record type="HKQuantityTypeIdentifierStepCount" sourceName="Watch" unit="count" startDate="2026-02-01 08:00:00 +0100" endDate="2026-02-01 08:05:00 +0100" value="120"/>
<Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Watch" startDate="2026-02-01 23:00:00 +0100" endDate="2026-02-02 06:00:00 +0100" value="HKCategoryValueSleepAnalysisAsleepCore"/>
<Correlation type="HKCorrelationTypeIdentifierBloodPressure" sourceName="Cuff" startDate="2026-02-01 08:00:00 +0100" endDate="2026-02-01 08:00:00 +0100">
<Record type="HKQuantityTypeIdentifierBloodPressureSystolic" sourceName="Cuff" unit="mmHg" startDate="2026-02-01 08:00:00 +0100" endDate="2026-02-01 08:00:00 +0100" value="124"/>
<Record type="HKQuantityTypeIdentifierBloodPressureDiastolic" sourceName="Cuff" unit="mmHg" startDate="2026-02-01 08:00:00 +0100" endDate="2026-02-01 08:00:00 +0100" value="78"/></Correlation>
<Workout workoutActivityType="HKWorkoutActivityTypeWalking" duration="30" durationUnit="min" totalDistance="2.1" totalDistanceUnit="km" sourceName="Watch" startDate="2026-02-01 09:00:00 +0100" endDate="2026-02-01 09:30:00 +0100"/>
<ActivitySummary dateComponents="2026-02-01" activeEnergyBurned="300" activeEnergyBurnedUnit="kcal"/>
</HealthData>"""  # noqa: E501 - as a phone writes it
TABLES = (
    b"Date,Test,Result,Units,Low,High,Flag\n2026-02-01,Sodium,141,mmol/L,135,145,\n2026-02-01,CRP,<0.5,mg/L,,5,\n",
    b"Datum;Bezeichnung;Ergebnis;Einheit\n01.02.2026;Kreatinin;1,10;mg/dL\n13.02.2026;Ferritin;\"12\";;\n",
    b"Date\tWeight (kg)\tPulse\n2026-02-01\t70.5\t64\n2026-02-02\t70.1\t\n",
)

Wrap = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Sample:
    """One whole file: `wrap` makes the file of what was changed inside it."""

    name: str
    data: bytes
    wrap: Wrap = bytes


def _files(folder: Path, *patterns: str) -> list[Sample]:
    found = sorted(path for pattern in patterns for path in folder.rglob(pattern)) if folder.is_dir() else []
    return [Sample(one.name, one.read_bytes()) for one in found if one.is_file() and 0 < one.stat().st_size < LARGEST]


def _card(payload: bytes) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    parts = (b'{"zip":"DEF","alg":"ES256","kid":"k"}', engine.compress(payload) + engine.flush(), bytes(64))
    word = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    return b'{"verifiableCredential":["%s"]}' % word


def _zipped(data: bytes) -> bytes:
    paper = BytesIO()
    with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("portal/record.json", data)
        made.writestr("portal/note.txt", b"A note.")
    return paper.getvalue()


def _workbook(data: bytes) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for line in data.decode("utf-8", "replace").splitlines()[:50]:
        book.active.append([re.sub(r"[\x00-\x1f\ufffe\uffff]", "", cell) for cell in line.split(",")][:50])
    paper = BytesIO()
    book.save(paper)
    return paper.getvalue()


def _fhir() -> list[Sample]:
    return _files(DATA / "fhir", "*.json", "*.ndjson") + _files(SHARED / "ips", "*.json")


def _cards() -> list[Sample]:
    whole = [one for one in _fhir() if one.name.endswith("languages.json") or one.name.endswith("patients.json")]
    told = [json.dumps({"vc": {"credentialSubject": {"fhirBundle": json.loads(one.data)}}}) for one in whole]
    made = [Sample("card.smart-health-card", one.encode(), _card) for one in told]
    return made + _files(SHARED / "shc", "*.smart-health-card", "*.txt", "*.jws")


def _discs() -> list[Sample]:
    import pydicom

    return _files(Path(pydicom.__file__).parent / "data" / "test_files", "*small*.dcm", "*SR*.dcm", "DICOMDIR*")


def _backups() -> list[Sample]:
    with tempfile.TemporaryDirectory() as name:
        made = records.open_record(closed_record(Path(name), "Ann Example"), PASSPHRASE)
        importing.accept_import(
            made, importing.plan_import(made, [DATA / "fhir" / "attachments.json"], "", NoProgress()), NoProgress()
        )
        backups.make(made, Path(name) / "made.casebook-backup", NoProgress())
        records.close(made)
        return [Sample("made.casebook-backup", (Path(name) / "made.casebook-backup").read_bytes())]


class _SameForAll(dict[str, str]):
    """Opens each backup, whatever its bytes are."""

    def get(self, _sha256: str, _other: object = None) -> str:
        return PASSPHRASE


SAMPLES: dict[str, Callable[[], list[Sample]]] = {
    "fhir": _fhir,
    "ccda": lambda: _files(DATA / "ccda", "*.xml") + _files(SHARED / "ccda_fragments", "*.xml"),
    "apple_health": lambda: [Sample("export.xml", PHONE.encode())],
    "health_cards": _cards,
    "dicom": _discs,
    "tables": lambda: (
        [Sample("results.csv", one) for one in TABLES] + [Sample("results.xlsx", TABLES[0], _workbook)]
    ),
    "documents": lambda: _files(DATA / "documents", "*"),
    "backup": cache(_backups),
    "zip": lambda: [Sample("portal.zip", one.data, _zipped) for one in _fhir()[:8]],
}
"""What is changed, by the format's file in `importing/formats`; a zip besides."""

_ODD: tuple[object, ...] = (
    None, [], {}, "", 0, -1, True, 10**400, 1e308, "0000-00-00", "10000-01-01", "2026-13-45T99:99:99+99:99", [None],
    [[[]]], {"value": []}, {"value": "1"}, {"reference": {}}, {"coding": "x"}, "\ud800", "a" * 5000, "\u202e\u0000",
    "<img src=x>", "urn:uuid:", "#", {"start": 5}, "NaN", "1e999999", [{}] * 50, {"resourceType": 5},
)  # fmt: skip
_TOKENS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"]]>", b"<![CDATA[", b"{",
    b"[" * 200, b'"', b"'", b"<a>" * 200, b"\r", b"\x0b", b"NaN", b"1e999", b"-", b"9" * 400, b"\xed\xa0\x80",
    b"\xc3", b"PK\x03\x04", b"DICM", b"%PDF-", b"\xff" * 8, b"nullFlavor=\"NI\"", b"xsi:type=\"IVL_TS\"",
)  # fmt: skip
_VALUE = re.compile(rb'="([^"<>]{0,200})"')
_VALUES = (
    b"", b"0", b"-1", b"9" * 400, b"00000000", b"99991399", b"20260231", b"1e400", b"NaN", b"#", b"#x", b"2026",
    b"IVL_PQ", b"PQ", b"CD", b"TS", b"ED", b"BL", b"RTO", b"true", b"2.16.840.1.113883.10.20.22.4.2", b"\xe2\x80\xae",
    b"10000-01-01 00:00:00 +9900", b"0000-00-00 00:00:00 +0000",
)  # fmt: skip


def _bytes(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, taken out, doubled or put in."""
    changed = bytearray(data)
    for _round in range(chance.choice((1, 1, 2, 5, 20))):
        place = chance.randrange(len(changed) + 1)
        end = min(len(changed), place + chance.choice((1, 1, 4, 50, 2000)))
        what = chance.randrange(6)
        if what == 0:
            changed[place:end] = bytes(chance.randrange(256) for _each in range(end - place))
        elif what == 1:
            del changed[place:end]
        elif what == 2:
            changed[place:place] = changed[place:end] * chance.choice((1, 3, 50))
        elif what == 3:
            changed[place:place] = chance.choice(_TOKENS)
        elif what == 4 and place < len(changed):
            changed[place] ^= 1 << chance.randrange(8)
        elif chance.random() < 0.2:
            del changed[place:]
    return bytes(changed)


def _places(node: object) -> Iterator[tuple[dict[str, object] | list[object], str | int]]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        pairs = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
        for key, value in list(pairs):
            yield one, key
            waiting.append(value)


def _json(data: bytes, chance: random.Random) -> bytes:
    """Whole JSON in which some values are of another kind, or stand in another's place."""
    try:
        whole = json.loads(data)
    except ValueError:
        return _bytes(data, chance)
    for _round in range(chance.choice((1, 1, 2, 4, 10))):
        places = list(_places(whole))
        if not places:
            break
        inside, key = chance.choice(places)
        other, name = chance.choice(places)
        value = copy.deepcopy(chance.choice(_ODD) if chance.random() < 0.7 else other[name])
        inside[key] = value
    return json.dumps(whole).encode()


def _xml(data: bytes, chance: random.Random) -> bytes:
    """XML in which attributes say something else, and elements are missing or twice there."""
    for _round in range(chance.choice((1, 1, 3, 10))):
        found = list(_VALUE.finditer(data))
        if found and chance.random() < 0.7:
            one = chance.choice(found)
            value = chance.choice(_VALUES) if chance.random() < 0.7 else chance.choice(found)[1]
            data = data[: one.start(1)] + value + data[one.end(1) :]
            continue
        lines = data.splitlines(keepends=True)
        place = chance.randrange(len(lines))
        lines[place : place + chance.choice((1, 1, 5))] = [lines[place] * chance.choice((0, 2))]
        data = b"".join(lines)
        if not data:
            return b"<"
    return data


def changed(format_name: str, seed: int) -> tuple[str, bytes]:
    """The file's name and bytes that this number means."""
    chance = random.Random(f"{format_name}-{seed}")
    sample = chance.choice(SAMPLES[format_name]())
    if chance.random() < 0.25:
        return sample.name, _bytes(sample.wrap(sample.data), chance)
    start = sample.data.lstrip()[:1]
    shaped = _json if start in (b"{", b"[") else _xml if start == b"<" else _bytes
    return sample.name, sample.wrap(shaped(sample.data, chance))


def _everything(record: object) -> int:
    return len(entries.find(record, Query()))


def tried(record: object, folder: Path, format_name: str, seed: int) -> str:
    """Import one changed file. Anything but a plan whose counts add up raises; the record is left as it was.

    Returns what became of the file: `read`, `part` (some of it left out) or `refused`.
    """
    name, data = changed(format_name, seed)
    path = folder / (name.replace("/", "_") or "file")
    path.write_bytes(data)
    before = _everything(record) if seed % ACCEPTED_EACH == 0 else 0
    plan = importing.plan_import(record, [path], "", NoProgress(), Answers(secrets=_SameForAll()))
    for file in plan.files:
        told = file.as_json()
        counts = sum(sum(told[verdict].values()) for verdict in ("new", "known", "updated")) + told["conflicts"]
        assert told["read"] == counts + len(told["skipped"]), "the counts don't add up"
        assert file.error is None or (file.error.message and file.error.next_step and not file.items)
        json.dumps(told)
    if seed % ACCEPTED_EACH == 0 and any(item.writes for item in plan.items()):
        born = {item.entry.id for item in plan.items() if item.verdict in ("new", "conflict")}
        importing.accept_import(record, plan, NoProgress())
        assert _everything(record) == before + len(born), "a part of it entered"
        history.undo(record)
        assert _everything(record) == before, "undo left something"
    path.unlink()
    refused = all(file.error is not None for file in plan.files)
    return "refused" if refused else "part" if any(f.skipped or f.error for f in plan.files) else "read"
