"""The lines of a Word letter (ECMA-376, part 1, 17), from its header to what somebody wrote beside it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from posixpath import join, normpath
from typing import Any

from organizer.base.i18n import _
from organizer.importing.page_text.tree_words import Marks, beside, lines_of, local_name

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFF = frozenset({"0", "false", "off", "none"})
_BOXES = {"F0FE": "☒", "F0FD": "☒", "F078": "☒", "F053": "☒", "F052": "☑", "F0FC": "✓", "F0A8": "☐", "F06F": "☐"}
"""Signs of Wingdings that letters tick with, by their private code points."""
Tree = Callable[[str], Any]  # gives a part by its name, None where there is none


def lines_of_word_letter(tree: Tree, names: Sequence[str]) -> list[str]:
    """All lines. Raises KeyError where the file holds no letter."""
    main = next((name for name in names if name.endswith("word/document.xml")), "")
    document = tree(main)
    if document is None:
        raise KeyError("word/document.xml")
    folder = main.rpartition("/")[0]
    targets = dict(_relations(tree(f"{folder}/_rels/document.xml.rels"), folder))
    margins = list(_shown_margins(document, tree(f"{folder}/settings.xml")))

    lines = _lines_of_margins("header", margins, targets, tree)
    lines += lines_of(document, _MARKS)
    lines += _notes(tree(f"{folder}/footnotes.xml"))
    lines += _notes(tree(f"{folder}/endnotes.xml"))
    lines += _comments(tree(f"{folder}/comments.xml"))
    lines += _lines_of_margins("footer", margins, targets, tree)
    return lines


def _relations(tree: Any, folder: str) -> Iterator[tuple[str, str]]:
    """The names of other parts by the keys by which the text speaks of them."""
    if tree is None:
        return
    for relation in tree:
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target") or ""
        path = target.lstrip("/") if target.startswith("/") else join(folder, target)
        yield relation.get("Id") or "", normpath(path)


@dataclass(frozen=True, slots=True)
class _Margin:
    """A header or footer that a page shows, by the key of its part."""

    kind: str
    key: str


def _shown_margins(document: Any, settings: Any) -> Iterator[_Margin]:
    """Those of all pages; of first and even pages only where these differ from the others."""
    is_even_shown = settings is not None and _has(settings, "evenAndOddHeaders")
    for section in document.iter(f"{_W}sectPr"):
        pages = {"default"}
        pages |= {"first"} if _has(section, "titlePg") else set()
        pages |= {"even"} if is_even_shown else set()
        for kind in ("header", "footer"):
            for reference in section.iter(f"{_W}{kind}Reference"):
                if (reference.get(f"{_W}type") or "default") in pages:
                    yield _Margin(kind, reference.get(f"{_R}id") or "")


def _lines_of_margins(kind: str, margins: Iterable[_Margin], targets: dict[str, str], tree: Tree) -> list[str]:
    shown = (targets.get(margin.key, "") for margin in margins if margin.kind == kind)
    lines: list[str] = []
    for name in dict.fromkeys(shown):
        part = tree(name)
        lines += lines_of(part, _MARKS) if part is not None else []
    return lines


def _notes(tree: Any) -> list[str]:
    """The notes at the foot of pages or at the end; those of the program itself are only lines that part them."""
    lines: list[str] = []
    for note in tree if tree is not None else ():
        if note.get(f"{_W}type") in (None, "normal"):
            lines += lines_of(note, _MARKS)
    return lines


def _comments(tree: Any) -> list[str]:
    """What somebody wrote beside the letter: said as such, for it is no part of it."""
    lines: list[str] = []
    for comment in tree if tree is not None else ():
        words = " ".join(lines_of(comment, _MARKS))
        if words:
            lines.append(comment_by(comment.get(f"{_W}author") or "", words))
    return lines


def comment_by(author: str, words: str) -> str:
    """A comment as it stands among a letter's lines."""
    name = author.strip()
    return beside(_("comment by {name}").format(name=name) if name else _("comment"), words)


def _has(element: Any, name: str) -> bool:
    """Whether an element holds a property, at any depth, that is switched on."""
    return any(map(_is_on, element.iter(f"{_W}{name}")))


def _is_on(element: Any) -> bool:
    return (element.get(f"{_W}val") or "true").lower() not in _OFF


def _is_hidden(element: Any) -> bool:
    """Hidden text, a placeholder that nobody filled in, a row that was deleted."""
    name = local_name(element)
    if name == "r":
        return any(map(_is_on, element.iterfind(f"{_W}rPr/{_W}vanish")))
    if name == "sdt":
        return any(map(_is_on, element.iterfind(f"{_W}sdtPr/{_W}showingPlcHdr")))
    return name == "tr" and element.find(f"{_W}trPr/{_W}del") is not None


def _is_struck(element: Any) -> bool:
    if local_name(element) != "r":
        return False
    lines = (*element.iterfind(f"{_W}rPr/{_W}strike"), *element.iterfind(f"{_W}rPr/{_W}dstrike"))
    return any(map(_is_on, lines))


def _sign(element: Any) -> str:
    """A tick of a sign font, or of a field of a form: the words alone would say that each box is ticked."""
    name = local_name(element)
    if name == "sym":
        return _BOXES.get((element.get(f"{_W}char") or "").upper(), "")
    if name != "checkBox":
        return ""
    checked = element.find(f"{_W}checked")
    state = checked if checked is not None else element.find(f"{_W}default")
    return "☒ " if state is not None and _is_on(state) else "☐ "


_MARKS = Marks(
    blocks=frozenset({"p", "tbl", "txbxContent", "footnote", "endnote", "comment"}),
    rows=frozenset({"tr"}),
    cells=frozenset({"tc"}),
    unseen=frozenset(
        {
            "instrText",
            "delText",
            "delInstrText",
            "del",
            "moveFrom",
            "Fallback",
            "pPr",
            "sectPr",
            "tblPr",
            "tblGrid",
            "trPr",
            "tcPr",
            "sdtPr",
            "footnoteReference",
            "endnoteReference",
            "annotationRef",
        }
    ),
    signs={"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""},
    is_unseen=_is_hidden,
    is_struck=_is_struck,
    sign_of=_sign,
)
