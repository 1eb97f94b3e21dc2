"""A code is compared with its system: nothing asks the bare text of a code what it is.

`coding.code == "1001"` is true of every laboratory's 1001, and `entry.code.startswith("C")` of COPD. Compare
`coding.identity` (organizer/model/codes.py); to show a code as received is no comparison.
"""

import ast
from pathlib import Path

from tests.house.source import ROOT, found_in, nodes, short, tree

ALLOWED = {
    "organizer/model/codes.py",  # where code and system become one
    "organizer/importing/formats/tables/rows.py",  # LOINC codes of its own table of headings
    "organizer/importing/formats/ccda/xml.py",  # beside its system, in one condition
    "organizer/importing/formats/fhir/node.py",  # whether a title is no more than a code
    "organizer/exporting/fhir/ips.py",  # sections, by our own table
    "organizer/health/vocabulary/groups.py",  # of a family that was asked before
    "organizer/services/follow/measures.py",  # what a person typed, asked back where it is several
}
"""Files in which a bare code may be asked: the list only shrinks. Measures of the plan check have LOINC codes alone."""
ASKING = {"startswith", "endswith", "replace", "casefold", "upper", "lower"}


def is_bare_code(node: ast.expr) -> bool:
    """`x.code`, where x is no measure of the plan check (`situation.measure.code`, a LOINC code of our own table)."""
    if not (isinstance(node, ast.Attribute) and node.attr == "code"):
        return False
    return not (isinstance(node.value, ast.Attribute | ast.Name) and "measure" in ast.unparse(node.value))


def asked(path: Path) -> list[int]:
    if short(path) in ALLOWED or short(path).startswith("ui/"):
        return []
    return lines_asking(tree(path))


def lines_asking(module: ast.Module) -> list[int]:
    """The lines where a bare code is compared, looked for, looked up or taken apart."""
    lines = []
    for node in nodes(module):
        compared = isinstance(node, ast.Compare) and any(map(is_bare_code, [node.left, *node.comparators]))
        taken = isinstance(node, ast.Attribute) and node.attr in ASKING and is_bare_code(node.value)
        looked_up = isinstance(node, ast.Subscript) and is_bare_code(node.slice)
        gathered = isinstance(node, ast.SetComp | ast.DictComp) and is_bare_code(
            node.elt if isinstance(node, ast.SetComp) else node.key
        )
        if compared or taken or looked_up or gathered:
            lines.append(getattr(node, "lineno", 0))
    return lines


def test_no_bare_code_is_asked_what_it_is() -> None:
    assert found_in(asked) == {}


def test_every_way_of_asking_is_noticed() -> None:
    asking = [
        "coding.code == '1001'",
        "any(one.code in KNOWN for one in entry.codes)",
        "entry.code.startswith('C')",
        "NAMES[one.code]",
        "{one.code for one in entry.codes}",
        "{one.code: one for one in entry.codes}",
    ]
    assert all(lines_asking(ast.parse(line)) for line in asking)
    fine = ["coding.identity == code", "situation.measure.code in PSA", "print(entry.code)", "one.identity.loinc in X"]
    assert not any(lines_asking(ast.parse(line)) for line in fine)


def test_the_list_of_those_who_may_only_shrinks() -> None:
    assert len(ALLOWED) <= 7
    assert all((ROOT / name).is_file() for name in ALLOWED)
