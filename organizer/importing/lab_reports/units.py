"""Units as laboratories print them, and the UCUM code that each means (https://ucum.org/ucum).

Only spellings that mean one thing are known; what is not known stays as printed and counts as no UCUM unit.
"""

import re
from difflib import SequenceMatcher

_EXACT = {
    "%": "%", "vol%": "%", "g%": "g/dL", "gr/dl": "g/dL", "grs/dl": "g/dL", "mgr/dl": "mg/dL", "o/oo": "[ppth]", "‰": "[ppth]",
    "fl": "fL", "um3": "um3", "um^3": "um3", "cu mic": "fL", "pg": "pg", "pg/cell": "pg", "pg/zelle": "pg", "picog": "pg", "fmol": "fmol",
    "s": "s", "sec": "s", "secs": "s", "sek": "s", "seconds": "s", "seg": "s", "segundos": "s", "sekunden": "s", "secondes": "s",
    "mm/h": "mm/h", "mm/hr": "mm/h", "mm/hour": "mm/h", "mm/1h": "mm/h", "mm/std": "mm/h", "mm": "mm", "mm/1ahora": "mm/h", "mmn.w.": "mm/h",
    "l/l": "L/L", "ratio": "{ratio}", "quotient": "{ratio}", "index": "{index}", "inr": "{INR}", "titer": "{titer}", "titre": "{titer}",
    "ph": "[pH]", "mosm/kg": "mosm/kg", "mosmol/kg": "mosm/kg", "mosm/kgh2o": "mosm/kg", "mmhg": "mm[Hg]", "kpa": "kPa",
    "/hpf": "/[HPF]", "perhpf": "/[HPF]", "/campo": "/[HPF]", "/champ": "/[HPF]", "/gf": "/[HPF]", "/lpf": "/[LPF]", "cells/hpf": "/[HPF]",
    "/100wbc": "/100{WBC}", "/100leuko": "/100{WBC}", "/100gb": "/100{WBC}",
}  # fmt: skip
_THOUSAND = "10*3"
_POWERS = {
    "k": _THOUSAND, "th": _THOUSAND, "thou": _THOUSAND, "thous": _THOUSAND, "tsd": _THOUSAND, "tsd.": _THOUSAND, "miles": _THOUSAND, "mil": _THOUSAND,
    "m": "10*6", "mil.": "10*6", "mill": "10*6", "mill.": "10*6", "mio": "10*6", "mio.": "10*6", "millones": "10*6", "mln": "10*6", "millions": "10*6",
    "g": "10*9", "giga": "10*9", "t": "10*12", "tera": "10*12", "téra": "10*12", "": "",
    "cells": "", "cél": "", "cel": "", "células": "", "ery": "", "leuko": "",
}  # fmt: skip
_VOLUMES = {
    "l": "L",
    "dl": "dL",
    "ml": "mL",
    "ul": "uL",
    "nl": "nL",
    "pl": "pL",
    "fl": "fL",
    "mm3": "mm3",
    "mm^3": "mm3",
    "cumm": "mm3",
    "cmm": "mm3",
}
_COUNT = re.compile(
    r"(?:[x*×·]?10(?:\^|\*\*|\*|e|exp)?\+?(?P<power>\d{1,2})|(?P<word>[a-zé.]*))/(?P<volume>l|dl|ml|ul|nl|pl|mm\^?3|cumm|cmm)"
)
_E_COUNT = re.compile(r"e(?P<power>\d{1,2})/(?P<volume>l|ul|ml)")
_PREFIX = r"(?:m|u|n|p|f|k|mc|d|c)?"
_AMOUNT = re.compile(
    rf"(?P<top>{_PREFIX}(?:g|mol|kat|u|iu|ui|ie|eq|val|katal|osm|l))/(?P<bottom>(?:24h|24hr|24hrs|d|day|tag|h|min|g|mg|kg|mol|mmol|umol|l|dl|ml|ul|nl|100ml|gcrea|gcr|gcreat|gkrea|mmolcrea|mmolcr|mmolkrea|mgcr|mgcreat))"
)
_UNITS_OF_AMOUNT = {"u": "U", "iu": "[IU]", "ui": "[IU]", "ie": "[IU]", "eq": "eq", "val": "eq", "katal": "kat"}
_BOTTOMS = {
    "24h": "(24.h)", "24hr": "(24.h)", "24hrs": "(24.h)", "d": "d", "day": "d", "tag": "d", "100ml": "dL",
    "gcrea": "g{creat}", "gcr": "g{creat}", "gcreat": "g{creat}", "gkrea": "g{creat}", "mgcr": "mg{creat}", "mgcreat": "mg{creat}",
    "mmolcrea": "mmol{creat}", "mmolcr": "mmol{creat}", "mmolkrea": "mmol{creat}",
}  # fmt: skip
_FILTRATION = re.compile(r"ml/mi?n(?:/|per)?\(?1[.,]73(?:m2|m\^2|sqm|qm|m)?\)?")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺₂", "0123456789-+2")
_SPELLINGS = (
    ("10*9/L", ("x10*9/l", "g/l", "giga/l")), ("10*12/L", ("x10*12/l", "t/l", "tera/l")), ("10*3/uL", ("x10*3/ul", "k/ul", "tsd/ul", "x10e3/ul")),
    ("10*6/uL", ("x10*6/ul", "m/ul", "mio/ul", "x10e6/ul")), ("mL/min/{1.73_m2}", ("ml/min/1.73m2", "ml/min/1.73", "ml/min/1,73m2")),
)  # fmt: skip
_POWER = re.compile(r"[x×*]?10[^\d/]?4?(3|6|9|12)(/.*)")
_LEAST_LIKE, _LEAST_APART = 0.5, 0.06


def squeezed(printed: str) -> str:
    """A printed unit without blanks and case, micro as `u`, raised digits on the line."""
    text = printed.translate(_SUPERSCRIPT).casefold().strip("()[]{} ")
    text = re.sub(r"[µμ]", "u", text)
    return re.sub(r"\s+", "", text).replace("mcg", "ug").replace("mcl", "ul").replace("mcmol", "umol").replace("⁄", "/")


def ucum_of(printed: str) -> str:
    """The UCUM code of a printed unit (`x10E9/L` → `10*9/L`, `mg/dl` → `mg/dL`), or "" where it isn't known."""
    text = squeezed(printed)
    if text in _EXACT:
        return _EXACT[text]
    if _FILTRATION.fullmatch(text):
        return "mL/min/{1.73_m2}"
    return _count(text, printed.strip()) or _amount(text)


def _count(text: str, printed: str) -> str:
    match = _COUNT.fullmatch(text) or _E_COUNT.fullmatch(text)
    if match is None:
        return ""
    volume = _VOLUMES[match["volume"]]
    if match["power"]:
        return f"10*{match['power']}/{volume}" if match["power"] in ("3", "6", "9", "12") else ""
    word = match["word"]
    if word not in _POWERS or (word in ("m", "g", "t", "k") and not _counts(word, volume, printed)):
        return ""
    power = _POWERS[word]
    return f"{power}/{volume}" if power else f"/{volume}"


def _counts(word: str, volume: str, printed: str) -> bool:
    """`K/uL`, `M/uL`, `G/l`, `T/l` count cells when written with a capital; `g/L` is a mass."""
    return printed[:1].isupper() and volume in (("uL", "mm3") if word in ("k", "m") else ("L",))


def _amount(text: str) -> str:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return ""
    top = match["top"]
    for name, code in sorted(_UNITS_OF_AMOUNT.items(), key=lambda one: -len(one[0])):
        if top.endswith(name) and top[: -len(name)] in ("", "m", "u", "n", "k", "p"):
            top = top[: -len(name)] + code
            break
    else:
        top = re.sub(r"l$", "L", top) if not top.endswith("mol") else top
    bottom = match["bottom"]
    return f"{top}/{_BOTTOMS.get(bottom) or _VOLUMES.get(bottom) or bottom}"


def is_unit(printed: str) -> bool:
    """True for a text that is a known unit and hardly anything else."""
    return bool(ucum_of(printed))


def recognised_unit(printed: str, plausible: list[str]) -> str:
    """The plausible UCUM unit that a printed one, with letters misread, is like; "" where none or several are."""
    power = _POWER.fullmatch(squeezed(printed))
    text = f"10*{power[1]}{power[2]}" if power else squeezed(printed)
    # What recognition most often makes of µ and I comes before likeness in general.
    usual = {text, re.sub(r"^[pyhw](?=g|mol|iu|ui)", "u", text), re.sub(r"^(u?)lu/|^ul/", _capital_i, text)}
    likeness: dict[str, float] = {}
    for unit in filter(None, plausible):
        spelt = [re.sub(r"\{.*?\}|[\[\]]", "", unit.casefold())]
        spelt += [one.replace("iu", "ui") for one in spelt if "iu" in one]
        spelt += next((more for known, more in _SPELLINGS if known == unit), ())
        likeness[unit] = 2.0 if usual & set(spelt) else max(SequenceMatcher(None, text, one).ratio() for one in spelt)
    ranked = sorted(likeness.items(), key=lambda one: -one[1])
    if not ranked or ranked[0][1] < _LEAST_LIKE:
        return ""
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _LEAST_APART:
        return ""
    return ranked[0][0]


def _capital_i(match: re.Match[str]) -> str:
    """`lU/`, `ulU/` and `Ul/` are `IU/`, `uIU/` and `UI/`."""
    return match[0].replace("l", "i")
