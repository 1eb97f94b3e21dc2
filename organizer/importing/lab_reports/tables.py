"""Tables of a report: which lines belong to which head, which lines are rows, and what wraps onto the next line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from organizer.base.analyte_names import analytes_named, specimen_in
from organizer.importing.lab_reports import columns as heads
from organizer.importing.lab_reports.cards import as_rows
from organizer.importing.lab_reports.columns import Head
from organizer.importing.lab_reports.lines import Line, text_of
from organizer.importing.lab_reports.rows import Row, fitted, known, pieces_in, row_of
from organizer.importing.lab_reports.values import sort_of

_LABELS = re.compile(
    r"\b(?:phone|tel|telefon|telephone|telefono|fax|page|pagina|seite|dob|date|datum|fecha|id|mrn|nhs|age|alter|edad|address|adresse|direccion|"
    r"order|auftrag\w*|patient\w*|paciente|geb|name|nombre|nom|ssn|sex|gender|account|accession|specimen|sample|collected|received|reported|printed|"
    r"physician|doctor|dr|medecin|medico|arzt|ward|room|bed|report|befund|lab|labor|laboratory|npi|clia|street|hospital|visit|fasting|"
    r"versicherten\w*|kasse|station|dossier|historia|solicitud|ne|nee|le|nac|received|entnahme|eingang|ausgang|validated|code|postcode|zip|barcode|no|nr|num|numero)\b"
)
_SECTION = re.compile(
    r"h(?:a?e|a|e)mat|biochem|chemi|serolog|immun|hormon|endocri|lipid|coagul|gerinnung|coagul|urin|orin|blutbild|hemogram|hemograma|bioqu|panel|profil|"
    r"cbc|count|niere|leber|liver|renal|kidney|thyroid|schilddr|tumor|marker|vitamin|elektrolyt|electrolyt|ionogram|glyc|gluc|blood|sang|eisen|iron"
)
_EQUALS = frozenset(
    (
        "soit",
        "ou",
        "d h",
        "das sind",
        "entspr",
        "entspricht",
        "i e",
        "equals",
        "equivalent to",
        "corresponding to",
        "o sea",
        "equivale a",
        "pari a",
    )
)
"""Where a name should stand: the same result in another unit."""
_METHOD = re.compile(
    r"\b(?:clia|eclia|cmia|hplc|ngsp|ifcc|jaffe|kinetic|enzym\w*|uv|photometr\w*|colou?rimetr\w*|turbidimetr\w*|nephelometr\w*|immuno\w*|elisa|"
    r"cobas|roche|abbott|architect|siemens|beckman|biuret|hexokinase|uricase|urease|god|pod|chod|pap|gpo|ise|impedance|cytometr\w*|"
    r"westergren|spectro\w*|methode?|metodo|technique|tecnica|verfahren|yontem)\b"
)
_NO_SENTENCE = 7
_CLOSE, _PITCH_SLACK = 0.88, 1.15


@dataclass(slots=True)
class Table:
    """Lines under one head (None: a report that has none), in the order of the pages."""

    head: Head | None
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class PlacedRow:
    """A row with the section and the specimen under which it stands."""

    row: Row
    section: str = ""
    specimen: str = ""


def tables_of(pages: Sequence[Sequence[Line]]) -> list[Table]:
    """The tables of all pages; a head holds over the next pages until another comes."""
    tables: list[Table] = []
    current: list[Table] = []
    for lines in pages:
        at = 0
        while at < len(lines):
            line = lines[at]
            columns = heads.head_columns(line)
            at += 1
            if columns:
                while at < len(lines) and (more := heads.add_line(columns, lines[at], line)) is not None:
                    columns, line, at = more, lines[at], at + 1
                current = [Table(head) for head in heads.heads_of(columns, line.em)]
                tables += current
            elif current:
                _put(line, current)
    return tables or _headless(pages)


def _put(line: Line, tables: Sequence[Table]) -> None:
    for table in tables:
        assert table.head is not None
        part = line.within(table.head.left, table.head.right)
        if part is not None:
            table.lines.append(part)


def _headless(pages: Sequence[Sequence[Line]]) -> list[Table]:
    tables: list[Table] = []
    for page in pages:
        lines = as_rows(page)
        gutter = _gutter(lines)
        if gutter is None:
            tables.append(Table(None, list(lines)))
            continue
        for left, right in ((float("-inf"), gutter), (gutter, float("inf"))):
            parts = [part for line in lines if (part := line.within(left, right)) is not None]
            tables.append(Table(None, parts))
    return tables


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where two lists stand side by side: the left end of the second names of most rows that have two."""
    seconds = []
    for line in lines:
        cells = line.cells()
        for number, cell in enumerate(cells[2:], start=2):
            left = any(sort_of(text_of(cell)) in ("number", "bound", "word") for cell in cells[1:number])
            if left and known(text_of(cell), False) and number + 1 < len(cells):
                seconds.append(cell[0].x0 - line.em / 2)
                break
    return median(seconds) if len(seconds) >= 3 else None


def rows_of(table: Table, recognised: bool) -> list[PlacedRow]:
    """The rows of a table in order, wrapped names and ranges put together, each with its section and specimen."""
    head = fitted(table.head, table.lines) if table.head else None
    return _Walk(head, _pitch(table, head), recognised).through(table.lines)


def _pitch(table: Table, head: Head | None) -> float:
    """The usual distance from a row to the next, in the page's unit."""
    valued = [line for line in table.lines if row_of(line, head).valued]
    steps = [
        two.middle - line.middle for line, two in pairwise(valued)
        if line.page == two.page and two.middle > line.middle
    ]  # fmt: skip
    near = [step for step in steps if step < 2 * min(steps)] if steps else []
    return median(near) if near else 0.0


class _Walk:
    """Goes through a table's lines, remembering the row above and the text that no row has taken yet."""

    def __init__(self, head: Head | None, pitch: float, recognised: bool) -> None:
        self._head, self._pitch, self._recognised = head, pitch, recognised
        self._rows: list[PlacedRow] = []
        self._waiting: Line | None = None
        self._last: Line | None = None
        self._section = self._specimen = self._heading = ""

    def through(self, lines: Sequence[Line]) -> list[PlacedRow]:
        for line in lines:
            row = self._named(row_of(line, self._head))
            if row.valued and row.name and self._is_row(row):
                self._row(row)
            elif row.valued and not row.name and self._waiting is not None and self._is_value_alone(row):
                row.name, row.lines = self._waiting.text, [self._waiting, line]
                self._waiting = None
                self._keep(row)
            elif not row.valued and not row.name and row.range_text and self._near(line):
                self._more_range(row)
            else:
                self._text(line, row)
            self._last = line
        return self._rows

    def _named(self, row: Row) -> Row:
        """A row whose place for a name only says “or”, or “result”, has the name of the row or the heading above it."""
        phrase = heads.phrase_of(row.name)
        if row.valued and phrase in _EQUALS and self._rows:
            row.name = self._rows[-1].row.name
        elif row.valued and heads.is_label_of_value(phrase):
            row.name, self._heading = self._heading, ""
        return row

    def _row(self, row: Row) -> None:
        waiting = self._waiting
        if waiting is not None and self._begins(waiting, row):
            row.name = f"{waiting.text} {row.name}"
            row.lines.insert(0, waiting)
        self._waiting = None
        self._keep(row)

    def _keep(self, row: Row) -> None:
        self._rows.append(PlacedRow(row, self._section, self._specimen))

    def _is_value_alone(self, row: Row) -> bool:
        assert self._waiting is not None
        return row.line.middle - self._waiting.middle < 1.6 * row.line.em and known(
            self._waiting.text, self._recognised
        )

    def _is_row(self, row: Row) -> bool:
        """A row has a known name, or a unit, a range or a word as its value; labels of the letter head have none."""
        if known(row.name, self._recognised) or known(_tidied(row.name), self._recognised):
            return self._head is not None or row.cells > 1 or bool(row.unit)
        waiting = self._waiting
        if waiting is not None and analytes_named(f"{waiting.text} {row.name}", self._recognised):
            return True
        if not any(text.isalpha() for text in row.name) or _LABELS.search(heads.phrase_of(row.name)):
            return False
        if self._is_sentence(row):
            return False
        value = sort_of(next(result.value for result in row.results if result.value))
        ranged = bool(row.range_text or row.ends)
        if self._head is None:
            return bool(row.unit) and ranged
        return value in ("number", "bound", "word") and (
            ranged or (bool(row.unit) and value == "number") or value == "word"
        )

    def _is_sentence(self, row: Row) -> bool:
        """Words that run on without a gap, or over the column of values, are a comment."""
        if row.cells == 1:
            return not _is_listed(row)
        first = pieces_in(row.line)[0]
        if self._head is None:
            return len(first.text.split()) > _NO_SENTENCE
        values = self._head.having("value")
        return any(first.x1 > value.x0 + row.line.em and first.x0 < value.x0 for value in values[:1])

    def _begins(self, waiting: Line, row: Row) -> bool:
        """The line above is the first part of this row's name."""
        if not self._neighbours(waiting, row.line):
            return False
        both = f"{waiting.text} {row.name}"
        if analytes_named(both, self._recognised) and not _same(both, row.name):
            return True
        return not known(row.name, self._recognised) and _unfinished(waiting.text, row.name)

    def _text(self, line: Line, row: Row) -> None:
        """A line without a value: the rest of the name above, a section's heading, or a comment."""
        text = line.text
        above = self._rows[-1].row if self._rows and self._last in self._rows[-1].row.lines else None
        if above is not None and row.name and not row.valued and self._continues(above, line, row):
            above.name = f"{above.name} {row.name}"
            above.lines.append(line)
            if row.range_text:
                self._more_range(row)
            return
        self._waiting = line
        if self._is_heading(line):
            self._section, self._specimen = text.strip(" :"), specimen_in(text)
            self._heading = self._section

    def _continues(self, above: Row, line: Line, row: Row) -> bool:
        if not self._neighbours(above.lines[-1], line) or len(row.name.split()) > _NO_SENTENCE or self._is_wide(line):
            return False
        both = f"{above.name} {row.name}"
        if analytes_named(both) and not _same(both, above.name):
            return True
        if known(row.name, False) and not _unfinished(above.name, row.name):
            return False
        if _is_method(line.text):
            return False
        gap = line.middle - above.lines[-1].middle
        close = bool(self._pitch) and gap < _CLOSE * self._pitch
        return (close and not self._is_heading(line)) or _unfinished(above.name, row.name)

    def _is_wide(self, line: Line) -> bool:
        values = self._head.having("value") if self._head else []
        return bool(values) and line.cells()[0][-1].x1 > values[0].x0 + line.em

    def _is_heading(self, line: Line) -> bool:
        text = line.text.strip(" :")
        if len(text.split()) > _NO_SENTENCE or any(word.isdigit() for word in text[:1]):
            return False
        shouted = text.upper() == text and sum(word.isalpha() for word in text) > 2
        return shouted or line.bold or line.text.endswith(":") or bool(_SECTION.search(heads.phrase_of(text)))

    def _more_range(self, row: Row) -> None:
        if not self._rows or self._last not in self._rows[-1].row.lines:
            return
        above = self._rows[-1].row
        above.range_text = f"{above.range_text} {row.range_text}".strip()
        above.range_spots = (*above.range_spots, *row.range_spots)
        above.ends = None
        above.lines.append(row.line)

    def _near(self, line: Line) -> bool:
        return self._last is not None and self._neighbours(self._last, line)

    def _neighbours(self, above: Line, line: Line) -> bool:
        reach = max(self._pitch * _PITCH_SLACK, 1.5 * line.em)
        return above.page == line.page and 0 < line.middle - above.middle <= reach


def _is_listed(row: Row) -> bool:
    """`WBC count: 7200 /uL (Ref: 4000-11000)`: a list's item, not a sentence."""
    if not row.name.endswith(":") or len(row.name.split()) > _NO_SENTENCE:
        return False
    return bool(row.unit and row.range_text) and not row.other


def _unfinished(first: str, rest: str) -> bool:
    """`Glomerular filtration rate,` or `(CKD-EPI` wants more; `(calculated)` and `estimated` want something before."""
    hangs = first.rstrip().endswith((",", "-", "/", "(", "&", "+")) or first.count("(") > first.count(")")
    return (
        hangs
        or rest[:1] in ("(", "/", "-")
        or (rest[:1].islower() and not rest.startswith(("pH",)) and len(rest.split()) <= 4)
    )


def _is_method(text: str) -> bool:
    """`(Modified Jaffe, kinetic)` and `Method: HPLC` below a name say how it was measured."""
    aside = text.startswith("(") and text.endswith(")")
    return (aside or ":" in text) and _METHOD.search(heads.phrase_of(text)) is not None


def _same(both: str, single: str) -> bool:
    """Nothing was gained: the longer name is known only because the shorter is."""
    return analytes_named(both) == analytes_named(single)


def _tidied(name: str) -> str:
    return name.strip(" :*†‡•.-")
