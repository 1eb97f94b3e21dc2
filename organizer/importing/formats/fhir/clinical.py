"""Condition, AllergyIntolerance, AdverseEvent, Procedure, Immunization, family history, Encounter, Device."""

from itertools import chain

from organizer.base.i18n import _
from organizer.health.absence import absence_in, flags
from organizer.importing.formats import _certainty as certainty
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir import vaccines
from organizer.importing.formats.fhir.context import Context
from organizer.importing.formats.fhir.node import Node
from organizer.model.entry import Entry, Link, without_empty
from organizer.model.kinds.encounter import VISIT_CLASSES
from organizer.model.links import Role
from organizer.model.statuses import Status


def condition(resource: Node, context: Context) -> Entry:
    """Condition: clinical and verification status as the source says; what it rests on as links."""
    _onset, onset = fhir.choice(resource, "onset")
    _abatement, abatement = fhir.choice(resource, "abatement")
    recorded = fhir.text(resource, "recordedDate") or fhir.text(resource, "assertedDate")
    asserter = fhir.child(resource, "asserter") or fhir.child(resource, "recorder")
    letter = _letter_of(resource)
    data: Node = {
        "verification": certainty.verified(fhir.code(resource.get("verificationStatus")), letter),
        "recorded": recorded,
        "body_site": fhir.concept(resource.get("bodySite")),
        "severity": fhir.concept(resource.get("severity")),
        "onset_text": _in_words(resource, "onset"),
        "end_text": _in_words(resource, "abatement"),
        "stage": ", ".join(dict.fromkeys(words for words in map(_stage, fhir.children(resource, "stage")) if words)),
        "made_by": context.spoken(asserter, resource),
        "place": _place_of(resource, context),
        "category": fhir.concept(resource.get("category")),
        "note": fhir.annotations(resource),
    }
    title, codes = fhir.concept(resource.get("code")), fhir.codings(resource.get("code"))
    absence = absence_in("Condition", codes, title)
    data |= flags(absence)
    evidence = list(
        chain.from_iterable(fhir.children(proof, "detail") for proof in fhir.children(resource, "evidence"))
    )
    links = context.links(Role.RESTS_ON, evidence)
    links += context.links(Role.REVISES, _extension_references(resource))
    return Entry(
        "Condition",
        title,
        codes=codes,
        happened=fhir.when(onset),
        ended=fhir.when(abatement),
        status=certainty.course(fhir.status(resource, "clinicalStatus"), letter)
        if absence is None
        else Status.NOT_SAID,
        data=without_empty(data),
        links=tuple(links),
    )


def _letter_of(resource: Node) -> str:
    """The letter beside the codes of a German diagnosis."""
    codings = fhir.children(resource.get("code"), "coding")
    extensions = chain.from_iterable(fhir.children(coding, "extension") for coding in codings)
    of_certainty = (
        extension for extension in extensions if fhir.text(extension, "url").endswith("/icd-10-gm-diagnosesicherheit")
    )
    return certainty.only(fhir.text(extension, "valueCoding", "code") for extension in of_certainty)


def _in_words(resource: Node, name: str) -> str:
    """When it began or ended where that is no date: an age, a span of ages, or words."""
    kind, value = fhir.choice(resource, name)
    if kind in ("Age", "Quantity"):
        return fhir.spoken_age(value)
    if kind == "Range":
        ends = [fhir.spoken_age(fhir.child(value, end)) for end in ("low", "high")]
        return " – ".join(end for end in ends if end)
    return value.strip() if kind == "String" and isinstance(value, str) else ""


def _stage(stage: Node) -> str:
    """A stage with what kind of stage it is, where the source says that: `pT: T2`."""
    kind, summary = fhir.concept(stage.get("type")), fhir.concept(stage.get("summary"))
    return f"{kind}: {summary}" if kind and summary and kind not in summary else summary


def _extension_references(resource: Node) -> list[Node]:
    """The earlier view of the same illness (extensions condition-replaces, condition-dueTo is another matter)."""
    extensions = fhir.children(resource, "extension")
    urls = ("condition-replaces", "condition-revises")
    return [
        fhir.child(extension, "valueReference")
        for extension in extensions
        if fhir.text(extension, "url").rpartition("/")[2] in urls
    ]


def _place_of(resource: Node, context: Context) -> str:
    """Where: the clinic of the visit at which it was recorded."""
    visit = context.find(fhir.child(resource, "encounter"))
    return context.spoken(fhir.child(visit.resource, "serviceProvider"), visit.resource) if visit else ""


def allergy(resource: Node, context: Context) -> Entry:
    """AllergyIntolerance; “none known” is a statement of its own, not an allergy."""
    reactions = fhir.children(resource, "reaction")
    notes = [
        _last_reaction(resource),
        fhir.annotations(resource),
        *(fhir.annotations(reaction) for reaction in reactions),
    ]
    manifested = [
        fhir.concept(reaction.get("manifestation")) or fhir.text(reaction, "description") for reaction in reactions
    ]
    codes = fhir.codings(resource.get("code"))
    substance = fhir.concept(resource.get("code")) or fhir.concept(fhir.child(resource, "reaction", "substance"))
    _onset, onset = fhir.choice(resource, "onset")
    data = {
        "reaction": ", ".join(words for words in manifested if words),
        "severity": next(
            (fhir.text(reaction, "severity") for reaction in reactions if fhir.text(reaction, "severity")), ""
        ),
        "criticality": fhir.text(resource, "criticality"),
        "verification": fhir.code(resource.get("verificationStatus")),
        "allergy_type": fhir.text(resource, "type"),
        "category": ", ".join(fhir.texts(resource, "category")),
        "recorded": fhir.text(resource, "recordedDate"),
        "note": "\n".join(note for note in notes if note),
        **flags(absence_in("AllergyIntolerance", codes, substance)),
    }
    return Entry(
        "AllergyIntolerance",
        substance,
        codes=codes,
        happened=fhir.when(onset),
        status=fhir.status(resource, "clinicalStatus"),
        data=without_empty(data),
    )


def _last_reaction(resource: Node) -> str:
    last = fhir.when(resource.get("lastOccurrence"))
    return _("Last reaction: {date}").format(date=last.text[:10]) if last else ""


def states_absence(resource: Node) -> bool:
    """True for a procedure, vaccination or device that only says that there is none, or that nobody asked.

    Of allergies, problems and medicines such a statement is kept as one.
    """
    kind = fhir.text(resource, "resourceType")
    named = resource.get({"Immunization": "vaccineCode", "Device": "type"}.get(kind, "code"))
    return absence_in(kind, fhir.codings(named), "") is not None


def adverse_event(resource: Node, context: Context) -> Entry:
    """AdverseEvent with its suspected cause."""
    suspects = [fhir.child(suspect, "instance") for suspect in fhir.children(resource, "suspectEntity")]
    named = [context.spoken(suspect, resource) for suspect in suspects]
    severity = fhir.code(resource.get("severity")) or fhir.code(resource.get("seriousness"))
    data = {
        "suspected_cause": ", ".join(name for name in named if name),
        "severity": severity.lower(),
        "outcome": fhir.concept(resource.get("outcome")),
    }
    happened = fhir.when(resource.get("date")) or fhir.when(resource.get("detected"))
    recorded = fhir.when(resource.get("recordedDate"))
    notes = [
        fhir.text(resource, "description"),
        _("Recorded: {date}").format(date=recorded.text[:10]) if recorded else "",
    ]
    return Entry(
        "AdverseEvent",
        fhir.concept(resource.get("event")) or fhir.text(resource, "description"),
        codes=fhir.codings(resource.get("event")),
        happened=happened,
        status=fhir.status(resource, "actuality"),
        data=without_empty(data | {"note": "\n".join(note for note in notes if note)}),
        links=tuple(context.links(Role.SUSPECTS, suspects)),
    )


def procedure(resource: Node, context: Context) -> Entry:
    """Procedure, done or planned."""
    _kind, performed = fhir.choice(resource, "performed")
    actors = [fhir.child(performer, "actor") for performer in fhir.children(resource, "performer")]
    reasons = fhir.children(resource, "reasonReference")
    data = {
        "reason": _reason(resource, context),
        "body_site": fhir.concept(resource.get("bodySite")),
        "outcome": fhir.concept(resource.get("outcome")),
        "complications": fhir.concept(resource.get("complication")),
        "performer": ", ".join(name for name in (context.spoken(actor, resource) for actor in actors) if name),
        "place": context.spoken(fhir.child(resource, "location"), resource) or _place_of(resource, context),
        "note": "\n".join(note for note in _notes_of_procedure(resource, context) if note),
    }
    links = context.links(Role.TREATS, reasons)
    links += context.links(Role.REPORT, fhir.children(resource, "report"))
    return Entry(
        "Procedure",
        fhir.concept(resource.get("code")),
        codes=fhir.codings(resource.get("code")),
        happened=fhir.when(performed),
        ended=fhir.until(performed),
        status=fhir.status(resource),
        data=without_empty(data),
        links=tuple(links),
    )


def _notes_of_procedure(resource: Node, context: Context) -> list[str]:
    """When it was where that is no date, why it wasn't done, what was put in, and the source's notes."""
    devices = [fhir.child(focal_device, "manipulated") for focal_device in fhir.children(resource, "focalDevice")]
    devices += fhir.children(resource, "usedReference")
    used = [context.spoken(device, resource) for device in devices] + [fhir.concept(resource.get("usedCode"))]
    named = ", ".join(dict.fromkeys(name for name in used if name))
    return [
        _in_words(resource, "performed"),
        fhir.concept(resource.get("statusReason")),
        _("With: {devices}").format(devices=named) if named else "",
        fhir.annotations(resource),
    ]


def _reason(resource: Node, context: Context) -> str:
    referred = [context.spoken(reference, resource) for reference in fhir.children(resource, "reasonReference")]
    words = [fhir.concept(reason) for reason in fhir.children(resource, "reasonCode")] + referred
    return ", ".join(dict.fromkeys(word for word in words if word))


def immunization(resource: Node, context: Context) -> Entry:
    """Immunization, given or not."""
    _kind, occurrence = fhir.choice(resource, "occurrence")
    actors = [fhir.child(performer, "actor") for performer in fhir.children(resource, "performer")]
    _number, dose_number = fhir.choice(fhir.child(resource, "protocolApplied"), "doseNumber")
    data = {
        "lot": fhir.text(resource, "lotNumber"),
        "manufacturer": context.spoken(fhir.child(resource, "manufacturer"), resource),
        "dose_number": dose_number if isinstance(dose_number, str) else fhir.printed(dose_number),
        "performer": ", ".join(name for name in (context.spoken(actor, resource) for actor in actors) if name),
        "status_reason": fhir.concept(resource.get("statusReason")),
        "note": "\n".join(note for note in _notes_of_vaccination(resource) if note),
    }
    return Entry(
        "Immunization",
        _vaccine(resource),
        codes=fhir.codings(resource.get("vaccineCode")),
        happened=fhir.when(occurrence),
        status=fhir.status(resource),
        data=without_empty(data),
    )


def _notes_of_vaccination(resource: Node) -> list[str]:
    """When it was where that is no date, whether the dose counts, how it was given, against what."""
    against = [
        fhir.concept(protocol_applied.get("targetDisease"))
        for protocol_applied in fhir.children(resource, "protocolApplied")
    ]
    named = ", ".join(dict.fromkeys(name for name in against if name))
    weak = resource.get("isSubpotent") is True
    return [
        _in_words(resource, "occurrence"),
        _("The source says that this dose doesn’t count in full.") if weak else "",
        _("Against: {diseases}").format(diseases=named) if named else "",
        _how_given(resource),
        fhir.annotations(resource),
    ]


def _how_given(resource: Node) -> str:
    """How much, by what way and where, in the source's words."""
    parts = [fhir.spoken_quantity(resource.get("doseQuantity"))]
    parts += [fhir.concept(resource.get(name)) for name in ("route", "site")]
    return ", ".join(part for part in parts if part)


def _vaccine(resource: Node) -> str:
    vaccine = resource.get("vaccineCode")
    words, only = fhir.concept(vaccine), fhir.only_code(vaccine)
    if only is None:
        return words
    codes = [coding.code for coding in fhir.codings(vaccine) if coding.identity.system == vaccines.SYSTEM]
    return next((name for name in map(vaccines.named, codes) if name), words)


def family_history(resource: Node, context: Context) -> Entry:
    """FamilyMemberHistory: one relative with all illnesses."""
    illnesses, notes = [], [fhir.annotations(resource)]
    for condition in fhir.children(resource, "condition"):
        fields = {
            "title": fhir.concept(condition.get("code")),
            "onset": _spoken_age(condition, "onset"),
            "outcome": fhir.concept(condition.get("outcome")),
            "note": fhir.annotations(condition),
        }
        illnesses.append(without_empty(fields))
        notes.append(fhir.annotations(condition))
    data = {
        "relation": fhir.concept(resource.get("relationship")) or fhir.text(resource, "name"),
        "conditions": illnesses,
        "age_at_onset": ", ".join(illness["onset"] for illness in illnesses if illness.get("onset")),
        "outcome": ", ".join(illness["outcome"] for illness in illnesses if illness.get("outcome")),
        "deceased": _spoken_age(resource, "deceased"),
        "note": "\n".join(dict.fromkeys(note for note in notes if note)),
    }
    title = ", ".join(illness["title"] for illness in illnesses if illness.get("title"))
    return Entry(
        "FamilyMemberHistory",
        title or str(data["relation"]),
        happened=fhir.when(resource.get("date")),
        status=fhir.status(resource),
        data=without_empty(data),
    )


def _spoken_age(node: Node, name: str) -> str:
    _kind, value = fhir.choice(node, name)
    if isinstance(value, dict):
        return fhir.spoken_age(value) or fhir.text(value, "text")
    return "yes" if value is True else value if isinstance(value, str) else ""


def encounter(resource: Node, context: Context) -> Entry:
    """Encounter: a visit with whom and where."""
    period = fhir.child(resource, "period")
    people = [fhir.child(participant, "individual") for participant in fhir.children(resource, "participant")]
    kind = fhir.child(resource, "class")
    words = fhir.text(kind, "code")
    shown = fhir.text(kind, "display") or VISIT_CLASSES.get(words, words)
    wards = [fhir.child(location, "location") for location in fhir.children(resource, "location")]
    places = [context.spoken(place, resource) for place in (fhir.child(resource, "serviceProvider"), *wards)]
    diagnosed = [fhir.child(diagnosis, "condition") for diagnosis in fhir.children(resource, "diagnosis")]
    reasons = [_reason(resource, context), *(context.spoken(reference, resource) for reference in diagnosed)]
    data = {
        "visit_class": shown,
        "provider": ", ".join(dict.fromkeys(n for n in (context.spoken(person, resource) for person in people) if n)),
        "place": ", ".join(dict.fromkeys(place for place in places if place)),
        "reason": ", ".join(dict.fromkeys(reason for reason in reasons if reason)),
        "disposition": fhir.concept(fhir.child(resource, "hospitalization").get("dischargeDisposition")),
        "note": fhir.annotations(resource),
    }
    return Entry(
        "Encounter",
        fhir.concept(fhir.child(resource, "type")) or shown or "Visit",
        codes=fhir.codings(fhir.child(resource, "type")),
        happened=fhir.when(period),
        ended=fhir.until(period),
        status=fhir.status(resource),
        data=without_empty(data),
    )


def appointment(resource: Node, context: Context) -> Entry:
    """Appointment: a visit to come (or one that was)."""
    actors = [fhir.child(participant, "actor") for participant in fhir.children(resource, "participant")]
    others = [actor for actor in actors if not fhir.text(actor, "reference").startswith("Patient/")]
    past = fhir.text(resource, "status") in ("fulfilled", "checked-in")
    dropped = fhir.text(resource, "status") in ("cancelled", "noshow")
    data = {
        "provider": ", ".join(name for name in (context.spoken(other, resource) for other in others) if name),
        "reason": _reason(resource, context),
        "note": fhir.text(resource, "comment"),
    }
    return Entry(
        "Encounter",
        fhir.text(resource, "description") or fhir.concept(resource.get("serviceType")) or "Appointment",
        happened=fhir.when(resource.get("start")),
        ended=fhir.when(resource.get("end")),
        status=Status.CANCELLED if dropped else Status.FINISHED if past else Status.PLANNED,
        data=without_empty(data),
    )


def device(resource: Node, context: Context) -> Entry:
    """Device: what is implanted or worn."""
    names = fhir.children(resource, "deviceName")
    udi = fhir.child(resource, "udiCarrier")
    data = {
        "manufacturer": fhir.text(resource, "manufacturer"),
        "model": fhir.text(resource, "modelNumber"),
        "serial_number": fhir.text(resource, "serialNumber"),
        "lot": fhir.text(resource, "lotNumber"),
        "udi": fhir.text(udi, "carrierHRF") or fhir.text(udi, "deviceIdentifier"),
        "expires": fhir.text(resource, "expirationDate"),
        "mr_safety": fhir.concept(resource.get("safety")),
        "note": fhir.annotations(resource),
    }
    title = fhir.concept(resource.get("type")) or next((fhir.text(name, "name") for name in names), "")
    return Entry(
        "Device",
        title or "Device",
        codes=fhir.codings(resource.get("type")),
        status=fhir.status(resource),
        data=without_empty(data),
    )


def device_use(resource: Node, context: Context) -> Entry:
    """DeviceUseStatement: since when a device is used."""
    _kind, timing = fhir.choice(resource, "timing")
    device_reference = fhir.child(resource, "device")
    data = {"place": fhir.concept(resource.get("bodySite")), "note": fhir.annotations(resource)}
    links: list[Link] = context.links(Role.DEVICE, [device_reference])
    return Entry(
        "Device",
        context.spoken(device_reference, resource) or "Device",
        happened=fhir.when(timing),
        ended=fhir.until(timing),
        status=fhir.status(resource),
        data=without_empty(data),
        links=tuple(links),
    )
