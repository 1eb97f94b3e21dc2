"""What the values of several formats have in common: answers that are sent by their code alone, percents as fractions,
ranges whose ends are swapped."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from organizer.base.analytes import LOINC
from organizer.model.codes import SNOMED
from organizer.model.entry import Coding

_ANSWERS = {
    "10828004": "Positive", "260385009": "Negative", "260373001": "Detected", "260415000": "Not detected",
    "11214006": "Reactive", "131194007": "Non-reactive", "52101004": "Present", "2667000": "Absent",
    "419984006": "Inconclusive", "82334004": "Indeterminate", "17621005": "Normal", "263654008": "Abnormal",
    "449868002": "Smokes tobacco daily", "428041000124106": "Occasional tobacco smoker", "8517006": "Ex-smoker",
    "266919005": "Never smoked tobacco", "77176002": "Smoker", "266927001": "Tobacco smoking consumption unknown",
    "428071000124103": "Heavy tobacco smoker", "428061000124105": "Light tobacco smoker", "77386006": "Pregnant",
    "60001007": "Not pregnant",
}  # fmt: skip
"""SNOMED CT's own words for values that some systems send by their code alone (C-CDA's value set “Smoking Status”,
2.16.840.1.113883.11.20.9.38, and qualifiers of results)."""
_NEVER_BELOW_ONE = frozenset({"2708-6", "59408-5", "20564-1", "41982-0"})
"""LOINC: oxygen saturation of arterial blood, by pulse oximetry, of blood; body fat. Nobody lives with 1 %."""


def answer_of(codings: Iterable[Coding]) -> str:
    """The words for a value that has only a code; "" for one that isn't known."""
    return next((_ANSWERS[code] for code in _codes_in(codings, SNOMED) if code in _ANSWERS), "")


def in_percent(fields: dict[str, Any], codings: Iterable[Coding]) -> dict[str, Any]:
    """The fields of a value, where a phone writes a percent as a fraction (0.97 % for 97 %) as people write it."""
    value, text = fields.get("value"), str(fields.get("value_text", ""))
    measured = _NEVER_BELOW_ONE.intersection(_codes_in(codings, LOINC))
    if not measured or value is None or not 0 < value <= 1 or fields.get("unit") not in ("%", "", None):
        return fields
    hundredth = f"{Decimal(text).scaleb(2).normalize():f}"
    return {**fields, "value": float(hundredth), "value_text": hundredth, "unit": "%"}


def _codes_in(codings: Iterable[Coding], system: str) -> list[str]:
    """The codes of one system; one that comes without any is taken for one of it, as its place says."""
    return [identity.code for identity in (coding.identity for coding in codings) if identity.system in (system, "")]


def sensible_range(low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """The ends of a range; none where the lower one is above the upper one, which would misjudge each value."""
    return (None, None) if low is not None and high is not None and low > high else (low, high)
