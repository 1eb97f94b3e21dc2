"""How sure a German diagnosis is: the letter that goes with each code of ICD-10-GM.

G is sure, V suspected, A ruled out, Z a state after it (KBV_CS_SFHIR_ICD_DIAGNOSESICHERHEIT, OID
1.2.276.0.76.3.1.1.5.1.21; in FHIR the extension `icd-10-gm-diagnosesicherheit` of the coding; looked up 2026-11-29).
Practices write it beside the standard's own status, or in its place.
"""

from collections.abc import Iterable

from organizer.model.statuses import AnyStatus, Status, Verification

SYSTEM = "1.2.276.0.76.3.1.1.5.1.21"
_SURE = {"G": Verification.CONFIRMED, "V": Verification.PROVISIONAL, "A": Verification.REFUTED}
_RULED_OUT, _STATE_AFTER = "A", "Z"
_WORDS = {"ausgeschlossen": "A", "gesichert": "G", "verdacht": "V", "zustand nach": "Z"}


def letter_in(words: str) -> str:
    """The letter that a name of it stands for, as systems spell it; "" for any other words."""
    folded = words.strip().casefold()
    return next((letter for word, letter in _WORDS.items() if folded.startswith(word)), "")


def only(letters: Iterable[str]) -> str:
    """The one letter that is told; "" where none is, or two differ."""
    known = {letter for letter in letters if letter in (*_SURE, _STATE_AFTER)}
    return known.pop() if len(known) == 1 else ""


def verified(status: str, letter: str) -> str:
    """How sure a diagnosis is: by its status; what the letter rules out is ruled out whatever that says."""
    if letter == _RULED_OUT:
        return Verification.REFUTED
    return status or str(_SURE.get(letter, ""))


def course(status: AnyStatus, letter: str) -> AnyStatus:
    """The course of a diagnosis: a state after it is over, where nothing else is said."""
    return Status.RESOLVED if letter == _STATE_AFTER and status == Status.NOT_SAID else status
