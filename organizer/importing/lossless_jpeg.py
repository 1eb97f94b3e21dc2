"""Lossless JPEG, the commonest compression of CT and MR: ITU-T T.81, process 14 (Annex H), 2 to 16 bits a sample.

Written here, since what decodes it is either under the GPL or brings a network library and forty megabytes along. numpy
looks up what a code at each bit of the stream would take; one walk then finds where the codes truly begin.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice, pairwise
from struct import unpack_from
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[Any]

_START_OF_FRAME, _HUFFMAN, _START_OF_SCAN, _RESTART, _END = 0xC3, 0xC4, 0xDA, 0xDD, 0xD9
_ALONE = frozenset({0x01, 0xD8, *range(0xD0, 0xD8)})  # markers without a length
_WINDOW = 16  # bits: the longest code, and the longest difference after one
_MARKER = re.compile(rb"\xff([^\x00\xff])")  # any number of FF may stand before it (ITU-T T.81, B.1.1.2)


@dataclass(frozen=True, slots=True)
class _Table:
    """What the next 16 bits begin with: `size` bits in all (0: no code), of them `extra` for the difference."""

    size: Ints
    extra: Ints


@dataclass(slots=True)
class _Picture:
    """What was told so far; `planes` has the samples of each component."""

    tables: dict[int, _Table] = field(default_factory=dict)
    precision: int = 0
    rows: int = 0
    columns: int = 0
    lines_a_restart: int = 0
    planes: dict[int, Ints] = field(default_factory=dict)
    components: tuple[int, ...] = ()


def is_available(_syntax: str) -> bool:
    """Needs nothing beside numpy; pydicom asks it of each decoder."""
    return True


def decode_frame(source: bytes, runner: Any) -> bytes:
    """A frame for pydicom: samples in the file's own width, those of a pixel side by side. Raises ValueError."""
    values, precision = decode(source)
    if runner.pixel_representation == 1 and precision < _WINDOW:
        sign = 1 << (precision - 1)
        values = (values.astype(np.int32) ^ sign) - sign
    runner.set_option("planar_configuration", 0)
    width = 1 if runner.bits_allocated <= 8 else 2
    return bytes(values.astype(f"<u{width}").data)


def decode(data: bytes) -> tuple[Ints, int]:
    """Samples as rows × columns × components of uint16, and their bits. Raises ValueError for what is damaged."""
    picture = _Picture()
    place = 0
    while (match := _MARKER.search(data, place)) is not None and match[1][0] != _END:
        marker, place = match[1][0], match.end()
        if marker in _ALONE:
            continue
        length = int.from_bytes(data[place : place + 2], "big")
        body, place = data[place + 2 : place + length], place + max(length, 2)
        if marker == _START_OF_FRAME:
            _frame(picture, body)
        elif 0xC0 <= marker <= 0xCF and marker != _HUFFMAN:
            raise ValueError("not a lossless JPEG with Huffman codes")
        elif marker == _HUFFMAN:
            picture.tables |= _tables(body)
        elif marker == _RESTART:
            picture.lines_a_restart = int.from_bytes(body[:2], "big")
        elif marker == _START_OF_SCAN:
            place = _scan(picture, body, data, place)
    if not picture.components or set(picture.planes) != set(picture.components):
        raise ValueError("the image breaks off")
    return np.stack([picture.planes[component] for component in picture.components], axis=2), picture.precision


def _frame(picture: _Picture, body: bytes) -> None:
    count = body[5] if len(body) > 5 else 0
    if not count or len(body) < 6 + 3 * count:
        raise ValueError("the frame's header breaks off")
    picture.precision, picture.rows, picture.columns = body[0], *unpack_from(">HH", body, 1)
    picture.components = tuple(body[6 + 3 * n] for n in range(count))
    even = all(body[7 + 3 * n] == 0x11 for n in range(count)) or count == 1
    if not even or not 2 <= picture.precision <= 16 or not picture.rows or not picture.columns:
        raise ValueError("a shape that DICOM doesn't use")


def _tables(body: bytes) -> dict[int, _Table]:
    """Canonical Huffman codes (C.2): spread over all 16-bit words that begin with them."""
    by_number: dict[int, _Table] = {}
    while body:
        if len(body) < 17 or len(body) < 17 + sum(body[1:17]):
            raise ValueError("a table of codes breaks off")
        number, counts = body[0] & 15, body[1:17]
        size, extra = np.zeros(1 << _WINDOW, np.uint8), np.zeros(1 << _WINDOW, np.uint8)
        symbols, begins = iter(body[17 : 17 + sum(counts)]), 0
        for bits, count in enumerate(counts, 1):
            for symbol in islice(symbols, count):
                ends = begins + (1 << (_WINDOW - bits))
                more = symbol % 16  # a difference of 32768 (symbol 16) has no further bits
                if symbol > _WINDOW or ends > 1 << _WINDOW:
                    raise ValueError("codes that don't exist")
                size[begins:ends], extra[begins:ends] = bits + more, symbol
                begins = ends
        by_number[number] = _Table(size, extra)
        body = body[17 + sum(counts) :]
    return by_number


def _scan(picture: _Picture, body: bytes, data: bytes, place: int) -> int:
    """Decode one scan, which begins at `place`; gives where it ends."""
    if not body or len(body) < 4 + 2 * body[0]:
        raise ValueError("the scan's header breaks off")
    chosen = [(body[1 + 2 * n], body[2 + 2 * n] >> 4) for n in range(body[0])]
    predictor, _end, shift = body[1 + 2 * body[0] : 4 + 2 * body[0]]
    shift &= 15
    if not chosen or not 1 <= predictor <= 7 or shift >= picture.precision:
        raise ValueError("a scan without its picture")
    if any(table not in picture.tables for _component, table in chosen):
        raise ValueError("a scan without its codes")
    tables = [picture.tables[table] for _component, table in chosen]
    parts, place = _parts(data, place)
    # A restart comes after so many pixels; the standard has it at the end of a line (H.1.1).
    lines = picture.lines_a_restart // picture.columns or picture.rows
    done: list[Ints] = []
    for first, part in zip(range(0, picture.rows, lines), parts, strict=False):
        high = min(lines, picture.rows - first)
        steps = _differences(part, tables, high * picture.columns * len(chosen))
        steps = steps.reshape(high, picture.columns, len(chosen))
        start = 1 << (picture.precision - shift - 1)
        done.append(np.stack([_predicted(steps[:, :, n], predictor, start) for n in range(len(chosen))], axis=2))
    values = np.concatenate(done) << shift
    if len(values) != picture.rows:
        raise ValueError("the image breaks off")
    for n, (component, _table) in enumerate(chosen):
        picture.planes[component] = values[:, :, n].astype(np.uint16)
    return place


def _parts(data: bytes, place: int) -> tuple[list[bytes], int]:
    """The coded bits between restarts, without the zeros stuffed in after each FF; and where they end."""
    parts = []
    while True:
        match = _MARKER.search(data, place)
        end = match.start() if match else len(data)
        while match and end > place and data[end - 1] == 0xFF:
            end -= 1
        parts.append(data[place:end].replace(b"\xff\x00", b"\xff"))
        if match is None or not 0xD0 <= match[1][0] <= 0xD7:
            return parts, end
        place = match.end()


def _differences(part: bytes, tables: Sequence[_Table], count: int) -> Ints:
    """The next `count` differences, of each component in turn."""
    if count > 8 * len(part):  # each takes a bit at least: a header can't ask for more work than there is data
        raise ValueError("the image breaks off")
    padded = np.frombuffer(part + b"\xff" * 8, np.uint8).astype(np.uint32)
    words = (padded[:-3] << 24) | (padded[1:-2] << 16) | (padded[2:-1] << 8) | padded[3:]
    sizes = {id(table): _sizes(words[: len(part)], table) for table in tables}
    walked = _places([sizes[id(table)] for table in tables], count)
    try:
        places = np.fromiter(walked, np.int64, count)
    except IndexError as error:
        raise ValueError("the image breaks off") from error
    window = _windows(words, places)
    extra, size = np.empty(count, np.uint8), np.empty(count, np.uint8)
    for n, table in enumerate(tables):
        column = slice(n, None, len(tables))
        extra[column], size[column] = table.extra[window[column]], table.size[window[column]]
    if not size.all():
        raise ValueError("bits that are no code")
    more = extra.astype(np.int64) % _WINDOW
    array = _windows(words, places + size - more) >> (_WINDOW - more)
    steps = np.where(array < (1 << more) >> 1, array - (1 << more) + 1, array)
    return np.where(extra == _WINDOW, 32_768, steps)


def _sizes(words: Ints, table: _Table) -> bytes:
    """For each bit of the stream, how many bits a code that began there would take."""
    sizes = np.empty((len(words), 8), np.uint8)
    for bit in range(8):
        sizes[:, bit] = table.size[(words >> (_WINDOW - bit)) & 0xFFFF]
    return sizes.tobytes()


def _places(sizes: Sequence[bytes], count: int) -> Iterator[int]:
    """Where each code begins. Raises IndexError past the end."""
    place = 0
    for data in islice(cycle(sizes), count):
        yield place
        place += data[place]


def _windows(words: Ints, places: Ints) -> Ints:
    """The 16 bits from each place on."""
    array: Ints = words[places >> 3] >> (_WINDOW - (places & 7)).astype(np.uint32)
    return array.astype(np.int64) & 0xFFFF


def _predicted(steps: Ints, predictor: int, start: int) -> Ints:
    """Samples from differences (table H.1), modulo 65536; the first line from the left, the first column from above."""
    steps = steps.astype(np.int64)
    steps[0, 0] += start
    if predictor == 1:
        steps[:, 0] = np.cumsum(steps[:, 0])
        return np.cumsum(steps, axis=1) & 0xFFFF
    steps[0] = np.cumsum(steps[0]) & 0xFFFF
    if predictor == 2:
        return np.cumsum(steps, axis=0) & 0xFFFF
    for above, line in pairwise(steps):
        line[0] += above[0]
        _LINES[predictor](line, above)
        line &= 0xFFFF
    return steps


def _corner(line: Ints, above: Ints) -> None:
    line[1:] += above[:-1]


def _plane(line: Ints, above: Ints) -> None:
    line[1:] += above[1:] - above[:-1]
    line[:] = np.cumsum(line)


def _left_and_slope(line: Ints, above: Ints) -> None:
    line[1:] += (above[1:] - above[:-1]) >> 1
    line[:] = np.cumsum(line)


def _above_and_slope(line: Ints, above: Ints) -> None:
    """Each sample needs the one before it, rounded: no sum over the line does that."""
    past = above.tolist()
    values = line.tolist()
    left = values[0] & 0xFFFF
    for n in range(1, len(values)):
        values[n] = left = (values[n] + past[n] + ((left - past[n - 1]) >> 1)) & 0xFFFF
    line[:] = values


def _mean(line: Ints, above: Ints) -> None:
    past = above.tolist()
    values = line.tolist()
    left = values[0] & 0xFFFF
    for n in range(1, len(values)):
        values[n] = left = (values[n] + ((left + past[n]) >> 1)) & 0xFFFF
    line[:] = values


_LINES = {3: _corner, 4: _plane, 5: _left_and_slope, 6: _above_and_slope, 7: _mean}
