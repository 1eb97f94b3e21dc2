"""Whether a page has a text of its own, or only the stamp of a scan: each limit just below and just above."""

import pytest

from organizer.importing.page_text.contents import _own_text
from tests.organizer.packet.test_unread import page_of, picture, within_forms, words


@pytest.mark.parametrize(("height", "is_scan"), [(500, True), (499, False)])
def test_a_picture_of_half_a_page_makes_it_a_scan(height, is_scan):
    with page_of(words(2), picture(600, height)) as (page, _text):
        assert (_own_text(page) == "") is is_scan


@pytest.mark.parametrize(("count", "is_scan"), [(12, True), (13, False)])
def test_a_scan_may_bear_the_words_of_a_faxs_header(count, is_scan):
    with page_of(words(count), picture(600, 800)) as (page, _text):
        assert (_own_text(page) == "") is is_scan


@pytest.mark.parametrize("depth", [1, 4, 5, 12])
def test_a_scan_is_one_however_deep_its_picture_lies_within_forms(depth):
    with page_of(words(2), within_forms(depth)) as (page, _text):
        assert _own_text(page) == ""
