"""SMART Health Cards: as a file, as text, as the digits of a QR code; several people stay several."""

import base64
import json
import zlib

import pytest

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.core.run import recognise
from organizer.importing.formats.health_cards import HEALTH_CARDS


def part(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def card(name="Ada Quill", code="207", header=None, squeeze=True):
    patient = {"resourceType": "Patient", "name": [{"text": name}], "birthDate": "1975-02-11"}
    shot = {
        "resourceType": "Immunization",
        "status": "completed",
        "vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": code}]},
        "patient": {"reference": "resource:0"},
        "occurrenceDateTime": "2021-01-29",
    }
    listed = [{"fullUrl": f"resource:{n}", "resource": one} for n, one in enumerate((patient, shot))]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": listed}
    payload = json.dumps({"vc": {"credentialSubject": {"fhirBundle": bundle}}}).encode()
    if squeeze:
        engine = zlib.compressobj(9, zlib.DEFLATED, -15)
        payload = engine.compress(payload) + engine.flush()
    told = header or {"zip": "DEF", "alg": "ES256", "kid": "k"}
    return f"{part(json.dumps(told).encode())}.{part(payload)}.{part(bytes(64))}"


def digits(word):
    return "".join(f"{ord(sign) - 45:02}" for sign in word)


def read(text, name="card.txt"):
    source = SourceFile(name, data=text.encode())
    assert recognise(source) is HEALTH_CARDS
    return HEALTH_CARDS.read(source, NoProgress())


def titles(reading):
    return [one.entry.title for one in reading.drafts]


@pytest.mark.parametrize(
    "text",
    [
        card(),
        json.dumps({"verifiableCredential": [card()]}),
        f"shc:/{digits(card())}",
        "\ufeff" + card(),
        f"shc:/2/2/{digits(card())[200:]}\nshc:/1/2/{digits(card())[:200]}",
    ],
)
def test_a_card_is_read_in_each_of_its_shapes(text):
    reading = read(text)
    assert titles(reading) == ["Ada Quill", "COVID-19, mRNA, Moderna"]
    assert any("signature was not checked" in one for one in reading.warnings)


def test_two_people_in_one_file_keep_their_own_vaccinations():
    reading = read(json.dumps({"verifiableCredential": [card("Ada Quill"), card("Ben Quill", "208")]}))
    ada, hers, ben, his = reading.drafts
    assert hers.patient == ada.identifier
    assert his.patient == ben.identifier
    assert ada.identifier != ben.identifier


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"shc:/1/17/{digits(card())[:80]}", "part 1 of 17"),
        (f"shc:/3/2/{digits(card())[:80]}", "part 3 of 2"),
        (f"shc:/{digits(card())[:80]}x", "digits"),
        ("shc:5676290952432060346029", "digits"),
        ("shlink:/eyJ1cmwiOiJodHRwcyJ9", "link to the internet"),
        (json.dumps({"verifiableCredential": [card(squeeze=False)]}), "unpacked"),
        (json.dumps({"verifiableCredential": []}), "no card"),
    ],
)
def test_what_is_wrong_with_a_card_is_said(text, reason):
    with pytest.raises(UnreadableSourceError) as refused:
        read(text)
    assert reason in refused.value.message
    assert refused.value.next_step


def test_a_good_card_beside_a_bad_one_is_still_offered():
    reading = read(json.dumps({"verifiableCredential": [card(squeeze=False), card()]}))
    assert titles(reading) == ["Ada Quill", "COVID-19, mRNA, Moderna"]
    assert [one.where for one in reading.skipped] == ["card=1"]


def test_a_card_that_swells_is_stopped():
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = engine.compress(b" " * (16 << 20)) + engine.flush()
    head = part(json.dumps({"zip": "DEF", "alg": "ES256"}).encode())
    with pytest.raises(UnreadableSourceError):
        read(f"{head}.{part(bomb)}.{part(bytes(64))}")


def test_shared_cards_are_read_or_refused_calmly(shared_records):
    for path in sorted((shared_records / "shc").glob("*.txt")):
        source = SourceFile(path.name, path)
        try:
            assert recognise(source).read(source, NoProgress()).drafts
        except UnreadableSourceError as refused:
            said = refused
            assert said.next_step


def test_the_shared_pictures_say_what_they_are(shared_records):
    reasons = {}
    for path in sorted((shared_records / "shc").glob("*.png")):
        reading = recognise(source := SourceFile(path.name, path)).read(source, NoProgress())
        assert reading.drafts[0].entry.kind == "DocumentReference"
        reasons[path.name] = [one.reason for one in reading.skipped] or reading.card_parts
    assert "link to the internet" in reasons["shlink-qr.png"][0]
    assert reasons["test-invalid-jws-payload.png"][0].startswith("its content")
    assert reasons["test-example-00-g-qr-code-0-qr_chunk_too_small.png"][0].startswith("shc:/1/2/")
