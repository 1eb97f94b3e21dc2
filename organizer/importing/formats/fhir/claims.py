"""ExplanationOfBenefit: what an insurer's claim says was diagnosed, dispensed and done, marked as from a claim.

A code on a bill says what was charged. So a diagnosis has no status, a dispensed medicine doesn't say that it is
taken, and each entry names the claim's insurer. What the same file tells by itself (the visit, the prescription, the
diagnosis that a claim refers to) isn't told once more.

Elements after hl7.org/fhir/R4/explanationofbenefit.html and the CARIN Blue Button profiles (looked up 2026-11-29).
"""

from dataclasses import replace

from organizer.base.i18n import _
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.context import Context
from organizer.importing.formats.fhir.node import Node
from organizer.model.codes import RXNORM, canonical_system
from organizer.model.entry import Entry, without_empty
from organizer.model.statuses import Status

_CVX = "http://hl7.org/fhir/sid/cvx"
_DRUGS = ("http://hl7.org/fhir/sid/ndc", RXNORM)
_PHARMACY = ("pharmacy", "PDE")
_NAMES = {"ndc": "NDC", "cpt": "CPT", "hcpcs": "HCPCS", "icd-10": "ICD-10", "icd-9": "ICD-9"}
_STAYS = frozenset({"institutional", "INPATIENT", "OUTPATIENT", "SNF", "HHA", "HOSPICE"})
"""Types of claims for a stay or a visit to a facility (claim-type; Blue Button's eob-type)."""
_VISITS = range(99202, 99500)
"""CPT's evaluation and management codes (2023 and later begin at 99202; looked up 2026-11-29)."""


def refusal(resource: Node) -> str:
    """Why nothing of a claim is a fact; "" where something may be."""
    status, use = fhir.text(resource, "status"), fhir.text(resource, "use")
    if status in ("cancelled", "draft", "entered-in-error"):
        return _("A claim that was withdrawn; it stays in the source document.")
    if use in ("preauthorization", "predetermination"):
        return _("A question to the insurer, not something that was done; it stays in the source document.")
    return ""


def entries_of(resource: Node, context: Context) -> list[tuple[str, Entry]]:
    """Each entry with the name that it has within its claim."""
    items = fhir.children(resource, "item")
    if any(_is_listed(item, context) for item in items):
        # The visit that it is for is in the file, with all that was done there.
        return _diagnoses(resource, context)
    types = _type_codes(resource)
    is_pharmacy = any(code in _PHARMACY for code in types)
    named = _diagnoses(resource, context)
    visit = None
    for place, item in enumerate(items, start=1):
        entry = _of_item(item, resource, context, is_pharmacy)
        if entry is not None and _is_visit(item):
            visit = visit or replace(entry, kind="Encounter", status=Status.FINISHED)
        elif entry is not None:
            named.append((f"item={place}", entry))
    for number, done in enumerate(fhir.children(resource, "procedure"), start=1):
        named += _procedure(done, number, resource, context)
    if _span(resource) and (visit is not None or not _STAYS.isdisjoint(types)):
        named.append(("visit", _visit(resource, visit, context)))
    return _once(named)


def _once(named: list[tuple[str, Entry]]) -> list[tuple[str, Entry]]:
    """The same code on the same day stands on several lines of a bill."""
    first: dict[object, tuple[str, Entry]] = {}
    for name, entry in named:
        day = entry.happened.text[:10] if entry.happened else ""
        first.setdefault((entry.kind, entry.codes[:1] or entry.title, day), (name, entry))
    return list(first.values())


def _is_listed(item: Node, context: Context) -> bool:
    """True where the visit of a line is in the file as itself."""
    visits = fhir.children(item, "encounter")
    return any(context.find(visit) is not None for visit in visits)


def _type_codes(resource: Node) -> list[str]:
    return [coding.code for coding in fhir.codings(resource.get("type"))]


def _diagnoses(resource: Node, context: Context) -> list[tuple[str, Entry]]:
    diagnoses = []
    for number, fields in enumerate(fhir.children(resource, "diagnosis"), start=1):
        concept = fields.get("diagnosisCodeableConcept")
        if not concept:
            continue  # by reference to a Condition, which is read by itself
        meant = (context.identifier(fhir.child(resource, "patient")), fhir.codings(concept)[:1] or _named(concept))
        if meant in context.claimed:
            continue  # every bill of a long illness names it again
        context.claimed.add(meant)
        day = _span(resource).get("start", "")
        # The day of a bill isn't when the illness began.
        data = without_empty({"recorded": day, "category": "claim", "note": _mark(resource, context)})
        entry = Entry("Condition", _named(concept), codes=fhir.codings(concept), data=data)
        diagnoses.append((f"diagnosis={number}", entry))
    return [(name, entry) for name, entry in diagnoses if entry.title]


def _of_item(item: Node, resource: Node, context: Context, is_pharmacy: bool) -> Entry | None:
    """What one line of a bill was for."""
    concept = item.get("productOrService")
    title, codes = _named(concept), fhir.codings(concept)
    if [coding.code for coding in codes] == ["compound"]:
        parts = [_named(detail.get("productOrService")) for detail in fhir.children(item, "detail")]
        title = " + ".join(part for part in parts if part) or title
    if not title:
        return None
    day = _span(resource, item)
    note = _mark(resource, context)
    systems = [canonical_system(coding.system) for coding in codes]
    if is_pharmacy or any(system in _DRUGS for system in systems):
        amount = fhir.spoken_quantity(item.get("quantity"))
        handed = _("Handed over: {amount}").format(amount=amount) if amount else ""
        data = {
            "prescriber": _person(resource, context, "prescribing"),
            "source_status": "dispense: claim",
            "note": "\n".join(part for part in (handed, note) if part),
        }
        return Entry(
            "MedicationStatement",
            title,
            codes=codes,
            happened=fhir.when(day),
            status=Status.UNKNOWN,
            data=without_empty(data),
        )
    performer = context.spoken(fhir.child(resource, "provider"), resource)
    data = without_empty({"performer": performer, "note": note})
    if _CVX in systems:
        return Entry("Immunization", title, codes=codes, happened=fhir.when(day), status=Status.COMPLETED, data=data)
    data |= without_empty({"body_site": fhir.concept(item.get("bodySite"))})
    return Entry("Procedure", title, codes=codes, happened=fhir.when(day), status=Status.COMPLETED, data=data)


def _procedure(done: Node, number: int, resource: Node, context: Context) -> list[tuple[str, Entry]]:
    concept = done.get("procedureCodeableConcept")
    title = _named(concept)
    if not title:
        return []
    performer = context.spoken(fhir.child(resource, "provider"), resource)
    data = without_empty({"performer": performer, "note": _mark(resource, context)})
    day = fhir.when(done.get("date")) or fhir.when(_span(resource))
    entry = Entry("Procedure", title, codes=fhir.codings(concept), happened=day, status=Status.COMPLETED, data=data)
    return [(f"procedure={number}", entry)]


def _visit(resource: Node, main_diagnosis: Entry | None, context: Context) -> Entry:
    """The visit or stay that a claim is for."""
    span = _span(resource)
    reasons = [_named(diagnosis.get("diagnosisCodeableConcept")) for diagnosis in fhir.children(resource, "diagnosis")]
    data = {
        "visit_class": fhir.concept(resource.get("type")),
        "provider": context.spoken(fhir.child(resource, "provider"), resource),
        "place": context.spoken(fhir.child(resource, "facility"), resource),
        "reason": ", ".join(dict.fromkeys(reason for reason in reasons if reason)),
        "note": _mark(resource, context),
    }
    return Entry(
        "Encounter",
        main_diagnosis.title if main_diagnosis else "Visit",
        codes=main_diagnosis.codes if main_diagnosis else (),
        happened=fhir.when(span),
        ended=fhir.until(span),
        status=Status.FINISHED,
        data=without_empty(data),
    )


def _is_visit(item: Node) -> bool:
    codes = [coding.code for coding in fhir.codings(item.get("productOrService"))]
    return any(code.isdecimal() and len(code) == 5 and int(code) in _VISITS for code in codes)


def _span(resource: Node, item: Node | None = None) -> Node:
    """When it was: of a line, of all lines, or the billing period."""
    days = []
    for serviced_item in [item] if item is not None else fhir.children(resource, "item"):
        _kind, serviced = fhir.choice(serviced_item, "serviced")
        start, end = (serviced, serviced) if isinstance(serviced, str) else _ends(serviced)
        days += [day for day in (start, end) if day]
    if not days:
        days = [day for day in _ends(fhir.child(resource, "billablePeriod")) if day]
    return {"start": min(days), "end": max(days)} if days else {}


def _ends(span: object) -> tuple[str, str]:
    return fhir.text(span, "start"), fhir.text(span, "end")


def _person(resource: Node, context: Context, role: str) -> str:
    for member in fhir.children(resource, "careTeam"):
        if role in [coding.code for coding in fhir.codings(member.get("role"))]:
            return context.spoken(fhir.child(member, "provider"), resource)
    return ""


def _mark(resource: Node, context: Context) -> str:
    insurer = context.spoken(fhir.child(resource, "insurer"), resource)
    return _("From a claim of {insurer}").format(insurer=insurer) if insurer else _("From a claim")


def _named(concept: object) -> str:
    """In words; where there is only a code, with the name of its system: `NDC 00093-1048-01`."""
    spoken, codes = fhir.concept(concept), fhir.codings(concept)
    if codes and all("data-absent-reason" in coding.system for coding in codes):
        return ""
    first = fhir.only_code(concept)
    if first is None:
        return spoken
    name = next((name for part, name in _NAMES.items() if part in first.system.casefold()), "")
    return f"{name} {spoken}".strip()
