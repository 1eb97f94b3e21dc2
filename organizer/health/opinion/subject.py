"""What of a record is of a case’s illness: so that its reasons and questions speak of no other."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from organizer.health.opinion.families import families
from organizer.health.opinion.intake import every_part, parts_of_illnesses
from organizer.health.opinion.same_illness import is_symptom_of, same_illness
from organizer.health.opinion.serious import is_serious
from organizer.health.opinion.unclear import replaced
from organizer.health.opinion.view import View
from organizer.health.problems import is_open, is_problem
from organizer.health.vocabulary import concepts_of, mentions_in
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.model.kinds import names
from organizer.model.links import Role

_OF_AN_ILLNESS = (Role.FOR, Role.TREATS, Role.ABOUT)
_FOR_AN_ILLNESS = names(lambda kind: any(role in _OF_AN_ILLNESS and "Condition" in ends for role, ends in kind.links))
"""Kinds of which an entry is there for a diagnosis: those of another illness are no part of a case."""


@dataclass(frozen=True)
class Subject:
    """What a case is about, within all that is known of a person: `view` is the whole, `about` its diagnoses.

    `case` is its id, "" for one that isn't begun; `elsewhere` are diagnoses that other open cases are about.
    """

    view: View
    about: frozenset[EntryId]
    case: EntryId
    elsewhere: frozenset[EntryId] = frozenset()

    @cached_property
    def own(self) -> Mapping[str, Entry]:
        """The diagnoses of the case with all that belong together with them, by their ids."""
        conditions = [entry for entry in self.view.entries if entry.kind == "Condition"]
        related = [group for group in families(conditions, [replaced(self.view)]) if self._names_one_of(group)]
        return {entry.id: entry for entry in chain.from_iterable(related)}

    def _names_one_of(self, group: Sequence[Entry]) -> bool:
        return any(entry.id in self.about for entry in group)

    @cached_property
    def others(self) -> Mapping[str, Entry]:
        """All other diagnoses, past ones too, by their ids."""
        conditions = [entry for entry in self.view.entries if is_problem(entry) and not entry.struck]
        return {entry.id: entry for entry in conditions if entry.id not in self.own}

    @cached_property
    def has_rivals(self) -> bool:
        """Whether what names no illness may be of another one of weight: it is serious, or another case is about it."""
        return any(
            is_open(entry, self.view.as_of) and (is_serious(entry) or entry.id in self.elsewhere)
            for entry in self.others.values()
        )

    def narrowed(self) -> View:
        """What of the whole is of the case: reasons that are found in it speak of nothing else."""
        entries = tuple(entry for entry in self.view.entries if self.concerns(entry))
        return replace(
            self.view,
            entries=entries,
            plans=tuple((plan, check) for plan, check in self.view.plans if self.concerns(plan)),
            symptoms=tuple(course for course in self.view.symptoms if self._concerns_symptom(course.title)),
            said={} if self.has_rivals else self.view.said,
        )

    def concerns(self, entry: Entry) -> bool:
        """Whether an entry is of the case: a diagnosis of its illness, and a treatment unless it is of another one.

        What names no illness counts only where it can be of no other. What is for no illness in particular (a report, a
        doctor) is never left out.
        """
        if entry.kind == "Condition":
            return entry.id in self.own
        if entry.kind == "OpinionCase":
            return entry.id == self.case
        if entry.kind not in _FOR_AN_ILLNESS:
            return True
        cases = entry.targets(Role.CASE)
        if cases:
            return self.case in cases
        return self._is_own(self._illnesses_of(entry))

    def _is_own(self, meant: Collection[str]) -> bool:
        return any(entry_id in self.own for entry_id in meant) if meant else not self.has_rivals

    def _concerns_symptom(self, title: str) -> bool:
        conditions = [*self.own.values(), *self.others.values()]
        return self._is_own([entry.id for entry in conditions if is_symptom_of(title, entry)])

    def _illnesses_of(self, entry: Entry) -> Sequence[str]:
        """The diagnoses that an entry is for: those that it names, else by its words, else by the part of the body."""
        linked = list(chain.from_iterable(entry.targets(role) for role in _OF_AN_ILLNESS))
        if linked:
            return linked
        conditions = [*self.own.values(), *self.others.values()]
        by_words = [
            condition.id for condition in conditions if same_illness(condition, entry.text("reason"), entry.title)
        ]
        if by_words:
            return by_words
        parts = _parts_in(f"{entry.title}\n{entry.text('reason')}")
        return [condition.id for condition in conditions if parts & _parts_of(condition)]


def _parts_in(text: str) -> frozenset[str]:
    return frozenset(mention.concept for mention in mentions_in(text, every_part(), contexts=False))


def _parts_of(condition: Entry) -> frozenset[str]:
    """The parts of the body where a diagnosis sits, as its words say and as its illness implies."""
    return _parts_in(f"{condition.title}\n{condition.text('body_site')}") | parts_of_illnesses(concepts_of(condition))
