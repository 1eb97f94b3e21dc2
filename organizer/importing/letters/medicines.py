"""A line of a medication list: name, strength, how often, what for, and whether it was ended."""

import re
from dataclasses import dataclass
from functools import cache

from organizer.base.analyte_names import analytes_named
from organizer.health.medicine_names import is_a_medicine, names_a_medicine
from organizer.importing.letters.items import is_sentence
from organizer.importing.letters.phrases import any_of, at_start, either, words
from organizer.importing.letters.strengths import NUMBER, STRENGTH, frequency_in, how_often
from organizer.model.statuses import AnyStatus, Status

_NAME = re.compile(r"[^\W\d_][\w'’/+.®™-]*(?:[ -](?:\+ )?[^\W\d_][\w'’/+.®™-]*|[ -]D3|[ -]B12)*")
_BARE_STRENGTH = re.compile(r"\s+(\d+(?:[.,]\d+)?(?:/\d+(?:[.,]\d+)?)?)$")
_BRACKETS = re.compile(r"\s*[({][^)}]*[)}]")
_COUNT = re.compile(r"#\s?\d+|\bdispensed? \d+|\bN[123]\b|\bPZN:?\s?\d+", re.IGNORECASE)
_BEGINS_WITH_A_NUMBER = re.compile(rf"(?:{NUMBER}\s?x\s+|{NUMBER}\s+(?=[^\W\d_]{{3,}}))(?=\S)")
_MOST_WORDS = 5
_MOST_WITHOUT_DOSE = 4  # words of a medicine's name that stands alone
_STATES = (
    (Status.NOT_TAKEN, "never"),
    (Status.INTENDED, "planned"),
    (Status.STOPPED, "stopped"),
    (Status.ON_HOLD, "paused"),
)
_OVER = ("stopped", "paused")
_AT_REST = (Status.STOPPED, Status.ON_HOLD, Status.NOT_TAKEN)
_ARROWS = ("→", "->", "=>", "➔")


@cache
def _earlier_dose() -> re.Pattern[str]:
    """`(increased from daily)` tells how it was taken before."""
    return re.compile(rf"\([^()]*(?<!\w)(?:{either('earlier_dose')})(?!\w)[^()]*\)", re.IGNORECASE)


@cache
def _count_of_forms() -> re.Pattern[str]:
    """`two tablets`, `1-2 puffs`: how much, where no strength is told."""
    return re.compile(rf"(?<!\w)(?:{either('counts')}|[\d½¼]+(?:[-–]\d+)?)\s(?:{either('forms')})(?!\w)", re.IGNORECASE)


@cache
def _change_to_come() -> re.Pattern[str]:
    """`daily, reduce by 1 mg every 2 weeks`: what follows isn't how it is taken now."""
    return re.compile(rf"[,;(–-]\s*(?:{either('dose_words')})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine as a line says it; what it doesn't say is ""."""

    name: str
    dose: str = ""
    frequency: str = ""
    reason: str = ""
    state: AnyStatus = Status.NOT_SAID
    """`stopped`, `on-hold`, `intended`, `not-taken` or ""."""
    label: str = ""
    """What stands before it with a colon and isn't known: it may say that it was ended."""

    @property
    def is_bare(self) -> bool:
        """Whether a line gives its name alone: neither how much nor how often."""
        return not self.dose and not self.frequency


def medicine_in(text: str) -> Medicine | None:
    """What a line of a list says; None where it begins with no name."""
    state, text = state_in(text)
    ended = at_start("ended_labels").match(text)
    if ended is not None and ":" in ended[0]:
        state, text = state or Status.STOPPED, text[ended.end() :]
    bare = text
    bare = _earlier_dose().sub(" ", _COUNT.sub(" ", bare))
    bare, label = _without_label(bare)
    bare, count = _without_beginning(bare)
    bare = " ".join(bare.split()).strip(" .,;:-–*")

    strength = _strength_of_now(bare)
    often = how_often(bare, strength.end() if strength else 0)
    first = STRENGTH.search(bare)
    ends = [match.start() for match in (first, often) if match is not None]
    head = bare[: min(ends)] if ends else bare
    dose = strength[0].strip() if strength else ""
    printed = _BARE_STRENGTH.search(head.rstrip(" ,;:-–")) if not dose and often else None
    counted_forms = None if dose or printed else _count_of_forms().search(head)
    if printed:
        head, dose = head[: printed.start()], printed[1]
    elif counted_forms:
        head, dose = head[: counted_forms.start()], counted_forms[0].strip()
    name = _name(head)
    if not name:
        return None
    rest = bare[strength.end() :] if strength is not None else bare[min(ends) :] if ends else ""
    later = any_of("afterwards").search(rest) or _change_to_come().search(rest)
    rest = rest[: later.start()] if later is not None else rest
    frequency = (
        frequency_in(rest)
        or frequency_in(_BRACKETS.sub("", bare[: first.end()] if first else head))
        or (count if "x" in count else "")
    )
    counted = bare[: often.start()].split()[-1:] if often and not strength else []
    if counted and counted[0].casefold() in words("counts"):
        frequency = f"{counted[0]} {frequency}"
    reason = "" if state in _AT_REST else _reason(rest)  # what stands there says why it isn't taken
    return Medicine(name, dose, frequency, reason, state, label)


def state_in(text: str) -> tuple[AnyStatus, str]:
    """What a line says of the medicine's being taken (Status.NOT_SAID for nothing), and the line without those words.

    What is planned or was never taken comes first: `to start once X is stopped`. Behind `to start` stands when, and
    what is to come later (`for 5 days, then stop`) says nothing of now.
    """
    later = any_of("afterwards").search(text)
    reach = later.start() if later is not None else len(text)
    for state, listed in _STATES:
        match = any_of(listed).search(text, 0, reach)
        if match is not None and listed == "planned":
            if any_of("of_another_plan").search(text):
                continue  # `stop planned for May`: that it is ended is planned
            return state, text[: match.start()].rstrip(" ,;:-–(")
        if match is not None:
            bare = any_of("stopped").sub(" ", any_of("paused").sub(" ", text)) if listed in _OVER else text
            return state, any_of(listed).sub(" ", bare)
    return Status.NOT_SAID, text


def _without_label(text: str) -> tuple[str, str]:
    """Without words before a colon that nobody knows and that name no medicine, while behind it stands one."""
    label, colon, rest = text.strip().partition(":")
    is_known = any(any_of(name).match(label.strip()) for name in ("what_for", "how_often", "before_a_name"))
    if (
        not colon
        or is_known
        or label[:1] in "[("
        or STRENGTH.search(label)
        or names_a_medicine(label)
        or not names_a_medicine(rest)
    ):
        return text, ""
    return rest, label.strip(" .,;:-–*")


def _strength_of_now(text: str) -> re.Match[str] | None:
    """The first strength; of `from 10 mg to 20 mg` and of `10 mg 1-0-0 → 20 mg 1-0-0` the second."""
    strengths = list(STRENGTH.finditer(text))
    between = text[strengths[0].end() : strengths[1].start()].strip().casefold() if len(strengths) > 1 else ""
    is_change = between in words("changes_to") or any(arrow in between for arrow in _ARROWS)
    return strengths[1] if is_change else strengths[0] if strengths else None


def _without_beginning(text: str) -> tuple[str, str]:
    """Without `Continue`, `New:`, `bei Übelkeit:`, which stand before the name; and the `3x` that may do so."""
    bare = text.strip()
    label, colon, rest = bare.partition(":")
    if colon and rest.strip() and not STRENGTH.search(label) and any_of("what_for").match(label.strip()):
        bare = rest.strip()
    elif colon and rest.strip() and any_of("how_often").fullmatch(label.strip()):
        bare = f"{rest.strip()} {label.strip()}"
    for _ in range(2):
        match = any_of("before_a_name").match(bare)
        if match:
            bare = bare[match.end() :].lstrip(" :-–*")
    counted = _BEGINS_WITH_A_NUMBER.match(bare)
    return (bare[counted.end() :], counted[0].strip()) if counted else (bare, "")


def _name(head: str) -> str:
    """The name at the beginning, without forms, brackets and what stands behind a comma."""
    bare = _BRACKETS.sub("", head).split(",")[0].strip(" .:;-–")
    match = _NAME.match(bare)
    if match is None:
        return ""
    parts = match[0].replace("®", "").replace("™", "").split()
    counted = [place for place, part in enumerate(parts) if place and part.casefold().split("-")[0] in words("counts")]
    parts = parts[: counted[0]] if counted else parts
    later = [place for place, part in enumerate(parts) if place and part.casefold() in words("until")]
    parts = parts[: later[0]] if later else parts
    forms = {form.rstrip(".") for form in words("forms")}
    while len(parts) > 1 and parts[-1].casefold().strip(".,") in forms:
        parts.pop()
    while len(parts) > 1 and parts[-1].casefold() in words("no_name"):
        parts.pop()
    return " ".join(parts).rstrip(".-–/") if len(parts) <= _MOST_WORDS else ""


def _reason(rest: str) -> str:
    """What it is for, where the line says so at its end."""
    for word in words("what_for"):
        match = re.search(rf"(?<!\w){word}\s+((?!{NUMBER})[^\W\d_][^.,;()]*)", rest, re.IGNORECASE)
        if match and not _tells_time(match[0]) and not _tells_time(match[1]):
            return match[1].strip()
    return ""


def _tells_time(text: str) -> bool:
    """`for five days` and `bei Bedarf` say how long and how often, and no reason."""
    counted = re.match(rf"(?:{either('counts')}|\w+)\s+(?:{either('spans')})(?!\w)", text, re.IGNORECASE)
    return counted is not None or any_of("how_often").match(text) is not None


def is_named(medicine: Medicine, is_list: bool, text: str) -> bool:
    """Whether a line names a medicine: with a strength or how often; alone only in few words and no sentence, and where
    it stands in a list of medicines."""
    is_allergy = medicine.is_bare and any_of("of_allergies").search(text) is not None  # `Augmentin: allergy`
    if is_allergy or _is_a_measure(medicine, text):
        return False
    is_known = names_a_medicine(medicine.name)
    if is_known and (is_list or is_a_medicine(medicine.name.split()[0])):
        return not is_sentence(text) or bool(medicine.dose)
    if is_sentence(text):
        return False
    if medicine.is_bare:
        return is_list and _is_a_bare_name(text)
    is_share = "%" in medicine.dose
    return any_of("no_medicine").search(medicine.name) is None and (is_list or not is_share)


def _is_a_bare_name(text: str) -> bool:
    """Whether a line of few words may be the name of a medicine that nobody knows."""
    bare = re.sub(r"\([^()]*\)", " ", text.rpartition(": ")[2])
    hints = ("@" in text, len(bare.split()) > _MOST_WITHOUT_DOSE, any_of("no_medicine").search(text))
    return not any(hints)


def _is_a_measure(medicine: Medicine, text: str) -> bool:
    """`HbA1c 7.2 %`, `Potassium 4.1 mmol/l` and `Blood pressure` are measured, not taken; `Folic acid 5 mg` is."""
    if any_of("measured").match(medicine.name):
        return True
    is_a_bare_number = medicine.is_bare and any(map(str.isdigit, text))
    return bool(analytes_named(medicine.name)) and ("%" in medicine.dose or is_a_bare_number)
