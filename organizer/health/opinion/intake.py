"""Which rows a second doctor asks for, by illness and by field: resources/intake.json, with its sources."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from organizer.base.resource_files import read_resource
from organizer.health.specialties import profile_of


@dataclass(frozen=True, slots=True)
class Intake:
    """Ids of rows: those that are usually there and asked for, and those that are there only where it was done."""

    usual: tuple[str, ...] = ()
    if_done: tuple[str, ...] = ()


@cache
def _file() -> Mapping[str, Any]:
    table: Mapping[str, Any] = read_resource("intake.json")
    return table


@cache
def sought_illnesses() -> frozenset[str]:
    """The concepts for which there is a list of their own."""
    return frozenset().union(*(group["illnesses"] for group in _file()["illnesses"]))


@cache
def of_several_illnesses() -> frozenset[str]:
    """The concepts that gather several unlike illnesses: sharing one makes two diagnoses no family."""
    return frozenset(_file()["several"]["concepts"])


@cache
def every_part() -> frozenset[str]:
    """The parts of the body that are known, as concepts."""
    return frozenset(_file()["parts"])


def parts_of_illnesses(illnesses: Collection[str]) -> frozenset[str]:
    """The parts of the body in which these illnesses sit, as concepts."""
    parts: Mapping[str, list[str]] = _file()["parts"]
    return frozenset(part for part, names in parts.items() if set(illnesses) & set(names))


def intake_of(illnesses: Collection[str], specialty: str, suspected: Collection[str] = ()) -> Intake:
    """What is asked for these illnesses; where none has a list, for the field; where that has none, nothing.

    Of a cancer that is only `suspected` nothing is asked that comes after it is found.
    """
    groups = [group for group in _file()["illnesses"] if set(illnesses) & set(group["illnesses"])]
    if not groups:
        return _of_field(specialty)

    tumours = set(_file()["suspected"]["illnesses"])
    sure = set(illnesses) - set(suspected)
    is_tumour = bool(tumours & set(suspected)) and not tumours & sure
    if is_tumour:
        groups = [group if sure & set(group["illnesses"]) else _not_found_yet(group) for group in groups]
        groups.append(_file()["suspected"])
    # The narrow lists stand later in the file, and first here: a thyroid cancer's rows before those of every cancer.
    groups.reverse()
    taken_away = frozenset().union(*(group.get("without", ()) for group in groups))
    perhaps = frozenset().union(*(group.get("perhaps", ()) for group in groups))
    usual = _in_order(groups, "usual", taken_away | perhaps)
    if_done = (*_in_order(groups, "if_done", taken_away | frozenset(usual)), *sorted(perhaps - taken_away))
    return Intake(usual, tuple(dict.fromkeys(if_done)))


def _not_found_yet(group: Mapping[str, Any]) -> Mapping[str, Any]:
    """The list of an illness that is only suspected: what raises a suspicion is usual, other tests may have been done,
    and what needs a finding can't exist."""
    rules = _file()["suspected"]
    asked = [row for row in (*group["usual"], *group["if_done"]) if row not in rules["after"]]
    usual = [row for row in group["usual"] if row in rules["raises"]]
    if_done = [row for row in asked if row not in usual]
    return {**group, "usual": usual, "if_done": if_done}


def _of_field(specialty: str) -> Intake:
    fields: Mapping[str, Mapping[str, list[str]]] = _file()["fields"]
    field = fields.get(specialty) or fields.get(profile_of(specialty).checklist) or {}
    return Intake(tuple(field.get("usual", ())), tuple(field.get("if_done", ())))


def _in_order(groups: Iterable[Mapping[str, Sequence[str]]], part: str, without: frozenset[str]) -> tuple[str, ...]:
    """The rows of some lists, each once."""
    rows = dict.fromkeys(chain.from_iterable(group[part] for group in groups))
    return tuple(row for row in rows if row not in without)
