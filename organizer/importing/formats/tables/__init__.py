"""Tables of results: CSV, TSV, text with other separators, XLSX. One row is one thing read.

Which column holds what is a `Mapping`, guessed from the headings; what the headings and cells leave open (day or month
first) is asked, not guessed.
"""

from organizer.importing.formats.tables.reader import TABLES

__all__ = ["TABLES"]
