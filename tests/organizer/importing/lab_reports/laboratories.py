"""Reports as well-known laboratories print them, made by hand in the form that each prints: cells parted by `|`, columns in points.

Each row that is to be read stands below: `name|value|low end|high end|flag`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Laboratory:
    """A print: where its columns begin, its lines, and what a careful person would enter. The sample is of 14 March
    2025 in each."""

    name: str
    columns: tuple[int, ...]
    lines: str
    rows: str


LABORATORIES = (
    Laboratory(
        "labcorp classic",
        (40, 210, 270, 330, 420, 520),
        """
Patient Report
Patient: DOE, JANE|||DOB: 04/22/1961
Date Collected: 03/14/2025||Date Received: 03/14/2025||Date Reported: 03/17/2025
TESTS|RESULT|FLAG|UNITS|REFERENCE INTERVAL|LAB
CBC With Differential/Platelet
WBC|6.4||x10E3/uL|3.4-10.8|01
RBC|4.21||x10E6/uL|3.77-5.28|01
Hemoglobin|10.9|Low|g/dL|11.1-15.9|01
Hematocrit|33.1|Low|%|34.0-46.6|01
MCV|79||fL|79-97|01
Platelets|412||x10E3/uL|150-450|01
Neutrophils (Absolute)|3.9||x10E3/uL|1.4-7.0|01
Comp. Metabolic Panel (14)
Glucose|104|High|mg/dL|70-99|01
BUN|14||mg/dL|8-27|01
Creatinine|0.82||mg/dL|0.57-1.00|01
eGFR|79||mL/min/1.73|>59
BUN/Creatinine Ratio|17|||12-28
Sodium|141||mmol/L|134-144|01
Bilirubin, Total|<0.2||mg/dL|0.0-1.2|01
TSH|2.130||uIU/mL|0.450-4.500|01
Vitamin D, 25-Hydroxy|28.4|Low|ng/mL|30.0-100.0|01
Vitamin D deficiency has been defined by the Institute of
Medicine and an Endocrine Society practice guideline as a
level of serum 25-OH vitamin D less than 20 ng/mL (1,2).
""",
        """
WBC|6.4|3.4|10.8|
RBC|4.21|3.77|5.28|
Hemoglobin|10.9|11.1|15.9|Low
Hematocrit|33.1|34|46.6|Low
MCV|79|79|97|
Platelets|412|150|450|
Neutrophils (Absolute)|3.9|1.4|7|
Glucose|104|70|99|High
BUN|14|8|27|
Creatinine|0.82|0.57|1|
eGFR|79|59||
BUN/Creatinine Ratio|17|12|28|
Sodium|141|134|144|
Bilirubin, Total|<0.2|0|1.2|
TSH|2.130|0.45|4.5|
Vitamin D, 25-Hydroxy|28.4|30|100|Low
""",
    ),
    Laboratory(
        "labcorp code raised in name, pipe head",
        (40, 250, 300, 360, 440),
        """
Specimen Details Date collected: 03/14/2025 0812 Local
TEST|RESULT|FLAG|UNITS|REFERENCE INTERVAL
Lipid Panel
Cholesterol, Total 01|212|High|mg/dL|100-199
Triglycerides 01|98||mg/dL|0-149
HDL Cholesterol 01|61||mg/dL|>39
LDL Chol Calc (NIH)|133|High|mg/dL|0-99
Hemoglobin A1c 01|5.9|High|%|4.8-5.6
""",
        """
Cholesterol, Total|212|100|199|High
Triglycerides|98|0|149|
HDL Cholesterol|61|39||
LDL Chol Calc (NIH)|133|0|99|High
Hemoglobin A1c|5.9|4.8|5.6|High
""",
    ),
    Laboratory(
        "quest",
        (40, 240, 330, 410, 540),
        """
SPECIMEN INFORMATION|PATIENT INFORMATION
COLLECTED: 03/14/2025 08:15 ET
REPORTED: 03/15/2025 11:02 ET
Test Name|In Range|Out Of Range|Reference Range|Lab
LIPID PANEL, STANDARD||||EN
CHOLESTEROL, TOTAL||221 H|<200 mg/dL
HDL CHOLESTEROL|57||> OR = 50 mg/dL
TRIGLYCERIDES|101||<150 mg/dL
LDL-CHOLESTEROL||143 H|mg/dL (calc)
CHOL/HDLC RATIO|3.9||<5.0 (calc)
COMPREHENSIVE METABOLIC PANEL||||EN
GLUCOSE|88||65-99 mg/dL
UREA NITROGEN (BUN)|15||7-25 mg/dL
CREATININE|0.79||0.50-1.05 mg/dL
EGFR|83||> OR = 60 mL/min/1.73m2
ALT|21||6-29 U/L
FERRITIN||9 L|16-288 ng/mL
""",
        """
CHOLESTEROL, TOTAL|221||200|H
HDL CHOLESTEROL|57|50||
TRIGLYCERIDES|101||150|
LDL-CHOLESTEROL|143|||H
CHOL/HDLC RATIO|3.9||5|
GLUCOSE|88|65|99|
UREA NITROGEN (BUN)|15|7|25|
CREATININE|0.79|0.5|1.05|
EGFR|83|60||
ALT|21|6|29|
FERRITIN|9|16|288|L
""",
    ),
    Laboratory(
        "bioreference",
        (40, 230, 300, 380, 470),
        """
Clinical Report
Collection Date: 03/14/2025||Report Date: 03/16/2025
CLINICAL ABNORMALITIES SUMMARY
Test|Result|Abnormal|Reference|Units
*CHEMISTRY*
Glucose|131|HI|70-99|mg/dL
BUN|19||6-20|mg/dL
Sodium|138||136-145|mmol/L
Potassium|5.4|HI|3.5-5.1|mmol/L
Uric Acid|2.1|LO|2.4-5.7|mg/dL
HgbA1c|6.8|HI|<5.7|%
""",
        """
Glucose|131|70|99|HI
BUN|19|6|20|
Sodium|138|136|145|
Potassium|5.4|3.5|5.1|HI
Uric Acid|2.1|2.4|5.7|LO
HgbA1c|6.8||5.7|HI
""",
    ),
    Laboratory(
        "sonora quest",
        (40, 220, 280, 330, 400, 520),
        """
Sonora Quest Laboratories
Collected: 14-Mar-2025 09:10|||Reported: 14-Mar-2025 22:41
Test|Result|Flag|Unit|Ref. Range|Site
HEMOGLOBIN A1C|6.1|H|%|4.0-5.6|SQ
TSH|0.22|L|uIU/mL|0.45-4.50|SQ
FREE T4|1.3||ng/dL|0.8-1.8|SQ
WBC|11.9|H|K/uL|4.0-11.0|SQ
PLATELET COUNT|233||K/uL|130-450|SQ
""",
        """
HEMOGLOBIN A1C|6.1|4|5.6|H
TSH|0.22|0.45|4.5|L
FREE T4|1.3|0.8|1.8|
WBC|11.9|4|11|H
PLATELET COUNT|233|130|450|
""",
    ),
    Laboratory(
        "mayo",
        (40, 230, 280, 350, 420, 520),
        """
Mayo Clinic Laboratories
Collected|||Received
14 Mar 2025 07:30|||15 Mar 2025 08:10
TEST|FLAG|RESULTS|UNIT|REFERENCE VALUES|PERFORM SITE
Parathyroid Hormone, S|H|92|pg/mL|15-65|MCR
Calcium, Total, S||9.6|mg/dL|8.6-10.0|MCR
Ceruloplasmin, S|L|14.0|mg/dL|19.0-31.0|MCR
Thyroglobulin, Tumor Marker, S||<0.1|ng/mL|<33|MCR
""",
        """
Parathyroid Hormone, S|92|15|65|H
Calcium, Total, S|9.6|8.6|10|
Ceruloplasmin, S|14.0|19|31|L
Thyroglobulin, Tumor Marker, S|<0.1||33|
""",
    ),
    Laboratory(
        "nhs gp print",
        (40, 260, 330, 420, 500),
        """
Dr A Patel, High Street Surgery
Collected: 14 Mar 2025||Report date: 15 Mar 2025
Full blood count
Haemoglobin concentration|128|g/L|(115.0 - 165.0)
Total white blood count|11.8|10*9/L|(4.0 - 11.0)|Above high reference limit
Platelet count - observation|201|10*9/L|(150.0 - 450.0)
Urea and electrolytes
Serum sodium level|139|mmol/L|(133.0 - 146.0)
Serum potassium level|5.6|mmol/L|(3.5 - 5.3)|Above high reference limit
Serum creatinine level|88|umol/L|(45.0 - 84.0)|Above high reference limit
GFR calculated abbreviated MDRD|61|mL/min/1.73m*2
""",
        """
Haemoglobin concentration|128|115|165|
Total white blood count|11.8|4|11|high
Platelet count - observation|201|150|450|
Serum sodium level|139|133|146|
Serum potassium level|5.6|3.5|5.3|high
Serum creatinine level|88|45|84|high
""",
    ),
    Laboratory(
        "german laborbefund normbereich vorwert",
        (40, 230, 310, 380, 480),
        """
Laborbefund
Patient: Brandt, Ute|geb. 14.02.1958
Entnahme: 14.03.2025|||Eingang: 14.03.2025
Untersuchung|Ergebnis|Einheit|Normbereich|Vorwert 02.11.24
Leukozyten|7,2|Tsd/µl|4,0 - 10,0|6,9
Hämoglobin|11,4 -|g/dl|12,0 - 16,0|12,1
Thrombozyten|250|Tsd/µl|150 - 400|244
Kreatinin|0,94 +|mg/dl|0,50 - 0,90|0,88
GFR (CKD-EPI)|62|ml/min|> 60
GPT (ALT)|34|U/l|< 35|31
CRP|< 0,6|mg/l|< 5,0
TSH basal|1,85|mU/l|0,27 - 4,20|1,90
""",
        """
Leukozyten|7.2|4|10|
Hämoglobin|11.4|12|16|-
Thrombozyten|250|150|400|
Kreatinin|0.94|0.5|0.9|+
GFR (CKD-EPI)|62|60||
GPT (ALT)|34||35|
CRP|<0.6||5|
TSH basal|1.85|0.27|4.2|
""",
    ),
    Laboratory(
        "german arrows, star",
        (40, 260, 330, 400, 480),
        """
Befundbericht Labor
Abnahmedatum 14.03.2025 07:40
Parameter|Wert|Einheit|Referenz|Abw.
Natrium|138|mmol/l|135-145
Kalium|5,4|mmol/l|3,5-5,1|↑
Calcium|2,31|mmol/l|2,15-2,55
Ferritin|12|ng/ml|15-150|↓
HbA1c (IFCC)|48|mmol/mol|20-42|↑
Vitamin B12|>1476|pg/ml|197-771|↑
""",
        """
Natrium|138|135|145|
Kalium|5.4|3.5|5.1|↑
Calcium|2.31|2.15|2.55|
Ferritin|12|15|150|↓
HbA1c (IFCC)|48|20|42|↑
Vitamin B12|>1476|197|771|↑
""",
    ),
    Laboratory(
        "french biogroup",
        (40, 260, 320, 400, 500),
        """
LABORATOIRE DE BIOLOGIE MEDICALE
Prélèvement du 14/03/2025 à 08:12
|Résultats||Valeurs de référence|Antériorités
||||12/09/2024
HEMOGRAMME
Hématies|4,12|T/L|3,80 - 5,20|4,30
Hémoglobine|11,2 *|g/dL|11,5 - 15,0|12,6
Leucocytes|6,8|G/L|4,0 - 10,0|7,1
Plaquettes|288|G/L|150 - 400|270
BIOCHIMIE
Glycémie à jeun|1,04|g/L|0,70 - 1,10|0,98
Créatinine|8,1|mg/L|5,0 - 9,0|7,9
Ferritine|9 *|µg/L|13 - 150|22
""",
        """
Hématies|4.12|3.8|5.2|
Hémoglobine|11.2|11.5|15|*
Leucocytes|6.8|4|10|
Plaquettes|288|150|400|
Glycémie à jeun|1.04|0.7|1.1|
Créatinine|8.1|5|9|
Ferritine|9|13|150|*
""",
    ),
    Laboratory(
        "spanish hospital",
        (40, 250, 330, 410),
        """
SERVICIO DE ANÁLISIS CLÍNICOS
Fecha de extracción: 14/03/2025
DETERMINACIÓN|RESULTADO|UNIDADES|VALORES DE REFERENCIA
HEMATOLOGÍA
Hematíes|3,98 *|x10^6/µL|4,00 - 5,20
Hemoglobina|12,1|g/dL|12,0 - 15,5
Plaquetas|245|x10^3/µL|130 - 400
BIOQUÍMICA
Glucosa|112 *|mg/dL|74 - 106
Colesterol total|231 *|mg/dL|< 200
Colesterol HDL|58|mg/dL|> 45
Creatinina|0,71|mg/dL|0,51 - 0,95
""",
        """
Hematíes|3.98|4|5.2|*
Hemoglobina|12.1|12|15.5|
Plaquetas|245|130|400|
Glucosa|112|74|106|*
Colesterol total|231||200|*
Colesterol HDL|58|45||
Creatinina|0.71|0.51|0.95|
""",
    ),
    Laboratory(
        "italian",
        (40, 250, 310, 380, 450),
        """
LABORATORIO ANALISI CLINICHE
Data prelievo: 14/03/2025
Esame|Esito||U.M.|Valori di riferimento
S-GLUCOSIO|118|*|mg/dL|70 - 100
S-CREATININA|0,82||mg/dL|0,50 - 1,10
S-COLESTEROLO TOTALE|245|*|mg/dL|inf. a 200
EMOGLOBINA|12,9||g/dL|12,0 - 16,0
LEUCOCITI|5,40||10^3/µL|4,00 - 10,00
PIASTRINE|198||10^3/µL|150 - 400
TSH|2,14||mUI/L|0,27 - 4,20
""",
        """
S-GLUCOSIO|118|70|100|*
S-CREATININA|0.82|0.5|1.1|
S-COLESTEROLO TOTALE|245||200|*
EMOGLOBINA|12.9|12|16|
LEUCOCITI|5.40|4|10|
PIASTRINE|198|150|400|
TSH|2.14|0.27|4.2|
""",
    ),
    Laboratory(
        "mychart epic table",
        (40, 250, 340, 460),
        """
Collected on March 14, 2025 7:58 AM
Component|Your Value|Standard Range|Flag
Glucose|105 mg/dL|70 - 99 mg/dL|H
Creatinine|0.9 mg/dL|0.6 - 1.1 mg/dL
Potassium|4.2 mmol/L|3.5 - 5.2 mmol/L
Alkaline Phosphatase|131 U/L|35 - 120 U/L|H
""",
        """
Glucose|105|70|99|H
Creatinine|0.9|0.6|1.1|
Potassium|4.2|3.5|5.2|
Alkaline Phosphatase|131|35|120|H
""",
    ),
    Laboratory(
        "va my healthevet",
        (40, 230, 300, 370, 470),
        """
Date/Time Collected:|14 Mar 2025 @ 0722
Test Name|Result|Units|Reference Range|Status
SODIUM|140|mmol/L|136-145|Final
POTASSIUM|3.3 L|mmol/L|3.5-5.1|Final
UREA NITROGEN|27 H|mg/dL|7-18|Final
GLUCOSE|189 H*|mg/dL|74-106|Final
""",
        """
SODIUM|140|136|145|
POTASSIUM|3.3|3.5|5.1|L
UREA NITROGEN|27|7|18|H
GLUCOSE|189|74|106|H*
""",
    ),
    Laboratory(
        "dutch",
        (40, 240, 310, 390),
        """
Datum afname: 14-03-2025
Bepaling|Uitslag|Eenheid|Referentiewaarden
Hemoglobine|7,2 L|mmol/l|7,5 - 10,0
Leukocyten|8,1|10^9/l|4,0 - 10,0
Kreatinine|71|µmol/l|50 - 90
Natrium|139|mmol/l|135 - 145
""",
        """
Hemoglobine|7.2|7.5|10|L
Leukocyten|8.1|4|10|
Kreatinine|71|50|90|
Natrium|139|135|145|
""",
    ),
    Laboratory(
        "portuguese",
        (40, 240, 310, 390),
        """
Data da colheita: 14/03/2025
Exame|Resultado|Unidade|Valores de referência
Hemoglobina|11,8|g/dL|12,0 - 16,0
Glicose|97|mg/dL|70 - 99
Colesterol total|188|mg/dL|< 190
Creatinina|0,8|mg/dL|0,5 - 1,1
""",
        """
Hemoglobina|11.8|12|16|
Glicose|97|70|99|
Colesterol total|188||190|
Creatinina|0.8|0.5|1.1|
""",
    ),
    Laboratory(
        "australian cumulative",
        (40, 200, 270, 340, 420, 480),
        """
CUMULATIVE REPORT
Date|14/03/25|12/11/24|03/06/24|Units|Reference
Haemoglobin|131|128|125|g/L|115-160
White cells|6.2|7.0|5.9|x10^9/L|4.0-11.0
Platelets|250|244|260|x10^9/L|150-450
Creatinine|68|71|H 92|umol/L|45-85
""",
        """
Haemoglobin|131|115|160|
White cells|6.2|4|11|
Platelets|250|150|450|
Creatinine|68|45|85|
""",
    ),
    Laboratory(
        "swiss",
        (40, 240, 300, 360, 440),
        """
Entnahmedatum: 14.03.2025
Analyse|Resultat|Flag|Einheit|Referenzbereich
Hämoglobin|142||g/l|117-153
Glucose nüchtern|6.3|+|mmol/l|3.9-5.6
Kreatinin|74||µmol/l|44-80
HDL-Cholesterin|1.1|-|mmol/l|>1.2
""",
        """
Hämoglobin|142|117|153|
Glucose nüchtern|6.3|3.9|5.6|+
Kreatinin|74|44|80|
HDL-Cholesterin|1.1|1.2||-
""",
    ),
    Laboratory(
        "indian lal",
        (40, 240, 310, 390),
        """
Collected : 14/3/2025 8:05:00AM
Test Name|Results|Units|Bio. Ref. Interval
LIVER & KIDNEY PANEL, SERUM
Creatinine|0.88|mg/dL|0.51 - 0.95
(Compensated Jaffe's reaction, IDMS)
Urea|44.20|mg/dL|13.00 - 43.00
(Urease UV)
AST (SGOT)|31|U/L|<32
(IFCC without P5P)
Vitamin B12; Cyanocobalamin|181.00|pg/mL|211.00 - 946.00
(ECLIA)
""",
        """
Creatinine|0.88|0.51|0.95|
Urea|44.20|13|43|
AST (SGOT)|31||32|
Vitamin B12; Cyanocobalamin|181.00|211|946|
""",
    ),
    Laboratory(
        "canadian lifelabs",
        (40, 220, 290, 350),
        """
Collected on: 2025-Mar-14
Test|Flag|Result|Reference Range - Units
Hematology
WBC||6.1|4.0 - 11.0 x E9/L
Hemoglobin|LO|112|120 - 160 g/L
MCV||84|80 - 100 fL
Ferritin|LO|8|> 30 ug/L
""",
        """
WBC|6.1|4|11|
Hemoglobin|112|120|160|LO
MCV|84|80|100|
Ferritin|8|30||LO
""",
    ),
    Laboratory(
        "cleveland heartlab risk",
        (40, 230, 300, 360, 440, 520),
        """
Collection Date: 03/14/2025
Test Name|Current|Units|Optimal|Moderate|High
LDL-C|131|mg/dL|<100|100-129|>129
hs-CRP|0.8|mg/L|<1.0|1.0-3.0|>3.0
ApoB|88|mg/dL|<80|80-119|>119
""",
        """
LDL-C|131|||
hs-CRP|0.8|||
ApoB|88|||
""",
    ),
    Laboratory(
        "labcorp current previous",
        (40, 210, 320, 440, 500),
        """
Date Collected: 03/14/2025
Test|Current Result and Flag|Previous Result and Date|Units|Reference Interval
WBC 01|6.4|7.1 08/21/2024|x10E3/uL|3.4-10.8
Hemoglobin 01|10.9 Low|11.8 08/21/2024|g/dL|11.1-15.9
Glucose 01|104 High|99 08/21/2024|mg/dL|70-99
Creatinine 01|0.82||mg/dL|0.57-1.00
""",
        """
WBC|6.4|3.4|10.8|
Hemoglobin|10.9|11.1|15.9|Low
Glucose|104|70|99|High
Creatinine|0.82|0.57|1|
""",
    ),
    Laboratory(
        "myquest",
        (40, 260, 420),
        """
Collected Date: 03/14/2025 8:00 AM
Test Name|Result|Reference Range
SODIUM|141 mmol/L|135-146 mmol/L
POTASSIUM|5.5 H mmol/L|3.5-5.3 mmol/L
ALBUMIN/GLOBULIN RATIO|1.8 (calc)|1.0-2.5 (calc)
HEMOGLOBIN A1c|5.4 % of total Hgb|<5.7 % of total Hgb
""",
        """
SODIUM|141|135|146|
POTASSIUM|5.5|3.5|5.3|H
ALBUMIN/GLOBULIN RATIO|1.8|1|2.5|
HEMOGLOBIN A1c|5.4||5.7|
""",
    ),
    Laboratory(
        "synlab vorbefunde",
        (40, 200, 260, 320, 400, 460),
        """
Probenentnahme: 14.03.2025
Untersuchung|Ergebnis|Einheit|Referenzbereich|12.11.2024|03.06.2024
Natrium|139|mmol/l|136 - 145|140|138
Kalium|4,9|mmol/l|3,5 - 5,1|4,6|4,4
Thrombozyten|250.000|/µl|150.000 - 400.000|244.000
""",
        """
Natrium|139|136|145|
Kalium|4.9|3.5|5.1|
Thrombozyten|250000|150000|400000|
""",
    ),
    Laboratory(
        "uk private TDL",
        (40, 240, 300, 380),
        """
Sample collected: 14/03/2025 09:10
HAEMATOLOGY
HAEMOGLOBIN (g/L)|142|g/L|115 - 155
HCT|0.421||0.33 - 0.45
RED CELL COUNT|4.71|x10^12/L|3.95 - 5.15
MCV|89.4|fL|80 - 99
PLATELET COUNT|* 455|x10^9/L|150 - 400
BIOCHEMISTRY
SODIUM|139|mmol/L|135 - 145
""",
        """
HAEMOGLOBIN (g/L)|142|115|155|
HCT|0.421|0.33|0.45|
RED CELL COUNT|4.71|3.95|5.15|
MCV|89.4|80|99|
PLATELET COUNT|455|150|400|*
SODIUM|139|135|145|
""",
    ),
    Laboratory(
        "urinalysis labcorp",
        (40, 230, 300, 360, 440),
        """
Date Collected: 03/14/2025
TESTS|RESULT|FLAG|UNITS|REFERENCE INTERVAL
Urinalysis, Routine
Urinalysis Gross Exam
Specific Gravity|1.020|||1.005-1.030
pH|6.0|||5.0-7.5
Urine-Color|Yellow|||Yellow
Appearance|Cloudy|Abnormal||Clear
WBC Esterase|1+|Abnormal||Negative
Protein|Trace|||Negative/Trace
Glucose|Negative|||Negative
Occult Blood|Negative|||Negative
""",
        """
Specific Gravity|1.020|1.005|1.03|
pH|6.0|5|7.5|
Urine-Color|Yellow|||
Appearance|Cloudy|||Abnormal
WBC Esterase|1+|||Abnormal
Protein|Trace|||
Glucose|Negative|||
Occult Blood|Negative|||
""",
    ),
    Laboratory(
        "serology labcorp",
        (40, 230, 310, 370, 440),
        """
Date Collected: 03/14/2025
TESTS|RESULT|FLAG|UNITS|REFERENCE INTERVAL
Hepatitis Panel (4)
HBsAg Screen|Negative|||Negative
Hep B Core Ab, Tot|Positive|Abnormal||Negative
Hep C Virus Ab|Non Reactive|||Non Reactive
HIV Screen 4th Generation wRfx|Non Reactive|||Non Reactive
ANA Direct|Positive|Abnormal||Negative
Rubella Antibodies, IgG|3.40||index|Immune >0.99
""",
        """
HBsAg Screen|Negative|||
Hep B Core Ab, Tot|Positive|||Abnormal
Hep C Virus Ab|Non Reactive|||
HIV Screen 4th Generation wRfx|Non Reactive|||
ANA Direct|Positive|||Abnormal
Rubella Antibodies, IgG|3.40|||
""",
    ),
    Laboratory(
        "norwegian",
        (40, 240, 310, 390),
        """
Prøvedato: 14.03.2025
Analyse|Resultat|Enhet|Referanseområde
B-Hemoglobin|11,2 L|g/dL|11,7 - 15,3
P-Kreatinin|71|µmol/L|45 - 90
P-Kalium|4,1|mmol/L|3,5 - 5,0
""",
        """
B-Hemoglobin|11.2|11.7|15.3|L
P-Kreatinin|71|45|90|
P-Kalium|4.1|3.5|5|
""",
    ),
    Laboratory(
        "swedish",
        (40, 240, 310, 390),
        """
Provtagningsdatum: 2025-03-14
Analys|Resultat|Enhet|Referensintervall
B-Hemoglobin|*115|g/L|117 - 153
P-Natrium|140|mmol/L|137 - 145
P-CRP|<5|mg/L|<5
""",
        """
B-Hemoglobin|115|117|153|*
P-Natrium|140|137|145|
P-CRP|<5||5|
""",
    ),
    Laboratory(
        "danish",
        (40, 240, 310, 390),
        """
Prøvetagningsdato: 14.03.2025
Undersøgelse|Svar|Enhed|Referenceinterval
Hæmoglobin;B|8,1|mmol/L|7,3 - 9,5
Kreatinin;P|92 H|µmol/L|45 - 90
""",
        """
Hæmoglobin;B|8.1|7.3|9.5|
Kreatinin;P|92|45|90|H
""",
    ),
    Laboratory(
        "polish",
        (40, 240, 310, 390),
        """
Data pobrania: 14.03.2025
Badanie|Wynik|Jednostka|Zakres referencyjny
Hemoglobina|11,4 L|g/dl|12,0 - 16,0
Leukocyty|7,12|tys/µl|4,00 - 10,00
Kreatynina|0,81|mg/dl|0,51 - 0,95
TSH|4,91 H|µIU/ml|0,27 - 4,20
""",
        """
Hemoglobina|11.4|12|16|L
Leukocyty|7.12|4|10|
Kreatynina|0.81|0.51|0.95|
TSH|4.91|0.27|4.2|H
""",
    ),
    Laboratory(
        "italian fino a / bounds words",
        (40, 250, 310, 380, 450),
        """
Data prelievo 14/03/2025
Esame|Risultato||U.M.|Intervallo di riferimento
ALT (GPT)|51|*|U/L|fino a 41
Colesterolo LDL|128||mg/dL|inferiore a 130
Colesterolo HDL|39|*|mg/dL|superiore a 40
PCR|0,2||mg/dL|< 0,5
""",
        """
ALT (GPT)|51||41|*
Colesterolo LDL|128||130|
Colesterolo HDL|39|40||*
PCR|0.2||0.5|
""",
    ),
    Laboratory(
        "german bounds words",
        (40, 250, 310, 380),
        """
Blutentnahme am 14.03.2025
Parameter|Ergebnis|Einheit|Normwert
GOT (AST)|22|U/l|bis 35
LDL-Cholesterin|155|mg/dl|unter 115
HDL-Cholesterin|62|mg/dl|über 45
CRP|3,1|mg/l|kleiner 5,0
eGFR|71|ml/min|größer 60
""",
        """
GOT (AST)|22||35|
LDL-Cholesterin|155||115|
HDL-Cholesterin|62|45||
CRP|3.1||5|
eGFR|71|60||
""",
    ),
    Laboratory(
        "spanish bounds words",
        (40, 250, 330, 400),
        """
Fecha de la muestra: 14/03/2025
Prueba|Resultado|Unidad|Valores de referencia
ALT (GPT)|51|U/L|hasta 41
Colesterol LDL|128|mg/dL|menor de 130
Colesterol HDL|39|mg/dL|mayor de 40
Filtrado glomerular|88|mL/min|superior a 60
""",
        """
ALT (GPT)|51||41|
Colesterol LDL|128||130|
Colesterol HDL|39|40||
Filtrado glomerular|88|60||
""",
    ),
    Laboratory(
        "french bounds words no head",
        (40, 260, 420),
        """
Prélevé le 14/03/2025
ALAT (TGP)|22 U/L|Inf. à 35
Cholestérol LDL|1,25 g/L|(inférieur à 1,60)
Cholestérol HDL|0,55 g/L|Sup. à 0,40
CRP|2 mg/L|N < 5
""",
        """
ALAT (TGP)|22||35|
Cholestérol LDL|1.25||1.6|
Cholestérol HDL|0.55|0.4||
CRP|2||5|
""",
    ),
    Laboratory(
        "sysmex",
        (40, 120, 180, 220, 300),
        """
Date: 14 Mar 2025
Item|Result||Unit|Ref. Range
WBC|11.2|+|[10^3/uL]|4.0 - 10.0
RBC|4.51||[10^6/uL]|3.8 - 5.3
HGB|10.1|-|[g/dL]|11.5 - 15.5
PLT|233||[10^3/uL]|150 - 400
""",
        """
WBC|11.2|4|10|+
RBC|4.51|3.8|5.3|
HGB|10.1|11.5|15.5|-
PLT|233|150|400|
""",
    ),
    Laboratory(
        "cumulative, H before value",
        (40, 200, 270, 340, 420),
        """
Collection date:|14/03/2025|12/11/2024|03/06/2024
Test||||Reference
Haemoglobin|131|128|125|115-160 g/L
Creatinine|68|71|H 92|45-85 umol/L
Ferritin|L 9|22|30|30-200 ug/L
""",
        """
Haemoglobin|131|115|160|
Creatinine|68|45|85|
Ferritin|9|30|200|L
""",
    ),
    Laboratory(
        "range by sex",
        (40, 240, 310, 380),
        """
Collected: 14 Mar 2025
Test|Result|Unit|Reference Range
Hemoglobin|13.0|g/dL|M: 13.5-17.5 F: 12.0-15.5
Ferritin|18|ng/mL|Male 30-400, Female 13-150
Uric acid|5.1|mg/dL|3.4 - 7.0
""",
        """
Hemoglobin|13.0|||
Ferritin|18|||
Uric acid|5.1|3.4|7|
""",
    ),
)
