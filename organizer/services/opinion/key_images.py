"""The few images of each study that a packet shows: the middle one of its longest series, drawn by the services.

A study of five hundred slices is no five hundred exhibits; the others stay in the record and are counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.model.entry import Entry
from organizer.model.ids import Sha256
from organizer.packet.packet_input import OriginalFile
from organizer.services.entries import images
from organizer.services.entries.images import Slice
from organizer.services.record.records import Record
from organizer.store import originals, recognised

MOST = 3


@dataclass(frozen=True, slots=True)
class KeyImages:
    """`documents` are those that stand for a study (by the entry's id); `slices` what is drawn of each."""

    documents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slices: Mapping[str, tuple[Slice, str]] = field(default_factory=dict)

    def original_file(self, record: Record, sha256: Sha256) -> OriginalFile:
        """A document as it came, with its recognised words; an image that stands for its study as a picture of it.

        One that can’t be drawn stays as it came.
        Raises NotFoundError, RecordDamagedError.
        """
        known = originals.info(record, sha256)
        if sha256 in self.slices:
            image, words = self.slices[sha256]
            drawn = images.frame_or_reason(record, image)
            if not isinstance(drawn, str):
                picture, may_bear_words = images.picture_file(drawn), image.may_bear_words
                return OriginalFile(
                    sha256, known.name, "image/png", picture, caption=words, may_bear_words=may_bear_words
                )
        read = tuple(recognised.pages(record, sha256))
        return OriginalFile(sha256, known.name, known.media_type, originals.read(record, sha256), read)


def chosen(record: Record, entries: Sequence[Entry], progress: Progress) -> KeyImages:
    """The images that stand for the studies among these entries. Raises Cancelled, RecordDamagedError."""
    documents: dict[str, tuple[str, ...]] = {}
    slices: dict[str, tuple[Slice, str]] = {}
    for entry in entries:
        behind = images.documents_of(entry) if entry.kind == images.KIND and not entry.struck else ()
        if not behind:
            continue
        for series, number in images.key_images(images.study(record, entry, progress).series, MOST):
            image = series.slices[number]
            words = _("{series}: image {n} of {of}, not for diagnosis")
            text = words.format(series=series.title, n=number + 1, of=len(series.slices))
            slices.setdefault(image.document, (image, text))
            documents[entry.id] = (*documents.get(entry.id, ()), image.document)
        documents.setdefault(entry.id, behind[:1])
    return KeyImages(documents, slices)
