"""JSON as text made values: decimals as printed, a large bundle entry by entry, so that it can be told and stopped.

A file of any length is read as it comes: no more of it is in memory than the piece at hand.
"""

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NoReturn

_ESCAPED = re.compile(r"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[dD][89a-fA-F]..|\\u0000")
"""Escapes in JSON: a backslash and a pair of surrogates stand; a lone surrogate and a zero are no characters."""
_BLANK = re.compile(r"[ \t\n\r]*")
_LARGE = 1 << 20  # characters; a megabyte takes some thirty milliseconds
_MOST_PARTS = 12_000_000  # braces, brackets and commas of one piece: what they become takes up to a gibibyte
_LONG = 1 << 24  # characters of one piece: below it can't hold too many parts
_LISTS = ("entry",)
"""What is read piece by piece: the entries of a bundle."""


def value_of(words: str, step: Callable[[int, int], None]) -> Any:
    """What JSON holds. Raises ValueError for anything else than JSON, and for too deep nesting.

    `step` hears how many characters of how many are read, after each entry of a large bundle; it may raise.
    """
    if len(words) < _LARGE or not words[_blank(words, 0) :].startswith("{"):
        return _whole(words)
    value: dict[str, Any] = {}
    for name, member, is_listed in Pieces(iter([words]), lambda done: step(done, len(words))).members():
        if is_listed:
            value.setdefault(name, []).append(member)
        else:
            value[name] = member
    return value


def has_too_many_parts(data: bytes | str) -> bool:
    """True where what JSON holds would fill the memory, however small it is to write."""
    if isinstance(data, bytes):
        return sum(data.count(sign) for sign in (b"{", b"[", b",")) > _MOST_PARTS
    return sum(data.count(sign) for sign in "{[,") > _MOST_PARTS


def _whole(words: str) -> Any:
    """The value of all of a text. Raises ValueError."""
    if _is_suspicious(words):
        words = _ESCAPED.sub(lambda match: match[0] if len(match[0]) in (2, 12) else "\\ufffd", words)
    try:
        return _DECODER.decode(words)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _is_suspicious(words: str) -> bool:
    return any(escape in words for escape in ("\\ud", "\\uD", "\\u0000"))


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_constant)


def _blank(words: str, place: int) -> int:
    """The place after the blanks at a place."""
    match = _BLANK.match(words, place)
    return match.end() if match else place


class Pieces:
    """Reads one object member by member, its list of entries piece by piece, from text that comes in chunks.

    `step` hears how many characters are read, after each entry; it may raise.
    """

    def __init__(self, chunks: Iterator[str], step: Callable[[int], None]) -> None:
        self._chunks, self._step = chunks, step
        self._words, self._place = "", 0
        self._before = 0  # characters that were let go
        self._lines, self._column = 0, 0  # line ends in them, and characters after the last one
        self._is_whole = False

    def members(self) -> Iterator[tuple[str, Any, bool]]:
        """Name and value of each member; True with those that are one of the list under this name.

        Raises ValueError for anything else than one JSON object with nothing behind it, and for too deep nesting.
        """
        self._expect("{")
        if self._next() != "}":
            while True:
                name = self._value()
                if not isinstance(name, str):
                    raise self._broken("Expecting property name")
                self._expect(":")
                if name in _LISTS and self._next() == "[":
                    yield from self._listed(name)
                else:
                    yield name, self._value(), False
                if self._next() != ",":
                    break
                self._expect(",")
        self._expect("}")
        if self._next():
            raise self._broken("Extra data")

    def _listed(self, name: str) -> Iterator[tuple[str, Any, bool]]:
        is_empty = True
        for value in self._list():
            is_empty = False
            yield name, value, True
        if is_empty:
            yield name, [], False

    def _list(self) -> Iterator[Any]:
        self._expect("[")
        if self._next() != "]":
            while True:
                yield self._value()
                self._step(self._before + self._place)
                if self._next() != ",":
                    break
                self._expect(",")
        self._expect("]")

    def _more(self) -> bool:
        """One chunk more, those that were read before let go; False where there is none."""
        fresh, least = "", len(self._words) - self._place  # what doesn't end within a chunk is read in larger ones
        while not self._is_whole and len(fresh) <= least:
            chunk = next(self._chunks, None)
            self._is_whole = chunk is None
            fresh += chunk or ""
        gone = self._words[: self._place]
        self._before += len(gone)
        self._lines += gone.count("\n")
        self._column = len(gone) - gone.rfind("\n") - 1 if "\n" in gone else self._column + len(gone)
        self._words, self._place = self._words[self._place :] + fresh, 0
        return bool(fresh)

    def _next(self) -> str:
        """The next sign that isn't blank; "" at the end."""
        while True:
            self._place = _blank(self._words, self._place)
            sign = self._words[self._place : self._place + 1]
            if sign or not self._more():
                return sign

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            raise self._broken(f"Expecting '{sign}'")
        self._place += 1

    def _value(self) -> Any:
        self._next()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._words, self._place)
            except RecursionError as error:
                raise ValueError("nested too deeply") from error
            except json.JSONDecodeError as error:
                if len(self._words) - self._place > _LONG and has_too_many_parts(self._words):
                    raise MemoryError from error
                if not self._more():
                    raise self._broken(error.msg, error) from error
                continue
            if end < len(self._words) or not self._more():  # a number may go on in the next chunk
                break
        words = self._words[self._place : end]
        self._place = end
        return _whole(words) if _is_suspicious(words) else value

    def _broken(self, words: str, error: json.JSONDecodeError | None = None) -> json.JSONDecodeError:
        """What is wrong, with its line and column in the file."""
        fault = error or json.JSONDecodeError(words, self._words, self._place)
        if fault.lineno == 1:
            fault.colno += self._column
        fault.lineno += self._lines
        return fault
