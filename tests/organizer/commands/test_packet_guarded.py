"""`packet` on the command line gives nothing away unasked: passphrases that aren't there, scans nobody looked at."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing, recognition
from organizer.services.record import people, records
from organizer.store import change_log
from organizer.store.change_log import Replace
from tests.made_records import PASSPHRASE

DOCUMENTS = Path(__file__).parents[2] / "data" / "documents"


@pytest.mark.parametrize("given", [b"", b"\n", b"   \n", b"\nlong enough words\n", "\ufeff\n".encode()])
def test_a_passphrase_file_that_gives_none_is_refused_and_nothing_is_written(run, record, tmp_path, given):
    secret, out = tmp_path / "words.txt", tmp_path / "packet.pdf"
    secret.write_bytes(given)
    told = run("packet", record, "--out", out, "--protect-with", secret)
    assert told.code == 1
    assert "gives no passphrase" in told.said
    assert not out.exists()


def test_a_passphrase_file_that_is_no_text_is_refused(run, record, tmp_path):
    secret, out = tmp_path / "words.txt", tmp_path / "packet.pdf"
    secret.write_bytes(b"\xe9\xff long enough words\n")
    told = run("packet", record, "--out", out, "--protect-with", secret)
    assert told.code == 1
    assert "Traceback" not in told.said
    assert not out.exists()


def test_a_passphrase_of_eight_letters_protects_and_seven_are_refused(run, record, tmp_path):
    secret, out = tmp_path / "words.txt", tmp_path / "packet.pdf"
    secret.write_text("1234567\n")
    assert run("packet", record, "--out", out, "--protect-with", secret).code == 1
    assert not out.exists()
    secret.write_text("tR5$kk9!\n")
    assert run("packet", record, "--out", out, "--protect-with", secret).code == 0
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(out)
    pikepdf.open(out, password="tR5$kk9!").close()


def test_a_scan_is_held_back_on_the_command_line_until_it_is_named(run, record, tmp_path):
    picture, out = tmp_path / "photo of a report.png", tmp_path / "packet.pdf"
    Image.effect_noise((300, 400), 60).save(picture)
    opened = records.open_record(record, PASSPHRASE)
    plan = importing.plan_import(opened, [picture], people.people(opened)[0].person, NoProgress())
    importing.accept_import(opened, plan, NoProgress())
    records.close(opened)
    told = run("packet", record, "--out", out)
    assert told.code == 0
    assert "--looked-at “photo of a report.png”" in told.out
    assert "held back" in told.out
    answer = run("packet", record, "--out", out, "--replace", "--json").json
    assert [one["file_name"] for one in answer["held_back"]] == ["photo of a report.png"]
    answer = run("packet", record, "--out", out, "--replace", "--json", "--looked-at", "photo of a report.png").json
    assert answer["held_back"] == []
    refused = run("packet", record, "--out", out, "--replace", "--looked-at", "another.png")
    assert refused.code == 1
    assert "another.png" in refused.said


def test_a_chronology_holds_a_scan_back_too(run, record, tmp_path):
    picture, out = tmp_path / "photo of a report.png", tmp_path / "chronology.pdf"
    Image.effect_noise((300, 400), 60).save(picture)
    run("import", record, picture)
    told = run("chronology", record, "--out", out, "--json").json
    assert [one["what"] for one in told["left_out"] if "held back" in one["reason"]]
    out.unlink()
    told = run("chronology", record, "--out", out, "--json", "--looked-at", "photo of a report.png").json
    assert not [one["what"] for one in told["left_out"] if "held back" in one["reason"]]


@pytest.mark.skipif(not recognition.available(), reason="nothing on this computer reads pictures")
def test_scans_are_recognised_on_the_command_line(run, record):
    run("import", record, DOCUMENTS / "scan-rotate-90.pdf")
    told = run("recognise", record)
    assert told.code == 0
    assert "Recognised the text of 1 document" in told.out
    assert run("search", record, "non-reactive", "--json").json
    assert run("recognise", record, "--json").json["documents"] == 0


def test_where_somebody_lives_goes_out_only_when_it_is_ticked(run, record, tmp_path):
    out = tmp_path / "packet.pdf"
    opened = records.open_record(record, PASSPHRASE)
    person = people.people(opened)[0]
    private = {"address": "12 Hidden Lane", "emergency_contact": "Canary Marsh 555 0199"}
    change_log.apply(opened, "ProgressLine", [Replace(person.having(data={**person.data, **private}))])
    records.close(opened)
    told = run("packet", record, "--out", out)
    assert "Hidden Lane" not in everything_in(out)
    assert "Canary Marsh" not in everything_in(out)
    assert "My address, telephone, e-mail and emergency contact" in told.out
    run("packet", record, "--out", out, "--replace", "--tick", "contact")
    assert "Canary Marsh" in everything_in(out)


def everything_in(out):
    """The words of all pages, and of the data inside."""
    with pypdfium2.PdfDocument(out) as document:
        words = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    with pikepdf.open(out) as opened:
        return words + "".join(one.get_file().read_bytes().decode() for one in opened.attachments.values())
