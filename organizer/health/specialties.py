"""What a specialist of a field looks at first: which results and which reports lead, by code and by vocabulary.

The order of each field is data: resources/specialties.json, with its sources.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from organizer.base.analyte_names import analytes_named
from organizer.base.analytes import siblings_of
from organizer.base.remembered import remembered
from organizer.base.resource_files import read_resource
from organizer.health.vocabulary import coded_concepts, concept, concepts_of, mentions_in
from organizer.health.vocabulary.spelling import folded
from organizer.model.codes import LOINC, Code, MeasureKey, is_loinc_code, measured_code
from organizer.model.entry import Entry

_BESIDE_OTHERS = ("paediatrics", "general")
_SCIENCES = ("olog", "iatr", "urg", "orthop")
NOT_ASKED_FOR = 1_000
"""The rank of a result that a field has no place for."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A field's order: results in turn (LOINC codes and concepts), of which the first `lead` always weigh, the concepts
    of reports that lead, the groups of reports in turn, the field whose checklist it shares, its illnesses, and the
    beginnings of what it is called."""

    results: tuple[str, ...] = ()
    lead: int = 0
    reports: frozenset[str] = frozenset()
    groups: tuple[str, ...] = ("pathology", "imaging", "genetics")
    checklist: str = ""
    illnesses: frozenset[str] = frozenset()
    called: tuple[str, ...] = ()

    def rank(self, key: MeasureKey, title: str) -> int:
        """The place of a measure in the field's order, from 0; NOT_ASKED_FOR where it has none."""
        return _rank(self.results, key, title)

    def leads(self, key: MeasureKey, title: str) -> bool:
        """Whether a measure is one of those that the field looks at first."""
        return self.rank(key, title) < NOT_ASKED_FOR

    def asks_for(self, report: Entry) -> bool:
        """Whether a report is one of those that the field looks at first."""
        return not self.reports.isdisjoint(coded_concepts(report)) or _speaks_of(report.title, self.reports)


@remembered(4_096)
def _rank(results: tuple[str, ...], key: MeasureKey, title: str) -> int:
    """By the measure's own code; only what has none of LOINC goes by its name."""
    code = measured_code(key)
    loinc = code.loinc if code is not None else ""
    places = (place for place, wanted in enumerate(results) if _is_wanted(wanted, code, loinc, title))
    return next(places, NOT_ASKED_FOR)


def _is_wanted(wanted: str, code: Code | None, loinc: str, title: str) -> bool:
    if is_loinc_code(wanted):
        if loinc:
            return loinc == wanted or loinc in siblings_of(wanted)
        return wanted in _codes_named(title)

    meant = concept(wanted)
    codes = [Code(LOINC, other) for other in siblings_of(loinc)] if loinc else []
    if any(meant.is_coded_by(other_code) for other_code in [*([code] if code else []), *codes]):
        return True
    return _speaks_of(title, frozenset({wanted}))


@remembered(4_096)
def _codes_named(title: str) -> frozenset[str]:
    """The LOINC codes of the analyte that a printed name means, with those that measure the same."""
    own = frozenset(
        code.loinc for code in chain.from_iterable(named.codes for named in analytes_named(title)) if not code.specimen
    )
    return own.union(*(siblings_of(code) for code in own))


def _speaks_of(title: str, names: frozenset[str]) -> bool:
    """Whether a title names one of the concepts: what is written beside it doesn't matter for an order."""
    return bool(names) and any(mention.concepts & names for mention in mentions_in(title, names, contexts=False))


@cache
def profiles() -> Mapping[str, Profile]:
    """The profile of each field by its id."""
    table = read_resource("specialties.json")["specialties"]
    usual = Profile()
    return {
        name: Profile(
            tuple(line.get("results", ())),
            line.get("lead", 0),
            frozenset(line.get("reports", ())),
            tuple(line.get("groups", usual.groups)),
            line.get("checklist", name),
            frozenset(line.get("illnesses", ())),
            tuple(line.get("called", ())),
        )
        for name, line in table.items()
    }


def fields_named(text: str) -> list[str]:
    """The ids of the fields that somebody may mean: `Nephrologist`, `heart failure clinic`, `kinderneurologie`.

    One where that is clear, several where it isn't, none where no field is called so. A name within a longer one
    doesn't count (heart surgery is no cardiology), and a field of children gives way to what they are ill with.
    """
    if text.strip().casefold() in profiles():
        return [text.strip().casefold()]
    plain = folded(text)
    spots: set[tuple[int, int, str]] = set()
    for name, profile in profiles().items():
        matches = chain.from_iterable(re.finditer(_beginning(called), plain) for called in profile.called)
        spots |= {(match.start(), match.end(), name) for match in matches}
    longest = [spot for spot in spots if not any(_within(spot, other) for other in spots)]
    named = [name for name in profiles() if any(name == own for _start, _end, own in longest)]
    return [name for name in named if name not in _BESIDE_OTHERS] or named[:1]


def _beginning(called: str) -> str:
    """A name at the beginning of a word; that of a science within a compound, too (`Kinderneurologie`)."""
    beginning = folded(called)
    return re.escape(beginning) if beginning.endswith(_SCIENCES) else rf"(?<![^\W\d_]){re.escape(beginning)}"


def _within(spot: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    is_longer = other[1] - other[0] > spot[1] - spot[0]
    return is_longer and other[0] <= spot[0] < other[1]


def profile_of(specialty: str, case: Iterable[Entry] = ()) -> Profile:
    """The profile of a field; for "general" and none that of the illnesses which the case is about.

    `case` are the diagnoses that the case is about. A field that isn't known is no field: nobody is asked in its name.
    """
    chosen = profiles().get(specialty, Profile())
    if chosen.results:
        return chosen
    return next(iter(_of_illnesses(list(case))), chosen)


def _of_illnesses(case: Sequence[Entry]) -> list[Profile]:
    """The fields of the case's illnesses, the one with most of them first."""
    fields = [profile for profile in profiles().values() if profile.illnesses]
    among = frozenset(chain.from_iterable(profile.illnesses for profile in fields))
    about = frozenset(chain.from_iterable(concepts_of(entry, among) for entry in case))
    suited = [profile for profile in fields if profile.illnesses & about]
    return sorted(suited, key=lambda profile: -len(profile.illnesses & about))


def leading(reports: Iterable[Entry], profile: Profile) -> list[Entry]:
    """The reports with the field's own first; within both the order that they came in."""
    return sorted(reports, key=lambda entry: not profile.asks_for(entry))
