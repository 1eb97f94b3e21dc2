"""JSON as text made values: decimals as printed, a large bundle entry by entry, so that it can be told and stopped."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NoReturn

_ESCAPED = re.compile(r"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[dD][89a-fA-F]..|\\u0000")
"""Escapes in JSON: a backslash and a pair of surrogates stand; a lone surrogate and a zero are no characters."""
_BLANK = re.compile(r"[ \t\n\r]*")
_LARGE = 1 << 20  # characters; a megabyte takes some thirty milliseconds
_LISTS = ("entry",)
"""What is read piece by piece: the entries of a bundle."""


def value_of(words: str, step: Callable[[int, int], None]) -> Any:
    """What JSON holds. Raises ValueError for anything else than JSON, and for too deep nesting.

    `step` hears how many characters of how many are read, after each entry of a large bundle; it may raise.
    """
    if any(escape in words for escape in ("\\ud", "\\uD", "\\u0000")):
        words = _ESCAPED.sub(lambda match: match[0] if len(match[0]) in (2, 12) else "\\ufffd", words)
    decoder = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_constant)
    try:
        if len(words) < _LARGE or not words[_blank(words, 0) :].startswith("{"):
            return decoder.decode(words)
        return _Pieces(words, decoder, step).read()
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _blank(words: str, place: int) -> int:
    """The place after the blanks at a place."""
    match = _BLANK.match(words, place)
    return match.end() if match else place


class _Pieces:
    """Reads one object, its list of entries piece by piece."""

    def __init__(self, words: str, decoder: json.JSONDecoder, step: Callable[[int, int], None]) -> None:
        self._words, self._decoder, self._step = words, decoder, step
        self._place = _blank(words, 0)

    def read(self) -> dict[str, Any]:
        """The object, with nothing behind it."""
        value: dict[str, Any] = {}
        self._expect("{")
        if self._next() != "}":
            while True:
                name = self._value()
                if not isinstance(name, str):
                    raise json.JSONDecodeError("Expecting property name", self._words, self._place)
                self._expect(":")
                value[name] = self._list() if name in _LISTS and self._next() == "[" else self._value()
                if self._next() != ",":
                    break
                self._expect(",")
        self._expect("}")
        if self._next():
            raise json.JSONDecodeError("Extra data", self._words, self._place)
        return value

    def _list(self) -> list[Any]:
        values: list[Any] = []
        self._expect("[")
        if self._next() != "]":
            while True:
                values.append(self._value())
                self._step(self._place, len(self._words))
                if self._next() != ",":
                    break
                self._expect(",")
        self._expect("]")
        return values

    def _next(self) -> str:
        """The next sign that isn't blank; "" at the end."""
        self._place = _blank(self._words, self._place)
        return self._words[self._place : self._place + 1]

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            raise json.JSONDecodeError(f"Expecting '{sign}'", self._words, self._place)
        self._place += 1

    def _value(self) -> Any:
        self._next()
        value, self._place = self._decoder.raw_decode(self._words, self._place)
        return value
