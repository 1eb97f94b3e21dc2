"""The pages of the window, one file (or folder) a page; PAGES is the registry, in the order of the sidebar.

A new page: a class built on `page.Page`, and its line in PAGES. It gets everything from its Context.
"""

from ui.pages.page import Page
from ui.pages.people import PeoplePage

PAGES: tuple[type[Page], ...] = (
    # overview, timeline, diagnoses, tests, treatments, symptoms, documents, opinion go here, in this order
    PeoplePage,
)
