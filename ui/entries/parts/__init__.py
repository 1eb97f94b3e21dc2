"""Pieces of pages that know an open record: rows of entries, a page of cards, a document's pages.

What knows no record lives in `ui.look.widgets`; pages and steps use both and never each other's.
"""
