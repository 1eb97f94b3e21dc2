"""What Tests & imaging shows: the lists, one measure with its chart and table, one report beside its document."""

from ui.pages.tests_imaging.page import TestsPage

__all__ = ["TestsPage"]
