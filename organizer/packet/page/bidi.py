"""Which parts of a line run from right to left: Unicode's bidirectional algorithm for a line without embeddings.

UAX #9, revision 48 (Unicode 15.1), rules P2–P3, W1–W7, N0–N2, I1–I2, L2 and L4, looked up 2026-11-29. A line's
direction is that of its first letter that has one. Marks that embed or isolate are not drawn, and not read.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

_STRONG = frozenset({"L", "R", "AL"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})
_BRACKETS = {"(": ")", "[": "]", "{": "}", "（": "）", "「": "」"}
_MIRRORED = str.maketrans("()[]{}<>«»‹›≤≥（）", ")(][}{><»«›‹≥≤）（")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line in its own order of letters; parts come from left to right."""

    text: str
    right_to_left: bool


def parts(text: str) -> tuple[Part, ...]:
    """A line's parts as they stand on the page, from left to right."""
    kinds = [unicodedata.bidirectional(letter) or "L" for letter in text]
    if not any(kind in ("R", "AL", "AN") for kind in kinds):
        return (Part(text, False),) if text else ()
    base = next((int(kind != "L") for kind in kinds if kind in _STRONG), 0)
    levels = _levels(_resolved(text, kinds, base), base)
    return tuple(_visual(text, levels))


def mirrored(text: str) -> str:
    """Letters without a joined form, from right to left, with brackets that open the other way (L4)."""
    return text[::-1].translate(_MIRRORED)


def _resolved(text: str, kinds: list[str], base: int) -> list[str]:
    """The kinds after the rules on weak and neutral letters: L, R, EN or AN each."""
    start = "R" if base else "L"
    kinds = _numbers(_weak(kinds, start), start)
    for opening, closing in _pairs(text, kinds):
        own = _of_brackets(kinds, opening, closing, start)
        kinds[opening] = kinds[closing] = own or kinds[opening]
    return _neutrals(kinds, start)


def _pairs(text: str, kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Brackets that belong together (BD16), by the place of the opening one."""
    waiting: list[int] = []
    found = []
    for place, letter in enumerate(text):
        if kinds[place] == "ON" and letter in _BRACKETS:
            waiting.append(place)
        elif kinds[place] == "ON" and letter in _BRACKETS.values():
            fitting = [number for number in waiting if _BRACKETS[text[number]] == letter]
            if fitting:
                found.append((fitting[-1], place))
                waiting = [number for number in waiting if number < fitting[-1]]
    return sorted(found)


def _of_brackets(kinds: Sequence[str], opening: int, closing: int, start: str) -> str:
    """N0: the line's direction where something within has it, else that within if it also stands before; else ""."""
    within = {_side(kind) for kind in kinds[opening + 1 : closing]} & {"L", "R"}
    if not within:
        return ""
    if start in within:
        return start
    before = next((_side(kind) for kind in reversed(kinds[:opening]) if _side(kind) in ("L", "R")), start)
    return before if before in within else start


def _side(kind: str) -> str:
    """Numbers count as right to left."""
    return "R" if kind in ("EN", "AN") else kind


def _weak(kinds: Sequence[str], start: str) -> list[str]:
    """W1 marks take their letter's kind, W2 numbers behind Arabic are Arabic ones, W3 Arabic letters are R."""
    resolved: list[str] = []
    strong = before = start
    for kind in kinds:
        own = before if kind == "NSM" else "ON" if kind == "BN" else kind
        strong = own if own in _STRONG else strong
        own = "AN" if own == "EN" and strong == "AL" else own
        resolved.append(own)
        before = own
    return ["R" if kind == "AL" else kind for kind in resolved]


def _numbers(kinds: list[str], start: str) -> list[str]:
    """W4 a single separator within a number, W5 signs beside it, W6 all others are neutral, W7 numbers behind L."""
    for place in range(1, len(kinds) - 1):
        around = kinds[place - 1]
        if around == kinds[place + 1] and (
            (kinds[place] == "ES" and around == "EN") or (kinds[place] == "CS" and around in ("EN", "AN"))
        ):
            kinds[place] = around
    for places in _runs(kinds, frozenset({"ET"})):
        beside = (kinds[places[0] - 1] if places[0] else "", kinds[places[-1] + 1 : places[-1] + 2])
        if beside[0] == "EN" or beside[1] == ["EN"]:
            for place in places:
                kinds[place] = "EN"
    strong = start
    for place, kind in enumerate(kinds):
        strong = kind if kind in ("L", "R") else strong
        if kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"
    return kinds


def _neutrals(kinds: list[str], start: str) -> list[str]:
    """N1 what stands between two of one direction takes it (numbers count as R), N2 else the line's."""
    for places in _runs(kinds, _NEUTRAL):
        before = kinds[places[0] - 1] if places[0] else start
        behind = kinds[places[-1] + 1] if places[-1] + 1 < len(kinds) else start
        sides = {_side(before), _side(behind)}
        own = sides.pop() if len(sides) == 1 else start
        for place in places:
            kinds[place] = own
    return kinds


def _runs(kinds: Sequence[str], wanted: frozenset[str]) -> list[list[int]]:
    """The places of neighbours of these kinds."""
    groups = groupby(range(len(kinds)), key=lambda place: kinds[place] in wanted)
    return [list(places) for is_wanted, places in groups if is_wanted]


def _levels(kinds: Sequence[str], base: int) -> list[int]:
    """I1, I2: even levels run to the right, odd ones to the left."""
    if base:
        return [1 if kind == "R" else 2 for kind in kinds]
    return [{"L": 0, "R": 1}.get(kind, 2) for kind in kinds]


def _visual(text: str, levels: Sequence[int]) -> list[Part]:
    """L2: from the highest level down, each run of that level and above is turned."""
    groups = groupby(range(len(text)), key=lambda place: levels[place])
    runs = [(level, "".join(text[place] for place in places)) for level, places in groups]
    for level in range(max(levels), 0, -1):
        turned: list[tuple[int, str]] = []
        for is_inside, inner in groupby(runs, key=lambda run: run[0] >= level):
            own = list(inner)
            turned += own[::-1] if is_inside else own
        runs = turned
    return [Part(run, bool(level % 2)) for level, run in runs]
