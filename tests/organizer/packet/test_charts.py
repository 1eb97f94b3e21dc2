"""Charts on paper: a dose in the room that there is. What a chart shows is tested in tests/organizer/health."""

from organizer.packet.page.charts import amount


def test_a_dose_is_shortened_to_its_amount():
    assert amount("30 mg once a day") == "30 mg"
    assert amount("one tablet") == "one tablet"
