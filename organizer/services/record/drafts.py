"""What was being typed when the record locked by itself: kept inside the record, given back once."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

import orjson

from organizer.model.ids import PersonId
from organizer.services.record.records import Record

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """An unsaved form: its kind, whose entry, which one ("" for a new one), and the fields that were typed."""

    kind: str
    person: PersonId
    entry: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def keep(record: Record, draft: Draft) -> None:
    """Keep it in place of an earlier one; a record that can’t be written keeps none."""
    if not (record.read_only or record.is_renewed):
        record.set_meta(DRAFT, orjson.dumps(asdict(draft)).decode())


def take(record: Record) -> Draft | None:
    """The draft that was kept, which is then forgotten; None where there is none."""
    text = "" if record.read_only else record.meta(DRAFT)
    if not text:
        return None
    record.set_meta(DRAFT, "")
    return Draft(**orjson.loads(text))
