"""Letters from the record: written, changed by the person, made a PDF, logged as sent with a day to ask again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from organizer.base.dates import parse_date
from organizer.base.errors import NotFoundError, OrganizerError
from organizer.base.i18n import _
from organizer.health.countries import law_of
from organizer.health.opinion.belonging import same_doctor
from organizer.health.opinion.letter_facts import Letter, LetterFacts
from organizer.health.opinion.letter_rights import US, VARIANTS, to_enclose
from organizer.health.opinion.letters import LETTERS, specimen_words, write_letter
from organizer.health.vocabulary import speaks_of
from organizer.health.voice import voice_of
from organizer.health.writer import writer_of
from organizer.model.case import Case
from organizer.model.entry import Changes, Entry, Link
from organizer.model.ids import NO_ENTRY, EntryId, PersonId
from organizer.model.links import Role
from organizer.packet.sensitive import matters_of
from organizer.services.entries import entries
from organizer.services.opinion import cases, reasons, timetable
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store.entries import Query
from organizer.store.files import write_whole

__all__ = ["US", "VARIANTS", "Letter"]


@dataclass(frozen=True, slots=True)
class LetterWish:
    """Which letter, to whom (a name of the record or any other), and what it asks for.

    `variant` is whose law it names; "" for that of the recipient’s country, else of the sender’s. `specimens` are ids
    of pathology reports; None for those of the case.
    """

    kind: str
    to: str
    variant: str = ""
    asked: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    specimens: tuple[EntryId, ...] | None = None


@dataclass(frozen=True, slots=True)
class Specimen:
    """A pathology report whose slides may be lent, how a letter names it, and whether it may be of the case.

    What is sensitive is named in no letter unless the person chooses it.
    """

    report: Entry
    label: str
    is_of_case: bool
    is_sensitive: bool = False

    @property
    def is_named(self) -> bool:
        """Whether a letter names it unasked."""
        return self.is_of_case and not self.is_sensitive


def kinds(record: Record, person: PersonId) -> list[tuple[str, str]]:
    """The letters that can be written: id and label, in the voice of who writes."""
    voice = voice_of(reading.get(record, person), records.as_of(record))
    return [(template.id, voice.say(template.label)) for template in LETTERS]


def recipients(record: Record, person: PersonId, kind: str = "") -> list[Entry]:
    """Whom a letter can go to: the person's doctors and clinics, by name; for a kind of letter the likeliest first."""
    query = Query(kinds=("Practitioner", "Organization"), person=person, include_struck=False, order="title")
    likely: dict[str, Callable[[Entry], bool]] = {
        "records-request": lambda entry: (
            entry.kind == "Organization" and not speaks_of(entry.text("organization_type"), "insurance")
        ),
        "slides-request": lambda entry: speaks_of(f"{entry.title}. {entry.text('specialty')}", "pathology-report"),
        "referral-request": lambda entry: entry.kind == "Practitioner",
        "thank-you": lambda entry: entry.kind == "Practitioner",
    }
    wanted = likely.get(kind)
    return sorted(reading.find(record, query), key=lambda entry: wanted is None or not wanted(entry))


def suggested_recipients(record: Record, person: PersonId, kind: str, case_id: EntryId = NO_ENTRY) -> list[str]:
    """The names that a letter may go to, the case's own first: whom it thanks is the specialist, who refers is who made
    the diagnosis or the plan, who lends slides is who read them."""
    case = cases.only_case(record, person, case_id)
    known = [recipient.title for recipient in recipients(record, person, kind)]
    named = _of_case(record, case, kind) if case else []
    specialist = case.specialist if case else ""
    if kind == "referral-request" and specialist:
        # A request for a referral doesn't go to whom it asks to be referred to.
        known = [name for name in known if not same_doctor(name, specialist)]
    entries = [find_recipient(recipients(record, person), name) for name in named]
    first = [entry.title if entry else name for name, entry in zip(named, entries, strict=True)]
    return list(dict.fromkeys([*first, *known]))


def meant_recipient(record: Record, person: PersonId, kind: str, case_id: EntryId = NO_ENTRY) -> str:
    """Whom a letter goes to where the case says so or only one is known; "" where the person is to say."""
    suggested = suggested_recipients(record, person, kind, case_id)
    case = cases.only_case(record, person, case_id)
    is_meant = len(suggested) == 1 or (case is not None and _of_case(record, case, kind))
    return suggested[0] if suggested and is_meant else ""


def _of_case(record: Record, case: Case, kind: str) -> list[str]:
    diagnoses = cases.diagnoses(record, case)
    specialist = case.specialist
    if kind == "thank-you":
        names = [specialist]
    elif kind == "referral-request":
        about = cases.about_of(record, case)
        plans = reasons.concerning(record, case.person, about, reading.of_kind(record, case.person, "CarePlan"))
        names = [diagnosis.text("made_by") for diagnosis in diagnoses] + [plan.text("decided_by") for plan in plans]
        names = [name for name in names if not same_doctor(name, specialist)]
    elif kind == "slides-request":
        lent = [specimen for specimen in specimens(record, case.person, case.id) if specimen.is_of_case]
        names = [specimen.report.text("performer") for specimen in lent]
    else:
        names = [diagnosis.text("place") for diagnosis in diagnoses]
    return [name for name in names if name]


def enclosures(record: Record, person: PersonId, variant: str) -> list[str]:
    """What goes into the envelope with a request for records."""
    entry = reading.get(record, person)
    return to_enclose(variant, writer_of(entry, records.as_of(record)), entry.title)


def draft(record: Record, person: PersonId, wish: LetterWish, case_id: EntryId = NO_ENTRY) -> Letter:
    """The letter as it stands before the person changes it. Raises OrganizerError for an unknown kind or no name."""
    if not wish.to.strip():
        raise OrganizerError(_("The letter needs somebody to go to."), _("Choose a doctor or clinic, or write a name."))
    case = cases.only_case(record, person, case_id)
    since, until = parse_date(wish.since), parse_date(wish.until)
    recipient = find_recipient(recipients(record, person), wish.to)
    whose = reading.get(record, person)
    facts = LetterFacts(
        person=whose,
        to=recipient.title if recipient else wish.to.strip(),
        recipient=recipient,
        case=case,
        as_of=records.as_of(record),
        variant=wish.variant or _law(recipient, whose, records.as_of(record)),
        asked=wish.asked,
        second=_second(record, person, case),
        since=since.spoken() if since else "",
        until=until.spoken() if until else "",
        needed_by=timetable.needed_by(record, case),
        pathology=_chosen(specimens(record, person, case.id if case else NO_ENTRY), wish.specimens),
    )
    return write_letter(wish.kind, facts)


def _second(record: Record, person: PersonId, case: Case | None) -> Entry | None:
    """The case's specialist, or the place where that is, as the record knows them: first who can be reached."""
    names = [name for name in (case.specialist, case.place) if name] if case is not None else []
    known = recipients(record, person)
    entries = [entry for name in names if (entry := find_recipient(known, name)) is not None]
    reachable = [entry for entry in entries if entry.text("address") or entry.text("fax") or entry.text("email")]
    return next(iter([*reachable, *entries]), None)


def names_a_right(kind: str) -> bool:
    """Whether a letter of that kind names a law of a country."""
    return kind in ("records-request", "transfer-request", "authorization")


def asks_for_records(kind: str) -> bool:
    """Whether a letter of that kind asks for rows of the checklist."""
    return kind in ("records-request", "transfer-request", "authorization")


def asks_for_an_answer(kind: str) -> bool:
    """Whether a letter of that kind is asked about again: forms, covers and thanks are not."""
    return kind not in ("thank-you", "authorization", "fax-cover")


def specimens(record: Record, person: PersonId, case_id: EntryId = NO_ENTRY) -> list[Specimen]:
    """The person's pathology reports, those that may be of the case first; without a case none is known to be."""
    case = cases.only_case(record, person, case_id)
    looked_through = cases.gathered(record, person, case)
    reports = [entry for entry in looked_through.of("DiagnosticReport") if entry.text("category") == "pathology"]
    parts = looked_through.parts()
    listed = [
        Specimen(
            report,
            specimen_words(report),
            len(reports) == 1 or bool(parts and looked_through.concerns(report)),
            bool(matters_of(report)),
        )
        for report in reports
    ]
    return sorted(listed, key=lambda specimen: not specimen.is_of_case)


def named_specimens(
    record: Record, person: PersonId, names: Sequence[str], case_id: EntryId = NO_ENTRY
) -> tuple[EntryId, ...] | None:
    """The ids of the specimens of these titles or case numbers; None for no names. Raises NotFoundError for another."""
    offered = specimens(record, person, case_id)
    known = {
        specimen.report.id: (specimen.report.title.casefold(), specimen.report.text("case_number").casefold())
        for specimen in offered
    }
    for name in names:
        if not any(name.casefold().strip() in lines for lines in known.values()):
            listed = "; ".join(specimen.label for specimen in offered) or _("none yet")
            raise NotFoundError(
                _("There is no specimen “{name}”.").format(name=name), _("Use one of: {names}.").format(names=listed)
            )
    wanted = {name.casefold().strip() for name in names}
    return tuple(entry_id for entry_id, lines in known.items() if wanted & set(lines)) if names else None


def _chosen(offered: Sequence[Specimen], chosen: tuple[EntryId, ...] | None) -> tuple[Entry, ...]:
    if chosen is None:
        return tuple(specimen.report for specimen in offered if specimen.is_named)
    return tuple(specimen.report for specimen in offered if specimen.report.id in chosen)


def _law(recipient: Entry | None, person: Entry, as_of: date) -> str:
    """Whose law holds: where the letter goes to, else where its sender lives; where neither is known, US."""
    there = law_of(recipient.text("address")) if recipient is not None else ""
    return there or law_of(writer_of(person, as_of).address) or US


def find_recipient(known: Sequence[Entry], name: str) -> Entry | None:
    """The doctor or clinic of that name (any case), or the only one whose name holds it; None where there is none."""
    folded = name.casefold().strip()
    exact = [entry for entry in known if entry.title.casefold() == folded]
    matching = exact or [entry for entry in known if folded and folded in entry.title.casefold()]
    return matching[0] if exact or len(matching) == 1 else None


def pdf(letter: Letter) -> bytes:
    """The letter on paper: US Letter, or A4 outside North America."""
    from organizer.packet.sheets.letter import letter_pdf

    return letter_pdf(letter)


def save(letter: Letter, out: Path) -> None:
    """Write the PDF, whole or not at all. Raises DiskFullError, OrganizerError."""
    save_bytes(pdf(letter), out)


def save_bytes(data: bytes, out: Path) -> None:
    """Write a finished sheet, whole or not at all. Raises DiskFullError, OrganizerError."""
    refusal = OrganizerError(
        _("“{name}” can’t be written.").format(name=out.name), _("Choose a file in a folder of your own.")
    )
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise refusal
    try:
        write_whole(out, data)
    except PermissionError as error:
        raise refusal from error


def log_sent(
    record: Record, person: PersonId, letter: Letter, case_id: EntryId = NO_ENTRY, ask_again: date | None = None
) -> Changes:
    """Note that a letter went out today; a request is asked about again in time, unless another day is given."""
    day = records.as_of(record)
    case = cases.only_case(record, person, case_id)
    again = ask_again or (timetable.ask_again(record, case) if asks_for_an_answer(letter.kind) else None)
    fields = {
        "title": letter.subject,
        "happened": day.isoformat(),
        "medium": "letter",
        "with_whom": letter.to,
        "follow_up": again.isoformat() if again else "",
        "note": letter.body,
    }
    links = [Link(Role.CASE, case.id)] if case else []
    return entries.add(record, "Communication", person, {name: text for name, text in fields.items() if text}, links)


def ask_again(record: Record, case_id: EntryId = NO_ENTRY) -> date:
    """When a letter of today is asked about again."""
    return timetable.ask_again(record, cases.case_of(record, case_id) if case_id else None)


def sent(record: Record, person: PersonId) -> list[Entry]:
    """Letters that went out, the newest first."""
    messages = reading.of_kind(record, person, "Communication")
    return [entry for entry in messages if entry.text("medium") == "letter"]
