"""Whose records a file holds: never merged silently, never guessed from a name alone when more is known."""

from dataclasses import replace

from organizer.importing.core.format import Draft
from organizer.model.entry import Entry, Source
from organizer.model.interchange import ID_PREFIX


def key_of(person: Entry) -> str:
    """By what a person is told apart in the files of one import: name and birth date."""
    return f"{' '.join(_name(person.title))}|{person.text('birth_date')}"


def same_person(draft: Entry, known: Entry) -> bool:
    """True when name and birth date agree; a birth date or sex that only one of them has doesn't speak against it.

    A name under which the person was met before (and said to be the same) is theirs too.
    """
    names = [known.title, *(known.data.get("other_names") or ())]
    if _name(draft.title) not in map(_name, names):
        return False
    return all(
        not draft.text(name) or not known.text(name) or draft.text(name) == known.text(name)
        for name in ("birth_date", "sex")
    )


def choose_person(draft: Draft, people: list[Entry], chosen: Entry | None, only_patient: bool) -> Entry | None:
    """The person of the record whose Patient draft this is; None: somebody new.

    `chosen` is whom the person named for this import: taken for the file's only patient, whatever the name.
    """
    ours = next((one for one in people if draft.identifier == ID_PREFIX + one.id), None)
    known = ours or next((one for one in people if same_person(draft.entry, one)), None)
    identified = next((one for one in people if draft.identifier and _came_as(one, draft.identifier)), None)
    if chosen is not None and (only_patient or known is chosen):
        return chosen
    if ours is not None:
        return ours
    return identified if identified and known is identified else known


def filled(known: Entry, draft: Draft, source: Source) -> Entry:
    """The person with what the source adds; what the record says already stays as it is.

    A source system that names them once more, and says nothing new, is no further source: discs have a thousand files.
    """
    data = dict(known.data)
    for name, value in draft.entry.data.items():
        if value not in (None, "", []) and data.get(name) in (None, "", []):
            data[name] = value
    if _name(draft.entry.title) != _name(known.title):
        names = list(data.get("other_names") or [])
        data["other_names"] = names if draft.entry.title in names else [*names, draft.entry.title]
    new = data != dict(known.data)
    again = source.identifier == ID_PREFIX + known.id or any(
        one.document == source.document or (one.identifier == source.identifier and not new) for one in known.sources
    )
    sources = known.sources if again else (*known.sources, source)
    return replace(known, data=data, sources=sources, codes=known.codes or draft.entry.codes)


def _came_as(person: Entry, identifier: str) -> bool:
    return any(source.identifier == identifier for source in person.sources)


def _name(name: str) -> tuple[str, ...]:
    """A name to compare: its words, without order of title and case."""
    words = name.casefold().replace(",", " ").replace(".", " ").split()
    return tuple(sorted(word for word in words if word not in ("mr", "mrs", "ms", "dr")))
