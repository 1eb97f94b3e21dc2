"""The same picture or font in several exhibits is kept once."""

import hashlib
from typing import Any

from pikepdf import Dictionary, Object, Stream

from organizer.packet.exhibits.sanitise import forget_the_making, streams_of


class Shared:
    """Remembers the streams of a packet by what they are; only those that look alike are read and compared."""

    def __init__(self) -> None:
        self._alike: dict[tuple[str, ...], list[Stream]] = {}
        self._hashes: dict[tuple[int, int], bytes] = {}
        self._known: set[tuple[int, int]] = set()

    def join(self, page: Dictionary) -> None:
        """Let a page that was added to the packet use what earlier pages brought, and forget how things were made."""
        for holder, key, stream in list(streams_of(page)):
            if stream.objgen in self._known:
                continue
            self._known.add(stream.objgen)
            forget_the_making(stream)
            same = self._same(stream)
            if same is not None:
                holder[key] = same

    def _same(self, stream: Stream) -> Stream | None:
        alike = self._alike.setdefault(_shape(stream), [])
        for other in alike:
            if self._hash(other) == self._hash(stream):
                return other
        alike.append(stream)
        return None

    def _hash(self, stream: Stream) -> bytes:
        if stream.objgen not in self._hashes:
            self._hashes[stream.objgen] = hashlib.blake2b(stream.read_raw_bytes(), digest_size=16).digest()
        return self._hashes[stream.objgen]


def _shape(stream: Stream) -> tuple[str, ...]:
    """What two equal streams have in common without a look at their bytes. References are told by their number."""
    entries: Any = stream.stream_dict
    return tuple(sorted(f"{key} {_as_text(value)}" for key, value in entries.items()))


def _as_text(value: Any) -> str:
    return value.unparse().decode("latin-1") if isinstance(value, Object) else str(value)
