"""What a specialist asks for, row by row; ROWS is the registry, in the order of screen and letters.

Rows name the fields in which they come first; "" stands for every field. What a row is called and asks for are our own
words; which rows a field needs follows what referral centres ask of new patients, gathered as a design judgement.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter

from organizer.base.i18n import marked
from organizer.health import medicines
from organizer.health.absence import Says, absence_of
from organizer.health.medicines import MedicineState
from organizer.health.specialties import profile_of
from organizer.health.vocabulary import coded_concepts, mentions_in, speaks_of
from organizer.model.case import Case
from organizer.model.entry import Entry
from organizer.model.kinds import names
from organizer.model.links import Role
from organizer.model.statuses import Status, Verification

Finder = Callable[["Gathered"], list[Entry]]
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the rows look through: a person's facts (single numbers of the last year only), the case, the day."""

    person: Entry
    case: Case | None
    entries: tuple[Entry, ...]
    as_of: date
    _concepts: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, *kinds: str) -> list[Entry]:
        """The facts of these kinds, the newest first; that nobody asked answers nothing."""
        found = [one for one in self.entries if one.kind in kinds and one.is_fact and not _asked_nobody(one)]
        return sorted(found, key=attrgetter("day_key"), reverse=True)

    def concepts_of(self, entry: Entry) -> frozenset[str]:
        """What an entry's codes, title, type and conclusion speak of; what they deny is left out."""
        if entry.id not in self._concepts:
            texts = "\n".join((entry.title, entry.text("document_type"), entry.text("conclusion")))
            said = (one for one in mentions_in(texts) if "negated" not in one.contexts)
            coded = coded_concepts(entry)
            self._concepts[entry.id] = coded.union(*(one.concepts for one in said))
        return self._concepts[entry.id]


def _asked_nobody(entry: Entry) -> bool:
    absence = absence_of(entry)
    return absence is not None and absence.says is Says.NOT_ASKED


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """`finds` gives the entries that answer the row; `asks` is how a letter asks for it ("" where nobody is asked)."""

    id: str
    label: str
    finds: Finder
    asks: str = ""
    fields: tuple[str, ...] = ()


def _kind(*kinds: str, most: int = 60) -> Finder:
    return lambda gathered: gathered.of(*kinds)[:most]


def _category(category: str) -> Finder:
    return lambda gathered: [one for one in gathered.of("DiagnosticReport") if one.text("category") == category]


_FINDINGS = names(lambda kind: kind.finding)


def _saying(*concepts: str, kinds: tuple[str, ...] = _FINDINGS) -> Finder:
    """Entries that are about one of these concepts of resources/vocabulary, by code, title, type or conclusion."""
    wanted = frozenset(concepts)
    return lambda gathered: [one for one in gathered.of(*kinds) if wanted & gathered.concepts_of(one)]


def _nobody(_gathered: Gathered) -> list[Entry]:
    return []


def _question(gathered: Gathered) -> list[Entry]:
    case = gathered.case
    return [case.entry] if case is not None and case.why else []


def _contacts(gathered: Gathered) -> list[Entry]:
    return [one for one in gathered.of("Practitioner", "Organization") if one.text("phone") or one.text("address")]


def _insurance_card(gathered: Gathered) -> list[Entry]:
    cards = {target for one in gathered.of("Coverage") for target in one.targets(Role.CARD)}
    return [
        one
        for one in gathered.of("DocumentReference")
        if one.id in cards
        or (one.text("media_type").startswith("image/") and speaks_of(one.title, "insurance", "card"))
    ]


def _referral(gathered: Gathered) -> list[Entry]:
    orders = [one for one in gathered.of("ServiceRequest") if "referral" in gathered.concepts_of(one)]
    return [one for one in orders if one.status not in (Status.COMPLETED, Status.REVOKED)]


def _recent_labs(gathered: Gathered) -> list[Entry]:
    since = (gathered.as_of - YEAR).isoformat()
    labs = [one for one in gathered.of("DiagnosticReport") if one.text("category") == "laboratory"]
    labs += [one for one in gathered.of("Observation") if one.text("category") == "laboratory"]
    return [one for one in labs if one.happened and one.happened.sort_key >= since]


def _last_notes(gathered: Gathered) -> list[Entry]:
    found = [
        one for one in gathered.of("DocumentReference") if one.happened and "visit-note" in gathered.concepts_of(one)
    ]
    return list({one.text("file") or one.id: one for one in reversed(found)}.values())[::-1][:2]


def _plan_in_words(gathered: Gathered) -> list[Entry]:
    plans = [one for one in gathered.of("CarePlan") if one.text("what") or one.text("note")]
    return plans + [one for one in gathered.of("Encounter") if one.text("decided")]


def _slides(gathered: Gathered) -> list[Entry]:
    return [one for one in _category("pathology")(gathered) if one.text("images_at")]


def _tried(gathered: Gathered) -> list[Entry]:
    spans = gathered.of("MedicationStatement")
    ended = [span for span in spans if medicines.state_of(span, gathered.as_of) is MedicineState.ENDED]
    return ended + gathered.of("AdverseEvent")


def _needs(gathered: Gathered) -> list[Entry]:
    person = gathered.person
    return [person] if person.text("communication_needs") or person.text("language") else []


def _same_name(gathered: Gathered) -> list[Entry]:
    person = gathered.person
    return [person] if person.text("birth_date") else []


def _first_noticed(gathered: Gathered) -> list[Entry]:
    symptoms = [one for one in gathered.of("Observation") if one.text("category") == "symptom" and one.happened]
    return symptoms[-1:] or [one for one in gathered.of("Condition") if one.happened][-1:]


def _ruled_out(gathered: Gathered) -> list[Entry]:
    return [one for one in gathered.entries if one.kind == "Condition" and one.verification == Verification.REFUTED]


ONCOLOGY, HEART, NEURO, AUTO, UNCLEAR = "oncology", "heart-surgery", "neurology-spine", "autoimmune", "unclear"

ROWS: tuple[ChecklistRow, ...] = (
    ChecklistRow(
        "markers",
        marked("Tumour markers and receptors"),
        _saying("tumour-marker", "receptor-result"),
        marked("receptor and marker results (such as ER, PR, HER2), the full report"),
        (ONCOLOGY,),
    ),
    ChecklistRow(
        "staging",
        marked("Staging"),
        lambda g: [one for one in g.of("Condition") if one.text("stage")] or _saying("staging")(g),
        marked("the staging, with the reports that it rests on"),
        (ONCOLOGY,),
    ),
    ChecklistRow(
        "molecular",
        marked("Molecular report, in full"),
        _saying("molecular-report"),
        marked("the full molecular report"),
        (ONCOLOGY,),
    ),
    ChecklistRow(
        "regimens",
        marked("Each regimen: dose, cycles, response"),
        _saying("chemotherapy", "treatment-cycle", kinds=("DocumentReference", "Procedure", "MedicationStatement")),
        marked("for each regimen the doses, the cycles and the response"),
        (ONCOLOGY,),
    ),
    ChecklistRow(
        "radiation",
        marked("Radiation summary"),
        _saying("radiotherapy", kinds=("DocumentReference", "Procedure", "DiagnosticReport")),
        marked("the radiation treatment summary"),
        (ONCOLOGY,),
    ),
    ChecklistRow("ecg", marked("ECG, the tracings"), _saying("ecg"), marked("ECG tracings"), (HEART,)),
    ChecklistRow(
        "echo",
        marked("Echocardiogram: report and clips"),
        _saying("echocardiogram"),
        marked("the echocardiogram, report and clips"),
        (HEART,),
    ),
    ChecklistRow(
        "stress",
        marked("Stress test"),
        _saying("stress-test"),
        marked("stress test results"),
        (HEART,),
    ),
    ChecklistRow(
        "angiogram",
        marked("Angiogram as DICOM"),
        _saying("angiogram"),
        marked("the angiogram as DICOM"),
        (HEART,),
    ),
    ChecklistRow(
        "devices", marked("Device and implant cards"), _kind("Device"), marked("device and implant cards"), (HEART,)
    ),
    ChecklistRow(
        "anaesthesia",
        marked("Trouble with an anaesthetic"),
        _saying("anaesthesia", kinds=("DocumentReference", "Condition", "AdverseEvent", "Procedure")),
        marked("anaesthesia records"),
        (HEART,),
    ),
    ChecklistRow(
        "mri",
        marked("Earliest and latest MRI"),
        _saying("mri"),
        marked("the earliest and the latest MRI as DICOM, with their reports"),
        (NEURO,),
    ),
    ChecklistRow(
        "emg",
        marked("Nerve and muscle tests (EMG)"),
        _saying("emg"),
        marked("EMG and nerve conduction reports"),
        (NEURO,),
    ),
    ChecklistRow("eeg", marked("EEG"), _saying("eeg"), marked("EEG reports"), (NEURO,)),
    ChecklistRow(
        "csf",
        marked("Spinal fluid"),
        _saying("spinal-fluid"),
        marked("spinal fluid results"),
        (NEURO,),
    ),
    ChecklistRow(
        "antibodies",
        marked("Antibody levels, with laboratory and method"),
        _saying("antibody-result"),
        marked("antibody and complement levels with laboratory and method"),
        (AUTO,),
    ),
    ChecklistRow(
        "urine-protein",
        marked("Protein in the urine"),
        _saying("urine-protein"),
        marked("urine protein results"),
        (AUTO,),
    ),
    ChecklistRow("biopsies", marked("Biopsies"), _saying("biopsy"), marked("biopsy reports"), (AUTO,)),
    ChecklistRow("photographs", marked("Photographs with their date"), _saying("photograph"), "", (AUTO,)),
    ChecklistRow("first-noticed", marked("When it was first noticed"), _first_noticed, "", (UNCLEAR,)),
    ChecklistRow(
        "ruled-out",
        marked("Ruled out, and by which test"),
        _ruled_out,
        marked("what was ruled out, and by which test"),
        (UNCLEAR,),
    ),
    ChecklistRow(
        "findings",
        marked("Findings apart from symptoms"),
        _saying("finding-report", kinds=("DiagnosticReport", "DocumentReference", "Observation")),
        marked("examination findings"),
        (UNCLEAR,),
    ),
    ChecklistRow("question", marked("My question, in a sentence or two"), _question),
    ChecklistRow("problems", marked("Diagnoses and problems"), _kind("Condition"), marked("the problem list")),
    ChecklistRow(
        "medicines", marked("Medicines, with dose"), _kind("MedicationStatement"), marked("the medication list")
    ),
    ChecklistRow(
        "allergies", marked("Allergies, or that none is known"), _kind("AllergyIntolerance"), marked("the allergy list")
    ),
    ChecklistRow(
        "tried",
        marked("Treatments tried, and how they went"),
        _tried,
        marked("treatments tried, with dates, doses and why they were stopped"),
    ),
    ChecklistRow(
        "notes", marked("The last two notes of the treating doctor"), _last_notes, marked("the last two visit notes")
    ),
    ChecklistRow(
        "plan",
        marked("The plan in the doctor’s words"),
        _plan_in_words,
        marked("the treatment plan as it was written down"),
    ),
    ChecklistRow(
        "discharge",
        marked("Discharge summaries"),
        _saying("discharge-summary", kinds=("DocumentReference", "DiagnosticReport")),
        marked("discharge summaries"),
    ),
    ChecklistRow(
        "operations",
        marked("Operation notes"),
        _saying("operation-note", kinds=("DocumentReference", "DiagnosticReport")),
        marked("operation and procedure notes"),
    ),
    ChecklistRow(
        "labs",
        marked("Laboratory results of twelve months"),
        _recent_labs,
        marked("laboratory results of the last twelve months"),
    ),
    ChecklistRow("imaging", marked("Imaging reports"), _category("imaging"), marked("imaging reports")),
    ChecklistRow(
        "images",
        marked("The images themselves (disc or download)"),
        _kind("ImagingStudy"),
        marked("the images as DICOM, on disc or for download"),
    ),
    ChecklistRow("pathology", marked("Pathology report"), _category("pathology"), marked("pathology reports")),
    ChecklistRow("slides", marked("Slides and blocks: where they are"), _slides, marked("slides and blocks, on loan")),
    ChecklistRow("genetics", marked("Genetic results"), _category("genetics"), marked("genetic test results")),
    ChecklistRow("family", marked("Illnesses in the family"), _kind("FamilyMemberHistory")),
    ChecklistRow("contacts", marked("Contacts of the treating doctors"), _contacts),
    ChecklistRow("referral", marked("Referral or authorisation, where it is needed"), _referral),
    ChecklistRow("insurance-card", marked("Insurance card"), _insurance_card),
    ChecklistRow("photo-id", marked("Photo identity card"), _nobody),
    ChecklistRow("language", marked("Language, and what helps me in a conversation"), _needs),
    ChecklistRow("same-name", marked("The same name and birth date on each record"), _same_name),
)


def rows_for(specialty: str) -> Sequence[ChecklistRow]:
    """The rows of a field: its own first, then those that everybody is asked for."""
    field = profile_of(specialty).checklist or specialty
    return [one for one in ROWS if not one.fields or field in one.fields]
