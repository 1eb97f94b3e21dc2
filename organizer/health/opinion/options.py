"""Options side by side, each in the person's own words; what matters how much is shown and never summed into advice."""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.base.dates import parse_date
from organizer.base.i18n import _, marked
from organizer.model.entry import Entry
from organizer.model.kind import FieldType
from organizer.model.kinds.treatment_option import TREATMENT_OPTION
from organizer.model.statuses import Status


@dataclass(frozen=True, slots=True)
class OptionRow:
    """A row of the grid: the option's field, its words, and the field of its 0–5 weight ("" where it has none)."""

    field: str
    label: str
    weight: str = ""


ROWS: tuple[OptionRow, ...] = (
    OptionRow("benefits", marked("Reasons for it"), "benefits_weight"),
    OptionRow("risks", marked("Reasons against it"), "risks_weight"),
    OptionRow("invasiveness", marked("How invasive"), "invasiveness_weight"),
    OptionRow("recovery", marked("Recovery"), "recovery_weight"),
    OptionRow("chance", marked("Chance, if known")),
    OptionRow("recommended_by", marked("Recommended by")),
    OptionRow("decide_by", marked("To be decided by")),
)


@dataclass(frozen=True, slots=True)
class OptionTable:
    """`columns` are the options, `rows` their words; a cell is its text and its weight (None: not said)."""

    columns: tuple[Entry, ...]
    rows: tuple[tuple[str, tuple[tuple[str, int | None], ...]], ...]


def side_by_side(options: Sequence[Entry]) -> OptionTable:
    """The open options, then those that were chosen or not, each row across all of them."""
    kept = [one for one in options if not one.struck]
    columns = tuple(sorted(kept, key=lambda one: one.status in (Status.CHOSEN, Status.DECLINED)))
    rows = tuple((_(row.label), tuple(_cell(one, row) for one in columns)) for row in ROWS)
    return OptionTable(columns, rows)


def _cell(option: Entry, row: OptionRow) -> tuple[str, int | None]:
    field = TREATMENT_OPTION.field(row.field)
    assert field is not None
    weight = option.data.get(row.weight) if row.weight else None
    text = TREATMENT_OPTION.show(option, field)
    when = parse_date(text) if field.type is FieldType.DATE else None
    return when.spoken() if when else text, int(weight) if weight is not None else None
