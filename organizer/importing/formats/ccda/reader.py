"""The file as a whole: the document kept, its statements read one by one, what becomes no entry named with a reason."""

from dataclasses import replace

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.core.format import Draft, Format, Reading, Skipped, SourceFile
from organizer.importing.core.pages import Pages
from organizer.importing.formats.ccda import header, people
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.left_out import (
    left_out,
    owner_of,
    reason_against,
    reason_against_entry,
    unread_times,
)
from organizer.importing.formats.ccda.naming import names_of
from organizer.importing.formats.ccda.parsing import looks_like_cda, parsed
from organizer.importing.formats.ccda.repeats import repeats
from organizer.importing.formats.ccda.results import report
from organizer.importing.formats.ccda.statements import reader_of
from organizer.importing.formats.ccda.stay import add_stay
from organizer.importing.formats.ccda.xml import Element
from organizer.model.entry import Entry, Link, Source, without_empty
from organizer.model.ids import EntryId
from organizer.model.links import Role
from organizer.model.statuses import Status

_KINDS = ("observation", "substanceAdministration", "procedure", "encounter", "organizer", "act", "supply")
_STATEMENTS = tuple(f"{{{cda.NS['h']}}}{kind}" for kind in _KINDS)
_NOTE = "2.16.840.1.113883.10.20.22.4.202"
_EXAMPLES = 3
_AT_ONCE = 50
"""Statements between two reports of progress: some ten milliseconds."""


class CcdaFormat(Format):
    """C-CDA R1.1 and R2.1 XML, whole documents and fragments."""

    name = "C-CDA"

    def recognises(self, source: SourceFile) -> bool:
        """XML that names the CDA namespace, or begins with one of its elements."""
        return looks_like_cda(source.head)

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """The document and each statement. Raises UnreadableSourceError for what is no XML."""
        reading = Reading()
        document = parsed(source, reading, progress)
        root = document.root
        persons = header.patients(root)
        reading.drafts += persons[:1]
        patient = persons[0].identifier if persons else ""
        whose = patient if len(persons) < 2 else ""
        reading.drafts.append(header.document(root, source, whose, reading, progress))
        statements = list(root.iter(*_STATEMENTS))
        if len(persons) > 1:
            _of_several(persons, statements, reading)
            return reading

        reading.drafts += header.report(root, reading.drafts[-1])
        _Statements(source, patient, header.version(root), statements, progress).read(reading, progress)
        add_stay(root, patient, header.version(root), reading)
        reading.drafts += people.care_team(root, patient, header.version(root))
        unread = unread_times(root, progress)
        if unread:
            words = _(
                "Some dates are written in a way that can’t be read: {dates}. What bears them stands without a date."
            )
            reading.warnings.append(words.format(dates=", ".join(unread[:_EXAMPLES])))
        reading.skipped += left_out(root, statements, reading.drafts, reading.skipped, progress)
        return reading


CCDA = CcdaFormat()


def _of_several(persons: list[Draft], statements: list[Element], reading: Reading) -> None:
    """A document about several people doesn't say which statement is whose: it is kept, and nothing is guessed."""
    named = ", ".join(person.entry.title for person in persons)
    reading.drafts = Pages(draft for draft in reading.drafts if draft.entry.kind != "Patient")
    reading.warnings.append(
        _("This document is about several people ({names}). Ask the portal for one of each.").format(names=named)
    )
    reason = _("The document is about several people and doesn’t say whose this is.")
    for nested in statements:
        if reader_of(nested) is not None and owner_of(nested) is None:
            reading.skipped.append(Skipped(cda.place_of(nested), cda.tag_of(nested), reason))


class _Statements:
    """The statements of a document about one person, on their way to drafts."""

    def __init__(
        self, source: SourceFile, patient: str, version: str, statements: list[Element], progress: Progress
    ) -> None:
        self._source, self._patient, self._version = source, patient, version
        self._statements = statements
        self._names = names_of(statements, source.sha256, progress)
        self._entries: dict[Element, Entry] = {}

    def read(self, reading: Reading, progress: Progress) -> None:
        """Each statement that isn't another one's detail becomes a draft, or is skipped with its reason."""
        words = _("Reading {name}").format(name=self._source.name)
        for number, statement in enumerate(self._statements):
            if number % _AT_ONCE == 0:
                progress.check()
                progress.report(words, number, len(self._statements))
            self._read_statement(statement, reading)

        again = repeats(self._entries)
        for statement, (first, reason) in again.items():
            reading.skipped.append(Skipped(cda.place_of(statement), cda.tag_of(statement), reason))
            self._names[cda.place_of(statement)] = self._names[cda.place_of(first)]
        for number, (statement, entry) in enumerate(self._entries.items()):
            if number % _AT_ONCE == 0:
                progress.check()
                progress.report(words, number, len(self._entries))
            if statement not in again:
                links = (*entry.links, *self._links(statement))
                entry = replace(entry, sources=(self._place(statement),), links=links)
                reading.drafts.append(Draft(entry, self._patient))

    def _read_statement(self, statement: Element, reading: Reading) -> None:
        if _NOTE in cda.templates(statement):
            reading.drafts.append(_note(statement, self._patient, self._place(statement), reading))
            return
        read = reader_of(statement)
        if read is None or owner_of(statement) is not None:
            return
        reason = reason_against(statement)
        entry = read(statement) if not reason else Entry("")
        reason = reason or reason_against_entry(entry)
        if not reason:
            self._entries[statement] = entry
        elif read is not report:
            reading.skipped.append(Skipped(cda.place_of(statement), cda.tag_of(statement), reason))

    def _place(self, statement: Element) -> Source:
        place = cda.place_of(statement)
        return Source(locator=place, identifier=self._names[place], version=self._version)

    def _links(self, statement: Element) -> list[Link]:
        """A report's results, a visit's diagnoses."""
        inside = cda.all_of(statement, "h:component/h:observation") if reader_of(statement) is report else []
        links = [Link(Role.RESULT, EntryId(self._names[cda.place_of(part)])) for part in inside]
        if cda.tag_of(statement) == "encounter":
            diagnoses = cda.all_of(statement, ".//h:observation")
            links += [
                Link(Role.ABOUT, EntryId(self._names[cda.place_of(diagnosis)]))
                for diagnosis in diagnoses
                if diagnosis in self._entries and self._entries[diagnosis].kind == "Condition"
            ]
        return list(dict.fromkeys(links))


def _note(statement: Element, patient: str, source: Source, reading: Reading) -> Draft:
    """A note: its words, or the file that it holds, as a document."""
    code = cda.first_of(statement, "h:code")
    title = cda.name_of(cda.first_of(code, "h:translation"), statement) or cda.name_of(code, statement) or _("Note")
    attached = header.embedded(cda.first_of(statement, "h:text"), title, reading)
    data = {"document_type": title, "author": cda.author_of(statement), "text": cda.narrative_of(statement)}
    if attached is not None:
        file, contents = attached
        data |= {"file": file.sha256, "media_type": file.media_type, **contents.data}
    happened = cda.time_of(statement)[0] or cda.when(cda.attribute(statement, "h:author/h:time", "value"))
    fields = without_empty(data)
    entry = Entry("DocumentReference", title, happened=happened, status=Status.CURRENT, data=fields, sources=(source,))
    return Draft(entry, patient)
