"""A device's readings of a day, written small in the table of entries and read back letter for letter.

A sensor's day is 288 lines or more of a clock's time and a value. Their times grow in even steps: told as steps they
take next to nothing once compressed, and so a day takes some 450 bytes in place of 4,000.
"""

import base64
import re
import zlib
from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import Any

PACKED = "z1:"
"""What packed readings begin with: no line of readings does."""
SHORTEST = 400  # letters: below it packing gains nothing
_LONGEST = 32 << 20  # bytes that are packed and unpacked: a reading each second of a day takes a twentieth
_FIELD = "samples"
_AS_IT_IS = "="
"""Before a text whose lines don't all begin with a time."""
_CLOCK = re.compile(r"(\d\d):(\d\d)(?::(\d\d))?(?!\d|:)")


def packed(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields of an entry as its row holds them."""
    text = data.get(_FIELD)
    is_long = isinstance(text, str) and (len(text) >= SHORTEST or text.startswith(PACKED))
    return {**data, _FIELD: pack(str(text))} if is_long else data


def unpacked(data: dict[str, Any]) -> dict[str, Any]:
    """The fields of an entry's row as the entry has them."""
    text = data.get(_FIELD)
    if isinstance(text, str):
        data[_FIELD] = unpack(text)
    return data


def pack(text: str) -> str:
    """Readings, a line each, in letters that JSON needs no escapes for; more than are unpacked again as they stand."""
    stepped = _stepped(text)
    plain = stepped if _whole(stepped) == text else _AS_IT_IS + text
    data = plain.encode("utf-8", "surrogatepass")
    if len(data) >= _LONGEST:
        return text
    return PACKED + base64.b85encode(zlib.compress(data, 9)).decode("ascii")


def unpack(text: str) -> str:
    """What was packed; what isn't packed, or is no longer what `pack` wrote, as it stands."""
    if not text.startswith(PACKED):
        return text
    stream = zlib.decompressobj()
    try:
        data = stream.decompress(base64.b85decode(text.removeprefix(PACKED)), _LONGEST)
        words = data.decode("utf-8", "surrogatepass")
        whole = words[1:] if words.startswith(_AS_IT_IS) else _whole(words)
    except (ValueError, zlib.error):
        return text

    is_all = stream.eof and not stream.unconsumed_tail
    return whole if is_all else text


def _stepped(text: str) -> str:
    """The steps between the lines' times on the first line, what else the lines say on those below; "" where not
    every line begins with a time of the same form."""
    lines = text.split("\n")
    clocks = list(map(_CLOCK.match, lines))
    found = [clock for clock in clocks if clock]
    ends = {clock.end() for clock in found}
    if len(found) < len(lines) or len(ends) != 1:
        return ""

    times = [_seconds(clock) for clock in found]
    steps = [times[0], *(after - before for before, after in pairwise(times))]
    form = "s" if found[0][3] else "m"
    head = form + " ".join(map(str, steps))
    others = (line[clock.end() :] for line, clock in zip(lines, found, strict=True))
    return "\n".join([head, *others])


def _seconds(clock: re.Match[str]) -> int:
    return int(clock[1]) * 3_600 + int(clock[2]) * 60 + int(clock[3] or 0)


def _whole(stepped: str) -> str:
    """The lines of what `_stepped` wrote; "" of nothing. Raises ValueError for what it didn't write."""
    if not stepped:
        return ""
    head, *others = stepped.split("\n")
    form, steps = head[0], head[1:].split(" ")
    times = accumulate(map(int, steps))
    clocks = (_clock(time, form) for time in times)
    return "\n".join(clock + other for clock, other in zip(clocks, others, strict=True))


def _clock(time: int, form: str) -> str:
    """`08:05:11`, or `08:05` in the form without seconds."""
    hours, rest = divmod(time, 3_600)
    minutes, seconds = divmod(rest, 60)
    text = f"{hours:02}:{minutes:02}:{seconds:02}"
    return text if form == "s" else text[:-3]
