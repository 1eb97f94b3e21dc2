"""Who writes for a person: the person, a parent, a guardian, or who cares for an adult; and what an age makes of it."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from organizer.base.i18n import _, marked
from organizer.model.entry import Entry

CHILD = 18
"""Below so many years a person is a child: doses go by weight (US FDA, 21 CFR 201.57 reads 17 and younger)."""


_MOTHERS = frozenset({"mother", "mum", "mom", "madre", "mamá", "mutter", "mère", "maman"})
_FATHERS = frozenset({"father", "dad", "padre", "papá", "vater", "père", "papa"})
_PARENTS = _MOTHERS | _FATHERS | {"parent"}
_NOT_PARENTS = frozenset({"step", "foster", "grand", "in", "law", "godmother", "godfather"})
"""A step-father may have no right of his own: it is asked."""
_GUARDIANS = frozenset({"guardian", "tutor", "tutora", "tutrice", "vormund", "vormundin"})


class Part(StrEnum):
    """In which part somebody writes. A HELPER writes for a person, and it isn't said by which right."""

    PATIENT = "patient"
    PARENT = "parent"
    GUARDIAN = "guardian"
    CARER = "carer"
    HELPER = "helper"


@dataclass(frozen=True, slots=True)
class Writer:
    """`name` is "" where it isn't recorded; `relation` is in the person's words (mother, son); `child` where the
    person written for is known to be one, of `years` where that is known; `after_death` where the person has died. The
    means of contact are the writer's, where none are recorded the record's.
    """

    part: Part
    name: str
    relation: str
    address: str
    phone: str
    email: str
    child: bool = False
    years: int | None = None
    after_death: bool = False

    @property
    def is_mother(self) -> bool:
        """True for a parent whom the record calls a mother, in any of its languages."""
        return self.part is Part.PARENT and bool(_words(self.relation) & _MOTHERS)

    @property
    def is_father(self) -> bool:
        """True for a parent whom the record calls a father."""
        return self.part is Part.PARENT and bool(_words(self.relation) & _FATHERS)

    @property
    def is_patient(self) -> bool:
        """True where the person writes."""
        return self.part is Part.PATIENT


def writer_of(person: Entry, as_of: date) -> Writer:
    """Who writes for a person on a day. The right to do so counts as said only where it is recorded."""
    years, died = years_old(person, as_of), bool(person.text("deceased"))
    child = years is not None and years < CHILD
    contact = {name: person.text(f"keeper_{name}") or person.text(name) for name in ("address", "phone", "email")}
    if person.text("kept_by") == "caregiver" or (person.text("keeper") and person.text("kept_by") != "self"):
        grown = years is not None and years >= CHILD
        part = Part.HELPER if died else _part(person.text("keeper_part"), person.text("relation"), child, grown)
        name, relation = person.text("keeper"), person.text("relation")
        return Writer(part, name, relation, **contact, child=child, years=years, after_death=died)
    if died or (child and person.text("kept_by") != "self"):
        return Writer(Part.HELPER, "", "", **contact, child=child, years=years, after_death=died)
    address, phone, email = person.text("address"), person.text("phone"), person.text("email")
    return Writer(Part.PATIENT, person.title, "", address, phone, email, child, years)


def _part(word: str, relation: str, child: bool, grown: bool) -> Part:
    """As it is recorded; else as the relation's own word says it.

    Neither a daughter nor a parent of an adult has a right by that: what was recorded for a child ends at eighteen.
    """
    if word in (Part.GUARDIAN, Part.CARER) or (word == Part.PARENT and not grown):
        return Part(word)
    words = _words(relation)
    if words & _GUARDIANS:
        return Part.GUARDIAN
    return Part.PARENT if child and words & _PARENTS and not words & _NOT_PARENTS else Part.HELPER


def _words(relation: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", relation.casefold()))


_PARTS = {
    Part.PARENT: marked("parent"),
    Part.GUARDIAN: marked("legal guardian"),
    Part.CARER: marked("representative"),
    Part.HELPER: marked("on the person’s behalf"),
}


def part_words(writer: Writer) -> str:
    """`mother`; `daughter, representative`: who that is to the person, with the right where the word says none."""
    if writer.is_patient:
        return ""
    right = _(_PARTS[writer.part])
    if not writer.relation:
        return right
    says_the_right = writer.part in (Part.PARENT, Part.HELPER) or set(writer.relation.casefold().split()) & _GUARDIANS
    return writer.relation if says_the_right else f"{writer.relation}, {right}"


def years_old(person: Entry, as_of: date) -> int | None:
    """Whole years on a day; None unless the birth date is known to the day, or where the person has died."""
    when = person.date("birth_date")
    if when is None or when.precision in ("year", "month") or person.text("deceased"):
        return None
    first = when.first_day
    years = as_of.year - first.year - ((as_of.month, as_of.day) < (first.month, first.day))
    return years if years >= 0 else None


def is_child(person: Entry, as_of: date) -> bool:
    """True for somebody of whom it is known that they are a child on that day."""
    years = years_old(person, as_of)
    return years is not None and years < CHILD


def prepared_by(person: Entry, as_of: date) -> str:
    """Whoever keeps the record: the person, or the one who cares for them; a child prepares no packet."""
    writer = writer_of(person, as_of)
    if writer.name:
        return f"{writer.name} ({writer.relation})" if writer.relation else writer.name
    return _("a parent or guardian") if writer.child else _("a caregiver")


def by_the_person(person: Entry, as_of: date) -> bool:
    """True where the person keeps the record."""
    return writer_of(person, as_of).is_patient


def prepared_words(person: Entry, as_of: date) -> str:
    """`Prepared by the patient`, or by whom on the patient's behalf."""
    if by_the_person(person, as_of):
        return _("Prepared by the patient")
    return _("Prepared by {name} on behalf of the patient").format(name=prepared_by(person, as_of))
