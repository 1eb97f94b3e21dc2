"""The front pages of packets of unlike records: nothing that matters is cut, and page one is told a second time.

The second telling shares no code with the packet: it reads the entries themselves.
"""

import ctypes
import re
from itertools import product

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from organizer.base.errors import OrganizerError
from tests.made_records import closed_record
from tests.organizer.packet.cases import CHILD, made

WORDS = {"mg", "mcg", "g", "ml", "stage", "grade", "class", "started", "stopped", "told", "take", "×", "index", "by"}
CASES = {
    "status": ("status.json", (), {}),
    "edge": ("edge.json", (), {}),
    "leukaemia": ("verify2.ndjson", (), {}),
    "valve": ("valve.ndjson", (), {}),
    "child": ("", CHILD, {}),
    "kidneys": ("status.json", (), {"specialty": "nephrology", "language": "es"}),
}


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("closed")
    return closed_record(folder, "Test Person")


@pytest.fixture(scope="module", params=CASES)
def case(request, closed, tmp_path_factory):
    name, lines, wish = CASES[request.param]
    return request.param, *made(name, lines, tmp_path_factory.mktemp(request.param), closed, **wish)


def texts(data, pages):
    document = pypdfium2.PdfDocument(data)
    found = [document[number].get_textpage().get_text_bounded() for number in range(pages)]
    document.close()
    return found


def cuts(text):
    """The places where something is cut that says how much, which stage, when, or what was done."""
    bad = []
    for match in re.finditer(r"…", text):
        before = text[: match.start()].split()[-2:]
        if any(any(sign.isdigit() for sign in word) or word.casefold().strip(",;:(") in WORDS for word in before):
            bad.append(text[max(match.start() - 40, 0) : match.end()])
    return bad


def test_the_scan_finds_what_used_to_be_cut():
    assert cuts("Methotrexate 15 mg, once…")
    assert cuts("Chronicity index 1/…")
    assert cuts("15 ene…")
    assert cuts("Started…")
    assert not cuts("wondering wondering…")


def test_no_dose_stage_number_or_year_is_cut_on_any_front_page(case):
    _name, data, result, _facts = case
    for number, text in enumerate(texts(data, result.front_pages), 1):
        assert not cuts(text), (number, cuts(text))


def test_nor_in_the_sample(sample_packet):
    data, result = sample_packet
    for number, text in enumerate(texts(data, result.front_pages), 1):
        assert not cuts(text), (number, cuts(text))


def flat(text):
    return re.sub(r"\s+", " ", text)


CRITICAL = {"HH", "LL", "AA"}


def test_each_critical_result_stands_on_page_one_with_its_flag(case):
    _name, data, _result, facts = case
    page = flat(texts(data, 2)[1])
    newest = {}
    for fact in sorted(facts, key=lambda fact: fact.happened.sort_key if fact.happened else ""):
        if fact.kind == "Observation" and fact.value_text:
            newest[fact.title] = fact
    critical = [fact for fact in newest.values() if fact.data.get("interpretation") in CRITICAL]
    for fact in critical:
        assert fact.title in page
        assert f"{fact.value_text} {fact.data['interpretation']}" in page or (
            fact.value_text in page and fact.data["interpretation"] in page
        )


def test_page_one_says_whose_it_is_and_a_childs_weight(case):
    name, data, _result, facts = case
    page = flat(texts(data, 2)[1])
    person = next(fact for fact in facts if fact.kind == "Patient")
    assert person.title in page
    if name == "kidneys":
        return
    if person.data.get("sex") in ("female", "male"):
        assert f" · {person.data['sex'].capitalize()}" in page


def test_every_dose_on_page_one_is_one_of_the_record_and_whole(case):
    name, data, _result, facts = case
    page = flat(texts(data, 2)[1])
    for fact in facts:
        if fact.kind == "MedicationStatement" and fact.status == "active" and fact.ended is None:
            dose = str(fact.data.get("dose", ""))
            if f"{fact.title} {dose}" in page or not dose or name == "kidneys":
                continue
            # What found no room is given up whole: neither half of it stands there.
            medicines = page[page.index("Medicines") : page.index("Allergies")]
            assert fact.title not in medicines or "more" in medicines or _said_with_frequency(fact, medicines)


def _said_with_frequency(fact, text):
    return str(fact.data.get("dose", "")).split(",")[0].replace("ug", "mcg") in text


def test_what_page_one_says_stands_on_a_later_page_stands_there(case):
    name, data, result, _facts = case
    if name == "kidneys":
        pytest.skip("the words are Spanish there")
    pages = texts(data, result.front_pages)
    told = re.findall(r"and (\d+) more on p (\d+)", flat(pages[1]))
    for _count, number in told:
        assert 2 < int(number) <= result.front_pages
    results = re.search(r"Key results(.*?)Treatments tried", flat(pages[1]))
    assert results
    # Each measure of the record has a line behind page one, unless page one says that the data alone have it.
    if "data only" not in results[1] and told:
        later = flat(" ".join(pages[2:]))
        numbers = {fact.title for fact in _facts if fact.kind == "Observation" and fact.value is not None}
        charted = {title for title in numbers if title in later or title in pages[1]}
        assert numbers - charted <= _held_back(result)


def _held_back(result):
    return {one.what.split(" (")[0].split(": ")[-1] for one in result.left_out}


def test_nothing_is_called_complete_that_is_not(case):
    name, data, result, _facts = case
    text = flat(" ".join(texts(data, result.front_pages)))
    if "Not recorded here, and not asked for yet" in text and "Each kind that is usually asked for" not in text:
        assert "Nothing is noted as missing" not in text
    if name == "leukaemia":
        page = flat(texts(data, 2)[1])
        order = [page.index(word) for word in ("64 HH", "0.1 LL", "Candida albicans", "Detected")]
        assert max(order) < page.index("ALT U/L")


NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def words_of(value):
    """All words below a value of an entry, whatever it is made of."""
    if isinstance(value, dict):
        return " ".join(map(words_of, value.values()))
    if isinstance(value, list | tuple):
        return " ".join(map(words_of, value))
    return str(value)


def numbers_of(facts):
    """Every number that an entry holds, as printed and as a computer writes it."""
    found = set()
    for fact in facts:
        days = " ".join(day.text for day in (fact.happened, fact.ended) if day)
        text = " ".join([fact.title, fact.value_text, str(fact.value), fact.unit, days, words_of(fact.data)])
        for number in NUMBER.findall(text):
            found |= {number, number.lstrip("0"), number.removesuffix(".0")}
    return found


def said(data, number):
    """A page's words but for those of pictures and of its foot: the marks of the finished file tell which they are."""
    document = pypdfium2.PdfDocument(data)
    text = document[number].get_textpage()
    kept = []
    for place in range(text.count_chars()):
        drawn = pdfium.FPDFText_GetTextObject(text, place)
        if not drawn or not {"Figure", "Artifact"} & set(marks(drawn)):
            kept.append(chr(pdfium.FPDFText_GetUnicode(text, place)))
    document.close()
    return "".join(kept)


def marks(drawn):
    name, size = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    for number in range(pdfium.FPDFPageObj_CountMarks(drawn)):
        mark = pdfium.FPDFPageObj_GetMark(drawn, number)
        pdfium.FPDFPageObjMark_GetName(mark, name, 128, size)
        yield bytes(name)[: size.value - 2].decode("utf-16-le")


OWN = {
    "en": r"Ex \d+ p \d+(?:, \d+)*|\d+ more|\bp \d+|\d+ (?:thing|result|time|year|treatment)s?\b|29 Nov 2026",
    "es": r"Doc\.? \d+,? p\.? \d+(?:, \d+)*|\d+ más|\bp\. \d+|\d+ (?:cosa|resultado|vez|vec|año|tratamiento)\w*"
    r"|29 nov 2026",
    "de": r"Anl\.? \d+,? S\.? \d+(?:, \d+)*|\d+ (?:mehr|weitere|üblicherweise)|\bS\. \d+|\d+-mal"
    r"|\d+ (?:Angabe|Ding|Ergebnis|Jahr|Behandlung)\w*|29\. Nov\. 2026",
}
"""Numbers of the packet itself: citations, pages, counts, ages, its day."""


CONVERTED = re.compile(r"(\d[\d.]* [^\s()]+) \([\d.]+ [^\s()]+\)")
"""A result as it was printed, with what it is in the chart's unit beside it."""


IN_EACH_LANGUAGE = [*product(CASES, ("en", "es")), ("kidneys", "de")]
"""German writes what Spanish writes by the same lines, but for the decimal comma: once is enough."""


@pytest.mark.parametrize(("name", "language"), IN_EACH_LANGUAGE)
def test_each_number_on_the_front_pages_is_one_of_the_record(name, language, closed, tmp_path):
    file, lines, wish = CASES[name]
    data, result, facts = made(file, lines, tmp_path, closed, **wish | {"language": language})
    known = numbers_of(facts)
    asked = {str(number) for number in range(1, 1 + sum(fact.kind == "Question" for fact in facts))}
    seen = 0
    for number in range(1, result.front_pages):
        page = re.sub(OWN[language], " ", flat(said(data, number)))
        page = re.sub(r"(?<=\d),(?=\d)", ".", page) if language == "de" else page
        page = CONVERTED.sub(r"\1", page)
        printed = set(NUMBER.findall(page))
        assert printed - asked <= known, (number + 1, printed - asked - known, page)
        seen += len(printed)
    assert seen >= (20 if len(facts) > 8 else 4)


GIRL = {
    "title": "Maximiliana Anastasia Featherstonehaugh-Cholmondeley",
    "birth_date": "2019-05-02",
    "sex": "female",
    "kept_by": "caregiver",
    "keeper": "Maria Person",
    "relation": "mother",
}


def test_a_childs_packet_tells_its_weight_and_who_prepared_it_and_no_name_is_cut(closed, tmp_path):
    data, result, _facts = made("", CHILD, tmp_path, closed, about=GIRL)
    first, page, *others = (flat(text) for text in texts(data, result.front_pages))
    assert "7 years · Female · weight 22.5 kg on 1 Oct 2026" in page
    assert "prepared 29 Nov 2026 by Maria Person (mother)" in page
    for text in (first, page, *others):
        assert f"{GIRL['title']} · born 2 May 2019" in text
        assert "by the patient" not in text


def test_without_a_weight_a_childs_packet_says_so_and_an_adults_does_not(closed, tmp_path):
    [grown, small] = [
        flat(texts(made("", CHILD[:2], tmp_path / day, closed, about=GIRL | {"birth_date": day})[0], 2)[1])
        for day in ("2008-11-29", "2008-11-30")
    ]
    assert "weight" not in grown
    assert "18 years" in grown
    assert "17 years · Female · weight not recorded" in small


def test_a_field_that_is_not_known_is_refused_with_the_list(closed, tmp_path):
    with pytest.raises(OrganizerError) as refused:
        made("", CHILD, tmp_path, closed, specialty="dermatology")
    assert "cardiology, heart-surgery, nephrology" in refused.value.next_step
    with pytest.raises(OrganizerError) as unclear:
        made("", CHILD, tmp_path / "unclear", closed, specialty="rheumatology, lupus")
    assert unclear.value.next_step == "Use one of: autoimmune, rheumatology."


@pytest.mark.parametrize(("day", "asks"), [("2026-11-15", True), ("2026-11-14", False)])
def test_what_asks_for_contact_stands_above_all_else_as_a_dated_fact(closed, tmp_path, day, asks):
    flagged = {"kind": "Observation", "title": "Blasts", "value_text": "41", "unit": "%", "happened": day,
               "category": "laboratory", "interpretation": "HH"}  # fmt: skip
    data, _result, _facts = made("", [*CHILD, flagged], tmp_path, closed)
    page = flat(texts(data, 2)[1])
    assert ("For prompt attention Blasts 41 % HH" in page) is asks
    assert "call today" not in page
    assert "41 HH" in page


def test_what_is_withheld_does_not_ask_for_contact_on_page_one(closed, tmp_path):
    said = {"kind": "Observation", "title": "Thoughts of suicide", "value_text": "2", "happened": "2026-11-28",
            "category": "symptom"}  # fmt: skip
    data, _result, _facts = made("", [*CHILD, said], tmp_path, closed)
    page = flat(texts(data, 2)[1])
    assert "For prompt attention" not in page
    assert "suicide" not in page.casefold()
