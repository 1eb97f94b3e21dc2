"""What each column of a table holds, by the words at its head; one head may stand over two tables side by side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import pairwise
from operator import attrgetter
from typing import Literal

from organizer.base.analyte_names import plain_words
from organizer.base.groups import group_of_each
from organizer.base.remembered import remembered
from organizer.importing.lab_reports.lines import Line, Spot, cells_of, text_of
from organizer.importing.lab_reports.values import DATE

Role = Literal["name", "value", "unit", "range", "low", "high", "flag", "previous", "other"]

_HEADS: dict[Role, str] = {
    "name": "test|tests|test name|analyte|analytes|investigation|investigations|examination|examinations|parameter|parameters|component|"
    "components|assay|determination|test description|description|name|test requested|laboratory test|measurement|procedure|"
    "test adi|tetkik|tetkik adi|esame|esami|analisi|exame|exames|bepaling|bepalingen|"
    "analys|undersogelse|badanie|nazwa badania|parametr|item|items|untersuchung|untersuchungen|analyse|analysen|bezeichnung|analyt|parameterbezeichnung|messgroesse|messgrosse|test bezeichnung|"
    "examen|examens|analyses|parametre|parametres|dosage|dosages|libelle|determination|prueba|pruebas|determinacion|determinaciones|analisis|"
    "parametro|parametros|estudio|magnitud|ensayo|examenes|nombre|analito|nombre de la prueba",
    "value": "current result and flag|current result flag|result and flag|result flag|result|results|value|values|your result|your value|your results|in range|out of range|current|current result|observed value|reading|finding|"
    "svar|varde|verdi|vaerdi|wynik|wyniki|ergebnis|ergebnisse|resultat|resultate|wert|messwert|befund|aktuell|ihr wert|istwert|resultats|valeur|valeurs|valeur mesuree|"
    "sonuc|sonuclar|risultato|risultati|esito|valore|uitslag|uitslagen|"
    "votre resultat|resultado|resultados|valor|valor hallado|valor obtenido|patient value|test result|result value|patient result",
    "unit": "enhet|enhed|jednostka|jedn|birim|birimi|unita|unita di misura|u m|unidade|unidades|eenheid|unit|units|einheit|einheiten|dimension|dim|unite|unites|unidad|unidades|uds|ud|unit of measure|uom|masseinheit|einh",
    "range": "referanseomrade|referansegrenser|referensintervall|referenceinterval|referensomrade|zakres referencyjny|wartosci referencyjne|norma|norm range|reference|references|reference range|reference ranges|ref range|ref|range|normal range|normal|normal values|normal value|reference interval|"
    "reference intervals|reference value|reference values|biological reference interval|bio ref interval|expected range|expected|limits|reference limits|"
    "referans araligi|referans degerleri|referans|valori di riferimento|valore di riferimento|valori normali|intervallo di riferimento|"
    "valores de referencia|valor de referencia|intervalo de referencia|referentiewaarden|referentiewaarde|referentie interval|"
    "standard range|ref interval|ref ranges|healthy range|target range|target|"
    "referenzbereich|referenz|referenzwert|referenzwerte|referenzintervall|normbereich|normwert|normwerte|sollwert|norm|normalbereich|normalwert|normalwerte|"
    "ref bereich|sollbereich|ref ber|valeurs de reference|valeur de reference|valeurs usuelles|valeurs normales|intervalle de reference|normes|norme|"
    "intervalle|references biologiques|val ref|val de ref|valores de referencia|valor de referencia|rango de referencia|rango|intervalo de referencia|"
    "intervalo|valores normales|limites de referencia|rango normal|v ref|val referencia|v referencia|intervalo ref|interv ref|referencia|intervalo biologico de referencia|"
    "intervalle ref",
    "low": "low|min|lower|lower limit|minimum|von|untergrenze|unterer|limite inferieure|borne inf|desde|minimo|ref low|low limit|inf|minimum ref|min ref|"
    "limite inferior|lim inf|ug",
    "high": "high|max|upper|upper limit|maximum|bis|obergrenze|oberer|limite superieure|borne sup|hasta|maximo|ref high|high limit|sup|max ref|"
    "limite superior|lim sup|og",
    "flag": "flag|flags|abn|abnormal|abnormal flag|abn flag|indicator|h l|hinweis|bewertung|kennz|kennzeichen|kz|markierung|marker|indicateur|alerte|alarma|"
    "alerta|anormal|indicador|signal|marca|interp|interpretation|abweichung|abw|auffaellig|auffallig|warn|warnung|abnormal indicator|status flag",
    "previous": "previous result and date|prior result and date|previous result date|prior result date|previous result flag and date|"
    "precedente|valore precedente|onceki|onceki sonuc|vorige uitslag|"
    "vorwert datum|resultado anterior fecha|previous|prior|previous result|prior result|previous results|previous value|last result|last|vorwert|vorbefund|vorwerte|letzter wert|vorherige|"
    "anterieur|anteriorite|anteriorites|resultat anterieur|precedent|resultats anterieurs|anterior|previo|resultado anterior|valor anterior|valor previo|"
    "historial",
    "other": "method|methods|methode|methodes|metodo|technique|tecnica|verfahren|comment|comments|kommentar|commentaire|comentario|specimen|material|probe|"
    "sample|sample type|lab|performing lab|laboratory|delta|change|code|status|note|notes|bemerkung|remarque|observaciones|loinc|no|nr|echantillon|muestra|date|datum|fecha|"
    "time|uhrzeit|specimen type|trend|anmerkung|grafik|graph",
}  # fmt: skip
_ROLES: dict[str, Role] = group_of_each({role: phrases.split("|") for role, phrases in _HEADS.items()})
_LONGEST = max(len(phrase.split()) for phrase in _ROLES)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?(?:Uhr|h|am|pm|AM|PM))?")
_TELLING: frozenset[Role] = frozenset(("name", "value", "unit", "range", "flag", "previous"))
_OF_A_RESULT: frozenset[Role] = _TELLING - {"previous"}
_ENOUGH = 3  # heads by which a table is known though one of them makes no sense
_NEEDED: tuple[Role, ...] = ("value", "name", "range", "unit")
_LEAST_LIKE, _LEAST_LETTERS = 0.78, 5
_NEAR = 2.6  # ems: a second line of a head stands that close below the first


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, its span, the printed date over it, the words at its head."""

    role: Role
    x0: float
    x1: float
    date: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one table: its columns left to right, and the strip of the page that the table has to itself."""

    columns: tuple[Column, ...]
    left: float = float("-inf")
    right: float = float("inf")

    def having(self, role: Role) -> list[Column]:
        """The columns of a role."""
        return [column for column in self.columns if column.role == role]


def phrase_of(text: str) -> str:
    """Words without case, accents and punctuation, in their order."""
    return " ".join(plain_words(text))


def tells_an_earlier_result(name: str) -> bool:
    """Whether a row's name says that its result is an earlier one: `Hemoglobin (previous)`, `Kalium Vorwert`."""
    return any(_ROLES.get(word) == "previous" for word in plain_words(name)[1:])


def head_columns(line: Line) -> list[Column]:
    """The columns that a line is the head of; [] for a line that is no head."""
    columns, unknown = _read(line)
    days = [column.date for column in columns if column.date]
    if len(days) > 1:
        columns, unknown = _below_their_label(columns, unknown)
        if not unknown:
            return columns
    if len(unknown) == 1:
        columns = _guessed(columns, unknown[0])
    return columns if _tell_a_table(columns, strange=len(unknown)) else []


def _tell_a_table(columns: Sequence[Column], strange: int) -> bool:
    """Whether heads tell what stands below them; `strange` cells are no head's words."""
    roles = {column.role for column in columns}
    if len(roles & _TELLING) < 2 or strange > len(columns) / 3:
        return False
    return "value" in roles or {"name", "range"} <= roles


def _below_their_label(
    columns: list[Column], unknown: list[Sequence[Spot]]
) -> tuple[list[Column], list[Sequence[Spot]]]:
    """Days over columns of values: what stands before them (`Date`, `Collected on:`) stands over the names."""
    label = unknown[0] if len(unknown) == 1 else ()
    if label and label[0].x0 < columns[0].x0 and label[-1].text.endswith(":"):
        return [Column("name", label[0].x0, label[-1].x1), *columns], []
    if not unknown and columns[0].role == "other":
        return [replace(columns[0], role="name"), *columns[1:]], []
    return columns, unknown


def _read(line: Line) -> tuple[list[Column], list[Sequence[Spot]]]:
    """The columns, and the cells that are no head's words."""
    columns: list[Column] = []
    unknown: list[Sequence[Spot]] = []
    for cell in cells_of(line.spots, line.em):
        roles = _roles_in(cell)
        unknown += [] if roles else [cell]
        columns += roles
    return columns, unknown


def _guessed(columns: list[Column], cell: Sequence[Spot]) -> list[Column]:
    """The one head that recognition left without sense is the one that the others lack."""
    roles = {column.role for column in columns}
    missing = [role for role in _NEEDED if role not in roles]
    is_recognised = cell[0].word.confidence is not None
    if len(roles & _OF_A_RESULT) < _ENOUGH or not (missing and is_recognised):
        return columns
    guessed = Column(missing[0], cell[0].x0, cell[-1].x1)
    return sorted([*columns, guessed], key=attrgetter("x0"))


def _roles_in(cell: Sequence[Spot]) -> list[Column]:
    """A cell may be one phrase, or several heads that stand close (`Result Unit`)."""
    text = text_of(cell)
    if DATE.fullmatch(text):
        return [Column("value", cell[0].x0, cell[-1].x1, text)]
    nearly = _nearly(text) if cell[0].word.confidence is not None else None
    if nearly is not None:
        return [Column(nearly, cell[0].x0, cell[-1].x1, words=phrase_of(text))]
    columns: list[Column] = []
    at = 0
    while at < len(cell):
        column, count = _longest_head(cell[at:])
        is_a_time = _TIME.fullmatch(cell[at].text) is not None
        if column is not None:
            columns.append(column)
        elif not is_a_time:
            return []
        at += count
    return _dated(columns)


def _longest_head(cell: Sequence[Spot]) -> tuple[Column | None, int]:
    """The longest head or day that a cell begins with, and of how many words it is; None and 1 where there is none."""
    for end in range(len(cell), 0, -1):
        inside = text_of(cell[:end])
        role = _role_of(inside)
        span = (cell[0].x0, cell[end - 1].x1)
        if role is not None:
            return Column(role, *span, words=phrase_of(inside)), end
        if DATE.fullmatch(inside):
            return Column("value", *span, inside, phrase_of(inside)), end
    return None, 1


def _role_of(text: str) -> Role | None:
    """What stands below these words, with what stands in brackets or without it."""
    return _ROLES.get(phrase_of(text)) or _ROLES.get(phrase_of(re.sub(r"\(.*?\)", "", text)))


def _dated(columns: list[Column]) -> list[Column]:
    """`Vorwert 02.11.24` is one column of values with its day."""
    dated: list[Column] = []
    for column in columns:
        if column.date and dated and dated[-1].role in ("previous", "value") and not dated[-1].date:
            before = dated.pop()
            column = Column("value", before.x0, column.x1, column.date, before.words)
        dated.append(column)
    return dated


@remembered(512)
def _nearly(text: str) -> Role | None:
    """The role of a recognised head with some letters misread."""
    phrase = phrase_of(text)
    if phrase in _ROLES or len(phrase) < _LEAST_LETTERS:
        return _ROLES.get(phrase)
    close = get_close_matches(phrase, list(_ROLES), n=1, cutoff=_LEAST_LIKE)
    return _ROLES[close[0]] if close else None


def without_label(cell: Sequence[Spot]) -> Sequence[Spot]:
    """A cell without the head's words that stand in it themselves (`Normal range: 3.5 - 5.1`)."""
    for end, spot in enumerate(cell[:-1], start=1):
        if spot.text.endswith(":") and phrase_of(text_of(cell[:end])) in _ROLES:
            return cell[end:]
    return cell


def is_label_of_value(phrase: str) -> bool:
    """True for what stands before a value in a list: `Resultado: 98 mg/dL`."""
    return _ROLES.get(phrase) == "value"


def is_of_a_range(text: str) -> bool:
    """True for a line of its own that gives the range of the row above it: `Reference range: <100`."""
    label, colon, rest = text.partition(":")
    return bool(colon and rest.strip()) and _ROLES.get(phrase_of(label)) == "range"


def is_label_of_range(text: str) -> bool:
    """True for what stands before a range in a list: `(Ref:`, `Normal range:`."""
    return text.endswith(":") and _ROLES.get(phrase_of(text)) == "range"


def add_line(columns: Sequence[Column], line: Line, above: Line) -> list[Column] | None:
    """A head's second line put below its first (`Reference` / `range`, `Result` / `12.03.2024`), or None for a row."""
    if line.middle - above.middle > _NEAR * line.em:
        return None
    cells = cells_of(line.spots, line.em)
    merged = list(columns)
    for cell in cells:
        text = text_of(cell)
        if _TIME.fullmatch(text):
            continue
        roles = _completed(merged, cell) or _roles_in(cell)
        if not roles:
            return None
        for column in roles:
            merged = _merged(merged, column)
    return sorted(merged, key=attrgetter("x0"))


def _completed(columns: Sequence[Column], cell: Sequence[Spot]) -> list[Column]:
    """`Valeurs` with `de référence` below it is one phrase."""
    left, right = cell[0].x0, cell[-1].x1
    for column in columns:
        words = f"{column.words} {phrase_of(text_of(cell))}"
        if words in _ROLES and _overlap(column, left, right):
            return [Column(_ROLES[words], left, right, words=words)]
    return []


def _overlap(column: Column, left: float, right: float) -> bool:
    """Whether a column stands above what lies between two x."""
    return column.x0 < right and left < column.x1


def _merged(columns: Sequence[Column], extra: Column) -> list[Column]:
    for place, column in enumerate(columns):
        if _overlap(column, extra.x0, extra.x1):
            left, right = min(column.x0, extra.x0), max(column.x1, extra.x1)
            date = column.date or extra.date
            joined = Column(_joint_role(column, extra), left, right, date, extra.words)
            return [*columns[:place], joined, *columns[place + 1 :]]
    return [*columns, extra]


def _joint_role(column: Column, below: Column) -> Role:
    """What two heads tell together, one below the other."""
    if below.date and column.role in ("previous", "other"):
        return "value"
    goes_on = below.words.startswith(f"{column.words} ")
    return below.role if goes_on or below.role == "previous" else column.role


def heads_of(columns: Sequence[Column], em: float) -> list[Head]:
    """One head for each table that stands side by side: a name's column begins each, or else the same roles again."""
    starts = _starts(columns)
    if len(starts) < 2:
        return [_named(Head(tuple(columns)))]
    between = [columns[start].x0 - em for start in starts[1:]]
    edges = [float("-inf"), *between, float("inf")]
    parts = [tuple(columns[start:end]) for start, end in pairwise([starts[0], *starts[1:], len(columns)])]
    strips = zip(parts, pairwise(edges), strict=True)
    return [_named(Head(part, left, right)) for part, (left, right) in strips]


def _starts(columns: Sequence[Column]) -> list[int]:
    names = [place for place, column in enumerate(columns) if column.role == "name"]
    return [place for place in names if any(column.role == "value" for column in columns[place:])]


def _named(head: Head) -> Head:
    """A head that leaves the column of the names without words gets one at its left."""
    if head.having("name"):
        return head
    first = head.columns[0].x0
    left = max(head.left, 0.0)
    return replace(
        head, columns=(Column("name", left, max(left, min(first - 1, left + (first - left) * 0.8))), *head.columns)
    )
