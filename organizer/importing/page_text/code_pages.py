"""Which of the old code pages a text that isn't Unicode was written in: judged by whether its letters make words.

A wrong guess turns names of tests into letter salad, so Western Windows is left only where another page reads plainly
better. Pages: Windows 1250 to 1254, KOI8-R, DOS 866 and 850, Mac OS Roman (unicode.org/Public/MAPPINGS).
"""

import re
import unicodedata
from collections.abc import Iterable

WESTERN = "cp1252"
_LATIN = (WESTERN, "cp1250", "cp1254", "mac-roman", "cp850")
_OTHER_SCRIPTS = (("cp1251", "CYRILLIC"), ("koi8-r", "CYRILLIC"), ("cp866", "CYRILLIC"), ("cp1253", "GREEK"))
_WORDS = re.compile(rb"[A-Za-z\x80-\xff]+")
_MOST_WORDS = 600
_LOOKED_AT, _START = 1 << 20, 1 << 12  # bytes
_BEYOND_ASCII = 0x80
_TELLING = 3  # letters of a word that tells its script
_WHOLLY_OTHER = 0.6
"""Of such words with letters beyond ASCII so many hold, in another script, no Latin letter at all."""
_FREQUENT = {
    WESTERN: "äöüÄÖÜßéèêëàâáçñíóôúùûîïøåæÅØÆÉµ°²³ãõÀÇÑÁ’–",
    "cp1250": "ąęłżźćńśŁŻŚĄČŠŽčěřšžůýďťňáíéúóőűäöüßăâîșțşţđ°µ–ŐŰŹĘ",
    "cp1254": "çğıöşüÇĞİÖŞÜâîûµ°",
    "mac-roman": "äöüÄÖÜßéèêëàâáçñíóôúùûîïøåæÅØÆÉµ°ãõÀÇÑÁ’–",
    "cp850": "äöüÄÖÜßéèêëàâáçñíóôúùûîïøåæÅØÆÉµ°²³ãõÇÑÁ",
}
_AT_EDGES = {
    WESTERN: "“”„‘’«»–—…",
    "cp1254": "“”„‘’«»–—…",
    "cp1250": "“”„‘’«»–—…",
    "mac-roman": "“”„‘’«»–—…",
    "cp850": "«»",
}
_WITHIN = "°²³µ’–"
"""Signs that may stand within a word; quotes and dashes stand at its edges."""
_LIKELY, _UNLIKELY, _BROKEN = 1, -1, -3


def code_page_of(data: bytes) -> str:
    """Python's name of the code page; `cp1252` where nothing reads better."""
    if b"\0" in data[:_START]:  # no text at all
        return WESTERN
    telling = (word for word in _WORDS.findall(data[:_LOOKED_AT]) if not word.isascii())
    words = list(dict.fromkeys(telling))[:_MOST_WORDS]
    if _is_other_script(words):
        scores = {page: _script_score(words, page, script) for page, script in _OTHER_SCRIPTS}
        best = max(scores, key=scores.__getitem__)
        if scores[best] > 0:
            return best

    # Western Windows comes first, and max takes the first of the best.
    return max(_LATIN, key=lambda page: _latin_score(words, page))


def _is_other_script(words: Iterable[bytes]) -> bool:
    """Whether most of the words that are long enough to tell hold no Latin letter at all."""
    wholly = [min(word) >= _BEYOND_ASCII for word in words if len(word) >= _TELLING]
    return sum(wholly) >= _WHOLLY_OTHER * max(len(wholly), 1)


def _script_score(words: Iterable[bytes], page: str, script: str) -> int:
    """Above 0 where the words are of that script, and written as people write: capitals only first, or throughout."""
    return sum(_of_script(word.decode(page, "replace"), script) for word in words)


def _of_script(text: str, script: str) -> int:
    """A word's letters of the script speak for it, other signs against; capitals in odd places turn them against."""
    inside = sum(sign.isalpha() and unicodedata.name(sign, "").startswith(script) for sign in text)
    others = len(text) - inside
    rest = text[1:]
    if text[:1].islower() and rest.isupper():  # `wORD`: the capitals of another page
        return -2 * inside - others
    is_written_well = text in (text[:1] + rest.lower(), text.upper())
    return (inside if is_written_well else -inside) - others


def _latin_score(words: Iterable[bytes], page: str) -> int:
    """The higher, the better the words read as languages of that page."""
    return sum(_of_word(word.decode(page, "replace"), _FREQUENT[page], _AT_EDGES[page]) for word in words)


def _of_word(text: str, frequent: str, at_edges: str) -> int:
    """A letter that the languages of the page use speaks for it; a sign within a word, or a capital in it, against."""
    telling = [place for place, sign in enumerate(text) if not sign.isascii()]
    return sum(_of_letter(text, place, frequent, at_edges) for place in telling)


def _of_letter(text: str, place: int, frequent: str, at_edges: str) -> int:
    """What the letter at a place says of the page; quotes and dashes count at a word's edges only."""
    is_edge = place in (0, len(text) - 1)
    if is_edge and text[place] in at_edges:
        return _LIKELY
    if _breaks(text, place):
        return _BROKEN
    return _LIKELY if text[place] in frequent else _UNLIKELY


def _breaks(text: str, place: int) -> bool:
    """Whether no word has such a sign there: none of letters, or a capital with a small letter behind it."""
    sign = text[place]
    if len(text) > 1 and not sign.isalpha() and sign not in _WITHIN:
        return True
    return place > 0 and sign.isupper() and text[place + 1 : place + 2].islower()
