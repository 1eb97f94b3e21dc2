"""The words of an OpenDocument letter (OpenDocument 1.3, part 3): `.odt`, and `.fodt`, which is one tree."""

from collections.abc import Iterable, Iterator
from itertools import chain, repeat
from operator import attrgetter
from typing import Any

from organizer.importing.page_text.tree_words import Marks, lines_of, local_name
from organizer.importing.page_text.word_letter import comment_by

_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_STRUCK = "casebook-struck"
_USUAL_PAGE = "Standard"


def words_of_open_document(content: Any, styles: Any) -> str:
    """The words of a letter; its headers stand in the page styles that its text uses.

    `content` and `styles` are trees, which are changed; they may be one. Raises KeyError where there is no content.
    """
    if content is None:
        raise KeyError("content.xml")
    trees = [content] if styles is None or styles is content else [content, styles]
    for tree in trees:
        _empty_what_was_deleted(tree)
    _mark_by_style(trees)

    pages = list(_used_pages(trees))
    lines = _lines_of_margins(pages, "header")
    for body in list(_named(content, "body")) or [content]:
        lines += lines_of(body, _MARKS)
        lines += _notes(body)
        lines += _comments(body)
    lines += _lines_of_margins(pages, "footer")
    return "\n".join(lines)


def _named(tree: Any, name: str) -> Iterator[Any]:
    """The elements of that local name, the root among them."""
    return (element for element in tree.iter() if local_name(element) == name)


def _in_all(trees: Iterable[Any], name: str) -> Iterator[Any]:
    """The elements of that name in each tree."""
    return chain.from_iterable(map(_named, trees, repeat(name)))


def _attribute(element: Any, name: str) -> str:
    """An attribute by its local name, whatever its namespace."""
    bare = {str(key).rpartition("}")[2]: str(text) for key, text in element.attrib.items()}
    return bare.get(name, "")


def _used_pages(trees: list[Any]) -> Iterator[Any]:
    """The page styles that a paragraph names, and the usual one."""
    used = {_USUAL_PAGE}
    for tree in trees:
        used.update(_attribute(element, "master-page-name") for element in tree.iter())
    return (page for page in _in_all(trees, "master-page") if _attribute(page, "name") in used)


def _lines_of_margins(pages: list[Any], kind: str) -> list[str]:
    """The headers or footers of page styles, also those of first and of left pages."""
    margins = [margin for margin in chain.from_iterable(pages) if local_name(margin).startswith(kind)]
    shown = [margin for margin in margins if _attribute(margin, "display") != "false"]
    return _all_lines(shown)


def _all_lines(elements: Iterable[Any]) -> list[str]:
    return list(chain.from_iterable(lines_of(element, _MARKS) for element in elements))


def _notes(body: Any) -> list[str]:
    """The notes at the foot of pages and at the end."""
    return _all_lines(_still_there(_named(body, "note-body")))


def _comments(body: Any) -> list[str]:
    """What somebody wrote beside the letter."""
    comments = []
    for comment in _still_there(_named(body, "annotation")):
        author = " ".join(filter(None, map(attrgetter("text"), _named(comment, "creator"))))
        words = _all_lines(filter(_is_of_words, comment))
        comments.append(comment_by(author, " ".join(words)))
    return comments


def _is_of_words(element: Any) -> bool:
    return local_name(element) in ("p", "list")


def _still_there(elements: Iterable[Any]) -> Iterator[Any]:
    """The elements that aren't kept only as what was deleted."""
    for element in elements:
        around = map(local_name, element.iterancestors())
        if "tracked-changes" not in around:
            yield element


def _empty_what_was_deleted(tree: Any) -> None:
    """Deletions that still stand in the text, between the marks of a tracked change (5.5)."""
    from lxml import etree

    deletions = {_attribute(region, "id") for region in _named(tree, "changed-region") if _is_deletion(region)}
    if not deletions:
        return
    is_open: set[str] = set()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = local_name(element)
        if name == "change-start" and event == "start":
            is_open |= {_attribute(element, "change-id")} & deletions
        elif name == "change-end" and event == "start":
            is_open.discard(_attribute(element, "change-id"))
        elif is_open and event == "start":
            element.text = None
        if is_open and event == "end":
            element.tail = None


def _is_deletion(region: Any) -> bool:
    return "deletion" in map(local_name, region)


def _mark_by_style(trees: list[Any]) -> None:
    """Carry over what styles say of the words that bear them: struck through, or hidden (20.387, 20.354)."""
    styles = list(_in_all(trees, "style"))
    struck = {_attribute(style, "name") for style in styles if any(map(_strikes, style))}
    hidden = {_attribute(style, "name") for style in styles if any(map(_hides, style))}
    for name in ("span", "p", "h"):
        for element in _in_all(trees, name):
            style = _attribute(element, "style-name")
            if style in hidden:
                element.set("display", "none")
            if style in struck:
                element.set(_STRUCK, "true")


def _hides(properties: Any) -> bool:
    return _attribute(properties, "display") == "none"


def _strikes(properties: Any) -> bool:
    style = _attribute(properties, "text-line-through-style") or _attribute(properties, "text-line-through-type")
    return style not in ("", "none")


def _is_unseen(element: Any) -> bool:
    return _attribute(element, "display") == "none" or element.tag in (f"{_SVG}title", f"{_SVG}desc")


_MARKS = Marks(
    blocks=frozenset({"p", "h", "list-item", "table", "section", "text-box", "note-body"}),
    rows=frozenset({"table-row"}),
    cells=frozenset({"table-cell"}),
    unseen=frozenset(
        {
            "tracked-changes",
            "note",
            "annotation",
            "forms",
            "hidden-text",
            "hidden-paragraph",
            "covered-table-cell",
            "variable-decls",
            "sequence-decls",
            "binary-data",
        }
    ),
    signs={"tab": "\t", "line-break": "\n", "s": " ", "soft-page-break": ""},
    is_unseen=_is_unseen,
    is_struck=lambda element: element.get(_STRUCK) is not None,
)
