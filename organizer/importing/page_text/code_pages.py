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
    words = list(dict.fromkeys(word for word in _WORDS.findall(data[:_LOOKED_AT]) if not word.isascii()))[:_MOST_WORDS]
    if not words:
        return WESTERN
    long = [word for word in words if len(word) >= _TELLING]
    if long and sum(min(word) >= 0x80 for word in long) >= _WHOLLY_OTHER * len(long):
        name, score = max(((page, _script_score(words, page, script)) for page, script in _OTHER_SCRIPTS), key=_second)
        if score > 0:
            return name
    # Western Windows comes first, and max takes the first of the best.
    return max(_LATIN, key=lambda page: _latin_score(words, page))


def _second(pair: tuple[str, float]) -> float:
    return pair[1]


def _script_score(words: Iterable[bytes], page: str, script: str) -> float:
    """Above 0 where the words are of that script, and written as people write: capitals only first, or throughout."""
    score = 0.0
    for word in words:
        text = word.decode(page, "replace")
        letters = [sign for sign in text if sign.isalpha()]
        inside = sum(unicodedata.name(sign, "").startswith(script) for sign in letters)
        if inside < len(text):
            score -= len(text) - inside
        rest = text[1:]
        score += inside if rest == rest.lower() or text == text.upper() else -inside
        if text[:1].islower() and text == text.swapcase().capitalize().swapcase() and len(text) > 1 and rest.isupper():
            score -= inside
    return score


def _latin_score(words: Iterable[bytes], page: str) -> int:
    return sum(_of_word(word.decode(page, "replace"), _FREQUENT[page], _AT_EDGES[page]) for word in words)


def _of_word(text: str, frequent: str, at_edges: str) -> int:
    """A letter that the languages of the page use speaks for it; a sign within a word, or a capital in it, against."""
    score = 0
    for place, sign in enumerate(text):
        if sign.isascii():
            continue
        at_edge = place in (0, len(text) - 1)
        if at_edge and sign in at_edges:
            score += _LIKELY
        elif _breaks(sign, len(text)) or (place and sign.isupper() and text[place + 1 : place + 2].islower()):
            score += _BROKEN
        else:
            score += _LIKELY if sign in frequent else _UNLIKELY
    return score


def _breaks(sign: str, length: int) -> bool:
    return length > 1 and not sign.isalpha() and sign not in _WITHIN
