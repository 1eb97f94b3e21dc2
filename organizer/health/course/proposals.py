"""Goals that guidelines name, from a diagnosis or a medicine: resources/goals.json, each with its source.

A proposal is a beginning for the talk with a doctor; everything in it can be changed.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Proposal:
    """`low` and `high` in `unit`, or `change` in percent of the start; `weeks` until the review."""

    title: str
    measure: str
    unit: str
    weeks: int
    source: str
    words: str
    icd10: tuple[str, ...] = ()
    medicines: str = ""
    low: float | None = None
    high: float | None = None
    change: float | None = None

    def fits(self, title: str, icd10: Sequence[str], medicine: bool) -> bool:
        """Whether a diagnosis (by title or by its ICD-10 codes without dots) or a medicine calls for it."""
        if medicine:
            return bool(self.medicines) and re.search(rf"(?i)\b({self.medicines})", title) is not None
        groups = tuple(one.replace(".", "") for one in self.icd10)
        coded = any(code.startswith(groups) for code in icd10)
        return coded or re.search(rf"(?i)\b({self.words})", title) is not None


@lru_cache(maxsize=1)
def every() -> tuple[Proposal, ...]:
    """All proposals, the more particular first."""
    told = json.loads((resources.files("resources") / "goals.json").read_text("utf-8"))
    return tuple(Proposal(**(one | {"icd10": tuple(one["icd10"])})) for one in told["goals"])
