"""What holds for a whole report while its rows are read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """`recognised`: the words come from a picture; `decimal` the report's mark; `flagged`: it uses flags at all."""

    recognised: bool
    decimal: str
    em: float
    flagged: bool = False
