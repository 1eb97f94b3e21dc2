"""C-CDA documents and fragments: the document itself and each clinical statement, by its template or its section."""

from organizer.importing.formats.ccda.reader import CCDA

__all__ = ["CCDA"]
