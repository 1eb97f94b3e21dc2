"""One file a section; SECTIONS is the registry, in the order of the paper.

A new section: one file here that declares a `Section`, and its line in SECTIONS. It draws with the context it is
given: facts by `context.state(...)`, which makes the citation, and says so where something isn't recorded.
"""

from organizer.packet.section import Section
from organizer.packet.sections.cover import COVER
from organizer.packet.sections.differ import DIFFER
from organizer.packet.sections.exhibit_index import EXHIBITS
from organizer.packet.sections.imaging import IMAGING
from organizer.packet.sections.medicines import MEDICINES
from organizer.packet.sections.missing import MISSING
from organizer.packet.sections.plain import BACKGROUND, PLAIN, TEAM
from organizer.packet.sections.questions import QUESTIONS
from organizer.packet.sections.results import RESULTS
from organizer.packet.sections.summary import SUMMARY
from organizer.packet.sections.timeline import TIMELINE
from organizer.packet.sections.treatments import TREATMENTS
from organizer.packet.sections.words import WORDS

SECTIONS: tuple[Section, ...] = (
    COVER,
    SUMMARY,
    QUESTIONS,
    TIMELINE,
    MEDICINES,
    TREATMENTS,
    RESULTS,
    IMAGING,
    DIFFER,
    MISSING,
    WORDS,
    BACKGROUND,
    TEAM,
    PLAIN,
    EXHIBITS,
)
