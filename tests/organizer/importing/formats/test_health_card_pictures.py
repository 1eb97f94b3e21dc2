"""Health cards on pictures and pages, in parts, and whether their signature is right."""

import base64
import json
import time
import zlib
from io import BytesIO

import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.core.answers import Answers
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.documents import DOCUMENTS
from organizer.importing.formats.health_cards import HEALTH_CARDS
from organizer.services.bring_in import importing
from tests.made_records import opened_copy

KEY = ec.derive_private_key(20_260_302, ec.SECP256R1())
ISSUER = "https://cards.example.org"


def part(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def key_set(key=KEY, kid="first"):
    numbers = key.public_key().public_numbers()
    x, y = (part(one.to_bytes(32, "big")) for one in (numbers.x, numbers.y))
    return json.dumps({"keys": [{"kty": "EC", "crv": "P-256", "kid": kid, "x": x, "y": y}]}).encode()


def signed(changed="", kid="first", **more):
    patient = {"resourceType": "Patient", "name": [{"text": "Ada Quill"}], "birthDate": "1975-02-11"}
    coding = [{"system": "http://hl7.org/fhir/sid/cvx", "code": "207"}]
    shot = {
        "resourceType": "Immunization",
        "status": "completed",
        "vaccineCode": {"coding": coding},
        "patient": {"reference": "resource:0"},
        "occurrenceDateTime": "2021-01-29",
    }
    listed = [{"fullUrl": f"resource:{n}", "resource": one} for n, one in enumerate((patient, shot))]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": listed}
    payload = json.dumps({"iss": ISSUER, "vc": {"credentialSubject": {"fhirBundle": bundle}}, **more}).encode()
    header = json.dumps({"zip": "DEF", "alg": "ES256", "kid": kid}).encode()
    word = f"{part(header)}.{part(squeezed(payload))}"
    r, s = decode_dss_signature(KEY.sign(word.encode(), ec.ECDSA(SHA256())))
    if changed:
        word = f"{part(header)}.{part(squeezed(payload.replace(b'Ada Quill', changed.encode())))}"
    return f"{word}.{part(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def squeezed(data):
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(data) + engine.flush()


def codes(word, parts=1):
    digits = "".join(f"{ord(sign) - 45:02}" for sign in word)
    if parts == 1:
        return [f"shc:/{digits}"]
    step = -(-len(digits) // parts)
    return [f"shc:/{n + 1}/{parts}/{digits[n * step : (n + 1) * step]}" for n in range(parts)]


def picture(text, kind="PNG"):
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    image = Image.fromarray(code.to_image(scale=4, add_quiet_zones=True)).convert("RGB")
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


def pages(*texts):
    out = BytesIO()
    canvas = Canvas(out)
    for text in texts:
        canvas.drawImage(ImageReader(BytesIO(picture(text))), 60, 300, 400, 400)
        canvas.drawString(60, 750, "Vaccination certificate")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(data, keys=b""):
    source = SourceFile("card", data=data)
    source.answers = Answers(keys=keys)
    return (DOCUMENTS if DOCUMENTS.recognises(source) and data[:1] != b"e" else HEALTH_CARDS).read(source, NoProgress())


def titles(reading):
    return [one.entry.title for one in reading.drafts]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_of_a_code_is_the_document_and_the_card(kind):
    assert titles(read(picture(codes(signed())[0], kind))) == ["card", "Ada Quill", "COVID-19, mRNA, Moderna"]


def test_parts_on_several_pages_are_one_card():
    first, second, third = codes(signed(), 3)
    assert titles(read(pages(third, first, second)))[1:] == ["Ada Quill", "COVID-19, mRNA, Moderna"]


def test_a_signature_is_checked_by_the_key_set_that_the_person_gives():
    word = signed().encode()
    assert any("not checked" in one for one in read(word).warnings)
    assert any("signature is right" in one and ISSUER in one for one in read(word, key_set()).warnings)
    assert any("doesn’t hold the key" in one for one in read(word, key_set(kid="another")).warnings)


@pytest.mark.parametrize("word", [signed(changed="Eve Quill"), signed()[:-8]])
def test_a_card_that_was_changed_does_not_come_in(word):
    with pytest.raises(UnreadableSourceError) as refused:
        read(word.encode(), key_set())
    assert "signature doesn’t fit" in refused.value.message


def test_somebody_elses_key_under_the_same_name_does_not_make_it_right():
    with pytest.raises(UnreadableSourceError):
        read(signed().encode(), key_set(ec.derive_private_key(7, ec.SECP256R1())))


def test_a_file_without_such_keys_is_refused_by_name():
    with pytest.raises(UnreadableSourceError) as refused:
        read(signed().encode(), b'{"keys": [{"kty": "RSA"}]}')
    assert "jwks" in refused.value.next_step


def test_a_card_out_of_its_time_is_read_and_it_is_said():
    assert any("expired on 2020-09-13" in one for one in read(signed(exp=1_600_000_000).encode()).warnings)
    assert any("isn’t valid before" in one for one in read(signed(nbf=time.time() + 1e6).encode()).warnings)
    assert not any("valid" in one for one in read(signed(nbf=1_600_000_000.5).encode()).warnings)


@pytest.fixture
def record(blank_record, tmp_path):
    with opened_copy(blank_record("Ada Quill"), tmp_path) as made:
        yield made


def plan(record, tmp_path, files):
    folder = tmp_path / "card"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return importing.plan_import(record, [folder], "", NoProgress())


def test_parts_on_several_pictures_and_the_keys_beside_them_are_one_checked_card(record, tmp_path):
    first, second = codes(signed(), 2)
    made = plan(record, tmp_path, {"1.png": picture(first), "2.png": picture(second), "jwks.json": key_set()})
    assert made.total("new") == {"DocumentReference": 2, "Immunization": 1}
    assert [file.format for file in made.files] == ["Document", "Document", "Key set"]
    assert any("signature is right" in one for file in made.files for one in file.warnings)


def test_a_picture_of_one_part_says_that_the_others_are_missing(record, tmp_path):
    made = plan(record, tmp_path, {"1.png": picture(codes(signed(), 2)[0])})
    assert made.total("new") == {"DocumentReference": 1}
    assert any("all its parts" in one for one in made.files[0].warnings)
