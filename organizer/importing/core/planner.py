"""One file after the other: recognise, read, say whose it is, match. What files leave open is asked, not guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from organizer.base.dates import now
from organizer.base.errors import OrganizerError, UnknownFormatError, UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.identifiers import new_id
from organizer.base.progress import Progress
from organizer.importing.core.answers import LEFT_OUT, SOMEBODY_NEW, Answers
from organizer.importing.core.copies import Copies
from organizer.importing.core.format import Draft, Format, Reading, Skipped, SourceFile
from organizer.importing.core.matching import Matcher
from organizer.importing.core.persons import choose_person, filled, key_of
from organizer.importing.core.plan import FilePlan, PersonInFiles, PlannedItem
from organizer.importing.formats import FORMATS
from organizer.importing.formats.health_cards.codes import total_of
from organizer.importing.formats.health_cards.reader import read_codes
from organizer.model.entry import Entry, Link, Source
from organizer.store import entries as reading
from organizer.store.database import Database


def recognise(source: SourceFile) -> Format:
    """The format of a file by its content. Raises UnknownFormatError."""
    for one in FORMATS:
        if one.recognises(source):
            return one
    raise UnknownFormatError(
        _("“{name}” isn’t a kind of file that Casebook reads.").format(name=source.name),
        _("Ask for the records as FHIR, C-CDA (CCD) or PDF; the other files of this import are not affected."),
    )


def _unreadable(source: SourceFile, error: Exception) -> UnreadableSourceError:
    if isinstance(error, OSError):
        message = _("“{name}” can’t be read to its end.")
        return UnreadableSourceError(
            message.format(name=source.name), _("Copy the file to this computer, then import it again.")
        )
    message = _("“{name}” is built too large or too deep to be read.")
    return UnreadableSourceError(message.format(name=source.name), _("Ask for it in parts, or as PDF."))


class Planner:
    """Carries what the files of one import have in common: the people and what was matched so far."""

    def __init__(self, database: Database, person: str, answers: Answers) -> None:
        self._database = database
        self._answers = answers
        self._matcher = Matcher(database)
        self._copies = Copies(database)
        self._people = reading.find(database, reading.Query(kinds=("Patient",), order="created"))
        self._known = frozenset(one.id for one in self._people)
        self._chosen = self._of_id(person)
        self._asked: dict[str, PersonInFiles] = {}
        self._made: dict[str, str] = {}  # key of a person in the files → id of whom the person called new
        self._parts: dict[int, list[str]] = {}
        self._file = self._item = 0

    @property
    def people(self) -> list[PersonInFiles]:
        """Whose records the files hold, in the order they were met."""
        return list(self._asked.values())

    def file(self, source: SourceFile, error: OrganizerError | None, progress: Progress) -> FilePlan:
        """What one file would bring; an error stays with its file."""
        plan = FilePlan(source.name, source, error=error)
        self._file += 1
        if error is not None:
            return plan
        source.answers, source.room = self._answers, self._database.path
        try:
            format_ = recognise(source)
            plan.format = format_.name
            found = self._with_whole_card(format_.read(source, progress), source, progress)
        except OrganizerError as refused:
            plan.error = refused
            return plan
        except (OSError, MemoryError, RecursionError) as broken:
            plan.error = _unreadable(source, broken)
            return plan
        return self._filled(plan, found)

    def again(self, before: FilePlan, progress: Progress) -> FilePlan:
        """The same file after another answer: read again only where the answer changes what is read."""
        if before.found is None or before.found.tables or before.has_cards:
            return self.file(before.source, before.error if not before.format else None, progress)
        self._file += 1
        return self._filled(FilePlan(before.file, before.source, before.format), before.found)

    def finish(self, files: Sequence[FilePlan]) -> None:
        """Join the sources that the files bring for what is known; say which parts of health cards lack the others."""
        for file in reversed(files):
            file.items = self._matcher.with_joined(file.items)
        for file in files:
            parts = file.found.card_parts if file.found else []
            if any(part in self._parts.get(total_of(part), ()) for part in parts):
                file.warnings.append(
                    _("The QR code is one part of a health card: import the pictures of all its parts together.")
                )

    def _with_whole_card(self, found: Reading, source: SourceFile, progress: Progress) -> Reading:
        """With the file that brings the last part of a health card comes the card."""
        for part in found.card_parts:
            parts = self._parts.setdefault(total_of(part), [])
            parts.append(part)
            whole = read_codes(parts, source, progress)
            if not whole.card_parts:
                del self._parts[total_of(part)]
                found.add(whole)
        return found

    def _filled(self, plan: FilePlan, found: Reading) -> FilePlan:
        self._item, plan.found = 0, found
        plan.skipped, plan.embedded = found.skipped, found.embedded
        plan.warnings = list(found.warnings)
        plan.items = self._items(plan, found)
        return plan

    def _items(self, plan: FilePlan, found: Reading) -> list[PlannedItem]:
        source, gone = plan.source, list[Skipped]()
        drafts = self._copies.wanted(self._wanted(plan, found), gone)
        plan.skipped = [*plan.skipped, *gone]
        patients = [draft for draft in drafts if draft.entry.kind == "Patient"]
        planned = {id(draft): self._patient(draft, plan, len(patients) == 1) for draft in patients}
        persons = {draft.identifier: planned[id(draft)].entry.id for draft in patients}
        nobody = self._nobody(planned)
        owners = [persons.get(draft.patient, nobody) for draft in drafts]
        self._count(drafts, planned)
        self._matcher.prepare(drafts, owners, source.sha256)
        items = [
            planned.get(id(draft)) or self._decided(draft, owner, source)
            for draft, owner in zip(drafts, owners, strict=True)
        ]
        return [self._linked(item) for item in items]

    def _decided(self, draft: Draft, owner: str, source: SourceFile) -> PlannedItem:
        """By its id where it is another copy's entry that the record has too; else by what it says."""
        key = self._next_key()
        if draft.former is None:
            return self._matcher.decide(draft, owner, _source(draft, source), key)
        item = self._copies.decide(draft, key)
        if item is None:
            item = self._matcher.decide(draft, owner, _source(draft, source), key)
            self._matcher.name(draft.identifier, item.entry)
        elif item.verdict != "known":
            self._matcher.remember(item.entry)
        return item

    def _wanted(self, plan: FilePlan, found: Reading) -> list[Draft]:
        """The drafts without those of people whom the person leaves out; these are skipped by name."""
        keys = {draft.identifier: key_of(draft.entry) for draft in found.drafts if draft.entry.kind == "Patient"}
        unwanted = {one for one, key in keys.items() if self._answers.people.get(key) == LEFT_OUT}
        if not unwanted:
            return found.drafts
        only = next(iter(keys)) if len(keys) == 1 else ""
        wanted = []
        for draft in found.drafts:
            is_patient = draft.entry.kind == "Patient"
            whose = draft.identifier if is_patient else draft.patient if draft.patient in keys else only
            if whose not in unwanted:
                wanted.append(draft)
                continue
            if is_patient:
                self._remember_who(keys[whose], draft, "")
            self._asked[keys[whose]].entries += int(not is_patient)
            where = draft.entry.sources[0].locator if draft.entry.sources else ""
            reason = _("You left {name} out.").format(name=self._asked[keys[whose]].name)
            plan.skipped = [*plan.skipped, *[Skipped(where, draft.entry.kind, reason)] * draft.things]
        return wanted

    def _count(self, drafts: Sequence[Draft], planned: Mapping[int, PlannedItem]) -> None:
        """How many entries each person of the files has; those of nobody's stand under an empty name."""
        keys = {draft.identifier: key_of(draft.entry) for draft in drafts if id(draft) in planned}
        only = next(iter(keys.values())) if len(planned) == 1 else ""
        for draft in drafts:
            if id(draft) not in planned:
                asked = self._asked.get(keys.get(draft.patient, only)) or self._asked_nobody()
                asked.entries += 1

    def _asked_nobody(self) -> PersonInFiles:
        """The things for which no file names anybody: sure where the person said whose, or only one is here."""
        if "" not in self._asked:
            whose = self._nobody({})
            sure = bool(self._answers.people.get("") or self._answers.unnamed or self._chosen)
            self._asked[""] = PersonInFiles("", "", "", "", whose, settled=sure or len(self._known) == 1)
        return self._asked[""]

    def _nobody(self, planned: Mapping[int, PlannedItem]) -> str:
        """Whose the things are for which the file names nobody: its only patient, the chosen, the first person."""
        if len(planned) == 1:
            return next(iter(planned.values())).entry.id
        first = self._people[0] if self._people else None
        told = self._of_id(self._answers.people.get("", "")) or self._of_id(self._answers.unnamed)
        whose = self._chosen or told or first
        return whose.id if whose else ""

    def _patient(self, draft: Draft, plan: FilePlan, only: bool) -> PlannedItem:
        key = key_of(draft.entry)
        known = self._who(key, draft, only)
        written = _source(draft, plan.source)
        if known is None:
            fresh = draft.own_id or new_id()
            sources = (written,) if draft.former is None else draft.written or ()
            entry = replace(draft.entry, id=fresh, person=fresh, sources=sources)
            item = PlannedItem(self._next_key(), draft, "new", entry)
            self._people.append(entry)
        else:
            newer = self._copies.newer_person(draft, known)
            entry = newer or filled(known, draft, written)
            same = entry == known if newer else entry.data == dict(known.data)
            item = PlannedItem(self._next_key(), draft, "known" if same else "updated", entry, known)
            self._people[self._people.index(known)] = entry
            self._say_other_name(known, draft, plan)
            if self._chosen is known:
                self._chosen = entry
        self._remember_who(key, draft, item.entry.id)
        self._matcher.remember(item.entry)
        return item

    def _who(self, key: str, draft: Draft, only: bool) -> Entry | None:
        """The person of the record, or of an earlier file, whose Patient draft this is; None: somebody new."""
        answer = self._answers.people.get(key, "")
        if answer == SOMEBODY_NEW:
            return self._of_id(self._made.get(key, ""))
        return self._of_id(answer) or choose_person(draft, self._people, self._chosen, only)

    def _remember_who(self, key: str, draft: Draft, person: str) -> None:
        if self._answers.people.get(key) == SOMEBODY_NEW:
            self._made[key] = person
        if key not in self._asked:
            settled = key in self._answers.people or person in self._known
            born, sex = draft.entry.text("birth_date"), draft.entry.text("sex")
            self._asked[key] = PersonInFiles(key, draft.entry.title, born, sex, person, settled)

    def _say_other_name(self, known: Entry, draft: Draft, plan: FilePlan) -> None:
        """Whom the person named for an import is taken at their word, but never without saying so."""
        if self._chosen is known and key_of(draft.entry).split("|")[0] != key_of(known).split("|")[0]:
            words = _("The file names {file}; as you said, it is taken as {person}’s.")
            plan.warnings.append(words.format(file=draft.entry.title, person=known.title))

    def _of_id(self, person: str) -> Entry | None:
        return next((one for one in self._people if one.id == person), None) if person else None

    def _linked(self, item: PlannedItem) -> PlannedItem:
        """Links by a source's identifiers become links to entries; those that lead nowhere fall away."""
        if item.verdict == "known" or not item.draft.entry.links:
            return item
        ids = {link: self._matcher.resolve(link.target, item.entry.person) for link in item.draft.entry.links}
        links = [Link(link.role, target) for link, target in ids.items() if target and target != item.entry.id]
        kept = [link for link in item.entry.links if link not in ids]
        entry = replace(item.entry, links=(*links, *kept))
        self._matcher.remember(entry)
        return replace(item, entry=entry)

    def _next_key(self) -> str:
        """The same thing has the same key when the plan is made again."""
        self._item += 1
        return f"{self._file}.{self._item}"


def _source(draft: Draft, file: SourceFile) -> Source:
    if draft.former is not None:
        told = next(iter(draft.written or ()), Source())
        return replace(told, identifier=told.identifier or draft.identifier)
    told = draft.entry.sources[0] if draft.entry.sources else Source()
    # What the source gave no name is named by its file and place, so that the same file again is known.
    name = told.identifier or f"{file.sha256}#{told.locator}"
    when = now().isoformat(timespec="seconds")
    if draft.written is not None and not any(one.document for one in draft.written):
        # What somebody typed in stays theirs: an export of it doesn't make it a document's.
        typed = next(iter(draft.written), Source())
        return Source("", "", name, told.version, told.file_name, typed.recorded_by, typed.recorded_at)
    return Source(file.sha256, told.locator, name, told.version, PurePath(file.name).name, told.recorded_by, when)
