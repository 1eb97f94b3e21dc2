"""Tags: a person's own words on entries, given to one or to many at once; nothing that came from a source changes."""

from collections.abc import Iterable, Sequence

from organizer.base.errors import InvalidEntryError
from organizer.base.words import _, ngettext
from organizer.records.entry import Changes, Entry
from organizer.records.kind import TAGS
from organizer.services.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Replace

LONGEST = 60


def known(record: Record, person: str) -> list[tuple[str, int]]:
    """The person's tags and how many entries bear each, the most used first."""
    return reading.tags(record, person)


def change(record: Record, ids: Sequence[str], give: Iterable[str], take: Iterable[str] = ()) -> Changes:
    """Give tags to entries and take others from them, as one operation; a tag is the same in any case.

    Raises InvalidEntryError for a tag without letters or longer than `LONGEST`.
    """
    given, taken = [_plain(one) for one in give], {one.casefold() for one in take}
    edits = []
    for entry in reading.many(record, ids):
        after = _tagged(entry, given, taken)
        if after != list(entry.tags):
            data = {name: value for name, value in entry.data.items() if name != TAGS.name}
            edits.append(Replace(entry.having(data={**data, TAGS.name: after} if after else data)))
    label = ngettext("Tagged {n} entry", "Tagged {n} entries", len(edits)).format(n=len(edits))
    return change_log.apply(record, label, edits) if edits else Changes()


def _plain(tag: str) -> str:
    words = " ".join(tag.split())
    if not any(letter.isalnum() for letter in words) or len(words) > LONGEST:
        raise InvalidEntryError(
            _("“{tag}” can’t be a tag.").format(tag=words[:LONGEST]),
            _("Write a few words, at most {n} letters.").format(n=LONGEST),
            TAGS.name,
        )
    return words


def _tagged(entry: Entry, given: Iterable[str], taken: set[str]) -> list[str]:
    kept = {one.casefold(): one for one in entry.tags if one.casefold() not in taken}
    for one in given:
        kept.setdefault(one.casefold(), one)
    return list(kept.values())
