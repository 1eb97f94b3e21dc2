"""What the word in the place of a status says in people's own lists: a status, how sure something is, of whom it is."""

from collections.abc import Iterable

from organizer.base.i18n import _
from organizer.importing.formats.tables.headings import plain
from organizer.importing.formats.tables.list_words import MEDICINE, OF_RELATIVES, STATES, VERIFIED
from organizer.model.statuses import Status


def by_word(listed: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What words mean, by each of them as `plain` gives it; `listed` has a meaning with its words."""
    meanings: dict[str, str] = {}
    for meaning, words in listed:
        meanings |= dict.fromkeys(map(plain, words.split("|")), meaning)
    return meanings


_STATES = {kind: by_word(states.items()) for kind, states in STATES.items()}
_VERIFIED = by_word(VERIFIED.items())
_OF_RELATIVES = frozenset(map(plain, OF_RELATIVES.split("|")))


def status_in(word: str, kind: str) -> Status:
    """The status of FHIR R4 that a word means in a list of that kind; Status.NOT_SAID where it means none."""
    return Status(_STATES[kind].get(plain(word), Status.NOT_SAID))


def is_of_a_relative(word: str) -> bool:
    """Whether a list says that a diagnosis is of a relative."""
    return plain(word) in _OF_RELATIVES


def standing_in(word: str, kind: str, note: str) -> dict[str, str]:
    """What a word says that is none of the statuses: how sure something is; else it is kept as it stands."""
    if kind == MEDICINE:
        return {"source_status": word}
    verification = _VERIFIED.get(plain(word), "")
    if verification or not word:
        return {"verification": verification}
    as_written = _("Status, as written: {words}").format(words=word)
    return {"note": "; ".join(filter(None, [note, as_written]))}
