"""What holds for a whole report while its rows are read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """`recognised`: the words come from a picture; `flagged`: it uses flags at all.

    `decimal` is the report's mark, `shown` True where its numbers show it: else its language says so.
    """

    recognised: bool
    decimal: str
    em: float
    flagged: bool = False
    shown: bool = False
