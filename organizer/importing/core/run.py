"""Recognise → read → match → Plan, and what the person accepts of it: one undoable operation."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.importing.core.accepted import Accepted
from organizer.importing.core.answers import Answers
from organizer.importing.core.known_files import known_before, remember, says_nothing
from organizer.importing.core.plan import FilePlan, ImportPlan
from organizer.importing.core.planner import Planner, recognise
from organizer.importing.core.walk import OpenedFile, walk
from organizer.importing.formats import FORMATS
from organizer.model.entry import Changes
from organizer.model.ids import PersonId, Sha256
from organizer.store import change_log, originals
from organizer.store.session import Session

__all__ = ["accept", "make_plan", "plan_again", "recognise"]

NOTHING_ANSWERED = Answers()


def make_plan(
    session: Session,
    paths: Sequence[Path],
    person: PersonId,
    progress: Progress,
    answers: Answers = NOTHING_ANSWERED,
    anew: bool = False,
) -> ImportPlan:
    """Read files, folders and zips and say what each would bring; nothing is written.

    `person` is the id of whose records they are where the files don't say (or the person said so); "" leaves it to
    the files and the answers, and to the record's first person for files that name nobody. `anew`: also files that
    were read before are read, because something is to be said about them.
    """
    planner = Planner(session, person, answers)
    sources: list[OpenedFile] = []
    for opened in walk(paths):
        progress.check()
        progress.report(_("Opening {name}").format(name=opened[0].name), len(sources))
        sources.append(opened)
    if not anew and says_nothing(answers) and sources and all(error is None for _source, error in sources):
        before = known_before(session, [source for source, _error in sources], person or answers.unnamed, progress)
        if before is not None:
            return ImportPlan(before)
    files: dict[int, FilePlan] = {}
    for place in _in_order(sources):
        source, error = sources[place]
        progress.check()
        progress.report(_("Reading {name}").format(name=source.name), len(files), len(sources))
        files[place] = planner.read(source, error, progress)
    plan = ImportPlan([files[place] for place in range(len(sources))], person=person)
    planner.complete(plan.files, progress)
    plan = _matched(plan, planner, progress)
    keys = next((file.reading.keys for file in plan.files if file.reading and file.reading.keys), b"")
    if keys and not answers.keys:
        return plan_again(session, plan, person, progress, replace(answers, keys=keys))
    return plan


def _in_order(sources: Sequence[OpenedFile]) -> list[int]:
    """Places of the files in the order of reading: those that others speak of come first."""
    return sorted(
        range(len(sources)), key=lambda place: sources[place][1] is not None or not _comes_first(sources[place])
    )


def _comes_first(opened: OpenedFile) -> bool:
    source, error = opened
    try:
        return error is None and any(known.comes_first(source) for known in FORMATS)
    except OSError:
        return False


def plan_again(
    session: Session, before: ImportPlan, person: PersonId, progress: Progress, answers: Answers
) -> ImportPlan:
    """The same import after other answers; files are matched again, and read again only where an answer asks it."""
    planner = Planner(session, person, answers)
    plan = ImportPlan(person=person)
    for file in before.files:
        progress.check()
        progress.report(_("Looking again at {name}").format(name=file.file), len(plan.files), len(before.files))
        plan.files.append(planner.read_again(file, progress))
    return _matched(plan, planner, progress)


def _matched(plan: ImportPlan, planner: Planner, progress: Progress) -> ImportPlan:
    planner.match(plan.files, progress)
    plan.people = planner.people
    return plan


def accept(session: Session, plan: ImportPlan, progress: Progress, leave_out: frozenset[str] = frozenset()) -> Changes:
    """Write what a plan brings, without the items whose keys are left out: all of it or nothing.

    Without a person who is new to the record, nothing of theirs comes in. Raises DiskFullError or Cancelled with the
    record as it was.
    """
    session.refuse_read_only()
    accepted = Accepted(session, plan, leave_out, progress)

    def step(done: int) -> None:
        progress.report(_("Writing entries"), done, accepted.count)
        progress.check()

    stored: list[originals.Original] = []
    try:
        stored.extend(_store_originals(session, plan, accepted.documents, progress))
        label = _label(plan, accepted.count)
        changes = change_log.apply(session, label, accepted.edits(), step, stored)
    except BaseException:
        originals.discard(session, stored)
        raise
    progress.report(_("Writing entries"), accepted.count, accepted.count)
    if not leave_out:
        remember(session, plan, plan.person)
    session.checkpoint()
    return changes


def _label(plan: ImportPlan, count: int) -> str:
    names = [file.file for file in plan.files if not file.error]
    where = names[0] if len(names) == 1 else ngettext("{n} file", "{n} files", len(names)).format(n=len(names))
    text = ngettext("Imported {n} entry from {where}", "Imported {n} entries from {where}", count)
    return text.format(n=count, where=where)


def _report_stored(progress: Progress, words: str, size: int, done: int) -> None:
    progress.report(words, done, size)
    progress.check()


def _store_originals(
    session: Session,
    plan: ImportPlan,
    needed: Set[str],
    progress: Progress,
) -> Iterator[originals.Original]:
    """Documents are safe on disk before the entries that point at them are written."""
    for number, file in enumerate(plan.files):
        if file.error is not None:
            continue
        words = _("Keeping {name}").format(name=file.file)
        progress.check()
        progress.report(words, number, len(plan.files))
        whole = file.source.sha256 in needed
        if whole:
            with file.source.open() as stream:
                name, media_type, size = Path(file.file).name, file.source.media_type, file.source.size
                step = partial(_report_stored, progress, words, size)
                yield originals.keep(session, stream, Sha256(file.source.sha256), name, media_type, step)
        for attached in (attached for attached in file.embedded if whole or attached.sha256 in needed):
            progress.check()
            yield originals.keep(
                session, BytesIO(attached.data), Sha256(attached.sha256), attached.name, attached.media_type
            )
