"""Goals that guidelines name, from a diagnosis or a medicine: resources/goals.json, each with its source.

A proposal is a beginning for the talk with a doctor; everything in it can be changed. It is made only where it is for
such a person: by age and sex, not beside an illness or a medicine for which the target is another, and not from a
medicine that is taken for something else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from organizer.base.resource_files import read_resource
from organizer.health.vocabulary import concepts_of, speaks_of
from organizer.model.entry import Entry

ADULT = 18


@dataclass(frozen=True, slots=True)
class Proposal:
    """`low` and `high` in `unit`, or `change` in percent of the start; `weeks` until the review.

    `illnesses` and `medicines` are the concepts that call for it, `not_with` those beside which it isn't right,
    `not_of` those by which a diagnosis isn't meant (dental anxiety). `from_value` is the level from which it is meant.
    `from_age` in years; `sex` as FHIR's administrative gender, "" for every one.
    """

    title: str
    measure: str
    unit: str
    weeks: int
    source: str
    illnesses: tuple[str, ...]
    medicines: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()
    from_age: int = ADULT
    sex: str = ""
    low: float | None = None
    high: float | None = None
    change: float | None = None
    from_value: float | None = None

    def is_for(self, person: "PersonState") -> bool:
        """Whether its target was made for such a person: where the age isn't known, nobody can say."""
        if person.age is None or person.age < self.from_age:
            return False
        if self.sex and person.sex != self.sex:
            return False
        return person.states.isdisjoint(self.not_with)

    def is_called_for_by(self, entry: Entry, purposes: Sequence[str] = ()) -> bool:
        """Whether a diagnosis or a medicine calls for it; `purposes` are the words for what a medicine is for."""
        if entry.kind == "Condition":
            apart = not concepts_of(entry, self.not_of).isdisjoint(self.not_of)
            return not apart and not concepts_of(entry, self.illnesses).isdisjoint(self.illnesses)
        if not self.medicines or concepts_of(entry, self.medicines).isdisjoint(self.medicines):
            return False
        spoken = [words for words in purposes if words.strip()]
        return not spoken or any(speaks_of(words, *self.illnesses) for words in spoken)

    def is_met_by(self, value: float) -> bool:
        """Whether a value in its unit lies within the target; False for a change, which needs a beginning."""
        if self.low is None and self.high is None:
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class PersonState:
    """What proposals ask of a person: age in whole years (None where it isn't known), sex, and all concepts that
    current diagnoses and medicines state."""

    age: int | None
    sex: str
    states: frozenset[str]


@cache
def every() -> tuple[Proposal, ...]:
    """All proposals, the more particular first."""
    table = read_resource("goals.json")
    lists = ("illnesses", "medicines", "not_with", "not_of")
    return tuple(Proposal(**(line | {name: tuple(line.get(name, ())) for name in lists})) for line in table["goals"])


@cache
def hindrances() -> frozenset[str]:
    """The concepts beside which some proposal isn’t right: what is asked of a person’s diagnoses and medicines."""
    return frozenset(chain.from_iterable(proposal.not_with for proposal in every()))
