"""Pages that name another patient: a family's print, a letter that slipped into somebody else's pile.

Such a page isn't the person's to give away. It is held back until they have looked at it.
"""

from collections.abc import Sequence

from organizer.health.named_patient import NamedPatient, patient_on
from organizer.health.same_person import is_of_another
from organizer.model.entry import Entry


def pages_of_others(texts: Sequence[str], person: Entry) -> dict[int, str]:
    """The pages (from 1) that are somebody else's, each with whom it names: a name, else a day of birth.

    A page that names nobody goes with the one before it, as in a print of several pages for each of a family.
    """
    whose: dict[int, str] = {}
    stranger = ""
    for number, text in enumerate(texts, 1):
        named = patient_on(text)
        if is_of_another(person, named):
            # A birth date alone may be a relative's whom a letter tells of: that page is doubtful, the next isn't.
            stranger = named.name
            whose[number] = named.spoken()
        elif named != NamedPatient():
            stranger = ""
        elif stranger:
            whose[number] = stranger
    return whose
