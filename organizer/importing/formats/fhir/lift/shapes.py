"""Moving elements about in a resource. Each function says whether there was anything to move."""

from collections.abc import Mapping

from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.node import Node


def rename(node: Node, **names: str) -> bool:
    """Move elements to their later names (`old="new"`); one that has the later name already keeps what it says."""
    moved = False
    for old, new in names.items():
        if old in node and old != new:
            value = node.pop(old)
            node.setdefault(new, value)
            moved = True
    return moved


def rename_choice(node: Node, old: str, new: str) -> bool:
    """Move `old[x]` to `new[x]`, whatever its type."""
    kind, _value = fhir.choice(node, old)
    return bool(kind) and rename(node, **{old + kind: new + kind})


def concept_from_code(node: Node, name: str, system: str) -> bool:
    """A bare code becomes a CodeableConcept."""
    value = node.get(name)
    if not isinstance(value, str):
        return False
    node[name] = {"coding": [{"system": system, "code": value}]}
    return True


def text_from_string(node: Node, name: str) -> bool:
    """Words become a CodeableConcept that has only words."""
    value = node.get(name)
    if not isinstance(value, str):
        return False
    node[name] = {"text": value}
    return True


def note_from_string(node: Node, *names: str) -> bool:
    """Words under any of these names become a note (Annotation), after those that are there."""
    notes, moved = list(fhir.children(node, "note")), False
    for name in names:
        value = node.get(name)
        if isinstance(value, str):
            notes.append({"text": value})
            del node[name]
            moved = True
        elif name != "note" and isinstance(value, dict | list):
            notes += fhir.children(node, name)
            del node[name]
            moved = True
    if moved:
        node["note"] = notes
    return moved


def recode(node: Node, name: str, codes: Mapping[str, str]) -> bool:
    """A code that has another name now."""
    value = node.get(name)
    if not isinstance(value, str) or value not in codes:
        return False
    node[name] = codes[value]
    return True


def concept_or_reference(node: Node, old: str, concept: str, reference: str) -> bool:
    """`old[x]`, a concept or a reference, becomes one of two lists."""
    return rename(node, **{f"{old}CodeableConcept": concept, f"{old}Reference": reference})


def dose_and_rate(dosage: Node) -> bool:
    """dose[x] and rate[x] of a dosage move into doseAndRate."""
    names = [name for name in dosage if name in _DOSES]
    if not names:
        return False
    dosage.setdefault("doseAndRate", [{name: dosage[name] for name in names}])
    for name in names:
        del dosage[name]
    return True


_DOSES = ("doseQuantity", "doseRange", "doseSimpleQuantity", "rateRatio", "rateRange", "rateQuantity")
