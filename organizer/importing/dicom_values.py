"""Values of a DICOM file as they are asked for, whatever is wrong with others; and what its codes are in words."""

import struct
import warnings
from typing import Any

from organizer.base.dates import PartialDate, parse_date

IMAGE, NO_IMAGE = "/", "/without-image"
"""Where a study stands in a file of it: one that holds an image, and one that only speaks of it."""
KEY_OBJECTS = "1.2.840.10008.5.1.4.1.1.88.59"  # names the images of its study that matter (PS3.3, A.35.4)
ODD = (ValueError, LookupError, TypeError, AttributeError, NotImplementedError, OverflowError, struct.error)
"""What pydicom raises for values that are not as the standard has them."""
MODALITIES = {
    "CT": "CT", "MR": "MRI", "US": "Ultrasound", "CR": "X-ray", "DX": "X-ray", "RF": "Fluoroscopy",
    "NM": "Scintigraphy", "PT": "PET", "MG": "Mammography", "XA": "Angiography", "OT": "Other", "SR": "Report",
    "ES": "Endoscopy", "OCT": "OCT", "IO": "Dental X-ray", "PX": "Dental X-ray", "SM": "Slide", "ECG": "ECG",
}  # fmt: skip
"""Modality (PS3.3, C.7.3.1.1.1) in plain words."""


def got(dataset: Any, name: str) -> Any:
    """An attribute's value; None where it is absent or can't be read: values are only read when they are asked for."""
    from pydicom.errors import BytesLengthException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return dataset.get(name)
    except (BytesLengthException, EOFError, *ODD):
        return None


def text_of(dataset: Any, name: str) -> str:
    """An attribute as text; "" where it is absent or can't be read."""
    value = got(dataset, name)
    return " ".join(str(value).replace("\0", "").split()) if value is not None else ""


def items_of(dataset: Any, name: str) -> list[Any]:
    """The items of a sequence; none where it is absent or can't be read."""
    items = got(dataset, name)
    return list(items) if items is not None and not isinstance(items, str) else []


def day_of(text: str) -> PartialDate | None:
    """DA: `20260302`; the old `2026.03.02` too."""
    plain = text.replace(".", "").replace("-", "").strip()
    return parse_date(f"{plain[:4]}-{plain[4:6]}-{plain[6:8]}") if len(plain) == 8 and plain.isdigit() else None
