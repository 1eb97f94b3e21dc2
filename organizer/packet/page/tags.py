"""What the drawn things are, for readers that can't see the page: headings, paragraphs, tables, figures, links.

While the front pages are drawn each text says what it is (marked content, ISO 32000-1, 14.6); the tree of those
elements (14.7, 14.8) is put into the finished file. What is only decoration is marked as an artefact.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from reportlab.pdfgen.canvas import Canvas

Rect = tuple[float, float, float, float]


@dataclass(eq=False, slots=True)
class Node:
    """An element of the structure: its role, what is in it, in reading order.

    `marks` are (page from 0, number of the marked content there) or (page, rectangle of a link); `alternative` says
    in words what a figure shows.
    """

    role: str
    alternative: str = ""
    scope: str = ""
    children: "list[Node | tuple[int, int] | tuple[int, Rect]]" = field(default_factory=list)
    placed: bool = False


class Tags:
    """The structure of a document while it is drawn; one for each canvas."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self._open = [self.root]
        self._marking = False
        self._next: dict[int, int] = {}
        self.cell_role = ""

    @property
    def here(self) -> Node:
        """The element that is open."""
        return self._open[-1]

    def within(self, node: Node) -> "_Within":
        """What is drawn in the block belongs to `node`, which belongs to the element that is open (once)."""
        return _Within(self, node)

    def marked(self, canvas: Canvas, node: Node | None) -> "_Marked":
        """What is drawn in the block is the content of `node`, or an artefact where that is None.

        Marked content doesn't nest: what is drawn inside a figure or an artefact belongs to that.
        """
        return _Marked(self, canvas, node)

    def content(self, canvas: Canvas) -> "_Marked":
        """What is written in the block is the content of the element that is open."""
        return _Marked(self, canvas, self.here)

    def open(self, node: Node) -> None:
        """Begin an element within the one that is open."""
        self._place(node)
        self._open.append(node)

    def close(self) -> None:
        """End the element that is open."""
        self._open.pop()

    def begin(self, canvas: Canvas, node: Node | None) -> bool:
        """Begin a mark; False where one is begun already."""
        if self._marking:
            return False
        self._marking = True
        if node is None:
            canvas.addLiteral("/Artifact BMC")
            return True
        page = canvas.getPageNumber() - 1
        number = self._next.get(page, 0)
        self._next[page] = number + 1
        if node is not self.here:
            self._place(node)
        node.children.append((page, number))
        canvas.addLiteral(f"/{node.role} <</MCID {number}>> BDC")
        return True

    def end(self, canvas: Canvas) -> None:
        """End the mark."""
        self._marking = False
        canvas.addLiteral("EMC")

    def _place(self, node: Node) -> None:
        if not node.placed:
            node.placed = True
            self.here.children.append(node)


class _Within:
    """An element that is open for the length of a block. (A class: thousands are opened, and a generator is slower.)"""

    __slots__ = ("_node", "_tags")

    def __init__(self, tags: Tags, node: Node) -> None:
        self._tags, self._node = tags, node

    def __enter__(self) -> None:
        self._tags.open(self._node)

    def __exit__(self, *_error: object) -> None:
        self._tags.close()


class _Marked:
    """A mark for the length of a block."""

    __slots__ = ("_began", "_canvas", "_node", "_tags")

    def __init__(self, tags: Tags, canvas: Canvas, node: Node | None) -> None:
        self._tags, self._canvas, self._node = tags, canvas, node
        self._began = False

    def __enter__(self) -> None:
        self._began = self._tags.begin(self._canvas, self._node)

    def __exit__(self, *_error: object) -> None:
        if self._began:
            self._tags.end(self._canvas)


def tags_of(canvas: Canvas) -> Tags:
    """The tags of a canvas; made with their first use."""
    tags = getattr(canvas, "casebook_tags", None)
    if tags is None:
        tags = Tags()
        canvas.casebook_tags = tags  # type: ignore[attr-defined]
    assert isinstance(tags, Tags)
    return tags


def artefact(canvas: Canvas) -> _Marked:
    """What is drawn in the block is decoration."""
    return tags_of(canvas).marked(canvas, None)


def figure(canvas: Canvas, alternative: str) -> _Marked:
    """What is drawn in the block is one picture that `alternative` tells in words."""
    return tags_of(canvas).marked(canvas, Node("Figure", alternative))


def note_link(canvas: Canvas, rect: Rect) -> Node:
    """A link element for the annotation that will lie at `rect` on this page."""
    node = Node("Link")
    node.children.append((canvas.getPageNumber() - 1, rect))
    return node


def read_tree(packet: Pdf) -> Node | None:
    """The structure of a finished packet, as `set_tree` has written it; None where it has none."""
    top: Any = packet.Root.get("/StructTreeRoot")
    if not isinstance(top, Dictionary):
        return None
    numbers = {page.obj.objgen: number for number, page in enumerate(packet.pages)}
    root = top["/K"]
    return _read(root[0] if isinstance(root, Array) else root, numbers)


def _read(element: Any, numbers: Mapping[tuple[int, int], int]) -> Node:
    scope = str(element["/A"]["/Scope"])[1:] if "/A" in element else ""
    node = Node(str(element["/S"])[1:], str(element.get("/Alt", "")), scope)
    children = element["/K"]
    for child in children if isinstance(children, Array) else [children]:
        if isinstance(child, int):
            node.children.append((numbers[element["/Pg"].objgen], child))
            continue
        kind = child.get("/Type")
        if kind == Name.MCR:
            node.children.append((numbers[child["/Pg"].objgen], int(child["/MCID"])))
        elif kind == Name.OBJR:
            left, low, right, high = (float(edge) for edge in child["/Obj"]["/Rect"])
            node.children.append((numbers[child["/Pg"].objgen], (left, low, right, high)))
        else:
            node.children.append(_read(child, numbers))
    return node


def narrowed(node: Node, pages: Mapping[int, int], links: Set[tuple[int, Rect]]) -> Node:
    """The same structure of some pages only, given by their old numbers with the new ones; `links` are those left.

    What was a link and leads nowhere here stays as words.
    """
    narrow = Node(node.role, node.alternative, node.scope)
    for child in node.children:
        if isinstance(child, Node):
            smaller = narrowed(child, pages, links)
            narrow.children += [smaller] if smaller.children else []
        elif child[0] in pages and (isinstance(child[1], int) or child in links):
            narrow.children.append((pages[child[0]], child[1]))  # type: ignore[arg-type]
    if narrow.role == "Link" and not any(
        isinstance(child, tuple) and isinstance(child[1], tuple) for child in narrow.children
    ):
        narrow.role = "Span"
    return narrow


def set_tree(packet: Pdf, root: Node) -> None:
    """Put the structure into the finished file: the tree, its parents by page and annotation, and that it is there."""
    _Tree(packet).put(root)


class _Tree:
    """Writes elements as dictionaries and remembers which element each mark and annotation belongs to."""

    def __init__(self, packet: Pdf) -> None:
        self._packet = packet
        self._sheets = [page.obj for page in packet.pages]
        self._pages: dict[int, dict[int, Any]] = {}
        self._links: list[tuple[pikepdf.Object, Any]] = []
        self._notes: dict[int, list[Dictionary]] = {}

    def put(self, root: Node) -> None:
        top = self._packet.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        top["/K"] = Array([self._element(root, top)])
        numbers: list[Any] = []
        for key, page in enumerate(sorted(self._pages)):
            marks = self._pages[page]
            self._sheets[page]["/StructParents"] = key
            self._sheets[page]["/Tabs"] = Name.S
            numbers += [key, Array([marks.get(number) for number in range(max(marks) + 1)])]
        for key, (note, element) in enumerate(self._links, len(self._pages)):
            note["/StructParent"] = key
            numbers += [key, element]
        top["/ParentTree"] = self._packet.make_indirect(Dictionary(Nums=Array(numbers)))
        top["/ParentTreeNextKey"] = len(self._pages) + len(self._links)
        self._packet.Root["/StructTreeRoot"] = top
        self._packet.Root["/MarkInfo"] = Dictionary(Marked=True)

    def _element(self, node: Node, parent: Any) -> Any:
        """An element with all below it, None where that is nothing; its marks are numbers on the page that it names."""
        own = next((child[0] for child in node.children if not isinstance(child, Node)), None)
        what = {"/S": _role(node.role), "/P": parent}
        if own is not None:
            what["/Pg"] = self._sheets[own]
        made: Any = self._packet.make_indirect(Dictionary(what))
        if node.alternative:
            made["/Alt"] = node.alternative
        if node.scope:
            made["/A"] = Dictionary(O=Name.Table, Scope=Name(f"/{node.scope}"))
        children = [self._child(child, made, own) for child in node.children]
        present = [child for child in children if child is not None]
        if not present:
            return None
        made["/K"] = present[0] if len(present) == 1 else Array(present)
        return made

    def _child(self, child: Any, parent: Any, own: int | None) -> Any:
        if isinstance(child, Node):
            return self._element(child, parent)
        page, mark = child
        if isinstance(mark, int):
            self._pages.setdefault(page, {})[mark] = parent
            return mark if page == own else Dictionary(Type=Name.MCR, Pg=self._sheets[page], MCID=mark)
        note = self._note(page, mark)
        if note is None:
            return None
        self._links.append((note, parent))
        return Dictionary(Type=Name.OBJR, Pg=self._sheets[page], Obj=note)

    def _note(self, page: int, rect: Rect) -> Dictionary | None:
        """The page's annotation at `rect`; each is given once."""
        if page not in self._notes:
            annotations: Any = self._sheets[page].get("/Annots", [])
            self._notes[page] = [_indirect(self._packet, annotations, place) for place in range(len(annotations))]
        for note in self._notes[page]:
            edges: Any = note["/Rect"]
            if all(abs(float(a) - b) < 1.0 for a, b in zip(edges, rect, strict=True)):
                self._notes[page].remove(note)
                return note
        return None


@cache
def _role(role: str) -> Name:
    return Name(f"/{role}")


def _indirect(packet: Pdf, annotations: Any, place: int) -> Dictionary:
    if not annotations[place].is_indirect:
        annotations[place] = packet.make_indirect(annotations[place])
    annotation = annotations[place]
    assert isinstance(annotation, Dictionary)
    return annotation
