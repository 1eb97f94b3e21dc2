"""A list of medicines, vaccinations, allergies or diagnoses as a table of a file: its rows as entries."""

from dataclasses import replace

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.base.written_dates import is_open
from organizer.health.named_patient import NamedPatient
from organizer.importing.core.format import Draft, Reading, Skipped, SourceFile
from organizer.importing.formats.tables.grid import Row, Sheet
from organizer.importing.formats.tables.lists import Layout, entry_of, unused_columns
from organizer.importing.formats.tables.mapping import Mapping
from organizer.importing.formats.tables.sheet_reader import ROWS_AT_ONCE, columns_not_read, place_of, question_of_date
from organizer.model.entry import Entry, Source


def read_list(
    part: Sheet, layout: Layout, whose: NamedPatient, source: SourceFile, reading: Reading, progress: Progress
) -> tuple[Mapping, str]:
    """Each row as an entry or left out with its reason; gives how to ask for its dates, and the first open one."""
    heading = part.rows[layout.heading][1]
    body = part.rows[layout.heading + 1 :]
    people = _people(part, layout, reading)
    filled: set[int] = set()
    open_date = ""
    for number, (line, row) in enumerate(body):
        if number % ROWS_AT_ONCE == 0:
            progress.check()
            progress.report(_("Reading {name}").format(name=source.name), number, len(body))
        filled |= {place for place, cell in enumerate(row) if cell.strip()}
        where = place_of(part, line)
        if row == heading:
            reading.skipped.append(Skipped(where, _("row"), _("The headings once more.")))
            continue

        entry, reason, unread = entry_of(row, layout)
        open_date = open_date or _open_in(row, layout)
        if entry is None:
            reading.skipped.append(Skipped(where, _("row"), reason))
            continue
        reading.warnings += filter(None, [unread])
        reading.drafts.append(_draft(entry, where, row, layout, whose, people))

    if open_date:
        reading.warnings.append(question_of_date(open_date, layout.order))
    unread_places = sorted(filled.intersection(unused_columns(layout, heading)))
    reading.warnings += columns_not_read([heading[place] for place in unread_places])
    return Mapping(heading=layout.heading, date=layout.columns.get("since", -1), date_order=layout.order), open_date


def _draft(entry: Entry, where: str, row: Row, layout: Layout, whose: NamedPatient, people: bool) -> Draft:
    name = layout.cell(row, "person")
    entry = replace(entry, sources=(Source(locator=where),))
    if people and name:
        return Draft(entry, name)
    born = tuple(day.text for day in whose.born)
    return Draft(entry, patient_name=name or whose.name, patient_born=born)


def _open_in(row: Row, layout: Layout) -> str:
    """The first of a row's dates that may be two days; "" where there is none."""
    dates = (layout.cell(row, "since"), layout.cell(row, "until"))
    return next((date for date in dates if is_open(date, layout.order)), "")


def _people(part: Sheet, layout: Layout, reading: Reading) -> bool:
    """Where a list is of several people, each of them as a person."""
    names = dict.fromkeys(layout.cell(row, "person") for _line, row in part.rows[layout.heading + 1 :])
    names.pop("", None)
    if len(names) < 2:
        return False
    for name in names:
        entry = Entry("Patient", name, sources=(Source(locator=part.name or "table", identifier=name),))
        reading.drafts.append(Draft(entry, name, stands_for=0))
    return True
