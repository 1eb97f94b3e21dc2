"""The reports of the goals that no plan holds."""

from organizer.services.follow import plans


def own_goals(record, person, as_of=None):
    return [report for report in plans.check_all(record, person, as_of) if report.plan == report.goal]
