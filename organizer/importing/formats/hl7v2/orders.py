"""One order with what stands below it: a report, its results, its files (OBR, OBX, SPM, NTE)."""

from collections import Counter
from dataclasses import dataclass, field

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.importing.core.format import Draft, EmbeddedFile, Reading, Skipped
from organizer.importing.formats._report_groups import REPORT_GROUPS
from organizer.importing.formats.ccda.xml import when
from organizer.importing.formats.hl7v2.files import file_in
from organizer.importing.formats.hl7v2.messages import NO_SEGMENT, Message, Segment, title_of
from organizer.importing.formats.hl7v2.values import beside_value, value_of
from organizer.importing.page_text.contents import contents_of
from organizer.model.entry import Entry, Link, Source, without_empty
from organizer.model.ids import EntryId
from organizer.model.links import Role
from organizer.model.statuses import Status

_RESULT_STATUS = {
    "F": Status.FINAL,
    "U": Status.FINAL,
    "C": Status.CORRECTED,
    "P": Status.PRELIMINARY,
    "R": Status.PRELIMINARY,
    "S": Status.PRELIMINARY,
    "I": Status.REGISTERED,
    "O": Status.REGISTERED,
    "D": Status.ENTERED_IN_ERROR,
    "W": Status.ENTERED_IN_ERROR,
    "X": Status.CANCELLED,
}
"""Table 0085."""
_REPORT_STATUS = {
    "F": Status.FINAL,
    "C": Status.CORRECTED,
    "A": Status.PARTIAL,
    "P": Status.PRELIMINARY,
    "R": Status.PRELIMINARY,
    "O": Status.REGISTERED,
    "I": Status.REGISTERED,
    "S": Status.REGISTERED,
    "X": Status.CANCELLED,
}
"""Table 0123."""
_DOCUMENTS = {
    "AR": "Autopsy report", "CD": "Cardiodiagnostics", "CN": "Consultation", "DI": "Diagnostic imaging",
    "DS": "Discharge summary", "ED": "Emergency department report", "HP": "History and physical examination",
    "OP": "Operative report", "PC": "Psychiatric consultation", "PN": "Procedure note", "PR": "Progress note",
    "SP": "Surgical pathology", "TS": "Transfer summary",
}  # fmt: skip
"""Table 0270 (document type)."""
_WORDS = ("ST", "TX", "FT", "")
_FILES, _POINTER = "ED", "RP"
_WITHOUT_VALUE = ("X", "D", "W")
_WRITTEN = ("imaging", "pathology", "document")
"""Reports whose lines are one text and no results."""
_IMPRESSION = "IMP"
"""Suffix of an observation's code that holds the impression (7.2.3)."""


@dataclass(slots=True)
class Order:
    """An OBR (or the TXA of a document) and the OBX, SPM and NTE segments below it."""

    head: Segment
    below: list[Segment] = field(default_factory=list)


@dataclass(slots=True)
class _Gathered:
    """What the segments below an order hold, on the way to drafts."""

    results: list[tuple[str, Draft]] = field(default_factory=list)
    """Each result under its code as received."""
    documents: list[Draft] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    conclusion: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    stands_for: int = 0
    noted: bool = False
    """Whether a note stands behind a result, and not behind the order."""


class OrderReader:
    """Reads the orders of one message into the reading."""

    def __init__(self, message: Message, owner: str, reading: Reading) -> None:
        self._message, self._owner, self._reading = message, owner, reading
        sent = when(message.first("MSH").at(6))
        self._version = sent.text if sent else ""
        self._met: Counter[str] = Counter()
        self._of_document = message.first("TXA") is not NO_SEGMENT

    def read(self, order: Order) -> None:
        """The order's results and files, and the report that gathers them where it has a name."""
        gathered = _Gathered()
        for segment in order.below:
            if segment.name == "OBX":
                self._observed(segment, order, gathered)
            elif segment.name == "NTE":
                self._note(self._message.plain(segment.at(3)), gathered)
        self._reading.drafts += [draft for _code, draft in gathered.results] + gathered.documents
        self._report(order, gathered)

    def _observed(self, obx: Segment, order: Order, gathered: _Gathered) -> None:
        codes = self._message.codes(obx.at(3))
        title, kind = title_of(codes), obx.at(2)
        gathered.noted = False
        if kind in (_FILES, _POINTER):
            self._file(obx, order, title, gathered)
        elif kind in _WORDS and self._category(order) in _WRITTEN:
            self._line(obx, gathered)
        elif not title:
            self._skip(obx, _("It doesn’t say what was measured."))
        elif not self._goes_on(obx, gathered):
            self._result(obx, order, gathered)

    def _result(self, obx: Segment, order: Order, gathered: _Gathered) -> None:
        codes = self._message.codes(obx.at(3))
        value = value_of(self._message, obx, codes)
        state = obx.at(11)[:1]
        if not value and state not in _WITHOUT_VALUE:
            self._skip(obx, _("It holds no value."))
            return
        category = self._category(order)
        data = {
            "category": category if category in REPORT_GROUPS.values() else "laboratory",
            **beside_value(self._message, obx),
            "performer": self._message.parts(obx.at(23))[0] or self._message.sender,
            "specimen": self._specimen(order),
            "method": title_of(self._message.codes(obx.at(17))),
        }
        identifier = self._identifier(obx, order)
        if state == "C":
            _strike_corrected(gathered, obx.at(3), identifier)
        entry = Entry(
            "Observation",
            title_of(codes),
            codes=codes,
            happened=when(obx.at(14)) or self._taken(order),
            status=_RESULT_STATUS.get(state, Status.UNKNOWN),
            data=without_empty(data),
            sources=(Source(locator=obx.where, identifier=identifier, version=self._version),),
            **value,
        )
        gathered.results.append((obx.at(3), Draft(entry, self._owner)))
        gathered.noted = True

    def _goes_on(self, obx: Segment, gathered: _Gathered) -> bool:
        """A report comes as one line a segment: they are one text."""
        if obx.at(2) not in _WORDS or not gathered.results:
            return False
        code, before = gathered.results[-1]
        if code != obx.at(3) or before.entry.value is not None:
            return False
        text = f"{before.entry.value_text}\n{self._message.plain(obx.at(5))}".rstrip()
        entry = before.entry.having(value_text=text)
        gathered.results[-1] = code, Draft(entry, before.patient, stands_for=before.stands_for + 1)
        gathered.noted = True
        return True

    def _line(self, obx: Segment, gathered: _Gathered) -> None:
        """A line of a written report; of an impression it is the conclusion."""
        words = "\n".join(self._message.plain(line) for line in self._message.repeated(obx.at(5)))
        concludes = _IMPRESSION in self._message.repeated(obx.at(3))[0].upper().replace("^", "&").split("&")
        (gathered.conclusion if concludes else gathered.lines).append(words)
        gathered.stands_for += 1

    def _file(self, obx: Segment, order: Order, title: str, gathered: _Gathered) -> None:
        """A file within the message is a document; one that is only pointed at is named in the report."""
        if obx.at(2) == _POINTER:
            address = self._message.parts(obx.at(5))[0]
            gathered.notes.append(_("The source names the file but doesn’t hold it: {url}").format(url=address))
            self._skip(obx, _("The message only says where the file is."))
            return
        held = file_in(self._message, obx.at(5))
        if held is None:
            self._skip(obx, _("The file within the message can’t be decoded."))
            return
        name = title or title_of(self._message.codes(order.head.at(4))) or _("Document")
        contents = contents_of(held.data, name)
        self._reading.warnings += contents.warnings
        if contents.is_harmful:
            self._skip(obx, _("The file within the message can’t be decoded."))
            return
        media_type = contents.media_type if contents.media_type not in ("", "text/plain") else held.media_type
        file = EmbeddedFile(name, media_type, held.data)
        self._reading.embedded.append(file)
        data = {"document_type": name, "file": file.sha256, "media_type": media_type, **contents.data}
        source = Source(locator=obx.where, identifier=self._identifier(obx, order), version=self._version)
        entry = Entry(
            "DocumentReference",
            name,
            happened=when(obx.at(14)) or self._taken(order),
            status=Status.ENTERED_IN_ERROR if obx.at(11)[:1] in ("D", "W") else Status.CURRENT,
            data=without_empty(data),
            sources=(source,),
        )
        gathered.documents.append(Draft(entry, self._owner))

    def _note(self, words: str, gathered: _Gathered) -> None:
        """A note on the result before it, or on the order."""
        if not words:
            return
        if not gathered.noted or not gathered.results:
            gathered.notes.append(words)
            return
        code, before = gathered.results[-1]
        note = "\n".join(part for part in (before.entry.text("note"), words) if part)
        entry = before.entry.having(data={**before.entry.data, "note": note})
        gathered.results[-1] = code, Draft(entry, before.patient, stands_for=before.stands_for)

    def _report(self, order: Order, gathered: _Gathered) -> None:
        """What gathers the segments: a report with its results and files by links, or the document of a TXA."""
        head = order.head
        written = "\n".join(gathered.lines)
        empty = head.name == "OBR" and not (gathered.results or gathered.documents or gathered.stands_for)
        if empty and (not gathered.notes or self._of_document):
            self._skip(head, _("The order brings no result."))
            return
        codes = self._message.codes(head.at(4)) if head.name == "OBR" else ()
        title = title_of(codes) or (_("Report") if gathered.stands_for else "")
        if head.name == "TXA":
            if gathered.stands_for:
                self._document(order, written, gathered)
            return
        if not title:
            return
        data = {
            "category": self._category(order),
            "issued": _text(when(head.at(22))),
            "conclusion": "\n".join(gathered.conclusion),
            "text": written,
            "performer": self._message.sender,
            "case_number": self._number(order),
            "note": "\n".join(dict.fromkeys(gathered.notes)),
        }
        links = [Link(Role.RESULT, EntryId(draft.identifier)) for _code, draft in gathered.results if draft.identifier]
        links += [Link(Role.DOCUMENT, EntryId(draft.identifier)) for draft in gathered.documents if draft.identifier]
        entry = Entry(
            "DiagnosticReport",
            title,
            codes=codes,
            happened=self._taken(order) or when(head.at(22)),
            status=_REPORT_STATUS.get(head.at(25)[:1], Status.UNKNOWN),
            data=without_empty(data),
            sources=(self._source_of(order),),
            links=tuple(links),
        )
        self._reading.drafts.append(Draft(entry, self._owner, stands_for=gathered.stands_for))

    def _document(self, order: Order, written: str, gathered: _Gathered) -> None:
        """A document that is told line by line (MDM: TXA with OBX segments)."""
        sort = self._message.parts(order.head.at(2))[0]
        name = _DOCUMENTS.get(sort, sort) or _("Document")
        names = [part for part in self._message.parts(order.head.at(9))[1:3] if part]
        data = {
            "document_type": name,
            "author": " ".join(reversed(names)),
            "text": "\n".join(part for part in (written, *gathered.conclusion) if part),
            "note": "\n".join(dict.fromkeys(gathered.notes)),
        }
        entry = Entry(
            "DocumentReference",
            name,
            happened=self._taken(order),
            status=Status.CURRENT,
            data=without_empty(data),
            sources=(self._source_of(order),),
        )
        self._reading.drafts.append(Draft(entry, self._owner, stands_for=gathered.stands_for))

    def _source_of(self, order: Order) -> Source:
        number, sender = self._number(order), self._message.sender
        code = self._message.parts(order.head.at(4))[0] if order.head.name == "OBR" else "TXA"
        identifier = self._unique(f"hl7v2:{sender}|{number}|{code}") if number and sender else ""
        return Source(locator=order.head.where, identifier=identifier, version=self._version)

    def _skip(self, segment: Segment, reason: str) -> None:
        self._reading.skipped.append(Skipped(segment.where, segment.name, reason))

    def _category(self, order: Order) -> str:
        """The group of a report, by the service that made it (OBR-24, table 0074); results are a laboratory's."""
        if order.head.name == "TXA":
            return "document"
        observed = any(segment.name == "OBX" for segment in order.below)
        unsaid = "laboratory" if observed and not order.head.at(24) else "other"
        return REPORT_GROUPS.get(order.head.at(24).upper(), unsaid)

    def _taken(self, order: Order) -> PartialDate | None:
        """When the specimen was taken: as the order says, else as the specimen does (SPM-17)."""
        if order.head.name == "TXA":
            return when(order.head.at(4))
        specimens = [segment for segment in order.below if segment.name == "SPM"]
        taken = [when(self._message.parts(specimen.at(17).replace("&", "^"))[0]) for specimen in specimens]
        return when(order.head.at(7)) or next((time for time in taken if time), None)

    def _specimen(self, order: Order) -> str:
        named = [title_of(self._message.codes(segment.at(4))) for segment in order.below if segment.name == "SPM"]
        source = self._message.parts(order.head.at(15).replace("&", "^")) if order.head.name == "OBR" else [""]
        return next((name for name in (*named, *source[1:2], source[0]) if name), "")

    def _number(self, order: Order) -> str:
        """The order's number at who fulfils it, else at who placed it; a document's own (TXA-12)."""
        if order.head.name == "TXA":
            return self._message.parts(order.head.at(12))[0]
        return self._message.parts(order.head.at(3))[0] or self._message.parts(order.head.at(2))[0]

    def _identifier(self, obx: Segment, order: Order) -> str:
        """Sender, its number of the order, what was measured and which of several; "" where it numbers no order.

        What one message tells twice are two results: a wrong one and the right one.
        """
        number, sender = self._number(order), self._message.sender
        code = self._message.parts(obx.at(3))[0]
        return self._unique(f"hl7v2:{sender}|{number}|{code}|{obx.at(4)}") if number and sender else ""

    def _unique(self, identifier: str) -> str:
        self._met[identifier] += 1
        return identifier if self._met[identifier] == 1 else f"{identifier}|{self._met[identifier]}"


def _strike_corrected(gathered: _Gathered, code: str, identifier: str) -> None:
    """A corrected result takes the place of the one before it in the same message (table 0085, C)."""
    base = identifier.rpartition("|")[0] if identifier else ""
    for place, (measured, draft) in enumerate(gathered.results):
        if measured == code and base and draft.identifier in (base, identifier):
            struck = draft.entry.having(status=Status.ENTERED_IN_ERROR)
            gathered.results[place] = measured, Draft(struck, draft.patient, stands_for=draft.stands_for)


def _text(time: PartialDate | None) -> str:
    return time.text if time else ""
