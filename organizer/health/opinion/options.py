"""Options side by side, each in the person's own words; what matters how much is shown and never summed into advice.

The rows follow what decision aids are asked to hold (IPDAS, and what the Ottawa guide asks for), in words of our own:
docs/options-ipdas.md says item by item what is met and what isn't claimed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.base.dates import parse_date
from organizer.base.i18n import _, marked
from organizer.health.voice import Voice
from organizer.model.entry import Entry
from organizer.model.kind import FieldType
from organizer.model.kinds.treatment_option import TREATMENT_OPTION
from organizer.model.statuses import Status
from organizer.model.weighing import AGAINST, FOR, chances_of, reasons_of


@dataclass(frozen=True, slots=True)
class OptionRow:
    """A row of the grid: the option's field, its words, and the field of its 0–5 weight ("" where it has none)."""

    field: str
    label: str
    weight: str = ""


ROWS: tuple[OptionRow, ...] = (
    OptionRow("benefits", marked("Reasons for it"), "benefits_weight"),
    OptionRow("risks", marked("Reasons against it"), "risks_weight"),
    OptionRow("chance", marked("Chance, if known")),
    OptionRow("burden", marked("What it asks of daily life"), "burden_weight"),
    OptionRow("invasiveness", marked("How invasive"), "invasiveness_weight"),
    OptionRow("recovery", marked("Recovery"), "recovery_weight"),
    OptionRow("reversibility", marked("Can it be undone"), "reversibility_weight"),
    OptionRow("cost", marked("Cost, and who pays"), "cost_weight"),
    OptionRow("recommended_by", marked("Recommended by")),
    OptionRow("decide_by", marked("To be decided by")),
)
DELIBERATION = (
    (marked("Without treatment, and who says so"), "untreated"),
    (marked("What matters most to me"), "needs"),
    (marked("What I want to avoid, and what I would accept"), "values"),
    (marked("My days, which a treatment has to fit"), "lifestyle"),
    (marked("Who else is involved in the decision"), "involved"),
    (marked("Support that I have, and pressure that I feel"), "support"),
    (marked("What I still need to know"), "to_know"),
    (marked("Which way I lean"), "leaning"),
    (marked("How sure I am of the choice"), "sureness"),
)
"""What belongs to the decision, not to one of its options: a heading, and the case's field."""


@dataclass(frozen=True, slots=True)
class OptionTable:
    """`columns` are the options, `rows` their words; a cell is its text and its weight (None: not said)."""

    columns: tuple[Entry, ...]
    rows: tuple[tuple[str, tuple[tuple[str, int | None], ...]], ...]


def side_by_side(options: Sequence[Entry]) -> OptionTable:
    """The open options, then those that were chosen or not, each row across all of them."""
    shown = [option for option in options if not option.struck]
    columns = tuple(sorted(shown, key=lambda option: option.status in (Status.CHOSEN, Status.DECLINED)))
    rows = tuple((_(row.label), tuple(_cell(option, row) for option in columns)) for row in ROWS)
    return OptionTable(columns, rows)


def uneven_chances(options: Sequence[Entry]) -> str:
    """What is to be said where chances of one outcome are of different numbers of people, or of different times.

    "" where they can be held against each other, or there are none.
    """
    measures: dict[str, list[tuple[int, str]]] = {}
    for option in options:
        for chance in chances_of(option):
            measures.setdefault(chance.outcome.casefold(), []).append((chance.of, chance.within.casefold()))
    # Two times that nobody told may be two different ones.
    several = [ways for ways in measures.values() if len(ways) > 1]
    if all(len(set(ways)) == 1 and ways[0][1] for ways in several):
        return ""
    return _(
        "Some chances are of different numbers of people or of different times, or their time isn’t told: they can’t "
        "be compared as they stand. Ask for all of them in the same way."
    )


def decided_on(case: Entry, voice: Voice) -> list[tuple[str, str]]:
    """What the person wrote of the decision itself: each heading with the words; a scale as `7 of 10`."""
    rows = [(voice.say(heading), _answer(case, name)) for heading, name in DELIBERATION]
    return [(heading, words) for heading, words in rows if words]


def _answer(case: Entry, name: str) -> str:
    if name == "sureness":
        rating = case.data.get(name)
        return _("{n} of 10").format(n=int(rating)) if isinstance(rating, int | float) else ""
    return case.text(name)


def _cell(option: Entry, row: OptionRow) -> tuple[str, int | None]:
    weight = option.data.get(row.weight) if row.weight else None
    return _words(option, row), int(weight) if weight is not None else None


def _words(option: Entry, row: OptionRow) -> str:
    """The words of a cell: of reasons each with its own weight, of chances those in words and those in numbers."""
    if row.field in (FOR, AGAINST):
        return "\n".join(reason_words(reason, weight) for reason, weight in reasons_of(option, row.field))
    field = TREATMENT_OPTION.field(row.field)
    assert field is not None
    text = TREATMENT_OPTION.show(option, field)
    if row.field == "chance":
        return "\n".join(line for line in (text, *(chance.spoken() for chance in chances_of(option))) if line)
    when = parse_date(text) if field.type is FieldType.DATE else None
    return when.spoken() if when else text


def reason_words(reason: str, weight: int | None) -> str:
    """A reason with how much it matters, where that was said."""
    if weight is None:
        return reason
    return _("{reason} (matters {n} of 5)").format(reason=reason, n=weight)
