"""A second reading of FHIR, by the standard alone: R4 as JSON (hl7.org/fhir/R4), parsed with json and nothing else.

Not a line of it is shared with the program. It knows which elements of a resource tell what, and what each must
become; where the standard lets several words stand for one thing (text, display, code), any of them is right.
"""

import html
import json
import re
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from tests.fidelity.benchmark import ROOT, SHARED
from tests.fidelity.comparing import Comparison, Skip
from tests.fidelity.facts import Expected, Fact, Told, among, holding, number, one_of
from tests.fidelity.fhir_elements import (
    Fields,
    Node,
    chosen,
    codes,
    data,
    everything,
    first,
    joined,
    listed,
    named,
    notes,
    status,
    texts,
    told_time,
    until,
    when,
    words,
)  # fmt: skip
from tests.fidelity.fhir_medicines import medicine
from tests.fidelity.importing import imported

FOLDERS = (
    SHARED / "records" / "fhir_r4_synthea", SHARED / "records" / "ips", ROOT / "tests" / "data" / "fhir",
    ROOT / "tests" / "data" / "fhir_cases", ROOT / "resources" / "sample",
)  # fmt: skip

_NONE_KNOWN = (
    "716186003",
    "409137002",
    "428607008",
    "429625007",
    "160244002",
    "1631000175102",
    "160245001",
    "787481004",
)
_ABSENT = re.compile(r"no-(known|information|\w+-info)|no-known-\w+")
_OLD_NAMES = {"notGiven", "wasNotGiven", "wasNotTaken", "taken", "notDone", "substance", "comments", "indexed"}
_OLD = ("MedicationOrder", "ProcedureRequest", "DiagnosticOrder", "ReferralRequest")


class File:
    """A parsed file: its resources, each with the place by which the record names it."""

    def __init__(self, text: str) -> None:
        self.placed = list(_placed(text))
        self.named = {}
        for place, resource in self.placed:
            self.named[place] = resource
            self.named.setdefault(f"{resource.get('resourceType')}/{resource.get('id')}", resource)

    @property
    def is_r4(self) -> bool:
        """False where a resource has what R4 hasn't: this reader knows no other version."""
        for _place, one in self.placed:
            kind = one.get("resourceType")
            strings = isinstance(one.get("clinicalStatus"), str) or isinstance(one.get("verificationStatus"), str)
            old_names = {
                "notGiven",
                "wasNotGiven",
                "wasNotTaken",
                "taken",
                "notDone",
                "substance",
                "comments",
                "indexed",
            }
            if kind in _OLD or strings or old_names & one.keys():
                return False
        return True

    def facts(self) -> list[Fact]:
        """All facts of the kinds that are compared."""
        return [fact for place, resource in self.placed for fact in self._fact(place, resource)]

    def _fact(self, place: str, resource: Node) -> Iterator[Fact]:
        read = READERS.get(str(resource.get("resourceType")))
        if read is None:
            return
        fields = read(self, resource)
        name = fields["title"].right if "title" in fields else ""
        if not name:
            return
        yield Fact(str(resource["resourceType"]), place, name, fields, nothing=_states_nothing(resource))

    def meant(self, reference: Any, within: Node) -> Node:
        """The resource that a Reference means."""
        name = reference.get("reference", "") if isinstance(reference, dict) else ""
        if name.startswith("#"):
            return next((one for one in within.get("contained", []) if one.get("id") == name[1:]), {})
        return self.named.get(name, {})

    def spoken(self, reference: Any, within: Node) -> list[str]:
        """Words for what a Reference means: its own, or a name of the resource."""
        shown = reference.get("display", "") if isinstance(reference, dict) else ""
        meant = self.meant(reference, within)
        name = meant.get("name")
        words = [shown, *texts(meant.get("code"))]
        words += [name] if isinstance(name, str) else []
        return [word for word in words if word]


def _placed(text: str) -> Iterator[tuple[str, Node]]:
    try:
        whole = json.loads(text)
    except ValueError:
        for number, line in enumerate(text.splitlines(), start=1):
            try:
                yield f"line={number}", json.loads(line)
            except ValueError:
                continue
        return
    if whole.get("resourceType") != "Bundle":
        yield f"{whole.get('resourceType')}/{whole['id']}" if whole.get("id") else str(whole.get("resourceType")), whole
        return
    yield from _of_bundle(whole, "")


def _of_bundle(bundle: Node, prefix: str) -> Iterator[tuple[str, Node]]:
    for place, entry in enumerate(bundle.get("entry") or []):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        where = f"{prefix}entry[{place}]"
        if not isinstance(resource, dict):
            continue
        if resource.get("resourceType") == "Bundle":
            yield from _of_bundle(resource, f"{where}.")
        else:
            yield entry.get("fullUrl") or where, resource


def _states_nothing(resource: Node) -> bool:
    found = codes(resource.get("code")) + codes(resource.get("medicationCodeableConcept"))
    return any(code in _NONE_KNOWN or _ABSENT.search(code) for code in found)


def _exact(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def measured(node: Node) -> Fields:
    """value[x] of an Observation."""
    kind, value = chosen(node, "value")
    if kind == "Quantity":
        exact = _exact(value.get("value")) if "value" in value else None
        units = [value.get("code", ""), value.get("unit", "")]
        sign = str(value.get("comparator") or "")
        return first(
            ("value", number(float(exact), lambda told: told["value"]) if exact is not None else None),
            ("comparator", among({sign}, lambda told: told["comparator"]) if sign else None),
            ("unit", one_of(units, lambda told: told["unit"]) if exact is not None and any(units) else None),
        )
    if kind in ("Integer", "Decimal"):
        return {"value": number(float(value), lambda told: told["value"])}
    if kind == "Boolean":
        return {"value": one_of(["yes" if value else "no"], lambda told: told["value_text"])}
    if kind == "CodeableConcept":
        return first(("value", joined(value, lambda told: told["value_text"])))
    if kind == "String":
        return {"value": one_of([value], _printed)}
    return {}


def _printed(told: Told) -> str:
    """Words as printed; a number in words may have been parted into comparator, number and unit."""
    shown = f"{told['comparator']}{told['value_text']}"
    return f"{shown} {told['unit']}" if told["unit"] else shown


def observation(file: File, one: Node) -> Fields:
    """Observation."""
    spans = [each for each in listed(one.get("referenceRange")) if isinstance(each, dict)]
    plain = [each for each in spans if not each.get("appliesTo") and not each.get("age")]
    ends = {}
    if len(spans) == 1 and plain and codes(plain[0].get("type")) in ([], ["normal"]):
        for name in ("low", "high"):
            exact = _exact((plain[0].get(name) or {}).get("value"))
            if exact is not None:
                ends[name] = number(float(exact), data(f"range_{name}"))
    parts = [part for part in listed(one.get("component")) if isinstance(part, dict)]
    amounts = [(part.get("valueQuantity") or {}).get("value") for part in parts]
    return {
        **named(one, one.get("code")),
        **measured(one),
        **ends,
        **first(
            ("happened", when(one, "effective", "issued")),
            ("ended", until(one, "effective")),
            ("status", status(one.get("status"))),
            ("range", joined([each["text"] for each in spans if each.get("text")], data("range_text"))),
            ("flag", joined(one.get("interpretation"), data("interpretation"))),
            ("site", joined(one.get("bodySite"), data("body_site"))),
            ("method", joined(one.get("method"), data("method"))),
            ("absent", joined(one.get("dataAbsentReason"), data("absent_reason"))),
            ("parts", joined([str(each) for each in amounts if each is not None], everything)),
            ("note", notes(one)),
        ),
    }


def condition(file: File, one: Node) -> Fields:
    """Condition."""
    _kind, onset = chosen(one, "onset")
    end_kind, end = chosen(one, "abatement")
    stages = [stage.get("summary") for stage in listed(one.get("stage")) if stage.get("summary")]
    ended = end if end_kind == "DateTime" else end.get("end") if end_kind == "Period" else None
    return {
        **named(one, one.get("code")),
        **first(
            ("happened", when(one, "onset")),
            ("recorded", told_time(one.get("recordedDate"), data("recorded"))),
            ("ended", told_time(ended, lambda told: told["ended"])),
            ("onset", _age_or_words(onset, data("onset_text"))),
            ("end", _age_or_words(end, data("end_text"))),
            ("status", status(one.get("clinicalStatus"))),
            ("verification", words(codes(one.get("verificationStatus"))[:1], data("verification"))),
            ("severity", joined(one.get("severity"), data("severity"))),
            ("site", joined(one.get("bodySite"), data("body_site"))),
            ("stage", joined(stages, data("stage"))),
            ("note", notes(one)),
        ),
    }


def _age_or_words(value: Any, get: Callable[[Told], Any]) -> Expected | None:
    if isinstance(value, dict) and value.get("value") is not None:
        return holding(str(value["value"]), get)
    return holding(value, get) if isinstance(value, str) and not re.match(r"\d{4}(-|$)", value) else None


def allergy(file: File, one: Node) -> Fields:
    """AllergyIntolerance."""
    reactions = listed(one.get("reaction"))
    felt = [each for reaction in reactions for each in listed(reaction.get("manifestation"))]
    return {
        **named(one, one.get("code")),
        **first(
            ("happened", when(one, "onset")),
            ("recorded", told_time(one.get("recordedDate"), data("recorded"))),
            ("status", status(one.get("clinicalStatus"))),
            ("verification", words(codes(one.get("verificationStatus"))[:1], data("verification"))),
            ("criticality", words(one.get("criticality"), data("criticality"))),
            ("reaction", joined(felt, data("reaction"))),
            ("note", notes(one)),
        ),
    }


def immunization(file: File, one: Node) -> Fields:
    """Immunization."""
    return {
        **named(one, one.get("vaccineCode")),
        **first(
            ("happened", when(one, "occurrence")),
            ("status", status(one.get("status"))),
            ("lot", words(one.get("lotNumber"), data("lot"))),
            ("why", joined(one.get("statusReason"), data("status_reason"))),
            ("note", notes(one)),
        ),
    }


def procedure(file: File, one: Node) -> Fields:
    """Procedure."""
    return {
        **named(one, one.get("code")),
        **first(
            ("happened", when(one, "performed")),
            ("ended", until(one, "performed")),
            ("status", status(one.get("status"))),
            ("site", joined(one.get("bodySite"), data("body_site"))),
            ("outcome", joined(one.get("outcome"), data("outcome"))),
            ("note", notes(one)),
        ),
    }


def report(file: File, one: Node) -> Fields:
    """DiagnosticReport."""
    div = (one.get("text") or {}).get("div", "")
    narrative = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", div)).split())
    tells = one.get("conclusion") or one.get("presentedForm") or one.get("conclusionCode")
    urls = [form["url"] for form in listed(one.get("presentedForm")) if form.get("url") and not form.get("data")]
    return {
        **named(one, one.get("code")),
        **first(
            ("happened", when(one, "effective", "issued")),
            ("status", status(one.get("status"))),
            ("conclusion", words(one.get("conclusion"), data("conclusion"))),
            ("narrative", holding(narrative.split(". ")[0], _one_line) if narrative and not tells else None),
            ("address", joined(urls, everything) if urls else None),
        ),
    }


def _one_line(told: Told) -> str:
    return " ".join(everything(told).replace("\\n", " ").replace("\\t", " ").split())


def document(file: File, one: Node) -> Fields:
    """DocumentReference."""
    attachments = [each.get("attachment") or {} for each in listed(one.get("content"))]
    titles = [*(each.get("title", "") for each in attachments), one.get("description", ""), *texts(one.get("type"))]
    return first(
        ("title", one_of(titles, lambda told: told["title"]) if any(titles) else None),
        ("happened", told_time(one.get("date"), lambda told: told["happened"])),
        ("status", status(one.get("status"))),
    )


def encounter(file: File, one: Node) -> Fields:
    """Encounter."""
    kind = one.get("class") or {}
    wards = [place for each in listed(one.get("location")) for place in file.spoken(each.get("location"), one)[:1]]
    asked = [word for each in listed(one.get("diagnosis")) for word in file.spoken(each.get("condition"), one)[:1]]
    stay = one.get("hospitalization") or {}
    titles = [word for each in listed(one.get("type"))[:1] for word in texts(each)]
    period = one.get("period") or {}
    return first(
        ("title", one_of(titles or [kind.get("display", ""), kind.get("code", "")], lambda told: told["title"])),
        ("happened", told_time(period.get("start"), lambda told: told["happened"])),
        ("ended", told_time(period.get("end"), lambda told: told["ended"])),
        ("status", status(one.get("status"))),
        ("reason", joined(one.get("reasonCode"), data("reason"))),
        ("place", joined(wards, data("place")) if wards else None),
        ("diagnosis", joined(asked, data("reason")) if asked else None),
        ("disposition", joined(stay.get("dischargeDisposition"), data("disposition"))),
    )


def relative(file: File, one: Node) -> Fields:
    """FamilyMemberHistory."""
    ills = listed(one.get("condition"))
    return first(
        (
            "title",
            joined([each.get("code") for each in ills], everything) or joined(one.get("relationship"), everything),
        ),
        ("relation", words(one.get("relationship"), data("relation"))),
        ("outcome", joined([each["outcome"] for each in ills if each.get("outcome")], everything)),
        ("note", notes(one)),
    )


def person(file: File, one: Node) -> Fields:
    """Patient and Practitioner: every word of the first name."""
    is_patient = one.get("resourceType") == "Patient"
    names = [name for name in listed(one.get("name")) if isinstance(name, dict)]
    name = next((each for each in names if each.get("use") == "official"), names[0] if names else {})
    parts = [name["text"]] if name.get("text") else [*listed(name.get("given")), name.get("family", "")]
    return first(
        ("title", joined([part for part in parts if part], everything)),
        ("birth", words(one.get("birthDate"), data("birth_date")) if is_patient else None),
        ("sex", words(one.get("gender"), data("sex")) if is_patient else None),
    )


def plain(file: File, one: Node) -> Fields:
    """What is compared by its name alone."""
    concept = one.get("title") or one.get("description") or one.get("code") or one.get("type")
    return first(("title", joined(concept, everything)))


READERS: dict[str, Callable[[File, Node], Fields]] = {
    "AllergyIntolerance": allergy, "CarePlan": plain, "Condition": condition, "DiagnosticReport": report,
    "DocumentReference": document, "Encounter": encounter, "FamilyMemberHistory": relative, "Goal": plain,
    "Immunization": immunization, "MedicationAdministration": medicine, "MedicationDispense": medicine,
    "MedicationRequest": medicine, "MedicationStatement": medicine, "Observation": observation, "Patient": person,
    "Practitioner": person, "Procedure": procedure, "ServiceRequest": plain,
}  # fmt: skip


_ONE_IN_TWO_UNITS = ("upd_c_other_vendor.json",)
"""A file that tells one result in two units: the record keeps it once, in the first one."""


def fhir_files(folders: tuple[Path, ...] = FOLDERS) -> Iterator[Path]:
    """The FHIR files of some folders."""
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.name in _ONE_IN_TWO_UNITS:
                continue
            if path.suffix.lower() in (".json", ".ndjson") and b'"resourceType"' in path.read_bytes()[:20_000]:
                yield path


def compare_fhir(record: Any, path: Path, comparison: Comparison) -> bool:
    """One file; False where it isn't R4 or can't be read."""
    try:
        file = File(path.read_text("utf-8-sig"))
    except (ValueError, AttributeError, TypeError):
        return False
    entries, skipped, error = imported(record, path)
    if error or not file.is_r4:
        return False
    comparison.compare(path.name, file.facts(), entries, [Skip(*each) for each in skipped])
    return True


def all_fhir(record: Any, comparison: Comparison) -> None:
    """Every FHIR R4 file at hand."""
    named = tuple(Path(each.partition("=")[2]) for each in sys.argv[1:] if each.startswith("MORE="))
    for path in fhir_files(named or FOLDERS):
        if not compare_fhir(record, path, comparison):
            print(f"not compared: {path.name}")  # noqa: T201
