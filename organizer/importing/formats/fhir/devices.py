"""A device and the statements of its use are one thing that the person has: the use tells since when, and where."""

from collections.abc import Sequence
from dataclasses import replace

from organizer.importing.core.format import Draft
from organizer.model.links import Role


def with_their_use(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, each device with what the statements of its use add; a statement without its device stays alone.

    What the device says itself goes before what is said of its use. Each joined statement still counts as read.
    """
    known = {draft.identifier: draft for draft in drafts if draft.entry.kind == "Device" and draft.identifier}
    gone: set[int] = set()
    for use in drafts:
        target = next((link.target for link in use.entry.links if link.role == Role.DEVICE), "")
        device = known.get(target)
        if device is None or device is use or use.entry.kind != "Device" or device.written is not None:
            continue
        known[target] = _joined(device, use)
        gone.add(id(use))
    return [known.get(draft.identifier, draft) for draft in drafts if id(draft) not in gone]


def _joined(device: Draft, use: Draft) -> Draft:
    entry = replace(
        device.entry,
        happened=device.entry.happened or use.entry.happened,
        ended=device.entry.ended or use.entry.ended,
        data={**use.entry.data, **device.entry.data},
        links=(*device.entry.links, *(link for link in use.entry.links if link.role != Role.DEVICE)),
    )
    return replace(device, entry=entry, stands_for=device.stands_for + use.stands_for)
