"""An entry, a person and an original are named by types of their own in the signatures of store and services.

All three are texts; as `str` each was accepted for the others, and only a wrong page told of it.
"""

import ast
from pathlib import Path

from tests.house.source import found_in, nodes, tree

TYPES = {"person": "PersonId", "entry_id": "EntryId", "case_id": "EntryId", "sha256": "Sha256"}
A_NAME = {"create"}
"""Whose `person` is the name of somebody who isn't in a record yet."""


def plain_texts(path: Path) -> list[tuple[int, str]]:
    return plain_texts_in(tree(path))


def plain_texts_in(module: ast.Module) -> list[tuple[int, str]]:
    """Line and name of each parameter that says `str` where a type of its own is meant."""
    found = []
    for node in nodes(module):
        if isinstance(node, ast.FunctionDef) and node.name not in A_NAME:
            arguments = [*node.args.args, *node.args.kwonlyargs]
            found += [(node.lineno, one.arg) for one in arguments if one.arg in TYPES and is_text(one.annotation)]
    return found


def is_text(annotation: ast.expr | None) -> bool:
    return isinstance(annotation, ast.Name) and annotation.id == "str"


def test_no_signature_takes_any_text_for_an_entry_a_person_or_an_original() -> None:
    assert found_in(plain_texts, "organizer/s") == {}  # store and services


def test_a_plain_text_is_noticed() -> None:
    module = ast.parse("def get(record: Record, entry_id: str, *, person: PersonId, name: str): ...")
    assert plain_texts_in(module) == [(1, "entry_id")]
