"""A row of the checklist."""

from collections.abc import Callable
from dataclasses import dataclass

from organizer.health.opinion.finders import Finder
from organizer.health.opinion.gathered import Gathered


def anybody(_gathered: Gathered) -> bool:
    """True whoever it is."""
    return True


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """`finds` gives the entries that answer the row; `asks` is how a letter asks for it ("" where nobody is asked).

    `needs` says whether there can be such a thing for this person at all, by age, sex or what is planned; `sure`
    whether the record tells that there is one, or that one is usual. A row that isn't `general` is left out where an
    illness has a list that doesn't name it, and nothing tells that there is one. `imaged` where the images themselves
    are asked for with their report.
    """

    id: str
    label: str
    finds: Finder
    asks: str = ""
    needs: Callable[[Gathered], bool] = anybody
    sure: Callable[[Gathered], bool] = anybody
    general: bool = True
    imaged: bool = False
