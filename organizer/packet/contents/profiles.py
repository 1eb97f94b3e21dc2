"""What a specialist of a field looks at first: which results and which reports lead, by words of their titles.

The order is that of the checklists that such clinics send out before a visit (design judgement, not a rule): oncology
asks for pathology and markers before imaging, heart surgery for echo and catheter, neurology for the scans, autoimmune
clinics for antibodies, urine protein and biopsies.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from organizer.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Profile:
    """A field's order: titles of results that lead, words of reports that lead, the groups of reports in turn."""

    results: re.Pattern[str]
    reports: re.Pattern[str]
    groups: tuple[str, ...] = ("pathology", "imaging", "genetics")


def _words(*stems: str) -> re.Pattern[str]:
    return re.compile("|".join(stems) if stems else r"(?!)", re.IGNORECASE)


_GENERAL = Profile(_words(), _words())

_PROFILES = {
    "oncology": Profile(
        _words("tumou?r", "marker", "psa", "cea", "ca ?(?:15|19|125)", "afp", "ldh", "leu[ck]o", "platelet"),
        _words("patholog", "biops", "cytolog", "er/pr", "her2", "molecular", "sequenc", "stag", "pet"),
    ),
    "heart-surgery": Profile(
        _words("troponin", "bnp", "ldl", "cholesterol", "systolic", "diastolic", "ejection", "creatinine", "inr"),
        _words("echo", "ecg", "ekg", "electrocardi", "angiogra", "catheter", "stress", "ct", "coronary"),
        ("imaging", "pathology", "genetics"),
    ),
    "neurology-spine": Profile(
        _words("pain", "b12", "csf", "spinal fluid", "oligoclonal", "creatine kinase"),
        _words("mri", "magnetic", "emg", "nerve conduction", "eeg", "lumbar", "spinal", "spine", "brain", "head"),
        ("imaging", "pathology", "genetics"),
    ),
    "autoimmune": Profile(
        _words("dna", "ana", "antibod", "complement", "c3", "c4", "crp", "sedimentation", "protein", "creatinine"),
        _words("biops", "patholog", "antibod", "ultraso", "capillaro"),
    ),
    "unclear": Profile(
        _words("crp", "sedimentation", "ha?emoglobin", "ferritin", "tsh"), _words("biops", "patholog", "mri", "ct")
    ),
}  # fmt: skip


def profile_of(specialty: str) -> Profile:
    """The profile of a field; one without preferences for "general" and unknown ones."""
    return _PROFILES.get(specialty, _GENERAL)


def leading(reports: Iterable[Entry], profile: Profile) -> list[Entry]:
    """The reports with the field's own first; within both the order that they came in."""
    return sorted(reports, key=lambda entry: not profile.reports.search(entry.title))
