"""Whoever follows a citation of the sample's packet lands on the page that says what was cited."""

import io
import re
import shutil
import subprocess

import pikepdf
import pypdfium2
import pytest

from organizer.base.progress import NoProgress
from organizer.packet.facts import Ledger
from organizer.services.opinion import packets
from organizer.store import entries as reading
from organizer.store.entries import Query

INDEX = "exhibit:"  # the index of exhibits cites documents, not facts


@pytest.fixture(scope="module")
def drawn(opened_sample):
    """The packet's bytes, its result, what each entry says, and each citation with the entries it stands for."""
    record = opened_sample
    cited = []
    linked = Ledger.linked

    def noted(ledger, statement, link):
        cited.append((ledger, statement.key.split("+"), link))
        linked(ledger, statement, link)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ledger, "linked", noted)
        data, result = packets.preview(record, packets.choice(record), NoProgress())
    last = cited[-1][0]  # the front pages are drawn several times; the last drawing is the one that is kept
    ids = {one for _, keys, _ in cited for one in keys if not one.startswith(INDEX)}
    facts = {entry.id: entry for entry in reading.many(record, sorted(ids))}
    assert set(facts) == ids
    [case] = reading.find(record, Query(kinds=("OpinionCase",)))
    facts = {name: _letter(entry, case.text("plan_proposed")) for name, entry in facts.items()}
    return data, result, facts, [(keys, link) for ledger, keys, link in cited if ledger is last]


def _letter(entry, plan):
    """A letter is cited for the plan that it proposes."""
    return entry.having(data={"quote": plan}) if entry.kind == "DocumentReference" else entry


def by_pdfium(data):
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


def by_poppler(data):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not on this machine")
    told = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return told.stdout.decode().split("\f")[:-1]


def squeezed(text):
    """Only letters and digits: readers differ in blanks, hyphens and line ends."""
    return re.sub(r"\W+", "", text.casefold())


def says(page, entry):
    """The page says what the entry says: its value, else its own words, else its title."""
    value, quote = entry.text("value_text"), entry.text("conclusion") or entry.text("quote")
    if quote and squeezed(quote)[:40] in page:
        return True
    words = [word for word in re.findall(r"\w+", entry.title) if len(word) > 3] or [entry.title]
    named = all(squeezed(word) in page for word in words)
    return named and (not value or squeezed(value) in page)


@pytest.mark.parametrize("reader", [by_pdfium, by_poppler])
def test_the_page_behind_every_citation_says_what_is_cited(drawn, reader):
    data, result, facts, citations = drawn
    texts = [squeezed(text) for text in reader(data)]
    assert len(texts) == result.pages
    first = {exhibit.label: exhibit.first_page for exhibit in result.exhibits}
    of_facts = [(keys, link) for keys, link in citations if not keys[0].startswith(INDEX)]
    silent = []
    for keys, link in of_facts:
        page = first[f"Ex {link.place.exhibit}"] + link.place.page - 1
        if not any(says(texts[page - 1], facts[one]) for one in keys):
            silent.append((page, [facts[one].title for one in keys]))
    assert silent == []
    assert len({tuple(keys) for keys, _ in of_facts}) == result.facts_linked


def test_the_file_holds_a_link_at_each_citation_to_that_page(drawn):
    data, result, _facts, citations = drawn
    first = {exhibit.label: exhibit.first_page for exhibit in result.exhibits}
    with pikepdf.open(io.BytesIO(data)) as packet:
        numbers = {page.objgen: number for number, page in enumerate(packet.pages, 1)}
        links = {
            (number, tuple(round(float(edge)) for edge in note.Rect), numbers[note.Dest[0].objgen])
            for number, page in enumerate(packet.pages)
            for note in page.get("/Annots", [])
            if isinstance(note.get("/Dest"), pikepdf.Array)
        }
    for _keys, link in citations:
        there = first[f"Ex {link.place.exhibit}"] + link.place.page - 1
        assert (link.page, tuple(round(edge) for edge in link.rect), there) in links
