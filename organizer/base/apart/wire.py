"""Messages between this program and the process that reads foreign files: a head in JSON, then parts in bytes."""

import struct
from collections.abc import Sequence
from typing import IO, Any, NamedTuple

import orjson

Message = tuple[dict[str, Any], list[bytes]]
_MOST_PARTS = 256


class Answer(NamedTuple):
    """What a task answers: anything that JSON can hold, and parts in bytes."""

    content: Any
    parts: tuple[bytes, ...] = ()


class NoMessageError(ValueError):
    """A message is longer than it may be, breaks off, or is none."""


def send(pipe: IO[bytes], head: dict[str, Any], parts: Sequence[bytes] = ()) -> None:
    """Write one message. Raises OSError where nobody reads it."""
    begun = orjson.dumps({**head, "parts": [len(part) for part in parts]}, option=orjson.OPT_NON_STR_KEYS)
    pipe.write(struct.pack(">I", len(begun)) + begun)
    for part in parts:
        pipe.write(part)
    pipe.flush()


def receive(pipe: IO[bytes], longest: int) -> tuple[dict[str, Any], list[int]] | None:
    """Read the head of a message of at most so many bytes, and how long its parts are; None at the end of the pipe.

    Raises NoMessageError for a longer one, and for what is no message.
    """
    size = pipe.read(4)
    if len(size) < 4:
        return None
    length = int(struct.unpack(">I", size)[0])
    if length > longest:
        raise NoMessageError
    head = orjson.loads(pipe.read(length))
    if not isinstance(head, dict):
        raise NoMessageError
    sizes = _sizes(head.pop("parts", None))
    if sum(sizes) + length > longest:
        raise NoMessageError
    return head, sizes


def _sizes(sizes: Any) -> list[int]:
    if not isinstance(sizes, list) or len(sizes) > _MOST_PARTS:
        raise NoMessageError
    are_sizes = all(isinstance(size, int) and size >= 0 for size in sizes)
    if not are_sizes:
        raise NoMessageError
    return sizes


def parts_of(pipe: IO[bytes], sizes: Sequence[int]) -> list[bytes]:
    """Read the parts behind a head. Raises NoMessageError where the pipe ends before them."""
    parts = [pipe.read(size) for size in sizes]
    if [len(part) for part in parts] != list(sizes):
        raise NoMessageError
    return parts
