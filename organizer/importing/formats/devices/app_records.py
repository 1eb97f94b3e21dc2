"""What the readers of apps' JSON share: a record, and what it becomes."""

from typing import Any

from organizer.base.dates import PartialDate
from organizer.importing.formats.devices.readings import Measure
from organizer.model.entry import Entry

Json = dict[str, Any]
Reading = tuple[Measure, PartialDate, str]
"""One reading for its day: what, when, and the number as text."""
RecordContent = tuple[list[Entry], Reading | None]
"""Entries of their own, or one reading for its day."""
NOTHING: RecordContent = ([], None)


def dict_of(value: object) -> Json:
    """The value where it is an object of JSON, else an empty one."""
    return value if isinstance(value, dict) else {}


def list_of(value: object) -> list[Any]:
    """The value where it is a list of JSON, else an empty one."""
    return value if isinstance(value, list) else []
