"""What letters are filled from, and the sentences that several of them share.

Each speaks in the voice of who writes it: the person, or somebody on the person's behalf (health/writer.py); every
sentence stands whole in both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from organizer.base.dates import spoken_day
from organizer.base.i18n import _
from organizer.health.opinion.letter_rights import US
from organizer.health.writer import Part, Writer, part_words, writer_of
from organizer.model.case import Case
from organizer.model.entry import Entry


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter is filled from. `recipient` is a Practitioner or Organization, or None with a name alone.

    `asked` are the things asked for, in words; none means the whole record. `since` and `until` are spoken dates or "".
    `needed_by` is the day by which what is asked for has to be there, None where nothing presses. `second` is the
    second doctor, or the clinic of that name, as far as the record knows either.
    """

    person: Entry
    to: str
    recipient: Entry | None
    case: Case | None
    as_of: date
    variant: str = US
    asked: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    pathology: tuple[Entry, ...] = ()
    medium: str = ""
    needed_by: date | None = None
    second: Entry | None = None

    @property
    def writer(self) -> Writer:
        """Who writes it."""
        return writer_of(self.person, self.as_of)

    @property
    def to_clinic(self) -> bool:
        """True where the letter goes to a clinic, not to somebody in it."""
        known = self.recipient
        return known is not None and known.kind == "Organization" and known.title == self.to

    def say(self, own: str, for_another: str, **values: str) -> str:
        """The sentence as the person says it, or as somebody says it who writes for `{person}`; both translated.

        `values` are put into whichever it is.
        """
        words = own if self.writer.is_patient else for_another
        return words.format(person=self.person.title, **values)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as text that the person may change: paragraphs of `body` are parted by an empty line.

    `missing` says what the record lacks for it, one sentence each, before it goes.
    """

    kind: str
    to: str
    sender: str
    address: str
    day: str
    subject: str
    body: str
    closing: str
    variant: str = US
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A letter that can be written: `subject` and the paragraphs of `body` from the facts.

    `is_open` for a page that lies open where it arrives: it names nobody but who sends it.
    """

    id: str
    label: str
    subject: Callable[[LetterFacts], str]
    body: Callable[[LetterFacts], list[str]]
    is_open: bool = False


def signature(person: Entry, as_of: date) -> str:
    """Under the line: the person, or who writes for them and in which part."""
    writer = writer_of(person, as_of)
    if writer.is_patient:
        return person.title
    if not writer.name:
        return _("for {person}").format(person=person.title)
    part = part_words(writer)
    return _("{keeper}, for {person} ({part})").format(keeper=writer.name, person=person.title, part=part)


def who(person: Entry) -> str:
    """`Elena Marsh, born 3 May 1968, also recorded as Elena Kowal, record number NG-88120`: how it is found."""
    born = person.date("birth_date")
    parts = [person.title, _("born {day}").format(day=born.spoken()) if born else ""]
    others = person.data.get("other_names")
    if isinstance(others, list) and others:
        parts.append(_("also recorded as {names}").format(names=", ".join(others)))
    numbers = person.data.get("record_numbers")
    if isinstance(numbers, list) and numbers:
        parts.append(_("record number {n}").format(n=", ".join(_each_once(numbers))))
    return ", ".join(part for part in parts if part)


def _each_once(numbers: Sequence[str]) -> list[str]:
    """Numbers without those that another one gives with its name (`X` beside `Medical Record Number: X`)."""
    named = {number.rpartition(": ")[2] for number in numbers if ": " in number}
    return [number for number in dict.fromkeys(numbers) if number not in named]


def asked_words(facts: LetterFacts) -> str:
    """What is asked for, and of which time."""
    if facts.asked:
        words = facts.say(
            _("I would like a copy of these records:"), _("I would like a copy of these records of {person}:")
        )
        what = f"{words}\n{listed(facts.asked)}"
    else:
        what = facts.say(
            _(
                "I would like a copy of all records about me that you keep: visit notes, results, pathology reports, "
                "operation notes, imaging reports, the images as DICOM, and billing records."
            ),
            _(
                "I would like a copy of all records about {person} that you keep: visit notes, results, pathology "
                "reports, operation notes, imaging reports, the images as DICOM, and billing records."
            ),
        )
    return "\n".join(part for part in (what, _period(facts)) if part)


def _period(facts: LetterFacts) -> str:
    if facts.since and facts.until:
        words = _("I need what was written from {since} to {until}.")
        return words.format(since=facts.since, until=facts.until)
    if facts.since:
        return _("I need what was written from {since} on.").format(since=facts.since)
    return _("I need what was written up to {until}.").format(until=facts.until) if facts.until else ""


def listed(asked: Sequence[str]) -> str:
    """Lines, each with a dash."""
    return "\n".join(f"– {question}" for question in asked)


def where_to(facts: LetterFacts) -> str:
    """In which form and where to; no address is named where the letter bears none."""
    if facts.medium:
        words = _(
            "Please send them as files where you have them (PDF, and DICOM for images), else on paper, to {place}."
        )
        return words.format(place=facts.medium)
    if facts.writer.address or facts.writer.email:
        return _(
            "Please send them as files where you have them (PDF, and DICOM for images), else on paper, to me as the "
            "sender of this letter."
        )
    return _("Please send them as files where you have them (PDF, and DICOM for images), else on paper.")


def about(facts: LetterFacts) -> str:
    """Whom it is about; and, where somebody else writes, in which part."""
    about = _("This is about {who}.").format(who=who(facts.person))
    words = _in_which_part(facts.writer)
    return f"{about} {words.format(person=facts.person.title)}" if words else about


def _in_which_part(writer: Writer) -> str:
    """As what somebody writes for `{person}`; "" where the person writes."""
    if writer.is_mother:
        return _("I am the mother of {person}, and write on behalf of {person}.")
    if writer.is_father:
        return _("I am the father of {person}, and write on behalf of {person}.")
    parts = {
        Part.PARENT: _("I am a parent of {person}, and write on behalf of {person}."),
        Part.GUARDIAN: _("I am the legal guardian of {person}, and write on behalf of {person}."),
        Part.CARER: _("I am entitled to act for {person} in matters of health, and write on behalf of {person}."),
        Part.HELPER: _("I write on behalf of {person}."),
    }
    return parts.get(writer.part, "")


def by_when(facts: LetterFacts) -> str:
    """By which day it is needed; "" where nothing presses."""
    if facts.needed_by is None:
        return ""
    words = _(
        "I need them by {day}. Should that not be possible for all of them, please send what is ready by then, and "
        "tell me when the rest will come."
    )
    return words.format(day=spoken_day(facts.needed_by))


def second_doctor(facts: LetterFacts) -> str:
    """The specialist of the case with the place; "" where none is named."""
    case = facts.case
    return ", ".join(part for part in (case.specialist, case.place) if part) if case else ""
