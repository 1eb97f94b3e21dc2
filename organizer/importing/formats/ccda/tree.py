"""A parsed document with what would else be searched again for each statement: its IDs, its places, its answers.

A portal's summary names the words of each result by reference (`<reference value="#r1"/>`). Looked up by a search
through the tree, five thousand results took six minutes; each question is therefore asked of the tree once.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from lxml import etree

Element = Any
Answer = TypeVar("Answer")
_WITH_A_NAME = etree.XPath("descendant-or-self::*[@ID!='']")
_AT_ONCE = 5000
"""Elements between two looks at whether the work should stop: some milliseconds."""


class CdaElement(etree.ElementBase):
    """An element of a CDA document; the one at the top holds the document's index."""

    document_index: "Index | None" = None


class Index:
    """What is known of a document's elements. It lives as long as somebody holds the document's top element."""

    def __init__(self, top: Element, check: Callable[[], None] = lambda: None) -> None:
        self._named: dict[str, Element] = {}
        self._steps: dict[Element, str] = {}
        self._paths: dict[Element, str] = {}
        self._answers: dict[Any, dict[Element, Any]] = {}
        check()
        named: list[Element] = _WITH_A_NAME(top)  # type: ignore[assignment]
        for number, element in enumerate(named):
            if number % _AT_ONCE == 0:
                check()
            self._named.setdefault(element.get("ID"), element)

    def named(self, name: str) -> Element:
        """The first element with that ID, or None."""
        return self._named.get(name)

    def once(self, question: Callable[[Element], Answer], element: Element) -> Answer:
        """The answer to a question about an element, worked out the first time it is asked."""
        answers = self._answers.setdefault(question, {})
        if element not in answers:
            answers[element] = question(element)
        answer: Answer = answers[element]
        return answer

    def path(self, element: Element) -> str:
        """The XPath of an element as libxml2 writes it (`getpath`), which is its locator in the record."""
        known = self._paths.get(element)
        if known is None:
            parent = element.getparent()
            if parent is None:
                known = "/" + _name(element)
            else:
                if element not in self._steps:
                    self._steps.update(_steps(parent))
                known = f"{self.path(parent)}/{self._steps[element]}"
            self._paths[element] = known
        return known


def _name(element: Element) -> str:
    """How XPath 1.0 can name an element without declared prefixes: one of a default namespace only by `*`."""
    namespace, _brace, local = str(element.tag).rpartition("}")
    if not namespace:
        return local
    return f"{element.prefix}:{local}" if element.prefix else "*"


def _steps(parent: Element) -> dict[Element, str]:
    """The last step of the path of each child, with its number where several have the same name."""
    children = [child for child in parent if isinstance(child.tag, str)]
    totals: dict[str, int] = {"*": len(children)}
    for child in children:
        name = _name(child)
        if name != "*":
            totals[name] = totals.get(name, 0) + 1

    # `*` counts all siblings, a name only those that bear it.
    steps = {}
    numbers: dict[str, int] = {}
    for place, child in enumerate(children, 1):
        name = _name(child)
        numbers[name] = numbers.get(name, 0) + 1
        number = place if name == "*" else numbers[name]
        steps[child] = f"{name}[{number}]" if totals[name] > 1 else name
    return steps


def parser(huge: bool) -> etree.XMLParser:
    """A parser without network, entities, comments or processing instructions; `huge` lifts libxml2's text limit."""
    made = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=huge, load_dtd=False, remove_comments=True, remove_pis=True
    )
    made.set_element_class_lookup(etree.ElementDefaultClassLookup(element=CdaElement))
    return made
