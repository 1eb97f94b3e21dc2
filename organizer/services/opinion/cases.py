"""A case: one question to one or more specialists, its checklist, what was asked for and what came of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain

from organizer.base.errors import NotFoundError, OrganizerError
from organizer.base.i18n import _
from organizer.health.opinion import timing
from organizer.health.opinion.asked_log import AskedLine, asked_lines
from organizer.health.opinion.belonging import diagnoses_of, of_case, of_no_case
from organizer.health.opinion.checklist import Item, checklist
from organizer.health.opinion.families import families
from organizer.health.opinion.gathered import Gathered
from organizer.health.opinion.same_illness import illness_concepts, illnesses_in
from organizer.health.opinion.serious import is_serious
from organizer.health.opinion.timing import CaseDates
from organizer.health.problems import OPEN, problems
from organizer.health.titles import plain_title
from organizer.model.case import Case, RowAnswer, RowState, is_case
from organizer.model.entry import Changes, Entry, Link
from organizer.model.ids import NO_ENTRY, EntryId, PersonId, new_id
from organizer.model.kinds import names
from organizer.model.links import Role
from organizer.model.statuses import Status
from organizer.services.entries import entries
from organizer.services.follow import reminders
from organizer.services.opinion import reasons
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Add, Replace
from organizer.store.entries import Query

__all__ = ["AskedLine", "Item"]

_NOT_SINGLE = names(lambda kind: kind.name != "Observation")
MOST_RESULTS = 2_000
_UNDECIDED = (Status.NOT_SAID, Status.OPEN, Status.PREPARATION, Status.ON_HOLD)


class AmbiguousCaseError(OrganizerError):
    """Several cases could be meant."""


def cases(record: Record, person: PersonId) -> list[Case]:
    """A person's cases, the open ones first, each group newest first."""
    listed = [Case(entry) for entry in reading.of_kind(record, person, "OpinionCase", "created")]
    listed.reverse()
    return sorted(listed, key=lambda case: case.is_closed)


def case_of(record: Record, case_id: EntryId) -> Case:
    """The case of that id. Raises NotFoundError."""
    return Case(reading.get(record, case_id))


def open_cases(record: Record, person: PersonId) -> list[Case]:
    """The cases that are not closed, the newest first."""
    return [case for case in cases(record, person) if not case.is_closed]


def open_case(record: Record, person: PersonId, chosen: EntryId = NO_ENTRY) -> Case | None:
    """The case that is worked on in a window: the one chosen, while it is open; else the newest open one, or None."""
    still_open = open_cases(record, person)
    return next((case for case in still_open if case.id == chosen), still_open[0] if still_open else None)


def only_case(record: Record, person: PersonId, case_id: EntryId = NO_ENTRY) -> Case | None:
    """The case of that id, else the only open one; None where none or several are open: it is not guessed."""
    if case_id:
        return case_of(record, case_id)
    still_open = open_cases(record, person)
    return still_open[0] if len(still_open) == 1 else None


def by_id(record: Record, case_id: EntryId) -> Case | None:
    """The case of that id, whosever it is; None where the record holds none."""
    return next((Case(entry) for entry in reading.many(record, [case_id]) if is_case(entry)), None)


def named_case(record: Record, person: PersonId, name: str = "") -> Case | None:
    """The case of that id or title; where none is named, the only open one, or None where none is open.

    Raises NotFoundError for a name that no case of the person has, AmbiguousCaseError where several could be meant.
    """
    known = cases(record, person)
    if name:
        matching = [case for case in known if name.casefold().strip() in (case.id, case.title.casefold())]
    else:
        matching = [case for case in known if not case.is_closed]
    if len(matching) == 1 or (not matching and not name):
        return matching[0] if matching else None

    listed = ", ".join(f"{case.title} ({case.id})" for case in matching or known) or _("none yet")
    step = _("Name it by its id with --case, one of: {cases}.").format(cases=listed)
    if not matching:
        raise NotFoundError(_("This person has no case “{name}”.").format(name=name), step)
    raise AmbiguousCaseError(_("Several cases could be meant."), step)


def options_of(record: Record, case: Case) -> list[Entry]:
    """The options that belong to a case, in the order they were written down."""
    options, conditions = _options(record, case.person), _conditions(record, case.person)
    return of_case(options, case, cases(record, case.person), conditions)


def options_of_no_case(record: Record, person: PersonId) -> list[Entry]:
    """The options of which nothing tells to which case they belong."""
    return of_no_case(_options(record, person), cases(record, person), _conditions(record, person))


def questions_of(record: Record, case: Case) -> list[Entry]:
    """The questions that belong to a case, in the order they were written down."""
    questions = reading.of_kind(record, case.person, "Question", "created")
    return of_case(questions, case, cases(record, case.person), _conditions(record, case.person))


def questions_of_no_case(record: Record, person: PersonId) -> list[Entry]:
    """The questions of which nothing tells to which case they belong."""
    questions = reading.of_kind(record, person, "Question", "created")
    return of_no_case(questions, cases(record, person), _conditions(record, person))


def take_into(record: Record, case_id: EntryId, entry_id: EntryId) -> Changes:
    """Say that an option or a question belongs to this case. Raises NotFoundError, InvalidEntryError."""
    case, entry = case_of(record, case_id), reading.get(record, entry_id)
    if entry.person != case.person:
        raise NotFoundError(_("This entry is another person’s."), _("Choose one of this person’s entries."))
    return entries.link(record, entry_id, Role.CASE, case_id)


def _options(record: Record, person: PersonId) -> list[Entry]:
    return reading.of_kind(record, person, "TreatmentOption", "created")


def _conditions(record: Record, person: PersonId) -> list[Entry]:
    return reading.of_kind(record, person, "Condition", "created")


def begin(
    record: Record, person: PersonId, fields: Mapping[str, str], named: Collection[EntryId] | None = None
) -> Changes:
    """Begin a case about the diagnoses that the person `named`, with the reasons that the record holds for these.

    Where nothing is said (None) it is about what there is where all of it belongs together, else about what its words
    name; which of several unlike ones is meant is left open. A diagnosis that another open case is about stays with
    that one: who asks a second specialist about it too begins by `begin_again`.
    """
    words = "\n".join(fields.get(name, "") for name in ("title", "why", "plan_proposed"))
    about = reading.many(record, list(_meant(record, person, words) if named is None else named))
    raised, links = _subject(record, person, [entry.id for entry in about])
    typed = {"title": _("Second opinion"), "status": "active", "reasons": "\n".join(raised)}
    return entries.add(record, "OpinionCase", person, typed | dict(fields), links)


def _meant(record: Record, person: PersonId, words: str) -> list[EntryId]:
    """The diagnoses that no other open case is about, where all of them belong together; else those of which alone the
    case's words speak; else none."""
    elsewhere = set(chain.from_iterable(case.about for case in open_cases(record, person)))
    groups = [group for group in offered(record, person) if not any(entry.id in elsewhere for entry in group)]
    if len(groups) > 1:
        spoken = illnesses_in(words)
        groups = [group for group in groups if any(spoken & illness_concepts(entry) for entry in group)]
    return [entry.id for entry in groups[0]] if len(groups) == 1 else []


def _subject(
    record: Record, person: PersonId, named: Collection[EntryId], case_id: EntryId = NO_ENTRY
) -> tuple[list[str], list[Link]]:
    """The reasons for a case about these diagnoses, and its links to them and to what the reasons rest on."""
    about = reasons.About(frozenset(named), case_id)
    raised = reasons.reasons(record, person, about=about)
    evidence = dict.fromkeys(EntryId(text) for text in chain.from_iterable(reason.evidence for reason in raised))
    links = [Link(Role.ABOUT, entry_id) for entry_id in named]
    return [reason.reason for reason in raised], links + [Link(Role.EVIDENCE, entry_id) for entry_id in evidence]


def offered(record: Record, person: PersonId) -> list[list[Entry]]:
    """What a case can be about: the diagnoses that aren't over, those that belong together in one group; groups with
    a serious one first."""
    conditions = reading.find(record, Query(kinds=("Condition",), person=person, include_struck=False))
    listed = problems(conditions, records.as_of(record))
    groups = families(problem.entry for problem in listed if problem.state in OPEN)
    return sorted(groups, key=lambda group: not any(is_serious(entry) for entry in group))


def set_about(record: Record, case_id: EntryId, named: Sequence[EntryId]) -> Changes:
    """The case is about these diagnoses and no others: its reasons and what they rest on are found anew, and options
    that were for all that it was about are for these. Raises NotFoundError for another person's diagnosis."""
    case = case_of(record, case_id)
    if any(entry.person != case.person or entry.kind != "Condition" for entry in reading.many(record, named)):
        raise NotFoundError(_("This is no diagnosis of this person."), _("Choose one of this person’s diagnoses."))
    raised, links = _subject(record, case.person, list(dict.fromkeys(named)), case_id)
    others = [link for link in case.entry.links if link.role not in (Role.ABOUT, Role.EVIDENCE)]
    own_reasons = [reason for reason in case.reasons if reason not in reasons.IDS]
    data = {**case.entry.data, "reasons": [*raised, *own_reasons]}
    edits = [change_log.Replace(case.entry.having(data=data, links=(*others, *links)))]
    edits += [Replace(_for_these(option, named)) for option in options_of(record, case) if _is_for_all(option, case)]
    titles = ", ".join(plain_title(entry) for entry in reading.many(record, named))
    label = _("The case is about: {titles}").format(titles=titles) if titles else _("The case names no diagnosis")
    return change_log.apply(record, label, edits)


def _is_for_all(option: Entry, case: Case) -> bool:
    """Whether an option of the case is for what the case was about, as it was written down."""
    return case.id in option.targets(Role.CASE) and set(option.targets(Role.FOR)) == set(case.about)


def _for_these(option: Entry, named: Sequence[EntryId]) -> Entry:
    others = [link for link in option.links if link.role is not Role.FOR]
    return option.having(links=(*others, *(Link(Role.FOR, entry_id) for entry_id in named)))


def begin_again(record: Record, case_id: EntryId, specialist: str = "") -> Changes:
    """Begin a second case with the same question to another specialist: what it is about and by when, nothing else."""
    case = case_of(record, case_id)
    fields = {name: case.entry.text(name) for name in ("why", "specialty", "decide_by", "plan_proposed")}
    fields |= {"title": case.title, "specialist": specialist, "status": "active"}
    fields["reasons"] = "\n".join(case.reasons)
    links = [link for link in case.entry.links if link.role in (Role.ABOUT, Role.EVIDENCE)]
    return entries.add(record, "OpinionCase", case.person, {name: text for name, text in fields.items() if text}, links)


def diagnoses(record: Record, case: Case) -> list[Entry]:
    """The diagnoses that a case is about; where it names none, those that alone can be meant (`diagnoses_of`)."""
    named = [entry for entry in diagnoses_named(record, case) if not entry.struck]
    if named:
        return named
    query = Query(kinds=("Condition",), person=case.person, include_struck=False)
    return diagnoses_of(reading.find(record, query), records.as_of(record))


def diagnoses_named(record: Record, case: Case) -> list[Entry]:
    """The diagnoses that a case names, in its order, those too that don't stand any more."""
    return reading.many(record, case.about)


def reasons_of(record: Record, case: Case) -> list[reasons.ReasonState]:
    """The reasons that the record holds for what a case is about, set aside or not; none of another illness."""
    return reasons.states(record, case.person, about=about_of(record, case))


def about_of(record: Record, case: Case) -> reasons.About:
    """What reasons are looked for in a case."""
    return reasons.About(frozenset(entry.id for entry in diagnoses(record, case)), case.id)


def begun(record: Record, case: Case | None) -> list[str]:
    """The ids of the steps of a case that hold something already."""
    if case is None:
        return []
    counts = reading.counts(record, case.person)
    held = {
        "reasons": bool(case.reasons),
        "case": bool(case.why and case.specialist),
        "gather": bool(case.answers),
        "insurance": bool(counts.get("Coverage")),
        "options": bool(options_of(record, case)),
        "questions": bool(questions_of(record, case)),
        "compare": bool(case.opinions),
    }
    return [step for step, holds in held.items() if holds]


def fill(record: Record, entry_id: EntryId, fields: Mapping[str, str]) -> Changes:
    """Write typed fields of any entry on the way. Raises InvalidEntryError naming the field."""
    return entries.edit(record, entry_id, fields)


def gather(record: Record, case_id: EntryId, specialty: str = "") -> list[Item]:
    """The checklist of a case, self-filled; the case's own field unless one is named."""
    case = case_of(record, case_id)
    return checklist(gathered(record, case.person, case), specialty or case.specialty)


def asked_rows(record: Record, case_id: EntryId, names: Sequence[str]) -> list[Item]:
    """The rows of these ids that somebody can be asked for. Raises NotFoundError for another one, or without a case."""
    if not names:
        return []
    known = {item.row: item for item in gather(record, case_id) if item.asks} if case_id else {}
    for name in names:
        if name not in known:
            raise NotFoundError(
                _("Nobody can be asked for “{name}” in this case.").format(name=name),
                _("Use one of: {names}.").format(names=", ".join(known) or _("none yet")),
            )
    return [known[name] for name in names]


def gathered(record: Record, person: PersonId, case: Case | None) -> Gathered:
    """What a checklist looks through: all kinds but single numbers, and a year of laboratory results."""
    day = records.as_of(record)
    entries = reading.find(record, Query(kinds=_NOT_SINGLE, person=person))
    since = (day - timedelta(days=365)).isoformat()
    observed = Query(kinds=("Observation",), person=person, since=since, include_struck=False, limit=MOST_RESULTS)
    entries += reading.find(record, observed)
    return Gathered(reading.get(record, person), case, tuple(entries), day)


def tick(record: Record, case_id: EntryId, row: str, state: RowState, entry_id: EntryId = NO_ENTRY) -> Changes:
    """Say of a row that it is linked to an entry, had, spared, or (MISSING) as the record alone tells."""
    case = case_of(record, case_id)
    if entry_id and reading.get(record, entry_id).person != case.person:
        raise NotFoundError(_("This entry is another person’s."), _("Choose one of this person’s entries."))
    answers = [] if state is RowState.MISSING else [RowAnswer(row, state, entry_id)]
    return change_log.apply(record, _("Changed the checklist"), [Replace(case.answered(answers, [row]))])


def dates(record: Record, case: Case) -> CaseDates:
    """The days of a case: its own, else those of what is proposed in it and not decided yet."""
    linked, options = reading.many(record, case.evidence), options_of(record, case)
    proposed = [entry for entry in (*linked, *options) if entry.status in _UNDECIDED and not entry.struck]
    given = timing.dates_of(case, proposed)
    return replace(given, decided=any(option.status == Status.CHOSEN for option in options))


def ask(record: Record, case_id: EntryId, rows: Mapping[str, str], whom: str) -> Changes:
    """Rows (id and label) were asked for today: one to-do each, due when it is time to ask again; the rows say so."""
    case = case_of(record, case_id)
    day = records.as_of(record)
    again = timing.ask_again_on(dates(record, case), day)
    edits: list[change_log.Edit] = []
    answers = []
    for row, label in rows.items():
        typed = {
            "title": label,
            "happened": again.isoformat(),
            "asked_on": day.isoformat(),
            "asked_of": whom,
            "missing_record": "yes",
            "status": "in-progress",
        }
        task = replace(entries.draft("Task", case.person, typed, [Link(Role.CASE, case_id)]), id=new_id())
        edits.append(Add(task))
        answers.append(RowAnswer(row, RowState.ASKED, task=task.id))
    label = _("Asked {whom} for records").format(whom=whom)
    return change_log.apply(record, label, [*edits, Replace(case.answered(answers))])


def asked_log(record: Record, case_id: EntryId) -> list[AskedLine]:
    """What was asked for in a case and what came of it, what is open first."""
    return asked_lines(reading.linked_to(record, case_id, Role.CASE))


def came(record: Record, task_id: EntryId) -> Changes:
    """A record that was asked for has come today."""
    return reminders.done(record, reading.get(record, task_id))


def close(record: Record, case_id: EntryId) -> Changes:
    """Close a case; nothing of it is lost, and another one can begin."""
    return entries.edit(record, case_id, {"status": "completed"})


def reopen(record: Record, case_id: EntryId) -> Changes:
    """Go on with a case that was closed, as it stood."""
    return entries.edit(record, case_id, {"status": "active"})
