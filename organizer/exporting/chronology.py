"""The chronology as a table for a spreadsheet: CSV, or XLSX with a header that stays in sight."""

import io

from organizer.base.i18n import _, marked
from organizer.exporting.csv_tables import harmless, table
from organizer.exporting.rows import Row
from organizer.health.opinion.chronology import SHORTENED, Chronology, ChronologyRow
from organizer.health.voice import Voice

_WIDTHS = (6, 14, 24, 28, 18, 80, 34, 40, 26)


def as_rows(chronology: Chronology, comments: bool = False) -> list[Row]:
    """One row a line: those with a source and, in their place, the gaps between them; then the unsourced notes.

    Where lines are left out by choice the first row says so.
    """
    gaps = {gap.after: gap for gap in chronology.gaps}
    rows: list[Row] = [_line(comments, says=chronology.voice.say(SHORTENED))] if chronology.is_shortened else []
    for row in chronology.rows:
        rows.append(_row(row, comments))
        gap = gaps.get(row.number)
        if gap is not None:
            rows.append(_line(comments, says=gap.words(), flag=_("gap")))
    rows += [_own(row, comments) for row in chronology.unsourced]
    return [_headed(row, chronology.voice) for row in rows or [_line(comments)]]


def _headed(row: Row, voice: Voice) -> Row:
    """The column of comments under the name of who makes them."""
    own = _("My comment")
    return {voice.say(marked("My comment")) if name == own else name: value for name, value in row.items()}


def as_csv(chronology: Chronology, comments: bool = False) -> bytes:
    """UTF-8 with a mark; a cell that a spreadsheet would run is made harmless."""
    return table(as_rows(chronology, comments))


def as_xlsx(chronology: Chronology, comments: bool = False) -> bytes:
    """A workbook with one sheet; texts only, no formulas."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    rows = as_rows(chronology, comments)
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(_("Chronology"))
    sheet.append(list(rows[0]))
    for row in rows:
        texts = [ILLEGAL_CHARACTERS_RE.sub(" ", value) if isinstance(value, str) else value for value in row.values()]
        sheet.append([harmless(value) for value in texts])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for number, width in enumerate(_WIDTHS[: len(rows[0])], 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    paper = io.BytesIO()
    book.save(paper)
    return paper.getvalue()


def _own(row: ChronologyRow, comments: bool) -> Row:
    """Without a number: those are of the lines that have a source."""
    flag = _("own note") if row.source else _("unsourced note")
    return _row(row, comments) | {_("No."): None, _("Flag"): flag}


def _row(row: ChronologyRow, comments: bool) -> Row:
    fields = _line(
        comments, row.number, row.when, row.provider, row.facility, row.record_type, row.says, row.source,
        ", ".join(row.flags),
    )  # fmt: skip
    return fields | ({_("My comment"): row.comment} if comments else {})


def _line(
    comments: bool,
    number: int | None = None,
    when: str = "",
    provider: str = "",
    facility: str = "",
    record_type: str = "",
    says: str = "",
    source: str = "",
    flag: str = "",
) -> Row:
    line: Row = {
        _("No."): number,
        _("Date"): when,
        _("Provider"): provider,
        _("Facility"): facility,
        _("Record type"): record_type,
        _("What the record says"): says,
        _("Source"): source,
        _("Flag"): flag,
    }
    return line | ({_("My comment"): ""} if comments else {})
