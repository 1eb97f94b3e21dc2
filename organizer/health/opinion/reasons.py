"""Seven reasons for a second opinion that a record may hold: evidence, a sentence, questions. Nobody is called wrong.

Each is a pure function of a View; REASONS is the registry, in the order in which they are shown.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import chain

from organizer.base.dates import spoken_day
from organizer.base.i18n import _, ngettext
from organizer.health.opinion.planned import planned_and_weighty
from organizer.health.opinion.same_illness import same_illness
from organizer.health.opinion.serious import is_at_issue, suggested
from organizer.health.opinion.symptoms import no_lower
from organizer.health.opinion.unclear import disagreeing, limited_testing, long_unsure, overlapping, replaced, revised
from organizer.health.opinion.view import OPEN, YEAR, Reason, View, due_day, ids, titles
from organizer.health.opinion.without_effect import stopped_without_effect
from organizer.health.problems import OPEN as STANDING
from organizer.health.problems import is_problem, state_of
from organizer.health.vocabulary import is_about
from organizer.model.entry import Entry, targets_of
from organizer.model.kinds import find_kind
from organizer.model.links import Role
from organizer.model.statuses import Status

DECISION_AHEAD = timedelta(days=120)
LOW = 5.0
"""A visit's felt-heard answers (0–10) are low when their mean is below the middle: a design judgement."""

_RISKY = ("surgical", "high-risk")
_MILDER_THAN = {"surgical": ("none", "medicine", "minor"), "high-risk": ("none", "medicine")}
"""What is less invasive than an operation, or than a medicine of high risk."""

_FELT = ("had_time", "understood", "priorities")


def serious_diagnosis(view: View) -> Reason | None:
    """A current diagnosis that the person marks serious, or that belongs to a serious group, however long known."""
    entries = [entry for entry in view.of_kind("Condition") if is_at_issue(entry, view.as_of)]
    if not entries:
        return None
    rests = targets_of(entries, Role.RESTS_ON)
    made_by = _names(entry.text("made_by") for entry in entries)
    who = _(" Made by {who}.").format(who=made_by) if made_by else ""
    words = _("{titles}: a second view on a diagnosis like this is a normal step.").format(titles=titles(entries))
    questions = (
        _("On which findings does this diagnosis rest?"),
        view.say(
            _("Which treatments are there, and what do they ask of me?"),
            _("Which treatments are there, and what do they ask of {person}?"),
        ),
    )
    evidence = (*ids(entries), *(entry_id for entry_id in dict.fromkeys(rests) if view.find(entry_id)))
    ask = tuple(entry.id for entry in entries if suggested(entry))
    title = _("Serious or life-changing diagnosis")
    return Reason("serious-diagnosis", title, words + who, evidence, questions, ask)


def high_risk_treatment(view: View) -> Reason | None:
    """A planned operation, or an option that is surgical or of high risk, not yet done and not decided."""
    planned = planned_and_weighty(view)
    options = [entry for entry in view.of_kind("TreatmentOption") if entry.status in OPEN]
    risky = [option for option in options if option.text("invasiveness") in _RISKY]
    entries = [*planned, *risky]
    if not entries:
        return None
    treated = set(chain.from_iterable(_treated(entry, view) for entry in entries))
    milder = [option for option in options if _is_milder(option, entries) and _treats_the_same(option, treated, view)]
    parts = [_("{titles}: proposed and not done yet.").format(titles=titles(entries))]
    who = _names(entry.text("recommended_by") or entry.text("performer") for entry in entries)
    parts += [_("By {who}.").format(who=who)] if who else []
    days = [day for entry in entries if (day := due_day(entry, "decide_by"))]
    parts += [_("To be decided by {day}.").format(day=spoken_day(min(days)))] if days else []
    parts += [_("Less invasive in your record: {titles}.").format(titles=titles(milder))] if milder else []
    questions = (
        view.say(
            _("What happens if I wait, and for how long would that be safe?"),
            _("What happens if {person} waits, and for how long would that be safe?"),
        ),
        view.say(
            _("What are the risks for someone like me, and how often do they occur here?"),
            _("What are the risks for someone like {person}, and how often do they occur here?"),
        ),
        _("Which less invasive ways are there?"),
    )
    title = _("Surgery or high-risk treatment recommended")
    return Reason("high-risk-treatment", title, " ".join(parts), ids([*entries, *milder]), questions)


def _treated(proposal: Entry, view: View) -> set[str]:
    """The diagnoses that a proposal names; one that links to none, by the words of its reason and title."""
    linked: set[str] = {*proposal.targets(Role.FOR), *proposal.targets(Role.TREATS)}
    if linked:
        return linked
    return {
        entry.id for entry in view.of_kind("Condition") if same_illness(entry, proposal.text("reason"), proposal.title)
    }


def _is_milder(option: Entry, proposed: Iterable[Entry]) -> bool:
    """True where it is said how invasive the option is, and it is less so than all that is proposed."""
    how = option.text("invasiveness")
    if not how:
        return False
    operation = _MILDER_THAN["surgical"]
    return all(how in _MILDER_THAN.get(entry.text("invasiveness"), operation) for entry in proposed)


def _treats_the_same(option: Entry, treated: set[str], view: View) -> bool:
    """Whether it is for a diagnosis that the proposal treats; where neither names one, they stand for one choice."""
    meant: set[str] = set(option.targets(Role.FOR))
    for case_id in option.targets(Role.CASE):
        case = view.find(case_id)
        meant |= set(case.targets(Role.ABOUT)) if case else set()
    return bool(treated & meant) if treated or meant else True


def treatment_not_working(view: View) -> Reason | None:
    """A plan check says so, or a side effect or repeated changes stand beside it, or a symptom is no lower, or a
    medicine was stopped within the year since it had no effect; an earlier one counts beside these."""
    telling = [
        (plan, check)
        for plan, check in view.plans
        if check.verdict in ("not-on-track", "worsening", "little-change")
        or {"side-effect-concern", "plan-changed-often"} & set(check.also)
    ]
    staying = no_lower(view)
    stopped = stopped_without_effect(view)
    if not telling and not staying and not any(medicine.recent for medicine in stopped):
        return None
    sentences = []
    if telling:
        names = _names(plan.title for plan, _check in telling)
        words = _("{plans}: the numbers or a side effect give reason to ask how to go on.")
        sentences.append(words.format(plans=names))
    sentences += [condition.sentence for condition in staying]
    sentences += [medicine.sentence for medicine in stopped]
    evidence: list[str] = []
    for plan, check in telling:
        evidence += [plan.id, *(shown.entry_id for shown in check.evidence)]
    evidence += chain.from_iterable(course.evidence for course in staying)
    evidence += [medicine.entry.id for medicine in stopped]
    asked = list(chain.from_iterable(check.questions for _plan, check in telling))
    asked += [_("Is this the effect that was expected by now?")] if staying else []
    asked += [_("What does it mean that an earlier medicine had no effect?")] if stopped else []
    title = _("Treatment not working as expected")
    return Reason("treatment-not-working", title, " ".join(sentences), _once(evidence), _once(asked))


def diagnosis_unclear(view: View) -> Reason | None:
    """Unsure for more than eight weeks, changed twice in a year, told differently, or backed by no test or report."""
    parts = (
        (long_unsure(view), _("{titles}: not settled for more than eight weeks.")),
        (revised(view), _("{titles}: the view on this has changed more than once within a year.")),
        (replaced(view), _("{titles}: one after the other within a year; the earlier ones no longer stand.")),
        (disagreeing(view), _("{titles}: two records tell it differently.")),
        (limited_testing(view), _("{titles}: no test or report from around that time is in this record.")),
    )
    lines = [words.format(titles=titles(entries)) for entries, words in parts if entries]
    if not lines:
        return None
    entries = list(chain.from_iterable(entries for entries, _words in parts))
    rests = chain.from_iterable(entry.targets(Role.RESTS_ON) for entry in entries)
    evidence = [*ids(entries), *filter(view.find, rests), *overlapping(view)]
    questions = (
        _("How sure is the diagnosis now, and which test would settle it?"),
        _("What else could it be, and what speaks against that?"),
    )
    return Reason("diagnosis-unclear", _("Diagnosis unclear or changed"), " ".join(lines), _once(evidence), questions)


def unheard(view: View) -> Reason | None:
    """The felt-heard answers are low after two of the last three visits, or the person says so."""
    visits = [
        (entry, felt) for entry in view.of_kind("Encounter") if (felt := _felt(entry)) is not None and entry.happened
    ]
    last = sorted(visits, key=lambda pair: pair[0].day_key)[-3:]
    low = [visit for visit, felt in last if felt < LOW]
    own = view.said.get("unheard", "")
    if len(low) < 2 and not own:
        return None
    words = []
    if len(low) >= 2:
        text = _("After {n} of your last {all} visits you felt little time or little say.")
        words.append(text.format(n=len(low), all=len(last)))
    words += [_("You say: “{words}”").format(words=own)] if own else []
    questions = (
        _("May we take a few minutes for what worries me most?"),
        _("Can you explain it once more, as you would to your own family?"),
    )
    return Reason("unheard", _("Rushed or unheard"), " ".join(words), ids(low), questions)


def several_options(view: View) -> Reason | None:
    """Two or more open options for one diagnosis (those that name none count together)."""
    groups: dict[str, list[Entry]] = {}
    for entry in view.of_kind("TreatmentOption"):
        if entry.status in OPEN:
            for target in entry.targets(Role.FOR) or ("",):
                groups.setdefault(target, []).append(entry)
    entries = list(chain.from_iterable(group for group in groups.values() if len(group) > 1))
    if not entries:
        return None
    count = len(ids(entries))
    text = ngettext("{n} way to go on is open: {titles}.", "{n} ways to go on are open: {titles}.", count)
    questions = (
        view.say(
            _("What speaks for and against each of these, for me?"),
            _("What speaks for and against each of these, for {person}?"),
        ),
        _("Which would you choose first, and what would make you change to another?"),
    )
    sentence = text.format(n=count, titles=titles(entries))
    return Reason("several-options", _("Several treatment options"), sentence, ids(entries), questions)


def long_term_choice(view: View) -> Reason | None:
    """A diagnosis of a year or more (or one that is called chronic) with a treatment decision due."""
    lasting: dict[str, Entry] = {entry.id: entry for entry in view.of_kind("Condition") if _lasting(entry, view.as_of)}
    due: list[tuple[date, str, Entry]] = []
    for entry in view.entries:
        due += [(day, target, entry) for day, target in _decisions(entry, view) if target in lasting]
    if not due:
        return None
    due.sort(key=lambda decision: decision[0])
    conditions = [lasting[target] for _day, target, _one in due]
    sentence = _("{titles}: a choice of treatment is due by {day}.").format(
        titles=titles(conditions), day=spoken_day(due[0][0])
    )
    questions = (
        _("What would this choice change over the next years?"),
        _("What can be changed again later, and what can’t?"),
    )
    evidence = ids([*conditions, *(entry for _day, _target, entry in due)])
    return Reason("long-term-choice", _("Long-term condition with a choice ahead"), sentence, evidence, questions)


REASONS: tuple[Callable[[View], Reason | None], ...] = (
    serious_diagnosis,
    high_risk_treatment,
    treatment_not_working,
    diagnosis_unclear,
    unheard,
    several_options,
    long_term_choice,
)


def _names(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(name for name in names if name))


def _once(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _felt(visit: Entry) -> float | None:
    given = [float(visit.data[name]) for name in _FELT if visit.data.get(name) is not None]
    return sum(given) / len(given) if given else None


def _lasting(condition: Entry, as_of: date) -> bool:
    """Current and a year old or more (CDC, About Chronic Diseases, 2024: conditions that last one year or more)."""
    current = is_problem(condition) and state_of(condition, as_of) in STANDING
    since = condition.happened
    long = since is not None and since.last_day <= as_of - YEAR
    return current and (long or is_about(condition, "chronic"))


def _decisions(entry: Entry, view: View) -> list[tuple[date, str]]:
    """When something is to be decided by, and for which diagnosis: options, operations, cases, plans under review."""
    if entry.struck or entry.status in (
        Status.CHOSEN,
        Status.DECLINED,
        Status.COMPLETED,
        Status.REVOKED,
        Status.NOT_DONE,
    ):
        return []
    decision = find_kind(entry.kind).decision
    if decision is None:
        return []

    day = due_day(entry, decision.by)
    if day is None or not view.as_of <= day <= view.as_of + DECISION_AHEAD:
        return []

    targets = list(entry.targets(decision.about))
    for case_id in entry.targets(Role.CASE):
        case = view.find(case_id)
        targets += case.targets(Role.ABOUT) if case else ()
    return [(day, target) for target in dict.fromkeys(targets)]
