"""Which parts of a line run from right to left: Unicode's bidirectional algorithm for a line without embeddings.

UAX #9, revision 48 (Unicode 15.1), rules P2–P3, W1–W7, N0–N2, I1–I2, L2 and L4, looked up 2026-11-29. A line's
direction is that of its first letter that has one. Marks that embed or isolate are not drawn, and not read.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

_STRONG = frozenset({"L", "R", "AL"})
_SIDES = frozenset({"L", "R"})
_NUMBERS = frozenset({"EN", "AN"})
_BESIDE_NUMBERS = frozenset({"ES", "ET", "CS"})
_TO_THE_LEFT = frozenset({"R", "AL", "AN"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})
_SEPARATED = {"ES": frozenset({"EN"}), "CS": _NUMBERS}
"""Within which numbers a single separator is a part of the number."""
_BRACKETS = {"(": ")", "[": "]", "{": "}", "（": "）", "「": "」"}
_CLOSING = frozenset(_BRACKETS.values())
_MIRRORED = str.maketrans("()[]{}<>«»‹›≤≥（）", ")(][}{><»«›‹≥≤）（")

_LEVELS = ({"L": 0, "R": 1, "EN": 2, "AN": 2}, {"L": 2, "R": 1, "EN": 2, "AN": 2})
"""I1, I2: even levels run to the right, odd ones to the left; for a line to the right, and for one to the left."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line in its own order of letters; parts come from left to right."""

    text: str
    right_to_left: bool


def parts(text: str) -> tuple[Part, ...]:
    """A line's parts as they stand on the page, from left to right."""
    kinds = [unicodedata.bidirectional(letter) or "L" for letter in text]
    if _TO_THE_LEFT.isdisjoint(kinds):
        return (Part(text, False),) if text else ()

    first = next(filter(_STRONG.__contains__, kinds), "L")
    base = int(first != "L")
    resolved = _resolved(text, kinds, "R" if base else "L")
    return tuple(_visual(text, [_LEVELS[base][kind] for kind in resolved]))


def mirrored(text: str) -> str:
    """Letters without a joined form, from right to left, with brackets that open the other way (L4)."""
    return text[::-1].translate(_MIRRORED)


def _resolved(text: str, kinds: Sequence[str], start: str) -> list[str]:
    """The kinds after the rules on weak and neutral letters: L, R, EN or AN each. `start` is the line's direction."""
    weak = _marks(kinds, start)
    weak = _arabic_numbers(weak, start)
    weak = _separators(weak)
    weak = _signs(weak)
    weak = _numbers_behind_letters(weak, start)
    for opening, closing in _pairs(text, weak):
        side = _of_brackets(weak, opening, closing, start)
        weak[opening] = weak[closing] = side or weak[opening]
    return _neutrals(weak, start)


def _marks(kinds: Sequence[str], start: str) -> list[str]:
    """W1 marks take the kind of the letter before them; what bounds nothing is neutral."""
    plain = _renamed(kinds, {"BN": "ON"})
    return list(accumulate(plain, lambda before, kind: before if kind == "NSM" else kind, initial=start))[1:]


def _renamed(kinds: Sequence[str], names: Mapping[str, str]) -> list[str]:
    return [names.get(kind, kind) for kind in kinds]


def _behind(kinds: Sequence[str], strong: Sequence[str], letter: str, name: str) -> list[str]:
    """The kinds, where European numbers that stand behind such a letter have another name."""
    names = {("EN", letter): name}
    return list(map(names.get, zip(kinds, strong, strict=True), kinds))


def _arabic_numbers(kinds: Sequence[str], start: str) -> list[str]:
    """W2 numbers behind Arabic letters are Arabic ones, W3 Arabic letters are R."""
    numbers = _behind(kinds, _last_of(kinds, _STRONG, start), "AL", "AN")
    return _renamed(numbers, {"AL": "R"})


def _last_of(kinds: Sequence[str], wanted: frozenset[str], start: str) -> list[str]:
    """For each place the last of some kinds up to it, itself included; `start` before the first."""
    return list(accumulate(kinds, lambda last, kind: kind if kind in wanted else last, initial=start))[1:]


def _separators(kinds: list[str]) -> list[str]:
    """W4 a single separator within a number belongs to it."""
    for place in range(1, len(kinds) - 1):
        before, kind, behind = kinds[place - 1 : place + 2]
        if before == behind and before in _SEPARATED.get(kind, ()):
            kinds[place] = before
    return kinds


def _signs(kinds: list[str]) -> list[str]:
    """W5 signs beside a number belong to it, W6 all others and separators are neutral."""
    for first, end in _runs(kinds, frozenset({"ET"})):
        if "EN" in (*kinds[max(first - 1, 0) : first], *kinds[end : end + 1]):
            kinds[first:end] = ["EN"] * (end - first)
    return _renamed(kinds, dict.fromkeys(_BESIDE_NUMBERS, "ON"))


def _numbers_behind_letters(kinds: Sequence[str], start: str) -> list[str]:
    """W7 numbers behind letters that run to the right do so too."""
    return _behind(kinds, _last_of(kinds, _SIDES, start), "L", "L")


def _pairs(text: str, kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Brackets that belong together (BD16), by the place of the opening one."""
    waiting: list[int] = []
    pairs = []
    for place in _neutral_brackets(text, kinds):
        if text[place] in _BRACKETS:
            waiting.append(place)
            continue

        fitting = [opening for opening in waiting if _BRACKETS[text[opening]] == text[place]]
        if fitting:
            pairs.append((fitting[-1], place))
            waiting = [opening for opening in waiting if opening < fitting[-1]]
    return sorted(pairs)


def _neutral_brackets(text: str, kinds: Sequence[str]) -> Iterator[int]:
    """The places of the brackets that no rule has given a direction."""
    for place, (letter, kind) in enumerate(zip(text, kinds, strict=True)):
        if kind == "ON" and letter in _CLOSING.union(_BRACKETS):
            yield place


def _of_brackets(kinds: Sequence[str], opening: int, closing: int, start: str) -> str:
    """N0: the line's direction where something within has it, else that within if it also stands before; else ""."""
    within = _SIDES.intersection(map(_side, kinds[opening + 1 : closing]))
    if not within:
        return ""

    sides = filter(_SIDES.__contains__, map(_side, reversed(kinds[:opening])))
    before = next(sides, start)
    return before if start not in within and before in within else start


def _side(kind: str) -> str:
    """Numbers count as right to left."""
    return "R" if kind in _NUMBERS else kind


def _neutrals(kinds: list[str], start: str) -> list[str]:
    """N1 what stands between two of one direction takes it (numbers count as R), N2 else the line's."""
    for first, end in _runs(kinds, _NEUTRAL):
        before, behind = map(_side, (*[start, *kinds[:first]][-1:], *[*kinds[end:], start][:1]))
        kinds[first:end] = [before if before == behind else start] * (end - first)
    return kinds


def _runs(kinds: Sequence[str], wanted: frozenset[str]) -> list[tuple[int, int]]:
    """Neighbours of these kinds: the place of the first, and the one behind the last."""
    groups = groupby(range(len(kinds)), key=lambda place: kinds[place] in wanted)
    runs = [list(places) for is_wanted, places in groups if is_wanted]
    return [(places[0], places[-1] + 1) for places in runs]


def _visual(text: str, levels: Sequence[int]) -> list[Part]:
    """L2: from the highest level down, each run of that level and above is turned."""
    groups = groupby(range(len(text)), key=levels.__getitem__)
    runs = [(level, "".join(map(text.__getitem__, places))) for level, places in groups]
    for level in range(max(levels), 0, -1):
        runs = _turned(runs, level)
    return [Part(run, bool(level % 2)) for level, run in runs]


def _turned(runs: Sequence[tuple[int, str]], level: int) -> list[tuple[int, str]]:
    """The runs with those in another order that lie side by side at that level or above."""
    turned: list[tuple[int, str]] = []
    for is_inside, group in groupby(runs, key=lambda run: run[0] >= level):
        inner = list(group)
        turned += reversed(inner) if is_inside else inner
    return turned
