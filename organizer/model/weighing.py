"""How an option is weighed, as the record keeps it: chances with what they are of, and a weight for each reason.

An option's data holds two lists of rows, `chances` and `weighed`. They are read and written here and nowhere else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from organizer.base.errors import InvalidEntryError
from organizer.base.i18n import _
from organizer.model.entry import Entry, Json

FOR, AGAINST = "benefits", "risks"
"""The sides of an option: the fields that hold its reasons, one a line."""
HEAVIEST = 5


@dataclass(frozen=True, slots=True)
class Chance:
    """Of so many people (`of`, at least 1) so many (`n`) have this `outcome`, `within` a time in words.

    `source` is where the figure is from, `told_by` who told it; each "" where that isn't said.
    """

    outcome: str
    n: int
    of: int = 100
    within: str = ""
    source: str = ""
    told_by: str = ""

    def spoken(self) -> str:
        """`Stroke: 12 of 100 in 5 years (source: …; told by Dr Osei)`; what isn't said is said to be so."""
        within = _("in {time}").format(time=self.within) if self.within else _("time not said")
        source = _("source: {source}").format(source=self.source) if self.source else _("source not said")
        parts = [source, _("told by {name}").format(name=self.told_by) if self.told_by else ""]
        words = _("{outcome}: {n} of {of}, {within} ({from_where})")
        from_where = "; ".join(part for part in parts if part)
        return words.format(outcome=self.outcome, n=self.n, of=self.of, within=within, from_where=from_where)

    def stored(self) -> dict[str, Json]:
        """As the option's data holds it."""
        return {
            "outcome": self.outcome,
            "n": self.n,
            "of": self.of,
            "within": self.within,
            "source": self.source,
            "told_by": self.told_by,
        }


def chance_typed(outcome: str, n: str, of: str, within: str = "", source: str = "", told_by: str = "") -> Chance:
    """A chance from what was typed. Raises InvalidEntryError naming the field that can't be."""
    if not outcome.strip():
        raise InvalidEntryError(_("What the chance is of isn’t said."), _("Write it, such as: stroke."), "outcome")
    counted, whole = n.strip(), of.strip() or "100"
    if not whole.isdecimal() or int(whole) < 1:
        raise InvalidEntryError(_("“{text}” isn’t a number of people.").format(text=of), _("Write 100."), "of")
    if not counted.isdecimal() or int(counted) > int(whole):
        words = _("“{text}” isn’t a whole number from 0 to {of}.")
        raise InvalidEntryError(words.format(text=n, of=whole), _("Ask of how many people it is told."), "n")
    return Chance(outcome.strip(), int(counted), int(whole), within.strip(), source.strip(), told_by.strip())


def chances_of(option: Entry) -> tuple[Chance, ...]:
    """The chances that were written down for an option, in their order."""
    return tuple(_chance(row) for row in option.rows("chances"))


def with_chances(option: Entry, chances: Sequence[Chance]) -> Entry:
    """The option with these chances."""
    return option.having(data={**option.data, "chances": [chance.stored() for chance in chances]})


def reasons_of(option: Entry, side: str) -> list[tuple[str, int | None]]:
    """The reasons on one side (FOR, AGAINST), a line each, with the weight from 0 to 5; None where none was given."""
    weights = {(row.get("side"), row.get("reason")): row.get("weight") for row in option.rows("weighed")}
    lines = [line.strip() for line in option.text(side).splitlines() if line.strip()]
    return [(line, _weight(weights.get((side, line)))) for line in lines]


def _weight(value: Json) -> int | None:
    return int(value) if isinstance(value, int | float) else None


def with_weight(option: Entry, side: str, reason: str, weight: int | None) -> Entry:
    """The option with a weight for one of its reasons; None takes it back.

    Raises InvalidEntryError for a line that is no reason of that side, or a weight out of its scale.
    """
    if reason not in [line for line, _weight in reasons_of(option, side)]:
        raise InvalidEntryError(
            _("“{reason}” is no reason of this option.").format(reason=reason), _("Write it down first."), side
        )
    if weight is not None and not 0 <= weight <= HEAVIEST:
        raise InvalidEntryError(
            _("“{weight}” is out of its scale.").format(weight=weight),
            _("Write a whole number from 0 to {highest}.").format(highest=HEAVIEST),
            side,
        )
    rows = [row for row in option.rows("weighed") if (row.get("side"), row.get("reason")) != (side, reason)]
    if weight is not None:
        rows.append({"side": side, "reason": reason, "weight": weight})
    return option.having(data={**option.data, "weighed": rows})


def _chance(row: Mapping[str, Json]) -> Chance:
    words = {name: str(row.get(name) or "") for name in ("outcome", "within", "source", "told_by")}
    return Chance(n=_whole(row.get("n"), 0), of=_whole(row.get("of"), 100), **words)


def _whole(value: Json, otherwise: int) -> int:
    return int(value) if isinstance(value, int | float) else otherwise
