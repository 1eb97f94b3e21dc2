"""Whose the entries of a paper are: chosen in sight, and nobody's before it is said where the paper names another."""

from PySide6.QtWidgets import QComboBox

from organizer.base.i18n import _
from organizer.model.ids import PersonId, person_id
from organizer.services.bring_in.owners import Owner
from ui.look.widgets.choices import choices


def whose_box(owner: Owner, name: str) -> QComboBox:
    """The people of the record; `name` is what assistive technology says. First stands that it is to be said."""
    unsaid = [] if owner.person else [(_("Say whose they are"), "")]
    box = choices(name, [*unsaid, *((title, str(person)) for person, title in owner.people)])
    box.setCurrentIndex(max(box.findData(str(owner.person)), 0))
    return box


def person_in(box: QComboBox) -> PersonId:
    """Who is chosen; NOBODY before it is said."""
    return person_id(str(box.currentData() or ""))
