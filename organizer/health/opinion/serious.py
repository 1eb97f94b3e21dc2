"""Which diagnoses are serious or life-changing: as the person says, else by code or title. A group, not a judgement.

Which illnesses count stands in resources/vocabulary, under the concept `serious`.
"""

from datetime import date

from organizer.health.opinion.view import YEAR, within_year
from organizer.health.problems import OPEN, ProblemState, state_of
from organizer.health.vocabulary import is_about
from organizer.model.entry import Entry
from organizer.model.statuses import Status

_OVER = (Status.RESOLVED, Status.INACTIVE, Status.REMISSION)


def is_serious(condition: Entry) -> bool:
    """As the person marked it; else by a code of any edition of ICD-10, of ICD-9-CM or SNOMED CT, or by the words of
    the title in four languages. What the title takes back (`FH:`, `rule out`, `history of`) isn't serious.
    """
    marked = condition.data.get("serious")
    return bool(marked) if marked is not None else suggested(condition)


def suggested(condition: Entry) -> bool:
    """True where nobody marked it yet and a code or the title belongs to a serious group: worth asking once."""
    if condition.data.get("serious") is not None or condition.status in _OVER:
        return False
    return is_about(condition, "serious")


def is_at_issue(condition: Entry, as_of: date) -> bool:
    """Whether a serious diagnosis asks for a decision on a day: it is current, however long it has been known.

    Where no source says whether it is current, it counts for a year from its beginning.
    """
    if not is_serious(condition):
        return False
    state = state_of(condition, as_of)
    if state is ProblemState.NOT_SAID:
        begun = condition.happened
        return within_year(condition, as_of) and (begun is None or begun.last_day >= as_of - YEAR)
    return state in OPEN
