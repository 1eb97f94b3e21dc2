"""Three persons for the front matter: Elena's year, thirty years of routine, and an almost empty record."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from organizer.base.dates import PartialDate
from organizer.health import series as health
from organizer.health.series import Range, Series, Span
from organizer.model.case import Case
from organizer.model.codes import LOINC, MeasureKey
from organizer.model.entry import Coding, Entry, Link, Source
from organizer.packet.facts import Place
from organizer.packet.file.front_matter import FrontMatter, front_matter
from organizer.packet.packet_input import PacketChoice, PacketInput, PlanLine

ELENA = "person-elena"


@dataclass(frozen=True)
class AnExhibit:
    number: int
    label: str
    title: str
    author: str
    date: str
    file_name: str
    sha256: str
    media_type: str = "application/pdf"
    page_count: int = 2
    made: str = "as it is"
    held: frozenset[int] = frozenset()


@dataclass(frozen=True)
class APlan:
    """Places by the document and page that an entry's source names."""

    exhibits: tuple[AnExhibit, ...]
    numbers: Mapping[str, int]

    def place(self, entry: Entry) -> Place | None:
        for source in entry.sources:
            if source.document in self.numbers:
                page = source.locator.removeprefix("page=")
                return Place(self.numbers[source.document], int(page) if page.isdecimal() else 1)
        return None


def plan_of(*exhibits: tuple[str, str, str, str]) -> APlan:
    """An exhibit plan of (document, title, author, date) in this order."""
    made = tuple(
        AnExhibit(n, f"Ex {n}", title, author, day, f"{document}.pdf", hashlib.sha256(document.encode()).hexdigest())
        for n, (document, title, author, day) in enumerate(exhibits, 1)
    )
    return APlan(made, {document: n for n, (document, *_rest) in enumerate(exhibits, 1)})


def entry(kind: str, title: str, happened: str = "", source: str = "", **fields: object) -> Entry:
    """An entry; `source` is "document:page" or "" for what the person typed in."""
    document, _, page = source.partition(":")
    own = {
        name: fields.pop(name)
        for name in ("ended", "value", "value_text", "unit", "status", "codes", "links", "id", "comparator")
        if name in fields
    }
    if "ended" in own:
        own["ended"] = PartialDate(str(own["ended"]))
    made = Entry(
        kind,
        title,
        person=ELENA,
        happened=PartialDate(happened) if happened else None,
        sources=(Source(document=document, locator=f"page={page}"),) if document else (Source(recorded_by="Elena"),),
        data=fields,
        **own,  # type: ignore[arg-type]
    )
    return made if made.id else made.having(id=f"{kind}-{title}-{happened}-{source}"[:60])


def _laboratory(
    code: str,
    title: str,
    unit: str,
    values: Mapping[str, tuple[str, str]],
    ranges: tuple[float | None, float | None, str],
    flag: str,
) -> list[Entry]:
    return [
        entry(
            "Observation",
            title,
            day,
            source,
            codes=(Coding("http://loinc.org", code, title),),
            value=float(text),
            value_text=text,
            unit=unit,
            category="laboratory",
            performer="St Anne’s",
            method="spot urine" if unit == "g/g" else "",
            range_low=ranges[0],
            range_high=ranges[1],
            range_text=ranges[2],
            interpretation=flag,
        )
        for day, (text, source) in values.items()
    ]


def series_of(points: list[Entry], **more: object) -> Series:
    """The series of some observations."""
    return replace(health.series_of(MeasureKey(f"{LOINC}|{points[0].code}"), points), **more)  # type: ignore[arg-type]


_DAYS = ("2026-03-12", "2026-04-20", "2026-06-03", "2026-07-14", "2026-08-20", "2026-09-29", "2026-11-09")


def _values(*texts: str) -> dict[str, tuple[str, str]]:
    days = _DAYS if len(texts) == len(_DAYS) else (_DAYS[0], _DAYS[2], _DAYS[4], _DAYS[6])
    return {day: (text, "lab:1" if day < "2026-08" else "lab:2") for day, text in zip(days, texts, strict=True)}


def elena_results() -> list[list[Entry]]:
    return [
        _laboratory(
            "2890-2",
            "Urine protein/creatinine",
            "g/g",
            _values("2.9", "2.4", "1.6", "1.2", "0.9", "1.0", "1.1"),
            (None, 0.2, "< 0.2"),
            "H",
        ),
        _laboratory(
            "2160-0", "Creatinine", "mg/dL", _values("1.02", "0.99", "0.96", "0.94"), (0.5, 1.1, "0.50–1.10"), ""
        ),
        _laboratory("1751-7", "Albumin", "g/dL", _values("2.8", "3.2", "3.6", "3.7"), (3.5, 5.0, "3.5–5.0"), "L"),
        _laboratory("4485-9", "Complement C3", "mg/dL", _values("62", "74", "85", "88"), (90, 180, "90–180"), "L"),
        _laboratory("5130-0", "Anti-dsDNA", "IU/mL", _values("148", "72", "44", "41"), (None, 30, "< 30"), "H"),
    ]


def _medicine(title: str, dose: str, since: str, source: str, status: str, until: str = "", **more: object) -> Entry:
    ended = {"ended": until} if until else {}
    return entry(
        "MedicationStatement",
        title,
        since,
        source,
        status=status,
        dose=dose,
        route="By mouth",
        prescriber="Dr Lindqvist",
        **ended,
        **more,
    )


def elena_medicines() -> list[Entry]:
    lupus = (Link("treats", "lupus"),)
    return [
        _medicine("Prednisone", "30 mg once a day", "2026-03-16", "stay:1", "completed", "2026-04-20", links=lupus),
        _medicine("Prednisone", "20 mg once a day", "2026-04-20", "stay:1", "completed", "2026-06-03", links=lupus),
        _medicine("Prednisone", "10 mg once a day", "2026-06-03", "stay:1", "completed", "2026-08-20", links=lupus),
        _medicine(
            "Prednisone",
            "7.5 mg a day",
            "2026-08-20",
            "letter:2",
            "active",
            links=lupus,
            note="Continue 7.5 mg until review.",
        ),
        _medicine(
            "Mycophenolate",
            "1 g twice a day",
            "2026-04-02",
            "stay:1",
            "active",
            links=lupus,
            note="Partial response at seven months.",
        ),
        _medicine("Hydroxychloroquine", "200 mg a day", "2026-03-16", "goals:2", "active", links=lupus),
        _medicine("Losartan", "50 mg a day", "2026-05-10", "goals:2", "active"),
        _medicine(
            "Methylprednisolone",
            "500 mg into a vein, three doses",
            "2026-03-13",
            "stay:1",
            "completed",
            "2026-03-15",
            links=lupus,
            note="Three pulses given without event.",
        ),
        _medicine(
            "Lisinopril",
            "10 mg a day",
            "2026-02-18",
            "goals:2",
            "stopped",
            "2026-05-09",
            stop_reason="Cough.",
            note="Changed to losartan.",
        ),
    ]


def elena_entries() -> list[Entry]:
    return [
        entry(
            "Condition",
            "IgA nephropathy",
            "2026-02-18",
            "northfield:1",
            id="iga",
            status="inactive",
            verification="provisional",
            quote="Appearances favour IgA nephropathy.",
            made_by="Dr Byrne",
            place="Northfield General",
        ),
        entry(
            "Condition",
            "Lupus nephritis, class III",
            "2026-03-16",
            "biopsy:2",
            id="lupus",
            status="active",
            verification="confirmed",
            made_by="Pathology",
            place="St Anne’s",
            links=(Link("revises", "iga"), Link("rests-on", "report")),
        ),
        entry(
            "DiagnosticReport",
            "Kidney biopsy",
            "2026-03-12",
            "biopsy:2",
            id="report",
            category="pathology",
            conclusion="Lupus nephritis, ISN/RPS class III (A).",
            performer="A. Novak, MD",
            place="St Anne’s",
            case_number="S26-04417",
            images_at="Renal Biopsy Service, St Anne’s; loan asked",
        ),
        entry(
            "DiagnosticReport",
            "Ultrasound of both kidneys",
            "2026-02-26",
            "ultrasound:1",
            category="imaging",
            modality="Ultrasound",
            conclusion="Both kidneys of normal size with mildly raised echogenicity. No obstruction.",
            performer="R. Adeyemi, MD",
            place="St Anne’s",
        ),
        entry(
            "Encounter",
            "Nephrology clinic",
            "2026-11-12",
            "letter:1",
            status="finished",
            provider="Dr Lindqvist",
            place="St Anne’s",
            decided="Partial response at seven months.",
            links=(Link("about", "lupus"),),
        ),
        entry("Condition", "High blood pressure", "2019", "northfield-ccd:1", status="active"),
        entry("Condition", "Shingles", "2026-09-09", "visit:1", status="resolved"),
        entry("Condition", "Ankle swelling", "2025-11", status="active"),
        entry("Condition", "Tiredness", "2025-11", status="active"),
        entry("Condition", "Type 2 diabetes", "2026-04-02", "visit:1", status="entered-in-error"),
        entry("Observation", "Foamy urine", "2025-11", category="symptom", value_text="first noticed"),
        entry(
            "Procedure", "Kidney biopsy", "2026-03-12", "biopsy:1", status="completed", links=(Link("treats", "lupus"),)
        ),
        entry(
            "AdverseEvent", "Shingles", "2026-09-09", "visit:1", severity="moderate", suspected_cause="Mycophenolate"
        ),
        entry(
            "Goal",
            "Urine protein/creatinine below 0.5 g/g",
            "2026-04-02",
            "goals:1",
            id="goal",
            due="2026-10-01",
            target_high=0.5,
            unit="g/g",
        ),
        entry(
            "CarePlan",
            "Mycophenolate and a falling dose of prednisone",
            "2026-04-02",
            "goals:1",
            id="care",
            links=(Link("treats", "lupus"), Link("goal", "goal")),
        ),
        entry("AllergyIntolerance", "Sulfonamides", "1994", "northfield-ccd:2", reaction="rash", status="active"),
        entry("AllergyIntolerance", "No other drug allergy known", "2026-02-25", "northfield-ccd:2", none_known=True),
        entry(
            "Task",
            "Biopsy slides",
            asked_on="2026-11-16",
            asked_of="St Anne’s, Pathology",
            missing_record=True,
            status="in-progress",
        ),
        entry(
            "Task",
            "Results before February",
            asked_on="2026-11-02",
            asked_of="Northfield General Hospital",
            missing_record=True,
            status="in-progress",
        ),
        entry(
            "ServiceRequest", "Repeat kidney biopsy", "2026-11-12", "letter:2", status="draft", requester="Dr Lindqvist"
        ),
        entry(
            "DocumentReference",
            "Clinic letter",
            "2026-11-12",
            "letter:1",
            author="Dr Lindqvist",
            place="St Anne’s",
            page_texts=["Partial response.", "Consider adding belimumab or changing to rituximab; review in January."],
        ),
        entry("Practitioner", "Dr Osei", specialty="Nephrology"),
        entry("Practitioner", "Dr Lindqvist", "", "stay:1", specialty="Nephrology", organization="St Anne’s Hospital"),
        entry("FamilyMemberHistory", "Stroke", relation="Mother", age_at_onset="71"),
        entry("Immunization", "Influenza", "2025-10-20", "stay:1", status="completed"),
        *elena_medicines(),
    ]


def elena_case() -> Entry:
    return entry(
        "OpinionCase",
        "Second opinion on the next treatment for lupus nephritis",
        "2026-12-03",
        id="case",
        why=(
            "I would be grateful for your view before my treatment changes: my urine protein fell on mycophenolate, "
            "but the goal set for 1 October isn’t met."
        ),
        specialist="Dr Osei",
        specialty="autoimmune",
        decide_by="2027-01-15",
        plan_proposed="Consider adding belimumab or changing to rituximab; review in January.",
        own_words="In November 2025 I saw foam in my urine, and my ankles swelled by the evening.",
        needs="To teach without lying down at noon.",
        missing=["Pneumonia vaccine: not recorded"],
        links=(Link("about", "lupus"), Link("evidence", "care")),
    )


ELENA_PLAN = plan_of(
    ("northfield-ccd", "Summary of care", "Northfield General Hospital", "2026-02-20"),
    ("northfield", "Letter to patient", "Dr Byrne, Northfield General", "2026-02-18"),
    ("ultrasound", "Renal ultrasound report", "R. Adeyemi, MD", "2026-02-26"),
    ("biopsy", "Kidney biopsy report", "A. Novak, MD", "2026-03-16"),
    ("stay", "Hospital stay, summary", "St Anne’s Hospital", "2026-03-16"),
    ("goals", "Goals and medicines", "Dr Lindqvist, St Anne’s", "2026-05-10"),
    ("lab", "Laboratory results", "St Anne’s Clinical Laboratory", "2026-11-10"),
    ("visit", "Same-day visit", "St Anne’s Hospital", "2026-09-10"),
    ("letter", "Consultation letter", "Dr Lindqvist, St Anne’s", "2026-11-12"),
)


def elena(**choice: object) -> PacketInput:
    """Elena's packet as in the drawings."""
    results = elena_results()
    entries = [*elena_entries(), *(one for points in results for one in points)]
    spans = tuple(
        Span(m.title, m.happened.first_day, m.ended.first_day if m.ended else None, m.text("dose"), m.id)
        for m in entries
        if m.kind == "MedicationStatement" and m.title in ("Prednisone", "Mycophenolate") and m.happened
    )
    goal = {"goal": Range(high=0.5, text="< 0.5 g/g"), "spans": spans}
    series = [series_of(p, **(goal if n == 0 else {})) for n, p in enumerate(results)]
    sentence = "This goal isn’t met by its date; here are the seven results. It is reasonable to ask for another view."
    line = PlanLine(
        title="Mycophenolate and a falling dose of prednisone",
        medicine="Mycophenolate",
        goal_text="urine protein/creatinine below 0.5 g/g by 1 Oct 2026",
        verdict="not-on-track",
        verdict_words="Goal not met by its date",
        sentence=sentence,
        evidence=tuple(e.id for e in results[0]),
        goal_entry_id="goal",
        plan_entry_id="care",
        series_key=MeasureKey(f"{LOINC}|2890-2"),
    )
    questions = (
        "Would you suggest rituximab or belimumab next, or more time on mycophenolate?",
        "Would a repeat biopsy be useful now?",
        "Does the shingles I had in September change which treatment suits me?",
        "Should I have the shingles and pneumonia vaccines before a change?",
    )
    person = entry("Patient", "Elena Marsh", id=ELENA, birth_date="1968-05-03", sex="female")
    return PacketInput(
        person=person,
        as_of=date(2026, 11, 24),
        case=Case(elena_case()),
        questions=tuple(
            entry("Question", text, order=n, starred=n <= 3, why="It is under discussion." if n == 2 else "")
            for n, text in enumerate(questions, 1)
        ),
        entries=tuple(entries),
        plans=(line,),
        series=tuple(series),
        read_original=lambda sha: (b"", "application/pdf", ""),
        choice=PacketChoice(ELENA, "case", **choice),  # type: ignore[arg-type]
    )


def almost_empty(**choice: object) -> PacketInput:
    """A person with a name and nothing else."""
    return PacketInput(
        person=entry("Patient", "José Núñez Ibáñez", id=ELENA),
        as_of=date(2026, 11, 24),
        case=None,
        questions=(),
        entries=(),
        plans=(),
        series=(),
        read_original=lambda sha: (b"", "", ""),
        choice=PacketChoice(ELENA, **choice),  # type: ignore[arg-type]
    )


def long_life(**choice: object) -> PacketInput:
    """Thirty years of routine: many diagnoses with long names, many medicines, hundreds of results."""
    illnesses = (
        "Acute viral pharyngitis (disorder)",
        "Chronic sinusitis (disorder)",
        "Essential hypertension (disorder)",
        "Received higher education (finding)",
        "Full-time employment (finding)",
        "Body mass index 30+ – obesity (finding)",
        "Prediabetes (finding)",
        "Anemia (disorder)",
        "Medication review due (situation)",
        "Laceration of the forearm with a very long explanation of how and where it came about (disorder)",
        "Osteoarthritis of the knee (disorder)",
        "Hyperlipidaemia (disorder)",
    )
    drugs = (
        "Hydrochlorothiazide 25 MG Oral Tablet",
        "24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet",
        "amoxicillin 250 MG / clavulanate 125 MG Oral Tablet",
        "Ibuprofen 200 MG Oral Tablet",
        "Simvastatin 10 MG Oral Tablet",
        "Acetaminophen 325 MG Oral Tablet",
    )
    start = date(1996, 3, 2)
    days = [(start + timedelta(days=97 * n)).isoformat() for n in range(112)]
    entries = [
        entry("Condition", f"{illnesses[n % 12]}", day, "bundle:1", status="resolved" if n % 3 else "active")
        for n, day in enumerate(days[:60])
    ]
    entries += [
        entry(
            "MedicationStatement",
            drugs[n % 6] + (f" {n}" if n > 20 else ""),
            day,
            "bundle:2",
            status="stopped" if n % 4 else "active",
            dose="1 tablet once a day as needed",
        )
        for n, day in enumerate(days[:48])
    ]
    entries += [
        entry(
            "Encounter",
            "Encounter for check up (procedure)",
            day,
            "bundle:3",
            status="finished",
            provider="Dr. Hermenegildo Concepción Ångström",
            place="PCP Practice",
        )
        for day in days
    ]
    entries += [
        entry("Procedure", "Medication reconciliation (procedure)", day, "bundle:1", status="completed") for day in days
    ]
    entries += [
        entry(
            "DiagnosticReport",
            "History and physical note",
            days[0],
            "bundle:1",
            category="imaging",
            conclusion="word " * 90,
        )
    ]
    series = []
    for name, unit, base in (
        ("Body mass index (BMI) [Ratio]", "kg/m2", 27.0),
        ("Hemoglobin A1c/Hemoglobin.total in Blood", "%", 5.9),
        ("Systolic blood pressure", "mm[Hg]", 118.0),
        ("Glucose [Mass/volume] in Blood", "mg/dL", 95.0),
        ("Triglycerides", "mg/dL", 140.0),
        ("Leukocytes [#/volume] in Blood by Automated count", "10*3/uL", 6.1),
        ("Sodium", "mmol/L", 139.0),
    ):
        points = [
            entry(
                "Observation",
                name,
                day,
                f"bundle:{n % 9 + 1}",
                value=base + (n * 7 % 11) / 4,
                value_text=f"{base + (n * 7 % 11) / 4:.2f}",
                unit=unit,
                category="laboratory",
            )
            for n, day in enumerate(days[: 70 - len(series) * 9])
        ]
        entries += points
        series.append(series_of(points))
    person = entry("Patient", "Wilhelmina Concepción Featherstonehaugh-Cholmondeley", id=ELENA, birth_date="1950-01")
    return PacketInput(
        person=person,
        as_of=date(2026, 11, 24),
        case=None,
        questions=(),
        entries=tuple(entries),
        plans=(),
        series=tuple(series),
        read_original=lambda sha: (b"", "", ""),
        choice=PacketChoice(ELENA, **choice),  # type: ignore[arg-type]
    )


LONG_PLAN = plan_of(("bundle", "FHIR bundle", "Hospital export", "2026-11-01"))
EMPTY_PLAN = plan_of()


@cache
def printed(make: Callable[..., PacketInput], include: tuple[str, ...] | None = None) -> FrontMatter:
    """The front matter of one of the three, in English, drawn once for all tests that only look at it."""
    plan = {elena: ELENA_PLAN, long_life: LONG_PLAN, almost_empty: EMPTY_PLAN}[make]
    return front_matter(make(include=include), plan)
