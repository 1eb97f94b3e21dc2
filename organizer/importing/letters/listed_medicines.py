"""An item of a list of medicines: what it says of one, whether that is taken, since and until when."""

from dataclasses import dataclass

from organizer.base.dates import parse_date, today
from organizer.base.i18n import _, marked
from organizer.health.absence import absence_in
from organizer.importing.letters.headings import is_of_now
from organizer.importing.letters.items import is_sentence
from organizer.importing.letters.medicines import Medicine, is_named, medicine_in, state_in
from organizer.importing.letters.model import LetterProposal, LetterReading
from organizer.importing.letters.paragraphs import Item
from organizer.importing.letters.phrases import MEDICINES_NOW, MEDICINES_STOPPED, TREATMENT, any_of, plain, words
from organizer.importing.letters.proposals import none_known, proposal_of
from organizer.importing.letters.sections import Section
from organizer.importing.letters.statements import without_date, without_day_of_stop, without_end, without_last_given
from organizer.model.statuses import AnyStatus, Status

_NOW_NOT_SAID = marked("The heading doesn’t say whether it is taken now.")
_MOST_IN_A_NAME = 14
"""Words of an item of a list: what is longer is running text."""
_LONGEST_SUPPLY = 365
"""Days that one prescription may last (design judgement)."""


@dataclass(frozen=True, slots=True)
class _Times:
    """Since and until when, and when it was last handed over: partial dates, "" where a line doesn't say so."""

    since: str
    until: str
    given: str

    @property
    def is_over(self) -> bool:
        """Whether an end is told, and lies behind."""
        end = parse_date(self.until)
        return end is not None and end.last_day < today()

    @property
    def is_long_ago(self) -> bool:
        """Whether it was last handed over so long ago that a list of repeats says nothing of now."""
        day = parse_date(self.given)
        return day is not None and (today() - day.last_day).days > _LONGEST_SUPPLY


def read_medicine(section: Section, item: Item, reading: LetterReading) -> bool:
    """Adds what an item says of a medicine, or why it says nothing; True where it is running text."""
    if _says_none(item.text.strip(" .")):
        reading.proposals.append(none_known("MedicationStatement", section, item))
        return False
    text, times = _times_in(item.text)
    medicine = _medicine_in(text, item, section)
    if medicine is not None:
        reading.proposals.append(_proposed(medicine, times, section, item))
        return False
    if section.sort == TREATMENT or is_sentence(item.text):
        return True
    reading.left_out.append(_("“{words}” could not be read as a medicine").format(words=item.text))
    return False


def _says_none(text: str) -> bool:
    """Whether an item says that no medicine is taken."""
    if absence_in("MedicationStatement", (), text) is not None:
        return True
    return any_of("no_medicines").search(text) is not None and len(text.split()) <= _MOST_IN_A_NAME


def _times_in(text: str) -> tuple[str, _Times]:
    """A line without its dates, and what they tell."""
    text, given = without_last_given(text)
    text, stopped = without_day_of_stop(text)
    text, until = without_end(text)
    text, since = without_date(text)
    return text, _Times(since, until or stopped, given)


def _medicine_in(text: str, item: Item, section: Section) -> Medicine | None:
    """The medicine of a line; None where it is only thought of, or the line names none."""
    is_only_thought_of = any_of("hypothetical_medicine").search(state_in(text)[1]) is not None
    medicine = None if is_only_thought_of else medicine_in(text)
    is_short = len(item.tokens) <= 2 * _MOST_IN_A_NAME
    return (
        medicine
        if medicine is not None and is_short and is_named(medicine, section.sort != TREATMENT, item.text)
        else None
    )


def _proposed(medicine: Medicine, times: _Times, section: Section, item: Item) -> LetterProposal:
    """A medicine with how it stands: a day beside `stopped` is that of its end, and what ended isn't taken now."""
    state, since, until = _state(section, medicine, times), times.since, times.until
    if state == Status.STOPPED and not until:
        since, until = "", since
    if state == Status.ACTIVE and times.is_over:
        state = Status.COMPLETED  # `Marcumar bis 2021` within a list of now
    fields = {
        "title": medicine.name,
        "dose": medicine.dose,
        "frequency": medicine.frequency,
        "reason": medicine.reason,
        "happened": since,
        "ended": until,
        "status": state,
    }
    doubts = [] if state else [_(_NOW_NOT_SAID)]
    return proposal_of("MedicationStatement", fields, section, item, doubts)


def _state(section: Section, medicine: Medicine, times: _Times) -> AnyStatus:
    """Whether a medicine is taken: by its own line, else by its heading."""
    if medicine.state:
        return medicine.state
    if medicine.label or times.is_long_ago:
        return Status.NOT_SAID
    if section.sort == MEDICINES_STOPPED:
        # Whether it was taken before, `do not take` doesn't say.
        is_warning = plain(section.heading) in words("not_to_be_taken")
        return Status.NOT_TAKEN if is_warning else Status.STOPPED
    is_now = section.sort == MEDICINES_NOW or (section.sort == TREATMENT and is_of_now(section.heading))
    return Status.ACTIVE if is_now else Status.NOT_SAID
