"""Made-up people, laboratories and results for reports that no reader has seen; all by a seeded random source.

Names, units and ranges are written down here by hand, apart from the product's own table.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

# panel: name in us | uk | de | fr | es ; unit us | uk | de | fr | es (UCUM) ; low high decimals in us units ; factor to the other unit
# "~" repeats the column before it.
_LINES = """
blood|Hemoglobin|Haemoglobin|Hämoglobin|Hémoglobine|Hemoglobina|g/dL|g/L|g/dl|g/dL|g/dL|12.0 17.0 1|uk:10:0
blood|WBC|White Cell Count|Leukozyten|Leucocytes|Leucocitos|10*3/uL|10*9/L|/nl|G/L|10*3/uL|4.0 10.5 1|
blood|RBC|Red cell count|Erythrozyten|Hématies|Hematíes|10*6/uL|10*12/L|/pl|T/L|10*6/uL|4.10 5.60 2|
blood|Hematocrit|Haematocrit|Hämatokrit|Hématocrite|Hematocrito|%|L/L|%|%|%|36.0 50.0 1|uk:0.01:3
blood|MCV|MCV|MCV|VGM|VCM|fL|fL|fl|fL|fL|80 98 1|
blood|MCH|MCH|MCH (HbE)|TCMH|HCM|pg|pg|pg|pg|pg|27.0 33.0 1|
blood|MCHC|MCHC|MCHC|CCMH|CHCM|g/dL|g/L|g/dl|g/dL|g/dL|31.5 36.0 1|uk:10:0
blood|RDW|RDW|EVB (RDW)|IDR|ADE|%|%|%|%|%|11.6 15.0 1|
blood|Platelet Count|Platelets|Thrombozyten|Plaquettes|Plaquetas|10*3/uL|10*9/L|/nl|G/L|10*3/uL|150 400 0|
blood|Neutrophils (Absolute)|Neutrophils|Neutrophile absolut|Polynucléaires neutrophiles|Neutrófilos|10*3/uL|10*9/L|/nl|G/L|10*3/uL|1.80 7.50 2|
blood|Lymphs (Absolute)|Lymphocytes|Lymphozyten absolut|Lymphocytes|Linfocitos|10*3/uL|10*9/L|/nl|G/L|10*3/uL|1.00 4.00 2|
blood|Monocytes(Absolute)|Monocytes|Monozyten absolut|Monocytes|Monocitos|10*3/uL|10*9/L|/nl|G/L|10*3/uL|0.20 1.00 2|
blood|Eos (Absolute)|Eosinophils|Eosinophile absolut|Polynucléaires éosinophiles|Eosinófilos|10*3/uL|10*9/L|/nl|G/L|10*3/uL|0.02 0.50 2|
blood|Basophils|Basophils|Basophile|Polynucléaires basophiles|Basófilos|%|%|%|%|%|0.0 2.0 1|
chem|Glucose|Plasma glucose|Glukose|Glycémie à jeun|Glucosa|mg/dL|mmol/L|mg/dl|g/L|mg/dL|70 99 0|uk:0.0555:1 fr:0.01:2
chem|BUN|Urea|Harnstoff|Urée|Urea|mg/dL|mmol/L|mg/dl|mmol/L|mg/dL|7 24 0|uk:0.357:1 fr:0.357:1
chem|Creatinine, Serum|Serum creatinine|Kreatinin i.S.|Créatinine|Creatinina|mg/dL|umol/L|mg/dl|umol/L|mg/dL|0.57 1.27 2|uk:88.4:0 fr:88.4:0
chem|eGFR|eGFR|GFR (CKD-EPI)|DFG estimé (CKD-EPI)|Filtrado glomerular estimado (CKD-EPI)|mL/min/{1.73_m2}|~|~|~|~|>60 0|
chem|Sodium|Sodium|Natrium|Sodium|Sodio|mmol/L|~|~|~|~|134 146 0|
chem|Potassium|Potassium|Kalium|Potassium|Potasio|mmol/L|~|~|~|~|3.5 5.3 1|
chem|Chloride|Chloride|Chlorid|Chlorures|Cloro|mmol/L|~|~|~|~|96 107 0|
chem|Carbon Dioxide, Total|Bicarbonate|Bicarbonat|Bicarbonates|Bicarbonato|mmol/L|~|~|~|~|20 29 0|
chem|Calcium|Adjusted calcium|Calcium|Calcium|Calcio|mg/dL|mmol/L|mmol/l|mmol/L|mg/dL|8.7 10.3 1|uk:0.2495:2 de:0.2495:2 fr:0.2495:2
chem|Phosphorus|Inorganic phosphate|Phosphat anorganisch|Phosphore|Fósforo|mg/dL|mmol/L|mg/dl|mmol/L|mg/dL|2.5 4.5 1|uk:0.323:2 fr:0.323:2
chem|Magnesium|Magnesium|Magnesium|Magnésium|Magnesio|mg/dL|mmol/L|mmol/l|mmol/L|mg/dL|1.6 2.3 1|uk:0.411:2 de:0.411:2 fr:0.411:2
chem|Protein, Total|Total protein|Gesamteiweiß|Protides totaux|Proteínas totales|g/dL|g/L|g/l|g/L|g/dL|6.0 8.5 1|uk:10:0 de:10:0 fr:10:0
chem|Albumin|Albumin|Albumin|Albumine|Albúmina|g/dL|g/L|g/l|g/L|g/dL|3.8 4.9 1|uk:10:0 de:10:0 fr:10:0
chem|Uric Acid|Urate|Harnsäure|Acide urique|Ácido úrico|mg/dL|umol/L|mg/dl|umol/L|mg/dL|3.1 7.9 1|uk:59.48:0 fr:59.48:0
liver|Bilirubin, Total|Total bilirubin|Bilirubin gesamt|Bilirubine totale|Bilirrubina total|mg/dL|umol/L|mg/dl|umol/L|mg/dL|0.2 1.2 1|uk:17.1:0 fr:17.1:0
liver|ALT (SGPT)|ALT|GPT (ALAT)|Transaminases SGPT (ALAT)|GPT (ALT)|U/L|~|U/l|UI/L|U/L|7 44 0|
liver|AST (SGOT)|AST|GOT (ASAT)|Transaminases SGOT (ASAT)|GOT (AST)|U/L|~|U/l|UI/L|U/L|8 40 0|
liver|Alkaline Phosphatase|Alkaline phosphatase|Alkalische Phosphatase|Phosphatases alcalines|Fosfatasa alcalina|U/L|~|U/l|UI/L|U/L|44 121 0|
liver|GGT|Gamma GT|Gamma-GT|Gamma-GT|GGT|U/L|~|U/l|UI/L|U/L|8 61 0|
liver|LDH|Lactate dehydrogenase|LDH|LDH|LDH|U/L|~|U/l|UI/L|U/L|121 224 0|
liver|Lipase|Amylase|Lipase|Lipase|Amilasa|U/L|~|U/l|UI/L|U/L|13 78 0|
liver|Creatine Kinase, Total|Creatine kinase|CK gesamt|Créatine phosphokinase (CPK)|CK|U/L|~|U/l|UI/L|U/L|41 331 0|
lipid|Cholesterol, Total|Total cholesterol|Cholesterin gesamt|Cholestérol total|Colesterol total|mg/dL|mmol/L|mg/dl|g/L|mg/dL|<200 0|uk:0.02586:1 fr:0.01:2
lipid|Triglycerides|Triglycerides|Triglyceride|Triglycérides|Triglicéridos|mg/dL|mmol/L|mg/dl|g/L|mg/dL|<150 0|uk:0.0113:1 fr:0.01:2
lipid|HDL Cholesterol|HDL cholesterol|HDL-Cholesterin|Cholestérol HDL|Colesterol HDL|mg/dL|mmol/L|mg/dl|g/L|mg/dL|>39 0|uk:0.02586:1 fr:0.01:2
lipid|LDL Chol Calc (NIH)|LDL cholesterol|LDL-Cholesterin|Cholestérol LDL calculé|Colesterol LDL|mg/dL|mmol/L|mg/dl|g/L|mg/dL|<100 0|uk:0.02586:1 fr:0.01:2
lipid|Lipoprotein (a)|Lipoprotein(a)|Lipoprotein (a)|Lipoprotéine (a)|Lipoproteína (a)|nmol/L|~|~|~|~|<75 0|
thyroid|TSH|TSH|TSH basal|TSH|TSH|u[IU]/mL|m[IU]/L|mU/l|m[UI]/L|u[UI]/mL|0.450 4.500 3|uk:1:2 de:1:2 fr:1:2 es:1:2
thyroid|T4,Free(Direct)|Free T4|freies T4|T4 libre|T4 libre|ng/dL|pmol/L|ng/dl|pmol/L|ng/dL|0.82 1.77 2|uk:12.87:1 fr:12.87:1
thyroid|Triiodothyronine (T3), Free|Free T3|freies T3|T3 libre|T3 libre|pg/mL|pmol/L|pg/ml|pmol/L|pg/mL|2.0 4.4 1|uk:1.536:1 fr:1.536:1
thyroid|Thyroid Peroxidase (TPO) Ab|Thyroid peroxidase antibodies|TPO-Antikörper|Anticorps anti-TPO|Anticuerpos anti-TPO|[IU]/mL|~|IU/ml|[UI]/mL|[UI]/mL|<34 0|
iron|Ferritin|Ferritin|Ferritin|Ferritine|Ferritina|ng/mL|ug/L|ng/ml|ug/L|ng/mL|30 400 0|
iron|Iron|Iron|Eisen|Fer sérique|Hierro|ug/dL|umol/L|ug/dl|umol/L|ug/dL|38 169 0|uk:0.179:1 fr:0.179:1
iron|Transferrin Saturation|Transferrin saturation|Transferrinsättigung|Coefficient de saturation de la transferrine|Índice de saturación de transferrina|%|~|~|~|~|15 55 0|
iron|Vitamin B12|Vitamin B12|Vitamin B12|Vitamine B12|Vitamina B12|pg/mL|ng/L|pg/ml|ng/L|pg/mL|232 1245 0|
iron|Folate (Folic Acid), Serum|Serum folate|Folsäure|Folates sériques|Ácido fólico|ng/mL|ug/L|ng/ml|ug/L|ng/mL|>3.0 1|
iron|Vitamin D, 25-Hydroxy|25-OH vitamin D|25-OH-Vitamin D|25-OH-Vitamine D|25-OH-Vitamina D|ng/mL|nmol/L|ng/ml|nmol/L|ng/mL|30.0 100.0 1|uk:2.5:0 fr:2.5:0
inflam|C-Reactive Protein, Quant|C-reactive protein|C-reaktives Protein (CRP)|Protéine C réactive|Proteína C reactiva|mg/L|~|mg/l|mg/L|mg/L|<5 1|
inflam|Sedimentation Rate-Westergren|ESR|BSG 1. Stunde|Vitesse de sédimentation 1ère heure|VSG|mm/h|~|~|~|~|0 30 0|
inflam|Rheumatoid Factor|Rheumatoid factor|Rheumafaktor|Facteur rhumatoïde|Factor reumatoide|[IU]/mL|~|IU/ml|[UI]/mL|[UI]/mL|<14 1|
inflam|Immunoglobulin G, Qn, Serum|Immunoglobulin G|Immunglobulin G|Immunoglobulines G|Inmunoglobulina G|mg/dL|g/L|g/l|g/L|mg/dL|700 1600 0|uk:0.01:1 de:0.01:1 fr:0.01:2
inflam|Complement C3, Serum|Complement C3|Komplement C3|Complément C3|Complemento C3|mg/dL|g/L|g/l|g/L|mg/dL|82 167 0|uk:0.01:2 de:0.01:2 fr:0.01:2
coag|Prothrombin Time|Prothrombin time|Quick|Taux de prothrombine|Actividad de protrombina|s|s|%|%|%|70 120 0|us:0.1:1 uk:0.1:1
coag|INR|INR|INR|INR|INR||~|~|~|~|0.9 1.2 1|
coag|aPTT|APTT|aPTT|TCA|TTPA|s|~|sec|s|s|24 35 0|
coag|Fibrinogen|Fibrinogen|Fibrinogen|Fibrinogène|Fibrinógeno|mg/dL|g/L|mg/dl|g/L|mg/dL|193 507 0|uk:0.01:2 fr:0.01:2
horm|Hemoglobin A1c|HbA1c (IFCC)|HbA1c|Hémoglobine glyquée HbA1c|Hemoglobina glicosilada|%|mmol/mol|%|%|%|4.8 5.6 1|uk:7.6:0
horm|Prostate Specific Ag|Prostate specific antigen|PSA gesamt|PSA total|PSA total|ng/mL|ug/L|ng/ml|ug/L|ng/mL|<4.0 2|
horm|Cortisol - AM|Cortisol|Cortisol basal|Cortisol 8 h|Cortisol basal|ug/dL|nmol/L|ug/dl|nmol/L|ug/dL|6.2 19.4 1|uk:27.6:0 fr:27.6:0
horm|PTH, Intact|Parathyroid hormone|Parathormon intakt|Parathormone intacte|Hormona paratiroidea (PTH)|pg/mL|pmol/L|pg/ml|pg/mL|pg/mL|15 65 0|uk:0.106:1
horm|Testosterone, Serum|Testosterone|Testosteron|Testostérone totale|Testosterona|ng/dL|nmol/L|ng/ml|nmol/L|ng/dL|264 916 0|uk:0.0347:1 de:0.01:2 fr:0.0347:1
horm|NT-proBNP|NT-proBNP|NT-proBNP|NT-proBNP|NT-proBNP|pg/mL|ng/L|pg/ml|ng/L|pg/mL|<125 0|
horm|Pyridoxal 5-phosphate|Vitamin B6|Vitamin B6|Vitamine B6|Vitamina B6|ug/L|~|~|~|~|5.3 46.7 1|
horm|Soluble Transferrin Receptor|Soluble transferrin receptor|Löslicher Transferrin-Rezeptor|Récepteur soluble de la transferrine|Receptor soluble de transferrina|mg/L|~|mg/l|mg/L|mg/L|2.2 5.0 1|
kidney|Albumin/Creatinine Ratio|Urine albumin/creatinine ratio|Albumin/Kreatinin-Quotient|Rapport albumine/créatinine|Cociente albúmina/creatinina|mg/g|mg/mmol|mg/g|mg/mmol|mg/g|<30 0|uk:0.113:1 fr:0.113:1
kidney|Cystatin C|Cystatin C|Cystatin C|Cystatine C|Cistatina C|mg/L|~|mg/l|mg/L|mg/L|0.60 1.00 2|
"""

_WORDS = {
    # name in us|uk|de|fr|es ; values normal / abnormal in each ; range
    "us": [
        ("Color", ["Yellow", "Amber"], "Yellow"), ("Appearance", ["Clear", "Cloudy"], "Clear"), ("Glucose", ["Negative", "2+", "Trace"], "Negative"),
        ("Ketones", ["Negative", "Trace", "1+"], "Negative"), ("Nitrite", ["Negative", "Positive"], "Negative"), ("Bilirubin", ["Negative"], "Negative"),
        ("Leukocyte Esterase", ["Negative", "Trace", "3+"], "Negative"), ("Protein", ["Negative", "Trace", "1+", "3+"], "Negative"),
    ],
    "uk": [
        ("Colour", ["Yellow", "Straw"], ""), ("Nitrite", ["Negative", "Positive"], "Negative"), ("Ketones", ["Negative", "Trace"], "Negative"),
        ("Leucocyte esterase", ["Negative", "2+"], "Negative"), ("Blood", ["Negative", "Trace", "1+"], "Negative"), ("Protein", ["Negative", "1+"], "Negative"),
    ],
    "de": [
        ("Leukozyten", ["negativ", "3+", "1+"], "negativ"), ("Nitrit", ["negativ", "positiv"], "negativ"), ("Eiweiß", ["negativ", "Spuren", "1+"], "negativ"),
        ("Ketonkörper", ["negativ", "Spuren"], "negativ"), ("Blut", ["negativ", "2+"], "negativ"), ("Glukose", ["negativ", "1+"], "negativ"),
    ],
    "fr": [
        ("Nitrites", ["Négatif", "Positif"], "Négatif"), ("Glucose", ["Négatif", "Traces"], "Négatif"), ("Corps cétoniques", ["Absence", "Traces"], "Absence"),
        ("Sang", ["Négatif", "1+"], "Négatif"), ("Aspect", ["Limpide", "Trouble"], ""),
    ],
    "es": [
        ("Nitritos", ["Negativo", "Positivo"], "Negativo"), ("Cuerpos cetónicos", ["Negativo", "Indicios"], "Negativo"), ("Color", ["Amarillo"], ""),
        ("Aspecto", ["Claro", "Turbio"], "Claro"), ("Sangre", ["Negativo", "1+"], "Negativo"), ("Proteínas", ["Negativo", "1+"], "Negativo"),
    ],
}  # fmt: skip
_SERUM_WORDS = {
    "us": [("HBsAg Screen", ["Negative"], "Negative"), ("Hep C Virus Ab", ["Non Reactive", "Reactive"], "Non Reactive"), ("ANA Titer", ["1:80", "1:320", "<1:40"], "<1:40")],
    "uk": [("HBsAg", ["Not detected"], ""), ("HCV antibody", ["Not detected"], ""), ("ANA titre", ["1:80", "1:640"], "<1:80")],
    "de": [("HBs-Antigen", ["negativ"], "negativ"), ("HCV-Antikörper", ["negativ"], "negativ"), ("ANA-Titer", ["1:160", "1:80"], "<1:80")],
    "fr": [("Antigène HBs", ["Négatif"], "Négatif"), ("Anticorps antinucléaires", ["1:160", "1:80"], "<1:80")],
    "es": [("Antígeno de superficie hepatitis B", ["Negativo"], "Negativo"), ("Anticuerpos antinucleares", ["1:160", "Negativo"], "Negativo")],
}  # fmt: skip
SECTIONS = {
    "blood": ("HEMATOLOGY", "HAEMATOLOGY", "Blutbild", "HÉMATOLOGIE", "HEMATOLOGÍA"),
    "chem": ("Comp. Metabolic Panel", "BIOCHEMISTRY", "Klinische Chemie", "BIOCHIMIE SANGUINE", "BIOQUÍMICA"),
    "liver": ("Hepatic Function Panel", "Liver function tests", "Leberwerte", "BILAN HÉPATIQUE", "PERFIL HEPÁTICO"),
    "lipid": ("Lipid Panel", "LIPIDS", "Fettstoffwechsel", "BILAN LIPIDIQUE", "PERFIL LIPÍDICO"),
    "thyroid": ("Thyroid Panel", "THYROID FUNCTION", "Schilddrüse", "BILAN THYROÏDIEN", "HORMONAS TIROIDEAS"),
    "iron": (
        "Iron and Vitamins",
        "HAEMATINICS",
        "Eisenstoffwechsel und Vitamine",
        "VITAMINES ET FER",
        "METABOLISMO DEL HIERRO",
    ),
    "inflam": ("Inflammation", "IMMUNOLOGY", "Entzündung", "IMMUNOLOGIE", "INMUNOLOGÍA"),
    "coag": ("Coagulation", "COAGULATION", "Gerinnung", "HÉMOSTASE", "COAGULACIÓN"),
    "horm": ("Hormones and Markers", "ENDOCRINOLOGY", "Hormone und Marker", "HORMONOLOGIE", "HORMONAS"),
    "kidney": ("Kidney", "RENAL", "Niere", "FONCTION RÉNALE", "FUNCIÓN RENAL"),
    "urine": ("URINALYSIS", "URINE DIPSTICK", "Urinstatus", "EXAMEN DES URINES", "ANÁLISIS DE ORINA"),
    "sero": ("SEROLOGY", "SEROLOGY", "Serologie", "SÉROLOGIE", "SEROLOGÍA"),
}
LOCALES = ("us", "uk", "de", "fr", "es")
COUNTRY = {"ch": "de", "mx": "es", "ca": "fr", "ie": "uk"}
"""Locales that share a language but print numbers, dates or units in another way."""

PRINTED = {
    "10*3/uL": ["x10E3/uL", "K/uL", "10^3/uL", "10³/µL"], "10*6/uL": ["x10E6/uL", "M/uL", "10^6/uL", "10⁶/µL"], "10*9/L": ["x10^9/L", "10*9/L", "10⁹/L"],
    "10*12/L": ["x10^12/L", "10*12/L", "10¹²/L"], "/nl": ["/nl", "Tsd/µl", "G/l"], "/pl": ["/pl", "Mio/µl", "T/l"], "G/L": ["G/L", "Giga/L", "10^9/L"],
    "T/L": ["T/L", "Téra/L", "10^12/L"], "mL/min/{1.73_m2}": ["mL/min/1.73m²", "mL/min/1.73", "ml/min/1,73m²"], "u[IU]/mL": ["uIU/mL", "µIU/mL"],
    "m[IU]/L": ["mIU/L"], "m[UI]/L": ["mUI/L"], "u[UI]/mL": ["µUI/mL"], "[UI]/mL": ["UI/mL"], "[IU]/mL": ["IU/mL"],
}  # fmt: skip
MEANING = {
    "/nl": {"/nl": "/nL", "Tsd/µl": "10*3/uL", "G/l": "10*9/L"}, "/pl": {"/pl": "/pL", "Mio/µl": "10*6/uL", "T/l": "10*12/L"},
    "G/L": {"G/L": "10*9/L", "Giga/L": "10*9/L", "10^9/L": "10*9/L"}, "T/L": {"T/L": "10*12/L", "Téra/L": "10*12/L", "10^12/L": "10*12/L"},
    "m[UI]/L": {"mUI/L": "m[IU]/L"}, "u[UI]/mL": {"µUI/mL": "u[IU]/mL"}, "[UI]/mL": {"UI/mL": "[IU]/mL"}, "UI/L": {"UI/L": "[IU]/L"}, "IU/ml": {"IU/ml": "[IU]/mL"},
    "sec": {"sec": "s"}, "mU/l": {"mU/l": "mU/L"},
}  # fmt: skip


@dataclass(slots=True)
class Expected:
    """One result as printed, and as it should be read."""

    name: str
    value: str  # with a decimal point, without thousands marks
    printed: str
    comparator: str = ""
    unit: str = ""  # UCUM
    printed_unit: str = ""
    low: float | None = None
    high: float | None = None
    printed_range: str = ""
    flag: str = ""  # H, L, A or "": what a layout prints for it is the layout's business
    date: str = ""
    history: list[str] = field(default_factory=list)
    decimals: int = 0
    numeric: bool = True
    shown_flag: str = ""


@dataclass(slots=True)
class Report:
    """What a layout draws."""

    locale: str
    person: str
    born: date
    taken: date
    received: date
    reported: date
    earlier: list[date]
    number: str
    phone: str
    laboratory: str
    sections: list[tuple[str, list[Expected]]]

    @property
    def language(self) -> str:
        return COUNTRY.get(self.locale, self.locale)

    @property
    def rows(self) -> list[Expected]:
        return [row for _name, rows in self.sections for row in rows]


_PEOPLE = {
    "us": ["Margaret Holloway", "Dennis O'Brien", "Latisha Monroe"], "uk": ["Alison Thwaite", "Gareth Pugh", "Priya Nair"],
    "de": ["Jürgen Weißmüller", "Annegret Öztürk", "Maximilian Groß"], "fr": ["Hélène Béranger", "Loïc Le Goff", "Aïcha Benali"],
    "es": ["María José Núñez", "Íñigo Etxeberria", "Ana Belén Muñoz"],
}  # fmt: skip
_HOUSES = {
    "us": "Lakeside Reference Laboratory, 1200 Harbor Blvd, Duluth, MN 55802", "uk": "Northmoor NHS Trust Pathology, Harrogate HG2 7SX",
    "de": "MVZ Labor Rheintal GmbH, Kaiserstr. 112, 76133 Karlsruhe", "fr": "Laboratoire des Remparts, 14 rue du Port, 35400 Saint-Malo",
    "es": "Laboratorio Clínico Guadalhorce, C/ Larios 8, 29005 Málaga",
}  # fmt: skip


def digits(value: float, decimals: int, locale: str, grouped: bool = False) -> str:
    """A number as the locale prints it."""
    text = f"{value:,.{decimals}f}" if grouped else f"{value:.{decimals}f}"
    if locale in ("us", "uk", "mx", "ie"):
        return text
    if locale == "ch":
        return text.replace(",", "'")
    return (
        text.replace(",", "\u00a0" if locale in ("fr", "ca") else ".x").replace(".", ",").replace(",x", ".")
        if grouped
        else text.replace(".", ",")
    )


def printed_day(day: date, locale: str, random: Random | None = None) -> str:
    """A date as the locale prints it."""
    if locale == "us":
        return f"{day.month:02}/{day.day:02}/{day.year}"
    if locale in ("de", "ch"):
        return f"{day.day:02}.{day.month:02}.{day.year}"
    if locale == "ca":
        return day.isoformat()
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _columns(line: str) -> list[str]:
    parts = line.split("|")
    for place in range(1, len(parts)):
        if parts[place] == "~":
            parts[place] = parts[place - 1]
    return parts


def _draw_value(random: Random, low: float, high: float, bound: str) -> tuple[float, str]:
    """A value, and its flag by the range."""
    kind = random.choices(["", "H", "L"], [0.7, 0.18, 0.12])[0]
    if bound == "<":
        kind = "" if kind == "L" else kind
        return (high * random.uniform(0.2, 0.9), "") if not kind else (high * random.uniform(1.15, 2.2), "H")
    if bound == ">":
        return (low * random.uniform(1.1, 1.9), "") if kind != "L" else (low * random.uniform(0.4, 0.85), "L")
    if not kind:
        return random.uniform(low + 0.1 * (high - low), high - 0.1 * (high - low)), ""
    return (high * random.uniform(1.12, 1.9), "H") if kind == "H" else (low * random.uniform(0.5, 0.85), "L")


def _result(random: Random, line: str, locale: str, dash: str) -> Expected:
    language = COUNTRY.get(locale, locale)
    parts = _columns(line)
    place = LOCALES.index(language)
    name, unit = parts[1 + place], parts[6 + place]
    told = parts[11].split()
    bound = told[0][0] if told[0][0] in "<>" else ""
    decimals = int(told[-1])
    low, high = (float(told[0]), float(told[1])) if not bound else (float(told[0][1:]), float(told[0][1:]))
    for rule in parts[12].split():
        where, factor, digits_after = rule.split(":")
        if where == language:
            low, high, decimals = low * float(factor), high * float(factor), int(digits_after)
    if not low and not bound:
        low = 0.0
    value, flag = _draw_value(random, low, high, bound)
    if round(value, decimals) <= 0:
        value, flag = high * 0.5 or 1.0, ""
    grouped = random.random() < 0.5
    printed = digits(value, decimals, locale, grouped and round(value) >= 1000)
    comparator = ""
    if random.random() < 0.04 and not flag:
        comparator = "<" if bound == "<" or random.random() < 0.5 else ""
        printed = comparator + random.choice(["", " "] if comparator else [""]) + printed
    low_text, high_text = digits(low, decimals, locale), digits(high, decimals, locale)
    if bound:
        sign = random.choice({"<": ["<", "< ", "<"], ">": [">", "> ", ">"]}[bound])
        words = {"<": {"us": "up to ", "de": "bis ", "fr": "< ", "es": "< ", "uk": "< "}, ">": {}}[bound].get(
            language, sign
        )
        printed_range = (words if random.random() < 0.25 else sign) + (high_text if bound == "<" else low_text)
    else:
        printed_range = f"{low_text}{dash}{high_text}"
    shown = random.choice(PRINTED.get(unit, [unit]))
    shown = (
        shown.replace("umol", random.choice(["µmol", "umol"]))
        .replace("ug/", random.choice(["µg/", "ug/"]))
        .replace("mm/h", random.choice(["mm/h", "mm/hr"] if language in ("us", "uk") else ["mm/h"]))
    )
    meant = MEANING.get(unit, {}).get(shown, unit)
    meant = {
        "g/dl": "g/dL",
        "mg/dl": "mg/dL",
        "mmol/l": "mmol/L",
        "g/l": "g/L",
        "mg/l": "mg/L",
        "U/l": "U/L",
        "fl": "fL",
        "ng/ml": "ng/mL",
        "pg/ml": "pg/mL",
        "ng/dl": "ng/dL",
        "ug/dl": "ug/dL",
    }.get(meant, meant)
    if language == "us" and "umol" not in unit:
        shown = shown.replace("µmol", "umol")
    plain = f"{value:.{decimals}f}"
    ends = (
        None if bound == "<" else float(f"{low:.{decimals}f}"),
        None if bound == ">" else float(f"{high:.{decimals}f}"),
    )
    shown_value = float(plain)
    flag = (
        "H"
        if ends[1] is not None and shown_value > ends[1]
        else "L"
        if ends[0] is not None and shown_value < ends[0]
        else ""
    )
    history = [digits(value * random.uniform(0.85, 1.15), decimals, locale) for _one in range(3)]
    return Expected(
        name,
        plain,
        printed,
        comparator,
        meant,
        shown,
        ends[0],
        ends[1],
        printed_range,
        flag if not comparator else "",
        history=history,
        decimals=decimals,
    )


def _worded(random: Random, told: tuple[str, list[str], str]) -> Expected:
    name, values, normal = told
    value = random.choice(values)
    flag = "A" if normal and value != normal and value not in ("1:40",) else ""
    return Expected(
        name,
        value,
        value,
        "",
        "",
        "",
        None,
        None,
        normal,
        flag,
        history=[random.choice(values) for _one in range(3)],
        numeric=False,
    )


def make_report(random: Random, locale: str, panels: list[str], rows_most: int = 10, dash: str = " - ") -> Report:
    """A report with these panels, each with some of its analytes."""
    language = COUNTRY.get(locale, locale)
    lines = _LINES.strip().splitlines()
    sections = []
    for panel in panels:
        if panel in ("urine", "sero"):
            rows = [_worded(random, one) for one in (_WORDS if panel == "urine" else _SERUM_WORDS)[language]]
        else:
            of_panel = [line for line in lines if line.startswith(panel + "|")]
            count = min(len(of_panel), random.randint(max(2, rows_most - 4), rows_most))
            rows = [
                _result(random, line, locale, dash)
                for line in sorted(random.sample(of_panel, count), key=of_panel.index)
            ]
        sections.append((SECTIONS[panel][LOCALES.index(language)], rows))
    taken = date(random.randint(2018, 2025), random.randint(1, 12), random.randint(13, 28))
    earlier = [taken - timedelta(days=random.randint(80, 130) * step) for step in (1, 2, 3)]
    report = Report(
        locale, random.choice(_PEOPLE[language]), date(random.randint(1940, 1990), random.randint(1, 12), random.randint(1, 28)),
        taken, taken + timedelta(days=1), taken + timedelta(days=2), earlier, f"{random.randint(10**7, 10**8)}",
        f"{random.randint(200, 999)}-{random.randint(200, 999)}-{random.randint(1000, 9999)}", _HOUSES[language], sections,
    )  # fmt: skip
    for row in report.rows:
        row.date = taken.isoformat()
    return report
