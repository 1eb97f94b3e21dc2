"""Questions worth bringing: from the reasons, the options, what is pending, and the case itself."""

from collections.abc import Sequence

from organizer.base.i18n import _
from organizer.health.grouping import fold
from organizer.health.opinion.view import Reason
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.model.links import Role
from organizer.model.statuses import Status

STARRED = 3
"""How many may be marked as mattering most: what fits the first minutes of a visit."""


def suggestions(
    reasons: Sequence[Reason], options: Sequence[Entry], orders: Sequence[Entry], asked: Sequence[Entry]
) -> list[tuple[str, str]]:
    """Each question with why it is worth asking; those that the person has already written are left out."""
    reasons_of: dict[str, str] = {}
    for reason in reasons:
        for question in reason.questions:
            reasons_of.setdefault(question, reason.title)
    for entry in options:
        if entry.status in (Status.NOT_SAID, Status.OPEN):
            reasons_of.setdefault(
                _("How would we know that “{option}” works, and by when?").format(option=entry.title),
                _("An open option"),
            )
    for entry in orders:
        if entry.status in (Status.ACTIVE, Status.ON_HOLD, Status.DRAFT) and not entry.targets(Role.ANSWERED_BY):
            reasons_of.setdefault(
                _("Is “{order}” still needed?").format(order=plain_title(entry)), _("Ordered, and no result yet")
            )
    reasons_of.setdefault(
        _("Whom do I call if it gets worse before we meet again?"), _("Good to know before one leaves")
    )
    known = {_folded(question.title) for question in asked}
    return [(question, why) for question, why in reasons_of.items() if _folded(question) not in known]


def _folded(text: str) -> str:
    return fold(text).rstrip("?. ")
