"""What was read in a record's own words is remembered while it is open, and forgotten when it is closed."""

from organizer.base.remembered import forget_all, remembered

asked = []


@remembered(2, typed=True)
def doubled(number):
    asked.append(number)
    return number * 2


def test_the_last_answers_are_remembered_and_no_more_than_wanted():
    asked.clear()
    forget_all()
    assert [doubled(1), doubled(2), doubled(1), doubled(3), doubled(1), doubled(2)] == [2, 4, 2, 6, 2, 4]
    assert asked == [1, 2, 3, 2]


def test_one_and_one_point_nought_are_two_questions_where_the_type_counts():
    asked.clear()
    forget_all()
    assert [doubled(1), doubled(1.0)] == [2, 2.0]
    assert asked == [1, 1.0]


def test_nothing_is_remembered_once_all_is_forgotten():
    doubled(7)
    forget_all()
    asked.clear()
    doubled(7)
    assert asked == [7]
