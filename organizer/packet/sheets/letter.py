"""A letter on paper: sender above, recipient, day, subject, paragraphs, room for a signature."""

from reportlab.platypus import Flowable

from organizer.health.opinion.letter_facts import Letter
from organizer.health.opinion.letter_rights import LETTER_PAPER
from organizer.packet.page import style
from organizer.packet.page.flow import Drawn, Element, Rule, Space, Stack
from organizer.packet.page.style import Face
from organizer.packet.page.typesetting import Run, Text
from organizer.packet.sheets.paper import Sheet, drawn, words

_MARGIN = 72.0
_TEXT = Face(style.REGULAR, 11, style.TEXT, 16)
_SUBJECT = Face(style.STRONG, 12, style.TEXT, 17)


def letter_pdf(letter: Letter) -> bytes:
    """The letter's bytes; the same letter gives the same bytes."""
    style.register_fonts()
    size = "letter" if letter.variant in LETTER_PAPER else "a4"
    sheet = Sheet(letter.subject, letter.sender.partition("\n")[0], size, _MARGIN)
    parts: list[Element] = [*_lines(sheet, letter.sender, style.MUTED), Space(22)]
    parts += [*_lines(sheet, letter.address, _TEXT), Space(16), *_lines(sheet, letter.day, _TEXT), Space(18)]
    parts += [Text([Run(letter.subject, _SUBJECT)], sheet.width), Space(10)]
    story: list[Flowable] = [Drawn(Stack(parts), sheet.width)]
    for paragraph in letter.body.split("\n\n"):
        story += words(sheet, paragraph, _TEXT, 9)
    closing: list[Element] = [Space(38), Rule(220, thin=True), Space(3), *_lines(sheet, letter.closing, _TEXT)]
    story.append(Drawn(Stack(closing), sheet.width))
    return drawn(sheet, story)


def _lines(sheet: Sheet, text: str, face: Face) -> list[Element]:
    return [Text([Run(line, face)], sheet.width) for line in text.splitlines() if line.strip()]
