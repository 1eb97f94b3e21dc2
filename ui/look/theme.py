"""The look's tokens in one place: colours, spacing, type. The style sheet is made from them (style_sheet.py)."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication

from organizer.base.settings import Settings

FAMILY = "Inter"
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)

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
_FONT_WEIGHTS = {
    "Regular": QFont.Weight.Normal,
    "Medium": QFont.Weight.Medium,
    "SemiBold": QFont.Weight.DemiBold,
    "Bold": QFont.Weight.Bold,
}


@dataclass(frozen=True, slots=True)
class Theme:
    """Light or dark, and the text scale (1.0 to 2.0)."""

    dark: bool = False
    scale: float = 1.0

    def hex(self, token: str) -> str:
        """A token's colour as `#RRGGBB`."""
        return _TOKENS[token][self.dark]

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


def wanted_theme(settings: Settings) -> Theme:
    """The theme that settings and system ask for."""
    dark = system_is_dark() if settings.look == "system" else settings.look == "dark"
    return Theme(dark, settings.text_scale)


def next_scale(scale: float, step: int) -> float:
    """The next text size up (1) or down (-1); the ends stay."""
    nearest = min(range(len(SCALES)), key=lambda place: abs(SCALES[place] - scale))
    return SCALES[min(max(nearest + step, 0), len(SCALES) - 1)]
