"""What a person gets who brings in exports and asks for lists and a packet: each thing as its sources say it stands.

The finished PDF is read with pypdfium2; nothing of the program that made it is used to judge it.
"""

import re
import shutil

import pypdfium2
import pytest

STATES = "tests/data/states"
HEADINGS = (
    "Taken now", "Paused", "Not said whether still taken", "Planned, not begun", "Stopped or ended", "Not taken",
    "Allergies", "Treatments tried",
)  # fmt: skip


@pytest.fixture
def brought_in(run, checkout, blank_record, tmp_path):
    """`brought_in("status.json", …)`: a record of these files."""

    def _brought_in(*names):
        record = shutil.copytree(blank_record("Ruth Testrow"), tmp_path / "States.casebook")
        for name in names:
            answer = run("import", record, checkout / STATES / name, "--json")
            assert answer.code == 0, answer.said
        return record

    return _brought_in


@pytest.fixture
def packet(run, tmp_path):
    """`packet(record, "--since", "2026")`: the words of each page of a packet's front matter."""

    def _packet(record, *options):
        out = tmp_path / "packet.pdf"
        people = [entry["id"] for entry in run("list", record, "Patient", "--json").json["entries"]]
        imported = max(people, key=lambda person: len(run("list", record, "Condition", "--person", person).out))
        answer = run("packet", record, "--out", out, "--person", imported, *options)
        assert answer.code == 0, answer.said
        document = pypdfium2.PdfDocument(out)
        pages = [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]
        document.close()
        return [page for page in pages if "Written out from the file" not in page]

    return _packet


def listed(run, record, kind):
    """Title and entry of a kind as the command line tells them."""
    return {entry["title"]: entry for entry in run("list", record, kind, "--json").json["entries"]}


def parts(pages):
    """The section of medicines and allergies by its headings."""
    text = " ".join(pages[2:5]).partition("Medicines and allergies")[2]
    places = sorted((text.index(heading), heading) for heading in HEADINGS if heading in text)
    ends = [place for place, _heading in places[1:]] + [len(text)]
    return {heading: text[place:end] for (place, heading), end in zip(places, ends, strict=True)}


def test_each_medicine_stands_where_its_status_and_dates_put_it(run, brought_in, packet):
    record = brought_in("status.json")
    told = listed(run, record, "MedicationStatement")
    assert (told["Fluconazole"]["status"], told["Fluconazole"]["data"]["source_status"]) == ("unknown", "completed")

    pages = packet(record)
    medicines = parts(pages)
    assert "Mycophenolate" in medicines["Taken now"]
    assert "Warfarin" not in medicines["Taken now"]
    assert "Fluconazole" in medicines["Not said whether still taken"]
    assert "the source says “completed”" in medicines["Not said whether still taken"]
    assert "Methotrexate" in medicines["Not said whether still taken"]
    assert re.search(r"Warfarin.*2020", medicines["Stopped or ended"])
    assert "“Anaphylactoid infusion reaction”" in medicines["Stopped or ended"]
    assert "Fluconazole" not in medicines["Stopped or ended"]
    assert "Azathioprine" not in " ".join(pages[1:5])


def test_past_allergies_stand_behind_and_say_so(brought_in, packet):
    pages = packet(brought_in("status.json"))
    allergies = parts(pages)["Allergies"]
    assert allergies.index("Iodinated contrast") < allergies.index("Sulfonamide") < allergies.index("Penicillin")
    assert "Penicillin not active" in allergies
    assert allergies.count("Sulfonamide antibiotics") == 1
    assert "past in another record" in allergies
    assert "also recorded as “Sulfa drugs”" in allergies
    assert "Aspirin" not in allergies
    assert "Latex" not in allergies


def test_what_was_cancelled_proposed_or_bounded_is_not_taken_now(run, brought_in, packet):
    record = brought_in("edge.json")
    told = {title: entry["status"] for title, entry in listed(run, record, "MedicationStatement").items()}
    assert told["Oxycodone 5 mg"] == "not-taken"
    assert told["Prednisone"] == "intended"

    pages = packet(record)
    medicines = parts(pages)
    assert "Amoxicillin" in medicines["Stopped or ended"]
    assert "Prednisone" in medicines["Planned, not begun"]
    assert "Oxycodone" in medicines["Not taken"]
    assert "10 mg" in medicines["Taken now"]
    assert "lisinopril 20 mg" in medicines["Taken now"]
    assert "Started Oxycodone" not in " ".join(pages)
    assert "Started Prednisone" not in " ".join(pages)


def test_none_known_beside_a_known_allergy_is_shown_as_a_difference(brought_in, packet):
    pages = packet(brought_in("edge.json"))
    allergies = parts(pages)["Allergies"]
    assert "Shellfish high risk, Anaphylaxis" in allergies
    assert "“No known allergies”, another record names an allergy" in allergies
    differ = " ".join(pages).rpartition("Nothing here says which one is right.")[2]
    assert "“No known allergies”" in differ
    assert "“Shellfish”" in differ


def test_two_portals_with_one_code_tell_one_thing(brought_in, packet):
    pages = packet(brought_in("dupA.json", "dupB.json"))
    problems = pages[1].partition("Problems")[2].partition("Timeline")[0]
    assert len(re.findall(r"hypertension|HTN", problems)) == 1
    assert len(re.findall(r"diabetes|DM2", problems)) == 1
    medicines = parts(pages)
    assert len(re.findall("metoprolol", medicines["Taken now"], re.IGNORECASE)) == 1
    assert len(re.findall("penicillin", medicines["Allergies"], re.IGNORECASE)) == 1


def test_a_document_that_calls_all_completed_stops_nothing(run, brought_in, packet):
    record = brought_in("ccda_r11_medicines.xml", "ccda_allergies.xml")
    told = {title: entry["status"] for title, entry in listed(run, record, "MedicationStatement").items()}
    assert told["Metformin 500 MG Oral Tablet"] == "active"
    assert told["Ordered drug"] == "unknown"
    assert told["Aspirin 81 MG"] == "unknown"

    medicines = parts(packet(record))
    assert "Metformin" in medicines["Taken now"]
    assert "“ordered”" in medicines["Not said whether still taken"]
    assert re.search(r"Old drug.*1 Feb 2010", medicines["Stopped or ended"])
    assert "Aspirin" not in medicines["Stopped or ended"]
    assert "Aspirin past" in medicines["Allergies"]


def test_none_and_not_asked_are_no_facts(run, brought_in, packet):
    record = brought_in("epic_not_on_file.json")
    allergies = listed(run, record, "AllergyIntolerance")
    assert allergies["Not on File"]["data"]["not_asked"]
    assert allergies["NKDA"]["data"]["none_known"]
    assert listed(run, record, "Condition")["No current problems or disability"]["data"]["none_known"]
    assert listed(run, record, "MedicationStatement")["No known medications"]["status"] == "unknown"

    summary = packet(record)[1]
    assert "“No known medications”" in summary
    assert "“No current problems or disability”" in summary
    assert "Not on File" not in summary


def test_a_filter_by_date_hides_nothing_that_still_stands(brought_in, packet):
    pages = packet(brought_in("status.json"), "--since", "2026-06")
    medicines = parts(pages)
    assert "Mycophenolate" in medicines["Taken now"]
    assert "Methotrexate" in medicines["Not said whether still taken"]
    assert "Warfarin" not in medicines["Stopped or ended"]
    assert "Sulfonamide" in medicines["Allergies"]
    assert "Lupus nephritis" in pages[1]
    assert "Pneumonia" not in " ".join(pages)


def test_what_nobody_read_is_named_where_nothing_is_entered(run, blank_record, packet, tmp_path):
    from PIL import Image

    Image.new("RGB", (600, 800), "white").save(tmp_path / "medication list.png")
    record = shutil.copytree(blank_record("Ruth Testrow"), tmp_path / "Scan.casebook")
    assert run("import", record, tmp_path / "medication list.png", "--json").code == 0
    text = " ".join(packet(record))
    assert "No current medicine is recorded." not in text
    assert "No medicine is entered as taken now; documents may name some. Ex 1 is a scan that wasn’t read." in text


def test_two_sources_that_cannot_both_be_right_are_shown_side_by_side(brought_in, packet):
    pages = packet(brought_in("two_sources_a.json", "two_sources_b.json"))
    medicines = parts(pages)
    assert "None is recorded as taken for certain." in medicines["Taken now"]
    words = "One source says taken since 1 Jan 2024, another says stopped on 1 May 2025."
    assert words in medicines["Not said whether still taken"]
    assert "Latex past in another record" in medicines["Allergies"]
    differ = " ".join(pages).rpartition("Nothing here says which one is right.")[2]
    assert differ.count("“Apixaban 5 mg · Taking it”") == 1
    assert "“Eliquis 5 MG · Stopped · until 1 Feb 2024”" in differ
    assert "“Asthma · Past”" in differ
