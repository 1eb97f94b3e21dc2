"""Words that lie in a page's code and are never drawn: descriptions for listeners, names of layers, remarks.

No search of the page finds them (pdfium reads ActualText, which stays), so they go: ISO 32000-1, 14.6.2 (property
lists), 14.9.3 (alternate descriptions), 14.9.5 (expansion of abbreviations), 7.2.3 (comments), 8.11.2 (layers' names).
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream

_KEPT = frozenset({"/MCID", "/ActualText"})
_TELLING = re.compile(rb"/(?:Alt|E|T|Title|Contents|Name)\s*[(<]|(?:^|[\r\n])[ \t]*%")
_POINTS = frozenset({"MP", "DP"})  # mark a point, draw nothing
_DEEPEST = 8  # forms within forms, as in sanitise.py


def forget_hidden_words(source: Pdf) -> None:
    """Take such words out of all pages, and out of the forms that they draw, in place."""
    seen: set[tuple[int, int]] = set()
    for page in source.pages:
        _forget_names(page.obj.get("/Resources", None))
        contents: Any = page.obj.get("/Contents", None)
        parts = [contents] if isinstance(contents, Stream) else list(contents or ())
        if any(_tells(part) for part in parts):
            page.obj["/Contents"] = source.make_stream(_without(page))
        for form in _forms(page.obj.get("/Resources", None), seen, 0):
            _forget_names(form.get("/Resources", None))
            if _tells(form):
                form.write(_without(form))


def _tells(part: Any) -> bool:
    try:
        return isinstance(part, Stream) and _TELLING.search(part.read_bytes()) is not None
    except pikepdf.PdfError:
        return False


def _without(drawn: Any) -> bytes:
    """A page's code, or a form's, without the words that it doesn't draw; its comments fall away in passing."""
    instructions = pikepdf.parse_content_stream(drawn)
    return pikepdf.unparse_content_stream(
        [_bare(instruction) for instruction in instructions if str(instruction.operator) not in _POINTS]
    )


def _bare(instruction: Any) -> Any:
    operands = list(instruction.operands)
    if str(instruction.operator) != "BDC" or len(operands) < 2 or not isinstance(operands[1], Dictionary):
        return instruction
    kept = {key: operands[1][key] for key in operands[1].keys() & _KEPT}
    return pikepdf.ContentStreamInstruction([operands[0], Dictionary(kept)], instruction.operator)


def _forget_names(resources: Any) -> None:
    """Take the names off layers and named property lists."""
    lists: Any = resources.get("/Properties", None) if isinstance(resources, Dictionary) else None
    for key in list(lists) if isinstance(lists, Dictionary) else ():
        own = lists[key]
        kept = {name: own[name] for name in own.keys() & _KEPT} if isinstance(own, Dictionary) else {}
        lists[key] = Dictionary(kept)


def _forms(resources: Any, seen: set[tuple[int, int]], depth: int) -> Iterator[Stream]:
    """Each form that is drawn, once: by name, or as the tile of a pattern."""
    if not isinstance(resources, Dictionary) or depth > _DEEPEST:
        return
    groups: list[Any] = [resources.get(name, {}) for name in ("/XObject", "/Pattern")]
    drawn = chain.from_iterable(group.values() for group in groups if isinstance(group, Dictionary))
    for form in drawn:
        if not isinstance(form, Stream) or form.get("/Subtype") == Name.Image or form.objgen in seen:
            continue
        seen.add(form.objgen)
        yield form
        yield from _forms(form.get("/Resources", None), seen, depth + 1)
