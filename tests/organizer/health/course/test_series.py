"""The outline of a long series keeps what one would see of it."""

from dataclasses import dataclass

from organizer.health.course.series import outline


@dataclass(frozen=True)
class Dot:
    value: float


def test_an_outline_keeps_both_ends_and_every_peak():
    dots = [Dot(float(n % 7)) for n in range(10_000)]
    dots[4_321], dots[8_765] = Dot(99.0), Dot(-99.0)
    kept = outline(dots, 300)
    assert len(kept) <= 300
    assert (kept[0], kept[-1]) == (dots[0], dots[-1])
    assert [one.value for one in kept if abs(one.value) > 90] == [99.0, -99.0]
    assert {0.0, 6.0} <= {one.value for one in kept}


def test_a_short_series_is_its_own_outline():
    dots = [Dot(float(n)) for n in range(300)]
    assert list(outline(dots, 300)) == dots
