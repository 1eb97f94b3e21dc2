"""Observation, DiagnosticReport, ImagingStudy, QuestionnaireResponse: what was measured, seen and answered."""

import re
from collections.abc import Callable
from itertools import chain
from typing import Any

from organizer.base.analytes import LOINC, siblings_of
from organizer.base.i18n import _
from organizer.base.results import read_result
from organizer.base.units import is_unit
from organizer.importing.formats._report_groups import REPORT_GROUPS
from organizer.importing.formats._values import answer_of, in_percent, sensible_range
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.context import Context
from organizer.importing.formats.fhir.narrative import words_of_narrative, written_by_hand
from organizer.importing.formats.fhir.node import Node
from organizer.model.codes import is_loinc_code
from organizer.model.entry import Coding, Entry, Json, without_empty
from organizer.model.links import Role

_ABSENT = "/data-absent-reason"
_MEASURED = ("laboratory", "vital-signs")


def observation(resource: Node, context: Context) -> Entry:
    """Observation with value, components, ranges and flag as given; nothing is made up."""
    in_numbers = _category(resource) in _MEASURED
    panel = resource.get("code")
    fields, flag = measured(resource, in_numbers)
    fields = in_percent(fields, fhir.codings(panel))
    notes = (_about(resource, context), _unit_alone(resource), fhir.annotations(resource), written_by_hand(resource))
    data = {
        "category": _category(resource),
        **ranges_of(resource),
        "interpretation": fhir.concept(resource.get("interpretation")) or flag,
        "body_site": fhir.concept(resource.get("bodySite")),
        "specimen": context.spoken(fhir.child(resource, "specimen"), resource),
        "method": fhir.concept(resource.get("method")),
        "performer": ", ".join(
            name
            for name in (context.spoken(performer, resource) for performer in fhir.children(resource, "performer"))
            if name
        ),
        "absent_reason": fhir.concept(resource.get("dataAbsentReason")) or _absent_value(resource),
        "components": list(
            filter(None, (_component(component, in_numbers) for component in fhir.children(resource, "component")))
        ),
        "note": "\n".join(note for note in notes if note),
    }
    _kind, effective = fhir.choice(resource, "effective")
    links = context.links(Role.MEMBER, fhir.children(resource, "hasMember"))
    return Entry(
        "Observation",
        fhir.concept(panel),
        codes=fhir.codings(panel),
        happened=fhir.when(effective) or fhir.when(resource.get("issued")),
        ended=fhir.until(effective),
        status=fhir.status(resource),
        data=without_empty(data),
        links=tuple(links),
        **fields,
    )


def _about(resource: Node, context: Context) -> str:
    """What was looked at where that isn't the person as such: a fetus, a donor, an implant (Observation.focus)."""
    named = [context.spoken(focus, resource) for focus in fhir.children(resource, "focus")]
    about = ", ".join(dict.fromkeys(name for name in named if name))
    return _("About: {name}").format(name=about) if about else ""


def _absent_value(resource: Node) -> str:
    """Why a value is missing, where an extension in its place says it (FHIR data-absent-reason)."""
    values = [resource.get(name) for name in resource if name.lstrip("_").startswith("value")]
    extensions = list(chain.from_iterable(fhir.children(value, "extension") for value in values))
    return next(
        (
            fhir.text(extension, "valueCode")
            for extension in extensions
            if fhir.text(extension, "url").endswith(_ABSENT)
        ),
        "",
    )


def measured(node: Node, in_numbers: bool) -> tuple[dict[str, Any], str]:
    """The fields of a value, and the flag printed behind it; a number in a text (`>60`, `44 mL/min`) is a number.

    A whole number alone is one only where it is `in_numbers` that such things are told: else it may be a name.
    """
    fields = value_of(node)
    if "value" in fields or fhir.choice(node, "value")[0] != "String":
        return fields, ""
    loinc = next((coding.code for coding in fhir.codings(node.get("code")) if coding.system == LOINC), "")
    ranges = ranges_of(node)
    ends = (ranges.get("range_low"), ranges.get("range_high"))
    result = read_result(fields.get("value_text", ""), code=loinc, ends=ends)
    named = result.comparator or result.unit or "." in result.text or in_numbers or siblings_of(loinc)
    sensible = re.match(r"0\d", result.text) is None and (not result.unit or is_unit(result.unit))
    return (result.fields, result.flag) if result.value is not None and named and sensible else (fields, "")


def value_of(node: Node) -> dict[str, Any]:
    """value, value_text, comparator and unit of `value[x]`, whatever its type; empty where there is none."""
    kind, value = fhir.choice(node, "value")
    if kind == "Quantity":
        return fhir.quantity(value)
    if kind in ("Integer", "Decimal"):
        shown = fhir.printed(value)
        return {"value": float(shown), "value_text": shown} if shown else {}
    words = _in_words(kind, value)
    return {"value_text": words} if words else {}


def _unit_alone(resource: Node) -> str:
    """What stands in the unit's place of a quantity without a number, such as “see note”."""
    quantity = fhir.child(resource, "valueQuantity")
    unit = fhir.text(quantity, "unit")
    return (
        _("In place of a number the source says: {words}").format(words=unit)
        if unit and "value" not in quantity
        else ""
    )


def _in_words(kind: str, value: Any) -> str:
    spoken = _SPOKEN.get(kind)
    if spoken is not None and (kind in ("Boolean", "CodeableConcept") or isinstance(value, dict)):
        return spoken(value)
    return value.strip() if isinstance(value, str) else ""


def _coded(value: Any) -> str:
    """A concept that gives itself by a code alone is an answer of a list where that is known."""
    known = answer_of(fhir.codings(value)) if fhir.only_code(value) is not None else ""
    return known or fhir.concept(value)


def _yes_or_no(value: Any) -> str:
    if not isinstance(value, bool):
        return ""
    return "yes" if value else "no"


def _quantities(value: Any, *ends: str) -> list[str]:
    return [fhir.spoken_quantity(value.get(end)) for end in ends]


_SPOKEN: dict[str, Callable[[Any], str]] = {
    "CodeableConcept": _coded,
    "Boolean": _yes_or_no,
    "Range": lambda value: " – ".join(filter(None, _quantities(value, "low", "high"))),
    "Ratio": lambda value: ":".join(_quantities(value, "numerator", "denominator")).strip(":"),
    "Period": lambda value: " – ".join(filter(None, (fhir.text(value, "start"), fhir.text(value, "end")))),
    "Attachment": lambda value: fhir.text(value, "title") or fhir.text(value, "url"),
    "SampledData": lambda value: fhir.text(value, "data"),
}
"""R4's types of a value that is no quantity, in words (hl7.org/fhir/R4/observation.html)."""


def ranges_of(node: Node) -> dict[str, Json]:
    """The reference range: low and high of the one that applies in general, all of them as text."""
    ranges = fhir.children(node, "referenceRange")
    fields: dict[str, Json] = {"range_text": "; ".join(filter(None, map(_range_words, ranges)))}
    general = [spread for spread in ranges if not (spread.get("appliesTo") or spread.get("age"))] or ranges
    in_numbers = [spread for spread in general if fhir.child(spread, "low") or fhir.child(spread, "high")]
    if len(in_numbers) == 1 and fhir.code(in_numbers[0].get("type")) in ("", "normal"):
        ends = (fhir.number(fhir.child(in_numbers[0], end).get("value")) for end in ("low", "high"))
        fields["range_low"], fields["range_high"] = sensible_range(*ends)
    return fields


def _range_words(spread: Node) -> str:
    low, high = fhir.child(spread, "low"), fhir.child(spread, "high")
    unit = fhir.text(high, "unit") or fhir.text(low, "unit")
    spoken = _ends_in_words(fhir.text(low, "value"), fhir.text(high, "value"), unit)
    whom = fhir.concept(spread.get("appliesTo"))
    words = fhir.text(spread, "text")
    if not any(map(str.isdigit, words)):
        # “Critical Range” names the range; the numbers are the range.
        words = _with_aside(spoken, words) or words
    return _with_aside(words, whom)


def _ends_in_words(low: str, high: str, unit: str) -> str:
    if low and high:
        return f"{low}–{high} {unit}".strip()
    if low:
        return f"≥ {low} {unit}".strip()
    return f"≤ {high} {unit}".strip() if high else ""


def _with_aside(words: str, aside: str) -> str:
    return f"{words} ({aside})" if words and aside else words


def _component(part: Node, in_numbers: bool) -> Node:
    fields, flag = measured(part, in_numbers)
    codes = [{"system": c.system, "code": c.code, "display": c.display} for c in fhir.codings(part.get("code"))]
    return without_empty(
        {
            "title": fhir.concept(part.get("code")),
            "codes": codes,
            **fields,
            **ranges_of(part),
            "interpretation": fhir.concept(part.get("interpretation")) or flag,
            "absent_reason": fhir.concept(part.get("dataAbsentReason")),
        }
    )


def _category(resource: Node) -> str:
    for category in fhir.children(resource, "category"):
        for coded in fhir.children(category, "coding"):
            if fhir.text(coded, "code"):
                return fhir.text(coded, "code")
        if fhir.text(category, "text"):
            return fhir.text(category, "text").lower()
    return ""


def diagnostic_report(resource: Node, context: Context) -> Entry:
    """DiagnosticReport: its conclusion word for word, its results as links, its files attached.

    Its narrative is read where nothing else holds words: some laboratories and radiologists write nowhere else.
    """
    title = fhir.concept(resource.get("code")) or "Report"
    files, words, elsewhere = _forms(resource, title, context)
    _kind, effective = fhir.choice(resource, "effective")
    performers = [context.spoken(performer, resource) for performer in fhir.children(resource, "performer")]
    performers += [
        context.spoken(interpreter, resource) for interpreter in fhir.children(resource, "resultsInterpreter")
    ]
    conclusion = fhir.text(resource, "conclusion") or fhir.concept(resource.get("conclusionCode"))
    narrative = written_by_hand(resource) if words or conclusion else words_of_narrative(resource)
    data = {
        "issued": fhir.text(resource, "issued"),
        "category": _report_group(resource),
        "conclusion": conclusion,
        "text": "\n\n".join([*words, *([narrative] if narrative else [])]),
        "performer": ", ".join(dict.fromkeys(name for name in performers if name)),
        "case_number": fhir.text(fhir.child(resource, "identifier"), "value"),
        "attachments": files,
        "note": "\n".join([*elsewhere, *([fhir.annotations(resource)] if fhir.annotations(resource) else [])]),
    }
    links = context.links(Role.RESULT, fhir.children(resource, "result"))
    links += context.links(Role.ANSWERS, fhir.children(resource, "basedOn"))
    return Entry(
        "DiagnosticReport",
        title,
        codes=fhir.codings(resource.get("code")),
        happened=fhir.when(effective) or fhir.when(resource.get("issued")),
        status=fhir.status(resource),
        data=without_empty(data),
        links=tuple(links),
    )


def _forms(resource: Node, title: str, context: Context) -> tuple[list[Node], list[str], list[str]]:
    """The files that a report holds, their words, and what is said of those that it only names."""
    files, words, elsewhere = [], [], []
    for form in fhir.children(resource, "presentedForm"):
        attached = context.attach(form, title)
        url = fhir.text(form, "url")
        if attached is not None:
            fields = {"file": attached.sha256, "media_type": attached.media_type, "title": fhir.text(form, "title")}
            files.append(without_empty(fields))
            words += [attached.contents.words] if attached.contents.words else []
        elif url:
            elsewhere.append(_("The source names the file but doesn’t hold it: {url}").format(url=url))
    return files, words, elsewhere


def _report_group(resource: Node) -> str:
    for category in fhir.children(resource, "category"):
        for coded in fhir.children(category, "coding"):
            group = REPORT_GROUPS.get(fhir.text(coded, "code"))
            if group:
                return group
    return "other"


def imaging_study(resource: Node, context: Context) -> Entry:
    """ImagingStudy with its series."""
    series = fhir.children(resource, "series")
    listed = [
        without_empty(
            {
                "uid": fhir.text(node, "uid"),
                "title": fhir.text(node, "description"),
                "modality": fhir.text(node, "modality", "code"),
                "instances": len(fhir.children(node, "instance")) or _whole(node.get("numberOfInstances")),
            }
        )
        for node in series
    ]
    modality = fhir.child(resource, "modality") or fhir.child(series[0] if series else {}, "modality")
    site = fhir.child(series[0] if series else {}, "bodySite")
    modality_name = fhir.text(modality, "display") or fhir.text(modality, "code")
    title = fhir.text(resource, "description") or fhir.concept(resource.get("procedureCode"))
    data = {
        "modality": modality_name,
        "body_site": fhir.text(site, "display") or fhir.text(site, "code"),
        "place": context.spoken(fhir.child(resource, "location"), resource),
        "series": listed,
        "note": fhir.annotations(resource),
    }
    return Entry(
        "ImagingStudy",
        title or modality_name or "Images",
        happened=fhir.when(resource.get("started")),
        status=fhir.status(resource),
        data=without_empty(data),
    )


def _whole(number: object) -> int:
    return number if isinstance(number, int) and not isinstance(number, bool) else 0


def questionnaire_response(resource: Node, context: Context) -> Entry:
    """QuestionnaireResponse: each answer a part of one observation of the category survey.

    A questionnaire of LOINC's own (`http://loinc.org/q/44249-1`) is coded by its address, and its items by their link
    ids (`/44261-6`), so that a total is a result like any other.
    """
    address, _version, _rest = fhir.text(resource, "questionnaire").partition("|")
    holder, _slash, name = address.rpartition("/")
    is_loinc = holder.removesuffix("/q") == LOINC
    parts = []
    for item in fhir.walk(resource.get("item")):
        for answer in fhir.children(item, "answer"):
            fields = value_of(answer) or _answer_code(answer)
            if fields:
                codes = _item_codes(item) if is_loinc else []
                title = fhir.text(item, "text") or fhir.text(item, "linkId")
                parts.append({"title": title, "codes": codes, **fields})
    return Entry(
        "Observation",
        fhir.text(fhir.child(resource, "_questionnaire", "extension"), "valueString") or name or "Questionnaire",
        happened=fhir.when(resource.get("authored")),
        status=fhir.status(resource),
        codes=(Coding(LOINC, name),) if is_loinc and is_loinc_code(name) else (),
        data=without_empty({"category": "survey", "components": parts}),
    )


def _item_codes(item: Node) -> list[Node]:
    code = fhir.text(item, "linkId").rpartition("/")[2]
    return [{"system": LOINC, "code": code, "display": ""}] if is_loinc_code(code) else []


def _answer_code(answer: Node) -> Node:
    coded = fhir.child(answer, "valueCoding")
    words = fhir.text(coded, "display") or fhir.text(coded, "code")
    return {"value_text": words} if words else {}
