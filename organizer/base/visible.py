"""Text of others shown on a terminal: what would steer it is seen, not sent.

A title from a file may hold escape sequences that clear the screen, rename the window or fill the clipboard (OSC 52),
C1 controls that do the same in one character (ECMA-48, 5th edition, 8.3), or marks that turn the order of what follows
(Unicode 15, chapter 23.2: U+061C, U+200E–F, U+202A–E, U+2066–9), with which a name is made to look like another.
"""

import re

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """The text with each steering character written as its number, `<U+001B>`; lines and tabs stay."""
    return _STEERING.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def escaped(json_text: str) -> str:
    """The same JSON with each steering character escaped: who reads it gets the very text, a terminal obeys none."""
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", json_text)
