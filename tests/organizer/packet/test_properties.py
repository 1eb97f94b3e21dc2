"""What the finished file says of itself, and what a second judge finds in it."""

import io

import pikepdf
import pytest
from pikepdf import Name

from tests.organizer.packet.test_odd_documents import Printed


@pytest.fixture(scope="module")
def packet(sample_packet, tmp_path_factory):
    data, _result = sample_packet
    path = tmp_path_factory.mktemp("properties") / "packet.pdf"
    path.write_bytes(data)
    with pikepdf.open(path) as opened:
        yield opened


def test_it_bears_the_day_of_the_record_and_no_other(packet):
    assert str(packet.docinfo["/CreationDate"]) == str(packet.docinfo["/ModDate"]) == "D:20261124000000Z"
    with packet.open_metadata() as told:
        assert told["xmp:CreateDate"] == "2026-11-24T00:00:00Z"
        assert told["dc:title"] == str(packet.docinfo["/Title"]) == "Elena Marsh – packet for a second opinion"
        assert "pdfuaid:part" not in told, "nothing claims a conformity that exhibits from elsewhere may break"


def test_its_bookmarks_are_open_and_its_pages_are_named_as_the_citations_name_them(packet, sample_packet):
    _data, result = sample_packet
    assert packet.Root["/PageMode"] == Name.UseOutlines
    labels = [page.label for page in packet.pages]
    assert labels[: result.index_pages[1]] == [str(number) for number in range(1, result.index_pages[1] + 1)]
    for exhibit in result.exhibits:
        first = exhibit.first_page - 1
        wanted = [f"{exhibit.label} p {number}" for number in range(1, exhibit.pages + 1)]
        assert labels[first : first + exhibit.pages] == wanted


def test_each_link_says_where_it_leads(packet, sample_packet):
    _data, result = sample_packet
    places = {page.obj.objgen: page.label for page in packet.pages}
    told = 0
    for page in packet.pages:
        for note in page.obj.get("/Annots", ()):
            if note["/Subtype"] == Name.Link and "/Dest" in note:
                label = places[note["/Dest"][0].objgen].replace(" p ", ", page ")
                assert str(note["/Contents"]).removeprefix("Link to ").removeprefix("page ") == label
                told += 1
    assert told > result.facts_linked


def test_each_font_of_the_front_pages_is_embedded(packet, sample_packet):
    _data, result = sample_packet
    for page in packet.pages[: result.index_pages[1]]:
        for font in page.obj["/Resources"]["/Font"].values():
            parts = [*font.get("/DescendantFonts", ()), font]
            assert any("/FontFile2" in part.get("/FontDescriptor", {}) for part in parts), font["/BaseFont"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("letter.txt", b"Seen on 3 May 2026. Knee swollen."),
        ("scan-upright.pdf", None),
        ("control-printed-line.pdf", None),
    ],
)
def test_each_font_of_a_page_that_is_made_here_is_embedded(name, data):
    packet = Printed(name, data=data)
    with pikepdf.open(io.BytesIO(packet.data)) as opened:
        own = [page for number, page in enumerate(opened.pages) if number in packet.pages]
        fonts = [font for page in own for font in page.obj["/Resources"].get("/Font", {}).values()]
        fonts += [font for page in own for font in fonts_of_forms(page.obj["/Resources"])]
        assert fonts
        assert not [font["/BaseFont"] for font in fonts if "/FontDescriptor" not in font]


def fonts_of_forms(resources):
    """The fonts within the forms that a page draws."""
    for form in resources.get("/XObject", {}).values():
        yield from form.get("/Resources", {}).get("/Font", {}).values()


def test_a_second_judge_finds_no_error_and_only_the_claim_that_is_not_made(packet):
    pdfua = pytest.importorskip("pdfua")
    found = {(finding.rule_id, finding.severity.name) for finding in pdfua.validate(packet.filename).findings}
    assert found <= {("UA-28-004", "WARNING")}
