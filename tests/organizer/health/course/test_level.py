"""The level in the picture: near the records, more certain with more of them."""

from datetime import date, timedelta

from organizer.health.course import measures
from organizer.health.course.level import level_of
from organizer.health.series import Point

START = date(2026, 2, 10)
PROTEIN = measures.find("2890-2")
COURSE = ((0, 2.9), (41, 2.4), (86, 1.6), (136, 1.2), (191, 0.9), (231, 1.0), (271, 1.1))


def points(pairs=COURSE):
    return [Point(START + timedelta(days=day), value) for day, value in pairs]


def test_the_level_follows_the_records_within_its_range():
    found = {one.when: one for one in level_of(points(), date(2027, 1, 1), PROTEIN)}
    for point in points():
        day = found[point.when]
        assert 0 < day.low < day.level < day.high
        assert day.low <= point.value <= day.high
    middle = found[START + timedelta(days=136)]
    assert middle.high - middle.low < found[START].high - found[START].low


def test_two_records_make_no_level():
    assert level_of(points(COURSE[:2]), date(2027, 1, 1), PROTEIN) == ()


def test_a_straight_course_of_a_score_is_followed():
    scores = points([(7 * n, 20 - n) for n in range(12)])
    found = {one.when: one.level for one in level_of(scores, date(2027, 1, 1), measures.find("44261-6"))}
    assert all(abs(found[point.when] - point.value) < 0.5 for point in scores)


def yearly(days):
    """Three glucose results so many days apart, as a yearly check brings them."""
    start = date(2013, 7, 17)
    values = (89.1, 83.7, 72.0)
    return [
        Point(start + timedelta(days=days * place), value, entry_id=f"e{place}") for place, value in enumerate(values)
    ]


def test_records_years_apart_suggest_no_level_between_them():
    glucose = measures.find("2345-7")
    near, far = (level_of(yearly(days), date(2027, 1, 1), glucose) for days in (60, 1_050))
    assert near
    assert all(day.high < 400 for day in near)
    assert far == ()
