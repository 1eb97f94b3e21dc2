"""What an illness, a medicine or a test is called stands in resources/vocabulary, in four languages; not in code."""

import ast
import re
from collections.abc import Iterator

import pytest

from organizer.health.vocabulary import mentions_in
from tests.house.source import ROOT, found_in, nodes, product, short, tree

PATTERN_CALLS = frozenset({"compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "split"})
SHORTEST = 4
CHOICE = re.compile(r"\[([^\]\\^])[^\]]*\]")
OPTIONAL = re.compile(r"\w\?")
NOT_LETTERS = re.compile(r"\\[a-zA-Z]|\(\?[a-zA-Z<>=!:]*|[^\w\s]")

# How a printed report is laid out and which country's it is; not what it says of a person. This only ever gets shorter.
STILL_SAID = {
    "organizer/importing/formats/ccda/left_out.py": "names of C-CDA's sections",
    "organizer/importing/lab_reports/dates.py": "words by which a report's country is told",
    "organizer/importing/lab_reports/reader.py": "headings of a report's remarks",
    "organizer/importing/lab_reports/tables.py": "headings of a report",
    "organizer/base/units.py": "the name of a group: a note within a unit",
    "organizer/base/ucum.py": "the name of a group: a note within a unit",
    "ui/look/icons.py": "the stroke of a pen",
}


def literals(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str | bytes):
            yield inner.value if isinstance(inner.value, str) else inner.value.decode("latin-1")


def is_pattern_call(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    module = node.func.value
    return isinstance(module, ast.Name) and module.id == "re" and node.func.attr in PATTERN_CALLS


def is_search_in_small_letters(node: ast.AST) -> bool:
    if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.In):
        return False
    return ast.unparse(node.comparators[0]).endswith((".casefold()", ".lower()"))


def asked_of_texts(module: ast.Module) -> Iterator[str]:
    """The words of regular expressions, and those that are looked for in a text made small."""
    for node in nodes(module):
        if is_pattern_call(node):
            yield from literals(node)
        elif isinstance(node, ast.Compare) and is_search_in_small_letters(node):
            yield from literals(node.left)


def spelt(pattern: str) -> str:
    """The words within a pattern: of a choice of letters the first, of a letter that may be missing both spellings."""
    chosen = CHOICE.sub(r"\1", pattern)
    both = f"{chosen.replace('?', '')} . {OPTIONAL.sub('', chosen)}"
    return NOT_LETTERS.sub(" ", both)


def clinical_words(module: ast.Module) -> set[str]:
    """The words of the vocabulary among them."""
    found: set[str] = set()
    for text in asked_of_texts(module):
        plain = spelt(text)
        places = mentions_in(plain, abbreviations=True, contexts=False)
        found |= {plain[one.start : one.end] for one in places if one.end - one.start >= SHORTEST}
    return found


def test_no_clinical_word_stands_in_a_regular_expression() -> None:
    found = found_in(lambda path: () if short(path) in STILL_SAID else sorted(clinical_words(tree(path))))
    assert not found, (
        f"{found}: in code a word is known in one language and to one package alone. Write it into a file of "
        "resources/vocabulary, with its codes and its names in each language, and ask organizer.health.vocabulary."
    )


def test_what_may_still_be_said_only_gets_shorter() -> None:
    files = {short(path): path for path in product()}
    done = {name for name in STILL_SAID if not clinical_words(tree(files[name]))}
    assert not done, f"{done} say no clinical word any more: take them out of STILL_SAID."


@pytest.mark.parametrize(
    "line",
    [
        're.compile(r"\\b(cancer|lymphoma)\\b", re.IGNORECASE)',
        're.search("herzinsuffizienz", title)',
        'found = "pneumonia" in title.casefold()',
        "re.compile('tumou?r')",
        "re.sub(rf'neumon[ií]a|{more}', '', title)",
        'X = re.compile(r"metformin|sertraline")',
    ],
)
def test_a_clinical_word_is_recognised(line: str) -> None:
    assert clinical_words(ast.parse(line))


@pytest.mark.parametrize("line", ['re.compile(r"page=(\\d+)")', 'title = _("Cancer")', '"pneumonia" in concepts'])
def test_other_words_and_patterns_are_no_clinical_ones(line: str) -> None:
    assert not clinical_words(ast.parse(line))


def test_the_files_with_words_are_where_the_rule_says() -> None:
    assert (ROOT / "resources" / "vocabulary" / "illnesses.json").is_file()
