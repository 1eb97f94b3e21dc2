"""Lossless JPEG written sample by sample, as T.81 tells it, to read back; codes of five bits for every difference."""

import struct

_BITS = 5
_GUESSES = {
    1: lambda left, above, corner: left,
    2: lambda left, above, corner: above,
    3: lambda left, above, corner: corner,
    4: lambda left, above, corner: left + above - corner,
    5: lambda left, above, corner: left + ((above - corner) >> 1),
    6: lambda left, above, corner: above + ((left - corner) >> 1),
    7: lambda left, above, corner: (left + above) >> 1,
}


def written(values, predictor=1, precision=16, restart=0):
    """`values` are rows of pixels of components; a restart comes after so many lines (0: none)."""
    rows, columns, count = len(values), len(values[0]), len(values[0][0])
    head = struct.pack(">BHHB", precision, rows, columns, count) + b"".join(bytes((n, 0x11, 0)) for n in range(count))
    codes = bytes((0, *(17 if bits == _BITS else 0 for bits in range(1, 17)), *range(17)))
    scan = bytes((count, *(part for n in range(count) for part in (n, 0)), predictor, 0, 0))
    said = [(0xC3, head), (0xC4, codes), (0xDD, struct.pack(">H", restart * columns)), (0xDA, scan)]
    blocks = b"".join(struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body for marker, body in said)
    parts = [values[n : n + (restart or rows)] for n in range(0, rows, restart or rows)]
    coded = b""
    for n, part in enumerate(parts):
        coded += _coded(part, predictor, precision) + (bytes((0xFF, 0xD0 + n % 8)) if n + 1 < len(parts) else b"")
    return b"\xff\xd8" + blocks + coded + b"\xff\xd9"


def _coded(lines, predictor, precision):
    bits = ""
    for y, line in enumerate(lines):
        for x, pixel in enumerate(line):
            for n, value in enumerate(pixel):
                step = (value - _guess(lines, y, x, n, predictor, precision)) % 65_536
                step -= 65_536 if step > 32_768 else 0
                size = abs(step).bit_length()
                bits += f"{size:0{_BITS}b}"
                if 0 < size < 16:
                    bits += f"{step if step > 0 else step + (1 << size) - 1:0{size}b}"
    bits += "1" * (-len(bits) % 8)
    return bytes(int(bits[n : n + 8], 2) for n in range(0, len(bits), 8)).replace(b"\xff", b"\xff\x00")


def _guess(lines, y, x, n, predictor, precision):
    if not x:
        return lines[y - 1][x][n] if y else 1 << (precision - 1)
    left = lines[y][x - 1][n]
    return _GUESSES[predictor](left, lines[y - 1][x][n], lines[y - 1][x - 1][n]) if y else left
