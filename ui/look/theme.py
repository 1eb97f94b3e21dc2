"""The look's tokens in one place: colours, spacing, type. The style sheet is made from them (style_sheet.py)."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibilityHints, QColor, QFont, QFontDatabase, QGuiApplication, QStyleHints

from organizer.base.settings import Settings

FAMILY = "Inter"
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
SCALES = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)

_TOKENS = {
    "background": ("#F6F5F2", "#141716"),
    "surface": ("#FFFFFF", "#1C201F"),
    "surface2": ("#F0EEEA", "#262B29"),
    "border": ("#DEDBD4", "#353B38"),
    "border_strong": ("#8A857B", "#7C857F"),
    "text": ("#1F2421", "#ECEFED"),
    "text2": ("#545B57", "#AEB6B1"),
    "accent": ("#0F6B5C", "#5CC4AE"),
    "accent_hover": ("#0B5448", "#7AD3C0"),
    "on_accent": ("#FFFFFF", "#06231D"),
    "accent_soft": ("#E1F0EC", "#1B3A34"),
    "good": ("#1E6B3A", "#7FD39A"),
    "good_soft": ("#E4F2E7", "#1B3324"),
    "caution": ("#8A4B00", "#F0B35E"),
    "caution_soft": ("#FCEFD9", "#3A2B14"),
    "bad": ("#A3262A", "#FF9A93"),
    "bad_soft": ("#FBE6E4", "#411F1E"),
    "info": ("#1F5A94", "#8FC1F2"),
    "info_soft": ("#E4EEF8", "#1A2E42"),
    "focus": ("#1F5A94", "#8FC1F2"),
    "reference_band": ("#DDEFE6", "#1E3A30"),
    "span_blue": ("#CFE0F3", "#22384F"),
    "span_purple": ("#E6DAF2", "#392B47"),
}
TOKEN_NAMES = tuple(_TOKENS)
_CONTRASTING = {
    "background": ("#FFFFFF", "#000000"),
    "surface": ("#FFFFFF", "#000000"),
    "surface2": ("#EFEFEF", "#1C1C1C"),
    "border": ("#5C5C5C", "#A3A3A3"),
    "border_strong": ("#000000", "#FFFFFF"),
    "text": ("#000000", "#FFFFFF"),
    "text2": ("#262626", "#E6E6E6"),
    "accent": ("#003D33", "#7DEBD4"),
    "accent_hover": ("#002720", "#B0F5E6"),
    "on_accent": ("#FFFFFF", "#000000"),
    "accent_soft": ("#D6EFE9", "#0B2923"),
    "good": ("#08421D", "#A8F2BF"),
    "good_soft": ("#DDF3E3", "#0A2613"),
    "caution": ("#552D00", "#FFD391"),
    "caution_soft": ("#FFEBCF", "#2D1E06"),
    "bad": ("#72080C", "#FFC7C2"),
    "bad_soft": ("#FDE3E1", "#310B0E"),
    "info": ("#08325E", "#C4E1FF"),
    "info_soft": ("#DCEBFA", "#08203A"),
    "focus": ("#0A2FB8", "#FFE45C"),
    "reference_band": ("#CDE8D9", "#0E2D21"),
    "span_blue": ("#C3DAF2", "#10283F"),
    "span_purple": ("#DCCBEE", "#2A1B3F"),
}
"""Where more contrast is wanted: text at least 7 : 1 (WCAG 2.2, 1.4.6), lines at least 4.5 : 1."""
_FONT_WEIGHTS = {
    "Regular": QFont.Weight.Normal,
    "Medium": QFont.Weight.Medium,
    "SemiBold": QFont.Weight.DemiBold,
    "Bold": QFont.Weight.Bold,
}


@dataclass(frozen=True, slots=True)
class Theme:
    """Light or dark, the text scale (1.0 to 4.0), and whether more contrast is wanted."""

    dark: bool = False
    scale: float = 1.0
    contrast: bool = False

    def hex(self, token: str) -> str:
        """A token's colour as `#RRGGBB`."""
        return (_CONTRASTING if self.contrast else _TOKENS)[token][self.dark]

    def color(self, token: str) -> QColor:
        """A token's colour."""
        return QColor(self.hex(token))

    def px(self, pixels: float) -> int:
        """A length of the design at 100 % in logical pixels at this text scale."""
        return round(pixels * self.scale)

    def font(self, pixels: float = 14, weight: str = "Regular") -> QFont:
        """Inter at a type size of the design, scaled. `weight` is one of WEIGHTS."""
        if weight == "Bold":
            _face("Bold")
        font = QFont(FAMILY)
        font.setPixelSize(self.px(pixels))
        font.setWeight(_FONT_WEIGHTS[weight])
        return font


def load_fonts() -> tuple[int, ...]:
    """Make Inter known to Qt, each face once; gives their ids (−1 where one can't be read).

    Bold waits until it is asked for: the style sheet doesn't, nor does the first picture.
    """
    return tuple(map(_face, WEIGHTS[:-1]))


@cache
def _face(weight: str) -> int:
    file = resources.files("resources.fonts") / f"Inter-{weight}.ttf"
    return QFontDatabase.addApplicationFontFromData(file.read_bytes())


def system_is_dark() -> bool:
    """True where the person's system asks for dark."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def system_wants_contrast() -> bool:
    """True where the person's system asks for more contrast."""
    return accessibility_hints().contrastPreference() == Qt.ContrastPreference.HighContrast


def accessibility_hints() -> QAccessibilityHints:
    """What the system says of how somebody sees; it tells of changes."""
    return _hints()[1]


@cache
def _hints() -> tuple[QStyleHints, QAccessibilityHints]:
    """Both are held: where nobody holds the first, PySide 6.11 takes the second for deleted."""
    hints = QGuiApplication.styleHints()
    return hints, hints.accessibility()


def wanted_theme(settings: Settings) -> Theme:
    """The theme that settings and system ask for."""
    dark = system_is_dark() if settings.look == "system" else settings.look == "dark"
    contrast = system_wants_contrast() if settings.contrast == "system" else settings.contrast == "high"
    return Theme(dark, settings.text_scale, contrast)


def next_scale(scale: float, step: int) -> float:
    """The next text size up (1) or down (-1); the ends stay."""
    nearest = min(range(len(SCALES)), key=lambda place: abs(SCALES[place] - scale))
    return SCALES[min(max(nearest + step, 0), len(SCALES) - 1)]
