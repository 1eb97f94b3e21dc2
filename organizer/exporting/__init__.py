"""How a record goes out as data: FHIR, CSV, plain SQLite, the original files. What goes out is no longer encrypted.

A new way out: one module here with an instance of `Export`, and its line in EXPORTS.
"""

from organizer.exporting.csv_tables import CSV
from organizer.exporting.export import Export
from organizer.exporting.fhir import FHIR, IPS
from organizer.exporting.original_files import ORIGINALS
from organizer.exporting.plain_sqlite import SQLITE

EXPORTS: tuple[Export, ...] = (FHIR, IPS, CSV, SQLITE, ORIGINALS)
