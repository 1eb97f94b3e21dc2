"""A kind is one file: whoever needs several asks for what they have in common, and keeps no list of their names."""

import ast
from collections.abc import Iterator

import pytest

from organizer.model.facets import PACKET_TABLES, REMINDERS, TIMELINE
from organizer.model.kinds import KINDS
from tests.house.source import ROOT, nodes, product, short, tree

NAMES = frozenset(kind.name for kind in KINDS)
MOST_NAMED_TOGETHER = 2
DECLARATIONS = "organizer/model/kinds/"

# The mapping to FHIR speaks of FHIR's own types, which our kinds are named after: what a Reference may lead to, what a
# resource of DSTU2 becomes, who writes and reads which. That every kind has both is tested where exports are.
OF_FHIR = ("organizer/exporting/fhir/", "organizer/importing/formats/fhir/")

# This only ever gets shorter.
STILL_LISTED = {
    "organizer/health/opinion/checklist_rows.py": "what may answer a row of the checklist",
    "organizer/importing/formats/ccda/repeats.py": "which statements of C-CDA are compared word for word",
}


def named(node: ast.AST) -> set[str]:
    """The kinds that a literal or a comparison names by itself; what a call within it names is the call's own."""
    if isinstance(node, ast.Constant):
        return {node.value} & NAMES if isinstance(node.value, str) else set()
    if isinstance(node, ast.Dict):
        parts: list[ast.expr] = [key for key in node.keys if key is not None] + node.values
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        parts = node.elts
    elif isinstance(node, ast.BoolOp):
        parts = node.values
    elif isinstance(node, ast.Compare):
        parts = node.comparators
    elif isinstance(node, ast.BinOp):
        parts = [node.left, node.right]
    else:
        return set()
    return set().union(*map(named, parts))


def lists_of_kinds(module: ast.Module) -> Iterator[set[str]]:
    """Where three kinds or more are named together: in a literal, a comparison, or the arguments of one call."""
    for node in nodes(module):
        found = named(node)
        if isinstance(node, ast.Call):
            found = set().union(*map(named, node.args))
        if len(found) > MOST_NAMED_TOGETHER:
            yield found


def listing() -> dict[str, list[set[str]]]:
    """Each shipped file but the kinds' own and the mapping to FHIR that names three kinds together."""
    files = [path for path in product() if not short(path).startswith((DECLARATIONS, *OF_FHIR))]
    assert len(files) > 300
    return {short(path): found for path in files if (found := list(lists_of_kinds(tree(path))))}


def test_no_list_of_kinds_is_kept_by_hand() -> None:
    new = {name: found for name, found in listing().items() if name not in STILL_LISTED}
    assert not new, (
        f"{new}: a new kind would be missing there. Say what these kinds have in common in organizer/model/kind.py, "
        "let each declare it, and ask: names(lambda kind: kind.…)."
    )


def test_what_may_still_be_listed_only_gets_shorter() -> None:
    done = STILL_LISTED.keys() - listing().keys()
    assert not done, f"{done} list no kinds any more: take them out of STILL_LISTED."


@pytest.mark.parametrize(
    "line",
    [
        'KINDS = ("Condition", "Procedure", "Goal")',
        'KINDS = frozenset({"Condition", "Procedure", "Goal"})',
        'MENU = (("Condition", 1), ("Procedure", 2), ("Goal", 3))',
        'HOMES = {"case": "Condition", "gather": "Procedure", "after": "Goal"}',
        'WRITERS = {"Condition": one, "Procedure": two, "Goal": three}',
        'context.of_kind("Condition", "Procedure", "Goal")',
        'kind == "Condition" or kind == "Procedure" or kind == "Goal"',
        'ONE = {"Condition", "Procedure"} | {"Goal"}',
    ],
)
def test_a_list_of_kinds_is_recognised(line: str) -> None:
    assert list(lists_of_kinds(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        'KINDS = ("Condition", "Procedure")',
        'ROWS = (Row("a", kind("Condition")), Row("b", kind("Procedure")), Row("c", kind("Goal")))',
        'WORDS = ("condition", "procedure", "goal")',
    ],
)
def test_two_kinds_together_and_rows_that_name_one_each_are_no_list(line: str) -> None:
    assert not list(lists_of_kinds(ast.parse(line)))


def test_each_facet_names_what_there_is() -> None:
    from ui.pages import PAGES

    pages = {page.id for page in PAGES}
    for kind in KINDS:
        assert kind.timeline in {"", *TIMELINE}, kind.name
        assert kind.packet in {"", *PACKET_TABLES}, kind.name
        assert kind.reminder in {"", *REMINDERS}, kind.name
        assert kind.page.partition("/")[0] in {"", *pages}, kind.name


def test_a_kind_without_a_card_of_its_own_lives_on_a_page_that_lists_it() -> None:
    from ui.entries.parts.cards_page import CardsPage
    from ui.pages import PAGES

    listing_pages = {page.id for page in PAGES if issubclass(page, CardsPage)}
    assert {kind.page for kind in KINDS if kind.page and not kind.own_card} <= listing_pages


def test_a_field_that_a_facet_speaks_of_is_a_field_of_the_kind() -> None:
    for kind in KINDS:
        fields = [kind.decision.by] if kind.decision else []
        fields += kind.same_fact.details if kind.same_fact else ()
        fields += [kind.quote.words, kind.quote.day] if kind.quote else []
        fields += [*kind.by, *kind.telling]
        fields += [name for line in kind.everyday for name in line.preset]
        assert not [name for name in fields if name and kind.field(name) is None], kind.name
        assert not kind.decision or kind.decision.about in {role for role, _ends in kind.links}, kind.name


def test_a_table_of_the_packet_is_a_section_of_the_packet() -> None:
    sections = (ROOT / "organizer/packet/contents/sections/plain.py").read_text(encoding="utf-8")
    assert all(f'Section("{name}"' in sections for name in PACKET_TABLES)
