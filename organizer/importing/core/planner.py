"""Recognise and read each file, then say whose everything is, then match. What files leave open is asked."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import PurePath
from typing import Any

from organizer.base.dates import now
from organizer.base.errors import OrganizerError, UnknownFormatError, UnreadableSourceError
from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.health.same_person import has_name
from organizer.importing.core.answers import Answers
from organizer.importing.core.copies import Copies
from organizer.importing.core.format import Draft, Format, Reading, Skipped, SourceFile
from organizer.importing.core.kept_whole import keep_whole
from organizer.importing.core.matching import Matcher
from organizer.importing.core.pages import Desk, Pages
from organizer.importing.core.persons import filled, key_of, shown_name
from organizer.importing.core.plan import FilePlan, PersonInFiles, PlannedItem, Tally
from organizer.importing.core.whose import Owner, Place, Whose, counted, with_shared_name
from organizer.importing.formats import FORMATS
from organizer.importing.formats.health_cards.codes import total_of
from organizer.importing.formats.health_cards.reader import read_codes
from organizer.importing.page_text.kept_types import is_packed
from organizer.model.entry import Entry, Link, Source
from organizer.model.ids import NO_ORIGINAL, NOBODY, EntryId, PersonId, Sha256, new_id, person_id
from organizer.model.kinds import find_kind
from organizer.model.media_types import promised_type
from organizer.store import entries as reading
from organizer.store.session import Session

_AT_ONCE = 1_000
"""Drafts that are looked at between two reports of progress: some milliseconds."""


def recognise(source: SourceFile) -> Format:
    """The format of a file by its content. Raises UnknownFormatError."""
    for known_format in FORMATS:
        if known_format.recognises(source):
            return known_format
    if is_packed(source.head):
        raise UnknownFormatError(
            _("“{name}” holds other files, packed in a way that isn’t opened here.").format(name=source.name),
            _("Unpack it, then import the folder; a zip is opened as it is."),
        )
    if source.within is not None:
        raise UnknownFormatError(
            _("“{name}” isn’t a kind of file that Casebook reads.").format(name=source.name),
            _("It stays within the mail that it came with, which is kept."),
        )
    if promised_type(source.name):
        # A PDF by its name is asked for again, not as PDF: its bytes are none, so the copy is damaged or locked.
        raise UnknownFormatError(
            _("“{name}” isn’t a kind of file that Casebook reads.").format(name=source.name),
            _("Get the file again from where it came."),
        )
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

    def __init__(self, session: Session, person: PersonId, answers: Answers) -> None:
        self._session = session
        self._answers = answers
        self._desk = Desk(session.path)
        self._matcher = Matcher(session, self._desk)
        self._copies = Copies(session)
        people = reading.find(session, reading.Query(kinds=("Patient",), order="created"))
        self._whose = Whose(people, person, answers)
        self._parts: dict[int, list[str]] = {}
        self._folders: dict[str, dict[str, Any]] = {}

    @property
    def people(self) -> list[PersonInFiles]:
        """Whose records the files hold, in the order they were met."""
        return list(self._whose.asked.values())

    def read(self, source: SourceFile, error: OrganizerError | None, progress: Progress) -> FilePlan:
        """What one file holds; an error stays with its file."""
        plan = self._file_plan(source, error)
        if error is not None:
            return plan
        source.answers, source.record_folder, source.desk = self._answers, self._session.path, self._desk
        source.lived = partial(reading.zones_of_days, self._session)
        source.beside = self._folders.setdefault(source.folder, {})
        try:
            format_ = recognise(source)
            plan.format = format_.name
            plan.reading = self._with_whole_card(format_.read(source, progress), source, progress)
            plan.reading.warnings += [words for words in source.remarks if words not in plan.reading.warnings]
            keep_whole(source, plan.reading)
        except OrganizerError as refused:
            plan.error = refused
        except (OSError, MemoryError, RecursionError) as broken:
            plan.error = _unreadable(source, broken)
        return plan

    def read_again(self, before: FilePlan, progress: Progress) -> FilePlan:
        """The same file after another answer: read again only where the answer changes what is read."""
        if before.reading is None or before.reading.tables or before.has_cards:
            return self.read(before.source, before.error if not before.format else None, progress)
        plan = self._file_plan(before.source, None)
        plan.format, plan.reading = before.format, before.reading
        return plan

    def _file_plan(self, source: SourceFile, error: OrganizerError | None) -> FilePlan:
        return FilePlan(source.name, source, error=error, items=Pages(desk=self._desk))

    def complete(self, files: Sequence[FilePlan], progress: Progress) -> None:
        """Read again what refers to something that a file beside it held, and that was read later."""
        for plan in files:
            if plan.reading is not None and any(name in plan.source.beside for name in plan.reading.leads_to):
                again = self.read(plan.source, None, progress)
                plan.reading, plan.error = again.reading, again.error

    def match(self, files: Sequence[FilePlan], progress: Progress) -> None:
        """What the files bring, all of them read: first the people of all files, then everything else."""
        parts = []
        for number, plan in enumerate(files, start=1):
            if plan.reading is not None:
                parts.append(self._people_of(plan, plan.reading, number, progress))
        self._share_names_in_mails(parts)
        self._whose.look_round(chain.from_iterable(part.references for part in parts))
        for part in parts:
            self._fill(part, progress)
        self._finish(files, progress)

    def _share_names_in_mails(self, parts: Sequence["_Part"]) -> None:
        """What names nobody in a mail, or among the files that came with it, is whose the rest of them is."""
        by_mail: dict[int, list[_Part]] = {}
        for part in parts:
            by_mail.setdefault(id(part.plan.source.outermost), []).append(part)
        for together in by_mail.values():
            if len(together) > 1:
                for part, drafts in zip(together, with_shared_name([part.drafts for part in together]), strict=True):
                    part.drafts = Pages(drafts, self._desk)

    def _finish(self, files: Sequence[FilePlan], progress: Progress) -> None:
        """Links between all files; the sources they bring for what is known; parts of cards that lack the others."""
        for file in reversed(files):
            self._finish_file(file, progress)
        self._say_what_leads_out(files)
        for file in files:
            parts = file.reading.card_parts if file.reading else []
            if any(part in self._parts.get(total_of(part), ()) for part in parts):
                file.warnings.append(
                    _("The QR code is one part of a health card: import the pictures of all its parts together.")
                )

    def _finish_file(self, file: FilePlan, progress: Progress) -> None:
        """The items of a file as they stay, counted; of several files the last one comes first."""
        words, tally, done = _("Comparing {name}").format(name=file.file), Tally(), 0

        def step() -> None:
            progress.check()
            progress.report(words, done, len(file.items))

        def finished(items: list[PlannedItem]) -> list[PlannedItem]:
            nonlocal done
            step()
            done += len(items)
            stay = self._matcher.with_joined(self._linked(items, step))
            tally.note(stay)
            return stay

        file.items.change(finished)
        file.count_as(tally)

    def _say_what_leads_out(self, files: Sequence[FilePlan]) -> None:
        for file in files:
            names = sorted(file.reading.leads_to) if file.reading else []
            self._matcher.look_up(names)
            count = sum(not self._matcher.resolve(name, NOBODY) for name in names)
            if count:
                words = ngettext(
                    "{n} reference leads out of this file.", "{n} references lead out of this file.", count
                )
                file.warnings.append(words.format(n=count))

    def _with_whole_card(self, reading: Reading, source: SourceFile, progress: Progress) -> Reading:
        """With the file that brings the last part of a health card comes the card."""
        for part in reading.card_parts:
            parts = self._parts.setdefault(total_of(part), [])
            parts.append(part)
            whole = read_codes(parts, source, progress)
            if not whole.card_parts:
                del self._parts[total_of(part)]
                reading.add(whole)
        return reading

    def _people_of(self, plan: FilePlan, reading: Reading, number: int, progress: Progress) -> "_Part":
        """A file with its people met; each thing's key is its place in the file, whatever is answered later."""
        self._copies.look_for(reading.drafts)
        plan.skipped, plan.embedded = list(reading.skipped), reading.embedded
        plan.warnings = list(reading.warnings)
        part = _Part(plan, reading.drafts, number, self._whose.place(plan))
        patients = []
        words = _("Comparing {name}").format(name=plan.file)
        for place, draft in enumerate(reading.drafts, start=1):
            if place % _AT_ONCE == 0:
                progress.check()
                progress.report(words, 0, len(reading.drafts))
            if self._copies.was_deleted(draft):
                kind = _(find_kind(draft.entry.kind).label)
                reason = _("You deleted it here. To have it again, undo that or enter it anew.")
                plan.skipped.append(Skipped(draft.entry.title, kind, reason))
            elif draft.entry.kind == "Patient":
                patients.append((place, draft))
            elif draft.patient and not draft.patient_name:
                part.named.add(draft.patient)

        only = len({key_of(draft.entry) for _place, draft in patients}) == 1
        for place, draft in patients:
            known, reason = self._whose.patient(draft, only)
            if reason:
                self._whose.meet(draft, part.place, NOBODY, reason)
                part.hold(draft, reason)
                continue
            item = self._patient(draft, known, part, place)
            part.patients[place] = item
            self._whose.meet(draft, part.place, PersonId(item.entry.id), "")
        return part

    def _fill(self, part: "_Part", progress: Progress) -> None:
        """The items of one file."""
        self._matcher.next_file()
        words = _("Comparing {name}").format(name=part.plan.file)
        done = 0

        def step() -> None:
            progress.check()
            progress.report(words, done, len(part.drafts))

        for drafts in part.drafts.by_page():
            step()
            numbered = list(enumerate(drafts, start=done + 1))
            done += len(drafts)
            owners = {
                place: self._person_of(draft, part, place) for place, draft in numbered if self._asks_whose(draft)
            }
            some = [(draft, owners[place]) for place, draft in numbered if owners.get(place)]
            self._matcher.prepare(
                [draft for draft, _owner in some], [owner for _draft, owner in some], part.sha256, step
            )
            for place, draft in numbered:
                if owners.get(place):
                    item = self._decided(draft, person_id(owners[place]), part, place)
                    self._file_with_mail(item.entry, part.plan.source)
                    part.plan.items.append(item)
                elif place in part.patients:
                    part.plan.items.append(part.patients[place])

    def _asks_whose(self, draft: Draft) -> bool:
        """A person is themselves; what was deleted here is left out."""
        return draft.entry.kind != "Patient" and not self._copies.was_deleted(draft)

    def _person_of(self, draft: Draft, part: "_Part", place: int) -> str:
        """The id of whose a draft is; "" where it is held back."""
        owner = self._whose.owner(draft, part.place)
        counted([owner], self._whose.asked)
        if owner.reason:
            part.hold(draft, owner.reason)
            return ""
        person = owner.person or self._made_up(owner, draft, part, place)
        self._say_assumed(owner, part)
        return person

    def _decided(self, draft: Draft, owner: PersonId, part: "_Part", place: int) -> PlannedItem:
        """By its id where it is another copy's entry that the record has too; else by what it says."""
        key, written = part.key(place), _source(draft, part.plan.source)
        if draft.former is None:
            return self._matcher.decide(draft, owner, written, key)
        item = self._copies.decide(draft, key)
        if item is None:
            item = self._matcher.decide(draft, owner, written, key)
            self._matcher.name(draft.identifier, item.entry)
        elif item.verdict != "known":
            self._matcher.remember(item.entry)
        return item

    def _file_with_mail(self, entry: Entry, source: SourceFile) -> None:
        """The document that came with a mail has the mail as a source too: it is listed with what was read from it."""
        mail = source.within
        if mail is not None and entry.kind == "DocumentReference" and entry.text("file") == source.sha256:
            document, name = Sha256(mail.sha256), PurePath(source.name).name
            when = now().isoformat(timespec="seconds")
            locator = f"attachment={name}"
            file_name = PurePath(mail.name).name
            self._matcher.join(
                entry, Source(document, locator, f"{document}#{locator}", "", file_name, recorded_at=when)
            )

    def _patient(self, draft: Draft, known: Entry | None, part: "_Part", place: int) -> PlannedItem:
        written, key = _source(draft, part.plan.source), part.key(place)
        if known is None:
            fresh = draft.own_id or new_id()
            sources = (written,) if draft.former is None else draft.written or ()
            name = shown_name(draft.entry)
            entry = replace(draft.entry, title=name, id=EntryId(fresh), person=person_id(fresh), sources=sources)
            item = PlannedItem(key, draft, "new", entry)
        else:
            newer = self._copies.newer_person(draft, known)
            entry = newer or filled(known, draft, written)
            same = entry == known if newer else entry.data == dict(known.data)
            item = PlannedItem(key, draft, "known" if same else "updated", entry, known)
            self._say_other_name(known, draft, part.plan)
        self._whose.put(entry)
        self._matcher.remember(item.entry)
        return item

    def _made_up(self, owner: Owner, draft: Draft, part: "_Part", place: int) -> str:
        """Somebody whom no file describes, and whom the person called new: they get an entry with their name."""
        fresh = new_id()
        asked = self._whose.asked[owner.key]
        about = {"birth_date": asked.birth_date} if asked.birth_date else {}
        entry = Entry("Patient", asked.name, id=fresh, person=PersonId(fresh), data=about)
        source = _source(draft, part.plan.source)
        source = replace(source, identifier=draft.patient, locator=f"{source.locator}#subject")
        entry = replace(entry, sources=(source,))
        self._whose.make_new(owner.key, entry)
        self._matcher.remember(entry)
        key = f"{part.key(place)}.person"
        part.plan.items.append(PlannedItem(key, Draft(entry, draft.patient, stands_for=0), "new", entry))
        return fresh

    def _say_assumed(self, owner: Owner, part: "_Part") -> None:
        asked = self._whose.asked.get(owner.key)
        person = self._whose.of_id(owner.person)
        if asked is None or not asked.assumed or person is None:
            return
        words = _("The file calls the patient “{name}” and doesn’t say who that is; it is taken as {person}’s.")
        text = words.format(name=asked.name, person=person.title)
        if text not in part.plan.warnings:
            part.plan.warnings.append(text)

    def _say_other_name(self, known: Entry, draft: Draft, plan: FilePlan) -> None:
        """Whom the person named for an import is taken at their word, but never without saying so."""
        chosen = self._whose.chosen
        if chosen is not None and chosen.id == known.id and not has_name(known, draft.entry.title):
            words = _("The file names {file}; as you said, it is taken as {person}’s.")
            plan.warnings.append(words.format(file=shown_name(draft.entry), person=known.title))

    def _linked(self, items: Sequence[PlannedItem], step: Callable[[], None]) -> list[PlannedItem]:
        """Links by a source's identifiers become links to entries; those that lead nowhere fall away.

        An entry that another file of this import brought has links by that file's identifiers, too.
        """
        linked = ((*item.entry.links, *item.draft.entry.links) for item in items)
        targets = {link.target for link in chain.from_iterable(linked)}
        if not targets:
            return list(items)
        self._matcher.look_up(sorted(targets), step)
        ids = self._matcher.ids_among(targets)
        return [self._with_links(item, ids) for item in items]

    def _with_links(self, item: PlannedItem, ids: Set[str]) -> PlannedItem:
        own = item.draft.entry.links if item.verdict != "known" else ()
        links: dict[Link, None] = {}
        for link in dict.fromkeys((*own, *item.entry.links)):
            is_id = link.target in ids and link not in own
            target = link.target if is_id else self._matcher.resolve(link.target, item.entry.person)
            if target and target != item.entry.id:
                links[Link(link.role, EntryId(target))] = None
        if tuple(links) == item.entry.links:
            return item
        entry = replace(item.entry, links=tuple(links))
        existing = entry if item.verdict == "known" and item.entry == item.existing else item.existing
        return replace(item, entry=entry, existing=existing)


@dataclass(slots=True)
class _Part:
    """One file while it is planned: its drafts, its people, and where it stands among the others."""

    plan: FilePlan
    drafts: Pages[Draft]
    number: int
    place: Place
    named: set[str] = field(default_factory=set)
    """Whom it refers to without a name beside it."""
    patients: dict[int, PlannedItem] = field(default_factory=dict)
    """By the place of each among the drafts, from 1."""

    @property
    def references(self) -> list[tuple[str, Place]]:
        """The people whom it refers to without a name beside them, and where it stands."""
        return [(name, self.place) for name in self.named]

    @property
    def sha256(self) -> str:
        """The file's name in the record."""
        return self.plan.source.sha256

    def key(self, place: int) -> str:
        """By what the item of the draft at this place is named, however often the plan is made."""
        return f"{self.number}.{place}"

    def hold(self, draft: Draft, reason: str) -> None:
        """Leave a draft out, named and counted."""
        where = draft.entry.sources[0].locator if draft.entry.sources else ""
        self.plan.skipped += [Skipped(where, draft.entry.kind, reason)] * draft.stands_for


def _source(draft: Draft, file: SourceFile) -> Source:
    if draft.former is not None:
        source = next(iter(draft.written or ()), Source())
        return replace(source, identifier=source.identifier or draft.identifier)
    source = draft.entry.sources[0] if draft.entry.sources else Source()
    # What the source gave no name is named by its file and place, so that the same file again is known.
    name = source.identifier or f"{file.sha256}#{source.locator}"
    when = now().isoformat(timespec="seconds")
    if draft.written is not None and not any(origin.document for origin in draft.written):
        # What somebody typed in stays theirs: an export of it doesn't make it a document's.
        typed = next(iter(draft.written), Source())
        return Source(NO_ORIGINAL, "", name, source.version, source.file_name, typed.recorded_by, typed.recorded_at)
    file_name = PurePath(file.name).name
    return Source(Sha256(file.sha256), source.locator, name, source.version, file_name, source.recorded_by, when)
