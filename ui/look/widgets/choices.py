"""A drop-down of choices that shortens long texts instead of widening its page."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

SHORTEST = 12


def choices(name: str, items: Sequence[tuple[str, str]]) -> QComboBox:
    """`items` are words and the value behind them; `name` is what assistive technology says."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(SHORTEST)
    for words, value in items:
        box.addItem(words, value)
    return box
