"""HL7 v2 text taken apart: messages, segments, fields, components (v2.5.1, chapter 2: separators and escapes)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from organizer.model.codes import LOINC, SNOMED
from organizer.model.entry import Coding

_SYSTEMS = {"LN": LOINC, "LOINC": LOINC, "SCT": SNOMED, "SNM3": SNOMED}
_USUAL = "|^~\\&"


@dataclass(slots=True)
class Segment:
    """One segment: its line from 1 and its fields, of which the first is its name."""

    line: int
    fields: list[str]

    @property
    def name(self) -> str:
        """`OBX`."""
        return self.fields[0]

    @property
    def where(self) -> str:
        """Its place in the file."""
        return f"line={self.line}"

    def at(self, place: int) -> str:
        """A field by HL7's number; "" where the segment ends before it."""
        return self.fields[place].strip() if place < len(self.fields) else ""


NO_SEGMENT = Segment(0, [""])


@dataclass(slots=True)
class Message:
    """One message: its separators and segments."""

    line: int
    separators: str
    segments: list[Segment] = field(default_factory=list)

    def first(self, name: str) -> Segment:
        """The first segment of a name; an empty one where there is none."""
        return next((segment for segment in self.segments if segment.name == name), NO_SEGMENT)

    @property
    def sender(self) -> str:
        """Who sent it: the facility, else the application. (MSH-1 is the separator itself: fields count from it.)"""
        header = self.first("MSH")
        return self.parts(header.at(3))[0] or self.parts(header.at(2))[0]

    def repeated(self, text: str) -> list[str]:
        """The repetitions of a field, as they came."""
        return text.split(self.separators[2]) if len(self.separators) > 2 else [text]

    def parts(self, text: str) -> list[str]:
        """The components of a field's first repetition, without escapes."""
        return [self.plain(part) for part in self.repeated(text)[0].split(self.separators[1])]

    def plain(self, text: str) -> str:
        """A text without escapes (2.7): separators as themselves, formatting as line breaks."""
        mark, sub, repeat, escape, inner = self.separators[0], *self.separators[1:4], self.separators[4:5] or "&"
        if escape not in text:
            return text.strip()
        for letter, sign in (("F", mark), ("S", sub), ("T", inner), ("R", repeat)):
            text = text.replace(f"{escape}{letter}{escape}", sign)
        for breaking in (".br", ".sp", "X0D", "X0A", "X0D0A"):
            text = text.replace(f"{escape}{breaking}{escape}", "\n")
        text = re.sub(rf"{re.escape(escape)}(?:H|N|\.[a-z]{{2}}[+-]?\d*){re.escape(escape)}", "", text)
        return text.replace(f"{escape}E{escape}", escape).strip()

    def codes(self, text: str) -> tuple[Coding, ...]:
        """The code and the alternate code of a CE or CWE; one of a local system counts within its sender."""
        parts = [*self.parts(text), *[""] * 6][:6]
        first, second = self._coding(*parts[:3]), self._coding(*parts[3:])
        if first is None:
            return (second,) if second else ()
        # A code without words is its own name, where it is the first.
        first = replace(first, display=first.display or first.code)
        return (first, second) if second else (first,)

    def _coding(self, code: str, name: str, system: str) -> Coding | None:
        if not code:
            return Coding(_SYSTEMS.get(system.upper(), ""), name, name) if name else None
        local = f"urn:hl7v2:{self.sender}:{system}"
        return Coding(_SYSTEMS.get(system.upper(), local), code, name)


def title_of(codes: tuple[Coding, ...]) -> str:
    """What a coded element is called: its first words, else its code."""
    return next((coding.display for coding in codes if coding.display), codes[0].code if codes else "")


def messages_in(text: str) -> Iterator[Message]:
    """The messages of a file, also of a batch; a segment before the first header belongs to none."""
    message: Message | None = None
    for line, segment in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        segment = segment.strip("\x0b\x1c ")
        if segment.startswith("MSH") and len(segment) > 8:
            if message is not None:
                yield message
            message = Message(line, segment[3:8] if segment[8] == segment[3] else _USUAL)
        if message is not None and segment[:1].isupper():
            message.segments.append(Segment(line, segment.split(message.separators[0])))
    if message is not None:
        yield message
