"""HL7 v2 messages with results: each order (OBR) a report with its results (OBX), files and notes (NTE).

HL7 v2.5.1: 3.4.2 PID, 4.5.3 OBR, 7.4.2 OBX, 7.4.3 SPM, tables 0085 and 0123 (status of a result and of a report; 0085
looked up 2026-11-29 at terminology.hl7.org).
"""

import re

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.core.format import Draft, Format, Reading, Skipped, SourceFile
from organizer.importing.core.numbers_of_state import is_number_of_state
from organizer.importing.formats.ccda.xml import when
from organizer.importing.formats.hl7v2.messages import NO_SEGMENT, Message, Segment, messages_in
from organizer.importing.formats.hl7v2.orders import Order, OrderReader
from organizer.importing.page_text.plain_words import decoded_text
from organizer.model.entry import Entry, Source, without_empty

_START = re.compile(rb"\s*(?:(?:FHS|BHS)\|[^\r\n]*[\r\n]+)*MSH\|")
_RESULTS = ("ORU", "OUL", "ORF", "ORL", "MDM")
_SEXES = {"M": "male", "F": "female", "O": "other", "A": "other"}
_AT_ONCE = 200


class Hl7v2Format(Format):
    """Results as hospitals' computers send them to each other."""

    name = "HL7 v2"

    def recognises(self, source: SourceFile) -> bool:
        """A message header, of a message that brings results or documents; a batch of them too."""
        match = _START.match(source.head.lstrip(b"\xef\xbb\xbf\x0b"))
        if match is None:
            return False
        header = source.head[source.head.find(b"MSH|") :][:400].split(b"|")
        return len(header) > 8 and header[8][:3].decode("latin-1") in _RESULTS

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """The patient, each report and each result of each message."""
        reading = Reading()
        for number, message in enumerate(messages_in(decoded_text(source.read())[0])):
            if number % _AT_ONCE == 0:
                progress.check()
                progress.report(_("Reading {name}").format(name=source.name), number)
            _read(message, reading)
        reading.name_emptiness()
        return reading


HL7_V2 = Hl7v2Format()


def _read(message: Message, reading: Reading) -> None:
    owner = _patient(message, reading)
    orders = OrderReader(message, owner, reading)
    for order in _orders(message, reading):
        orders.read(order)


def _orders(message: Message, reading: Reading) -> list[Order]:
    """The orders of a message, each with what stands below it; TXA, the header of a document, opens one as OBR does."""
    orders = [Order(NO_SEGMENT)]
    for segment in message.segments:
        order = orders[-1]

        if segment.name in ("OBR", "TXA"):
            orders.append(Order(segment))
        elif segment.name in ("OBX", "SPM") or (segment.name == "NTE" and _is_open(order)):
            order.below.append(segment)
        elif segment.name == "NTE" and segment.at(3):
            reason = _("A note on the whole message; it stays in the source document.")
            reading.skipped.append(Skipped(segment.where, "NTE", reason))
    return [order for order in orders if _is_open(order)]


def _is_open(order: Order) -> bool:
    return order.head is not NO_SEGMENT or bool(order.below)


def _patient(message: Message, reading: Reading) -> str:
    """Whose results they are: the identifier of the Patient draft, made where it isn't there yet; "" without a name."""
    pid = message.first("PID")
    number, authority = _number_of(message, pid)
    name = _name_of(message, pid.at(5))
    if not name:
        return ""
    born = when(pid.at(7)[:8])
    sex = _SEXES.get(pid.at(8), "")
    data = without_empty(
        {
            "birth_date": born.text if born else "",
            "sex": sex,
            "record_numbers": [number] if number else [],
        }
    )
    identifier = f"hl7v2:{authority or message.sender}^{number or name.casefold()}"
    if all(draft.identifier != identifier for draft in reading.drafts if draft.entry.kind == "Patient"):
        source = Source(locator=f"{pid.where}&segment=PID", identifier=identifier)
        reading.drafts.append(Draft(Entry("Patient", name, data=data, sources=(source,)), identifier, stands_for=0))
    return identifier


def _number_of(message: Message, pid: Segment) -> tuple[str, str]:
    """The first number by which the sender knows a person, and who gave it out; no number of the state."""
    for repetition in message.repeated(pid.at(3)):
        number, _check, _scheme, authority, kind = [*message.parts(repetition), "", "", "", "", ""][:5]
        if not is_number_of_state(number, authority, kind):
            return number, authority
    return "", ""


def _name_of(message: Message, text: str) -> str:
    """A person's name (XPN) as one says it."""
    family, given, middle = ([*message.parts(text), "", "", ""])[:3]
    return " ".join(part for part in (given, middle, family) if part)
