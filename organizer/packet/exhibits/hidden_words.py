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

_NEEDED = frozenset({"/MCID", "/ActualText"})
_DESCRIPTION = re.compile(rb"/(?:Alt|E|T|Title|Contents|Name)\s*[(<]")
_REMARK = re.compile(rb"(?:^|[\r\n])[ \t]*%")
_POINTS = frozenset({"MP", "DP"})  # mark a point, draw nothing


def forget_hidden_words(source: Pdf) -> None:
    """Take such words out of all pages, and out of the forms that they draw, in place."""
    seen: set[tuple[int, int]] = set()
    for page in source.pages:
        resources: Any = page.obj.get("/Resources", None)
        _forget_names(resources)
        if any(map(_tells, _parts(page))):
            page.obj["/Contents"] = source.make_stream(_without(page))
        for form in _forms(resources, seen):
            _clean(form)


def _clean(form: Stream) -> None:
    """The same for a form that pages draw."""
    _forget_names(form.get("/Resources", None))
    if _tells(form):
        form.write(_without(form))


def _parts(page: pikepdf.Page) -> list[Any]:
    """The streams that a page's code is made of."""
    contents: Any = page.obj.get("/Contents", None)
    return [contents] if isinstance(contents, Stream) else list(contents or ())


def _tells(part: Any) -> bool:
    """Whether a stream may hold such words: most hold none, and stay byte for byte as they are."""
    try:
        code = part.read_bytes() if isinstance(part, Stream) else b""
    except pikepdf.PdfError:
        return False
    return _DESCRIPTION.search(code) is not None or (b"%" in code and _REMARK.search(code) is not None)


def _without(drawn: Any) -> bytes:
    """A page's code, or a form's, without the words that it doesn't draw; its comments fall away in passing."""
    instructions = pikepdf.parse_content_stream(drawn)
    drawing = [instruction for instruction in instructions if str(instruction.operator) not in _POINTS]
    return pikepdf.unparse_content_stream([_bare(instruction) for instruction in drawing])


def _bare(instruction: Any) -> Any:
    """An instruction without what its property list says."""
    operands = list(instruction.operands)
    if str(instruction.operator) != "BDC" or not isinstance(operands[-1], Dictionary):
        return instruction
    return pikepdf.ContentStreamInstruction([operands[0], _needed_properties(operands[-1])], instruction.operator)


def _needed_properties(properties: Any) -> Dictionary:
    """What a property list may keep; of a layer nothing."""
    if not isinstance(properties, Dictionary):
        return Dictionary()
    return Dictionary({key: properties[key] for key in properties.keys() & _NEEDED})


def _forget_names(resources: Any) -> None:
    """Take the names off layers and named property lists."""
    lists: Any = resources.get("/Properties", None) if isinstance(resources, Dictionary) else None
    if not isinstance(lists, Dictionary):
        return

    for key in list(map(str, lists)):
        lists[key] = _needed_properties(lists[key])


def _forms(resources: Any, seen: set[tuple[int, int]]) -> Iterator[Stream]:
    """Each form that is drawn, once, however deep within others: by name, or as the tile of a pattern."""
    waiting = [resources]
    while waiting:
        resources = waiting.pop()
        if not isinstance(resources, Dictionary):
            continue

        groups: list[Any] = [resources.get("/XObject", None), resources.get("/Pattern", None)]
        named: Any = chain.from_iterable(map(_values_of, groups))
        for form in filter(_is_form, named):
            if form.objgen not in seen:
                seen.add(form.objgen)
                yield form
                waiting.append(form.get("/Resources", None))


def _values_of(group: Any) -> list[Any]:
    """All that a group of resources names."""
    named: Any = group if isinstance(group, Dictionary) else {}
    return list(named.values())


def _is_form(drawn: Any) -> bool:
    """Whether something has a code of its own."""
    return isinstance(drawn, Stream) and drawn.get("/Subtype") != Name.Image
