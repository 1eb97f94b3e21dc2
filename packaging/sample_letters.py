"""Reads the sentences of the sample record's documents from `sample_letters/*.txt`.

Every date and value there stands in `st-annes-fhir-bundle.json` or `northfield-ccd.xml` too. Such a file begins with
`key: value` lines (`fact: label: value` stands on every page), then pages, each after a line `=== page`. Blocks are
set apart by an empty line; their first character tells their style: `# ` heading, `! ` a sentence in bold, `| ` a row
of a table, `~ ` a signature, anything else plain text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "sample_letters"
STYLES = {"# ": "heading", "! ": "strong", "| ": "table", "~ ": "signature"}


@dataclass(frozen=True)
class House:
    """A hospital's letterhead; the fonts are PDF's own, which every reader has."""

    name: str
    address: str
    colour: str
    regular: str
    bold: str
    typed: str
    typed_bold: str


@dataclass(frozen=True)
class Block:
    """One piece of a page: `style` is heading, text, strong, table or signature."""

    style: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Paper:
    """A document: `own_file` when the person also got it by itself, not only inside the portal's bundle."""

    file: str
    title: str
    house: House
    department: str
    kind: str
    own_file: bool
    facts: tuple[tuple[str, str], ...]
    pages: tuple[tuple[Block, ...], ...]


HELVETICA = ("Helvetica", "Helvetica-Bold")
ST_ANNES = "200 Harbour Street, Easthaven, MA 01999"
HOUSES = {
    "st-annes": House("St Anne’s Hospital", f"{ST_ANNES} · +1 555 0120", "#1F5A94", *HELVETICA, *HELVETICA),
    "st-annes-pathology": House(
        "ST ANNE’S HOSPITAL", f"{ST_ANNES} · +1 555 0123", "#1F2421", *HELVETICA, "Courier", "Courier-Bold"
    ),
    "northfield": House(
        "Northfield General Hospital",
        "8 Mill Road, Northfield Falls, MA 01998 · +1 555 0110",
        "#6B3A0F",
        *("Times-Roman", "Times-Bold") * 2,
    ),
}


def read_paper(path: Path) -> Paper:
    """One document; raises KeyError for a line of the head that is missing or a house nobody knows."""
    head, *pages = path.read_text(encoding="utf-8").split("=== page\n")
    pairs = [line.split(": ", 1) for line in head.splitlines() if line]
    said = {key: value for key, value in pairs if key != "fact"}
    return Paper(
        file=path.with_suffix(".pdf").name,
        title=said["title"],
        house=HOUSES[said["house"]],
        department=said["department"],
        kind=said["kind"],
        own_file=said["own-file"] == "yes",
        facts=tuple(chain.from_iterable([read_fact(value)] for key, value in pairs if key == "fact")),
        pages=tuple(tuple(read_blocks(page)) for page in pages),
    )


def read_fact(text: str) -> tuple[str, str]:
    label, value = text.split(": ", 1)
    return label, value


def read_blocks(page: str) -> Iterator[Block]:
    for piece in page.strip().split("\n\n"):
        style = STYLES.get(piece[:2], "text")
        lines = piece.splitlines() if style == "text" else [line[2:] for line in piece.splitlines()]
        if style == "table":
            yield Block(style, rows=tuple(read_row(line) for line in lines))
        else:
            yield Block(style, ("\n" if style == "signature" else " ").join(lines))


def read_row(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.rstrip("|").split("|"))


DOCUMENTS = tuple(read_paper(path) for path in sorted(FOLDER.glob("*.txt")))
