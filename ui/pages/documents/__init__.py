"""Documents: the list with its page beside it; bringing files in (`import_review`), looking at images (`imaging`)."""

from ui.pages.documents.page import DocumentsPage

__all__ = ["DocumentsPage"]
