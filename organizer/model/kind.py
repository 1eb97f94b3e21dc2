"""How a kind of entry is declared: once, as typed fields from which form, table, search and paper follow."""

from dataclasses import KW_ONLY, dataclass
from enum import Enum, auto

from organizer.base import terms, written_dates
from organizer.base.dates import parse_date, today
from organizer.base.errors import InvalidEntryError
from organizer.base.figures import sensible
from organizer.base.i18n import _, marked
from organizer.base.numbers import readings_of, two_numbers
from organizer.base.results import read_result
from organizer.base.units import spoken_dose
from organizer.model.entry import Entry, Json
from organizer.model.facets import PACKET_TABLES, REMINDERS, TIMELINE, Decision, Everyday, Quote, SameFact
from organizer.model.links import Role
from organizer.model.statuses import Status

COLUMNS = frozenset({"title", "happened", "ended", "value_text", "unit", "comparator", "status"})
"""Fields of these names live in Entry's own attributes, all others in its `data`."""


class FieldType(Enum):
    """What a field holds; `data` carries it as JSON text, number, boolean or list."""

    TEXT = auto()  # one line
    LONG_TEXT = auto()  # several lines
    DATE = auto()  # a partial date
    NUMBER = auto()  # a plain number without unit (float)
    VALUE = auto()  # a number or a word, as printed, with an optional comparator (`<0.1`, `Trace`)
    SCALE = auto()  # a whole number 0–10
    WEIGHT = auto()  # a whole number 0–5: how much it matters
    CHOICE = auto()  # one of `choices`
    FLAG = auto()  # yes or no
    LINES = auto()  # a list of texts, one a line
    TABLE = auto()  # a list of objects that only its own page edits (components, series)


class Known(Enum):
    """What a text field may name beside what was written in it before: offered while somebody types."""

    MEASURES = auto()
    ILLNESSES = auto()
    MEDICINES = auto()


@dataclass(frozen=True, slots=True)
class Choice:
    """A value as stored (FHIR code) and the plain words for it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `name` in Entry or its data, `label` in plain words, `fhir` its R4 path."""

    name: str
    label: str
    type: FieldType = FieldType.TEXT
    fhir: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = False
    in_table: bool = False
    searchable: bool = False
    help: str = ""
    terms: bool = False
    """Readers of files write fixed terms into it (see organizer/base/terms.py)."""
    known: Known | None = None

    def parse(self, text: str) -> Json:
        """The value as stored from what a person typed; None for an empty text.

        Raises InvalidEntryError (with this field's name) for what the type doesn't allow.
        """
        text = text if text == text.strip() else text.strip()
        if not text:
            if self.required:
                raise self._refuse(_("“{label}” is needed."), _("Fill it in, then save again."))
            return None
        return _PARSERS.get(self.type, _as_text)(self, text)

    def show(self, value: Json) -> str:
        """The stored value in plain words."""
        if value is None or value == "":
            return ""
        if self.type is FieldType.FLAG:
            return _("Yes") if value else _("No")
        if self.type is FieldType.DATE and (day := parse_date(str(value))):
            return day.spoken_with_time()
        if self.type is FieldType.LINES and isinstance(value, list):
            return "\n".join(str(item) for item in value)
        if isinstance(value, list | dict):
            return _table_in_words(value)
        for choice in self.choices:
            if choice.value == value:
                return _(choice.label)
        if self.terms:
            return terms.shown(str(value))
        if self.type is FieldType.LONG_TEXT:
            return terms.remarked(str(value))
        return sensible(value) if isinstance(value, float) else str(value)

    def _refuse(self, message: str, next_step: str) -> InvalidEntryError:
        return InvalidEntryError(message.format(label=_(self.label)), next_step, self.name)


def _table_in_words(value: Json) -> str:
    """Rows of a table in plain words: `Diabetes mellitus type 2, 40 years; Myocardial infarction, 57 years`."""
    if isinstance(value, list):
        return "; ".join(text for text in map(_table_in_words, value) if text)
    if isinstance(value, dict):
        return ", ".join(text for text in map(_table_in_words, value.values()) if text)
    if isinstance(value, float):
        return sensible(value)
    return "" if value is None else str(value)


def _as_text(_field: Field, text: str) -> Json:
    return text


def _as_date(field: Field, text: str) -> Json:
    readings = written_dates.readings_of(text, now=today())
    if len(readings) > 1:
        raise written_dates.date_refused(text, readings, field.name)
    if not readings:
        raise field._refuse(
            _("“{label}” isn’t a date Casebook can read."), _("Write it as 2019, 2019-03 or 2019-03-07.")
        )
    return readings[0].text


def _as_number(field: Field, text: str) -> Json:
    readings = readings_of(text)
    if len(readings) > 1:
        raise two_numbers(text, readings, field.name)
    if not readings:
        raise field._refuse(_("“{label}” needs a number."), _("Write digits only, such as 7.5."))
    return float(readings[0])


def _as_value(field: Field, text: str) -> Json:
    result = read_result(text)
    if result.readings:
        raise two_numbers(text, result.readings, field.name)
    return text


def _as_whole(field: Field, text: str) -> Json:
    highest = 10 if field.type is FieldType.SCALE else 5
    if not text.isdecimal() or int(text) > highest:
        step = _("Write a whole number from 0 to {highest}.").format(highest=highest)
        raise field._refuse(_("“{label}” is out of its scale."), step)
    return int(text)


def _as_choice(field: Field, text: str) -> Json:
    for choice in field.choices:
        if text.casefold() in (choice.value.casefold(), _(choice.label).casefold()):
            return choice.value
    options = ", ".join(choice.value for choice in field.choices)
    raise field._refuse(_("“{label}” doesn’t know this choice."), _("Use one of: {options}.").format(options=options))


def _as_flag(field: Field, text: str) -> Json:
    folded = text.casefold()
    if folded in ("yes", "true", "1", _("Yes").casefold()):
        return True
    if folded in ("no", "false", "0", _("No").casefold()):
        return False
    raise field._refuse(_("“{label}” needs yes or no."), _("Write yes or no."))


def _as_lines(_field: Field, text: str) -> Json:
    return [line.strip() for line in text.splitlines() if line.strip()]


_PARSERS = {
    FieldType.DATE: _as_date,
    FieldType.NUMBER: _as_number,
    FieldType.VALUE: _as_value,
    FieldType.SCALE: _as_whole,
    FieldType.WEIGHT: _as_whole,
    FieldType.CHOICE: _as_choice,
    FieldType.FLAG: _as_flag,
    FieldType.LINES: _as_lines,
}


TAGS = Field(
    "tags",
    marked("Tags"),
    FieldType.LINES,
    searchable=True,
    help=marked("Your own words to find it by, one a line. They are never printed in a packet."),
)
KEPT_OUT = Field("kept_out", marked("Leave out of packets"), FieldType.FLAG)
OWN = (TAGS, KEPT_OUT)
"""What a person says of an entry, whatever it is: every kind has them after its own fields, no source knows them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry: FHIR `name`, plain `label` and `plural`, its fields in the order of form and table.

    `links` are the roles that its entries may hold, each with the kinds of the other end (empty: any).

    What follows `icon` are its facets: what the rest of the house knows of it, each with a default that works.
    """

    name: str
    label: str
    plural: str
    fields: tuple[Field, ...]
    links: tuple[tuple[Role, tuple[str, ...]], ...] = ()
    icon: str = "file-text"
    _: KW_ONLY

    # Where an entry is shown.
    timeline: str = "other"  # its row there, a key of facets.TIMELINE; "" = it stands in none
    page: str = ""  # the page of the window that opens it, with the step there after a slash; "" = its form
    own_card: bool = False  # that page shows it in a card of its own making, not in a plain list at its foot
    packet: str = "plain"  # the section of facets.PACKET_TABLES that prints it; "" = sections of its own do
    missed: bool = False  # the packet says so where none is recorded
    weight: int = 0  # how much it tells in the packet's course of things, up to 9; 0 = it is no line there
    quote: Quote | None = None  # the words in which a clinician judged, to be printed as said
    by: tuple[str, ...] = ()  # the fields that name who made, wrote or did it, whichever is filled first
    tells: tuple[str, ...] | None = None  # the fields that a line about it quotes; None = the columns of its table
    chronology: bool = True  # it is a line of the chronology
    portrait: bool = False  # a person's portrait counts it

    # What it is for the rest of the house.
    same_fact: SameFact | None = None  # how another source's is recognised as the same; None = both are kept
    lasting: bool = False  # it is no event: it stands whatever its date, as an allergy or an address does
    ended_by: tuple[Status, ...] = ()  # the statuses that end what is under way until then; () = it is an event
    medical: bool = True  # its words may be sensitive: on somebody's health, or by whom and what for they were seen
    finding: bool = False  # it is a result or a paper that can prove something
    contact: bool = False  # it is a visit, a call, a letter: a word with a doctor that may answer a report
    reminder: str = ""  # what of it can be due, one of facets.REMINDERS
    decision: Decision | None = None  # what is to be decided, and by when
    at_most: int = 0  # how many of the latest a packet looks at; 0 = all

    # How it comes in and goes out.
    everyday: tuple[Everyday, ...] = ()  # its lines at the top of the menu “Add”
    typed: bool = True  # an empty form of it may be opened
    fhir: str = "Basic"  # the mapping that writes and reads FHIR; Basic carries every field as an extension
    ips: bool = False  # the International Patient Summary has a profile of this resource

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", (*self.fields, *OWN))
        for facet, known in (("timeline", TIMELINE), ("packet", PACKET_TABLES), ("reminder", REMINDERS)):
            named = getattr(self, facet)
            if named and named not in known:
                raise ValueError(f"{self.name}: there is no {facet} “{named}”; use one of {', '.join(known)}")

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def columns(self) -> tuple[Field, ...]:
        """The fields that a table of this kind shows."""
        return tuple(field for field in self.fields if field.in_table)

    @property
    def telling(self) -> tuple[str, ...]:
        """The fields that a line about an entry quotes after its title."""
        if self.tells is not None:
            return self.tells
        return tuple(field.name for field in self.columns if field.name not in COLUMNS)

    def author(self, entry: Entry) -> str:
        """Who made, ordered, wrote or did it, as the record names them; "" where it doesn't."""
        return next((entry.text(name) for name in self.by if entry.text(name)), "")

    def author_and_place(self, entry: Entry) -> str:
        """All whom the record names for it, and where it was, each once: `Dr Ada Marsh, St Anne’s`."""
        names = (entry.text(name) for name in (*self.by, "place"))
        return ", ".join(dict.fromkeys(name for name in names if name))

    def value(self, entry: Entry, field: Field) -> Json:
        """The stored value of a field of an entry; None where it is absent."""
        if field.name in ("happened", "ended"):
            when = entry.happened if field.name == "happened" else entry.ended
            return when.text if when else None
        if field.name in COLUMNS:
            return getattr(entry, field.name) or None
        return entry.data.get(field.name)

    def show(self, entry: Entry, field: Field) -> str:
        """A field of an entry in plain words; a date with its precision."""
        if field.name == "happened":
            return entry.happened.spoken() if entry.happened else ""
        if field.name == "ended":
            return entry.ended.spoken() if entry.ended else ""
        if field.name == "value_text":
            return entry.spoken_value()
        if field.name == "dose":
            return spoken_dose(entry.text("dose"))
        return field.show(self.value(entry, field))
