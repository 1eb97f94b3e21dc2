"""A large summary is read in a time that grows with its size, says how far it is, and can be stopped."""

import time
from pathlib import Path

import pytest
from lxml import etree

from organizer.base.errors import Cancelled
from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.core.run import make_plan
from organizer.importing.formats.ccda import CCDA
from organizer.importing.formats.ccda.tree import Index, parser
from tests.made_records import opened_copy
from tests.organizer.importing.formats.large_ccda import large_document

DATA = Path(__file__).parents[3] / "data" / "ccda"
RECORDS = Path(__file__).parents[5] / "shared" / "records"


class Watched(NoProgress):
    """Counts the reports, and asks to stop after some checks."""

    def __init__(self, stop_after=10**9):
        self.reports, self.checks, self.stop_after = 0, 0, stop_after

    def report(self, what, done=0, total=None):
        self.reports += 1

    def check(self):
        self.checks += 1
        if self.checks > self.stop_after:
            raise Cancelled


def read(results, progress=None):
    source = SourceFile("large.xml", data=large_document(results).encode())
    return CCDA.read(source, progress or NoProgress())


def seconds(results):
    began = time.process_time()
    read(results)
    return time.process_time() - began


def test_twice_the_results_take_about_twice_the_time():
    """A square of the size would give four; the bound leaves room for a busy machine."""
    seconds(100)  # what is compiled once
    small = min(seconds(250) for _ in range(3))
    large = min(seconds(1000) for _ in range(2))
    assert large / small < 4 * 2.2


def test_twice_the_readings_of_one_day_are_compared_in_about_twice_the_time(blank_record, tmp_path):
    """A device tells the same measure a thousand times a day; another document of it is known reading by reading."""
    with opened_copy(blank_record("Ada Example"), tmp_path) as record:
        took = {}
        for results in (100, 500, 2000):
            (tmp_path / f"{results}.xml").write_text(large_document(results, of_one_day=True), "utf-8")
            began = time.process_time()
            plan = make_plan(record, [tmp_path / f"{results}.xml"], "", NoProgress())
            took[results] = time.process_time() - began
            assert plan.total("new")["Observation"] == results
        assert took[2000] / took[500] < 4 * 2.2


def test_each_result_named_by_reference_has_its_name_and_its_range():
    reading = read(40)
    results = [one.entry for one in reading.drafts if one.entry.kind == "Observation"]
    assert [one.title for one in results] == [f"Analyte {n}" for n in range(40)]
    assert {(one.text("range_low"), one.text("range_high")) for one in results} == {("4.0", "11.0")}
    assert {one.text("performer") for one in results} == {"Dr. Grey"}
    assert reading.skipped == []


def test_it_says_how_far_it_is_every_few_results_and_stops_when_asked():
    watched = Watched()
    read(1000, watched)
    assert watched.reports >= 20
    with pytest.raises(Cancelled):
        read(1000, Watched(stop_after=5))


@pytest.mark.parametrize("path", [*sorted(DATA.glob("*.xml")), *sorted(RECORDS.glob("ccda_vendors/*.xml"))])
def test_a_place_is_named_as_libxml2_names_it(path):
    """Records hold locators that libxml2 wrote: they must lead to the same element."""
    try:
        root = etree.fromstring(path.read_bytes(), parser(huge=False))
    except etree.XMLSyntaxError:
        return  # what can't be parsed has no places
    index, tree = Index(root), root.getroottree()
    assert all(index.path(element) == tree.getpath(element) for element in root.iter("{*}*"))
