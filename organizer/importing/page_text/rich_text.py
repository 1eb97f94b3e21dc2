"""The words of rich text (RTF 1.9.1): headers, the text, boxes, footers, notes, and comments said as such.

What was deleted while changes were tracked, or is hidden, is left out, and so are headers that no page shows.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from organizer.base.i18n import _
from organizer.importing.page_text.tree_words import beside, trimmed

_HEX = re.compile(rb"[0-9a-fA-F\r\n]{256,}")  # a picture
_TITLE = re.compile(rb"\{\\title ([^{}]{1,400})\}")
_TOKEN = re.compile(
    rb"\\bin(?P<count>\d+) ?|\\(?P<word>[a-z]+)(?P<number>-?\d*) ?|\\.|(?P<edge>[{}])|[^\\{}]+", re.DOTALL
)
_HEADERS = {"header": "", "headerr": "", "headerl": "facingp", "headerf": "titlepg"}
_FOOTERS = {"footer": "", "footerr": "", "footerl": "facingp", "footerf": "titlepg"}
"""Headers and footers, and the word without which no page shows them."""
_NOTES, _BOXES, _COMMENTS = frozenset({"footnote"}), frozenset({"shptxt"}), frozenset({"annotation"})
_HIDING = frozenset({"deleted", "v"})
_FONTS = re.compile(rb"\{\\fonttbl(?:[^{}]|\{[^{}]*\})*\}")
_BULLET = "\uf0b7"
"""The bullet of the font Symbol."""
_CELL = re.compile(rb"\\(?:nest)?cell(?![a-z])")
_CODE_PAGE = re.compile(rb"\\ansicpg\d+")


@dataclass(slots=True)
class _Group:
    """A group that is open: its bytes so far, its first word, and the words in it that switch something on."""

    content: bytearray = field(default_factory=bytearray)
    first: str = ""
    switched_on: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Parts:
    """The groups that stand apart from the text, and the text without them."""

    text: bytes = b""
    words: set[str] = field(default_factory=set)
    apart: dict[str, list[bytes]] = field(default_factory=dict)

    def of(self, names: Iterable[str]) -> list[bytes]:
        """The groups of these destinations."""
        return list(chain.from_iterable(self.apart.get(name, ()) for name in names))


def words_of_rtf(data: bytes) -> tuple[str, str]:
    """Title and words of a rich text; pictures and formatting are left out."""
    title = _TITLE.search(data[:65_536])
    parts = _parted(_HEX.sub(b"", data))
    fonts = _FONTS.search(data)
    page = _CODE_PAGE.search(data[:4096])
    prolog = b"{\\rtf1\\ansi" + (page[0] if page else b"") + (fonts[0] if fonts else b"") + b"\\pard "
    shown_headers = [name for name, needs in _HEADERS.items() if not needs or needs in parts.words]
    shown_footers = [name for name, needs in _FOOTERS.items() if not needs or needs in parts.words]

    def plain_of(names: Iterable[str]) -> list[str]:
        return [_plain(prolog + content + b"}") for content in parts.of(names)]

    lines = [*plain_of(shown_headers), _plain(parts.text), *plain_of(_BOXES), *plain_of(_NOTES)]
    lines += [beside(_("comment"), " ".join(words.split())) for words in plain_of(_COMMENTS) if words]
    lines += plain_of(shown_footers)
    text = "\n".join(dict.fromkeys(line for line in lines if line))
    return _plain(b"{\\rtf1 " + title[1] + b"}") if title else "", text


def _parted(data: bytes) -> _Parts:
    """The text without the groups that stand apart; what is deleted or hidden is in neither."""
    parts = _Parts()
    apart = frozenset({*_HEADERS, *_FOOTERS, *_NOTES, *_BOXES, *_COMMENTS})
    open_groups = [_Group()]
    place = 0
    while (token := _TOKEN.match(data, place)) is not None:
        place = token.end()
        group = open_groups[-1]
        if token["count"] is not None:
            place += int(token["count"])
        elif token["edge"] == b"{":
            open_groups.append(_Group())
        elif token["edge"] == b"}" and len(open_groups) > 1:
            _close(open_groups, parts, apart)
        elif token["edge"] is None:
            group.content += token[0]
            _note_word(group, parts, token)
    while len(open_groups) > 1:
        _close(open_groups, parts, apart)
    parts.text = bytes(open_groups[0].content)
    return parts


def _note_word(group: _Group, parts: _Parts, token: "re.Match[bytes]") -> None:
    word = (token["word"] or b"").decode("ascii")
    if not word:
        return
    group.first = group.first or word
    if token["number"] == b"0":
        group.switched_on.discard(word)
    else:
        group.switched_on.add(word)
        parts.words.add(word)


def _close(open_groups: list[_Group], parts: _Parts, apart: frozenset[str]) -> None:
    """The group that ends goes to its place: apart, nowhere, or into the group around it."""
    group = open_groups.pop()
    around = open_groups[-1].content
    content = bytes(group.content)
    if group.switched_on & _HIDING or group.first in apart:
        around += b"{}"  # what stands before and behind it stays apart
    if group.switched_on & _HIDING:
        return
    if group.first in apart:
        parts.apart.setdefault(group.first, []).append(content.partition(b"\\" + group.first.encode())[2])
        return
    struck = _plain(b"{\\rtf1 " + content + b"}") if "strike" in group.switched_on and group.first != "s" else ""
    if struck:
        content = _escaped(beside(_("struck out"), struck))
    around += b"{" + content + b"}"


def _escaped(text: str) -> bytes:
    """Words as rich text writes them."""
    signs = (sign if sign.isascii() else f"\\u{_half(ord(sign))}?" for sign in text)
    return "".join(signs).encode("ascii", "replace")


def _half(number: int) -> int:
    return number - 0x10000 if 0x8000 <= number <= 0xFFFF else min(number, 0x7FFF)


def _plain(rich: bytes) -> str:
    from striprtf.striprtf import rtf_to_text

    rows = _CELL.sub(rb"\\tab ", rich)
    text = rtf_to_text(rows.decode("cp1252", "replace"), errors="ignore")  # type: ignore[no-untyped-call]
    # Beyond the first 65,536 signs RTF writes two halves of one letter.
    whole = str(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
    return "\n".join(trimmed(line) for line in whole.replace(_BULLET, "•").split("\n")).strip()
