"""Stories of people and their results, told in few words and brought in as FHIR, as a portal would export them.

A story is one line of `tests/data/verdict_stories.json`: a name, a birth date, a sex, the day on which it is looked at,
and its steps, each the name of a method of `Story` with what it is given.
"""

import json
from dataclasses import dataclass, field
from typing import Any

Node = dict[str, Any]
LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
HL7 = "http://terminology.hl7.org/CodeSystem"
COMPARATORS = ("<=", ">=", "<", ">")


@dataclass
class Story:
    """A person's resources, one after the other."""

    name: str
    born: str = "1970-01-01"
    sex: str = "female"
    resources: list[Node] = field(default_factory=list)

    def tell(self, steps: list[list[Any]]) -> "Story":
        """The story with all its steps."""
        for name, given in steps:
            getattr(self, name)(**given)
        return self

    def results(
        self, title: str, loinc: str, unit: str, values: list[list[Any]], category: str = "laboratory", **more: Any
    ) -> None:
        """Results of one measure, each with its day (None: no source gives it); a text such as `<5` is a bound."""
        for day, value in values:
            entry = self._add("Observation", status=more.get("status", "final"), code=_coded(title, loinc))
            entry["category"] = [{"coding": [{"system": f"{HL7}/observation-category", "code": category}]}]
            entry["valueQuantity"] = _quantity(value, unit)
            if day:
                entry["effectiveDateTime"] = day
            if more.get("flag"):
                flag = {"system": f"{HL7}/v3-ObservationInterpretation", "code": more["flag"]}
                entry["interpretation"] = [{"coding": [flag]}]
            if more.get("range"):
                low, high = more["range"]
                entry["referenceRange"] = [{"low": _quantity(low, unit), "high": _quantity(high, unit)}]
            if more.get("note"):
                entry["note"] = [{"text": more["note"]}]
            if more.get("laboratory"):
                entry["performer"] = [{"display": more["laboratory"]}]

    def goal(self, text: str, target: Node, since: str = "", status: str = "active") -> None:
        """A goal as FHIR has it; `target` is its only target."""
        entry = self._add("Goal", lifecycleStatus=status, description={"text": text}, target=[target])
        if since:
            entry["startDate"] = since

    def aim(
        self, title: str, loinc: str, unit: str, low: float | None = None, high: float | None = None, **more: str
    ) -> None:
        """A goal of one measure between two ends, or with one."""
        ends = {"low": low, "high": high}
        span = {end: _quantity(value, unit) for end, value in ends.items() if value is not None}
        target: Node = {"measure": _coded(title, loinc), "detailRange": span}
        if more.get("due"):
            target["dueDate"] = more["due"]
        self.goal(more.get("text") or f"{title} goal", target, more.get("since", ""), more.get("status", "active"))

    def medicine(self, title: str, since: str, until: str = "", status: str = "active", dose: float = 10) -> None:
        """A medicine and the time in which it was taken."""
        period = {"start": since, "end": until} if until else {"start": since}
        amount = {"doseQuantity": {"value": dose, "unit": "mg"}}
        self._add(
            "MedicationStatement",
            status=status,
            medicationCodeableConcept={"text": title},
            effectivePeriod=period,
            dosage=[{"text": f"{dose} mg", "doseAndRate": [amount]}],
        )

    def diagnosis(self, title: str, since: str = "2025-01-01", status: str = "active") -> None:
        """A diagnosis with its onset."""
        clinical = {"system": f"{HL7}/condition-clinical", "code": status}
        self._add("Condition", code={"text": title}, onsetDateTime=since, clinicalStatus={"coding": [clinical]})

    def plan(self, title: str, since: str, status: str = "active") -> None:
        """A plan that holds all goals and medicines told before."""
        goals = [{"reference": _reference(one)} for one in self.resources if one["resourceType"] == "Goal"]
        medicines = [one for one in self.resources if one["resourceType"] == "MedicationStatement"]
        activity = [{"reference": {"reference": _reference(one)}} for one in medicines]
        made = self._add("CarePlan", status=status, intent="plan", title=title, period={"start": since})
        made |= {"goal": goals, "activity": activity}

    def more(self, resource: Node) -> None:
        """A resource as it is."""
        self._add(**resource)

    def bundle(self) -> str:
        """The person and all resources as JSON."""
        person: Node = {"resourceType": "Patient", "id": self.name, "gender": self.sex}
        person["name"] = [{"given": [self.name], "family": f"{self.name} story"}]
        if self.born:
            person["birthDate"] = self.born
        told = [{"fullUrl": f"http://x/{_reference(one)}", "resource": one} for one in (person, *self.resources)]
        return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": told})

    def _add(self, resourceType: str, **fields: Any) -> Node:  # noqa: N803
        made_id = f"{self.name}-{len(self.resources) + 1}"
        subject = {"reference": f"Patient/{self.name}"}
        made = {"resourceType": resourceType, "id": made_id, "subject": subject, **fields}
        self.resources.append(made)
        return made


def _reference(resource: Node) -> str:
    return f"{resource['resourceType']}/{resource['id']}"


def _coded(title: str, loinc: str) -> Node:
    coding = {"coding": [{"system": LOINC, "code": loinc, "display": title}]} if loinc else {}
    return {"text": title, **coding}


def _quantity(value: float | str, unit: str) -> Node:
    told: Node = {"unit": unit, "code": unit, "system": UCUM} if unit else {}
    if isinstance(value, str):
        comparator = next(one for one in COMPARATORS if value.startswith(one))
        number = value.removeprefix(comparator)
        return {"value": float(number) if "." in number else int(number), "comparator": comparator, **told}
    return {"value": value, **told}
