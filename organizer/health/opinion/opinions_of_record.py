"""The columns that a comparison begins with: what each doctor said as the record tells it, for the person to change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.health.opinion.belonging import same_doctor
from organizer.health.opinion.comparison import ROWS, options_in_words
from organizer.health.titles import plain_title
from organizer.model.case import MOST_OPINIONS, Case, Opinion
from organizer.model.entry import Entry, targets_of
from organizer.model.links import Role

_NO_DAY = "9999"


@dataclass(frozen=True, slots=True)
class Voiced:
    """The diagnoses of one doctor, in the order of time; `by` is how the doctor is called first."""

    by: str
    conditions: list[Entry]

    @property
    def written(self) -> str:
        """The day on which the first of them was written down, as far as that is told."""
        days = [condition.text("recorded")[:10] for condition in self.conditions]
        return next(filter(None, days), "")


def opinions_of_record(
    case: Case, conditions: Sequence[Entry], options: Sequence[Entry], rests: Sequence[Entry], as_of: PartialDate
) -> list[Opinion]:
    """The columns to begin with, for the person to change: each doctor's own words and options under that doctor.

    The last is the case's specialist; before come those who made its diagnoses or ruled them out, in the order of
    time, the latest where there is no room for all. What no doctor is named for stands in no column.
    """
    doctors = _by_doctor(conditions)
    specialists = [voiced for voiced in doctors if same_doctor(voiced.by, case.specialist)]
    own = next(iter(specialists), Voiced(case.specialist, []))
    earlier = [voiced for voiced in doctors if voiced not in specialists]

    places = MOST_OPINIONS - 1
    columns = [_column(voiced, options, _behind(voiced, earlier, rests)) for voiced in earlier[-places:]]
    if not columns:
        columns.append(_of_the_plan(case, options))
    # Of several doctors it isn't said whose the proposed plan is.
    if case.plan_proposed and len(earlier) < 2:
        columns[0] = replace(columns[0], said={**columns[0].said, "treatment": case.plan_proposed})

    last = _column(own, options, ())
    visited = _day_of_visit(case, as_of)
    return [*columns, replace(last, by=case.specialist, when=visited or last.when)]


def _by_doctor(conditions: Sequence[Entry]) -> list[Voiced]:
    """The diagnoses of each doctor who is named, in the order of time of what each said first."""
    doctors: list[Voiced] = []
    for condition in sorted(filter(_made_by, conditions), key=_day):
        by = _made_by(condition)
        known = [voiced for voiced in doctors if same_doctor(voiced.by, by)]
        if known:
            known[0].conditions.append(condition)
        else:
            doctors.append(Voiced(by, [condition]))
    return doctors


def _made_by(condition: Entry) -> str:
    """Who made a diagnosis, or ruled it out where that is told."""
    settled = condition.text("settled_by") if condition.struck else ""
    return settled or condition.text("made_by")


def _day(condition: Entry) -> str:
    return condition.text("recorded") or condition.day_key or _NO_DAY


def _of_the_plan(case: Case, options: Sequence[Entry]) -> Opinion:
    """The column of whoever proposed the plan, as far as only one doctor besides the specialist is named."""
    if not case.plan_proposed:
        return Opinion()
    recommending = [option.text("recommended_by") for option in options]
    others = {name for name in recommending if name and not same_doctor(name, case.specialist)}
    by = others.pop() if len(others) == 1 else ""
    return _column(Voiced(by, []), options, ())


def _behind(voiced: Voiced, doctors: Sequence[Voiced], rests: Sequence[Entry]) -> Sequence[Entry]:
    """What the diagnoses of one doctor rest on, where several made some."""
    if len(doctors) < 2:
        return rests
    own = targets_of(voiced.conditions, Role.RESTS_ON)
    return [entry for entry in rests if entry.id in own]


def _day_of_visit(case: Case, as_of: PartialDate) -> str:
    """A day that lies ahead is an appointment, and nothing was said on it yet."""
    visit = case.appointment
    if visit is None or visit.sort_key > as_of.sort_key:
        return ""
    return visit.text[:10]


def _column(voiced: Voiced, options: Sequence[Entry], rests: Sequence[Entry]) -> Opinion:
    statements = {
        "diagnosis": "\n".join(map(_in_words, voiced.conditions)),
        "basis": "\n".join(map(plain_title, rests)),
    }
    statements |= options_in_words(voiced.by, options)
    said = {row: statements[row] for row, _label in ROWS if statements.get(row)}
    return Opinion(voiced.by, voiced.written, said)


def _in_words(condition: Entry) -> str:
    """The doctor's words, else the title, and that it was ruled out."""
    title = plain_title(condition)
    if condition.struck:
        title = _("{diagnosis}: ruled out").format(diagnosis=title)
    return condition.text("quote") or title
