"""How sure a German diagnosis is: the letter that goes with each code of ICD-10-GM.

G is sure, V suspected, A ruled out, Z a state after it (extension `icd-10-gm-diagnosesicherheit` of the coding:
medizininformatik-initiative.de, search parameter on Condition.code.coding; letters: CRAN ICD10gm, “Coding Covid-19”;
looked up 2026-11-29). Practices write it beside FHIR's own status, or in its place.
"""

from itertools import chain

from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.node import Node
from organizer.model.statuses import AnyStatus, Status, Verification

_EXTENSION = "/icd-10-gm-diagnosesicherheit"
_SURE = {"G": Verification.CONFIRMED, "V": Verification.PROVISIONAL, "A": Verification.REFUTED}
_RULED_OUT, _STATE_AFTER = "A", "Z"


def letter_of(resource: Node) -> str:
    """The letter beside a code of a Condition; "" where none has one, or two have different ones."""
    codings = fhir.children(resource.get("code"), "coding")
    letters = set(chain.from_iterable(map(_letters, codings)))
    return letters.pop() if len(letters) == 1 else ""


def _letters(coding: Node) -> list[str]:
    letters = [each for each in fhir.children(coding, "extension") if fhir.text(each, "url").endswith(_EXTENSION)]
    return [fhir.text(each, "valueCoding", "code") for each in letters]


def verified(status: str, letter: str) -> str:
    """How sure a diagnosis is: by FHIR's status; what the letter rules out is ruled out whatever that says."""
    if letter == _RULED_OUT:
        return Verification.REFUTED
    return status or str(_SURE.get(letter, ""))


def course(status: AnyStatus, letter: str) -> AnyStatus:
    """The course of a diagnosis: a state after it is over, where nothing else is said."""
    return Status.RESOLVED if letter == _STATE_AFTER and status == Status.NOT_SAID else status
