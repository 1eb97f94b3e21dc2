"""What a line of the chronology says: the record's own words, in quotes, and who and where."""

from collections.abc import Sequence

from organizer.base.i18n import _, in_quotes
from organizer.base.units import spoken_unit
from organizer.model.entry import Entry
from organizer.model.kind import FieldType
from organizer.model.kinds import find_kind
from organizer.model.kinds.observation import CATEGORIES

_LONGEST = 600


def provider(entry: Entry) -> str:
    """Who made, ordered, wrote or performed it, as the record names them."""
    return find_kind(entry.kind).author(entry)


def facility(entry: Entry) -> str:
    """Where it was, as the record names it."""
    return entry.text("place")


def record_type(entry: Entry) -> str:
    """What sort of record it is; a result by its group: laboratory, vital sign, symptom."""
    for choice in CATEGORIES if entry.kind in ("Observation", "DiagnosticReport") else ():
        if choice.value == entry.text("category"):
            return _(choice.label)
    return _(find_kind(entry.kind).label)


def says(group: Sequence[Entry]) -> str:
    """The record's words in quotes: a result as printed, else title, then what it says."""
    if len(group) > 1:
        return "; ".join(quoted(_result(result)) for result in group)
    entry = group[0]
    if entry.kind == "Observation":
        return quoted(_result(entry))

    parts = [entry.title, entry.spoken_value()]
    for name in find_kind(entry.kind).telling:
        # The person's own note stands in a column of its own.
        if name != "note" or not entry.reported_by_patient:
            parts.append(_text(entry, name))

    lines = [quoted(part) for part in dict.fromkeys(parts) if part]
    if entry.ended is not None:
        lines.append(_("until {day}").format(day=entry.ended.spoken()))
    # The source's own word, where the record's status is only what can be said of it.
    status = entry.text("source_status") or _chosen(entry, "status") or entry.status
    if status:
        lines.append(_("recorded as {status}").format(status=quoted(status)))
    return "; ".join(lines)


def _chosen(entry: Entry, name: str) -> str:
    """What the person chose from a list, by its name there; "" for what a source wrote, which stands as it is."""
    field = find_kind(entry.kind).field(name)
    if field is None or field.type is not FieldType.CHOICE or not entry.reported_by_patient:
        return ""
    return find_kind(entry.kind).show(entry, field)


def _text(entry: Entry, name: str) -> str:
    if chosen := _chosen(entry, name):
        return chosen
    value = entry.data.get(name)
    return ", ".join(map(str, value)) if isinstance(value, list) else entry.text(name)


def quoted(text: str) -> str:
    """A text of the record between quotation marks; inner ones become single, so that the quote has one end."""
    plain = " ".join(text.replace("„", "‚").replace("“", "‘").replace("”", "’").replace('"', "’").split())
    cut = plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1].rsplit(" ", 1)[0] + " …"
    return in_quotes(cut)


def _components(entry: Entry) -> str:
    """The parts of a panel as printed: `Systolic 124 mm[Hg], Diastolic 78 mm[Hg]`."""
    lines = []
    for part in entry.data.get("components") or ():
        value = f"{part.get('comparator') or ''}{part.get('value_text') or ''}"
        lines.append(f"{part.get('title') or ''} {value} {spoken_unit(part.get('unit') or '')}".strip())
    return ", ".join(lines)


def _result(entry: Entry) -> str:
    parts = [entry.title, entry.spoken_value() or _components(entry) or entry.text("absent_reason")]
    parts += [f"[{entry.text('range_text')}]" if entry.text("range_text") else "", entry.text("interpretation")]
    return " ".join(part for part in parts if part)
