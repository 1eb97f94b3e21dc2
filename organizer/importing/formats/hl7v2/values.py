"""The value of an OBX segment by its type (HL7 v2.5.1, chapter 2A), and what stands beside it."""

from typing import Any

from organizer.base.numbers import read_range
from organizer.base.results import read_result
from organizer.importing.formats._values import answer_of, in_percent, sensible_range
from organizer.importing.formats.ccda.xml import when
from organizer.importing.formats.hl7v2.messages import Message, Segment
from organizer.model.codes import LOINC
from organizer.model.entry import Coding, Json

_CODED, _DATES = ("CE", "CWE", "CNE", "CF", "IS", "ID"), ("DT", "TS", "DTM")
_NUMBERS = ("NM", "SN")
_NOTHING = ("", '""')
"""Two quotation marks say that a field is to be empty (2.5.3)."""
_FLAGS = {"N": "", "<": "", ">": "", "U": "", "D": "", "B": "", "W": ""}
"""Table 0078: N is normal and no flag; the others compare with limits of the device or with earlier results."""


def value_of(message: Message, obx: Segment, codes: tuple[Coding, ...]) -> dict[str, Any]:
    """Value fields of an entry; {} for an empty one."""
    kind, raw = obx.at(2), obx.at(5)
    if kind in _CODED:
        shown = [_coded(message, repetition) for repetition in message.repeated(raw)]
        return _words(", ".join(dict.fromkeys(filter(None, shown))))
    if kind in _DATES:
        day = when(raw)
        return _words(day.text if day else raw)

    printed = _structured(message, raw) if kind == "SN" else _lines(message, raw)
    if printed in _NOTHING:
        return {}
    loinc = next((coding.code for coding in codes if coding.system == LOINC), "")
    result = read_result(printed, "." if kind in _NUMBERS else "", _unit(message, obx), loinc)
    fields = {**result.fields, "value_text": printed} if "\n" in printed else result.fields
    return in_percent(fields, codes)


def _words(text: str) -> dict[str, Any]:
    return {} if text in _NOTHING else {"value_text": text}


def _structured(message: Message, raw: str) -> str:
    """A structured numeric (SN) as it is printed: `<14`, `1:160`, `5-10`."""
    comparator, first, mark, second = [*message.parts(raw), "", "", "", ""][:4]
    return f"{comparator}{first}{mark}{second}"


def _lines(message: Message, raw: str) -> str:
    """The repetitions of a text, one below the other."""
    return "\n".join(message.plain(line) for line in message.repeated(raw) if line.strip())


def _coded(message: Message, text: str) -> str:
    """A coded value in words: its own, the other coding's, the sender's (CWE-9), those of SNOMED CT, else the code."""
    parts = [*message.parts(text), *[""] * 9][:9]
    spoken = (parts[1], parts[4], parts[8], answer_of(message.codes(text)), parts[0])
    return next((words for words in spoken if words not in _NOTHING), "")


def _unit(message: Message, obx: Segment) -> str:
    parts = [*message.parts(obx.at(6)), ""]
    return parts[0] or parts[1]


def beside_value(message: Message, obx: Segment) -> dict[str, Json]:
    """Range and flag of a result."""
    # Some systems put the ends and the words of a range into components.
    printed = "-".join(part for part in message.parts(obx.at(7)) if part)
    spread = read_range(printed, ".")
    low, high = sensible_range(spread.low, spread.high)
    flag = message.parts(obx.at(8))[0]
    return {"range_text": printed, "range_low": low, "range_high": high, "interpretation": _FLAGS.get(flag, flag)}
