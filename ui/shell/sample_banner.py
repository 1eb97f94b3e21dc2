"""The quiet line above the sample record: nobody should take a made-up person for a real one."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from organizer.base.dates import spoken_day
from organizer.base.i18n import _
from ui.look.widgets.labels import label
from ui.look.widgets.side_by_side import SideBySide


class SampleBanner(QFrame):
    """Says what this is, and offers the two ways out."""

    own_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, as_of: date) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setAccessibleName(_("Sample record"))
        text = _("Sample record · made-up person · seen as of {day}").format(day=spoken_day(as_of))
        both = SideBySide()
        both.words.addWidget(label(text))
        both.words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 5, 24, 5)
        row.addWidget(both)
        for words, signal in ((_("Make your own record"), self.own_wanted), (_("Remove"), self.removal_wanted)):
            button = QPushButton(words)
            button.setProperty("role", "quiet")
            button.setAccessibleName(_("Remove the sample record") if signal is self.removal_wanted else words)
            button.clicked.connect(signal)
            both.buttons.addWidget(button)
