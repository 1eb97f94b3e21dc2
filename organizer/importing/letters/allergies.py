"""An item of a list of allergies: the substance and what it does."""

import re
from dataclasses import dataclass
from functools import cache

from organizer.importing.letters.phrases import any_of, either, without_start

_BRACKETS = re.compile(r"(?P<what>[^()]+?)\s*\((?P<does>[^()]+)\)\.?$")


@cache
def _behind() -> re.Pattern[str]:
    """The substance, a stroke or a word that says what it does, and that."""
    told = rf"(?:[:→–]|\s-\s|\s(?:{either('reactions')})\s)"
    return re.compile(rf"(?P<what>[^:→–]+?)\s*{told}\s*(?P<does>\S.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Allergy:
    """A substance, and the reaction as printed ("" where none is told)."""

    substance: str
    reaction: str = ""


def allergy_in(text: str) -> Allergy | None:
    """What an item says; None where nothing of a name is left, or where it tells what is tolerated or to be avoided."""
    if any_of("no_allergy").search(text):
        return None
    bare = without_start("allergic", text.strip(" .,;")).strip(" .,;:-–")
    match = _BRACKETS.match(bare) or _behind().match(bare)
    what, does = (match["what"], match["does"]) if match else (bare, "")
    what = what.strip(" .,;:-–")
    if not any(sign.isalpha() for sign in what):
        return None
    return Allergy(what, does.strip(" .;"))
