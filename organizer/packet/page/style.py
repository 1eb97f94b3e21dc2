"""How the paper looks: colours, faces, measures. Nothing below 10 points, everything readable in grey.

All measures are points. A `Face` is a font at a size in a colour; text is drawn by letters.py, never by markup.
"""

from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from organizer.packet.page import scripts as letters

rl_config.useA85 = 0  # pages as bytes: of those written as letters qpdf would undo and compress each one anew

TEXT = HexColor("#1F2421")
SECOND = HexColor("#545B57")
ACCENT = HexColor("#0F6B5C")
ACCENT_DARK = HexColor("#0B5448")
ACCENT_SOFT = HexColor("#E1F0EC")
CAUTION = HexColor("#8A4B00")
CAUTION_SOFT = HexColor("#FCEFD9")
GOOD = HexColor("#1E6B3A")
GOOD_SOFT = HexColor("#E4F2E7")
BAD = HexColor("#A3262A")
BAD_SOFT = HexColor("#FBE6E4")
INFORMATION = HexColor("#1F5A94")
INFORMATION_SOFT = HexColor("#E4EEF8")
RULE = HexColor("#8A857B")
THIN_RULE = HexColor("#DEDBD4")
PANEL = HexColor("#F6F5F2")
RANGE_BAND = HexColor("#DDEFE6")
LANES = (HexColor("#E6DAF2"), HexColor("#CFE0F3"), HexColor("#E9E6DF"))
WHITE = HexColor("#FFFFFF")

MARGIN = 36.0
TOP = 36.0
FOOT = 50.0
"""The part of the page below the body: rule, name, page number."""

CHIP_HEIGHT = 13.0
ROW = 15.0
PAGE_SIZES: dict[str, tuple[float, float]] = {"letter": letter, "a4": A4}

REGULAR, MEDIUM, STRONG = "Inter", "Inter-Medium", "Inter-SemiBold"
_FILES = {REGULAR: "Inter-Regular.ttf", MEDIUM: "Inter-Medium.ttf", STRONG: "Inter-SemiBold.ttf"}


def register_fonts() -> None:
    """Make the three weights of Inter known to reportlab; does nothing the second time."""
    known = pdfmetrics.getRegisteredFontNames()
    for name, file in _FILES.items():
        if name not in known:
            with resources.as_file(resources.files("resources") / "fonts" / file) as path:
                pdfmetrics.registerFont(TTFont(name, str(path)))


@dataclass(frozen=True, slots=True)
class Face:
    """A font at a size in a colour; `leading` is the distance from line to line, `role` what its text is."""

    font: str
    size: float
    colour: Color
    leading: float = 13.0
    role: str = "P"

    def width(self, text: str) -> float:
        """Points that a text takes on one line."""
        return letters.width(text, self.font, self.size)

    def write(self, canvas: Canvas, x: float, baseline: float, text: str) -> None:
        """Draw a text from x to the right, in any script."""
        canvas.addLiteral(_filling(self.colour))
        letters.write(canvas, x, baseline, text, self.font, self.size)

    def coloured(self, colour: Color) -> "Face":
        """The same face in another colour."""
        return replace(self, colour=colour)


@cache
def _filling(colour: Color) -> str:
    """The operator that fills with a colour (reportlab's own also sets an opacity each time)."""
    red, green, blue = colour.rgb()
    return f"{red:.4f} {green:.4f} {blue:.4f} rg"


BODY = Face(REGULAR, 10, TEXT)
MUTED = Face(REGULAR, 10, SECOND)
QUOTE = Face(MEDIUM, 10, TEXT)
BOLD = Face(STRONG, 10, TEXT)
HEADING = Face(STRONG, 11, ACCENT, 15, "H2")
SUBHEADING = Face(STRONG, 12, ACCENT, 16, "H2")
TITLE = Face(STRONG, 20, TEXT, 25, "H1")
LEAD = Face(MEDIUM, 12, TEXT, 17)
QUESTION = Face(MEDIUM, 11, TEXT, 16)
COVER_NAME = Face(STRONG, 30, TEXT, 37, "H1")
CHIP = Face(REGULAR, 10, ACCENT_DARK)
CHIP_PLAIN = Face(REGULAR, 10, SECOND)
FOOT_STRONG = Face(MEDIUM, 10, TEXT)

TONES: dict[str, tuple[Color, Color]] = {
    "good": (GOOD, GOOD_SOFT),
    "caution": (CAUTION, CAUTION_SOFT),
    "bad": (BAD, BAD_SOFT),
    "info": (INFORMATION, INFORMATION_SOFT),
    "neutral": (SECOND, PANEL),
}
