"""What one entry is to another: the roles of links. A word that isn't here is kept where a file brings it."""

from enum import StrEnum
from typing import NewType


class Role(StrEnum):
    """The role of a link, read from the entry that holds it: a plan `treats` a diagnosis, a report's `result` is…

    Which kinds hold which role, and what stands at the other end, their declarations tell (`Kind.links`).
    """

    ABOUT = "about"
    ANSWERED_BY = "answered-by"
    ANSWERS = "answers"
    CARD = "card"
    CASE = "case"
    CONFLICTS_WITH = "conflicts-with"
    """Another source says something else than the entry that it points at; the person is to settle it."""
    COVERAGE = "coverage"
    DEVICE = "device"
    """From a statement of use to its device, while a file is read."""
    DOCUMENT = "document"
    EVIDENCE = "evidence"
    FOR = "for"
    GOAL = "goal"
    INCLUDES = "includes"
    MEMBER = "member"
    MEMBER_OF = "member-of"
    OPTION = "option"
    REPORT = "report"
    RESTS_ON = "rests-on"
    RESULT = "result"
    REVISES = "revises"
    SET_ASIDE_FOR = "set-aside-for"
    """The person settled that the other entry is right; this one is kept, and is no fact."""
    SUSPECTS = "suspects"
    TREATS = "treats"


UnknownRole = NewType("UnknownRole", str)
"""A role that another program wrote: kept as it came."""

_KNOWN = {role.value: role for role in Role}


def role_of(text: str) -> Role | UnknownRole:
    """The role of that word; a word that is none stays as it is."""
    return _KNOWN.get(text) or UnknownRole(text)
