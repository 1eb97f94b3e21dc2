"""How a laboratory report prints its tables, by a `Style`; and what the layouts without columns share with them."""

from dataclasses import dataclass
from random import Random

from tests.benchmarks.lab_reports.paper import Paper
from tests.benchmarks.lab_reports.people_and_panels import Expected, Report

HEADS = {
    "us": {"name": ["Test", "Test Name", "Component", "TESTS"], "value": ["Result", "Your Value", "RESULT", "Value"], "flag": ["Flag", "Abn", "FLAG"], "unit": ["Units", "Unit", "UNITS"],
           "range": ["Reference Range", "Reference Interval", "Standard Range", "Ref. Range"], "low": ["Low"], "high": ["High"], "method": ["Lab", "Method"], "previous": ["Previous Result"]},
    "uk": {"name": ["Investigation", "Test", "Analyte"], "value": ["Result", "Value"], "flag": ["Flag", "Abnormal"], "unit": ["Units", "Unit"],
           "range": ["Reference range", "Normal range", "Ref. interval"], "low": ["Lower limit"], "high": ["Upper limit"], "method": ["Specimen", "Method"], "previous": ["Previous"]},
    "de": {"name": ["Untersuchung", "Parameter", "Analyse", "Bezeichnung"], "value": ["Ergebnis", "Messwert", "Resultat", "Wert"], "flag": ["Hinweis", "Bewertung", "Kennz."], "unit": ["Einheit", "Dim."],
           "range": ["Referenzbereich", "Normbereich", "Referenzwerte", "Ref.-Bereich"], "low": ["von"], "high": ["bis"], "method": ["Material", "Methode"], "previous": ["Vorwert"]},
    "fr": {"name": ["Analyse", "Examen", "Paramètre"], "value": ["Résultat", "Résultats", "Valeur"], "flag": ["Alerte", "Indicateur"], "unit": ["Unité", "Unités"],
           "range": ["Valeurs de référence", "Valeurs usuelles", "Normes", "Intervalle de référence"], "low": ["Min"], "high": ["Max"], "method": ["Technique", "Méthode"], "previous": ["Antériorité"]},
    "es": {"name": ["Prueba", "Determinación", "Parámetro", "Análisis"], "value": ["Resultado", "Valor"], "flag": ["Alerta", "Indicador"], "unit": ["Unidades", "Unidad"],
           "range": ["Valores de referencia", "Rango de referencia", "Intervalo de referencia"], "low": ["Mín."], "high": ["Máx."], "method": ["Método", "Técnica"], "previous": ["Anterior"]},
}  # fmt: skip
COMMENTS = {
    "us": ["LDL target for patients at high risk is below 70 mg/dL.", "Result verified by repeat analysis on 2 instruments.", "Prediabetes: 5.7 - 6.4 Diabetes: >6.4"],
    "uk": ["Please repeat in 3 months if clinically indicated.", "Reference ranges apply to adults over 18 years.", "Sample slightly haemolysed; potassium may be raised."],
    "de": ["Bitte Kontrolle in 4 Wochen.", "Zielwert bei hohem Risiko unter 70 mg/dl.", "Probe leicht hämolytisch."],
    "fr": ["Selon les recommandations 2019, objectif inférieur à 0,70 g/L.", "Résultat contrôlé sur un second échantillon.", "À interpréter selon le contexte clinique."],
    "es": ["Objetivo en pacientes de riesgo alto inferior a 70 mg/dL.", "Resultado comprobado por repetición.", "Valorar en el contexto clínico."],
}  # fmt: skip
_WIDTHS = {
    "name": 150,
    "value": 62,
    "flag": 52,
    "unit": 74,
    "range": 110,
    "low": 48,
    "high": 48,
    "method": 60,
    "previous": 60,
}


@dataclass(frozen=True, slots=True)
class Style:
    """How one layout prints. `order` are its columns; `held_out` layouts are kept apart while the reader is made."""

    family: str
    locale: str
    font: str
    order: str = "name value unit range"
    panels: str = "blood chem"
    size: float = 9.0
    pitch: float = 1.55
    align: str = "l"  # of the values
    head: str = "boxes"
    header: str = "bold"  # bold, plain, band, ruled, two-lines, spaced, none
    flags: str = "letter"  # letter, arrow, star, plus, bold, word, glued, starbefore, none
    sections: str = "bold"  # bold, band, plain, none
    zebra: bool = False
    rules: bool = False
    leaders: bool = False
    comments: float = 0.0
    footnotes: bool = False
    wrap: float = 0.0
    brackets: str = ""
    by_sex: float = 0.0
    dates: int = 0
    columns: int = 1
    together: bool = False  # value and unit in one column
    rows: int = 9
    clock: str = ""
    dash: str = " - "
    american: bool = False
    indent: float = 0.0
    pages: bool = False
    dense: bool = False
    held_out: bool = False


def _flag_texts(row: Expected, style: Style) -> str:
    kinds = {
        "letter": {"H": "H", "L": "L", "A": "A"}, "arrow": {"H": "↑", "L": "↓", "A": "*"}, "star": {"H": "*", "L": "*", "A": "*"}, "plus": {"H": "+", "L": "-", "A": "*"},
        "word": {"H": "High", "L": "Low", "A": "Abnormal"}, "glued": {"H": "H", "L": "L", "A": "*"}, "starbefore": {"H": "*", "L": "*", "A": "*"},
    }  # fmt: skip
    return kinds.get(style.flags, {}).get(row.flag, "")


def ready(row: Expected, style: Style, random: Random) -> None:
    """The flag and the range as this layout prints them."""
    row.shown_flag = "bold" if style.flags == "bold" and row.flag else _flag_texts(row, style)
    if row.low is not None and row.high is not None and random.random() < style.by_sex:
        men, women = (
            ("M", "F")
            if style.locale in ("us", "uk", "ie")
            else ("m", "w")
            if style.locale in ("de", "ch")
            else ("H", "F")
            if style.locale in ("fr", "ca")
            else ("H", "M")
        )
        row.printed_range = f"{men}: {row.printed_range} {women}: {row.printed_range}"
        row.low = row.high = None
    if style.brackets and row.printed_range and row.low is not None and row.high is not None:
        row.printed_range = style.brackets[0] + row.printed_range + style.brackets[1]


def _places(paper: Paper, style: Style, left: float, wide: float) -> dict[str, tuple[float, float]]:
    order = style.order.split()
    widths = {key: float(_WIDTHS[key]) for key in order}
    if style.dates:
        widths = {key: width for key, width in widths.items() if key != "value"} | {"value": 62.0 * style.dates}
        widths = {key: widths[key] for key in order}
    if style.dense:
        widths["name"] = 96
    share = wide / sum(widths.values())
    places, x = {}, left
    for key in order:
        places[key] = (x, x + widths[key] * share)
        x += widths[key] * share
    return places


def _put(
    paper: Paper,
    span: tuple[float, float],
    text: str,
    align: str,
    bold: bool = False,
    size: float = 0.0,
    dy: float = 0.0,
) -> None:
    x = {"l": span[0], "r": span[1] - 12, "c": (span[0] + span[1]) / 2 - 4}[align]
    paper.text(x, text, bold, align, size, dy)


def _align(key: str, style: Style) -> str:
    return style.align if key in ("value", "low", "high", "previous") else "l"


def _header(
    paper: Paper, style: Style, places: dict[str, tuple[float, float]], names: dict[str, str], report: Report
) -> None:
    if style.header == "none":
        return
    ends = (min(span[0] for span in places.values()), max(span[1] for span in places.values()))
    bold = style.header != "plain"
    if style.header == "band":
        paper.band(ends[0] - 3, ends[1], paper.size * 1.6, 0.85)
    for key, span in places.items():
        text = names[key]
        if key == "value" and style.dates:
            for number, day in enumerate([report.taken, *report.earlier][: style.dates]):
                _put(paper, _part(span, number, style.dates), paper.day(day).split(" ")[0], style.align, bold)
            continue
        if style.header == "two-lines" and " " in text:
            first, _space, second = text.partition(" ")
            _put(paper, span, first, _align(key, style), bold)
            _put(paper, span, second, _align(key, style), bold, dy=-paper.size * 1.15)
        else:
            _put(paper, span, text, _align(key, style), bold)
    if style.header == "two-lines":
        paper.down(paper.size * 1.15)
    if style.header == "ruled":
        paper.rule(*ends, dy=paper.size * 1.1)
        paper.rule(*ends)
    paper.down(paper.size * style.pitch * 1.15)


def _part(span: tuple[float, float], number: int, count: int) -> tuple[float, float]:
    step = (span[1] - span[0]) / count
    return span[0] + step * number, span[0] + step * (number + 1)


def table(paper: Paper, report: Report, style: Style, random: Random) -> None:
    heads = {key: random.choice(texts) for key, texts in HEADS[report.language].items()}
    wide = (paper.width - 80) / style.columns - (12 if style.columns > 1 else 0)
    tops = paper.y
    halves = _halved(report, style.columns)
    lowest = tops
    for number, sections in enumerate(halves):
        left = 40 + number * (wide + 24)
        places = _places(paper, style, left, wide)
        paper.y = tops
        _header(paper, style, places, heads, report)
        for name, rows in sections:
            section(paper, style, name, places, report, heads)
            for place, row in enumerate(rows):
                ready(row, style, random)
                if paper.y < 90 and style.columns == 1:
                    paper.new_page(2)
                    _header(paper, style, places, heads, report)
                _row(paper, style, row, places, random, place)
                if random.random() < style.comments:
                    paper.text(places["name"][0] + 8, random.choice(COMMENTS[report.language]), size=paper.size - 1.2)
                    paper.down(paper.size * style.pitch)
        lowest = min(lowest, paper.y)
    paper.y = lowest
    if style.footnotes and paper.y > 80:
        paper.down(14)
        paper.text(40, "1 " + random.choice(COMMENTS[report.language]), size=paper.size - 2)
        paper.down(10)
        paper.text(40, "* = " + heads["flag"], size=paper.size - 2)


def _halved(report: Report, columns: int) -> list[list[tuple[str, list[Expected]]]]:
    if columns == 1:
        return [report.sections]
    half = (len(report.sections) + 1) // 2
    return [report.sections[:half], report.sections[half:]]


def section(
    paper: Paper, style: Style, name: str, places: dict[str, tuple[float, float]], report: Report, heads: dict[str, str]
) -> None:
    if style.sections == "none":
        return
    if paper.y < 120 and style.columns == 1:
        paper.new_page(2)
        _header(paper, style, places, heads, report)
    ends = (min(span[0] for span in places.values()), max(span[1] for span in places.values()))
    paper.down(paper.size * 0.5)
    if style.sections == "band":
        paper.band(ends[0] - 3, ends[1], paper.size * 1.5, 0.9)
    paper.text(places["name"][0], name, bold=style.sections != "plain")
    paper.down(paper.size * style.pitch * 1.1)


def _row(
    paper: Paper, style: Style, row: Expected, places: dict[str, tuple[float, float]], random: Random, number: int
) -> None:
    pitch = paper.size * style.pitch
    ends = (min(span[0] for span in places.values()), max(span[1] for span in places.values()))
    if style.zebra and number % 2:
        paper.band(ends[0] - 3, ends[1], pitch, 0.94)
    name_lines = _name_lines(paper, row.name, places["name"], style, random)
    paper.text(places["name"][0] + style.indent, name_lines[0])
    note = "1" if style.footnotes and random.random() < 0.12 else ""
    bold = row.shown_flag == "bold"
    for key, span in places.items():
        if key == "value":
            _values(paper, style, row, span, bold, note)
        elif key != "name":
            _cell(paper, style, row, key, span, random)
    if style.leaders:
        dots(paper, places["name"][0] + style.indent + paper.long(name_lines[0]), places["value"][0])
    for rest in name_lines[1:]:
        paper.down(paper.size * 1.1)
        paper.text(places["name"][0] + style.indent, rest)
    if style.rules:
        paper.rule(*ends, dy=-pitch * 0.35, thick=0.3)
    paper.down(pitch)


def dots(paper: Paper, start: float, end: float) -> None:
    count = int((end - start - 8) / paper.long("."))
    if count > 3:
        paper.text(start + 2, "." * count)


def _values(paper: Paper, style: Style, row: Expected, span: tuple[float, float], bold: bool, note: str) -> None:
    printed = row.printed
    if style.flags in ("glued", "starbefore") and row.shown_flag and row.numeric:
        printed = f"{row.shown_flag}{printed}" if style.flags == "starbefore" else f"{printed}{row.shown_flag}"
    elif style.flags in ("glued", "starbefore"):
        row.shown_flag = ""
    elif "flag" not in style.order and row.shown_flag not in ("", "bold"):
        printed = f"{printed} {row.shown_flag}"
    if style.together and row.printed_unit:
        printed = f"{printed} {row.printed_unit}"
    if style.dates:
        _put(paper, _part(span, 0, style.dates), printed, style.align, bold)
        for number, old in enumerate(row.history[: style.dates - 1]):
            _put(paper, _part(span, number + 1, style.dates), old, style.align)
        return
    _put(paper, span, printed, style.align, bold)
    if note and row.numeric and style.align == "l":
        paper.text(span[0] + paper.long(printed, bold) + 0.6, note, size=paper.size * 0.6, dy=paper.size * 0.4)


def _cell(paper: Paper, style: Style, row: Expected, key: str, span: tuple[float, float], random: Random) -> None:
    decimal = "," if "," in (row.printed_range + row.printed) and style.locale not in ("us", "uk", "mx", "ie") else "."
    ends = {"low": row.low, "high": row.high}
    if key == "unit":
        _put(paper, span, row.printed_unit, "l")
    elif key == "flag" and row.shown_flag != "bold":
        _put(paper, span, row.shown_flag, "l")
    elif key == "range":
        _range(paper, row, span)
    elif key in ends and ends[key] is not None:
        _put(paper, span, f"{ends[key]:.{row.decimals}f}".replace(".", decimal), style.align)
    elif key == "method":
        _put(
            paper,
            span,
            random.choice(["01", "02"]) if style.locale == "us" else random.choice(["Serum", "EDTA"]),
            "l",
            size=paper.size - 1,
        )
    elif key == "previous":
        _put(paper, span, row.history[0], style.align)


def _range(paper: Paper, row: Expected, span: tuple[float, float]) -> None:
    """A range that is too long for its column goes on in a second line."""
    if paper.long(row.printed_range) > span[1] - span[0] - 4 and " " in row.printed_range and ":" in row.printed_range:
        cut = row.printed_range.rindex(" ", 0, row.printed_range.rindex(":"))
        _put(paper, span, row.printed_range[:cut], "l")
        _put(paper, span, row.printed_range[cut + 1 :], "l", dy=-paper.size * 1.1)
        paper.down(paper.size * 1.1)
    else:
        _put(paper, span, row.printed_range, "l")


def _name_lines(paper: Paper, name: str, span: tuple[float, float], style: Style, random: Random) -> list[str]:
    """A name broken at a blank where it is too long for its column, and now and then where it isn't."""
    words = name.split()
    if len(words) > 1 and (paper.long(name) > span[1] - span[0] - 6 or random.random() < style.wrap):
        for cut in range(len(words) - 1, 0, -1):
            if paper.long(" ".join(words[:cut])) <= span[1] - span[0] - 6:
                return [" ".join(words[:cut]), " ".join(words[cut:])]
    return [name]
