"""Elements of FHIR R4 for the second reading: concepts, times and notes, and what an entry must say of each."""

import json
import re
from collections.abc import Callable
from typing import Any

from tests.fidelity.facts import Expected, Told, among, coded, one_of

Node = dict[str, Any]
Fields = dict[str, Expected]


def listed(value: Any) -> list[Any]:
    """A list of whatever stands there."""
    return [one for one in value if one is not None] if isinstance(value, list) else [] if value is None else [value]


def codes(concept: Any) -> list[str]:
    """The codes of a concept."""
    found = [one for each in listed(concept) if isinstance(each, dict) for one in listed(each.get("coding"))]
    return [one["code"] for one in found if isinstance(one, dict) and one.get("code")]


def texts(concept: Any) -> list[str]:
    """All words that stand for a concept."""
    if isinstance(concept, str):
        return [concept]
    words = []
    for each in listed(concept):
        if isinstance(each, str):
            words.append(each)
            continue
        shown = [each.get("text"), *(one.get("display") for one in listed(each.get("coding")) if isinstance(one, dict))]
        words += [word for word in shown if word] or codes(each)
    return words


def data(name: str) -> Callable[[Told], Any]:
    """A field of an entry's data."""
    return lambda told: told["data"].get(name)


def everything(told: Told) -> str:
    """All words of an entry."""
    return f"{told['title']} {told['value_text']} {json.dumps(told['data'], ensure_ascii=False, default=str)}"


def first(*expected: tuple[str, Expected | None]) -> Fields:
    """Only what the source tells."""
    return {name: one for name, one in expected if one is not None}


def words(value: Any, get: Callable[[Told], Any]) -> Expected | None:
    """One of the words for a concept."""
    found = texts(value)
    return one_of(found, get) if found else None


def joined(value: Any, get: Callable[[Told], Any]) -> Expected | None:
    """Each of several concepts stands in one field, by any of its words."""
    wanted = [[word.casefold() for word in texts(each)] for each in listed(value) if texts(each)]
    if not wanted:
        return None

    def verdict(told: Told) -> str:
        found = str(get(told) or "").casefold()
        return "right" if all(any(word in found for word in each) for each in wanted) else "lost"

    return Expected("; ".join(each[0] for each in wanted), verdict)


def told_time(value: Any, get: Callable[[Told], Any]) -> Expected | None:
    """A date, dateTime or instant as it is printed."""
    if not isinstance(value, str) or not re.match(r"\d{4}", value):
        return None
    return one_of([value], get)


def chosen(resource: Node, name: str) -> tuple[str, Any]:
    """Which `name[x]` is there."""
    for key, value in resource.items():
        if key.startswith(name) and key[len(name) :][:1].isupper() and value is not None:
            return key[len(name) :], value
    return "", None


def when(resource: Node, name: str, *others: str) -> Expected | None:
    """When it began: `name[x]` as a time or the start of a period, else another element."""
    kind, value = chosen(resource, name)
    if kind in ("DateTime", "Instant", "Date"):
        return told_time(value, lambda told: told["happened"])
    if kind == "Period" and value.get("start"):
        return told_time(value["start"], lambda told: told["happened"])
    if kind and kind not in ("Period",):
        return None
    later = next((resource[other] for other in others if resource.get(other)), None)
    return told_time(later, lambda told: told["happened"])


def until(resource: Node, name: str) -> Expected | None:
    """When it ended."""
    kind, value = chosen(resource, name)
    end = value.get("end") if kind == "Period" else None
    return told_time(end, lambda told: told["ended"])


def notes(resource: Node) -> Expected | None:
    """All notes."""
    found = [one.get("text", "") for one in listed(resource.get("note")) if isinstance(one, dict)]
    found = [text for text in found if text]
    return joined(found, lambda told: told["data"].get("note")) if found else None


def named(resource: Node, concept: Any) -> Fields:
    """Title and codes; a bare code may be told by any name of it."""
    wanted = codes(concept)
    by_code = coded(wanted, lambda told: [one["code"] for one in told["codes"]]) if wanted else None
    title = words(concept, lambda told: told["title"])
    if title is not None and set(texts(concept)) <= set(wanted):
        title = Expected(wanted[0], lambda told: "right" if told["title"] else "lost")
    return first(("title", title), ("codes", by_code))


def status(value: Any) -> Expected | None:
    """The same code."""
    code = value if isinstance(value, str) else (codes(value) or [""])[0]
    return among({code.strip()}, lambda told: told["status"]) if code else None
