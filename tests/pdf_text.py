"""What a written PDF says, read by pdfium, which shares no code with what writes."""

import pypdfium2


def pdf_text(pdf):
    """The text of a file or of bytes, page after page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def pdf_line(pdf):
    """The same as one line: where a line breaks says nothing."""
    return " ".join(pdf_text(pdf).split())
