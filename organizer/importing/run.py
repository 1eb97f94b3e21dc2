"""Recognise → read → match → Plan, and what the person accepts of it: one undoable operation."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from organizer.base.dates import now
from organizer.base.errors import OrganizerError, UnknownFormatError, UnreadableSourceError
from organizer.base.identifiers import new_id
from organizer.base.progress import Progress
from organizer.base.words import _, ngettext
from organizer.importing.format import Draft, Format, Reading, SourceFile
from organizer.importing.formats import FORMATS
from organizer.importing.matching import Matcher
from organizer.importing.persons import choose_person, filled
from organizer.importing.plan import FilePlan, ImportPlan, PlannedItem
from organizer.importing.walk import walk
from organizer.records.entry import Changes, Entry, Link, Source
from organizer.store import change_log, originals
from organizer.store import entries as reading
from organizer.store.database import Database


def make_plan(database: Database, paths: Sequence[Path], person: str, progress: Progress) -> ImportPlan:
    """Read files, folders and zips and say what each would bring; nothing is written.

    `person` is the id of whose records they are where the files don't say (or the person said so); "" leaves it to
    the files, and to the record's first person for files that name nobody.
    """
    planner = _Planner(database, person)
    plan = ImportPlan()
    for source, error in walk(paths):
        progress.check()
        progress.report(_("Reading {name}").format(name=source.name), len(plan.files))
        plan.files.append(planner.file(source, error, progress))
    return plan


def accept(
    database: Database, plan: ImportPlan, progress: Progress, leave_out: frozenset[str] = frozenset()
) -> Changes:
    """Write what a plan brings, without the items whose keys are left out: all of it or nothing.

    Raises DiskFullError or Cancelled with the record as it was.
    """
    items = [item for item in plan.items() if item.key not in leave_out]
    edits = _edits(items, plan, leave_out)
    _keep_originals(database, plan, edits, progress)

    def step(done: int) -> None:
        progress.report(_("Writing entries"), done, len(edits))
        progress.check()

    changes = change_log.apply(database, _label(plan, edits), edits, step)
    database.checkpoint()
    return changes


def _label(plan: ImportPlan, edits: Sequence[change_log.Edit]) -> str:
    names = [file.file for file in plan.files if not file.error]
    where = names[0] if len(names) == 1 else ngettext("{n} file", "{n} files", len(names)).format(n=len(names))
    text = ngettext("Imported {n} entry from {where}", "Imported {n} entries from {where}", len(edits))
    return text.format(n=len(edits), where=where)


def _edits(
    items: Sequence[PlannedItem], plan: ImportPlan, leave_out: frozenset[str]
) -> list[change_log.Add | change_log.Replace]:
    """One edit an entry: where several items touch the same one, its last state counts."""
    born = {item.entry.id for item in plan.items() if item.verdict in ("new", "conflict")}
    absent = born - {item.entry.id for item in items} if leave_out else set()
    last: dict[str, change_log.Add | change_log.Replace] = {}
    for item in items:
        if item.writes:
            entry = _without_links_to(item.entry, absent)
            last[entry.id] = change_log.Add(entry) if entry.id in born else change_log.Replace(entry)
    return list(last.values())


def _without_links_to(entry: Entry, absent: set[str]) -> Entry:
    if not any(link.target in absent for link in entry.links):
        return entry
    return replace(entry, links=tuple(link for link in entry.links if link.target not in absent))


def _keep_originals(
    database: Database,
    plan: ImportPlan,
    edits: Sequence[change_log.Add | change_log.Replace],
    progress: Progress,
) -> None:
    """Documents are safe on disk before the entries that point at them."""
    needed = {source.document for edit in edits for source in edit.entry.sources}
    for number, file in enumerate(plan.files):
        if file.error is not None or file.source.sha256 not in needed:
            continue
        progress.check()
        progress.report(_("Keeping {name}").format(name=file.file), number, len(plan.files))
        with file.source.open() as stream:
            originals.put_stream(database, stream, file.source.sha256, Path(file.file).name, file.source.media_type)
        for embedded in file.embedded:
            originals.put(database, embedded.data, embedded.name, embedded.media_type)


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


class _Planner:
    """Carries what the files of one import have in common: the people and what was matched so far."""

    def __init__(self, database: Database, person: str) -> None:
        self._database = database
        self._matcher = Matcher(database)
        self._people = reading.find(database, reading.Query(kinds=("Patient",), order="created"))
        self._chosen = next((one for one in self._people if one.id == person), None)
        self._key = 0

    def file(self, source: SourceFile, error: OrganizerError | None, progress: Progress) -> FilePlan:
        """What one file would bring; an error stays with its file."""
        plan = FilePlan(source.name, source, error=error)
        if error is not None:
            return plan
        try:
            format_ = recognise(source)
            plan.format = format_.name
            found = format_.read(source, progress)
        except OrganizerError as refused:
            plan.error = refused
            return plan
        except (OSError, MemoryError, RecursionError) as broken:
            plan.error = _unreadable(source, broken)
            return plan
        plan.skipped, plan.warnings, plan.embedded = found.skipped, found.warnings, found.embedded
        plan.items = self._items(source, found)
        return plan

    def _items(self, source: SourceFile, found: Reading) -> list[PlannedItem]:
        patients = [draft for draft in found.drafts if draft.entry.kind == "Patient"]
        planned = {id(draft): self._patient(draft, source, len(patients) == 1) for draft in patients}
        persons = {draft.identifier: planned[id(draft)].entry.id for draft in patients}
        nobody = self._nobody(planned)
        owners = [persons.get(draft.patient, nobody) for draft in found.drafts]
        self._matcher.prepare(found.drafts, owners, source.sha256)
        items = [
            planned.get(id(draft)) or self._matcher.decide(draft, owner, _source(draft, source), self._next_key())
            for draft, owner in zip(found.drafts, owners, strict=True)
        ]
        return [self._linked(item) for item in items]

    def _nobody(self, planned: dict[int, PlannedItem]) -> str:
        """Whose the things are for which the file names nobody: its only patient, the chosen, the first person."""
        if len(planned) == 1:
            return next(iter(planned.values())).entry.id
        first = self._chosen or (self._people[0] if self._people else None)
        return first.id if first else ""

    def _patient(self, draft: Draft, source: SourceFile, only: bool) -> PlannedItem:
        known = choose_person(draft, self._people, self._chosen, only)
        written = _source(draft, source)
        if known is None:
            fresh = new_id()
            entry = replace(draft.entry, id=fresh, person=fresh, sources=(written,))
            item = PlannedItem(self._next_key(), draft, "new", entry)
            self._people.append(entry)
        else:
            entry = filled(known, draft, written)
            verdict = "known" if entry.data == dict(known.data) else "updated"
            item = PlannedItem(self._next_key(), draft, "known" if verdict == "known" else "updated", entry, known)
            self._people[self._people.index(known)] = entry
            if self._chosen is known:
                self._chosen = entry
        self._matcher.remember(item.entry)
        return item

    def _linked(self, item: PlannedItem) -> PlannedItem:
        """Links by a source's identifiers become links to entries; those that lead nowhere fall away."""
        if item.verdict == "known":
            return item
        ids = {link: self._matcher.resolve(link.target, item.entry.person) for link in item.draft.entry.links}
        links = [Link(link.role, target) for link, target in ids.items() if target and target != item.entry.id]
        kept = [link for link in item.entry.links if link not in ids]
        entry = replace(item.entry, links=(*links, *kept))
        self._matcher.remember(entry)
        return replace(item, entry=entry)

    def _next_key(self) -> str:
        self._key += 1
        return str(self._key)


def _source(draft: Draft, file: SourceFile) -> Source:
    told = draft.entry.sources[0] if draft.entry.sources else Source()
    when = now().isoformat(timespec="seconds")
    if not told.identifier:
        # What the source gave no name is named by its file and place, so that the same file again is known.
        told = replace(told, identifier=f"{file.sha256}#{told.locator}")
    if draft.written is not None and not any(one.document for one in draft.written):
        # What somebody typed in stays theirs: an export of it doesn't make it a document's.
        typed = next(iter(draft.written), Source())
        return replace(told, locator="", recorded_by=typed.recorded_by, recorded_at=typed.recorded_at)
    return replace(told, document=file.sha256, file_name=Path(file.name).name, recorded_at=when)
