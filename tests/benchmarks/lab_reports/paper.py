"""Drawing on paper: fonts of this machine, text placed left, right or centred, pages with a letter head and foot."""

import io
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.benchmarks.lab_reports.people_and_panels import Report, printed_day
from tests.house.source import ROOT

_DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
_FILES = {
    "Inter": (ROOT / "resources/fonts/Inter-Regular.ttf", ROOT / "resources/fonts/Inter-Bold.ttf"),
    "DejaVuSans": (_DEJAVU / "DejaVuSans.ttf", _DEJAVU / "DejaVuSans-Bold.ttf"),
    "DejaVuCondensed": (_DEJAVU / "DejaVuSansCondensed.ttf", _DEJAVU / "DejaVuSansCondensed-Bold.ttf"),
    "DejaVuSerif": (_DEJAVU / "DejaVuSerif.ttf", _DEJAVU / "DejaVuSerif-Bold.ttf"),
    "DejaVuSerifCondensed": (_DEJAVU / "DejaVuSerifCondensed.ttf", _DEJAVU / "DejaVuSerifCondensed-Bold.ttf"),
    "DejaVuMono": (_DEJAVU / "DejaVuSansMono.ttf", _DEJAVU / "DejaVuSansMono-Bold.ttf"),
    "NotoMono": (Path("/usr/share/fonts/truetype/noto/NotoSansMono-Regular.ttf"), Path("/usr/share/fonts/truetype/noto/NotoSansMono-Bold.ttf")),
}  # fmt: skip
_STANDARD = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold", "Courier": "Courier-Bold"}
_FEW_SIGNS = str.maketrans({"⁹": "^9", "³": "³", "⁶": "^6", "≤": "<=", "≥": ">=", "↑": "H", "↓": "L"})


def font_names(name: str) -> tuple[str, str]:
    """Regular and bold of a font, registered; Helvetica or Courier where this machine lacks it."""
    if name in _STANDARD:
        return name, _STANDARD[name]
    if not all(path.exists() for path in _FILES[name]):
        return font_names("Courier" if "Mono" in name else "Helvetica")
    for suffix, path in zip(("", "-Bold"), _FILES[name], strict=True):
        if f"{name}{suffix}" not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(f"{name}{suffix}", str(path)))
    return name, f"{name}-Bold"


_HEAD_WORDS = {
    "us": ("Patient", "DOB", "Date Collected", "Date Received", "Date Reported", "Specimen ID", "Phone", "Age", "Ordering Physician", "Page {n} of {all}", "Fasting: Yes"),
    "uk": ("Patient", "Date of birth", "Collected", "Received", "Reported", "Lab no.", "Tel", "Age", "Requested by", "Page {n} of {all}", "NHS No. 943 476 5919"),
    "de": ("Patient", "geb. am", "Entnahmedatum", "Eingang", "Befunddatum", "Auftragsnr.", "Tel.", "Alter", "Einsender", "Seite {n} von {all}", "Kasse: Privat"),
    "fr": ("Patient", "Né(e) le", "Prélevé le", "Reçu le", "Édité le", "Dossier n°", "Tél.", "Âge", "Prescripteur", "Page {n} / {all}", "Sexe : F"),
    "es": ("Paciente", "F. nacimiento", "Fecha de extracción", "Fecha de recepción", "Fecha de informe", "N.º de solicitud", "Tel.", "Edad", "Médico", "Página {n} de {all}", "Sexo: M"),
}  # fmt: skip


@dataclass(slots=True)
class Paper:
    """A canvas with a letter head on each page, and a height that sinks while lines are drawn."""

    report: Report
    font: str
    size: float = 9.0
    american: bool = False
    head: str = "boxes"  # how the letter head is laid out
    clock: str = ""
    plain: str = field(init=False)
    bold: str = field(init=False)
    kept: io.BytesIO = field(default_factory=io.BytesIO)
    canvas: Any = None
    width: float = 0.0
    height: float = 0.0
    words: tuple[str, ...] = ()
    y: float = 0.0
    pages: int = 0

    def __post_init__(self) -> None:
        self.plain, self.bold = font_names(self.font)
        self.width, self.height = LETTER if self.american else A4
        self.canvas = Canvas(self.kept, pagesize=(self.width, self.height))
        self.words = _HEAD_WORDS[self.report.language]

    def shown(self, text: str) -> str:
        return text.translate(_FEW_SIGNS) if self.font in _STANDARD else text

    def text(
        self, x: float, text: str, bold: bool = False, align: str = "l", size: float = 0.0, dy: float = 0.0
    ) -> None:
        """Text with its left end, right end or centre at x."""
        canvas, size = self.canvas, size or self.size
        canvas.setFont(self.bold if bold else self.plain, size)
        draw = {"l": canvas.drawString, "r": canvas.drawRightString, "c": canvas.drawCentredString}[align]
        draw(x, self.y + dy, self.shown(text))

    def long(self, text: str, bold: bool = False, size: float = 0.0) -> float:
        return float(pdfmetrics.stringWidth(self.shown(text), self.bold if bold else self.plain, size or self.size))

    def down(self, by: float) -> None:
        self.y -= by

    def rule(self, x0: float, x1: float, dy: float = -3.0, thick: float = 0.5) -> None:
        self.canvas.setLineWidth(thick)
        self.canvas.line(x0, self.y + dy, x1, self.y + dy)

    def band(self, x0: float, x1: float, height: float, grey: float = 0.92) -> None:
        self.canvas.setFillColor(Color(grey, grey, grey))
        self.canvas.rect(x0, self.y - height * 0.3, x1 - x0, height, stroke=0, fill=1)
        self.canvas.setFillColor(Color(0, 0, 0))

    def new_page(self, all_pages: int = 1) -> None:
        if self.pages:
            self.canvas.showPage()
        self.pages += 1
        self.y = self.height - 45
        {"boxes": self._boxes, "lines": self._lines, "short": self._short, "columns": self._columns}[
            self.head if self.pages == 1 else "short"
        ]()
        self._foot(all_pages)

    def day(self, day) -> str:  # type: ignore[no-untyped-def]
        return printed_day(day, self.report.locale) + (
            f" {self.clock}" if self.clock and day == self.report.taken else ""
        )

    def _boxes(self) -> None:
        report, words = self.report, self.words
        self.text(40, report.laboratory.split(",")[0], bold=True, size=self.size + 4)
        self.down(14)
        self.text(40, report.laboratory, size=self.size - 1.5)
        self.text(self.width - 40, f"{words[6]} {report.phone}", align="r", size=self.size - 1.5)
        self.down(24)
        for x, label, value in (
            (40, words[0], report.person),
            (200, words[1], printed_day(report.born, report.locale)),
            (310, words[2], self.day(report.taken)),
            (430, words[4], self.day(report.reported)),
        ):
            self.text(x, label, size=self.size - 2)
            self.text(x, value, dy=-11)
        self.down(30)
        self.text(40, f"{words[5]} {report.number}", size=self.size - 1)
        self.text(220, self.words[10], size=self.size - 1)
        self.down(24)

    def _lines(self) -> None:
        report, words = self.report, self.words
        self.text(self.width / 2, report.laboratory, bold=True, align="c")
        self.down(22)
        age = report.taken.year - report.born.year
        left = [
            (words[0], report.person),
            (words[1], printed_day(report.born, report.locale)),
            (words[7], str(age)),
            (words[5], report.number),
        ]
        right = [
            (words[2], self.day(report.taken)),
            (words[3], self.day(report.received)),
            (words[4], self.day(report.reported)),
            (words[6], report.phone),
        ]
        for (one, told), (other, said) in zip(left, right, strict=True):
            self.text(40, f"{one}: {told}")
            self.text(320, f"{other}: {said}")
            self.down(self.size + 4)
        self.down(14)

    def _columns(self) -> None:
        report, words = self.report, self.words
        self.text(40, report.laboratory.split(",")[0].upper(), bold=True, size=self.size + 2)
        self.down(18)
        pairs = [
            (words[0], report.person),
            (words[1], printed_day(report.born, report.locale)),
            (words[5], report.number),
            (words[2], self.day(report.taken)),
            (words[4], self.day(report.reported)),
            (words[8], "Dr. K. Lindqvist"),
        ]
        for label, told in pairs:
            self.text(40, label)
            self.text(150, told, bold=True)
            self.down(self.size + 3)
        self.down(12)

    def _short(self) -> None:
        report, words = self.report, self.words
        self.text(
            40,
            f"{report.person}   {words[1]} {printed_day(report.born, report.locale)}   {words[2]}: {self.day(report.taken)}",
            size=self.size - 0.5,
        )
        self.text(self.width - 40, f"{words[5]} {report.number}", align="r", size=self.size - 1.5, dy=12)
        self.rule(40, self.width - 40)
        self.down(26)

    def _foot(self, all_pages: int) -> None:
        at, self.y = self.y, 30.0
        self.text(40, self.report.laboratory, size=6.5)
        self.text(self.width - 40, self.words[9].format(n=self.pages, all=all_pages), align="r", size=7)
        self.y = at

    def done(self) -> bytes:
        self.canvas.save()
        return self.kept.getvalue()


def chance(random: Random, share: float) -> bool:
    """True in that share of draws."""
    return random.random() < share
