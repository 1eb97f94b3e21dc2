"""CarePlan, Goal, ServiceRequest, Task, Communication, DocumentReference: what is meant to happen, and papers."""

from datetime import timedelta
from itertools import chain, product

from organizer.base.analytes import converted
from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.base.units import spoken_unit
from organizer.health.course import measures
from organizer.importing.core.targets import Ends, ends_in_words, ends_of
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.context import Attached, Context
from organizer.importing.formats.fhir.narrative import words_of_narrative
from organizer.importing.formats.fhir.node import Node
from organizer.model.entry import Entry, Json, Link, without_empty
from organizer.model.ids import EntryId
from organizer.model.links import Role


def care_plan(resource: Node, context: Context) -> Entry:
    """CarePlan: treats conditions, holds goals, includes what its activities refer to."""
    period = fhir.child(resource, "period")
    listed = fhir.children(resource, "activity")
    activities = list(filter(None, (_activity(activity, context) for activity in listed)))
    links = context.links(Role.INCLUDES, [fhir.child(activity, "reference") for activity in listed])
    links += context.links(Role.TREATS, fhir.children(resource, "addresses"))
    links += chain.from_iterable(_goal_links(reference, context) for reference in fhir.children(resource, "goal"))
    categories = map(fhir.concept, fhir.children(resource, "category"))
    named = [category for category in categories if category not in ("", "assess-plan")]
    done = [str(activity["title"]) for activity in activities if activity.get("title")]
    data = {
        "decided_by": context.spoken(fhir.child(resource, "author"), resource),
        # US Core's “assessment and plan” is written in the narrative alone.
        "what": fhir.text(resource, "description") or "\n".join(done) or words_of_narrative(resource),
        "category": ", ".join(named),
        "activities": activities,
        "note": fhir.annotations(resource),
    }
    return Entry(
        "CarePlan",
        fhir.text(resource, "title") or next(iter(named), "") or fhir.text(resource, "description") or "Care plan",
        happened=fhir.when(period) or fhir.when(resource.get("created")),
        ended=fhir.until(period),
        status=fhir.status(resource),
        data=without_empty(data),
        links=tuple(links),
    )


def goal(resource: Node, context: Context) -> Entry:
    """Goal: the measure's code, the target as numbers or words, by when; of several targets the first."""
    return goals(resource, context)[0][1]


def goals(resource: Node, context: Context) -> list[tuple[str, Entry]]:
    """A goal for each target: a blood pressure has two, and each is met or missed by itself."""
    targets = fhir.children(resource, "target")
    if len(targets) < 2:
        return [("", _goal(resource, context, targets[0] if targets else {}))]
    title = fhir.concept(resource.get("description"))
    entries = []
    for place, target in enumerate(targets, start=1):
        entry = _goal(resource, context, target)
        measure = entry.text("measure")
        if title and measure and title.casefold() != measure.casefold():
            entry = entry.having(title=_("{goal} ({measure})").format(goal=title, measure=measure))
        entries.append((_target_name(place), entry))
    return entries


def _target_name(place: int) -> str:
    """The name of a target within its Goal, from 1 on; the first stands for the whole."""
    return "" if place == 1 else f"target={place}"


def _activity(activity: Node, context: Context) -> dict[str, Json]:
    detail = fhir.child(activity, "detail")
    words = fhir.concept(detail.get("code")) or fhir.text(detail, "description")
    words = words or context.spoken(fhir.child(activity, "reference"))
    return without_empty({"title": words, "status": fhir.text(detail, "status")})


def _goal(resource: Node, context: Context, target: Node) -> Entry:
    measure = fhir.child(target, "measure")
    exact = fhir.child(target, "detailQuantity")
    if isinstance(target.get("detailInteger"), int | float):
        exact = {"value": target["detailInteger"]}
    words = fhir.text(target, "detailString") or fhir.concept(target.get("detailCodeableConcept"))
    ends, unit = _aim(exact, fhir.child(target, "detailRange"), words)
    _kind, start = fhir.choice(resource, "start")
    begun = fhir.when(start) if isinstance(start, str) else None
    data = {
        "measure": _measured(measure),
        **ends,
        "target_text": words or _beyond(exact),
        "due": fhir.text(target, "dueDate") or _after(begun, fhir.quantity(fhir.child(target, "dueDuration"))),
        "note": fhir.annotations(resource),
    }
    status = fhir.status(resource, "lifecycleStatus") or fhir.status(resource)
    links = context.links(Role.FOR, fhir.children(resource, "addresses"))
    return Entry(
        "Goal",
        fhir.concept(resource.get("description")) or str(data["measure"]) or "Goal",
        codes=fhir.codings(measure),
        happened=begun,
        status=status,
        unit=unit,
        data=without_empty(data),
        links=tuple(links),
    )


def _after(begun: PartialDate | None, duration: Node) -> str:
    """The day so long after a start as a duration says (`12 wk`); "" without a full date or for a unit of no time."""
    if begun is None or begun.precision != "day" or not duration:
        return ""
    days = converted(float(duration["value"]), str(duration["unit"]), "d")
    return (begun.first_day + timedelta(days=round(days))).isoformat() if days else ""


def _measured(measure: Node) -> str:
    """What a target measures; where a source names it by its code alone, as the published measure is called."""
    words = fhir.concept(measure)
    if words and fhir.only_code(measure) is None:
        return words
    known = (measures.find(coding.identity.loinc) for coding in fhir.codings(measure) if coding.identity.loinc)
    return next((measured.name for measured in known if measured), words)


def _aim(exact: Node, span: Node, words: str) -> tuple[dict[str, float | None], str]:
    """The ends of a target and their unit, by its quantity, its range or its words."""
    low, high = fhir.child(span, "low"), fhir.child(span, "high")
    ends, unit = _ends(exact), str(fhir.quantity(exact or high or low).get("unit", ""))
    if span:
        ends = {"target_low": fhir.number(low.get("value")), "target_high": fhir.number(high.get("value"))}
    if words and not ends:
        ends, unit = ends_in_words(words)
    less = [end for end in ends.values() if end is not None and end < 0]
    if less and unit == "%":
        # No level is less than nought per cent: it is a change from the start.
        return {"target_change": less[0]}, ""
    return ends, unit


def _goal_links(reference: Node, context: Context) -> list[Link]:
    """Links to a goal and, where it has several targets, to each of them."""
    links = context.links(Role.GOAL, [reference])
    located = context.find(reference)
    targets = fhir.children(located.resource, "target") if located else []
    further = [_target_name(place) for place in range(2, len(targets) + 1)]
    return [*links, *(Link(Role.GOAL, EntryId(f"{link.target}#{name}")) for link, name in product(links, further))]


def _beyond(exact: Node) -> str:
    """A target that its own number doesn't meet, in words: `<7 %`; "" for every other."""
    stated = fhir.quantity(exact)
    if stated.get("comparator") not in ("<", ">"):
        return ""
    return f"{stated['comparator']}{stated['value_text']} {spoken_unit(str(stated['unit']))}".strip()


def _ends(exact: Node) -> Ends:
    value = fhir.number(exact.get("value"))
    return ends_of(value, fhir.text(exact, "comparator")) if value is not None else {}


def service_request(resource: Node, context: Context) -> Entry:
    """ServiceRequest: an order or a referral."""
    _kind, planned = fhir.choice(resource, "occurrence")
    performers = (context.spoken(reference, resource) for reference in fhir.children(resource, "performer"))
    day = fhir.when(planned)
    words = [fhir.concept(reason) for reason in fhir.children(resource, "reasonCode")]
    reasons = fhir.children(resource, "reasonReference")
    words += [context.spoken(reason, resource) for reason in reasons]
    data = {
        "planned": day.text if day else "",
        "reason": ", ".join(dict.fromkeys(word for word in words if word)),
        "requester": context.spoken(fhir.child(resource, "requester"), resource),
        "performer": ", ".join(name for name in performers if name),
        "intent": fhir.text(resource, "intent"),
        "note": fhir.annotations(resource),
    }
    return Entry(
        "ServiceRequest",
        fhir.concept(resource.get("code")) or "Order",
        codes=fhir.codings(resource.get("code")),
        happened=fhir.when(resource.get("authoredOn")) or day,
        status=fhir.status(resource),
        data=without_empty(data),
        links=tuple(context.links(Role.FOR, reasons)),
    )


def task(resource: Node, context: Context) -> Entry:
    """Task: something to do."""
    due = fhir.child(resource, "restriction", "period")
    data = {
        "asked_on": fhir.text(resource, "authoredOn"),
        "asked_of": context.spoken(fhir.child(resource, "owner"), resource),
        "note": fhir.annotations(resource),
    }
    title = fhir.text(resource, "description") or fhir.concept(resource.get("code")) or "Task"
    return Entry("Task", title, happened=fhir.until(due), status=fhir.status(resource), data=without_empty(data))


def communication(resource: Node, context: Context) -> Entry:
    """Communication: a call, a letter, a message."""
    payload = [fhir.text(part, "contentString") for part in fhir.children(resource, "payload")]
    people = (context.spoken(reference, resource) for reference in fhir.children(resource, "recipient"))
    data = {
        "with_whom": ", ".join(filter(None, people)) or context.spoken(fhir.child(resource, "sender")),
        "reference": fhir.text(fhir.child(resource, "identifier"), "value"),
        "answer": "\n".join(filter(None, payload)),
        "note": fhir.annotations(resource),
    }
    return Entry(
        "Communication",
        fhir.concept(resource.get("topic")) or fhir.concept(resource.get("category")) or "Message",
        happened=fhir.when(resource.get("sent")) or fhir.when(resource.get("received")),
        status=fhir.status(resource),
        data=without_empty(data),
    )


def document_reference(resource: Node, context: Context) -> Entry:
    """DocumentReference: a file within, or told where it is; of several the first that is held."""
    return documents(resource, context)[0][1]


def documents(resource: Node, context: Context) -> list[tuple[str, Entry]]:
    """A document for each file of a DocumentReference: sources hold a note twice, or several notes in one."""
    title = fhir.text(resource, "description") or fhir.concept(resource.get("type")) or "Document"
    attachments = [fhir.child(content, "attachment") for content in fhir.children(resource, "content")] or [{}]
    held = [(attachment, context.attach(attachment, title)) for attachment in attachments]
    held.sort(key=lambda pair: pair[1] is None)
    entries = []
    for place, (attachment, attached) in enumerate(held, start=1):
        entry = _document(resource, context, title, attachment, attached)
        entries.append(("" if place == 1 else f"content={place}", entry))
    return entries


def _document(resource: Node, context: Context, title: str, attachment: Node, attached: Attached | None) -> Entry:
    url = "" if attached else fhir.text(attachment, "url")
    authors = (context.spoken(reference, resource) for reference in fhir.children(resource, "author"))
    data = {
        "document_type": fhir.concept(resource.get("type")),
        "author": ", ".join(filter(None, authors)),
        "place": context.spoken(fhir.child(resource, "custodian"), resource),
        "file": attached.sha256 if attached else "",
        "media_type": attached.media_type if attached else fhir.text(attachment, "contentType"),
        "note": _("The source names the file but doesn’t hold it: {url}").format(url=url) if url else "",
        **(attached.contents.data if attached else {}),
    }
    happened = fhir.when(resource.get("date")) or fhir.when(fhir.text(attachment, "creation"))
    return Entry(
        "DocumentReference",
        fhir.text(attachment, "title") or title,
        codes=fhir.codings(resource.get("type")),
        happened=happened or fhir.when(fhir.child(resource, "context", "period")),
        status=fhir.status(resource),
        data=without_empty(data),
    )
