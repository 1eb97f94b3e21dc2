"""Draws the documents of the sample record: run it after changing a sentence, commit what it writes.

Writes the PDFs and the insurance card of `resources/sample/`, and puts every document that a portal would
have sent along into the attachments of the FHIR bundle (matched by the attachment's title).
Same sentences, same bytes: reportlab draws with `invariant=1`.
"""

import base64
import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import letter
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from sample_letters import DOCUMENTS, Block, House, Paper

SAMPLE = Path(__file__).resolve().parent.parent / "resources" / "sample"
BUNDLE = SAMPLE / "st-annes-fhir-bundle.json"
MARK = "Sample – made-up person"
WIDTH, HEIGHT = letter
LEFT, RIGHT, BOTTOM = 68.0, WIDTH - 68.0, 84.0


@dataclass
class Pen:
    """Where the next line goes on a page of `paper`; `y` is in points from the page's foot."""

    canvas: Canvas
    paper: Paper
    page: int
    y: float = 0.0

    @property
    def house(self) -> House:
        return self.paper.house


def draw(paper: Paper) -> bytes:
    """The finished PDF of one paper; raises ValueError when a page's blocks don't fit."""
    with _written_as_letters():
        return _drawn(paper)


@contextmanager
def _written_as_letters() -> Iterator[None]:
    """As reportlab writes pages by itself, whatever a program in the same process chose (ASCII85)."""
    chosen, rl_config.useA85 = rl_config.useA85, 1
    try:
        yield
    finally:
        rl_config.useA85 = chosen


def _drawn(paper: Paper) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=letter, invariant=1, pageCompression=1)
    canvas.setTitle(f"{paper.title} ({MARK})")
    canvas.setAuthor(f"{paper.house.name} ({MARK})")
    for number, blocks in enumerate(paper.pages, start=1):
        draw_page(Pen(canvas, paper, number), blocks)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def draw_page(pen: Pen, blocks: tuple[Block, ...]) -> None:
    draw_letterhead(pen)
    draw_facts(pen)
    for block in blocks:
        DRAWERS[block.style](pen, block)
        if pen.y < BOTTOM:
            raise ValueError(f"{pen.paper.file}, page {pen.page}: the text runs into the footer")
    draw_footer(pen)


def draw_letterhead(pen: Pen) -> None:
    canvas, house, top = pen.canvas, pen.house, HEIGHT - 64
    canvas.setFillColor(HexColor(house.colour))
    canvas.setFont(house.bold, 17)
    canvas.drawString(LEFT, top, house.name)
    canvas.setFillColor(HexColor("#1F2421"))
    canvas.setFont(house.bold, 11)
    canvas.drawRightString(RIGHT, top, pen.paper.kind)
    canvas.setFont(house.regular, 10)
    canvas.drawString(LEFT, top - 16, pen.paper.department)
    canvas.drawRightString(RIGHT, top - 16, f"Page {pen.page} of {len(pen.paper.pages)}")
    canvas.setLineWidth(1.2)
    canvas.line(LEFT, top - 26, RIGHT, top - 26)
    pen.y = top - 44


def draw_facts(pen: Pen) -> None:
    """The two columns of names and numbers that stand on every page of a hospital's report."""
    canvas = pen.canvas
    for index, (label, value) in enumerate(pen.paper.facts):
        x = LEFT + (index % 2) * 250
        canvas.setFont(pen.house.regular, 10)
        canvas.drawString(x, pen.y, label)
        canvas.setFont(pen.house.typed, 10)
        canvas.drawString(x + 72, pen.y, value)
        if index % 2:
            pen.y -= 15
    if len(pen.paper.facts) % 2:
        pen.y -= 15
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, pen.y + 4, RIGHT, pen.y + 4)
    pen.y -= 20


def draw_heading(pen: Pen, block: Block) -> None:
    pen.canvas.setFont(pen.house.bold, 11)
    pen.canvas.drawString(LEFT, pen.y - 4, block.text)
    pen.y -= 22


def draw_paragraph(pen: Pen, block: Block) -> None:
    font = pen.house.typed_bold if block.style == "strong" else pen.house.typed
    pen.canvas.setFont(font, 10.5)
    for line in simpleSplit(block.text, font, 10.5, RIGHT - LEFT):
        pen.canvas.drawString(LEFT, pen.y, line)
        pen.y -= 15
    pen.y -= 8


def draw_table(pen: Pen, block: Block) -> None:
    """Rows of cells, the first row a heading; the first column takes twice the room of the others."""
    columns = len(block.rows[0])
    step = (RIGHT - LEFT) / (columns + 1)
    for number, row in enumerate(block.rows):
        pen.canvas.setFont(pen.house.bold if number == 0 else pen.house.regular, 10)
        for column, cell in enumerate(row):
            pen.canvas.drawString(LEFT if column == 0 else LEFT + (column + 1) * step, pen.y, cell)
        if number == 0:
            pen.canvas.line(LEFT, pen.y - 4, RIGHT, pen.y - 4)
            pen.y -= 3
        pen.y -= 15
    pen.y -= 8


def draw_signature(pen: Pen, block: Block) -> None:
    pen.y -= 18
    pen.canvas.setLineWidth(0.5)
    pen.canvas.line(LEFT, pen.y, LEFT + 200, pen.y)
    pen.canvas.setFont(pen.house.regular, 10)
    for line in block.text.split("\n"):
        pen.y -= 14
        pen.canvas.drawString(LEFT, pen.y, line)
    pen.y -= 30


def draw_footer(pen: Pen) -> None:
    canvas = pen.canvas
    canvas.setFont(pen.house.regular, 10)
    canvas.setFillColor(HexColor("#545B57"))
    canvas.drawString(LEFT, 52, pen.house.address)
    canvas.drawRightString(RIGHT, 52, MARK)


DRAWERS = {
    "heading": draw_heading,
    "text": draw_paragraph,
    "strong": draw_paragraph,
    "table": draw_table,
    "signature": draw_signature,
}

CARD_LINES = (
    (40, 34, 34, "Juniper Example Health Plan"),
    (40, 110, 20, "Member"),
    (40, 134, 30, "ELENA MARSH"),
    (40, 196, 20, "Member ID"),
    (40, 220, 30, "JEX 000 482 117"),
    (420, 196, 20, "Group"),
    (420, 220, 30, "55010"),
    (40, 282, 20, "Plan"),
    (40, 306, 26, "Choice PPO, since 1 Jan 2024"),
    (40, 372, 22, "Member services +1 555 0140 - pre-authorisation +1 555 0141"),
)


def draw_card() -> bytes:
    """The front of an insurance card as a phone would photograph it, clearly marked as a sample."""
    picture = Image.new("L", (760, 480), 226)
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((12, 12, 748, 468), 24, fill=250, outline=120, width=3)
    for x, y, size, text in CARD_LINES:
        pen.text((x, y), text, fill=40, font=ImageFont.load_default(size))
    pen.text((40, 420), f"SAMPLE - {MARK.split(' – ')[1]}", fill=70, font=ImageFont.load_default(28))
    target = io.BytesIO()
    picture.rotate(0.6, Image.Resampling.BICUBIC, fillcolor=226).save(target, format="PNG", optimize=True)
    return target.getvalue()


def embed(drawn: dict[str, bytes], bundle: Path) -> None:
    """Put the drawn documents into the bundle's attachments; raises KeyError for a title never drawn."""
    text = bundle.read_text(encoding="utf-8")
    for attachment in attachments(json.loads(text)):
        data = drawn[attachment["title"]]
        fresh = base64.b64encode(data).decode("ascii")
        digest = base64.b64encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode("ascii")
        # Replaced in the text, so that decimals such as 1.10 keep their digits.
        text = text.replace(f'"data": "{attachment["data"]}"', f'"data": "{fresh}"')
        text = text.replace(f'"hash": "{attachment["hash"]}"', f'"hash": "{digest}"')
        text = text.replace(f'"size": {attachment["size"]}', f'"size": {len(data)}')
    bundle.write_text(text, encoding="utf-8")


def attachments(node: Any) -> list[dict[str, Any]]:
    """Every PDF attachment at any depth of a JSON document."""
    if isinstance(node, list):
        return list(chain.from_iterable(attachments(item) for item in node))
    if not isinstance(node, dict):
        return []
    if node.get("contentType") == "application/pdf" and "data" in node:
        return [node]
    return list(chain.from_iterable(attachments(item) for item in node.values()))


def main() -> None:
    drawn = {paper.title: draw(paper) for paper in DOCUMENTS}
    for paper in DOCUMENTS:
        if paper.own_file:
            (SAMPLE / paper.file).write_bytes(drawn[paper.title])
    (SAMPLE / "insurance-card.png").write_bytes(draw_card())
    embed(drawn, BUNDLE)


if __name__ == "__main__":
    main()
