"""Tests and reports that a second doctor asks for, by their names in resources/intake.json.

A row's label is how a letter asks for it, too.
"""

from dataclasses import replace

from organizer.base.i18n import marked
from organizer.health.opinion.finders import REPORTS, Finder, any_of, is_ahead, of_category, of_kind, saying
from organizer.health.opinion.gathered import Gathered
from organizer.health.opinion.row import ChecklistRow
from organizer.model.entry import Entry, targets_of
from organizer.model.links import Role

_REGIMEN = ("chemotherapy", "treatment-cycle", "chemotherapy-medicine")


def _staging(gathered: Gathered) -> list[Entry]:
    staged = [entry for entry in gathered.of("Condition") if entry.text("stage")]
    return staged or saying("staging")(gathered)


def _suspicions(gathered: Gathered) -> list[Entry]:
    """What a suspected diagnosis rests on, else the reports that speak of the illness, with doubt or without."""
    rests = targets_of(gathered.diagnoses(), Role.RESTS_ON)
    reports = [entry for entry in gathered.of(*REPORTS) if not is_ahead(entry)]
    named = [entry for entry in reports if entry.id in rests]
    return named or [entry for entry in reports if gathered.speaks_of_suspicion(entry)]


def _test(name: str, label: str, finds: Finder) -> ChecklistRow:
    return ChecklistRow(name, label, finds, label)


def _grown_up(gathered: Gathered) -> bool:
    return not gathered.is_child


def _woman(gathered: Gathered) -> bool:
    return gathered.may_be("female")


def _grown_man(gathered: Gathered) -> bool:
    return gathered.may_be("male") and not gathered.is_child


_OF_TISSUE = (
    ChecklistRow(
        "suspicion",
        marked("The report that raised the suspicion, with its images or values"),
        _suspicions,
        marked("the report that raised the suspicion, with its images or values"),
    ),
    _test("markers", marked("Tumour markers, every value with its date"), saying("tumour-marker")),
    _test("receptors", marked("Grade, receptors (ER, PR, HER2) and Ki-67"), saying("receptor-result")),
    ChecklistRow("staging", marked("Staging"), _staging, marked("the staging, with the reports that it rests on")),
    ChecklistRow(
        "molecular",
        marked("Molecular report, in full"),
        saying("molecular-report"),
        marked("the full molecular report"),
    ),
    ChecklistRow(
        "regimens",
        marked("Each regimen: dose, cycles, response"),
        any_of(saying(*_REGIMEN), saying(*_REGIMEN, kinds=("MedicationStatement",))),
        marked("for each regimen the doses, the cycles and the response"),
    ),
    ChecklistRow(
        "radiation",
        marked("Radiation summary"),
        saying("radiotherapy"),
        marked("the radiation treatment summary"),
    ),
    _test(
        "nodes-and-margins",
        marked("Pathology of the operation: lymph nodes and margins"),
        saying("lymph-nodes", kinds=REPORTS),
    ),
    _test("mismatch-repair", marked("Mismatch repair or MSI result"), saying("molecular-report")),
    _test(
        "gleason",
        marked("Biopsy of the prostate, core by core, with Gleason score"),
        saying("biopsy", "staging-result", parts=("part-prostate",)),
    ),
    _test("tumour-board", marked("What a tumour board advised"), saying("tumour-board")),
    ChecklistRow(
        "biopsies", marked("Biopsies"), any_of(saying("biopsy"), of_category("pathology")), marked("biopsy reports")
    ),
    _test("nerve-biopsy", marked("Biopsy of skin, nerve or muscle"), saying("biopsy", parts=("part-skin",))),
    _test("cytology", marked("Needle biopsy (cytology): report and slides"), saying("cytology")),
    ChecklistRow(
        "cervical-smear",
        marked("Cervical smears (Pap, HPV) and colposcopy: results with dates"),
        saying("cervical-smear"),
        marked("Cervical smears (Pap, HPV) and colposcopy: results with dates"),
        needs=_woman,
    ),
    _test("marrow", marked("Bone marrow: report and slides"), saying("bone-marrow")),
    _test("flow-cytometry", marked("Flow cytometry and cytogenetics"), saying("flow-cytometry")),
    _test("tissue-typing", marked("HLA typing"), saying("tissue-typing")),
)

_PICTURES = (
    ChecklistRow(
        "mammogram",
        marked("Mammogram and breast ultrasound: discs and reports"),
        saying("mammogram"),
        marked("mammogram and breast ultrasound, discs and reports, also earlier ones"),
        needs=_grown_up,
    ),
    _test("breast-mri", marked("MRI of the breast: images and report"), saying("mri", parts=("part-breast",))),
    _test("prostate-mri", marked("MRI of the prostate: images and report"), saying("mri", parts=("part-prostate",))),
    _test(
        "rectal-mri", marked("MRI of the rectum: images and report"), saying("mri", parts=("part-bowel", "part-womb"))
    ),
    ChecklistRow(
        "mri",
        marked("Earliest and latest MRI"),
        saying("mri", parts=("part-head", "part-spine", "part-neck")),
        marked("the earliest and the latest MRI as DICOM, with their reports"),
    ),
    _test("brain-mri", marked("MRI of the brain: images and report"), saying("mri", parts=("part-head",))),
    _test(
        "brain-images", marked("CT and MRI of the brain: images and reports"), saying("mri", "ct", parts=("part-head",))
    ),
    _test("spine-mri", marked("MRI of the spine: images and report"), saying("mri", parts=("part-spine",))),
    _test("joint-mri", marked("MRI of the joint: images and report"), saying("mri", parts=("part-joint",))),
    _test("heart-mri", marked("MRI of the heart: images and report"), saying("mri", parts=("part-heart",))),
    _test("tumour-mri", marked("MRI of the tumour: images and report"), saying("mri")),
    _test(
        "ct",
        marked("CT: images and report"),
        saying("ct", parts=("part-chest", "part-liver", "part-kidney", "part-womb", "part-bowel")),
    ),
    _test("chest-ct", marked("CT of the chest: images and report"), saying("ct", parts=("part-chest",))),
    _test("pet", marked("PET-CT: images and report"), saying("pet")),
    _test("bone-scan", marked("Bone scan or PSMA PET"), saying("bone-scan")),
    _test("ultrasound", marked("Ultrasound: images and report"), saying("ultrasound")),
    _test(
        "neck-ultrasound",
        marked("Ultrasound of the neck: images and report"),
        saying("ultrasound", parts=("part-neck",)),
    ),
    _test("neck-vessels", marked("Ultrasound of the neck arteries"), saying("ultrasound", parts=("part-neck",))),
    _test(
        "kidney-ultrasound",
        marked("Ultrasound of the kidneys"),
        saying("ultrasound", parts=("part-kidney", "part-liver")),
    ),
    _test("liver-mri", marked("MRI of the liver: images and report"), saying("mri", parts=("part-liver",))),
    _test("liver-ultrasound", marked("Ultrasound of the liver"), saying("ultrasound", parts=("part-liver",))),
    ChecklistRow(
        "pelvic-imaging",
        marked("Ultrasound and MRI of the pelvis: images and reports"),
        any_of(saying("pelvic-imaging"), saying("mri", "ultrasound", parts=("part-womb",))),
        marked("Ultrasound and MRI of the pelvis: images and reports"),
        needs=_woman,
    ),
    _test("bowel-imaging", marked("MRI, CT or ultrasound of the bowel"), saying("bowel-imaging")),
    _test("ct-angiogram", marked("CT or MR angiogram: images and report"), saying("ct-angiogram")),
    _test("angiogram", marked("Angiogram as DICOM"), saying("angiogram")),
    _test("right-heart", marked("Right heart catheter: the pressures"), saying("angiogram")),
    _test("joint-xrays", marked("X-rays of the joint, standing"), saying("xray", parts=("part-joint",))),
    _test(
        "joint-images",
        marked("X-rays and ultrasound of the joints"),
        saying("xray", "ultrasound", parts=("part-joint",)),
    ),
    _test("spine-xrays", marked("X-rays of the spine, standing and bending"), saying("xray", parts=("part-spine",))),
    _test(
        "whole-spine-xrays",
        marked("Standing X-rays of the whole spine, every date"),
        saying("xray", parts=("part-spine",)),
    ),
    _test("dopamine-scan", marked("DaT scan: images and report"), saying("dopamine-scan")),
    _test(
        "parathyroid-scan",
        marked("Scan of the parathyroid glands (sestamibi): images and report"),
        saying("parathyroid-scan"),
    ),
    _test("thyroid-scan", marked("Thyroid scan, radioiodine"), saying("thyroid-scan")),
    _test("echo", marked("Echocardiogram: report and clips"), saying("echocardiogram")),
    _test("endoscopy", marked("Endoscopy (such as colonoscopy): report and pictures"), saying("endoscopy")),
    _test("bronchoscopy", marked("Bronchoscopy report"), saying("bronchoscopy")),
    _test("cystoscopy", marked("Cystoscopy report"), saying("cystoscopy")),
    ChecklistRow(
        "laparoscopy",
        marked("Laparoscopy: report and pictures"),
        saying("laparoscopy"),
        marked("Laparoscopy: report and pictures"),
        needs=_woman,
    ),
    _test("eye-scan", marked("Scans and photographs of the back of the eye (OCT)"), saying("eye-scan")),
)

_FUNCTION = (
    _test("ecg", marked("ECG, the tracings"), saying("ecg")),
    _test("stress", marked("Stress test"), saying("stress-test")),
    _test("rhythm-record", marked("Holter or event recorder: the tracings"), saying("rhythm-record")),
    _test("lung-function", marked("Lung function tests"), saying("lung-function")),
    _test("walk-test", marked("Walking distance test"), saying("walk-test")),
    _test("emg", marked("Nerve and muscle tests (EMG)"), saying("emg")),
    _test("eeg", marked("EEG"), saying("eeg")),
    _test("video-eeg", marked("Long or video EEG, with the recording"), saying("video-eeg")),
    _test("evoked-potentials", marked("Evoked potentials"), saying("evoked-potentials")),
    _test("neuropsychology", marked("Tests of memory and thinking (neuropsychology)"), saying("neuropsychology")),
    _test("sleep-study", marked("Sleep study"), saying("sleep-study")),
    _test("swallowing", marked("Test of swallowing"), saying("swallow-study")),
    _test("hearing-test", marked("Hearing test"), saying("hearing-test")),
    _test("speech", marked("Report of the speech therapist"), saying("speech-report")),
    _test("visual-field", marked("Visual fields, every date"), saying("visual-field")),
    _test("eye-pressure", marked("Eye pressure, every value with its date"), saying("eye-pressure")),
    _test("eyesight", marked("Eyesight and measurements of the eye"), saying("eyesight")),
    _test("voice-box", marked("Examination of the vocal cords"), saying("laryngoscopy")),
    _test("bone-density", marked("Bone density"), saying("bone-density")),
    ChecklistRow(
        "urine-flow",
        marked("Urine flow and what stays in the bladder"),
        saying("urine-flow"),
        marked("Urine flow and what stays in the bladder"),
        needs=_grown_man,
    ),
    _test("bladder-tests", marked("Bladder diary and pressure tests (urodynamics)"), saying("bladder-test")),
    _test("gullet-tests", marked("Pressure and acid tests of the gullet, barium swallow"), saying("gullet-test")),
    _test("liver-stiffness", marked("Stiffness of the liver (elastography)"), saying("liver-stiffness")),
    ChecklistRow(
        "bone-age",
        marked("Bone age or Risser sign"),
        saying("bone-age"),
        marked("Bone age or Risser sign"),
        needs=lambda g: g.is_child,
    ),
    _test("allergy-tests", marked("Allergy tests"), saying("allergy-test")),
    _test("joint-count", marked("Counts of painful and swollen joints"), saying("joint-count")),
)

_VALUES = (
    ChecklistRow(
        "psa",
        marked("PSA, every value with its date"),
        saying("psa-result"),
        marked("PSA, every value with its date"),
        needs=_grown_man,
    ),
    _test("blood-counts", marked("Blood counts over time"), saying("blood-cells")),
    _test("kidney-function", marked("Creatinine and eGFR over time"), saying("kidney-result")),
    _test("urine-test", marked("Urine tests"), saying("urine-test")),
    ChecklistRow(
        "urine-protein", marked("Protein in the urine"), saying("urine-protein"), marked("urine protein results")
    ),
    ChecklistRow(
        "antibodies",
        marked("Antibody levels, with laboratory and method"),
        saying("antibody-result"),
        marked("antibody and complement levels with laboratory and method"),
    ),
    _test("inflammation", marked("Inflammation values over time (CRP, ESR)"), saying("inflammation-result")),
    _test("muscle-enzymes", marked("Muscle enzymes (CK)"), saying("muscle-enzyme")),
    _test("liver-values", marked("Liver values over time"), saying("liver-result")),
    _test("viral-tests", marked("Hepatitis and other virus tests"), saying("viral-load")),
    _test("tuberculosis-test", marked("Tuberculosis test"), saying("tuberculosis-test")),
    _test("cultures", marked("Cultures of blood and other samples"), saying("culture")),
    _test("calprotectin", marked("Stool tests (calprotectin, germs)"), saying("calprotectin")),
    _test("stool", marked("Stool tests"), saying("calprotectin")),
    _test("thyroid-values", marked("Thyroid values and antibodies"), saying("thyroid-result")),
    _test(
        "pituitary-hormones",
        marked("Hormone levels, with the hour they were taken"),
        saying("pituitary-hormones"),
    ),
    _test(
        "adrenal-hormones",
        marked("Adrenal hormones (metanephrines, aldosterone and renin, cortisol), with the hour they were taken"),
        saying("adrenal-hormones"),
    ),
    _test("metabolic-tests", marked("Enzyme and metabolic tests, newborn screening"), saying("metabolic-test")),
    _test("diabetes-values", marked("HbA1c and glucose over time"), saying("glucose-result")),
    _test(
        "sensor-report",
        marked("Report of the glucose sensor or meter"),
        saying("glucose-result", kinds=("DocumentReference",)),
    ),
    _test("lipids", marked("Cholesterol values"), saying("lipid-result")),
    _test("heart-values", marked("Heart values (such as NT-proBNP, troponin)"), saying("heart-result")),
    _test("proteins", marked("Protein electrophoresis and free light chains"), saying("protein-result")),
    _test("iron-values", marked("Iron and ferritin"), saying("iron-result")),
    _test("bone-values", marked("Calcium, vitamin D and bone values"), saying("bone-value")),
    _test("clotting", marked("Clotting tests"), saying("clotting-result")),
    _test("drug-levels", marked("Levels of the medicine in the blood"), saying("drug-level")),
    ChecklistRow("csf", marked("Spinal fluid"), saying("spinal-fluid"), marked("spinal fluid results")),
    ChecklistRow(
        "semen-or-ovary-test",
        marked("Fertility tests, of both"),
        saying("semen-or-ovary-test"),
        marked("Fertility tests, of both"),
        needs=_grown_up,
    ),
    _test(
        "transplant-assessment",
        marked("What a transplant centre said so far"),
        saying("transplant-state"),
    ),
    _test("devices", marked("Device and implant cards"), of_kind("Device")),
)

_WITHOUT_FILES = frozenset({"right-heart", "endoscopy", "bronchoscopy", "cystoscopy", "laparoscopy", "eye-scan"})
"""Of the pictures: those that no disc of images is asked for."""
_ON_DISCS = tuple(replace(row, imaged=row.id not in _WITHOUT_FILES) for row in _PICTURES)

ROWS_OF_TESTS = (*_OF_TISSUE, *_ON_DISCS, *_FUNCTION, *_VALUES)
