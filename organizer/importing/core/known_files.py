"""A file that was read before, whole, needn't be read again: its bytes say what they said.

Only where each file of an import is such a one: else one may tell of what another one speaks of. And only where all
that it gave is still in the record: what was undone or deleted comes in again.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from organizer.base.i18n import language
from organizer.base.progress import Progress
from organizer.base.version import VERSION
from organizer.importing.core.answers import Answers
from organizer.importing.core.format import Reading, SourceFile
from organizer.importing.core.plan import FilePlan, ImportPlan
from organizer.model.ids import PersonId, Sha256
from organizer.store import read_before
from organizer.store.session import Session

_READERS = 1
"""To be counted up where a reader begins to read more or otherwise within one version of the program."""

_LARGE = 2000  # rows; some seconds


def known_before(
    session: Session, sources: Sequence[SourceFile], person: str, progress: Progress
) -> list[FilePlan] | None:
    """The plans of files that were all read before; None where one of them has to be read."""
    plans = []
    for source in sources:
        progress.check()
        if not read_before.may_know(session, source.size):  # a large file is not gone through only to be refused
            return None
        outcome = read_before.recall(session, Sha256(source.sha256), _reader(person))
        if outcome is None:
            return None
        known = Counter[str](outcome["known"])
        plans.append(FilePlan(source.name, source, str(outcome["format"]), known_before=known))
    return plans


def remember(session: Session, plan: ImportPlan, person: PersonId) -> None:
    """Keep what was made of the plan's files, of those that left nothing out and open."""
    whole = [] if plan.unsettled else list(filter(_is_whole, plan.files))
    for file in whole:
        outcome: dict[str, Any] = {
            "format": file.format,
            "known": dict(file.everything()),
        }
        reader = _reader(person or file.source.answers.unnamed)
        read_before.remember(session, Sha256(file.source.sha256), reader, outcome)


def _is_whole(file: FilePlan) -> bool:
    """Whether nothing of a file was left out, and nothing of it is left to be said."""
    reading = file.reading
    if reading is None:
        return False
    left_out = [file.error, file.skipped, file.warnings, file.conflicts]
    left_open = [reading.card_parts, reading.cards, reading.keys, _columns_to_look_at(file, reading)]
    return not any(left_out + left_open) and says_nothing(file.source.answers)


def says_nothing(answers: Answers) -> bool:
    """Whether nothing was answered but whose the things are that name nobody, which the window always says."""
    return replace(answers, unnamed="") == Answers()


def _columns_to_look_at(file: FilePlan, reading: Reading) -> bool:
    """What columns hold can be said better by bringing in a table again: only a large one isn't looked at anew."""
    asks = [table.asks for table in reading.tables]
    return bool(asks) and (file.read < _LARGE or any(asks))


def _reader(person: str) -> str:
    """By what the outcome is one and the same: the readers, the words that they speak in, whose records it was."""
    return f"{VERSION}/{_READERS}/{language()}/{person}"
