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
_LONGEST = 32 << 20  # letters that are unpacked: a reading each second of a day takes a twentieth
_FIELD = "samples"
_CLOCK = re.compile(r"(\d\d):(\d\d)(?::(\d\d))?(?!\d|:)")


def packed(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields of an entry as its row holds them."""
    text = data.get(_FIELD)
    if not isinstance(text, str) or (len(text) < SHORTEST and not text.startswith(PACKED)):
        return data
    return {**data, _FIELD: pack(text)}


def unpacked(data: dict[str, Any]) -> dict[str, Any]:
    """The fields of an entry's row as the entry has them."""
    text = data.get(_FIELD)
    if isinstance(text, str) and text.startswith(PACKED):
        data[_FIELD] = unpack(text)
    return data


def pack(text: str) -> str:
    """Readings, a line each, in letters that JSON needs no escapes for."""
    plain = "=" + text
    stepped = _stepped(text)
    if stepped and _whole(stepped) == text:
        plain = stepped
    return PACKED + base64.b85encode(zlib.compress(plain.encode("utf-8", "surrogatepass"), 9)).decode("ascii")


def unpack(text: str) -> str:
    """What was packed; what isn't packed, or is no longer what `pack` wrote, as it stands."""
    if not text.startswith(PACKED):
        return text
    try:
        stream = zlib.decompressobj()
        plain = stream.decompress(base64.b85decode(text.removeprefix(PACKED)), _LONGEST)
        if stream.unconsumed_tail or not stream.eof:
            return text
        words = plain.decode("utf-8", "surrogatepass")
        return words[1:] if words.startswith("=") else _whole(words)
    except (ValueError, zlib.error):
        return text


def _stepped(text: str) -> str:
    """The steps between the lines' times on the first line, what else the lines say on those below; "" where not
    every line begins with a time of the same form."""
    lines = text.split("\n")
    clocks = [match for match in map(_CLOCK.match, lines) if match]
    if len(clocks) < len(lines) or len({clock.end() for clock in clocks}) != 1:
        return ""
    times = [_seconds(clock) for clock in clocks]
    steps = [times[0], *(after - before for before, after in pairwise(times))]
    form = "s" if clocks[0][3] else "m"
    return "\n".join([form + " ".join(map(str, steps)), *(line[clocks[0].end() :] for line in lines)])


def _seconds(clock: re.Match[str]) -> int:
    return int(clock[1]) * 3_600 + int(clock[2]) * 60 + int(clock[3] or 0)


def _whole(stepped: str) -> str:
    head, *others = stepped.split("\n")
    times = accumulate(map(int, head[1:].split(" ")))
    return "\n".join(_clock(time, head[0] == "s") + other for time, other in zip(times, others, strict=True))


def _clock(time: int, with_seconds: bool) -> str:
    hours, rest = divmod(time, 3_600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if with_seconds else "")
