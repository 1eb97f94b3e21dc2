"""The images within a DICOM file: where each lies in its series, and its values ready for a window.

Transfer syntaxes: uncompressed and RLE by pydicom, JPEG (8 bits) and JPEG 2000 by Pillow, lossless JPEG by
`lossless_jpeg`. What none reads (JPEG-LS, video) says so. numpy comes in with the first image that is decoded.
"""

import logging
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import chain
from math import isfinite
from typing import TYPE_CHECKING, Any

from organizer.base.apart.ask import SITTING, ask
from organizer.base.apart.wire import Answer
from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.dicom_values import KEY_OBJECTS, MODALITIES, ODD, day_of, got, items_of, text_of

if TYPE_CHECKING:
    import numpy as np

_STEPS = 65_535
_FINEST = 1e-6
_OPPOSITE = {"L": "R", "R": "L", "A": "P", "P": "A", "H": "F", "F": "H"}
"""Left, right, front (anterior), back (posterior), head, feet."""
_OBLIQUE = 0.1
"""A direction that points to a side by less (a cosine: about six degrees) isn't said to lie there."""
_OURS = "casebook"
_DRAWN_WORDS = frozenset({"US", "IVUS", "ES", "XC", "OP", "OPT", "OT", "SC", "DOC", "ECG", "HC", "AU"})
"""Modalities whose devices commonly write name and birth date into the picture itself."""
_CAPTURED = "1.2.840.10008.5.1.4.1.1.7"
"""Secondary Capture and its multi-frame kinds (PS3.4, B.5): screenshots, scanned papers, dose reports."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of its images without decoding them.

    `position` is the millimetres of each frame along the normal of its plane (PS3.3, C.7.6.2.1.1), None where unknown;
    `plane` the direction of that normal. `may_bear_words` says that name or birth date may be part of the picture.
    """

    series: str
    modality: str
    description: str
    date: str
    number: int
    series_number: int
    plane: tuple[float, ...]
    positions: tuple[float | None, ...]
    rows: int
    columns: int
    instance: str = ""
    may_bear_words: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One decoded image: `values` are rows × columns of uint16, or × 3 of uint8 where it is in colour.

    A value stands for `value * slope + intercept` in the image's own unit (Hounsfield for CT). `center` and `width`
    are the window that the file asks for, else one over all values. `spacing` is mm between rows, between columns.
    `at_detector` says that lengths were not corrected for magnification (plain X-rays). `sides` says which side of the
    patient lies at the image's left, top, right and bottom, in the letters of DICOM; empty where the file doesn't say.
    """

    values: "np.ndarray[Any, np.dtype[np.uint16 | np.uint8]]"
    slope: float
    intercept: float
    center: float
    width: float
    inverted: bool
    spacing: tuple[float, float] | None
    at_detector: bool = False
    sides: tuple[str, ...] = ()

    @property
    def colour(self) -> bool:
        """True where a window makes no sense."""
        return self.values.ndim == 3

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return int(self.values.nbytes)


def looked_at(data: bytes) -> Header | frozenset[str]:
    """What a file says of its images, or which of a study's images (SOP Instance UIDs) it names as those that matter;
    empty where it says neither or can't be read. Read in a process of its own."""
    try:
        header = ask(_looked_at_here, data, idle=SITTING).content
    except UnreadableSourceError:
        return frozenset()
    if not isinstance(header, dict):
        return frozenset(map(str, header))
    plane, positions = tuple(header.pop("plane")), tuple(header.pop("positions"))
    return Header(plane=plane, positions=positions, **header)


def decoded(data: bytes, number: int, name: str) -> Frame:
    """Frame `number` (from 0) of a file, decoded in a process of its own.

    Raises UnreadableSourceError, naming the file, where it can't be drawn.
    """
    import numpy as np

    answer = ask(_decoded_here, data, number, name, name=name, idle=SITTING)
    shape, is_deep, scaling, spacing, sides = answer.content
    (samples,) = answer.parts
    try:
        values = np.frombuffer(samples, np.uint16 if is_deep else np.uint8).reshape(shape)
    except ValueError as error:
        raise _undrawable(name) from error
    return Frame(values, **scaling, spacing=(spacing[0], spacing[1]) if spacing else None, sides=tuple(map(str, sides)))


def _looked_at_here(data: bytes, _progress: Progress) -> Header | list[str]:
    return header(data) or sorted(key_objects(data))


def _decoded_here(data: bytes, number: int, name: str, _progress: Progress) -> Answer:
    """Shape of the values, whether each takes two bytes, the other fields of the frame; then the values in bytes."""
    shown = decoded_here(data, number, name)
    numbers = {name: getattr(shown, name) for name in ("slope", "intercept", "center", "width")}
    if not all(map(isfinite, numbers.values())):
        raise _undrawable(name)
    fields = {**numbers, "inverted": shown.inverted, "at_detector": shown.at_detector}
    values = shown.values
    return Answer(
        [values.shape, values.dtype.itemsize == 2, fields, shown.spacing, list(shown.sides)], (values.tobytes(),)
    )


def header(data: bytes) -> Header | None:
    """What a file says of its images, read in this process; None where it holds none or can't be read."""
    try:
        dataset = _opened(data, stop=True)
        rows, columns = int(got(dataset, "Rows") or 0), int(got(dataset, "Columns") or 0)
        if not rows or not columns:
            return None
        count = max(1, int(got(dataset, "NumberOfFrames") or 1))
        day = day_of(text_of(dataset, "StudyDate")) or day_of(text_of(dataset, "SeriesDate"))
        modality = text_of(dataset, "Modality")
        return Header(
            series=text_of(dataset, "SeriesInstanceUID"),
            modality=MODALITIES.get(modality, modality),
            description=text_of(dataset, "SeriesDescription") or text_of(dataset, "ProtocolName"),
            date=day.text if day else "",
            number=int(got(dataset, "InstanceNumber") or 0),
            series_number=int(got(dataset, "SeriesNumber") or 0),
            plane=tuple(round(part, 2) for part in _normal(_placed(dataset, 0)) or ()),
            positions=tuple(_position(dataset, number) for number in range(count)),
            rows=rows,
            columns=columns,
            instance=text_of(dataset, "SOPInstanceUID"),
            may_bear_words=_may_bear_words(dataset, modality),
        )
    except (*ODD, EOFError, UnreadableSourceError):
        return None


def _may_bear_words(dataset: Any, modality: str) -> bool:
    """Whether the pixels may name the patient: as the file says (Burned In Annotation, PS3.3, C.7.6.1), else where
    such pictures commonly do."""
    words = text_of(dataset, "BurnedInAnnotation").upper()
    if words in ("YES", "NO"):
        return words == "YES"
    is_captured = text_of(dataset, "SOPClassUID").startswith(_CAPTURED) or bool(text_of(dataset, "ConversionType"))
    return is_captured or modality in _DRAWN_WORDS


def key_objects(data: bytes) -> frozenset[str]:
    """The images (SOP Instance UIDs) that a key object selection names; none for any other file."""
    try:
        dataset = _opened(data, stop=True)
        if text_of(dataset, "SOPClassUID") != KEY_OBJECTS:
            return frozenset()
        items = items_of(dataset, "ContentSequence")
        images = chain.from_iterable(items_of(item, "ReferencedSOPSequence") for item in items)
        named = (text_of(image, "ReferencedSOPInstanceUID") for image in images)
        return frozenset(text for text in named if text)
    except (*ODD, EOFError, UnreadableSourceError):
        return frozenset()


def decoded_here(data: bytes, number: int, name: str) -> Frame:
    """The same as `decoded`, in this process."""
    dataset = _opened(data, stop=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd lengths and values are drawn as they stand
            return replace(_frame(dataset, number), sides=sides(dataset, number))
    except (*ODD, EOFError, MemoryError, OSError, RuntimeError) as error:
        raise _undrawable(name) from error


def _undrawable(name: str) -> UnreadableSourceError:
    return UnreadableSourceError(
        _("This image of “{name}” can’t be shown here.").format(name=name),
        _("It is kept whole. Radiology can show it, or make a copy without compression."),
    )


def _opened(data: bytes, stop: bool) -> Any:
    import pydicom
    from pydicom.errors import BytesLengthException, InvalidDicomError

    logging.getLogger("pydicom").setLevel(logging.CRITICAL)  # it would log what a damaged file holds
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return pydicom.dcmread(BytesIO(data), stop_before_pixels=stop, force=True)
    except (InvalidDicomError, BytesLengthException, EOFError, *ODD) as error:
        raise UnreadableSourceError(_("This image breaks off."), _("Copy the disc again.")) from error


def _placed(dataset: Any, number: int) -> Any:
    """Where a frame's plane is told: in the file itself, or in the groups of a multi-frame file (C.7.6.16)."""
    fields: dict[str, Any] = {}
    shared = items_of(dataset, "SharedFunctionalGroupsSequence")[:1]
    own = items_of(dataset, "PerFrameFunctionalGroupsSequence")[number : number + 1]
    for group in (*shared, *own):
        for sequence in ("PlanePositionSequence", "PlaneOrientationSequence", "PixelMeasuresSequence"):
            for item in items_of(group, sequence):
                fields |= {element.keyword: element.value for element in item}
    return fields or dataset


def _numbers(placed: Any, name: str, count: int) -> tuple[float, ...] | None:
    value = placed.get(name) if isinstance(placed, dict) else got(placed, name)
    if value is None or isinstance(value, str) or len(value) != count:
        return None
    return tuple(float(part) for part in value)


def _normal(placed: Any) -> tuple[float, float, float] | None:
    along = _numbers(placed, "ImageOrientationPatient", 6)
    if along is None:
        return None
    (a, b, c), (d, e, f) = along[:3], along[3:]
    return b * f - c * e, c * d - a * f, a * e - b * d


def sides(dataset: Any, number: int) -> tuple[str, ...]:
    """Which side of the patient lies at the left, top, right and bottom of a frame; empty where the file doesn't say.

    From the directions of its rows and columns (PS3.3, C.7.6.2.1.1: x grows to the patient's left, y to the back, z to
    the head), else from Patient Orientation (C.7.6.1.1.1), both looked up on 2026-11-29. Of an oblique plane the
    letters stand in the order of their weight. Animals have letters of their own, which aren't shown.
    """
    if text_of(dataset, "AnatomicalOrientationType").upper() not in ("", "BIPED"):
        return ()
    along = _numbers(_placed(dataset, number), "ImageOrientationPatient", 6)
    if along is not None:
        right, bottom = _letters(along[:3]), _letters(along[3:])
    else:
        words = got(dataset, "PatientOrientation")
        if words is None or isinstance(words, str) or len(words) != 2:
            return ()
        right, bottom = (str(word).strip().upper() for word in words)
    if not right or not bottom or set(right + bottom) - set(_OPPOSITE):
        return ()
    left, top = ("".join(_OPPOSITE[letter] for letter in side) for side in (right, bottom))
    return left, top, right, bottom


def _letters(direction: Sequence[float]) -> str:
    """The sides of the patient to which a direction points, the one that it points to most first."""
    parts = [(abs(part), pair[part < 0]) for part, pair in zip(direction, ("LR", "PA", "HF"), strict=True)]
    return "".join(letter for weight, letter in sorted(parts, reverse=True) if weight > _OBLIQUE)


def _position(dataset: Any, number: int) -> float | None:
    placed = _placed(dataset, number)
    corner, normal = _numbers(placed, "ImagePositionPatient", 3), _normal(placed)
    if corner is not None and normal is not None:
        return sum(value * other for value, other in zip(corner, normal, strict=True))
    location = got(dataset, "SliceLocation")
    return float(location) if location is not None else None


def _spacing(dataset: Any, number: int) -> tuple[tuple[float, float] | None, bool]:
    values = _numbers(_placed(dataset, number), "PixelSpacing", 2)
    at_detector = values is None
    values = values or _numbers(dataset, "ImagerPixelSpacing", 2)
    if values is None or min(values) <= 0:
        return None, False
    return (values[0], values[1]), at_detector


def _add_own_decoder() -> None:
    """pydicom asks its decoders by name; ours is added to them once."""
    from pydicom.pixels.decoders.base import get_decoder
    from pydicom.uid import JPEGLossless, JPEGLosslessSV1

    from organizer.importing import lossless_jpeg

    for decoder in (get_decoder(JPEGLossless), get_decoder(JPEGLosslessSV1)):
        if _OURS not in decoder.available_plugins:
            decoder.add_plugin(_OURS, (lossless_jpeg.__name__, lossless_jpeg.decode_frame.__name__))


def _frame(dataset: Any, number: int) -> Frame:
    import numpy as np
    from pydicom.pixels.processing import apply_color_lut, apply_modality_lut
    from pydicom.pixels.utils import pixel_array

    _add_own_decoder()
    spacing, at_detector = _spacing(dataset, number)
    pixels = pixel_array(dataset, index=number)
    if text_of(dataset, "PhotometricInterpretation").startswith("PALETTE"):
        pixels = apply_color_lut(pixels, dataset)
    if pixels.ndim == 3:
        deep = pixels.dtype.itemsize * 8
        eight = pixels if deep == 8 else (pixels >> (deep - 8)).astype(np.uint8)
        return Frame(np.ascontiguousarray(eight[:, :, :3]), 1, 0, 128, 256, False, spacing, at_detector)
    real = apply_modality_lut(pixels, dataset)
    if "ModalityLUTSequence" not in dataset and pixels.dtype.itemsize <= 2:
        shift = 32_768 if pixels.dtype.kind == "i" else 0
        slope = float(got(dataset, "RescaleSlope") or 1)
        intercept = float(got(dataset, "RescaleIntercept") or 0) - shift * slope
        values = (pixels.astype(np.int32) + shift).astype(np.uint16)
    else:
        low, high = float(np.min(real)), float(np.max(real))
        slope, intercept = max((high - low) / _STEPS, _FINEST), low
        values = np.rint((real - low) / slope).astype(np.uint16)
    padding = got(dataset, "PixelPaddingValue")
    inside = real[pixels != padding] if isinstance(padding, int) else real
    center, width = _window(dataset, inside if inside.size else real)
    inverted = text_of(dataset, "PhotometricInterpretation") == "MONOCHROME1"
    return Frame(values, slope, intercept, center, width, inverted, spacing, at_detector)


def _window(dataset: Any, real: Any) -> tuple[float, float]:
    """The first window of the file (C.11.2.1.2), else one over all values."""
    values = []
    for name in ("WindowCenter", "WindowWidth"):
        value = got(dataset, name)
        values.append(value[0] if hasattr(value, "__len__") and not isinstance(value, str) else value)
    if None not in values and float(values[1]) >= 1:
        return float(values[0]), float(values[1])
    low, high = float(real.min()), float(real.max())
    return (low + high) / 2, max(high - low, 1.0)
