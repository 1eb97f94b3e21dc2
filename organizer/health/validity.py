"""Why an entry is kept and is no fact, in words: whoever lists it says so beside it."""

from organizer.base.i18n import _, marked
from organizer.model.entry import Entry
from organizer.model.links import Role

_WORDS = {
    "entered-in-error": marked("entered in error"),
    "refuted": marked("ruled out"),
    "withdrawn": marked("withdrawn"),
    "not-done": marked("not done"),
    "not-taken": marked("not taken"),
    "cancelled": marked("cancelled"),
    "noshow": marked("not attended"),
}
"""For each of STRUCK_STATUSES and NOT_DONE_STATUSES."""


def why_no_fact(entry: Entry) -> str:
    """`entered in error`, `ruled out`, `not done`, `set aside for another source`; "" for what is or was.

    A list that reads its entries without their links can't know what was set aside.
    """
    for status in (entry.status, entry.verification):
        if status in _WORDS:
            return _(_WORDS[status])
    return _("set aside for another source") if entry.targets(Role.SET_ASIDE_FOR) else ""
