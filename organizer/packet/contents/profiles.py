"""What a specialist of a field looks at first: which results and which reports lead, by code and by words.

The order is that of the checklists that such clinics send out before a visit (design judgement, not a rule): oncology
asks for pathology and markers before imaging, heart surgery for echo and catheter, neurology for the scans, autoimmune
clinics for antibodies, urine protein and biopsies. What each is called stands in resources/vocabulary.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from organizer.health.series import Series
from organizer.health.vocabulary import coded_concepts, concept, mentions_in
from organizer.model.codes import measured_code
from organizer.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Profile:
    """A field's order: concepts of results that lead, of reports that lead, the groups of reports in turn."""

    results: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()
    groups: tuple[str, ...] = ("pathology", "imaging", "genetics")

    def leads(self, series: Series) -> bool:
        """Whether a measure is one of those that the field looks at first."""
        code = measured_code(series.key)
        if code is not None and any(concept(name).is_coded_by(code) for name in self.results):
            return True
        return _speaks_of(series.title, self.results)

    def asks_for(self, report: Entry) -> bool:
        """Whether a report is one of those that the field looks at first."""
        return not self.reports.isdisjoint(coded_concepts(report)) or _speaks_of(report.title, self.reports)


def _speaks_of(title: str, names: frozenset[str]) -> bool:
    """Whether a title names one of the concepts: what is written beside it doesn't matter for an order."""
    return bool(names) and any(one.concepts & names for one in mentions_in(title, names, contexts=False))


_GENERAL = Profile()

_PROFILES = {
    "oncology": Profile(
        frozenset({"tumour", "tumour-marker", "blood-cells"}),
        frozenset({"pathology-report", "receptor-result", "molecular-report", "staging", "pet"}),
    ),
    "heart-surgery": Profile(
        frozenset({"heart-result", "lipid-result", "blood-pressure", "kidney-result", "clotting-result"}),
        frozenset({"echocardiogram", "ecg", "angiogram", "stress-test", "heart-imaging"}),
        ("imaging", "pathology", "genetics"),
    ),
    "neurology-spine": Profile(
        frozenset({"nerve-results", "spinal-fluid"}),
        frozenset({"mri", "emg", "eeg", "spine-or-brain", "spinal-fluid"}),
        ("imaging", "pathology", "genetics"),
    ),
    "autoimmune": Profile(
        frozenset({"antibody-result", "inflammation-result", "protein-result", "urine-protein", "kidney-result"}),
        frozenset({"biopsy", "pathology-report", "antibody-result", "ultrasound", "capillaroscopy"}),
    ),
    "unclear": Profile(
        frozenset({"inflammation-result", "general-result"}),
        frozenset({"biopsy", "pathology-report", "mri", "heart-imaging"}),
    ),
}


def profile_of(specialty: str) -> Profile:
    """The profile of a field; one without preferences for "general" and unknown ones."""
    return _PROFILES.get(specialty, _GENERAL)


def leading(reports: Iterable[Entry], profile: Profile) -> list[Entry]:
    """The reports with the field's own first; within both the order that they came in."""
    return sorted(reports, key=lambda entry: not profile.asks_for(entry))
