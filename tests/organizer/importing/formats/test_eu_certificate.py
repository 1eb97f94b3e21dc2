"""EU certificates of vaccination, test and recovery, made here as their specification says."""

import io
import zlib

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.core.run import recognise
from organizer.importing.formats.eu_certificate import EU_CERTIFICATE, certificate_in
from tests.organizer.importing.formats.made_files import VACCINATION, base45, certificate

TEST = {
    "tg": "840539006", "tt": "LP6464-4", "nm": "Roche", "sc": "2021-02-20T12:34:56+01:00", "tr": "260415000",
    "tc": "Testing center Vienna 1", "co": "AT", "is": "Ministry of Health, Austria", "ci": "URN:UVCI:01:AT:2",
}  # fmt: skip
RECOVERY = {
    "tg": "840539006", "fr": "2021-02-20", "df": "2021-04-04", "du": "2021-10-04", "co": "AT", "is": "Ministry",
    "ci": "URN:UVCI:01:AT:3",
}  # fmt: skip


def read(text):
    source = SourceFile("certificate.txt", data=text.encode())
    assert recognise(source) is EU_CERTIFICATE
    return EU_CERTIFICATE.read(source, NoProgress())


def test_the_example_of_rfc_9285_is_read():
    assert base45(b"ietf!") == "QED8WEX0"


def test_a_vaccination_says_what_was_given_when_and_to_whom():
    reading = read(certificate(v=[VACCINATION]))
    (person, dose) = [draft.entry for draft in reading.drafts]
    assert (person.title, person.data["birth_date"]) == ("Ada Example", "1970-05-05")
    assert (dose.kind, dose.title, dose.happened.text) == ("Immunization", "Comirnaty (COVID-19)", "2021-02-18")
    assert (dose.status, dose.text("dose_number"), dose.code) == ("completed", "1", "1119349007")
    assert reading.drafts[1].patient == reading.drafts[0].patient
    assert any("not checked" in warning for warning in reading.warnings)
    assert reading.read == 1


def test_a_test_that_found_nothing_says_so():
    result = read(certificate(t=[TEST])).drafts[1].entry
    assert (result.value_text, result.happened.text) == ("Not detected", "2021-02-20T12:34:56+01:00")
    assert result.text("method") == "Nucleic acid amplification"


def test_a_recovery_tells_the_first_positive_test_and_no_more():
    entries = [draft.entry for draft in read(certificate(r=[RECOVERY])).drafts[1:]]
    assert [(one.kind, one.value_text, one.happened.text) for one in entries] == [
        ("Observation", "Detected", "2021-02-20")
    ]


@pytest.mark.parametrize("text", ["HC1:", "HC1:6BFOXN%TSMAHN-H", "HC1:äö", certificate()[:60], certificate()])
def test_a_code_that_is_damaged_or_empty_is_named(text):
    reading = read(text)
    assert (reading.drafts, len(reading.skipped)) == ([], 1)


def test_what_inflates_without_end_is_none():
    assert certificate_in("HC1:" + base45(zlib.compress(bytes(10 << 20)))) == {}


def test_a_picture_of_the_code_brings_the_vaccination_too():
    import zxingcpp
    from PIL import Image

    code = zxingcpp.create_barcode(certificate(v=[VACCINATION]), zxingcpp.BarcodeFormat.QRCode)
    picture = io.BytesIO()
    Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=4)).save(picture, "PNG")
    source = SourceFile("certificate.png", data=picture.getvalue())
    reading = recognise(source).read(source, NoProgress())
    assert [draft.entry.kind for draft in reading.drafts] == ["DocumentReference", "Patient", "Immunization"]
