"""How much a packet prints unless more is wished: what goes beyond is counted (see context.limit), never dropped."""

from organizer.packet.contents import absence, fitting, lanes, measured, standing
from organizer.packet.contents import tables as front_tables
from organizer.packet.contents.sections import (
    _interventions,
    _summary_results,
    differ,
    imaging,
    levels,
    medicines,
    missing,
    options,
    plain,
    problems,
    results,
    since,
    timeline,
    treatments,
)
from organizer.packet.exhibits import stamps
from organizer.services.opinion import key_images, packets


def test_front_pages_and_lists_have_the_lengths_that_their_readers_are_promised():
    """Nine pages in front of the documents; what leads on page one; and the lines of each list."""
    assert (fitting.FRONT_PAGES, fitting.FRONT_PAGES_WITH_ALL) == (9, 14)
    page_one = (_summary_results._KEY_RESULTS, _summary_results._MOST_CRITICAL, _summary_results._FLOOR)
    assert (*page_one, _summary_results._MOST_LEADING, measured.KIDNEYS_AT) == (8, 10, 4, 6, 3)
    lists = {
        "missing": missing._MOST, "plain": plain._MOST, "levels": levels._MOST, "imaging": imaging._MOST,
        "problems": problems._MOST, "interventions": _interventions._MOST, "differ": differ._MOST,
        "since": since._MOST, "timeline": timeline._MOST, "treatments": treatments._MOST,
        "stopped medicines": medicines._MOST_STOPPED, "standing": standing.MOST_LINES, "lanes": lanes.MOST_LANES,
        "lines of a text": front_tables.MOST_LINES, "lines of an option": options._MOST_LINES,
        "named as absent": absence._NAMED_AT_MOST, "cited on a page": stamps.MOST_CITED,
        "series": packets.MOST_SERIES, "key images": key_images.MOST,
    }  # fmt: skip
    assert lists == {
        "missing": 24, "plain": 30, "levels": 40, "imaging": 12, "problems": 40, "interventions": 14, "differ": 8,
        "since": 16, "timeline": 72, "treatments": 12, "stopped medicines": 24, "standing": 12, "lanes": 4,
        "lines of a text": 24, "lines of an option": 22, "named as absent": 3, "cited on a page": 8, "series": 40,
        "key images": 3,
    }  # fmt: skip
    assert (results._CHARTS, results._LATEST) == (6, 8)
