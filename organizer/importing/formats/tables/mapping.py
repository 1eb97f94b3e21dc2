"""Which column holds what: guessed from the headings, in several languages; shown and changed by the person."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from organizer.base.i18n import marked

HEADING_ROWS = 30
_ROLES: tuple[tuple[str, str], ...] = (
    (
        "date",
        "date|datum|fecha|data|collection date|date collected|collected|collected on|collected at|collection time|"
        "date time|datetime|timestamp|time|zeitpunkt|abnahmedatum|entnahmedatum|untersuchungsdatum|probendatum|"
        "date de prelevement|date prelevement|fecha de toma|fecha de extraccion|result date|date of test|test date|"
        "effective date|observation date|specimen date|sample date|measured|measured at|when|start date|day|tag",
    ),
    (
        "name",
        "test|test name|analyte|analysis|component|component name|parameter|observation|measurement|investigation|"
        "lab test|lab|name|untersuchung|analyse|bezeichnung|laborwert|messwert|prueba|analito|parametro|determinacion|"
        "examen|exame|esame|what|item|description|test description|result name|bepaling|long common name",
    ),
    (
        "value",
        "value|result|results|wert|ergebnis|befund|resultat|valeur|resultado|valor|risultato|valore|result value|"
        "numeric result|numeric value|reading|uitslag|test result|measured value|messergebnis",
    ),
    (
        "unit",
        "unit|units|einheit|einheiten|unite|unites|unidad|unidades|unita|unita di misura|uom|eenheid|unidade|"
        "result unit|result units|unit of measure",
    ),
    (
        "low",
        "low|lower|range low|reference low|ref low|lower limit|min|normal low|untergrenze|von|minimo|lower bound|"
        "reference range low|referenz unten|lln",
    ),
    (
        "high",
        "high|upper|range high|reference high|ref high|upper limit|max|normal high|obergrenze|bis|maximo|"
        "reference range high|upper bound|referenz oben|uln",
    ),
    (
        "range",
        "range|reference range|reference|ref range|normal range|reference interval|referenzbereich|normbereich|"
        "normwert|normwerte|referenz|referenzwerte|valeurs de reference|intervalle de reference|norme|normes|"
        "valores de referencia|rango|rango de referencia|valori di riferimento|standard range|biological reference",
    ),
    (
        "flag",
        "flag|flags|abnormal|abnormal flag|interpretation|indicator|hinweis|markierung|kennzeichen|bewertung|alerte|"
        "indicador|h l|hl flag|abnormality",
    ),
    ("code", "code|loinc|loinc code|test code|loinc nummer|loinc num|codigo|analysecode"),
    (
        "specimen",
        "specimen|sample|sample type|specimen type|material|probe|probenmaterial|muestra|echantillon|materiale",
    ),
    (
        "performer",
        "laboratory|performer|labor|laboratoire|laboratorio|performing lab|ordering facility|source|provider",
    ),
    ("note", "note|notes|comment|comments|kommentar|bemerkung|bemerkungen|commentaire|comentario|remark|remarks|nota"),
    (
        "person",
        "patient|patient id|pid|mrn|patient name|patientid|person|member|subject|patient number|patientennummer|"
        "patienten id|paciente|nom du patient|subject id|person id|patient mrn",
    ),
    ("status", "status|result status|ergebnisstatus"),
)
MEASURE = "measure"
ROLES: tuple[tuple[str, str], ...] = (
    ("", marked("Leave out")),
    ("date", marked("Date")),
    ("name", marked("What was measured")),
    ("value", marked("Value")),
    ("unit", marked("Unit")),
    ("range", marked("Range")),
    ("low", marked("Lower end of the range")),
    ("high", marked("Upper end of the range")),
    ("flag", marked("Flag")),
    ("code", marked("Code")),
    ("specimen", marked("Specimen")),
    ("performer", marked("Laboratory")),
    ("note", marked("Note")),
    ("status", marked("Status")),
    ("person", marked("Whose it is")),
    (MEASURE, marked("A measure of its own")),
)
"""What a column may hold, with the words for it."""
_BY_WORD = {word: role for role, words in _ROLES for word in words.split("|")}

_MEASURES = (
    ("heart rate|pulse|puls|pouls|pulso|herzfrequenz|hr|bpm", marked("Heart rate"), "8867-4"),
    ("respiratory rate|respirations|atemfrequenz", marked("Respiratory rate"), "9279-1"),
    ("temperature|body temperature|temp|temperatur|korpertemperatur", marked("Body temperature"), "8310-5"),
    ("weight|body weight|gewicht|poids|peso|bodyweight", marked("Weight"), "29463-7"),
    ("height|body height|grosse|korpergrosse|taille|altura", marked("Height"), "8302-2"),
    ("bmi|body mass index", marked("Body mass index"), "39156-5"),
    (
        "systolic|sys|systolisch|systolic blood pressure|systolic bp|sbp|systole",
        marked("Systolic blood pressure"),
        "8480-6",
    ),
    (
        "diastolic|dia|diastolisch|diastolic blood pressure|diastolic bp|dbp|diastole",
        marked("Diastolic blood pressure"),
        "8462-4",
    ),
    ("oxygen saturation|spo2|o2 sat|o2 saturation|sauerstoffsattigung", marked("Oxygen saturation"), "59408-5"),
    ("head circumference|kopfumfang", marked("Head circumference"), "9843-4"),
    ("blood glucose|glucose|blood sugar|blutzucker|glucosa|glycemie", marked("Blood glucose"), ""),
    ("steps|step count|schritte|pas|pasos", marked("Steps"), ""),
    ("peak flow|pef", marked("Peak expiratory flow"), ""),
    ("pain|pain score|schmerz", marked("Pain"), ""),
)
"""Headings that name a measure: such a table has one column a measure (LOINC codes from loinc.org)."""
_BY_MEASURE = {word: (title, code) for words, title, code in _MEASURES for word in words.split("|")}
_UNIT_IN_HEADING = re.compile(r"[(\[]\s*([^()\[\]]{1,20}?)\s*[)\]]\s*$")


@dataclass(frozen=True, slots=True)
class Measured:
    """A column that holds one measure: its place (from 0), title, LOINC code or "", and unit as its heading says."""

    column: int
    title: str
    code: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How to read a table. Columns count from 0, −1 is absent; `heading` is the row of the headings, from 0.

    `date_order` is `DMY`, `MDY`, `YMD`, or "" while dates such as 03/04/2024 leave it open; `decimal` is `.`, `,`, or
    "" while numbers such as 1,234 leave it open.
    """

    heading: int = 0
    date: int = -1
    name: int = -1
    value: int = -1
    unit: int = -1
    low: int = -1
    high: int = -1
    range: int = -1
    flag: int = -1
    code: int = -1
    specimen: int = -1
    performer: int = -1
    note: int = -1
    person: int = -1
    status: int = -1
    measured: tuple[Measured, ...] = ()
    date_order: str = ""
    decimal: str = ""

    @property
    def usable(self) -> bool:
        """True when it says enough to read results: what and how much; or when and which measures."""
        return (self.name >= 0 and self.value >= 0) or (self.date >= 0 and bool(self.measured))

    @property
    def weight(self) -> int:
        """How many columns it names: of two guesses the one that names more is better."""
        return sum(int(getattr(self, role)) >= 0 for role, _words in _ROLES) + len(self.measured)


def roles_of(mapping: Mapping, width: int) -> list[str]:
    """The role of each of `width` columns; "" for one that isn't used."""
    roles = [""] * width
    for role, _words in _ROLES:
        if 0 <= getattr(mapping, role) < width:
            roles[getattr(mapping, role)] = role
    for one in mapping.measured:
        if one.column < width:
            roles[one.column] = MEASURE
    return roles


def with_roles(mapping: Mapping, roles: Sequence[str], headings: Sequence[str]) -> Mapping:
    """The mapping where each column holds what the person says; of a role given twice the first column counts."""
    places = {role: roles.index(role) if role in roles else -1 for role, _words in _ROLES}
    known = {one.column: one for one in mapping.measured}
    measured = tuple(
        known.get(place) or _measured(place, headings[place] if place < len(headings) else "")
        for place, role in enumerate(roles)
        if role == MEASURE
    )
    return replace(mapping, measured=measured, **places)  # type: ignore[arg-type]


def _measured(place: int, heading: str) -> Measured:
    """A measure by its heading: a known one with its code, else called as it is written."""
    bare = _UNIT_IN_HEADING.sub("", heading).strip()
    unit = _UNIT_IN_HEADING.search(heading)
    title, code = _BY_MEASURE.get(_plain(bare), (bare, ""))
    return Measured(place, title, code, unit[1] if unit else "")


def guess(rows: Sequence[Sequence[str]]) -> Mapping:
    """The mapping that the headings among the first rows suggest; an unusable one where they suggest none."""
    best = Mapping()
    for number, row in enumerate(rows[:HEADING_ROWS]):
        found = _from_headings(number, row)
        if (found.usable, found.weight) > (best.usable, best.weight):
            best = found
    return best


def _from_headings(number: int, row: Sequence[str]) -> Mapping:
    columns: dict[str, int] = {}
    measured: list[Measured] = []
    for place, cell in enumerate(row[:500]):
        plain = _plain(_UNIT_IN_HEADING.sub("", cell))
        role = _BY_WORD.get(plain)
        if role and role not in columns:
            columns[role] = place
        elif plain in _BY_MEASURE and all(one.title != _BY_MEASURE[plain][0] for one in measured):
            unit = _UNIT_IN_HEADING.search(cell)
            measured.append(Measured(place, *_BY_MEASURE[plain], unit[1] if unit else ""))
    _not_the_patients_name(columns, row)
    tall = "name" in columns and "value" in columns
    return Mapping(heading=number, measured=() if tall else tuple(measured), **columns)  # type: ignore[arg-type]


def _not_the_patients_name(columns: dict[str, int], row: Sequence[str]) -> None:
    """Beside a column called Test, a column called Name is the patient's."""
    name = columns.get("name")
    if name is None or _plain(row[name]) != "name":
        return
    other = next(
        (place for place, cell in enumerate(row) if place != name and _BY_WORD.get(_plain(cell)) == "name"), None
    )
    if other is not None:
        columns["name"] = other
        columns.setdefault("person", name)


def _plain(heading: str) -> str:
    """A heading to compare: lower case, without accents, punctuation and a leading letter of its type."""
    letters = unicodedata.normalize("NFKD", heading[:80].casefold().replace("ß", "ss"))
    kept = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", kept).split())
