"""Sensitive matters stay out until they are ticked: from sections, exhibits and lists, in text and in pixels."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from organizer.base.errors import OrganizerError
from organizer.base.progress import NoProgress
from organizer.model.entry import Coding, Link
from organizer.model.links import Role
from organizer.packet.exhibits.page_words import says
from organizer.packet.file.build import open_packet, packet_bytes
from organizer.packet.file.front_matter import front_matter
from organizer.packet.packet_input import OriginalFile
from organizer.packet.sensitive import Withheld, matters, matters_of, sifted, words_of
from organizer.services.opinion import packets
from tests.organizer.packet.people import EMPTY_PLAN, almost_empty, elena, entry


def letter(*lines, turn=0):
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=(612, 792), invariant=1)
    for number, line in enumerate(lines):
        canvas.drawString(72, 700 - 20 * number, line)
    canvas.save()
    with pikepdf.open(paper) as opened:
        opened.pages[0].rotate(turn, relative=False)
        turned = io.BytesIO()
        opened.save(turned)
    return turned.getvalue()


LINES = ("Blood pressure 128/76, well controlled.", "History of HIV infection since 2014.", "Next visit in May.")


def packet(*tick, turn=0):
    original = OriginalFile("letter", "letter.pdf", "application/pdf", letter(*LINES, turn=turn))
    person = elena()
    own = tuple(one for one in person.entries if not one.sources or not one.sources[0].document)
    entries = (
        *own,
        entry("DiagnosticReport", "Clinic letter", "2026-05", "letter:1", file="letter"),
        entry("Condition", "HIV disease", "2014", "letter:1"),
        entry("MedicationStatement", "Antiretroviral therapy", "2014", "letter:1"),
    )
    kept, withheld = sifted(entries, tick)
    choice = replace(person.choice, tick_sensitive=frozenset(tick), include=None)
    given = replace(person, entries=tuple(kept), withheld=withheld, read_original=lambda _sha: original, choice=choice)
    return packet_bytes(open_packet(given, NoProgress()), NoProgress())


def unpacked(data):
    with pikepdf.open(io.BytesIO(data)) as opened:
        paper = io.BytesIO()
        opened.save(paper, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return paper.getvalue()


def words_in(data):
    document = pypdfium2.PdfDocument(data)
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return words


def test_what_is_not_ticked_is_found_nowhere_in_the_file():
    data, result = packet()
    assert "HIV infection" not in words_in(data)
    assert "ntiretroviral" not in words_in(data)
    assert b"HIV infection" not in unpacked(data)
    told = {one.what: one.reason for one in result.left_out}
    assert "HIV: 2 entries" in told
    assert any("1 line" in what and "blacked out" in reason for what, reason in told.items())


def test_a_ticked_matter_is_there_as_it_was():
    data, result = packet("hiv")
    assert "History of HIV infection since 2014." in words_in(data)
    assert "HIV disease" in words_in(data)
    assert not any("blacked out" in one.reason for one in result.left_out)


def test_a_shortened_list_says_that_it_may_be_incomplete():
    assert "may be incomplete at the patient’s choice" in words_in(packet()[0])
    assert "may be incomplete" not in words_in(packet("hiv")[0])


def test_what_is_withheld_makes_no_other_line_false():
    withheld = " ".join(words_in(packet()[0]).split())
    assert "Not in this packet, and not asked for yet" in withheld
    assert "Not recorded here" not in withheld
    assert "Some of it may be recorded, and left out at the patient’s choice." in withheld
    assert "Not recorded here, and not asked for yet" in " ".join(words_in(packet("hiv")[0]).split())


def test_the_picture_of_a_card_goes_out_only_when_it_is_ticked():
    card = entry("DocumentReference", "Front of the card", "2026-01", file="card", id="card-picture")
    insurer = entry("Coverage", "Northern Mutual").having(links=(Link(Role.CARD, "card-picture"),))
    kept, withheld = sifted((insurer, card), ())
    assert kept == [insurer]
    assert [(one.matter.id, one.count) for one in withheld] == [("cards", 1)]
    assert sifted((insurer, card), ("cards",)) == ([insurer, card], ())


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_only_the_line_itself_is_black(turn):
    data, result = packet(turn=turn)
    document = pypdfium2.PdfDocument(data)
    page = document[result.exhibits[0].first_page - 1]
    picture = page.render(scale=1).to_pil().convert("L")
    if turn:
        picture = picture.rotate(turn, expand=True)
    high = picture.height - 792  # a strip may have been added for the stamps
    dark = [row for row in range(picture.height) if picture.getpixel((picture.width // 2, row)) < 40]
    assert dark
    assert max(dark) - min(dark) < 22
    assert abs((792 - (min(dark) - max(high, 0))) - 690) < 30
    document.close()


@pytest.mark.parametrize(
    ("code", "matter"),
    [
        ("F33.1", "mental-health"),
        ("F10.2", "substances"),
        ("B20", "hiv"),
        ("O80", "reproduction"),
        ("X78", "self-harm"),
    ],
)
def test_codes_tell_without_words(code, matter):
    coded = entry("Condition", "Something", "2020").having(codes=(Coding("http://hl7.org/fhir/sid/icd-10-cm", code),))
    assert matter in matters_of(coded)


@pytest.mark.parametrize(
    "title",
    ["Lupus nephritis, class III", "Alcohol swab", "Gene Kelly Clinic", "Depressed skull fracture", "Hearing aids"],
)
def test_words_that_only_look_alike_tell_nothing(title):
    assert matters_of(entry("Condition", title, "2020")) == ()


@pytest.mark.parametrize(
    ("words", "matter"),
    [
        ("Truvada", "hiv"), ("Tenofovir disoproxil 300 mg", "hiv"), ("Biktarvy", "hiv"), ("CD4 count 512", "hiv"),
        ("HIV-1/2 antigen/antibody: reactive", "hiv"), ("Serología VIH negativa", "hiv"), ("AIDS", "hiv"),
        ("Zoloft 50 mg", "mental-health"), ("Prozac", "mental-health"), ("Seroquel", "mental-health"),
        ("Duloxetina", "mental-health"), ("Bupropion XL", "mental-health"), ("Anxiety", "mental-health"),
        ("ADHD", "mental-health"), ("TDAH", "mental-health"), ("Mittelgradige depressive Episode", "mental-health"),
        ("Antidépresseur", "mental-health"), ("PHQ9: 14", "mental-health"), ("LMP 3 May 2026", "reproduction"),
        ("hCG, quantitative", "reproduction"), ("HPV 16 detected", "reproduction"), ("Herpes simplex", "reproduction"),
        ("Schwangerschaft, 12. Woche", "reproduction"), ("Faktor-V-Leiden", "genetics"),
        ("Factor V Leiden", "genetics"),
        ("RPR 1:64", "reproduction"), ("Treponema pallidum antibody", "reproduction"),
        ("Sexual assault in 2012", "reproduction"), ("C2-Abusus", "substances"),
        ("Barbiturates, urine: positive", "substances"), ("Ethyl glucuronide", "substances"),
        ("HLA-B*5701", "hiv"), ("CYP2C19 *2/*2", "genetics"), ("HFE C282Y", "genetics"),
        ("Involuntary hold", "mental-health"), ("Cut her wrists in 2015", "self-harm"),
        ("Alkoholabhängigkeit", "substances"), ("Suboxone", "substances"), ("Idées suicidaires", "self-harm"),
        ("AIDS in 2009", "hiv"), ("Viral load below 20", "hiv"), ("on DTG/3TC since 2019", "hiv"),
        ("ВИЧ-инфекция", "hiv"), ("诊断：慢性肾脏病，艾滋病毒感染", "hiv"), ("患有HIV感染", "hiv"), ("ผู้ป่วยHIV", "hiv"),
        ("ติดเชื้อเอชไอวี", "hiv"), ("एचआईवी पॉजिटिव", "hiv"), ("აივ-ინფექცია", "hiv"), ("נשא איידס", "hiv"),
        ("抑郁症", "mental-health"), ("والاكتئاب", "mental-health"), ("חולה בדיכאון", "mental-health"),
        ("Хроническая депрессия", "mental-health"), ("κατάθλιψη", "mental-health"), ("trầm cảm", "mental-health"),
        ("zaburzenia depresyjne", "mental-health"), ("попытка суицида", "self-harm"), ("임신 20주", "reproduction"),
        ("алкогольная зависимость", "substances"),
    ],
)  # fmt: skip
def test_brands_tests_and_other_languages_tell_it_too(words, matter):
    assert matter in matters_of(entry("Observation", words, "2020"))
    assert words_of(()).search(words) is not None
    assert words_of({one.id for one in matters()}) is None


@pytest.mark.parametrize(
    "words",
    [
        "ST depression in V4 to V6", "1 mm horizontal ST-segment depression", "Respiratory depression after morphine",
        "Bone marrow depression", "Pregnancy test negative", "Pregnancy test: negative", "Schwangerschaftstest negativ",
        "Haemostasis by bipolar cautery", "Lithium heparin tube", "Hearing aids", "Isopropyl alcohol", "Herpes zoster",
        "Carrier of MRSA", "HPV, quadrivalent", "Vaccin contre le papillomavirus",
        "Do not drink alcohol for 24 hours", "Apo-Lisinopril",
        "Apolipoprotein B", "Nonalcoholic fatty liver", "HEARING AIDS IN BOTH EARS", "HBV DNA viral load", "hives",
        "депрессия сегмента ST", "الجهاز التنفسي", "Хроническая болезнь почек", "慢性肾脏病4期", "心臓病", "高血圧",
    ],
)  # fmt: skip
def test_the_same_words_with_another_meaning_are_not_withheld(words):
    assert matters_of(entry("Observation", words, "2020")) == ()
    assert words_of(()).search(words) is None


@pytest.mark.parametrize(
    "words", ["post-traumatic\r\nstress disorder", "depres-\r\nsion", "de\u00adpression", "alcohol\nabuse"]
)
def test_words_are_found_where_a_line_divides_them(words):
    place = words_of(()).search(f"He has {words} since 2019.")
    assert words[:2] == f"He has {words}"[place.start :][:2]
    assert place.end >= len("He has ") + len(words) - len("disorder ")


def test_the_sample_holds_back_no_illness_but_the_card_that_nobody_looked_at_and_where_she_lives(
    opened_sample, sample_packet
):
    _data, result = sample_packet
    titles = [one.title for one in matters()]
    held = {one.what.split(":")[0] for one in result.left_out if one.what.split(":")[0] in titles}
    assert held == {"My address, telephone, e-mail and emergency contact"}
    assert not [one for one in result.left_out if "blacked" in one.reason]
    assert [one.file_name for one in result.held_back] == ["insurance-card.png"]
    with pytest.raises(OrganizerError) as refused:
        packets.choice(opened_sample, tick=["moods"])
    assert "moods" in refused.value.message


@pytest.mark.parametrize(("category", "told"), [("genetics", ("genetics",)), ("pathology", ()), ("laboratory", ())])
def test_a_report_that_its_source_calls_genetic_is_withheld_whatever_it_is_called(category, told):
    report = entry("DiagnosticReport", "Panel 12, final", "2026-03", category=category)
    assert matters_of(report) == told
    kept, withheld = sifted([report], ())
    assert [one.matter.id for one in withheld] == list(told)
    assert kept == ([] if told else [report])
    assert sifted([report], ("genetics",)) == ([report], ())


def test_a_word_is_found_over_the_end_of_a_line_where_a_script_has_no_blanks():
    assert says("诊断：慢性肾脏病，艾滋\r\n病毒感染", words_of(()))
    assert not says("诊断：慢性肾脏病\r\n4期", words_of(()))


@pytest.mark.parametrize(
    ("section", "withheld", "claim"),
    [
        ("imaging", "ImagingStudy", "No report is recorded."),
        ("imaging", "DiagnosticReport", "No report is recorded."),
        ("treatments", "Procedure", "No treatment is recorded."),
        ("medicines", "MedicationStatement", "No current medicine is recorded."),
        ("missing", "Task", "Nothing is noted as asked for or waiting."),
        ("differ", "Observation", "Nothing was found that two records say differently."),
        ("options", "TreatmentOption", "No option is written down yet."),
        ("summary", "CarePlan", "The plan proposed Not recorded."),
    ],
)
def test_no_section_claims_an_absence_that_the_choice_made(section, withheld, claim):
    whole = replace(almost_empty(), choice=replace(almost_empty().choice, include=(section,)))
    hiv = next(matter for matter in matters() if matter.id == "hiv")
    shortened = replace(whole, withheld=(Withheld(hiv, 1, frozenset({withheld})),))
    plain, careful = (" ".join(words_in(front_matter(one, EMPTY_PLAN).pdf).split()) for one in (whole, shortened))
    assert claim in plain
    assert f"{claim} Some may be left out" in careful or claim not in careful
    assert "Some may be left out at the patient’s choice." in careful


@pytest.mark.parametrize(
    "line",
    [
        "Z. n. S u i z i d v e r s u c h 1998",
        "V I H  p o s i t i v o",
        "a. H.I.V. test",
        "K. S c h i z o p h r e n i e",
    ],
)
def test_letters_spaced_apart_are_read_whatever_stands_before_them(line):
    assert says(line, words_of(()))


@pytest.mark.parametrize("line", ["B E F U N D  K r e a t i n i n", "K A R D I O L O G I E", "1 2 3 4 5 6"])
def test_harmless_letters_spaced_apart_say_nothing(line):
    assert not says(line, words_of(()))


@pytest.mark.parametrize(("before", "is_said"), [(79, True), (80, False)])
def test_a_word_is_found_behind_seventy_nine_letters_that_are_spaced_apart(before, is_said):
    """Any of them may be an initial before it; a whole line of such letters is looked at in parts."""
    assert says(" ".join("x" * before + "HIV"), words_of(())) is is_said
