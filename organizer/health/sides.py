"""Of which side of the body a result is: the pressure of the right eye says nothing of the left one's."""

import re
from functools import cache

from organizer.base.remembered import remembered
from organizer.base.resource_files import read_resource

LEFT, RIGHT = "left", "right"


@remembered(4_096)
def side_of(text: str) -> str:
    """`left` or `right`, where words say one of them and not the other; else ""."""
    sides = [side for side, pattern in _patterns().items() if pattern.search(text)]
    return sides[0] if len(sides) == 1 else ""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    file = read_resource("sides.json")
    patterns: dict[str, re.Pattern[str]] = {}
    for side in (LEFT, RIGHT):
        words = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in file[side]["words"])
        capitals = "|".join(file[side]["capitals"])
        patterns[side] = re.compile(rf"(?<!\w)(?:(?i:{words})|{capitals})(?!\w)")
    return patterns
