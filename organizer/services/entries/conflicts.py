"""What two sources say differently: shown side by side, settled by the person, taken back like everything else."""

from dataclasses import dataclass
from typing import Literal

from organizer.base.i18n import _, ngettext
from organizer.health.titles import plain_title
from organizer.model.entry import Changes, Entry, Link
from organizer.model.ids import PersonId
from organizer.model.kind import OWN
from organizer.model.kinds import find_kind
from organizer.model.links import Role
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Replace

Choice = Literal["first", "second", "both"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two entries on the same fact: `first` was in the record before `second` came.

    `differs` names each field that differs, with what the first and the second say of it ("" for nothing).
    """

    first: Entry
    second: Entry
    differs: tuple[tuple[str, str, str], ...]


def unsettled(record: Record, person: PersonId) -> list[Conflict]:
    """The conflicts of a person that are still open, in the order they came."""
    conflicts = []
    for second in reading.linking(record, Role.CONFLICTS_WITH, person):
        for first in reading.many(record, second.targets(Role.CONFLICTS_WITH)):
            if not first.struck and not second.struck:
                conflicts.append(Conflict(first, second, differing(first, second)))
    return conflicts


def in_words(count: int) -> str:
    """How many there are, as a sentence."""
    words = ngettext(
        "{n} fact stands differently in two sources.", "{n} facts stand differently in two sources.", count
    )
    return words.format(n=count)


def settle(record: Record, conflict: Conflict, keep: Choice) -> Changes:
    """Keep one of the two as the fact (the other one stays, struck through), or both. Raises NotFoundError."""
    first, second = reading.get(record, conflict.first.id), reading.get(record, conflict.second.id)
    links = tuple(link for link in second.links if link != Link(Role.CONFLICTS_WITH, first.id))
    title = plain_title(second)
    if keep == "both":
        label = _("Kept both values of “{title}”").format(title=title)
        return change_log.apply(record, label, [Replace(second.having(links=links))])
    label = _("Settled “{title}”: {value}").format(
        title=title, value=_value_or_file(first if keep == "first" else second)
    )
    if keep == "first":
        edits = [Replace(second.having(links=(*links, Link(Role.SET_ASIDE_FOR, first.id))))]
    else:
        set_aside = first.having(links=(*first.links, Link(Role.SET_ASIDE_FOR, second.id)))
        edits = [Replace(second.having(links=links)), Replace(set_aside)]
    return change_log.apply(record, label.rstrip(": "), edits)


def differing(first: Entry, second: Entry) -> tuple[tuple[str, str, str], ...]:
    """The fields in which two entries of a kind differ: label, what the one says, what the other says."""
    kind = find_kind(first.kind)
    return tuple(
        (_(field.label), kind.show(first, field), kind.show(second, field))
        for field in kind.fields
        if field not in OWN and field.name != "unit" and kind.show(first, field) != kind.show(second, field)
    )


def _value_or_file(entry: Entry) -> str:
    return entry.spoken_value() or (entry.sources[0].file_name if entry.sources else "")
