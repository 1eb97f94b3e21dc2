"""One file a section; SECTIONS is the registry, in the usual order of the paper.

A new section: one file here that declares a `Section`, and its line in SECTIONS. It draws with the context it is
given: facts by `context.state(...)`, which makes the citation, and says so where something isn't recorded.
"""

from collections.abc import Sequence
from itertools import pairwise

from organizer.packet.contents.section import Section
from organizer.packet.contents.sections.cover import COVER
from organizer.packet.contents.sections.differ import DIFFER
from organizer.packet.contents.sections.exhibit_index import EXHIBITS
from organizer.packet.contents.sections.imaging import IMAGING
from organizer.packet.contents.sections.levels import LEVELS
from organizer.packet.contents.sections.medicines import MEDICINES
from organizer.packet.contents.sections.missing import MISSING
from organizer.packet.contents.sections.options import OPTIONS
from organizer.packet.contents.sections.plain import BACKGROUND, PLAIN, TEAM
from organizer.packet.contents.sections.problems import PROBLEMS
from organizer.packet.contents.sections.questions import QUESTIONS
from organizer.packet.contents.sections.results import RESULTS
from organizer.packet.contents.sections.since import SINCE
from organizer.packet.contents.sections.summary import SUMMARY
from organizer.packet.contents.sections.timeline import TIMELINE
from organizer.packet.contents.sections.treatments import TREATMENTS
from organizer.packet.contents.sections.words import WORDS

SECTIONS: tuple[Section, ...] = (
    COVER,
    SUMMARY,
    SINCE,
    QUESTIONS,
    PROBLEMS,
    TIMELINE,
    MEDICINES,
    TREATMENTS,
    RESULTS,
    LEVELS,
    IMAGING,
    DIFFER,
    MISSING,
    WORDS,
    OPTIONS,
    BACKGROUND,
    TEAM,
    PLAIN,
    EXHIBITS,
)

FIRST, LAST = COVER.id, EXHIBITS.id
"""These keep their places: the cover holds the contents, and the exhibits follow their index."""


def arranged(order: Sequence[str]) -> tuple[Section, ...]:
    """All sections in a person's order (ids, empty for the usual one).

    What the order doesn't name, a section that is newer than it, follows the one that it usually follows.
    """
    known = {section.id: section for section in SECTIONS}
    usual = [FIRST, *(name for name in known if name not in (FIRST, LAST))]
    ids = [FIRST, *(name for name in dict.fromkeys(order) if name in usual[1:])]
    for before, name in pairwise(usual):
        if name not in ids:
            ids.insert(ids.index(before) + 1, name)
    return tuple(known[name] for name in (*ids, LAST))
