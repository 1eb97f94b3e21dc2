"""What a kind says of itself beyond its fields: where it shows, what it is compared by, how it leaves the record.

Each facet of `Kind` has a default with which an entry of a kind that says nothing is shown, printed, exported and read
again whole; see docs/adding/kind.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from organizer.base.i18n import marked
from organizer.model.links import Role

TIMELINE: Mapping[str, str] = {
    "diagnoses": marked("Diagnoses"),
    "visits": marked("Visits"),
    "reports": marked("Reports"),
    "treatments": marked("Treatments"),
    "results": marked("Results"),
    "other": marked("Other"),
}
"""The rows of the timeline from top to bottom, by what a kind's `timeline` names."""

PACKET_TABLES = ("background", "team", "plain")
"""The sections of the packet that print a kind as a table of its columns, by what a kind's `packet` names."""

REMINDERS = ("visit", "task", "ask-again", "decide", "case")
"""What can be due, by what a kind's `reminder` names; services/reminders.py says on which day."""


@dataclass(frozen=True, slots=True)
class SameFact:
    """How the same fact is recognised in another source: kind, person, a code or the title, and the day.

    Where both sources tell one of the `details` and tell it differently, it is a conflict for the person to settle.
    `timeless` ones need no day: they are the same whenever they were written down. With `by_value` the printed value
    has to agree within its precision, and values in two units are not compared.
    """

    details: tuple[str, ...] = ()
    timeless: bool = False
    by_value: bool = False


@dataclass(frozen=True, slots=True)
class Everyday:
    """A line at the top of the menu “Add”: its place there, plain words, a picture, and what the form begins with."""

    place: int
    label: str
    icon: str
    preset: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quote:
    """The field that holds a clinician's own words, and the field of their day: without one they are as old as it."""

    words: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What waits for the person's decision: the link to the diagnosis it is about, and the field of the day."""

    about: Role
    by: str = "decide_by"
