"""Radiology: DICOM files, the index of a disc (DICOMDIR), structured reports (SR).

Each file of a study tells the same study (DICOM PS3.3, C.7.2: one Study Instance UID), so that a disc of five hundred
slices becomes one entry with five hundred sources. Pixels are not looked at here; the file is kept whole.
"""

import logging
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.core.format import STUDY, Draft, EmbeddedFile, Format, Reading, Skipped, SourceFile
from organizer.importing.core.numbers_of_state import is_number_of_state
from organizer.importing.dicom_values import (
    IMAGE,
    KEY_OBJECTS,
    MODALITIES,
    NO_IMAGE,
    ODD,
    day_of,
    got,
    items_of,
    text_of,
)
from organizer.importing.page_text.contents import contents_of
from organizer.model.entry import Entry, Source
from organizer.model.statuses import Status

_MARK, _PLACE = b"DICM", 128
_DIRECTORY = "1.2.840.10008.1.3.10"  # Media Storage Directory Storage
_REPORTS = "1.2.840.10008.5.1.4.1.1.88."  # the SOP classes of structured reports begin so
_ENCAPSULATED = "1.2.840.10008.5.1.4.1.1.104."  # a PDF, a CDA document or a model within
_DEFLATED = "1.2.840.10008.1.2.1.99"
_IMAGE = re.compile(
    r"1\.2\.840\.10008\.5\.1\.4\.1\.1\."
    r"(?:1(?:\.[123](?:\.1)?)?|2(?:\.[12])?|3\.1|4(?:\.[14])?|6\.[12]|7(?:\.\d)?|12\.\d|13\.\S+|20|77\.1\.\S+|128)"
)
"""SOP classes of images (PS3.4, B.5): without pixels the file isn't whole."""
_MOST_INFLATED, _STEP = 256 << 20, 1 << 20
"""Bytes: room for a film of half a minute, which is the largest that is sent so."""
_UNDEFINED, _ELEMENT = 0xFFFFFFFF, 12
_FIRST_GROUPS = (2, 8)
_VALUE_TYPES = frozenset({"CS", "DA", "DT", "IS", "LO", "PN", "SH", "ST", "TM", "UI", "UL", "US", "LT"})
_SEXES = {"M": "male", "F": "female", "O": "other"}
_TELLING = ("StudyInstanceUID", "SOPInstanceUID", "PatientName")
DEEPEST = 20


class DicomFormat(Format):
    """DICOM part 10 files, and bare data sets as old devices wrote them."""

    name = "DICOM"

    def recognises(self, source: SourceFile) -> bool:
        """The mark `DICM` after 128 bytes, or two elements of the first groups one after the other."""
        return source.head[_PLACE : _PLACE + 4] == _MARK or _is_bare(source.head)

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """The patient, the study or the report. Raises UnreadableSourceError for what breaks off."""
        progress.check()
        data = BytesIO(source.read())
        dataset = _dataset(source, data)
        reading = Reading()
        kind = text_of(dataset.file_meta, "MediaStorageSOPClassUID")
        if kind == _DIRECTORY:
            _directory(dataset, source, reading)
            return reading
        _say_what_is_missing(dataset, data, source, reading)
        patient = _patient(dataset)
        owner = patient.identifier if patient else ""
        if patient:
            reading.drafts.append(patient)
        shape = text_of(dataset, "SOPClassUID") or kind
        if shape.startswith(_ENCAPSULATED) and got(dataset, "EncapsulatedDocument"):
            reading.drafts.append(_document(dataset, owner, reading))
        else:
            is_report = shape.startswith(_REPORTS) and shape != KEY_OBJECTS
            reading.drafts.append(_report(dataset, owner) if is_report else _study(dataset, owner))
        return reading


DICOM = DicomFormat()


def _is_bare(head: bytes) -> bool:
    """A data set without its file header (PS3.5, 7.1): an element of group 2 or 8, and where it ends another one."""
    for order in ("<", ">"):
        if len(head) < 16:
            return False
        group, _element, length = struct.unpack(f"{order}HHI", head[:8])
        if head[4:6].decode("latin-1") in _VALUE_TYPES:
            length = struct.unpack(f"{order}H", head[6:8])[0]
        following = head[8 + length : 10 + length] if length < 512 and length % 2 == 0 else b""
        if group in _FIRST_GROUPS and len(following) == 2:
            return bool(struct.unpack(f"{order}H", following)[0] in _FIRST_GROUPS)
    return False


def _dataset(source: SourceFile, data: BytesIO) -> Any:
    import pydicom
    from pydicom.errors import BytesLengthException, InvalidDicomError

    logging.getLogger("pydicom").setLevel(logging.CRITICAL)  # it would log what a damaged file holds
    unreadable = (InvalidDicomError, BytesLengthException, EOFError, *ODD)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd values are read as they stand; what can't be read raises
            bare = source.head[_PLACE : _PLACE + 4] != _MARK
            _refuse_bomb(source, data)
            dataset = pydicom.dcmread(data, stop_before_pixels=True, force=bare)
            if not len(dataset):
                raise EOFError
    except unreadable as error:
        raise UnreadableSourceError(
            _("“{name}” breaks off or is damaged.").format(name=source.name),
            _("Copy the disc again, or ask for another one; the other files of it are read."),
        ) from error
    if not any(text_of(dataset, name) for name in _TELLING) and "DirectoryRecordSequence" not in dataset:
        raise UnreadableSourceError(
            _("“{name}” is DICOM, but names neither a study nor a person.").format(name=source.name),
            _("Ask for the whole disc; the other files of it are read."),
        )
    return dataset


def _refuse_bomb(source: SourceFile, data: BytesIO) -> None:
    """Raises UnreadableSourceError for a deflated data set (PS3.5, A.5) that grows beyond what is read at once: the
    library would unpack it whole. Where the head doesn't tell its own length, it isn't unpacked."""
    start, length = source.head[: _PLACE + 4 + _ELEMENT], b""
    if start[_PLACE : _PLACE + 4] != _MARK or _DEFLATED.encode() not in source.head:
        return
    if start[_PLACE + 4 :][:8] == b"\x02\x00\x00\x00UL\x04\x00":
        length = start[-4:]
    begin = len(start) + int.from_bytes(length, "little")
    engine, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    rest = data.getbuffer()[begin:]
    while len(rest) and not engine.eof and size <= _MOST_INFLATED:
        size += len(engine.decompress(rest, _STEP))
        rest = memoryview(engine.unconsumed_tail)
    if not length or size > _MOST_INFLATED:
        raise UnreadableSourceError(
            _("“{name}” unpacks to more than can be held at once.").format(name=source.name),
            _("Ask for the images without compression of the whole file."),
        )


def _say_what_is_missing(dataset: Any, data: BytesIO, source: SourceFile, reading: Reading) -> None:
    """Raises UnreadableSourceError for a file that breaks off before it says of which study it is."""
    if text_of(dataset.file_meta, "TransferSyntaxUID") == _DEFLATED or not breaks_off(dataset, data):
        return
    words = _("“{name}” breaks off or is damaged.").format(name=source.name)
    step = _("Copy the disc again, or ask for another one; the other files of it are read.")
    if not text_of(dataset, "StudyInstanceUID"):
        raise UnreadableSourceError(words, step)
    reading.warnings.append(f"{words} {step}")


def breaks_off(dataset: Any, data: BytesIO) -> bool:
    """True where an element is longer than what is left of the file, or an image's file ends before its picture.

    `data` stands where reading stopped, before the pixels. PS3.5, 7.1 (lengths) and A.4 (encapsulated pixels end with
    a sequence delimiter).
    """
    for element in dataset.values():
        length, value = getattr(element, "length", None), getattr(element, "value", None)
        if isinstance(value, bytes) and isinstance(length, int) and _UNDEFINED > length > len(value):
            return True
    rest = data.read()
    if len(rest) < _ELEMENT:
        return _IMAGE.fullmatch(text_of(dataset, "SOPClassUID")) is not None
    order = "<" if dataset.original_encoding[1] is not False else ">"
    # Pixels are OB or OW: behind the tag the VR, two bytes and a long length; without VR the length alone.
    long_header = rest[4:6] in (b"OB", b"OW", b"OF", b"OD")
    length = struct.unpack_from(f"{order}L", rest, 8 if long_header else 4)[0]
    if length == _UNDEFINED:
        return rest.rfind(b"\xfe\xff\xdd\xe0") < 0
    return bool(length > len(rest) - (12 if long_header else 8))


def _person_name(text: str) -> str:
    """`Everyman^Adam^^Dr` as one says it; of several writings (`=`) the first that says something."""
    for writing in text.split("="):
        family, given, middle, prefix, suffix = ([*writing.split("^"), "", "", "", "", ""])[:5]
        name = " ".join(part.strip() for part in (prefix, given, middle, family, suffix) if part.strip())
        if name:
            return name
    return ""


def _patient(dataset: Any) -> Draft | None:
    name, number = _person_name(text_of(dataset, "PatientName")), text_of(dataset, "PatientID")
    if not name:
        return None
    born = day_of(text_of(dataset, "PatientBirthDate"))
    data = {
        "birth_date": born.text if born else "",
        "sex": _SEXES.get(text_of(dataset, "PatientSex"), ""),
        "record_numbers": [number] if number and not is_number_of_state(number) else [],
    }
    identifier = f"dicom-patient:{number}:{name.casefold()}"
    source = Source(locator="(0010,0010)", identifier=identifier)
    filled = {field: value for field, value in data.items() if value}
    return Draft(Entry("Patient", name, data=filled, sources=(source,)), identifier)


def _study(dataset: Any, owner: str) -> Draft:
    """What every file of the study says alike; what differs from slice to slice stays in the files."""
    modality = text_of(dataset, "Modality")
    shown = MODALITIES.get(modality, modality) if modality != "KO" else ""
    title = text_of(dataset, "StudyDescription") or shown or _("Images")
    study = text_of(dataset, "StudyInstanceUID")
    data = {
        "modality": shown,
        "body_site": text_of(dataset, "BodyPartExamined").capitalize(),
        "place": text_of(dataset, "InstitutionName"),
        "kept_at": _("In this record"),
    }
    holds_image = bool(got(dataset, "Rows") and got(dataset, "Columns"))
    source = Source(locator=IMAGE if holds_image else NO_IMAGE, identifier=f"{STUDY}{study}" if study else "")
    entry = Entry(
        "ImagingStudy",
        title,
        happened=day_of(text_of(dataset, "StudyDate")) or day_of(text_of(dataset, "AcquisitionDate")),
        status=Status.AVAILABLE,
        data={name: value for name, value in data.items() if value},
        sources=(source,),
    )
    return Draft(entry, owner)


def _document(dataset: Any, owner: str, reading: Reading) -> Draft:
    """A document that lies within (PS3.3, C.24): kept as a file of its own, with its words."""
    title = text_of(dataset, "DocumentTitle") or text_of(dataset, "SeriesDescription") or _("Document")
    data = bytes(got(dataset, "EncapsulatedDocument")).rstrip(b"\0")
    contents = contents_of(data, title)
    if contents.is_harmful:
        raise UnreadableSourceError(contents.warnings[0], "")
    words = text_of(dataset, "MIMETypeOfEncapsulatedDocument")
    file = EmbeddedFile(title, contents.media_type or words or "application/octet-stream", data)
    reading.embedded.append(file)
    reading.warnings += contents.warnings
    fields = {
        "document_type": _concept(dataset, "ConceptNameCodeSequence"),
        "place": text_of(dataset, "InstitutionName"),
    }
    fields |= {"file": file.sha256, "media_type": file.media_type, **contents.data}
    instance = text_of(dataset, "SOPInstanceUID")
    entry = Entry(
        "DocumentReference",
        title,
        happened=day_of(text_of(dataset, "ContentDate")) or day_of(text_of(dataset, "StudyDate")),
        status=Status.CURRENT,
        data={name: value for name, value in fields.items() if value},
        sources=(Source(locator="(0042,0011)", identifier=f"dicom-document:{instance}" if instance else ""),),
    )
    return Draft(entry, owner)


def _report(dataset: Any, owner: str) -> Draft:
    lines = list(_lines(dataset, 0))
    name = _concept(dataset, "ConceptNameCodeSequence")
    conclusion = [line.partition(": ")[2] for line in lines if line.lower().startswith(("impression", "conclusion"))]
    data = {
        "category": "imaging",
        "issued": day.text if (day := day_of(text_of(dataset, "ContentDate"))) else "",
        "conclusion": "\n".join(conclusion),
        "text": "\n".join(lines),
        "performer": _person_name(
            text_of(dataset, "VerifyingObserverName") or text_of(dataset, "ReferringPhysicianName")
        ),
        "place": text_of(dataset, "InstitutionName"),
    }
    instance = text_of(dataset, "SOPInstanceUID")
    entry = Entry(
        "DiagnosticReport",
        name or text_of(dataset, "StudyDescription") or _("Radiology report"),
        happened=day_of(text_of(dataset, "StudyDate")) or day_of(text_of(dataset, "ContentDate")),
        status=Status.FINAL if text_of(dataset, "CompletionFlag") != "PARTIAL" else Status.PARTIAL,
        data={field: value for field, value in data.items() if value},
        sources=(Source(locator="/", identifier=f"dicom-report:{instance}" if instance else ""),),
    )
    return Draft(entry, owner)


def _is_a_name(part: str) -> bool:
    """Whether a part of a path names a file or a folder, and leads nowhere else."""
    return part not in ("", ".", "..") and not {"/", "\\"} & set(part)


def _lines(dataset: Any, depth: int) -> Iterator[str]:
    """The content tree of a structured report (PS3.3, C.17.3), one line an item."""
    for item in items_of(dataset, "ContentSequence"):
        name = _concept(item, "ConceptNameCodeSequence")
        measured = next(iter(items_of(item, "MeasuredValueSequence")), None)
        value = (
            text_of(item, "TextValue")
            or _concept(item, "ConceptCodeSequence")
            or _person_name(text_of(item, "PersonName"))
            or text_of(item, "DateTime")
            or text_of(item, "Date")
        )
        if measured is not None:
            unit = next((text_of(item, "CodeValue") for item in items_of(measured, "MeasurementUnitsCodeSequence")), "")
            value = f"{text_of(measured, 'NumericValue')} {unit}".strip()
        line = ": ".join(filter(None, (name, value)))
        if line:
            yield line
        if depth < DEEPEST:
            yield from _lines(item, depth + 1)


def _concept(dataset: Any, name: str) -> str:
    return next((text_of(item, "CodeMeaning") for item in items_of(dataset, name)), "")


def _directory(dataset: Any, source: SourceFile, reading: Reading) -> None:
    """The index of a disc is no entry; a file that it names and that isn't beside it is told."""
    reading.skipped.append(Skipped("/", "DICOMDIR", _("The index of the disc; its images are read one by one.")))
    if source.path is None:
        return
    for record in items_of(dataset, "DirectoryRecordSequence"):
        named = got(record, "ReferencedFileID")
        parts = [named] if isinstance(named, str) else list(named or ())
        if parts and all(map(_is_a_name, parts)) and not _is_there(source.path.parent, parts):
            where = "/".join(parts)
            reading.skipped.append(Skipped(where, _("image"), _("The disc’s index names it, but it isn’t there.")))


def _is_there(folder: Path, parts: list[str]) -> bool:
    """Whether a file lies there, in whatever case: a disc's index is in capitals, its copy often isn't."""
    if folder.joinpath(*parts).is_file():
        return True
    for part in parts:
        try:
            inside = [path for path in folder.iterdir() if path.name.casefold() == part.casefold()]
        except OSError:
            return False
        if not inside:
            return False
        folder = inside[0]
    return folder.is_file()
