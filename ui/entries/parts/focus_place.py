"""Where the keyboard was on a page that is filled anew: the same control, or the row where a removed one stood."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.entries.tables.table import Table


@dataclass(frozen=True, slots=True)
class FocusPlace:
    """What had the focus: its class, its spoken name, and of a table the row."""

    kind: type[QWidget]
    name: str
    row: int = -1


def focus_within(cards: Sequence[QWidget]) -> FocusPlace | None:
    """What has the focus within these; None where it is elsewhere."""
    focus = cards[0].window().focusWidget() if cards else None
    if focus is None or not any(card.isAncestorOf(focus) for card in cards):
        return None
    row = focus.current_row if isinstance(focus, Table) else -1
    return FocusPlace(type(focus), focus.accessibleName(), row)


def focus_again(cards: Sequence[QWidget], place: FocusPlace) -> None:
    """Give the focus to what stands for it now, else to the first control that there is."""
    widgets = list(chain.from_iterable((card, *card.findChildren(QWidget)) for card in cards))
    reachable = [widget for widget in widgets if _is_reached_by_tab(widget)]
    same = (widget for widget in reachable if type(widget) is place.kind and widget.accessibleName() == place.name)
    focus = next(same, None) or next(iter(reachable), None)
    if focus is None:
        return
    if isinstance(focus, Table):
        focus.stay_near(place.row)
    focus.setFocus(Qt.FocusReason.OtherFocusReason)


def _is_reached_by_tab(widget: QWidget) -> bool:
    return widget.isEnabled() and not widget.isHidden() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
