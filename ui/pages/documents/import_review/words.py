"""The review's sentences: counts by kind, verdicts, what a conflict is about."""

from collections.abc import Mapping, Sequence
from itertools import chain

from organizer.base.i18n import _, ngettext, within_sentence
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind
from organizer.services.bring_in.importing import FilePlan, ImportPlan, PlannedItem, Skipped, Verdict

VERDICTS: tuple[Verdict, ...] = ("new", "updated", "conflict", "known")
TONES = {"new": "good", "updated": "info", "conflict": "caution", "known": "neutral", "skipped": "neutral"}


def verdict_words(verdict: str) -> str:
    """A verdict in plain words."""
    return {
        "new": _("New"),
        "updated": _("Updated"),
        "conflict": _("Says something else"),
        "known": _("Already in the record"),
        "skipped": _("Left out"),
    }[verdict]


def kind_counts(counts: Mapping[str, int]) -> str:
    """`12 test results, 3 medicines`."""
    parts = []
    for name, count in sorted(counts.items(), key=lambda counted: -counted[1]):
        kind = find_kind(name)
        parts.append(f"{count} {within_sentence(_(kind.label if count == 1 else kind.plural))}")
    return ", ".join(parts)


def files_sentence(files: Sequence[FilePlan]) -> str:
    """One line on a file, or on several of one study: how much is new, updated, in conflict, known, left out."""
    if any(file.locked for file in files):
        return _("Locked")
    if all(file.error is not None for file in files):
        return _("Could not be read")
    parts = [count_words(verdict, sum(sum(file.count(verdict).values()) for file in files)) for verdict in VERDICTS]
    parts.append(count_words("skipped", sum(len(file.skipped) for file in files)))
    lines = [part for part in parts if part]
    return " · ".join(lines) if lines else _("Nothing that Casebook keeps was found in it")


def count_words(verdict: str, count: int) -> str:
    """`3 new`; "" for none."""
    if not count:
        return ""
    texts = {
        "new": ngettext("{n} new", "{n} new", count),
        "updated": ngettext("{n} updated", "{n} updated", count),
        "conflict": ngettext("{n} says something else", "{n} say something else", count),
        "known": ngettext("{n} already in the record", "{n} already in the record", count),
        "skipped": ngettext("{n} left out", "{n} left out", count),
    }
    return texts[verdict].format(n=count)


def plan_sentence(plan: ImportPlan) -> str:
    """What the whole import would bring."""
    new, updated, conflicts = (sum(plan.total(verdict).values()) for verdict in ("new", "updated", "conflict"))
    if not new + updated + conflicts:
        if any(file.locked for file in plan.files):
            return _("A backup is locked: open it to see what it brings.")
        if any(True for _item in plan.items()):
            return _("Everything in these files is in the record already.")
        tables = list(chain.from_iterable(file.reading.tables for file in plan.files if file.reading))
        if any(table.unclear for table in tables):
            return _("One question first: in which order do day, month and year stand in the dates?")
        if any(table.unclear_number for table in tables):
            return _("One question first: does the mark in the numbers part decimals or thousands?")
        return _("These files bring nothing that Casebook can keep.")
    lines = [kind_counts(plan.total("new"))] if new else []
    if updated:
        lines.append(ngettext("{n} update", "{n} updates", updated).format(n=updated))
    if conflicts:
        text = ngettext("{n} that says something else", "{n} that say something else", conflicts)
        lines.append(text.format(n=conflicts))
    return "; ".join(lines)


def verdict_of(line: PlannedItem | Skipped) -> str:
    """An item's verdict; what is left out has none of its own."""
    return line.verdict if isinstance(line, PlannedItem) else "skipped"


def line_words(line: PlannedItem | Skipped) -> tuple[str, str, str]:
    """A line as title, kind and detail: its day and value, what the record says instead, or why it is left out."""
    if isinstance(line, Skipped):
        return line.what, line.where, line.reason[:1].upper() + line.reason[1:]
    entry, other = line.entry, line.existing
    detail = [_facts(entry), line.note]
    if line.verdict == "conflict" and other is not None:
        where = f" ({other.sources[0].file_name})" if other.sources and other.sources[0].file_name else ""
        detail[1] = _("the record says {other}").format(other=difference(other, entry) + where)
    if line.verdict == "updated" and other is not None:
        detail.append(_("What changes: {changes}").format(changes=difference(entry, other)))
    return plain_title(entry), _(find_kind(entry.kind).label), " · ".join(part for part in detail if part)


def difference(entry: Entry, other: Entry) -> str:
    """What an entry says that the other one says differently: its value, or the fields that differ."""
    if entry.value_text and entry.spoken_value() != other.spoken_value():
        return entry.spoken_value()
    kind = find_kind(entry.kind)
    fields = [field for field in kind.fields if kind.show(entry, field) != kind.show(other, field)]
    lines = [f"{_(field.label)}: {kind.show(entry, field)}" for field in fields if kind.show(entry, field)]
    return "; ".join(lines[:3]) or plain_title(entry)


def _facts(entry: Entry) -> str:
    day = entry.happened.spoken() if entry.happened else ""
    return " · ".join(part for part in (day, entry.spoken_value()) if part)
