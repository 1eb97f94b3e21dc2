"""Who is who: names, birth dates and identifiers of people compared. Nothing is merged on a name alone."""

from dataclasses import replace

from organizer.health.same_person import has_name, name_words
from organizer.importing.core.format import Draft
from organizer.importing.core.sameness import differ, within_each_other
from organizer.model.entry import Entry, Json, Source
from organizer.model.interchange import ID_PREFIX


def key_of(person: Entry) -> str:
    """By what a person is told apart in the files of one import: name (or identifier) and birth date."""
    return f"{' '.join(name_words(shown_name(person)))}|{person.text('birth_date')}"


def shown_name(person: Entry) -> str:
    """What a person is called; some exports tell no name, so that their identifier must do."""
    return person.title or next((source.identifier for source in person.sources if source.identifier), "")


def same_person(draft: Entry, known: Entry) -> bool:
    """True when name and birth date agree; a birth date or sex that only one of them has doesn't speak against it.

    A medical record number that both have, with the same birth date, says it too, whatever the name now is.
    """
    born = draft.text("birth_date")
    same_day = bool(born) and born == known.text("birth_date")
    if same_day and not _numbers(draft).isdisjoint(_numbers(known)):
        return True
    return has_name(known, shown_name(draft)) and not _contradicts(draft, known)


def _numbers(person: Entry) -> set[str]:
    """The medical record numbers of a person."""
    return set(person.data.get("record_numbers") or ())


def could_be(draft: Entry, known: Entry) -> bool:
    """True where it may be the same person or another one: a middle initial, a married name, a short first name.

    Born on the same day with a word of the name in common; or, where a birth date is missing, one name within the
    other. Twins look the same, so this is only ever a question. Whom a file tells no name of may be anybody. Of one
    name, a birth date that differs by a slip of the pen, or the sex alone, is a question too.
    """
    if _contradicts(draft, known):
        return bool(draft.title) and has_name(known, draft.title) and _differs_by_a_slip(draft, known)
    if not draft.title:
        return True
    mine, theirs = set(name_words(draft.title)), set(name_words(known.title))
    if draft.text("birth_date") and known.text("birth_date"):
        return any(len(word) > 1 for word in mine & theirs)
    return within_each_other(mine, theirs)


def _differs_by_a_slip(draft: Entry, known: Entry) -> bool:
    """Whether birth dates differ by a digit, by two that changed places, by day and month; or the sex alone does."""
    born, known_born = draft.text("birth_date"), known.text("birth_date")
    if born == known_born:
        return True
    sexes = {text for text in (draft.text("sex"), known.text("sex")) if text}
    return len(sexes) < 2 and _is_a_slip(born, known_born)


def _is_a_slip(born: str, other: str) -> bool:
    if len(born) != len(other):
        return False
    wrong = [(mine, theirs) for mine, theirs in zip(born, other, strict=True) if mine != theirs]
    is_turned = sorted(mine for mine, _theirs in wrong) == sorted(theirs for _mine, theirs in wrong)
    is_day_and_month = born[5:] == "-".join(reversed(other[5:].split("-"))) and born[:5] == other[:5]
    return len(wrong) == 1 or (len(wrong) == 2 and is_turned) or is_day_and_month


def _contradicts(draft: Entry, known: Entry) -> bool:
    return any(differ(draft.text(name), known.text(name)) for name in ("birth_date", "sex"))


def is_worldwide(identifier: str) -> bool:
    """True for an identifier that means one person everywhere: a URL, a URN, a CDA root with its extension.

    `Patient/1` means another one on each server.
    """
    return "://" in identifier or "^" in identifier or identifier.startswith(("urn:", "dicom-patient:"))


def short_of(identifier: str) -> str:
    """The last two steps of a FHIR address (`Patient/1`); the identifier itself where it is no address."""
    if "://" not in identifier:
        return identifier
    return "/".join(identifier.rsplit("/", 2)[-2:])


def came_as(person: Entry, identifier: str) -> bool:
    """True where a source called the person by that identifier."""
    return any(source.identifier == identifier for source in person.sources)


def choose_person(draft: Draft, people: list[Entry], chosen: Entry | None, only_patient: bool) -> Entry | None:
    """The person of the record whose Patient draft this is; None: somebody new, or somebody to ask about.

    `chosen` is whom the person named for this import: taken for the file's only patient, whatever the name.
    """
    ours = next((person for person in people if draft.identifier == ID_PREFIX + person.id), None)
    known = ours or next((person for person in people if same_person(draft.entry, person)), None)
    if chosen is not None and (only_patient or known is chosen):
        return chosen
    if known is None and (is_worldwide(draft.identifier) or not draft.entry.title):
        # The same server's same patient under another name (married since), or met before without one.
        met = [person for person in people if came_as(person, draft.identifier)]
        known = next((person for person in met if not _contradicts(draft.entry, person)), None)
    return known


def filled(known: Entry, draft: Draft, source: Source) -> Entry:
    """The person with what the source adds; what the record says already stays as it is.

    A source system that names them once more, and says nothing new, is no further source: discs have a thousand files.
    """
    added = {name: value for name, value in draft.entry.data.items() if not _is_empty(value)}
    data = {**known.data, **{name: value for name, value in added.items() if _is_empty(known.data.get(name))}}
    title = draft.entry.title
    if title and name_words(title) != name_words(known.title):
        names = data.get("other_names") or ()
        data["other_names"] = list(dict.fromkeys((*names, title)))

    again = _is_known_source(known, source, says_more=data != dict(known.data))
    sources = known.sources if again else (*known.sources, source)
    return replace(known, data=data, sources=sources, codes=known.codes or draft.entry.codes)


def _is_empty(value: Json) -> bool:
    return value in (None, "", [])


def _is_known_source(known: Entry, source: Source, says_more: bool) -> bool:
    """Whether a source is one of those that the person has already, or their own entry."""
    if source.identifier == ID_PREFIX + known.id:
        return True
    if any(origin.document == source.document for origin in known.sources):
        return True
    return not says_more and came_as(known, source.identifier)
