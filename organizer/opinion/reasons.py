"""Reasons for a second opinion that a record holds: evidence, a plain sentence, questions. No one is called wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from organizer.base.dates import parse_date
from organizer.base.words import _
from organizer.records.entry import Entry
from organizer.tracking import PlanCheck

YEAR, EIGHT_WEEKS = timedelta(days=365), timedelta(weeks=8)
_SERIOUS_CODES = re.compile(
    r"(C\d\d|D0\d|D3[789]|D4\d|I2\d|I3\d|I4\d|I5\d|I6\d|G[0-3]\d|G[67]\d|M3[0-6]|M05|M06|K50|K51)"
)
_SERIOUS_WORDS = re.compile(
    r"\b(cancer|carcinoma|malignan\w*|lymphoma|leuk(a)?emia|melanoma|sarcoma|myeloma|tumou?r|metasta\w*|heart failure|"
    r"myocardial|coronary|cardiomyopathy|stroke|multiple sclerosis|parkinson\w*|dementia|alzheimer\w*|motor neuron\w*|"
    r"lupus|vasculitis|scleroderma|nephropathy|glomerulonephritis|nephritis)\b",
    re.IGNORECASE,
)
_ICD10 = ("http://hl7.org/fhir/sid/icd-10-cm", "http://hl7.org/fhir/sid/icd-10")


@dataclass(frozen=True, slots=True)
class View:
    """What a reason may look at: all conditions of a person (struck ones too), the plans with their checks, the day."""

    conditions: tuple[Entry, ...]
    plans: tuple[tuple[Entry, PlanCheck], ...]
    as_of: date


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason found: its id, a title, a sentence in plain words, ids of the entries it rests on, questions."""

    reason: str
    title: str
    sentence: str
    evidence: tuple[str, ...]
    questions: tuple[str, ...]


def treatment_not_working(view: View) -> Reason | None:
    """A plan check says not on track, worsening, or a side effect or repeated changes stand beside it."""
    telling = [
        (plan, check)
        for plan, check in view.plans
        if check.verdict in ("not-on-track", "worsening")
        or {"side-effect-concern", "plan-changed-often"} & set(check.also)
    ]
    if not telling:
        return None
    names = ", ".join(dict.fromkeys(plan.title for plan, _check in telling))
    evidence = dict.fromkeys(one for plan, check in telling for one in (plan.id, *(e.entry_id for e in check.evidence)))
    asked = tuple(dict.fromkeys(question for _plan, check in telling for question in check.questions))
    sentence = _("{plans}: the numbers or a side effect give reason to ask how to go on.").format(plans=names)
    return Reason("treatment-not-working", _("Treatment not working as expected"), sentence, tuple(evidence), asked)


def serious_diagnosis(view: View) -> Reason | None:
    """A condition of the last twelve months that is marked serious or belongs to a serious group."""
    found = [one for one in view.conditions if not one.struck and is_serious(one) and _within_year(one, view.as_of)]
    if not found:
        return None
    titles = ", ".join(dict.fromkeys(one.title for one in found))
    evidence = dict.fromkeys(one for entry in found for one in (entry.id, *entry.targets("rests-on")))
    sentence = _("{titles}: a second view on a diagnosis like this is a normal step.").format(titles=titles)
    questions = (
        _("On which findings does this diagnosis rest?"),
        _("Which treatments are there, and what do they ask of me?"),
    )
    return Reason("serious-diagnosis", _("Serious or life-changing diagnosis"), sentence, tuple(evidence), questions)


def diagnosis_unclear(view: View) -> Reason | None:
    """Provisional for more than eight weeks, or revised or ruled out within the year."""
    lasting = [one for one in view.conditions if not one.struck and _long_provisional(one, view.as_of)]
    revised = [
        one
        for one in view.conditions
        if (one.data.get("verification") == "refuted" or one.targets("revises")) and _within_year(one, view.as_of)
    ]
    if not lasting and not revised:
        return None
    titles = ", ".join(dict.fromkeys(one.title for one in [*lasting, *revised]))
    sentence = _("{titles}: the view on this has changed or is not settled.").format(titles=titles)
    evidence = dict.fromkeys(one.id for one in [*lasting, *revised])
    questions = (_("How sure is the diagnosis now, and which test would settle it?"),)
    return Reason("diagnosis-unclear", _("Diagnosis unclear or changed"), sentence, tuple(evidence), questions)


REASONS: tuple[Callable[[View], Reason | None], ...] = (treatment_not_working, serious_diagnosis, diagnosis_unclear)


def is_serious(condition: Entry) -> bool:
    """As the person marked it; else by ICD-10-CM chapter (neoplasms, heart, brain and nerves, systemic autoimmune) or
    the words of its title, since many sources carry SNOMED codes alone. Plain high blood pressure is not among them.
    """
    marked = condition.data.get("serious")
    if marked is not None:
        return bool(marked)
    if condition.status in ("resolved", "inactive", "remission"):
        return False
    coded = any(code.system in _ICD10 and _SERIOUS_CODES.match(code.code) for code in condition.codes)
    return coded or bool(_SERIOUS_WORDS.search(condition.title))


def _recorded(condition: Entry) -> date | None:
    when = parse_date(condition.text("recorded")) or condition.happened
    return when.first_day if when else None


def _within_year(condition: Entry, as_of: date) -> bool:
    day = _recorded(condition)
    return day is not None and as_of - YEAR <= day <= as_of


def _long_provisional(condition: Entry, as_of: date) -> bool:
    day = _recorded(condition)
    unsure = condition.data.get("verification") in ("provisional", "differential", "unconfirmed")
    return unsure and condition.status in ("", "active") and day is not None and as_of - day > EIGHT_WEEKS
