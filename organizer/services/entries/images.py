"""Looking at images: the series of a study in slice order, one image decoded, its values through a window.

Originals are read from the encrypted store into memory; nothing is written anywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from organizer.base import terms
from organizer.base.errors import OrganizerError
from organizer.base.i18n import _, marked
from organizer.base.progress import Progress
from organizer.importing.dicom_pixels import Frame, Header, decoded, looked_at
from organizer.importing.dicom_values import IMAGE
from organizer.model.entry import Entry
from organizer.model.ids import PersonId, Sha256
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store import originals
from organizer.store.entries import Query

__all__ = ["Frame"]

KIND = "ImagingStudy"
MOST_KEPT = 5_000
PRESETS: tuple[tuple[str, str, float, float], ...] = (
    ("soft", marked("Soft tissue"), 40, 400),
    ("lung", marked("Lung"), -600, 1500),
    ("bone", marked("Bone"), 400, 1800),
    ("brain", marked("Brain"), 40, 80),
)
"""Id, words, centre and width in Hounsfield units: the customary ones of CT."""
HeaderOrNames = Header | frozenset[str]
"""What a file says: of its images, or which of a study's images matter (empty: neither)."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One image: frame `frame` (from 0) of an original; `position` in mm along the series, None where unknown.

    `key` says that a radiologist marked it, `may_bear_words` that name or birth date may be part of the picture.
    """

    document: str
    frame: int
    position: float | None = None
    key: bool = False
    may_bear_words: bool = False


@dataclass(frozen=True, slots=True)
class ImageSeries:
    """Images that belong together, in slice order.

    `date` is a partial date or "", `plane` the direction in which they follow.
    """

    id: str
    modality: str
    description: str
    date: str
    slices: tuple[Slice, ...]
    plane: tuple[float, ...] = ()

    @property
    def title(self) -> str:
        """What it is called, or what it is."""
        return self.description or self.modality or _("Images")

    @property
    def keys(self) -> tuple[int, ...]:
        """The places of the images that a radiologist marked."""
        return tuple(number for number, image in enumerate(self.slices) if image.key)


@dataclass(frozen=True, slots=True)
class ImageStudy:
    """A study with its series; `without` counts its files that hold no image or can't be read."""

    entry: Entry
    series: tuple[ImageSeries, ...]
    without: int = 0


def documents_of(entry: Entry) -> tuple[str, ...]:
    """The originals that tell of a study."""
    return tuple(dict.fromkeys(source.document for source in entry.sources if source.document))


def has_images(entry: Entry) -> bool:
    """True where a file of the study holds an image; a portal's list of what was taken holds none."""
    return any(source.document and source.locator == IMAGE for source in entry.sources)


def studies(record: Record, person: PersonId) -> list[Entry]:
    """The person's studies whose images are in the record, the latest first."""
    entries = reading.find(record, Query(kinds=(KIND,), person=person, order="-happened"))
    return [entry for entry in entries if has_images(entry) and not entry.struck]


def study(record: Record, entry: Entry, progress: Progress) -> ImageStudy:
    """The series of a study. Raises NotFoundError, RecordDamagedError, Cancelled."""
    documents = documents_of(entry)
    by_series: dict[str, list[tuple[str, Header]]] = {}
    without, named = 0, frozenset[str]()
    for number, document in enumerate(documents):
        progress.check()
        progress.report(_("Opening the images"), number, len(documents))
        header = _header(record, Sha256(document))
        if isinstance(header, frozenset):
            without += not header
            named |= header
        else:
            by_series.setdefault(header.series, []).append((document, header))
    ordered = sorted(by_series.values(), key=lambda files: (files[0][1].series_number, files[0][1].series))
    return ImageStudy(entry, tuple(_series(files, named) for files in ordered), without)


def _header(record: Record, document: Sha256) -> HeaderOrNames:
    """Kept while the record is open: each look at it would decrypt the whole file again."""
    return record.kept("images of a file", document, lambda: looked_at(originals.read(record, document)), MOST_KEPT)


def _series(files: Sequence[tuple[str, Header]], named: frozenset[str]) -> ImageSeries:
    """By position where all lie in one direction, else by their numbers (a scout beside slices)."""
    first = files[0][1]
    placed = all(None not in header.positions and header.plane == first.plane for _document, header in files)
    slices = []
    for document, header in sorted(files, key=lambda file: (file[1].number, file[0])):
        key = header.instance in named
        words = header.may_bear_words
        slices += [
            Slice(document, n, where if placed else None, key, words) for n, where in enumerate(header.positions)
        ]
    if placed:
        slices.sort(key=lambda image: image.position or 0.0)
    return ImageSeries(
        first.series, terms.shown(first.modality), first.description, first.date, tuple(slices), first.plane
    )


def frame(record: Record, image: Slice) -> Frame:
    """An image decoded. Raises UnreadableSourceError (calm, for the place of the image), NotFoundError."""
    sha256 = Sha256(image.document)
    return decoded(originals.read(record, sha256), image.frame, originals.info(record, sha256).name)


def frame_or_reason(record: Record, image: Slice) -> Frame | str:
    """An image decoded, or in words why it can't be drawn."""
    try:
        return frame(record, image)
    except OrganizerError as error:
        return f"{error} {error.next_step}"


def pixels(shown: Frame, center: float, width: float) -> bytes:
    """Rows of one grey byte a pixel through a linear window (PS3.3, C.11.2.1.2); of three, R G B, in colour."""
    import numpy as np

    if shown.colour:
        return shown.values.tobytes()
    real = np.arange(65_536, dtype=np.float32) * shown.slope + shown.intercept
    table = ((real - (center - 0.5)) / max(width - 1, 1) + 0.5) * 255
    table = np.clip(table, 0, 255).astype(np.uint8)
    if shown.inverted:
        table = 255 - table
    return bytes(table[shown.values].data)


def length(shown: Frame, start: tuple[float, float], end: tuple[float, float]) -> float | None:
    """Millimetres between two points (x, y in pixels of the image); None where the file gives no scale."""
    if shown.spacing is None:
        return None
    down, across = shown.spacing
    return float((((end[0] - start[0]) * across) ** 2 + ((end[1] - start[1]) * down) ** 2) ** 0.5)


def comparable(series: ImageSeries, other: ImageSeries) -> bool:
    """True where both were taken in one direction, so that a place in one is a place in the other."""
    return series.plane == other.plane


def nearest(series: ImageSeries, other: ImageSeries, number: int) -> int:
    """The image of `other` that lies where image `number` of `series` lies: by position, else by its share."""
    if not other.slices or not series.slices:
        return 0
    where = series.slices[number].position
    places = [image.position for image in other.slices]
    known = [place for place in places if place is not None]
    if where is not None and len(known) == len(places) and known[0] <= where <= known[-1]:
        return min(range(len(known)), key=lambda number: abs(known[number] - where))
    share = number / max(len(series.slices) - 1, 1)
    return round(share * (len(other.slices) - 1))


def key_images(listed: Iterable[ImageSeries], most: int) -> list[tuple[ImageSeries, int]]:
    """Those that a radiologist marked, else the middle image of each series, the longest first: at most so many."""
    listed = list(listed)
    marked: list[tuple[ImageSeries, int]] = []
    for series in listed:
        marked += [(series, number) for number in series.keys]
    if marked:
        return marked[:most]
    longest = sorted(listed, key=lambda series: -len(series.slices))
    return [(series, len(series.slices) // 2) for series in longest[:most]]


def picture_file(shown: Frame) -> bytes:
    """The image through its own window, as a PNG."""
    from PIL import Image

    mode = "RGB" if shown.colour else "L"
    height, width = shown.values.shape[:2]
    stream = BytesIO()
    Image.frombytes(mode, (width, height), pixels(shown, shown.center, shown.width)).save(stream, "PNG")
    return stream.getvalue()
