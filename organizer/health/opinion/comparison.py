"""First, second and third opinion row by row: what each said, and what the person sees in it. No opinion is rated.

Each opinion is compared with each that came before it: the second with the first, the third with both.
"""

from collections.abc import Sequence
from dataclasses import replace

from organizer.base.dates import PartialDate
from organizer.base.i18n import _, marked
from organizer.health.grouping import fold
from organizer.health.opinion.belonging import same_doctor
from organizer.health.titles import plain_title
from organizer.model.case import MOST_OPINIONS, Case, Opinion
from organizer.model.entry import Entry, targets_of
from organizer.model.links import Role

ROWS: tuple[tuple[str, str], ...] = (
    ("diagnosis", marked("Diagnosis")),
    ("basis", marked("What it rests on")),
    ("tests", marked("Further tests")),
    ("options", marked("Options")),
    ("treatment", marked("Recommended treatment")),
    ("risks", marked("Risks named")),
    ("urgency", marked("How urgent")),
    ("prognosis", marked("What to expect")),
    ("explained", marked("How it was explained")),
)
MARKS: tuple[tuple[str, str], ...] = (
    ("same", marked("Same")),
    ("partly", marked("Partly the same")),
    ("refined", marked("Refined")),
    ("different", marked("Different")),
    ("new", marked("New")),
    ("withdrawn", marked("Withdrawn")),
)
WHICH = (marked("First opinion"), marked("Second opinion"), marked("Third opinion"))
COMPARED_WITH = (marked("Compared with the first"), marked("Compared with the second"))
_MARK_AGAINST = (marked("against the first: {mark}"), marked("against the second: {mark}"))


def opinions_of_record(
    case: Case, conditions: Sequence[Entry], options: Sequence[Entry], rests: Sequence[Entry], as_of: PartialDate
) -> list[Opinion]:
    """The columns to begin with, for the person to change: each doctor's own words and options under that doctor.

    The last is the case's specialist; before come those who made its diagnoses or ruled them out, in the order of
    time, the latest where there is no room for all. What no doctor is named for stands in no column.
    """
    specialist = case.specialist
    after = [condition for condition in conditions if same_doctor(_made_by(condition), specialist)]
    doctors = _by_doctor([condition for condition in conditions if condition not in after and _made_by(condition)])
    earlier = doctors[-(MOST_OPINIONS - 1) :]
    columns = [
        _column(_made_by(said[0]), _written(said), said, options, _behind(said, doctors, rests)) for said in earlier
    ]
    if not columns:
        by = _only([option.text("recommended_by") for option in options], specialist) if case.plan_proposed else ""
        columns = [_column(by, "", (), options, ())]
    # Of several doctors it isn't said whose the proposed plan is.
    if case.plan_proposed and len(doctors) < 2:
        columns[0] = replace(columns[0], said={**columns[0].said, "treatment": case.plan_proposed})
    # A day that lies ahead is an appointment, and nothing was said on it yet.
    day = ""
    if case.appointment and case.appointment.sort_key <= as_of.sort_key:
        day = case.appointment.text[:10]
    return [*columns, _column(specialist, day or _written(after), after, options, ())]


def _behind(said: Sequence[Entry], doctors: Sequence[Sequence[Entry]], rests: Sequence[Entry]) -> list[Entry]:
    """What the diagnoses of one doctor rest on, where several made some."""
    own = targets_of(said, Role.RESTS_ON)
    return [entry for entry in rests if len(doctors) < 2 or entry.id in own]


def _made_by(condition: Entry) -> str:
    """Who made a diagnosis, or ruled it out where that is told."""
    settled = condition.text("settled_by") if condition.struck else ""
    return settled or condition.text("made_by")


def _by_doctor(conditions: Sequence[Entry]) -> list[list[Entry]]:
    """The diagnoses of each doctor, in the order of time of what each said first."""
    groups: list[list[Entry]] = []
    for condition in sorted(conditions, key=_day):
        group = next((group for group in groups if same_doctor(_made_by(group[0]), _made_by(condition))), None)
        if group is None:
            groups.append([condition])
        else:
            group.append(condition)
    return groups


def _day(condition: Entry) -> str:
    happened = condition.happened.text if condition.happened else ""
    return condition.text("recorded") or happened or "9999"


def with_options(opinion: Opinion, options: Sequence[Entry]) -> Opinion:
    """The opinion with the options that its doctor recommended, where the person wrote none down in that row."""
    fields = {**_options_in_words(opinion.by, options), **opinion.said}
    return replace(opinion, said={row: fields[row] for row, _label in ROWS if row in fields})


def without_options(opinion: Opinion, options: Sequence[Entry]) -> Opinion:
    """The opinion without what its doctor's options say anyway: these may change, and the column with them."""
    given = _options_in_words(opinion.by, options)
    return replace(opinion, said={row: text for row, text in opinion.said.items() if given.get(row) != text})


def of_nobody(options: Sequence[Entry], columns: Sequence[Opinion]) -> list[Entry]:
    """Options that stand in no column: nobody is named for them, or somebody whose opinion isn't here."""
    return [
        option for option in options if not any(same_doctor(option.text("recommended_by"), by.by) for by in columns)
    ]


def _column(
    by: str, when: str, conditions: Sequence[Entry], options: Sequence[Entry], rests: Sequence[Entry]
) -> Opinion:
    statements = {
        "diagnosis": "\n".join(map(_in_words, conditions)),
        "basis": "\n".join(plain_title(entry) for entry in rests),
    } | _options_in_words(by, options)
    return Opinion(by, when, {row: statements[row] for row, _label in ROWS if statements.get(row)})


def _in_words(condition: Entry) -> str:
    """The doctor's words, else the title, and that it was ruled out or is not settled."""
    words = condition.text("quote")
    if words:
        return words
    if condition.struck:
        return _("{diagnosis}: ruled out").format(diagnosis=plain_title(condition))
    return plain_title(condition)


def _options_in_words(by: str, options: Sequence[Entry]) -> dict[str, str]:
    own = [option for option in options if same_doctor(option.text("recommended_by"), by)]
    fields = {
        "options": "\n".join(entry.title for entry in own),
        "risks": "\n".join(f"{entry.title}: {entry.text('risks')}" for entry in own if entry.text("risks")),
    }
    return {row: text for row, text in fields.items() if text}


def _written(conditions: Sequence[Entry]) -> str:
    return next((condition.text("recorded")[:10] for condition in conditions if condition.text("recorded")), "")


def _only(names: Sequence[str], specialist: str) -> str:
    """The one doctor besides the specialist who is named; "" where there are several."""
    others = {name for name in names if name and not same_doctor(name, specialist)}
    return others.pop() if len(others) == 1 else ""


def suggested_mark(earlier: str, later: str) -> str:
    """A mark that needs no judgement: the same words, or words where there were none; else "": the person says.

    What a later opinion doesn't mention is not withdrawn by that.
    """
    text, other = fold(earlier), fold(later)
    if not other:
        return ""
    if not text:
        return "new"
    return "same" if text == other else ""


def mark_of(opinion: Opinion, row: str, earlier: Opinion, place: int = 0) -> str:
    """The person's mark of a row against the opinion at that place, else the one that needs no judgement."""
    return opinion.marks_against(place).get(row) or suggested_mark(earlier.said.get(row, ""), opinion.said.get(row, ""))


def mark_words(mark: str) -> str:
    """A mark in words; "" for none."""
    return next((_(label) for key, label in MARKS if key == mark), "")


def marks_in_words(columns: Sequence[Opinion], number: int, row: str) -> list[str]:
    """The marks of a row of one opinion against each before it, in words: `against the first: New`."""
    lines = []
    for place, earlier in enumerate(columns[:number]):
        if earlier.is_blank:
            continue
        words = mark_words(mark_of(columns[number], row, earlier, place))
        if words:
            lines.append(_(_MARK_AGAINST[place]).format(mark=words))
    return lines
