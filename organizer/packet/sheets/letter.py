"""A letter on paper: sender above, recipient, day, subject, paragraphs, room for a signature."""

from reportlab.platypus import Flowable

from organizer.health.opinion.letter_facts import Letter
from organizer.health.opinion.letter_rights import LETTER_PAPER
from organizer.packet.page import style
from organizer.packet.page.flow import Drawn, Element, Rule, Space, Stack
from organizer.packet.page.style import Face
from organizer.packet.page.typesetting import Run, Text
from organizer.packet.sheets.paper import Sheet, drawn, taken, words

_MARGIN = 72.0
_TEXTS = (Face(style.REGULAR, 11, style.TEXT, 16), Face(style.REGULAR, 10.5, style.TEXT, 14))
"""Of a letter, and of one that would only just need a second page: a signature stands with what it signs."""
_SUBJECT = Face(style.STRONG, 12, style.TEXT, 17)


def letter_pdf(letter: Letter) -> bytes:
    """The letter's bytes; the same letter gives the same bytes."""
    style.register_fonts()
    size = "letter" if letter.variant in LETTER_PAPER else "a4"
    sheet = Sheet(letter.subject, letter.sender.partition("\n")[0], size, _MARGIN)
    stories = [_story(sheet, letter, face) for face in _TEXTS]
    shortest = min(stories, key=lambda story: taken(sheet, story))
    return drawn(sheet, shortest)


def _story(sheet: Sheet, letter: Letter, face: Face) -> list[Flowable]:
    parts: list[Element] = [*_lines(sheet, letter.sender, style.MUTED), Space(22)]
    parts += [*_lines(sheet, letter.address, face), Space(16), *_lines(sheet, letter.day, face), Space(18)]
    parts += [Text([Run(letter.subject, _SUBJECT)], sheet.width), Space(10)]
    story: list[Flowable] = [Drawn(Stack(parts), sheet.width)]

    # The last paragraph goes with the signature: it never stands alone on a page.
    *paragraphs, last = letter.body.split("\n\n")
    for paragraph in paragraphs:
        story += words(sheet, paragraph, face, 9)
    closing: list[Element] = [*_lines(sheet, last, face), Space(38), Rule(220, thin=True), Space(3)]
    story.append(Drawn(Stack([*closing, *_lines(sheet, letter.closing, face)]), sheet.width))
    return story


def _lines(sheet: Sheet, text: str, face: Face) -> list[Element]:
    return [Text([Run(line, face)], sheet.width) for line in text.splitlines() if line.strip()]
