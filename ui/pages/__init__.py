"""The pages of the window, one file (or folder) a page; PAGES is the registry, in the order of the sidebar.

A new page: a class built on `ui.shell.page.Page`, and its line in PAGES. It gets everything from its Context.
"""

from ui.pages.diagnoses import DiagnosesPage
from ui.pages.documents import DocumentsPage
from ui.pages.opinion import OpinionPage
from ui.pages.overview import OverviewPage
from ui.pages.people import PeoplePage
from ui.pages.symptoms import SymptomsPage
from ui.pages.tests_imaging import TestsPage
from ui.pages.timeline import TimelinePage
from ui.pages.treatments import TreatmentsPage
from ui.shell.page import Page

PAGES: tuple[type[Page], ...] = (
    OverviewPage,
    TimelinePage,
    DiagnosesPage,
    TestsPage,
    TreatmentsPage,
    SymptomsPage,
    DocumentsPage,
    OpinionPage,
    PeoplePage,
)
