"""How the person wants dates, numbers and units written, whatever the language, in the window.

It is about what is shown. What is kept stays as it was written, and papers are written as their language writes them.
"""

from dataclasses import dataclass

from organizer.base import i18n

DATE_FORMS = ("", "day", "month", "year")
"""As the language writes dates; else day, month or year first: `7 Mar 2019`, `Mar 7, 2019`, `2019-03-07`."""
DECIMAL_SIGNS = ("", ".", ",")
UNIT_FAMILIES = ("", "mass", "amount")
"""As laboratories print them; else by mass (`mg/dL`) or by amount of substance (`mmol/L`)."""


@dataclass(frozen=True, slots=True)
class Writing:
    """`dates` is one of DATE_FORMS, `decimal` one of DECIMAL_SIGNS, `units` one of UNIT_FAMILIES."""

    dates: str = ""
    decimal: str = ""
    units: str = ""


_PLAIN = Writing()
_chosen = _PLAIN


def write(chosen: Writing) -> None:
    """Write so from now on, everywhere but on papers; what isn't one of the choices is as it comes."""
    global _chosen
    _chosen = Writing(
        chosen.dates if chosen.dates in DATE_FORMS else "",
        chosen.decimal if chosen.decimal in DECIMAL_SIGNS else "",
        chosen.units if chosen.units in UNIT_FAMILIES else "",
    )


def chosen() -> Writing:
    """How it is written here and now: on a paper, which speaks for itself, as the language does."""
    return _PLAIN if i18n.speaks_for_itself() else _chosen
