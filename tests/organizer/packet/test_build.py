"""The sample's packet as a whole: it opens, its facts lead to the page that holds them, the same again is the same."""

import io

import pikepdf
import pypdfium2
import pytest

from organizer.base.errors import DiskFullError, OrganizerError
from organizer.base.progress import NoProgress
from organizer.packet.exhibits import prepared
from organizer.services.follow import plans
from organizer.services.opinion import packets, reasons


@pytest.fixture(scope="module")
def record(opened_sample):
    return opened_sample


def test_every_fact_of_the_record_is_linked(sample_packet):
    _data, result = sample_packet
    assert result.summary_pages == 1
    assert result.facts == result.facts_linked > 40
    assert len(result.exhibits) >= 10


def test_a_specialist_reads_nine_pages_and_the_index(sample_packet):
    _data, result = sample_packet
    assert result.front_pages <= result.most_front_pages == 9
    assert result.index_pages == (9, 10)


def test_it_opens_in_two_readers_with_the_same_pages(sample_packet):
    data, result = sample_packet
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert len(opened.pages) == result.pages
    assert len(pypdfium2.PdfDocument(data)) == result.pages


def test_a_citation_leads_to_an_exhibit_page_and_back(sample_packet):
    data, result = sample_packet
    front = result.exhibits[0].first_page - 1
    with pikepdf.open(io.BytesIO(data)) as opened:
        numbers = {page.objgen: number for number, page in enumerate(opened.pages)}
        targets = [
            numbers[note.Dest[0].objgen]
            for page in list(opened.pages)[:front]
            for note in page.get("/Annots", [])
            if isinstance(note.get("/Dest"), pikepdf.Array)
        ]
    assert len([target for target in targets if target >= front]) >= result.facts_linked


def test_the_biopsy_is_quoted_from_the_page_that_says_it(sample_packet):
    data, result = sample_packet
    biopsy = next(one for one in result.exhibits if "iopsy" in one.title)
    document = pypdfium2.PdfDocument(data)
    pages = range(biopsy.first_page - 1, biopsy.first_page - 1 + biopsy.pages)
    assert any("Lupus nephritis" in document[number].get_textpage().get_text_bounded() for number in pages)


def test_the_same_record_gives_the_same_bytes(record, sample_packet):
    again, _result = packets.preview(record, packets.choice(record), NoProgress())
    assert again == sample_packet[0]


def test_after_a_change_of_the_words_the_exhibits_are_not_rebuilt(record, monkeypatch):
    made = []
    for way in ("_made_apart", "_made_whole"):
        ready = getattr(prepared, way)
        monkeypatch.setattr(prepared, way, lambda *given, ready=ready: made.append(given[0].sha256) or ready(*given))
    kept = packets.prepared()
    first, before = packets.preview(record, packets.choice(record), NoProgress(), kept)
    assert len(made) == len(before.exhibits)
    changed = packets.choice(record, exclude=("words", "timeline"))
    data, _after = packets.preview(record, changed, NoProgress(), kept)
    assert data != first
    assert len(made) == len(before.exhibits)
    assert data == packets.preview(record, changed, NoProgress())[0]


def test_the_front_pages_are_there_before_the_exhibits_are_joined_and_look_as_in_the_file(record):
    begun = packets.begun(record, packets.choice(record), NoProgress())
    data, result = packets.joined(begun, NoProgress())
    front, whole = pypdfium2.PdfDocument(begun.front), pypdfium2.PdfDocument(data)
    assert len(front) == result.exhibits[0].first_page - 1
    for page, same in zip(front, whole, strict=False):
        assert page.render(scale=0.5).to_numpy().tobytes() == same.render(scale=0.5).to_numpy().tobytes()
    assert packets.joined(begun, NoProgress())[0] == data


def test_a_full_disk_leaves_nothing_behind(record, tmp_path, monkeypatch):
    def full_disk(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(DiskFullError):
        packets.write_packet(record, packets.choice(record), tmp_path / "out.pdf", NoProgress())
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_section_is_refused_by_name(record):
    with pytest.raises(OrganizerError) as refused:
        packets.choice(record, exclude=["nothing"])
    assert "nothing" in refused.value.message


def test_the_sample_tells_its_story(record):
    person = packets.choice(record).person
    verdicts = {report.plan.title: report.check.verdict for report in plans.check_plans(record, person)}
    assert sorted(verdicts.values()) == ["met", "not-on-track"]
    found = {reason.reason for reason in reasons.reasons(record, person)}
    others = {"high-risk-treatment", "several-options"}
    assert found == {"treatment-not-working", "serious-diagnosis", "diagnosis-unclear", *others}


def test_the_packet_speaks_its_own_language_also_in_the_plan_check(record):
    data, _result = packets.preview(record, packets.choice(record, language="es"), NoProgress())
    with pypdfium2.PdfDocument(data) as document:
        told = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert "La meta es" in told
    assert "The goal is" not in told
