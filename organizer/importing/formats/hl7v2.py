"""HL7 v2 messages with results (ORU): one OBX segment is one thing read.

HL7 v2.5.1: chapter 2 (separators, escapes, data types), 3.4.2 PID, 4.5.3 OBR, 7.4.2 OBX, table 0085 (status of a
result; looked up 2026-11-29 at terminology.hl7.org).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from organizer.base.i18n import _
from organizer.base.numbers import read_range
from organizer.base.progress import Progress
from organizer.base.results import read_result
from organizer.importing.core.format import Draft, Reading, Skipped, SourceFile
from organizer.importing.formats.ccda.xml import when
from organizer.importing.page_text.plain_words import decoded_text
from organizer.model.codes import LOINC, SNOMED
from organizer.model.entry import Coding, Entry, Source, without_empty
from organizer.model.statuses import Status

_START = re.compile(rb"\s*(?:(?:FHS|BHS)\|[^\r\n]*[\r\n]+)*MSH\|")
_RESULTS = ("ORU", "OUL", "ORF", "ORL")
_STATUS = {
    "F": Status.FINAL,
    "U": Status.FINAL,
    "C": Status.CORRECTED,
    "P": Status.PRELIMINARY,
    "R": Status.PRELIMINARY,
    "S": Status.PRELIMINARY,
    "I": Status.REGISTERED,
    "O": Status.REGISTERED,
    "D": Status.ENTERED_IN_ERROR,
    "W": Status.ENTERED_IN_ERROR,
    "X": Status.CANCELLED,
}
_SYSTEMS = {"LN": LOINC, "LOINC": LOINC, "SCT": SNOMED, "SNM3": SNOMED}
_SEXES = {"M": "male", "F": "female", "O": "other", "A": "other"}
_FLAGS = {"N": "", "<": "", ">": "", "U": "", "D": "", "B": "", "W": ""}
"""Table 0078: N is normal and no flag; the others compare with limits of the device or with earlier results."""
_WORDS, _CODED, _DATES = ("ST", "TX", "FT", ""), ("CE", "CWE", "CNE", "IS", "ID"), ("DT", "TS", "DTM")
_USUAL = "|^~\\&"
_AT_ONCE = 200


@dataclass(slots=True)
class _Message:
    """One message: its separators and segments, each with its line from 1."""

    line: int
    separators: str
    segments: list[tuple[int, list[str]]] = field(default_factory=list)

    def first(self, name: str) -> list[str]:
        return next((fields for _line, fields in self.segments if fields[0] == name), [name])

    def parts(self, text: str) -> list[str]:
        """The components of a field's first repetition, without escapes."""
        once = text.split(self.separators[2])[0] if len(self.separators) > 2 else text
        return [self.plain(part) for part in once.split(self.separators[1])]

    def plain(self, text: str) -> str:
        mark, sub, repeat, escape, inner = self.separators[0], *self.separators[1:4], self.separators[4:5] or "&"
        if escape not in text:
            return text.strip()
        for letter, sign in (("F", mark), ("S", sub), ("T", inner), ("R", repeat)):
            text = text.replace(f"{escape}{letter}{escape}", sign)
        text = text.replace(f"{escape}.br{escape}", "\n").replace(f"{escape}E{escape}", escape)
        return text.strip()


class Hl7v2Format:
    """Results as hospitals' computers send them to each other."""

    name = "HL7 v2"

    def recognises(self, source: SourceFile) -> bool:
        """A message header, of a message that brings results; a batch of them too."""
        match = _START.match(source.head.lstrip(b"\xef\xbb\xbf\x0b"))
        if match is None:
            return False
        header = source.head[source.head.find(b"MSH|") :][:400].split(b"|")
        return len(header) > 8 and header[8][:3].decode("latin-1") in _RESULTS

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """The patient and each result of each message."""
        reading = Reading()
        for number, message in enumerate(_messages(decoded_text(source.read())[0])):
            if number % _AT_ONCE == 0:
                progress.check()
                progress.report(_("Reading {name}").format(name=source.name), number)
            _Results(message, reading).read()
        reading.name_emptiness()
        return reading


HL7_V2 = Hl7v2Format()


def _messages(text: str) -> Iterator[_Message]:
    message: _Message | None = None
    for line, segment in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        segment = segment.strip("\x0b\x1c ")
        if segment.startswith("MSH") and len(segment) > 8:
            if message is not None:
                yield message
            message = _Message(line, segment[3:8] if segment[8] == segment[3] else _USUAL)
        if message is not None and segment[:1].isupper():
            message.segments.append((line, segment.split(message.separators[0])))
    if message is not None:
        yield message


def _at(fields: list[str], place: int) -> str:
    return fields[place] if place < len(fields) else ""


class _Results:
    """Reads one message into the reading."""

    def __init__(self, message: _Message, reading: Reading) -> None:
        self.message = message
        self.reading = reading
        header = message.first("MSH")  # MSH-1 is the separator itself: fields count from one less
        self.sender = message.parts(_at(header, 3))[0] or message.parts(_at(header, 2))[0]
        self.sent = _at(header, 6)
        self.order: list[str] = ["OBR"]
        self.last: tuple[str, Draft] | None = None
        self.met: Counter[str] = Counter()

    def read(self) -> None:
        """Segments one after the other: OBR opens an order, OBX is a result of it, NTE a note on what stands before."""
        owner = self._patient()
        for line, fields in self.message.segments:
            if fields[0] == "OBR":
                self.order, self.last = fields, None
            elif fields[0] == "OBX":
                self._result(line, fields, owner)
            elif fields[0] == "NTE" and self.last is not None:
                self._note(self.message.plain(_at(fields, 3)))

    def _patient(self) -> str:
        fields = self.message.first("PID")
        number, authority = ([*self.message.parts(_at(fields, 3)), "", "", "", ""])[0:4:3]
        family, given, middle = ([*self.message.parts(_at(fields, 5)), "", "", ""])[:3]
        name = " ".join(part for part in (given, middle, family) if part)
        if not name:
            return ""
        born = when(_at(fields, 7)[:8])
        sex = _SEXES.get(_at(fields, 8).strip(), "")
        data = {"birth_date": born.text if born else "", "sex": sex, "record_numbers": [number] if number else []}
        identifier = f"hl7v2:{authority or self.sender}^{number or name.casefold()}"
        if all(draft.identifier != identifier for draft in self.reading.drafts if draft.entry.kind == "Patient"):
            kept = {key: value for key, value in data.items() if value}
            source = Source(locator=f"line={self.message.line}&segment=PID", identifier=identifier)
            entry = Entry("Patient", name, data=kept, sources=(source,))
            self.reading.drafts.append(Draft(entry, identifier, things=0))
        return identifier

    def _result(self, line: int, fields: list[str], owner: str) -> None:
        where = f"line={line}"
        codes = self._codes(_at(fields, 3))
        title = next((coding.display for coding in codes if coding.display), codes[0].code if codes else "")
        kind, raw = _at(fields, 2).strip(), _at(fields, 5)
        if not title:
            self._skip(where, _("It doesn’t say what was measured."))
            return
        if kind in ("ED", "RP"):
            self._skip(where, _("A file within the message: ask for it as a PDF."))
            return
        if self._goes_on(kind, _at(fields, 3), raw):
            return
        value = self._value(kind, raw, self.message.parts(_at(fields, 6))[0], codes)
        if not value and not _at(fields, 11).strip().startswith(("X", "D", "W")):
            self._skip(where, _("It holds no value."))
            return
        entry = Entry(
            "Observation",
            title,
            codes=codes,
            happened=when(_at(fields, 14)) or when(_at(self.order, 7)),
            status=_STATUS.get(_at(fields, 11).strip()[:1], Status.UNKNOWN),
            data=self._data(fields),
            sources=(Source(locator=where, identifier=self._identifier(fields), version=_version(self.sent)),),
            **value,
        )
        draft = Draft(entry, owner)
        self.reading.drafts.append(draft)
        self.last = (_at(fields, 3), draft)

    def _skip(self, where: str, reason: str) -> None:
        self.reading.skipped.append(Skipped(where, "OBX", reason))
        self.last = None

    def _codes(self, text: str) -> tuple[Coding, ...]:
        parts = [*self.message.parts(text), *[""] * 6][:6]
        found: list[Coding] = []
        for code, name, system in (parts[:3], parts[3:]):
            if code or name:
                named = _SYSTEMS.get(system.upper(), f"urn:hl7v2:{self.sender}:{system}" if code else "")
                found.append(Coding(named, code or name, name or (code if not found else "")))
        return tuple(found)

    def _value(self, kind: str, raw: str, unit: str, codes: tuple[Coding, ...]) -> dict[str, Any]:
        """Value fields of an entry; {} for an empty one."""
        parts = self.message.parts(raw)
        loinc = next((coding.code for coding in codes if coding.system == LOINC), "")
        if kind == "SN":
            sign, first, mark, second = [*parts, "", "", "", ""][:4]
            printed = f"{sign}{first}{mark}{second}"
        elif kind in _CODED:
            printed = next((part for part in (parts[1:2] or [""]) + parts[:1] if part), "")
            return {"value_text": printed} if printed else {}
        elif kind in _DATES:
            day = when(raw)
            return {"value_text": day.text if day else raw} if raw.strip() else {}
        else:
            repeated = raw.split(self.message.separators[2])
            printed = "\n".join(self.message.plain(one) for one in repeated if one.strip())
        if not printed or printed == '""':
            return {}
        result = read_result(printed, "." if kind in ("NM", "SN") else "", unit, loinc)
        return {**result.fields, "value_text": printed} if "\n" in printed else result.fields

    def _goes_on(self, kind: str, code: str, raw: str) -> bool:
        """A report comes as one line a segment: they are one text."""
        if kind not in _WORDS or self.last is None or self.last[0] != code or self.last[1].entry.value is not None:
            return False
        before = self.last[1]
        text = f"{before.entry.value_text}\n{self.message.plain(raw)}".rstrip()
        self._replace(Draft(before.entry.having(value_text=text), before.patient, things=before.things + 1))
        return True

    def _note(self, words: str) -> None:
        assert self.last is not None
        before = self.last[1]
        note = "\n".join(part for part in (before.entry.text("note"), words) if part)
        data = {**before.entry.data, "note": note} if note else before.entry.data
        self._replace(Draft(before.entry.having(data=data), before.patient, things=before.things))

    def _replace(self, draft: Draft) -> None:
        assert self.last is not None
        self.reading.drafts[-1] = draft
        self.last = (self.last[0], draft)

    def _data(self, fields: list[str]) -> dict[str, Any]:
        flag = _at(fields, 8).split(self.message.separators[2])[0].strip()
        printed = self.message.plain(_at(fields, 7))
        spread = read_range(printed, ".")
        performer = self.message.parts(_at(fields, 23))[0] or self.sender
        data = {
            "category": "laboratory",
            "range_text": printed,
            "range_low": spread.low,
            "range_high": spread.high,
            "interpretation": _FLAGS.get(flag, flag),
            "performer": performer,
            "specimen": self.message.parts(_at(self.order, 15))[0],
        }
        return without_empty(data)

    def _identifier(self, fields: list[str]) -> str:
        """Sender, its number of the order, what was measured and which of several; "" where it numbers no order.

        What one message tells twice are two results: a wrong one and the right one.
        """
        order = self.message.parts(_at(self.order, 3))[0] or self.message.parts(_at(self.order, 2))[0]
        code = self.message.parts(_at(fields, 3))[0]
        if not order or not self.sender:
            return ""
        identifier = f"hl7v2:{self.sender}|{order}|{code}|{_at(fields, 4).strip()}"
        self.met[identifier] += 1
        return identifier if self.met[identifier] == 1 else f"{identifier}|{self.met[identifier]}"


def _version(sent: str) -> str:
    time = when(sent)
    return time.text if time else ""
