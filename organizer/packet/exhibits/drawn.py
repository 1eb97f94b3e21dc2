"""A document as a PDF that acts no more and shows all that it says: forms and notes are drawn into its pages."""

import io
from dataclasses import dataclass

import pikepdf
import pypdfium2

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.packet.exhibits.sanitise import made_harmless, shows_more_than_its_pages
from organizer.packet.exhibits.source import Source


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document as a PDF that acts no more: its bytes, what was done to it and what was taken out, in words."""

    pdf: bytes
    done: tuple[str, ...]
    source: Source

    def changed(self, pdf: bytes, words: str) -> "Drawn":
        """The same with other bytes, and why."""
        return Drawn(pdf, (*self.done, words), Source(pdf, self.source.removed))


def opened(data: bytes, password: str = "") -> Drawn:
    """A PDF made harmless, as it will be seen: as it came where it opens without complaint and draws all it shows
    itself; else as qpdf could recover it, without its password, its forms and notes drawn into its pages.

    Raises pikepdf.PasswordError where it asks for another password, pikepdf.PdfError where nothing can be recovered,
    OrganizerError where it has no pages.
    """
    source = pikepdf.open(io.BytesIO(data), password=password)
    count = len(source.pages)
    if not count:
        raise OrganizerError(_("The file has no pages."), _("Import a complete copy of it."))
    is_damaged = bool(source.get_warnings()) or _pages_shown(data, password) != count
    steps = ((is_damaged, _("repaired, may lack something")), (source.is_encrypted, _("unlocked")))
    done = tuple(words for happened, words in steps if happened)
    as_it_came = not done and not shows_more_than_its_pages(source)
    removed = made_harmless(source)
    if as_it_came:
        return Drawn(data, (), Source(data, removed, source))
    paper = io.BytesIO()
    source.save(paper, static_id=True, encryption=False)
    return Drawn(paper.getvalue(), done, Source(paper.getvalue(), removed))


def _pages_shown(data: bytes, password: str) -> int:
    """How many pages pdfium finds: where its page tree counts wrongly, other than qpdf; -1 where it opens none."""
    try:
        document = pypdfium2.PdfDocument(data, password=password or None)
    except pypdfium2.PdfiumError:
        return -1
    count = len(document)
    document.close()
    return count
