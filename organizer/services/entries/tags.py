"""Tags: a person's own words on entries, given to one or to many at once; nothing that came from a source changes."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from organizer.base.errors import InvalidEntryError
from organizer.base.i18n import _, ngettext
from organizer.model.entry import Changes, Entry
from organizer.model.ids import PersonId
from organizer.model.kind import TAGS
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Replace

LONGEST = 60


def known(record: Record, person: PersonId) -> list[tuple[str, int]]:
    """The person's tags and how many entries bear each, the most used first."""
    return reading.tags(record, person)


def borne(record: Record, ids: Sequence[str]) -> Counter[str]:
    """The tags of these entries, and how many of them bear each."""
    return Counter(chain.from_iterable(entry.tags for entry in reading.in_turn(record, ids)))


def change(
    record: Record,
    ids: Sequence[str],
    give: Iterable[str],
    take: Iterable[str] = (),
    check: Callable[[int], None] = lambda _done: None,
) -> Changes:
    """Give tags to entries and take others from them, as one operation; a tag is the same in any case.

    `check` is told now and then how many are done; what it raises takes all back.
    Raises InvalidEntryError for a tag without letters or longer than `LONGEST`.
    """
    given, taken = [plain(text) for text in give], {text.casefold() for text in take}
    wanted = [entry.id for entry in reading.in_turn(record, ids) if _tagged(entry, given, taken) != list(entry.tags)]
    label = ngettext("Tagged {n} entry", "Tagged {n} entries", len(wanted)).format(n=len(wanted))
    edits = (Replace(_having(entry, _tagged(entry, given, taken))) for entry in reading.in_turn(record, wanted))
    return change_log.apply(record, label, edits, check) if wanted else Changes()


def plain(tag: str) -> str:
    """A tag as it is kept: without spaces too many. Raises InvalidEntryError."""
    words = " ".join(tag.split())
    if not any(letter.isalnum() for letter in words) or len(words) > LONGEST:
        raise InvalidEntryError(
            _("“{tag}” can’t be a tag.").format(tag=words[:LONGEST]),
            _("Write a few words, at most {n} letters.").format(n=LONGEST),
            TAGS.name,
        )
    return words


def _having(entry: Entry, tags: list[str]) -> Entry:
    bare = entry.without(TAGS.name)
    return bare.having(data={**bare.data, TAGS.name: tags}) if tags else bare


def _tagged(entry: Entry, given: Iterable[str], taken: set[str]) -> list[str]:
    tags = {tag.casefold(): tag for tag in entry.tags if tag.casefold() not in taken}
    for text in given:
        tags.setdefault(text.casefold(), text)
    return list(tags.values())
