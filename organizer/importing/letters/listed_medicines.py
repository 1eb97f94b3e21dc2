"""An item of a list of medicines: what it says of one, whether that is taken, since and until when."""

import re

from organizer.base.analyte_names import analytes_named
from organizer.base.dates import parse_date, today
from organizer.base.i18n import _, marked
from organizer.health.absence import absence_in
from organizer.health.medicine_names import is_a_medicine, names_a_medicine
from organizer.importing.letters.headings import is_of_now
from organizer.importing.letters.items import is_sentence
from organizer.importing.letters.medicines import Medicine, medicine_in, state_in
from organizer.importing.letters.model import LetterReading
from organizer.importing.letters.paragraphs import Item
from organizer.importing.letters.phrases import MEDICINES_NOW, MEDICINES_STOPPED, TREATMENT, any_of, plain, words
from organizer.importing.letters.proposals import none_known, proposal_of
from organizer.importing.letters.sections import Section
from organizer.importing.letters.statements import without_date, without_day_of_stop, without_end, without_last_given
from organizer.model.statuses import AnyStatus, Status

_NOW_NOT_SAID = marked("The heading doesn’t say whether it is taken now.")
_MOST_IN_A_NAME = 14
"""Words of an item of a list: what is longer is running text."""
_MOST_WITHOUT_DOSE = 4  # words of a medicine's name that stands alone
_LONGEST_SUPPLY = 365
"""Days that one prescription may last (design judgement)."""


def read_medicine(section: Section, item: Item, reading: LetterReading) -> bool:
    """Adds what an item says of a medicine, or why it says nothing; True where it is running text."""
    text = item.text.strip(" .")
    if absence_in("MedicationStatement", (), text) is not None or (
        any_of("no_medicines").search(text) and len(text.split()) <= _MOST_IN_A_NAME
    ):
        reading.proposals.append(none_known("MedicationStatement", section, item))
        return False
    text, given = without_last_given(item.text)
    text, stopped = without_day_of_stop(text)
    text, until = without_end(text)
    until = until or stopped
    text, since = without_date(text)
    medicine = None if any_of("hypothetical_medicine").search(state_in(text)[1]) else medicine_in(text)
    if medicine is None or len(item.tokens) > 2 * _MOST_IN_A_NAME or not _is_named(medicine, section, item.text):
        if section.sort == TREATMENT or is_sentence(item.text):
            return True
        reading.left_out.append(_("“{words}” could not be read as a medicine").format(words=item.text))
        return False
    state = _state(section, medicine, given)
    if state == Status.STOPPED and since and not until:
        since, until = "", since  # the day beside `stopped` is that of its end
    if state == Status.ACTIVE and _is_over(until):
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
    reading.proposals.append(proposal_of("MedicationStatement", fields, section, item, doubts))
    return False


def _state(section: Section, medicine: Medicine, given: str) -> AnyStatus:
    """Whether a medicine is taken: by its own line, else by its heading; `given` is when it was last handed over."""
    if medicine.state:
        return medicine.state
    if medicine.label or _is_long_ago(given):
        return Status.NOT_SAID
    if section.sort == MEDICINES_STOPPED:
        # Whether it was taken before, `do not take` doesn't say.
        is_warning = plain(section.heading) in words("not_to_be_taken")
        return Status.NOT_TAKEN if is_warning else Status.STOPPED
    is_now = section.sort == MEDICINES_NOW or (section.sort == TREATMENT and is_of_now(section.heading))
    return Status.ACTIVE if is_now else Status.NOT_SAID


def _is_over(until: str) -> bool:
    """Whether a day of an end is told, and lies behind."""
    end = parse_date(until)
    return end is not None and end.last_day < today()


def _is_long_ago(given: str) -> bool:
    """Whether a medicine was last handed over so long ago that a list of repeats says nothing of now."""
    day = parse_date(given)
    return day is not None and (today() - day.last_day).days > _LONGEST_SUPPLY


def _is_named(medicine: Medicine, section: Section, text: str) -> bool:
    """Whether a line names a medicine: with a strength or how often; alone only in few words and no sentence."""
    is_bare = not medicine.dose and not medicine.frequency
    if _is_a_measure(medicine, text) or (is_bare and any_of("of_allergies").search(text)):
        return False  # `Augmentin: allergy`
    if names_a_medicine(medicine.name) and (section.sort != TREATMENT or is_a_medicine(medicine.name.split()[0])):
        return not is_sentence(text) or bool(medicine.dose)
    if is_sentence(text):
        return False
    if medicine.dose or medicine.frequency:
        return not any_of("no_medicine").search(medicine.name) and (
            section.sort != TREATMENT or "%" not in medicine.dose
        )
    bare = re.sub(r"\([^()]*\)", " ", text.rpartition(": ")[2])
    return (
        section.sort != TREATMENT
        and "@" not in text
        and len(bare.split()) <= _MOST_WITHOUT_DOSE
        and not any_of("no_medicine").search(text)
    )


def _is_a_measure(medicine: Medicine, text: str) -> bool:
    """`HbA1c 7.2 %`, `Potassium 4.1 mmol/l` and `Blood pressure` are measured, not taken; `Folic acid 5 mg` is."""
    if any_of("measured").match(medicine.name):
        return True
    if not analytes_named(medicine.name):
        return False
    is_a_bare_number = not medicine.dose and not medicine.frequency and any(map(str.isdigit, text))
    return "%" in medicine.dose or is_a_bare_number
