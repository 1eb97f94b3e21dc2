"""The words of headings, in several languages: for the roles of columns, and for measures that have a column each.

Words stand as `headings.plain` makes them: in lower case, without accents and punctuation, in any script.
"""

from dataclasses import dataclass

from organizer.base.i18n import marked

ROLES_BY_RANK: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "date",
        (
            # When it was taken counts before when it was measured, and that before when it was reported
            # (FHIR R4, Observation.effective: the clinically relevant time).
            "collection date|date collected|collected|collected on|collected at|collection date time|"
            "abnahmedatum|entnahmedatum|probendatum|date de prelevement|date prelevement|дата забора|дата взятия|"
            "дата взятия материала|fecha de toma|fecha de extraccion|specimen date|sample date|"
            "collection datetime|date of collection|drawn|draw date|date drawn|prelievo|data prelievo|"
            "datum der entnahme|datum der abnahme|datum der probenahme|datum der blutentnahme|blutentnahme|"
            "date of specimen|provtagningsdatum|fecha de la muestra|data pobrania|data da coleta",
            "date|datum|fecha|data|date time|datetime|timestamp|zeitpunkt|untersuchungsdatum|date of test|"
            "test date|effective date|observation date|measured|measured at|when|start date|day|tag|"
            "measurement date|messdatum|date de mesure|date de l examen|date examen|dato|paivamaara|data badania|"
            "fecha de medicion|exam date|service date|date of service|visit date|device timestamp|date utc|unix|"
            "unix time|epoch|timestamp ms|timestamp unix ms|time of measurement|full date|event date time|"
            "eventdatetime|datum uhrzeit|fecha y hora|date heure|date et heure|data ora|date and time|"
            "reading date|unixtime|time stamp|date of measurement|measuring date|messzeitpunkt|logged at|дата|"
            "дата исследования|дата анализа|дата и время|data esame|data i godzina|datum a cas|ημερομηνια|"
            "fecha hora|дата результата забора|ημ νια|tarih|tahlil tarihi|ngay|תאריך|תאריך בדיקה|التاريخ|日付|"
            "検査日|検査日付|检测日期|检查日期|日期|采样日期|報告日期|paiva|dátum|datum odberu|datum vysetreni|"
            "provedato|날짜|검사일",
            "start time|started|event date|recorded|recorded at|recorded on|entry date|created|created at",
            "result date|date resulted|resulted|report date|reported|date reported|befunddatum|reported on|"
            "fecha de resultado|date du resultat|validation date|authorised|released|order date|ordered|"
            "date ordered",
        ),
    ),
    (
        "time",
        (
            "time|uhrzeit|zeit|hora|heure|ora|tid|time of day|clock time|klokkeslett|tijd|godzina|test time|"
            "measurement time|messzeit|local time|время|godz|cas|saat|ωρα|שעה|الوقت|時刻|時間|时间|kellonaika|"
            "klokkeslaet|idopont|ido|시간",
            "collection time|time collected|entnahmezeit|abnahmezeit|hora de toma|heure de prelevement|sample time",
        ),
    ),
    (
        "name",
        (
            "analyte|analyte name|component|component name|parameter|показатель|параметр|наименование показателя|"
            "parametr|показник|laborwert|messwert|analito|parametro|determinacion|long common name|result name|"
            "analyt|parametre|determination|biomarker|marker|messgrosse|項目|検査項目|项目|项目名称|检验项目|"
            "検査名|항목|검사항목|בדיקה|שם הבדיקה|التحليل|الفحص|tetkik|tetkik adi|εξεταση|vysetreni|tutkimus|"
            "vizsgalat|undersogelse|investigation name|test parameter|parameters",
            "test|test name|analysis|observation|measurement|investigation|untersuchung|analyse|analys|"
            "bezeichnung|prueba|examen|exame|esame|test description|bepaling|undersokning|prove|badanie|measure|"
            "vital|vital sign|examination|libelle|denominacion|анализ|тест|исследование|наименование|"
            "наименование исследования|descripcion de la prueba",
            "lab test|name|what|item|description|lab|metric|type of measurement|nombre|nom|descripcion",
        ),
    ),
    (
        "value",
        (
            "result value|numeric result|numeric value|measured value|value numeric|zahlenwert|valor numerico|"
            "current result|current value|latest result|aktueller wert|resultado actual|resultat actuel",
            "value|result|results|wert|ergebnis|befund|resultat|valeur|resultado|valor|risultato|valore|reading|"
            "uitslag|test result|messergebnis|wynik|varde|waarde|verdi|resultaat|resultats|resultados|ergebnisse|"
            "результат|значение|показание|vysledek|hodnota|wartosc|τιμη|結果|测定结果|结果|検査結果|결과|תוצאה|"
            "النتيجة|sonuc|αποτελεσμα|tulos|eredmeny|svar|observed value|observed result|patient value|"
            "patient result",
        ),
    ),
    (
        "unit",
        (
            "unit|units|einheit|einheiten|unite|unites|unidad|unidades|unita|unita di misura|uom|eenheid|unidade|"
            "result unit|result units|unit of measure|enhet|enhed|jednostka|jednostki|units of measure|ед изм|"
            "единицы|единица|единица измерения|единицы измерения|ед|одиниці|u m|um|udm|jedn|jednotka|maateenheid|"
            "単位|单位|단위|יחידות|الوحدة|birim|μοναδες|μοναδα|yksikko|mertekegyseg",
        ),
    ),
    (
        "low",
        (
            "low|lower|range low|reference low|ref low|lower limit|min|normal low|untergrenze|von|minimo|"
            "lower bound|reference range low|referenz unten|lln|limite inferior|borne inferieure|ref min|"
            "range min",
        ),
    ),
    (
        "high",
        (
            "high|upper|range high|reference high|ref high|upper limit|max|normal high|obergrenze|bis|maximo|"
            "reference range high|upper bound|referenz oben|uln|limite superior|borne superieure|ref max|"
            "range max",
        ),
    ),
    (
        "range",
        (
            "range|reference range|reference|ref range|normal range|reference interval|referenzbereich|"
            "normbereich|normwert|normwerte|referenz|referenzwerte|valeurs de reference|intervalle de reference|"
            "norme|normes|valores de referencia|rango|rango de referencia|valori di riferimento|standard range|"
            "biological reference|referensintervall|referentiewaarden|wartosci referencyjne|norma|"
            "valores normales|референс|референсные значения|референсный интервал|норма|референтные значения|"
            "нормы|referencni meze|zakres referencyjny|v r|valori normali|intervallo di riferimento|vn|"
            "biological reference interval|ref|normal|normal values|reference values|基準値|基準範囲|参考范围|"
            "参考值|참고치|טווח|טווח נורמה|المعدل الطبيعي|القيم الطبيعية|referans araligi|referans|"
            "τιμες αναφορας|viitearvot|viitevali|referencia|referencia tartomany|referenceinterval|"
            "biological ref interval|bio ref interval|biological reference range|ref interval|reference value",
        ),
    ),
    (
        "flag",
        (
            "flag|flags|abnormal flag|interpretation|hinweis|markierung|kennzeichen|bewertung|alerte|indicador|"
            "h l|hl flag|pathologisch|判定|提示|status flag",
            "abnormal|indicator|abnormality",
        ),
    ),
    (
        "code",
        (
            "loinc|loinc code|loinc nummer|loinc num",
            "code|test code|codigo|analysecode",
        ),
    ),
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
            "note|notes|comment|comments|kommentar|bemerkung|bemerkungen|commentaire|comentario|remark|remarks|"
            "nota|notiz|notizen|notas|observaciones|anmerkung|anmerkungen|commentaires|comentarios|комментарий|"
            "комментарии|примечание|примечания|uwagi|poznamka|opmerking|opmerkingen|remarque|remarques|備考|备注|"
            "הערות|ملاحظات|aciklama|σχολια|poznamky|huomautus|megjegyzes|bemaerkninger",
        ),
    ),
    (
        "person",
        (
            "patient|patient id|pid|mrn|patient name|patientid|person|member|subject|patient number|"
            "patientennummer|patienten id|paciente|nom du patient|пациент|фио|ф и о|paziente|pacjent|navn|"
            "subject id|person id|patient mrn|patientin|member name|full name|family member|氏名|姓名|hasta|"
            "hasta adi|מטופל|اسم المريض|potilas",
            "name|user|user name|username|profile|child|child s name|kind|enfant|hijo|hija|bambino",
        ),
    ),
    (
        "status",
        (
            "result status|ergebnisstatus",
            "status|estado|statut|статус",
        ),
    ),
)
"""Each role, and the words for it: those that say it best first."""


@dataclass(frozen=True, slots=True)
class KnownMeasure:
    """What headings may name: LOINC code ("" for none; loinc.org), title ("" for one that is titled as it is written),
    and group. `units` are of the dimensions in which it is measured, where a bare number of it means nothing; `unit` is
    the one that the words themselves tell."""

    words: str
    title: str
    loinc: str = ""
    category: str = "vital-signs"
    units: tuple[str, ...] = ()
    unit: str = ""


PRESSURE, SYSTOLIC, DIASTOLIC = "85354-9", "8480-6", "8462-4"
"""LOINC codes of blood pressure and its two parts."""

MEASURES = (
    KnownMeasure(
        "heart rate|pulse|puls|pouls|pulso|herzfrequenz|hr|bpm|pulse rate|frequence cardiaque|frecuencia cardiaca|"
        "heartbeat|pul|rythme cardiaque|пульс|чсс|hartslag|tetno|battiti|battito|frequenza cardiaca",
        marked("Heart rate"),
        "8867-4",
    ),
    KnownMeasure("resting heart rate|resting hr|rhr|ruhepuls|pouls au repos", marked("Resting heart rate"), "40443-4"),
    KnownMeasure(
        "respiratory rate|respirations|atemfrequenz|resp|rr min|breathing rate", marked("Respiratory rate"), "9279-1"
    ),
    KnownMeasure(
        "temperature|body temperature|temp|temperatur|korpertemperatur|temperatura|body temp|температура|fieber|"
        "fiebre|fievre|temperature corporelle",
        marked("Body temperature"),
        "8310-5",
        units=("Cel",),
    ),
    KnownMeasure(
        "weight|body weight|gewicht|poids|peso|bodyweight|korpergewicht|vikt|waga|вес|масса тела|lichaamsgewicht|"
        "weight st lb",
        marked("Weight"),
        "29463-7",
        units=("kg",),
    ),
    KnownMeasure(
        "height|body height|grosse|korpergrosse|taille|altura|estatura|рост|altezza|wzrost",
        marked("Height"),
        "8302-2",
        units=("cm",),
    ),
    KnownMeasure("bmi|body mass index|imc|имт", marked("Body mass index"), "39156-5"),
    KnownMeasure(
        "blood pressure|bp|blutdruck|rr|tension|tension arterielle|pression arterielle|presion arterial|presion|"
        "pressione|pressione arteriosa|ad|ад|давление|артериальное давление|ta|blodtryck|bloeddruk|cisnienie|"
        "bp reading",
        marked("Blood pressure"),
        PRESSURE,
    ),
    KnownMeasure(
        "systolic|sys|systolisch|systolic blood pressure|systolic bp|sbp|systole|systolique|sistolica|"
        "systolic pressure|bp systolic|blood pressure systolic|presion sistolica|sist|bp sys|верхнее|"
        "верхнее давление|сад|систолическое|massima|bovendruk|skurczowe|cisnienie skurczowe",
        marked("Systolic blood pressure"),
        SYSTOLIC,
    ),
    KnownMeasure(
        "diastolic|dia|diastolisch|diastolic blood pressure|diastolic bp|dbp|diastole|diastolique|diastolica|"
        "diastolic pressure|bp diastolic|blood pressure diastolic|presion diastolica|bp dia|нижнее|"
        "нижнее давление|дад|диастолическое|minima|onderdruk|"
        "rozkurczowe|cisnienie rozkurczowe",
        marked("Diastolic blood pressure"),
        DIASTOLIC,
    ),
    KnownMeasure(
        "oxygen saturation|spo2|o2 sat|o2 saturation|sauerstoffsattigung|spo2 percent|blood oxygen|oxygen|sao2|"
        "сатурация|saturation|saturacion|saturazione",
        marked("Oxygen saturation"),
        "59408-5",
    ),
    KnownMeasure("head circumference|kopfumfang", marked("Head circumference"), "9843-4", units=("cm",)),
    KnownMeasure(
        "waist|waist circumference|taillenumfang|bauchumfang|tour de taille|cintura",
        marked("Waist circumference"),
        "8280-0",
        units=("cm",),
    ),
    KnownMeasure(
        "body fat|body fat percentage|fat percent|korperfett|body fat rate|grasa corporal|masse grasse",
        marked("Body fat"),
        "41982-0",
    ),
    KnownMeasure(
        "blood glucose|glucose|blood sugar|blutzucker|glucosa|glycemie|bloodsugar|bg|glucemia|glucose level|"
        "sugar level|sugar reading|bs|bz|глюкоза|сахар|сахар крови|glicemia|glykemie|cukier|bloedsuiker|"
        "glucose reading|blodsocker|blood sugar measurement|blood glucose reading|bg reading|glucose value|"
        "blood sugar value|glucose result|bg value|bg level|meter glucose|glucose measurement",
        marked("Blood glucose"),
        category="laboratory",
        units=("mmol/L", "mg/dL"),
    ),
    KnownMeasure(
        "ketones|ketone|ketone level|blood ketones|ketonkorper",
        marked("Ketones"),
        category="laboratory",
    ),
    KnownMeasure("steps|step count|total steps|schritte|pas|pasos|шаги|passi", marked("Steps"), category="activity"),
    KnownMeasure(
        "ecg|ekg|ecg result|ecg finding|ecg classification|kardia determination|instant analysis|ekg befund",
        marked("ECG"),
        category="exam",
    ),
    KnownMeasure(
        "sleep hours|hours of sleep|hours slept|schlafstunden|heures de sommeil|horas de sueno|ore di sonno",
        marked("Sleep"),
        category="activity",
        unit="h",
    ),
    KnownMeasure(
        "sleep|sleep duration|time asleep|schlaf|schlafdauer|sommeil|sueno",
        marked("Sleep"),
        category="activity",
        units=("h",),
    ),
    KnownMeasure("peak flow|pef|pefr|peak expiratory flow", marked("Peak expiratory flow"), category="vital-signs"),
    KnownMeasure("pain|pain score|pain level|schmerz|schmerzen|dolor|douleur|боль", marked("Pain"), category="symptom"),
    KnownMeasure(
        "fatigue|tiredness|nausea|mood|anxiety|stress|energy|energy level|headache|migraine|dizziness|appetite|"
        "sleep quality|itch|itching|cough|breathlessness|shortness of breath|bloating|joint pain|back pain|"
        "muscle pain|brain fog|depression|vomiting|stiffness|cramps|heartburn|mudigkeit|ubelkeit|stimmung|angst|"
        "kopfschmerz|kopfschmerzen|schwindel|appetit|schlafqualitat|juckreiz|husten|fatiga|cansancio|nauseas|animo|"
        "ansiedad|mareo|apetito|picor|tos|nausee|humeur|anxiete|vertiges|appetit|toux|усталость|тошнота|"
        "настроение|тревога|головная боль|symptom score",
        "",
        category="symptom",
    ),
)
"""Headings that name a measure: such a table has one column a measure."""

NO_BODY_WEIGHT = "reps|sets|exercise|exercise name|exercise title|set index|wiederholungen|satze|ubung|repeticiones"
"""Beside one of these a weight is one that was lifted."""

FOOD = (
    "calories|calories kcal|energy kcal|kcal|kalorien|calorias|kilocalories|fat|fats|total fat|saturated fat|fiber|"
    "fibre|fett|grasas|lipides|glucides|dietary fiber|bmr|bmr kcal|bone mass|visceral fat|macros|net carbs"
)
"""Beside one of these protein, sodium and iron are what was eaten, or what a scale estimates, and not in the blood."""

IN_CAPITALS = {"PAS": SYSTOLIC, "TAS": SYSTOLIC, "PAD": DIASTOLIC, "TAD": DIASTOLIC, "FC": "8867-4", "FR": "9279-1"}
"""Abbreviations that mean it only in capitals, with the LOINC code of the measure: `Pas` are steps."""

OCCASIONS = (
    "am|a m|pm|p m|morning|mornings|noon|midday|afternoon|evening|evenings|night|bedtime|before bed|fasting|"
    "pre meal|post meal|before breakfast|after breakfast|before lunch|after lunch|before dinner|after dinner|"
    "waking|on waking|left|right|left arm|right arm|1|2|3|1st|2nd|3rd|first|second|third|sitting|standing|lying|"
    "morgens|fruh|mittags|abends|nachts|nuchtern|vor dem essen|nach dem essen|links|rechts|matin|midi|soir|nuit|"
    "a jeun|manana|mediodia|tarde|noche|en ayunas|ayunas|утро|утром|день|вечер|вечером|ночь|mattina|sera|mezzogiorno|"
    "a digiuno|rano|wieczor|ochtend|avond|average|avg|mean|"
    "durchschnitt|moyenne|promedio|media"
)
"""When, where or which of several readings: words that stand before or behind what was measured."""
