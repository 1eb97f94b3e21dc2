"""An item of a list of allergies: the substance and what it does."""

import re
from dataclasses import dataclass
from functools import cache

from organizer.importing.letters.phrases import any_of, at_start, either, without_start

_BRACKETS = re.compile(r"(?P<what>[^()]+?)\s*\((?P<does>[^()]+)\)\.?$")


_ALLERGY = re.compile(r"(?<=\w)\s+(?:allergy|allergie|alergia)$", re.IGNORECASE)


_ARTICLE = re.compile(r"^(?:l['’]|la |le |les |los |las |el |the |die |der |das )(?=\w)", re.IGNORECASE)
"""What stands between `allergic to` and the substance."""
_ELIDED = re.compile(r"^(?:l['’](?=\w)|a (?:la |los |las )?(?=\w{4})|al (?=\w{4}))", re.IGNORECASE)
"""The same behind a heading: `Alergias: a betalactámicos`."""


@cache
def _behind() -> re.Pattern[str]:
    """The substance, a stroke or a word that says what it does, and that."""
    between = rf"(?:[:→–]|\s-\s|\s(?:{either('reactions')})\s)"
    return re.compile(rf"(?P<what>[^:→–]+?)\s*{between}\s*(?P<does>\S.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Allergy:
    """A substance, and the reaction as printed ("" where none is told)."""

    substance: str
    reaction: str = ""


def allergy_in(text: str) -> Allergy | None:
    """What an item says; None where nothing of a name is left, or where it tells what is tolerated or to be avoided."""
    if at_start("no_allergy").match(text.strip()) or any_of("tolerated").search(text):
        return None
    bare = without_start("allergic", text.strip(" .,;")).strip(" .,;:-–")
    bare = (_ELIDED if bare == text.strip(" .,;:-–") else _ARTICLE).sub("", bare)
    label, colon, rest = bare.partition(":")
    if colon and rest.strip() and any_of("allergy_labels").fullmatch(label.strip()):
        bare = rest.strip()  # `Food: shellfish`
    in_brackets, behind = _BRACKETS.match(bare), _behind().match(bare)
    is_labelled = behind is not None and in_brackets is not None and len(behind["what"]) < len(in_brackets["what"])
    match = behind if is_labelled else in_brackets or behind
    what, does = (match["what"], match["does"]) if match else (bare, "")
    what = _ALLERGY.sub("", what.strip(" .,;:-–"))
    if not any(sign.isalpha() for sign in what):
        return None
    return Allergy(what, does.strip(" .;"))
