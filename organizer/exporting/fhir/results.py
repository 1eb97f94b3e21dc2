"""Observation, DiagnosticReport, ImagingStudy as R4 resources."""

import re
from collections.abc import Mapping
from typing import Any

from organizer.exporting.fhir import shapes
from organizer.exporting.fhir.neighbours import Neighbours, declared
from organizer.exporting.fhir.shapes import TERMINOLOGY, Node, Shape
from organizer.model.codes import code_of
from organizer.model.entry import Coding, Entry
from organizer.model.links import Role

_OBSERVED = ("registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown")
_REPORTED = ("partial", "appended", *_OBSERVED)
_STUDY = ("registered", "available", "cancelled", "entered-in-error", "unknown")
_CATEGORIES = {
    "social-history": "Social History", "vital-signs": "Vital Signs", "imaging": "Imaging",
    "laboratory": "Laboratory", "procedure": "Procedure", "survey": "Survey", "exam": "Exam", "therapy": "Therapy",
    "activity": "Activity",
}  # fmt: skip
_FLAGS = {
    "H": "High", "L": "Low", "N": "Normal", "A": "Abnormal", "HH": "Critical high", "LL": "Critical low",
    "POS": "Positive", "NEG": "Negative",
}  # fmt: skip
_FLAG_WORDS = {words.casefold(): code for code, words in _FLAGS.items()} | {code.casefold(): code for code in _FLAGS}
_GROUPS = {
    "imaging": ("RAD", "Radiology"),
    "pathology": ("PAT", "Pathology (gross & histopath, not surgical)"),
    "laboratory": ("LAB", "Laboratory"),
    "genetics": ("GE", "Genetics"),
    "other": ("OTH", "Other"),
}
"""Our groups of reports in HL7 v2 table 0074."""
_DICOM = "http://dicom.nema.org/resources/ontology/DCM"
_MODALITY = re.compile(r"[A-Z]{2,12}")
_UID = re.compile(r"[0-2](\.(0|[1-9]\d*))+")


def observation(entry: Entry, others: Neighbours) -> Node:
    """Observation: a value with its digits, comparator and unit, or words; parts; ranges and flag as printed."""
    data = entry.data
    parts = [_component(part) for part in data.get("components") or ()]
    repeated = any(_is_the_same(entry, part) for part in data.get("components") or ())
    value = {} if repeated else _value(entry.value, entry.value_text, entry.unit, entry.comparator)
    shaped: dict[str, Shape] = {
        "bodySite": shapes.concept,
        "method": shapes.concept,
        "specimen": shapes.named,
        "performer": shapes.named_list,
        "category": _category,
        "note": shapes.notes,
    }
    return {
        "status": shapes.one_of(entry.status, _OBSERVED, "unknown"),
        "code": shapes.concept(entry.title, entry.codes) or shapes.absent(),
        **_effective(entry, "effective"),
        **value,
        "dataAbsentReason": {} if value else shapes.concept(data.get("absent_reason")),
        **declared(entry, shaped),
        **_measured(data, entry.unit),
        "hasMember": others.references(entry, Role.MEMBER, "Observation"),
        "component": [part for part in parts if part],
    }


def _is_the_same(entry: Entry, part: Mapping[str, Any]) -> bool:
    """Whether a part is coded as what it is a part of."""
    own = {code.identity for code in entry.codes}
    parts = {
        code_of(str(coding.get("system") or ""), str(coding.get("code") or "")) for coding in part.get("codes") or ()
    }
    return not own.isdisjoint(parts)


def _effective(entry: Entry, name: str) -> Node:
    span = shapes.period(entry)
    if entry.ended and "end" in span:
        return {f"{name}Period": span}
    return {f"{name}DateTime": span.get("start")}


def _value(value: Any, text: Any, unit: Any, comparator: Any) -> Node:
    number = shapes.decimal(str(text or ""), value) if value is not None else None
    if number is not None:
        return {"valueQuantity": shapes.quantity(number, str(unit or ""), str(comparator or ""))}
    return shapes.filled({"valueString": shapes.words(text)})


def _measured(data: Mapping[str, Any], unit: str) -> Node:
    """What a panel and its parts have in common: range and flag."""
    one_range = shapes.filled(
        {
            "low": shapes.simple(data.get("range_low"), unit),
            "high": shapes.simple(data.get("range_high"), unit),
            "text": shapes.words(data.get("range_text")),
        }
    )
    return {
        "referenceRange": [one_range] if one_range else [],
        "interpretation": _flag(data.get("interpretation")),
    }


def _flag(text: Any) -> list[Node]:
    code = _FLAG_WORDS.get(text.casefold()) if isinstance(text, str) else None
    if code is None:
        return shapes.concepts(text)
    return [shapes.coded(f"{TERMINOLOGY}v3-ObservationInterpretation", code, _FLAGS[code], text)]


def _category(text: Any) -> list[Node]:
    if text in _CATEGORIES:
        return [shapes.coded(f"{TERMINOLOGY}observation-category", text, _CATEGORIES[text])]
    return shapes.concepts(text)


def _component(part: Mapping[str, Any]) -> Node:
    codes = [Coding(**coding) for coding in part.get("codes") or ()]
    value = _value(part.get("value"), part.get("value_text"), part.get("unit"), part.get("comparator"))
    return shapes.filled(
        {
            "code": shapes.concept(part.get("title"), codes) or shapes.absent(),
            **value,
            "dataAbsentReason": {} if value else shapes.concept(part.get("absent_reason")),
            **_measured(part, str(part.get("unit") or "")),
        }
    )


def diagnostic_report(entry: Entry, others: Neighbours) -> Node:
    """DiagnosticReport; its files are filled in where the bundle is written."""
    shaped: dict[str, Shape] = {
        "issued": shapes.instant,
        "conclusion": shapes.words,
        "performer": shapes.named_list,
        "identifier": lambda text: shapes.held(text, "value"),
    }
    group = _GROUPS.get(entry.text("category"))
    return {
        "status": shapes.one_of(entry.status, _REPORTED, "unknown"),
        "code": shapes.concept(entry.title, entry.codes) or shapes.absent(),
        "category": [shapes.coded(f"{TERMINOLOGY}v2-0074", *group)] if group else [],
        **_effective(entry, "effective"),
        **declared(entry, shaped),
        "basedOn": others.references(entry, Role.ANSWERS, "ServiceRequest"),
        "result": others.references(entry, Role.RESULT, "Observation"),
        "presentedForm": [attachment(attached) for attached in entry.data.get("attachments") or ()],
    }


def attachment(attached: Mapping[str, Any]) -> Node:
    """An Attachment without its bytes: type and title."""
    made = {"contentType": shapes.media_type(attached.get("media_type")), "title": shapes.words(attached.get("title"))}
    return shapes.filled(made) or {"title": "file"}


def imaging_study(entry: Entry, _others: Neighbours) -> Node:
    """ImagingStudy with its series; the pictures themselves are no part of it."""
    shaped: dict[str, Shape] = {
        "description": shapes.words,
        "started": shapes.date_time,
        "location": shapes.named,
        "note": shapes.notes,
    }
    listed = [
        _series(series) for series in entry.data.get("series") or () if _UID.fullmatch(str(series.get("uid") or ""))
    ]
    site = shapes.words(entry.data.get("body_site"))
    if listed and site:
        listed[0]["bodySite"] = {"display": site}
    return {
        "status": shapes.one_of(entry.status, _STUDY, "unknown"),
        "modality": [_modality(entry.data.get("modality"))] if shapes.words(entry.data.get("modality")) else [],
        **declared(entry, shaped),
        "series": listed,
    }


def _series(series: Mapping[str, Any]) -> Node:
    count = series.get("instances")
    return shapes.filled(
        {
            "uid": series.get("uid"),
            "modality": _modality(series.get("modality")) or shapes.absent(),
            "description": shapes.words(series.get("title")),
            "numberOfInstances": count if isinstance(count, int) and count >= 0 else None,
        }
    )


def _modality(text: Any) -> Node:
    if isinstance(text, str) and _MODALITY.fullmatch(text):
        return {"system": _DICOM, "code": text}
    return shapes.named(text)
