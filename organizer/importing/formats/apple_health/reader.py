"""The export as a stream: cleaned, parsed by expat, each record kept alone or put to its day; memory stays small."""

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.core.format import Format, Reading, Skipped, SourceFile
from organizer.importing.formats.apple_health.records import Records
from organizer.importing.formats.apple_health.sibling import met_main, read_sibling, repeats_main
from organizer.importing.formats.apple_health.times import DaysLived

CHUNK = 1 << 18
_MOST_DTD = 1 << 20
_UNWANTED = bytes(set(range(32)) - {9, 10, 13})
"""Control characters that XML 1.0 forbids; exports have held \\x0b (vertical tab)."""
_DOCTYPE = re.compile(rb"<!DOCTYPE\s+HealthData[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)


class AppleHealthFormat(Format):
    """The main file of a phone's health export, and the routes beside it."""

    name = "Apple Health"

    def recognises(self, source: SourceFile) -> bool:
        """XML whose root is HealthData (the file's name is translated, its root is not), or a workout's route."""
        head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
        return head.startswith(b"<") and (b"<HealthData" in head or _is_route(head) or repeats_main(source))

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """Each record once. Raises UnreadableSourceError where not even the first can be read."""
        if _is_route(source.head):
            reason = _("The route of a workout: Casebook keeps no places.")
            return Reading(skipped=[Skipped("/gpx", _("route"), reason)])
        if repeats_main(source):
            return read_sibling(source)
        met_main(source)
        reading = Reading()
        records = Records(reading, DaysLived(source.lived))
        parser = expat.ParserCreate()
        records.listen(parser)
        try:
            with source.open() as stream:
                for number, chunk in enumerate(_clean(stream)):
                    progress.check()
                    progress.report(_("Reading {name}").format(name=source.name), number * CHUNK, source.size)
                    parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            _breaks_off(source, error, records, reading)
        records.finish()
        return reading

    def comes_first(self, source: SourceFile) -> bool:
        """True for the main file of an export, which is read before the document that repeats it."""
        return b"<HealthData" in source.head


APPLE_HEALTH = AppleHealthFormat()


def _is_route(head: bytes) -> bool:
    return b"<gpx" in head[:1024] and b"Apple Health" in head[:1024]


def _breaks_off(source: SourceFile, error: expat.ExpatError, records: Records, reading: Reading) -> None:
    """What came whole before the break is offered; the rest is named."""
    if not records.count:
        raise UnreadableSourceError(
            _("“{name}” breaks off or is damaged (line {line}).").format(name=source.name, line=error.lineno),
            _("Export it again from the phone; nothing of it was entered."),
        ) from error
    reason = _("The file breaks off or is damaged here; what stands before is read. Export it again from the phone.")
    reading.skipped.append(Skipped(f"line={error.lineno}", _("rest of the file"), reason))


def _clean(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes without document type (exports have shipped a broken one) and forbidden characters, lines kept."""
    head = stream.read(CHUNK)
    while b"<!DOCTYPE" in head and b"<HealthData" not in head and len(head) < _MOST_DTD:
        more = stream.read(CHUNK)
        if not more:
            break
        head += more
    start, root = head.find(b"<!DOCTYPE"), head.find(b"<HealthData")
    if 0 <= start < root:
        data = _DOCTYPE.sub(_lines_only, head[:root], count=1)
        if b"<!DOCTYPE" in data:
            data = head[:start] + b"\n" * head.count(b"\n", start, root)
        head = data + head[root:]
    yield head.translate(None, _UNWANTED)
    while chunk := stream.read(CHUNK):
        yield chunk.translate(None, _UNWANTED)


def _lines_only(match: re.Match[bytes]) -> bytes:
    return b"\n" * match[0].count(b"\n")
