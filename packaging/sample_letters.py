"""What the sample record's documents say: a made-up person at two made-up hospitals.

Every date and value here stands in `st-annes-fhir-bundle.json` or `northfield-ccd.xml` too; the sentences
that the packet quotes are marked `strong` where the hospital would print them so.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class House:
    """A hospital's letterhead; the fonts are PDF's own, which every reader has."""

    name: str
    address: str
    colour: str
    regular: str
    bold: str
    typed: str
    typed_bold: str


@dataclass(frozen=True)
class Block:
    """One piece of a page: `style` is heading, text, strong, table or signature."""

    style: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Paper:
    """A document: `own_file` when the person also got it by itself, not only inside the portal's bundle."""

    file: str
    title: str
    house: House
    department: str
    kind: str
    facts: tuple[tuple[str, str], ...]
    pages: tuple[tuple[Block, ...], ...]
    own_file: bool = False


def heading(text: str) -> Block:
    return Block("heading", text)


def text(words: str) -> Block:
    return Block("text", words)


def strong(words: str) -> Block:
    return Block("strong", words)


def table(*rows: tuple[str, ...]) -> Block:
    return Block("table", rows=rows)


def signature(words: str) -> Block:
    return Block("signature", words)


ST_ANNES = House(
    "St Anne’s Hospital", "200 Harbour Street, Easthaven, MA 01999 · +1 555 0120", "#1F5A94",
    "Helvetica", "Helvetica-Bold", "Helvetica", "Helvetica-Bold",
)
ST_ANNES_PATHOLOGY = House(
    "ST ANNE’S HOSPITAL", "200 Harbour Street, Easthaven, MA 01999 · +1 555 0123", "#1F2421",
    "Helvetica", "Helvetica-Bold", "Courier", "Courier-Bold",
)
NORTHFIELD = House(
    "Northfield General Hospital", "8 Mill Road, Northfield Falls, MA 01998 · +1 555 0110", "#6B3A0F",
    "Times-Roman", "Times-Bold", "Times-Roman", "Times-Bold",
)

BORN = ("Born", "03-MAY-1968")
PATIENT = ("Patient", "MARSH, ELENA")
ST_ANNES_NUMBER = ("Record no.", "SA-204417")

BIOPSY = Paper(
    "kidney-biopsy-report.pdf", "Kidney biopsy report S26-04417", ST_ANNES_PATHOLOGY,
    "Department of Pathology · Renal Biopsy Service", "FINAL REPORT",
    (PATIENT, ("Case no.", "S26-04417"), BORN, ("Collected", "12-MAR-2026"),
     ("Requested by", "DR H LINDQVIST"), ("Reported", "16-MAR-2026")),
    (
        (
            heading("REQUEST"),
            text("Native kidney biopsy. Proteinuria since January 2026, provisional diagnosis of IgA "
                 "nephropathy made elsewhere on 18-FEB-2026. Positive ANA, anti-dsDNA raised, C3 low."),
            heading("MATERIAL RECEIVED"),
            text("Two cores in formalin for light microscopy, one piece in Michel’s medium for "
                 "immunofluorescence, one piece in glutaraldehyde for electron microscopy."),
            heading("PROCESSING"),
            text("Twelve levels: H&E, PAS, silver and trichrome stains. Immunofluorescence on frozen "
                 "sections for IgG, IgA, IgM, C3, C1q, kappa and lambda."),
            heading("RETENTION"),
            text("Slides and blocks are kept under case number S26-04417. Loan of slides: written request "
                 "to the Renal Biopsy Service, +1 555 0123."),
            text("The report and its diagnosis follow on page 2."),
        ),
        (
            heading("SPECIMEN"),
            text("Native kidney, left, needle biopsy, two cores (14 and 11 mm)."),
            heading("CLINICAL DETAILS"),
            text("Proteinuria 2.9 g/g. Creatinine 1.02 mg/dL. Low C3."),
            heading("LIGHT MICROSCOPY"),
            text("17 glomeruli, 1 globally sclerosed. 4 of 17 show segmental endocapillary hypercellularity; "
                 "2 of these with a small cellular crescent. No necrosis. Mesangium mildly widened "
                 "throughout. Interstitial fibrosis and tubular atrophy: about 5 %. Arteries: mild intimal "
                 "thickening."),
            heading("IMMUNOFLUORESCENCE"),
            text("IgG 2+, IgA 2+, IgM 1+, C3 2+, C1q 3+, kappa 2+, lambda 2+; granular, mesangial and "
                 "segmental capillary wall."),
            heading("DIAGNOSIS"),
            strong("Lupus nephritis, ISN/RPS class III (A)."),
            text("Activity index 6/24. Chronicity index 1/12."),
            heading("COMMENT"),
            text("The full-house pattern with C1q was discussed with Dr Lindqvist by telephone on "
                 "16-MAR-2026. Electron microscopy follows as an addendum."),
            signature("A. Novak, MD, Consultant Pathologist\nSigned electronically 16-MAR-2026 15:42"),
        ),
    ),
    own_file=True,
)

ULTRASOUND = Paper(
    "renal-ultrasound-report.pdf", "Renal ultrasound report 26 Feb 2026", ST_ANNES,
    "Department of Radiology · Ultrasound", "IMAGING REPORT",
    (PATIENT, ("Accession", "US-26-01883"), BORN, ("Examined", "26-FEB-2026 10:20"),
     ("Requested by", "DR H LINDQVIST"), ("Reported", "26-FEB-2026 14:05")),
    (
        (
            heading("EXAMINATION"),
            text("Ultrasound of both kidneys and the bladder."),
            heading("CLINICAL QUESTION"),
            text("Proteinuria under investigation. Size and structure before a possible biopsy."),
            heading("FINDINGS"),
            text("Right kidney 10.8 cm, left kidney 11.1 cm. Parenchyma of normal thickness with mildly "
                 "raised echogenicity on both sides. No stone, no mass, no widening of the collecting "
                 "system. Bladder without finding; residual volume less than 10 mL."),
            heading("IMPRESSION"),
            strong("Both kidneys of normal size with mildly raised echogenicity. No obstruction."),
            signature("R. Adeyemi, MD, Radiologist\nSigned electronically 26-FEB-2026 14:05"),
        ),
    ),
    own_file=True,
)

CONSULTATION = Paper(
    "consultation-letter-2026-11-12.pdf", "Consultation letter 12 Nov 2026", ST_ANNES,
    "Nephrology Clinic", "CLINIC LETTER",
    (PATIENT, ST_ANNES_NUMBER, BORN, ("Seen on", "12-NOV-2026"),
     ("Written by", "DR H LINDQVIST"), ("Copy to", "MS E MARSH")),
    (
        (
            text("Dear colleague,"),
            text("I saw Ms Marsh in clinic on 12 November 2026 for review of her lupus nephritis (biopsy of "
                 "12 March 2026, S26-04417)."),
            strong("Partial response at seven months."),
            text("Urine protein/creatinine fell from 2.9 g/g in March to 0.9 g/g on 20 August, then was "
                 "1.0 g/g on 29 September and 1.1 g/g on 9 November. The goal set in April was below "
                 "0.5 g/g by 1 October 2026."),
            table(
                ("Result", "12 Mar 2026", "9 Nov 2026", "Range"),
                ("Urine protein/creatinine", "2.9 g/g", "1.1 g/g", "< 0.2"),
                ("Creatinine", "1.02 mg/dL", "0.94 mg/dL", "0.50–1.10"),
                ("Albumin", "2.8 g/dL", "3.7 g/dL", "3.5–5.0"),
                ("Complement C3", "62 mg/dL", "88 mg/dL", "90–180"),
                ("Anti-dsDNA (CLIA)", "148 IU/mL", "41 IU/mL", "< 30"),
            ),
            text("She had shingles from 9 September, treated with valaciclovir, healed. Swelling of the "
                 "ankles is less; tiredness remains. Home blood pressure is within the goal."),
        ),
        (
            heading("MEDICINES"),
            table(
                ("Medicine", "Dose", "Since"),
                ("Mycophenolate mofetil", "1 g twice a day", "2 Apr 2026"),
                ("Prednisone", "7.5 mg a day", "20 Aug 2026"),
                ("Hydroxychloroquine", "200 mg a day", "16 Mar 2026"),
                ("Losartan", "50 mg a day", "10 May 2026"),
            ),
            heading("PLAN"),
            text("Continue mycophenolate 1 g twice a day."),
            strong("Continue 7.5 mg until review."),
            strong("Consider adding belimumab or changing to rituximab; review in January."),
            text("A repeat biopsy is under discussion. Ms Marsh would like to hear another view before her "
                 "treatment changes, which I support; a decision is needed by 15 January 2027."),
            text("Review booked for 14 January 2027."),
            signature("H. Lindqvist, MD, Nephrology\nSigned electronically 12-NOV-2026 17:10"),
        ),
    ),
    own_file=True,
)

NORTHFIELD_LETTER = Paper(
    "northfield-letter-2026-02-18.pdf", "Letter from Northfield General 18 Feb 2026", NORTHFIELD,
    "Internal Medicine Clinic", "LETTER TO PATIENT",
    (("Patient", "Elena Marsh"), ("Record no.", "NG-88120"), ("Born", "3 May 1968"),
     ("Date", "18 February 2026")),
    (
        (
            text("Dear Ms Marsh,"),
            text("Thank you for coming to the clinic today. You noticed foamy urine and swelling of your "
                 "ankles in November 2025, and the dipstick in January showed protein (3+)."),
            strong("Appearances favour IgA nephropathy."),
            text("This is a provisional impression from blood and urine results; no biopsy has been done. "
                 "Today’s urine protein/creatinine ratio was 298 mg/mmol (range < 15) and your blood "
                 "pressure 148/92. Anti-dsDNA antibodies were 210 IU/mL by ELISA (range < 100)."),
            text("I have started lisinopril 10 mg once a day and asked Dr Lindqvist at St Anne’s Hospital to "
                 "see you soon. Please bring this letter."),
            text("You told me of a rash with a sulfonamide antibiotic in 1994; it is in your record."),
            text("Yours sincerely,"),
            signature("M. Byrne, MD, Internal Medicine\nNorthfield General Hospital"),
        ),
    ),
    own_file=True,
)

TREATMENT_SUMMARY = Paper(
    "treatment-summary-2026-04-02.pdf", "Treatment summary 2 Apr 2026", ST_ANNES,
    "Nephrology Clinic", "TREATMENT SUMMARY",
    (PATIENT, ST_ANNES_NUMBER, BORN, ("Written on", "02-APR-2026")),
    (
        (
            heading("STAY 12 TO 16 MARCH 2026"),
            text("Kidney biopsy on 12 March without complication; result S26-04417: lupus nephritis, "
                 "ISN/RPS class III (A). Methylprednisolone 500 mg intravenously on 13, 14 and 15 March."),
            strong("Three pulses given without event."),
            heading("STARTED"),
            table(
                ("Medicine", "Dose", "Since"),
                ("Prednisone", "30 mg a day", "16 Mar 2026"),
                ("Hydroxychloroquine", "200 mg a day", "16 Mar 2026"),
                ("Mycophenolate mofetil", "1 g twice a day", "2 Apr 2026"),
            ),
            heading("FOLLOW-UP"),
            text("Urine and blood every six weeks; prednisone is lowered step by step."),
            signature("H. Lindqvist, MD, Nephrology\nSigned electronically 02-APR-2026 16:20"),
        ),
    ),
)

CARE_PLAN = Paper(
    "care-plan-2026-05-08.pdf", "Care plan letter 8 May 2026", ST_ANNES,
    "Nephrology Clinic", "CARE PLAN",
    (PATIENT, ST_ANNES_NUMBER, BORN, ("Written on", "08-MAY-2026")),
    (
        (
            heading("WHAT WE AGREED"),
            text("Treatment for lupus nephritis, class III, with mycophenolate and a falling dose of "
                 "prednisone."),
            heading("GOALS"),
            strong("Urine protein/creatinine below 0.5 g/g by 1 October 2026."),
            strong("Blood pressure at home below 130/80."),
            text("Both goals are looked at again at each visit."),
        ),
        (
            heading("CHANGES OF MEDICINES"),
            text("Lisinopril 10 mg a day, since 18 February 2026, stops on 9 May 2026. Reason:"),
            strong("Cough."),
            strong("Changed to losartan."),
            text("Losartan 50 mg once a day from 10 May 2026."),
            text("Hydroxychloroquine 200 mg a day goes on; eye check within the first year."),
            signature("H. Lindqvist, MD, Nephrology\nSigned electronically 08-MAY-2026 12:40"),
        ),
    ),
)

LABORATORY = Paper(
    "laboratory-results-2026.pdf", "Laboratory results March to November 2026", ST_ANNES,
    "Clinical Laboratory · spot urine, serum, whole blood", "CUMULATIVE REPORT",
    (PATIENT, ST_ANNES_NUMBER, BORN, ("Printed", "09-NOV-2026 15:30")),
    (
        (
            heading("12 MARCH TO 14 JULY 2026"),
            table(
                ("Test and unit", "Range", "12 Mar", "20 Apr", "3 Jun", "14 Jul"),
                ("Urine protein/creat. g/g", "< 0.2", "2.9 H", "2.4 H", "1.6 H", "1.2 H"),
                ("Creatinine mg/dL", "0.50–1.10", "1.02", "1.00", "0.97", "0.95"),
                ("Albumin g/dL", "3.5–5.0", "2.8 L", "3.0 L", "3.3 L", "3.5"),
                ("Complement C3 mg/dL", "90–180", "62 L", "70 L", "78 L", "84 L"),
                ("Anti-dsDNA IU/mL (CLIA)", "< 30", "148 H", "", "72 H", ""),
                ("Haemoglobin g/dL", "12.0–15.5", "11.2", "11.5", "11.8", "12.0"),
                ("Potassium mmol/L", "3.5–5.1", "4.4", "4.6", "4.3", "4.5"),
                ("CRP mg/dL", "< 0.5", "0.8 H", "", "", ""),
            ),
            text("12 March 2026: ANA 1:640 (range < 1:80). Urine dipstick protein 3+."),
        ),
        (
            heading("20 AUGUST TO 9 NOVEMBER 2026"),
            table(
                ("Test and unit", "Range", "20 Aug", "29 Sep", "9 Nov"),
                ("Urine protein/creat. g/g", "< 0.2", "0.9 H", "1.0 H", "1.1 H"),
                ("Creatinine mg/dL", "0.50–1.10", "0.93", "0.96", "0.94"),
                ("Albumin g/dL", "3.5–5.0", "3.7", "3.7", "3.7"),
                ("Complement C3 mg/dL", "90–180", "90", "89 L", "88 L"),
                ("Anti-dsDNA IU/mL (CLIA)", "< 30", "44 H", "", "41 H"),
                ("Haemoglobin g/dL", "12.0–15.5", "12.2", "12.1", "12.2"),
                ("Potassium mmol/L", "3.5–5.1", "4.4", "4.6", "4.5"),
                ("CRP mg/dL", "< 0.5", "<0.1", "", ""),
            ),
            text("H and L mark values outside the laboratory’s range; haematology is printed without marks."),
            signature("Clinical Laboratory, St Anne’s Hospital\nReleased 09-NOV-2026 15:30"),
        ),
    ),
)

SHINGLES_NOTE = Paper(
    "visit-note-2026-09-10.pdf", "Visit note 10 Sep 2026", ST_ANNES,
    "Nephrology Clinic · same-day visit", "VISIT NOTE",
    (PATIENT, ST_ANNES_NUMBER, BORN, ("Seen on", "10-SEP-2026")),
    (
        (
            heading("REASON"),
            text("Painful rash on the left side of the chest since 9 September."),
            heading("ASSESSMENT"),
            strong("Shingles, left T6, moderate. Possibly related to mycophenolate."),
            heading("PLAN"),
            text("Valaciclovir 1 g three times a day for seven days. Mycophenolate goes on at the same dose. "
                 "Blood pressure 126/80."),
            signature("H. Lindqvist, MD, Nephrology\nSigned electronically 10-SEP-2026 11:55"),
            heading(""),
            heading("ADDENDUM 30 SEPTEMBER 2026, 09:05"),
            text("Telephone call: healed."),
        ),
    ),
)

DOCUMENTS = (
    NORTHFIELD_LETTER, ULTRASOUND, BIOPSY, TREATMENT_SUMMARY, CARE_PLAN, SHINGLES_NOTE, LABORATORY,
    CONSULTATION,
)
