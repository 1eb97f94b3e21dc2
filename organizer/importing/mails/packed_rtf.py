"""Rich text as Outlook packs it into its messages (LZFu, MS-OXRTFCP)."""

import struct

_RTF_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab"
    rb"\tx"
)
"""What the dictionary holds before the first byte (MS-OXRTFCP 2.1.2.1)."""
_MOST_RTF = 32 << 20
_RING = 4096


def unpacked_rtf(packed: bytes) -> bytes:
    """Rich text as messages pack it (LZFu, MS-OXRTFCP 2.1.3); b"" where it is damaged."""
    if len(packed) < 16:
        return b""
    _size, raw_size, mark = struct.unpack("<III", packed[:12])
    if mark == 0x414C454D:  # "MELA": as it is
        return packed[16 : 16 + raw_size]
    if mark != 0x75465A4C or raw_size > _MOST_RTF:
        return b""
    # The dictionary is a ring of 4096 bytes; it always holds what was written last, so the text itself can serve.
    written = bytearray(_RTF_START)
    end = len(_RTF_START) + raw_size
    place = 16
    while place < len(packed) and len(written) < end:
        control = packed[place]
        place += 1
        for bit in range(8):
            is_reference = control >> bit & 1
            if place + is_reference >= len(packed):
                break
            if not is_reference:
                written.append(packed[place])
                place += 1
                continue
            reference = packed[place] << 8 | packed[place + 1]
            place += 2
            distance = (len(written) - (reference >> 4)) % _RING
            if distance == 0:  # a reference to where it stands is the end
                return bytes(written[len(_RTF_START) :])
            _repeat(written, distance, (reference & 15) + 2)
    return bytes(written[len(_RTF_START) :])


def _repeat(written: bytearray, distance: int, length: int) -> None:
    """Write again what stands `distance` bytes before; a run may reach into itself."""
    for _byte in range(length):
        written.append(written[-distance] if distance <= len(written) else 0)
