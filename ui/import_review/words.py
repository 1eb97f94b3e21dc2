"""The review's sentences: counts by kind, verdicts, what a conflict is about."""

from collections.abc import Mapping

from organizer.base.words import _, ngettext
from organizer.records.entry import Entry
from organizer.records.kinds import find_kind
from organizer.services.importing import FilePlan, ImportPlan, PlannedItem, Verdict

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
    for name, count in sorted(counts.items(), key=lambda one: -one[1]):
        kind = find_kind(name)
        parts.append(f"{count} {_(kind.label if count == 1 else kind.plural).lower()}")
    return ", ".join(parts)


def file_sentence(file: FilePlan) -> str:
    """One line on a file: how much of it is new, updated, in conflict, known."""
    if file.error is not None:
        return _("Could not be read")
    parts = [_count_words(verdict, sum(file.count(verdict).values())) for verdict in VERDICTS]
    if file.skipped:
        parts.append(_count_words("skipped", len(file.skipped)))
    told = [part for part in parts if part]
    return " · ".join(told) if told else _("Nothing that Casebook keeps was found in it")


def _count_words(verdict: str, count: int) -> str:
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
        if any(True for _item in plan.items()):
            return _("Everything in these files is in the record already.")
        return _("These files bring nothing that Casebook can keep.")
    told = [kind_counts(plan.total("new"))] if new else []
    if updated:
        told.append(ngettext("{n} update", "{n} updates", updated).format(n=updated))
    if conflicts:
        text = ngettext("{n} that says something else", "{n} that say something else", conflicts)
        told.append(text.format(n=conflicts))
    return "; ".join(told)


def item_words(item: PlannedItem) -> tuple[str, str, str]:
    """A planned item as title, kind and detail (its day and value, or why it is in conflict)."""
    entry = item.entry
    return entry.title, _(find_kind(entry.kind).label), " · ".join(part for part in (_facts(entry), item.note) if part)


def _facts(entry: Entry) -> str:
    day = entry.happened.spoken() if entry.happened else ""
    return " · ".join(part for part in (day, entry.spoken_value()) if part)
