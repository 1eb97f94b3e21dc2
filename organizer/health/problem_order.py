"""Which diagnoses a doctor should see first: an order for page one, no judgement of the illness.

The case's own; then what is open before what is past; of these what is asked about, serious or treated; then the
newest. What tells of somebody's circumstances (employment, schooling) stands behind all illnesses.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import chain

from organizer.health.grouping import fold
from organizer.health.medicines import STANDING, Course
from organizer.health.problems import OPEN, Problem
from organizer.health.vocabulary import concepts_in, concepts_of, is_about
from organizer.health.vocabulary.classes import ASIDE, class_of, without_class
from organizer.model.entry import Entry

CIRCUMSTANCE, SERIOUS = "circumstance", "serious"
TREATED_WITH: Mapping[str, frozenset[str]] = {
    "hypertension": frozenset({"blood-pressure-lowering", "ace-inhibitor", "arb"}),
    "diabetes": frozenset({"glucose-lowering", "insulin"}),
    "hyperlipidaemia": frozenset({"statin"}),
    "hypothyroidism": frozenset({"levothyroxine"}),
    "gout": frozenset({"urate-lowering"}),
    "asthma": frozenset({"inhaled-steroid"}),
    "iron-deficiency": frozenset({"iron"}),
    "chronic-kidney-disease": frozenset({"kidney-dip", "esa"}),
    "migraine": frozenset({"migraine-preventive"}),
}
"""Illnesses with the groups of medicines that are given for them: for the order alone, where no source says for what a
medicine is taken (groups as in resources/vocabulary/medicines.json)."""
_ILLNESSES = frozenset(TREATED_WITH)
_MEDICINES = frozenset(chain.from_iterable(TREATED_WITH.values()))


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a diagnosis may weigh: `about` and `treated` are ids of Conditions, `for_what` the words of medicines'
    reasons, `groups` the groups of medicines that are taken, `asked` the words of the questions."""

    about: Set[str] = frozenset()
    treated: Set[str] = frozenset()
    for_what: str = ""
    groups: Set[str] = frozenset()
    asked: str = ""


def reasons(about: Iterable[str], courses: Iterable[Course], questions: Iterable[str]) -> Reasons:
    """The reasons of a case: the ids of its diagnoses, the medicines, the words of its questions."""
    standing = [course for course in courses if course.state in STANDING]
    spans = list(chain.from_iterable(course.spans for course in standing))
    groups = set(chain.from_iterable(concepts_in(course.name, _MEDICINES) for course in standing))
    return Reasons(
        frozenset(about),
        frozenset(chain.from_iterable(course.treated for course in standing)),
        fold(". ".join(span.text("reason") for span in spans if span.text("reason"))),
        frozenset(groups),
        fold(". ".join(questions)),
    )


def by_weight(problems: Iterable[Problem], why: Reasons) -> list[Problem]:
    """The diagnoses, the weightiest first; among equals as they came."""
    return sorted(problems, key=lambda problem: _key(problem, why))


def _key(problem: Problem, why: Reasons) -> tuple[bool, bool, bool, bool, int]:
    ids = {entry.id for entry in problem.entries}
    return (
        not ids & why.about,
        is_circumstance(problem.entry),
        problem.state not in OPEN,
        is_aside(problem.entry),
        -_weight(problem, ids, why),
    )


def _weight(problem: Problem, ids: Set[str], why: Reasons) -> int:
    entry = problem.entry
    names = concepts_of(entry)
    treated = bool(ids & why.treated) or _names(entry, names, why.for_what)
    treated = treated or any(why.groups & TREATED_WITH[name] for name in names & _ILLNESSES)
    return 4 * _names(entry, names, why.asked) + 2 * (SERIOUS in names) + 2 * treated


def _names(entry: Entry, names: Set[str], words: str) -> bool:
    """Whether a text speaks of the diagnosis: by its title, or by something narrower than that it is serious."""
    if not words:
        return False
    title = fold(without_class(entry.title))
    own = frozenset(names - {SERIOUS})
    return title in words or bool(own and not own.isdisjoint(concepts_in(words, own)))


def is_aside(entry: Entry) -> bool:
    """True for what SNOMED CT itself calls a finding or a situation."""
    return class_of(entry.title) in ASIDE


def is_circumstance(entry: Entry) -> bool:
    """True for what tells of somebody's life and not of an illness: employment, schooling, housing."""
    return is_about(entry, CIRCUMSTANCE)
