"""Diaries, accounts and papers of treatment that a second doctor asks for, by their names in resources/intake.json.

What the person or whoever cares for them writes down is asked of no clinic.
"""

from organizer.base.i18n import marked
from organizer.health.medicines import MedicineState, state_of
from organizer.health.opinion.finders import Finder, any_of, nothing, saying
from organizer.health.opinion.gathered import Gathered
from organizer.health.opinion.row import ChecklistRow
from organizer.health.opinion.same_illness import is_symptom_of
from organizer.model.entry import Entry
from organizer.model.statuses import Verification

_NOTES = ("DocumentReference", "Observation")


def _first_noticed(gathered: Gathered) -> list[Entry]:
    """The first symptom that was written down, or the first diagnosis of the case; none of another illness."""
    own = gathered.diagnoses()
    others = [entry for entry in gathered.of("Condition") if entry not in own]
    symptoms = [entry for entry in gathered.of("Observation") if entry.text("category") == "symptom" and entry.happened]
    dated = [
        symptom
        for symptom in symptoms
        if any(is_symptom_of(symptom.title, illness) for illness in own)
        or not any(is_symptom_of(symptom.title, illness) for illness in others)
    ]
    return dated[-1:] or [entry for entry in gathered.diagnoses() if entry.happened and entry.is_fact][-1:]


def _ruled_out(gathered: Gathered) -> list[Entry]:
    return [
        entry for entry in gathered.entries if entry.kind == "Condition" and entry.verification == Verification.REFUTED
    ]


def _symptom(*concepts: str) -> Finder:
    """A symptom that was written down at least twice: a diary that Casebook keeps."""
    wanted = frozenset(concepts)

    def find(gathered: Gathered) -> list[Entry]:
        symptoms = [entry for entry in gathered.of("Observation") if entry.text("category") == "symptom"]
        written = [entry for entry in symptoms if not wanted or wanted & gathered.concepts_of(entry)]
        return written if len(written) > 1 else []

    return find


def _medicines_with_dose(gathered: Gathered) -> list[Entry]:
    spans = [span for span in gathered.of("MedicationStatement") if not gathered.is_for_another(span)]
    tried = [span for span in spans if state_of(span, gathered.as_of) is MedicineState.ENDED]
    return [span for span in tried if span.text("dose") and span.happened and span.ended]


def _diary(name: str, label: str, *symptoms: str) -> ChecklistRow:
    return ChecklistRow(name, label, any_of(saying("diary", kinds=_NOTES), _symptom(*symptoms)))


def _account(name: str, label: str) -> ChecklistRow:
    """What is told from memory: a list or some lines that nobody else has."""
    return ChecklistRow(name, label, nothing)


def _paper(name: str, label: str, *concepts: str) -> ChecklistRow:
    return ChecklistRow(name, label, saying(*concepts), label)


def _woman(gathered: Gathered) -> bool:
    return gathered.may_be("female")


def _teenage_girl(gathered: Gathered) -> bool:
    return gathered.may_be("female") and gathered.is_teen


def _child(gathered: Gathered) -> bool:
    return gathered.is_child


def _grown_up(gathered: Gathered) -> bool:
    return not gathered.is_child


_DIARIES = (
    _diary("seizure-diary", marked("Seizure diary: when, how long, what it looks like"), "seizures"),
    _diary("headache-diary", marked("Headache diary: days, medicines taken"), "headaches"),
    _diary("motor-diary", marked("Diary of good and bad hours (on and off)")),
    _diary("sleep-diary", marked("Sleep diary")),
    _diary("symptom-diary", marked("Diary of symptoms and of what makes them worse")),
    ChecklistRow("cycle-diary", marked("Diary of the cycle and of pain"), saying("diary", kinds=_NOTES), needs=_woman),
    ChecklistRow(
        "fever-chart",
        marked("Fever chart: temperatures with date and hour"),
        saying("temperature-record", kinds=("DocumentReference", "Observation")),
    ),
    ChecklistRow(
        "pressure-log",
        marked("Blood pressure measured at home"),
        saying("blood-pressure", kinds=("DocumentReference", "Observation")),
    ),
    ChecklistRow(
        "standing-pressure",
        marked("Blood pressure and pulse lying and standing"),
        saying("standing-pressure"),
    ),
    ChecklistRow(
        "weight", marked("Weight over time"), saying("body-weight", kinds=("DocumentReference", "Observation"))
    ),
    ChecklistRow("seizure-video", marked("Video of a seizure"), saying("video", kinds=("DocumentReference",))),
    ChecklistRow(
        "movement-video", marked("Video of walking and movements"), saying("video", kinds=("DocumentReference",))
    ),
    ChecklistRow("photographs", marked("Photographs with their date"), saying("photograph")),
    ChecklistRow("skin-photographs", marked("Photographs of the skin with their date"), saying("photograph")),
    ChecklistRow(
        "skin-map",
        marked("Photographs through the dermatoscope, map of moles"),
        saying("dermatoscopy"),
        marked("Photographs through the dermatoscope, map of moles"),
    ),
)

_ACCOUNTS = (
    ChecklistRow("first-noticed", marked("When it was first noticed"), _first_noticed),
    ChecklistRow(
        "ruled-out",
        marked("Ruled out, and by which test"),
        _ruled_out,
        marked("what was ruled out, and by which test"),
    ),
    ChecklistRow(
        "findings",
        marked("Findings apart from symptoms"),
        saying("finding-report"),
        marked("examination findings"),
    ),
    _account("attacks", marked("Each attack: when, what, how long, what was left")),
    _account("medicine-times", marked("Each medicine with the hours it is taken and how long it works")),
    ChecklistRow(
        "each-medicine", marked("Each medicine: highest dose, how many weeks, what it did"), _medicines_with_dose
    ),
    _account("others-notice", marked("What family or friends have noticed")),
    ChecklistRow(
        "exposures",
        marked("Travels, animals, tick bites, food, contacts, work"),
        saying("exposure", kinds=_NOTES),
    ),
    ChecklistRow("smoking", marked("Smoking: how much, and until when"), nothing, needs=_grown_up),
    ChecklistRow("alcohol", marked("Alcohol: how much, and since when not"), nothing, needs=_grown_up),
    ChecklistRow("work-exposure", marked("Work with dust, mould, metals or birds"), nothing, needs=_grown_up),
    ChecklistRow("first-period", marked("Month of the first period"), nothing, needs=_teenage_girl),
    _account("fractures", marked("Each fracture and how it came about")),
)

_OF_TREATMENT = (
    _paper("physiotherapy", marked("Report of the physiotherapist"), "physiotherapy"),
    _paper("injections", marked("Injections: where, when, how long they helped"), "joint-or-spine-injection"),
    _paper("brace", marked("Brace: since when, how many hours a day"), "brace"),
    _paper("curve-angles", marked("The angles of the curve, every date"), "curve-angle"),
    _paper("size-over-time", marked("Its size, every measurement with its date"), "aneurysm"),
    ChecklistRow(
        "pregnancy-record",
        marked("Pregnancy record, with its ultrasound scans"),
        saying("pregnancy-record"),
        marked("Pregnancy record, with its ultrasound scans"),
        needs=lambda gathered: gathered.may_be("female"),
    ),
    _paper("dialysis", marked("Dialysis records"), "dialysis"),
    _paper("transfusions", marked("Transfusions, and reactions to them"), "transfusion"),
    _paper("therapy", marked("Psychotherapy: which, how long, how it went"), "psychotherapy"),
    _paper("hospital-psychiatry", marked("Reports of stays in a psychiatric hospital"), "psychiatric-stay"),
    _paper("brain-stimulation", marked("Brain stimulation, ECT or ketamine: dates and effect"), "brain-stimulation"),
    ChecklistRow(
        "mood-scores",
        marked("Scores over time (such as PHQ-9)"),
        saying("mood-score", kinds=("Observation", "DocumentReference")),
    ),
    _paper("eye-operations", marked("Laser treatments and operations of the eye"), "eye-operation"),
    _paper("eye-injections", marked("Injections into the eye, with dates"), "eye-injection"),
    _paper("dental", marked("Dental report"), "dental-report"),
    ChecklistRow(
        "development",
        marked("Reports on development"),
        saying("development-report"),
        marked("Reports on development"),
        needs=_child,
    ),
    ChecklistRow("school-report", marked("Report of school or kindergarten"), saying("school-report"), needs=_child),
)

ROWS_OF_PAPERS = (*_DIARIES, *_ACCOUNTS, *_OF_TREATMENT)
