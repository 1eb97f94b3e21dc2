"""What the words of headings mean, in several languages: the roles of columns, and measures that have a column each."""

import re
import unicodedata
from functools import lru_cache

from organizer.base.analyte_names import analytes_named, loinc_of, specimen_in, unit_beside
from organizer.base.i18n import marked
from organizer.base.units import is_unit

_RANKED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "date",
        (
            # When it was taken counts before when it was measured, and that before when it was reported
            # (FHIR R4, Observation.effective: the clinically relevant time).
            "collection date|date collected|collected|collected on|collected at|collection date time|abnahmedatum|"
            "entnahmedatum|probendatum|date de prelevement|date prelevement|fecha de toma|fecha de extraccion|"
            "specimen date|sample date|collection datetime|date of collection|drawn|draw date|date drawn|prelievo|"
            "data prelievo|provtagningsdatum|fecha de la muestra|data pobrania|data da coleta",
            "date|datum|fecha|data|date time|datetime|timestamp|zeitpunkt|untersuchungsdatum|date of test|test date|"
            "effective date|observation date|measured|measured at|when|start date|day|tag|measurement date|messdatum|"
            "date de mesure|date de l examen|date examen|dato|paivamaara|data badania|fecha de medicion|exam date|"
            "service date|date of service|visit date|device timestamp|date utc|unix|unix time|epoch|timestamp ms|"
            "timestamp unix ms|unixtime|time stamp|date of measurement|measuring date|messzeitpunkt|logged at|"
            "fecha hora",
            "start time|started|event date|recorded|recorded at|recorded on|entry date|created|created at",
            "result date|date resulted|resulted|report date|reported|date reported|befunddatum|reported on|"
            "fecha de resultado|date du resultat|validation date|authorised|released|order date|ordered|date ordered",
        ),
    ),
    (
        "time",
        (
            "time|uhrzeit|zeit|hora|heure|ora|tid|time of day|clock time|klokkeslett|tijd|godzina|test time|"
            "measurement time|messzeit|local time",
            "collection time|time collected|entnahmezeit|abnahmezeit|hora de toma|heure de prelevement|sample time",
        ),
    ),
    (
        "name",
        (
            "analyte|component|component name|parameter|laborwert|messwert|analito|parametro|determinacion|"
            "long common name|result name|analyt|parametre|determination|biomarker|marker|messgrosse",
            "test|test name|analysis|observation|measurement|investigation|untersuchung|analyse|analys|bezeichnung|"
            "prueba|examen|exame|esame|test description|bepaling|undersokning|prove|badanie|measure|vital|vital sign|"
            "examination|libelle|denominacion|descripcion de la prueba",
            "lab test|name|what|item|description|lab|metric|type of measurement|nombre|nom|descripcion",
        ),
    ),
    (
        "value",
        (
            "result value|numeric result|numeric value|measured value|value numeric|zahlenwert|valor numerico",
            "value|result|results|wert|ergebnis|befund|resultat|valeur|resultado|valor|risultato|valore|reading|uitslag|"
            "test result|messergebnis|wynik|varde|waarde|verdi|resultaat|resultats|resultados|ergebnisse",
        ),
    ),
    (
        "unit",
        (
            "unit|units|einheit|einheiten|unite|unites|unidad|unidades|unita|unita di misura|uom|eenheid|unidade|"
            "result unit|result units|unit of measure|enhet|enhed|jednostka|jednostki|units of measure",
        ),
    ),
    (
        "low",
        (
            "low|lower|range low|reference low|ref low|lower limit|min|normal low|untergrenze|von|minimo|lower bound|"
            "reference range low|referenz unten|lln|limite inferior|borne inferieure|ref min|range min",
        ),
    ),
    (
        "high",
        (
            "high|upper|range high|reference high|ref high|upper limit|max|normal high|obergrenze|bis|maximo|"
            "reference range high|upper bound|referenz oben|uln|limite superior|borne superieure|ref max|range max",
        ),
    ),
    (
        "range",
        (
            "range|reference range|reference|ref range|normal range|reference interval|referenzbereich|normbereich|"
            "normwert|normwerte|referenz|referenzwerte|valeurs de reference|intervalle de reference|norme|normes|"
            "valores de referencia|rango|rango de referencia|valori di riferimento|standard range|"
            "biological reference|referensintervall|referentiewaarden|wartosci referencyjne|norma|valores normales|"
            "biological reference interval|ref|normal|normal values|reference values",
        ),
    ),
    (
        "flag",
        (
            "flag|flags|abnormal flag|interpretation|hinweis|markierung|kennzeichen|bewertung|alerte|indicador|h l|"
            "hl flag",
            "abnormal|indicator|abnormality",
        ),
    ),
    ("code", ("loinc|loinc code|loinc nummer|loinc num", "code|test code|codigo|analysecode")),
    (
        "specimen",
        ("specimen|sample|sample type|specimen type|material|probe|probenmaterial|muestra|echantillon|materiale",),
    ),
    (
        "performer",
        (
            "laboratory|performer|labor|laboratoire|laboratorio|performing lab|performing laboratory|lab name",
            "lab|source|provider|ordering facility|facility|labo|quelle|fuente|device|gerat",
        ),
    ),
    (
        "note",
        (
            "note|notes|comment|comments|kommentar|bemerkung|bemerkungen|commentaire|comentario|remark|remarks|nota|"
            "notiz|notizen|notas|observaciones|anmerkung|anmerkungen|commentaires|comentarios",
        ),
    ),
    (
        "person",
        (
            "patient|patient id|pid|mrn|patient name|patientid|person|member|subject|patient number|patientennummer|"
            "patienten id|paciente|nom du patient|subject id|person id|patient mrn|patientin|member name|full name|"
            "family member",
            "name|user|user name|username|profile",
        ),
    ),
    ("status", ("result status|ergebnisstatus", "status|estado|statut")),
)
ROLE_NAMES = tuple(role for role, _words in _RANKED)
_BY_WORD: dict[str, list[tuple[int, str]]] = {}
for _role, _ranks in _RANKED:
    for _rank, _words in enumerate(_ranks):
        for _word in _words.split("|"):
            _BY_WORD.setdefault(_word, []).append((_rank, _role))

_MEASURES = (
    (
        "heart rate|pulse|puls|pouls|pulso|herzfrequenz|hr|bpm|pulse rate|frequence cardiaque|frecuencia cardiaca|"
        "heartbeat|pul|rythme cardiaque",
        marked("Heart rate"),
        "8867-4",
    ),
    ("respiratory rate|respirations|atemfrequenz", marked("Respiratory rate"), "9279-1"),
    (
        "temperature|body temperature|temp|temperatur|korpertemperatur|temperatura|body temp",
        marked("Body temperature"),
        "8310-5",
    ),
    ("weight|body weight|gewicht|poids|peso|bodyweight|korpergewicht|vikt|waga", marked("Weight"), "29463-7"),
    ("height|body height|grosse|korpergrosse|taille|altura|estatura", marked("Height"), "8302-2"),
    ("bmi|body mass index|imc", marked("Body mass index"), "39156-5"),
    (
        "systolic|sys|systolisch|systolic blood pressure|systolic bp|sbp|systole|systolique|sistolica|"
        "systolic pressure|bp systolic|blood pressure systolic|presion sistolica|sistolique",
        marked("Systolic blood pressure"),
        "8480-6",
    ),
    (
        "diastolic|dia|diastolisch|diastolic blood pressure|diastolic bp|dbp|diastole|diastolique|diastolica|"
        "diastolic pressure|bp diastolic|blood pressure diastolic|presion diastolica",
        marked("Diastolic blood pressure"),
        "8462-4",
    ),
    (
        "oxygen saturation|spo2|o2 sat|o2 saturation|sauerstoffsattigung|spo2 percent|blood oxygen|oxygen",
        marked("Oxygen saturation"),
        "59408-5",
    ),
    ("head circumference|kopfumfang", marked("Head circumference"), "9843-4"),
    (
        "waist|waist circumference|taillenumfang|bauchumfang|tour de taille|cintura",
        marked("Waist circumference"),
        "8280-0",
    ),
    ("body fat|body fat percentage|fat|fat percent|korperfett|body fat rate", marked("Body fat"), "41982-0"),
    (
        "blood glucose|glucose|blood sugar|blutzucker|glucosa|glycemie|bloodsugar|bg|glucemia|glucose level",
        marked("Blood glucose"),
        "",
    ),
    ("ketones|ketone|ketone level|blood ketones|ketonkorper", marked("Ketones"), ""),
    ("steps|step count|schritte|pas|pasos", marked("Steps"), ""),
    ("peak flow|pef", marked("Peak expiratory flow"), ""),
    ("pain|pain score|schmerz|dolor|douleur", marked("Pain"), ""),
)
"""Headings that name a measure: such a table has one column a measure (LOINC codes from loinc.org)."""
_BY_MEASURE = {word: (title, code) for words, title, code in _MEASURES for word in words.split("|")}
_UNIT_IN_HEADING = re.compile(r"[(\[]\s*([^()\[\]]{1,20}?)\s*[)\]]\s*$")
_AFTER_A_MARK = re.compile(r"^(.*\S)\s*[,/]\s*([^\s,/]+(?:/[^\s,/]+)?)$")
_CASES = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PRINTED_UNITS = frozenset({"bpm", "c", "f", "count", "lbs", "kgs", "steps", "st", "stone", "st lb", "percent"})


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """A heading to compare: lower case, without accents and punctuation."""
    letters = unicodedata.normalize("NFKD", heading[:80].casefold().replace("ß", "ss"))
    kept = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", kept).split())


@lru_cache(maxsize=4096)
def roles_named(heading: str) -> tuple[tuple[int, str], ...]:
    """The roles that a heading may name, each with its rank among the words for that role (0 says it best)."""
    bare = _UNIT_IN_HEADING.sub("", heading)
    for spelling in (bare, _CASES.sub(" ", bare), heading):
        if found := _BY_WORD.get(plain(spelling)):
            return tuple(found)
    return ()


@lru_cache(maxsize=4096)
def known_measure(heading: str) -> tuple[str, str, str] | None:
    """Title, LOINC code ("" for none) and unit of a measure that a heading names; None where it names none."""
    for bare, unit in _bare_and_unit(heading):
        known = _BY_MEASURE.get(plain(bare)) or _BY_MEASURE.get(plain(_CASES.sub(" ", bare)))
        if known is not None:
            return (*known, unit)
    return None


@lru_cache(maxsize=4096)
def measure_named(heading: str) -> tuple[str, str, str] | None:
    """As `known_measure`, and what laboratories measure besides: that is titled as it is written."""
    known = known_measure(heading)
    if known is not None:
        return known
    for bare, unit in _bare_and_unit(heading):
        named = analytes_named(bare)
        if named:
            return bare, loinc_of(named, specimen_in(bare), unit_beside(unit, named)), unit
    return None


def bare_and_unit(heading: str) -> tuple[str, str]:
    """A heading without the unit that stands in brackets at its end, and that unit; "" where there is none."""
    return next(reversed(_bare_and_unit(heading)[:2])) if _UNIT_IN_HEADING.search(heading) else (heading.strip(), "")


def _bare_and_unit(heading: str) -> list[tuple[str, str]]:
    """The ways in which a heading may part into what was measured and its unit: `Glucose mmol/L`, `weight_kg`."""
    whole = heading.strip()
    ways = [(whole, "")]
    inside = _UNIT_IN_HEADING.search(heading)
    if inside is not None and _may_be_unit(inside[1]):
        ways.append((heading[: inside.start()].strip(), inside[1]))
    marked_off = _AFTER_A_MARK.match(whole)
    if marked_off is not None and _may_be_unit(marked_off[2]):
        ways.append((marked_off[1], marked_off[2]))
    words = whole.replace("_", " ").split()
    if len(words) > 1 and _may_be_unit(words[-1]):
        ways.append((" ".join(words[:-1]), words[-1]))
    return ways


def _may_be_unit(text: str) -> bool:
    return is_unit(text) or text.casefold() in _PRINTED_UNITS
