"""The colours that stand on each other can be read, in light and dark."""

import pytest
from PySide6.QtGui import QColor

from ui.look.style_sheet import style_sheet
from ui.look.theme import SCALES, Theme

TEXT_PAIRS = (
    ("text", "background"),
    ("text", "surface"),
    ("text", "surface2"),
    ("text2", "background"),
    ("text2", "surface"),
    ("text2", "surface2"),
    ("accent", "background"),
    ("accent", "surface"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("good", "good_soft"),
    ("caution", "caution_soft"),
    ("bad", "bad_soft"),
    ("bad", "surface"),
    ("info", "info_soft"),
    ("text", "span_blue"),
    ("text", "span_purple"),
    ("text", "reference_band"),
)
"""Every pair of text and ground that is drawn: at least 4.5 (WCAG 2.2, 1.4.3), where more is wanted 7 (1.4.6)."""

LINE_PAIRS = (
    ("border_strong", "background"),
    ("border_strong", "surface"),
    ("focus", "background"),
    ("focus", "surface"),
    ("accent", "surface"),
)
"""Lines that carry meaning and focus rings: contrast at least 3 (WCAG 2.2, 1.4.11)."""


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: QColor) -> float:
    channels = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("more", "least"), [(False, 4.5), (True, 7)])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_a_text_can_be_read_on_its_ground(dark, text, ground, more, least):
    theme = Theme(dark, contrast=more)
    assert contrast(theme.color(text), theme.color(ground)) >= least


@pytest.mark.parametrize(("more", "least"), [(False, 3), (True, 4.5)])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("line", "ground"), LINE_PAIRS)
def test_a_line_that_carries_meaning_can_be_seen(dark, line, ground, more, least):
    theme = Theme(dark, contrast=more)
    assert contrast(theme.color(line), theme.color(ground)) >= least


@pytest.mark.parametrize("scale", SCALES)
def test_the_style_sheet_grows_with_the_text(scale):
    sheet = style_sheet(Theme(False, scale))
    assert f"font-size: {round(14 * scale)}px" in sheet
    assert "$" not in sheet
