"""What a document's statements are called: by their own ids, where an id is one statement's."""

from collections import Counter

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.xml import Element

_AT_ONCE = 200
_CODES = ("h:code", "h:value", "h:consumable//h:code", "h:participant//h:playingEntity/h:code")
_TIMES = ("h:effectiveTime", "h:effectiveTime/h:low")


def names_of(statements: list[Element], document: str, progress: Progress) -> dict[str, str]:
    """For the place of each statement the name by which links and later downloads mean it.

    Some systems give one id to many statements (HL7 Data types R1 has an id name one object). These are told apart
    by what they are about and when, and only then by their order: a new result on top must not rename the others.
    What has no id is named by its place in this `document` (its SHA-256): the same place of another is a stranger.
    """
    owners: dict[str, list[Element]] = {}
    for number, statement in enumerate(statements):
        if number % _AT_ONCE == 0:
            progress.check()
            progress.report(_("Reading the document"), number, len(statements))
        owners.setdefault(cda.once(cda.identifier, statement), []).append(statement)

    # An id of one statement, or of one thing that is told twice, is its name.
    shared = {own for own, several in owners.items() if len(several) > 1 and len({*map(_meaning, several)}) > 1}
    names: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for statement in statements:
        own, place = cda.once(cda.identifier, statement), cda.place_of(statement)
        name = f"{own}#{_meaning(statement)}" if own in shared else own
        if not own:
            name = f"{document}#{place}"
        taken[name] += 1
        names[place] = name if taken[name] == 1 else f"{name}#{taken[name]}"
    return names


def _meaning(statement: Element) -> str:
    """What tells statements of one id apart: the kind of act, its codes and its time."""
    parts = [cda.tag_of(statement)]
    parts += [cda.attribute(statement, path, "code") for path in _CODES]
    parts += [cda.attribute(statement, path, "value") for path in _TIMES]
    return "|".join(part for part in parts if part)
