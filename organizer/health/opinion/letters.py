"""Letters as editable templates, filled from the record: what is asked for, of whom, in a plain and grateful tone.

Rights that a letter names, with their sources: access to one's own records within 30 days (in the United States,
45 CFR 164.524(b)(2)) or one month, the first copy free (in the European Union, GDPR Articles 12(3) and 15(3)). No
purpose is stated in a request for access: none is required.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from organizer.base.dates import parse_date, spoken_day
from organizer.base.errors import OrganizerError
from organizer.base.i18n import _, marked
from organizer.model.entry import Entry

US, EU = "us", "eu"
VARIANTS = (US, EU)
_WHOLE_RECORD = marked(
    "all records about me that you keep: visit notes, results, pathology reports, operation notes, imaging reports, "
    "the images as DICOM, and billing records"
)


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter is filled from. `recipient` is a Practitioner or Organization, or None with a name alone.

    `asked` are the things asked for, in words; none means the whole record. `since` and `until` are spoken dates or "".
    `needed_by` is the day by which what is asked for has to be there, None where nothing presses.
    """

    person: Entry
    to: str
    recipient: Entry | None
    case: Entry | None
    as_of: date
    variant: str = US
    asked: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    pathology: tuple[Entry, ...] = ()
    medium: str = ""
    needed_by: date | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as text that the person may change: paragraphs of `body` are parted by an empty line."""

    kind: str
    to: str
    sender: str
    address: str
    day: str
    subject: str
    body: str
    closing: str
    variant: str = US


def write_letter(kind: str, facts: LetterFacts) -> Letter:
    """The letter of that kind. Raises OrganizerError for an unknown one."""
    found = next((template for template in LETTERS if template.id == kind), None)
    if found is None:
        names = ", ".join(one.id for one in LETTERS)
        raise OrganizerError(
            _("There is no letter “{name}”.").format(name=kind), _("Use one of: {names}.").format(names=names)
        )
    return Letter(
        kind=kind,
        to=facts.to,
        sender=_sender(facts.person),
        address=_address(facts, kind),
        day=spoken_day(facts.as_of),
        subject=found.subject(facts),
        body="\n\n".join(part for part in found.body(facts) if part),
        closing=signature(facts.person),
        variant=facts.variant,
    )


def signature(person: Entry) -> str:
    """Under the line: the person, or who writes for them and in which part."""
    keeper = person.text("keeper")
    if person.text("kept_by") != "caregiver" or not keeper:
        return person.title
    part = person.text("relation") or _("representative")
    return _("{keeper}, for {person} ({part})").format(keeper=keeper, person=person.title, part=part)


def _sender(person: Entry) -> str:
    lines = [person.title, *_address_lines(person.text("address"))]
    return "\n".join([*lines, *(part for part in (person.text("phone"), person.text("email")) if part)])


def _address(facts: LetterFacts, kind: str) -> str:
    lines = [facts.to]
    if facts.recipient is not None:
        department = facts.recipient.text("records_department") if kind == "records-request" else ""
        lines += [facts.recipient.text("organization"), department]
        lines += _address_lines(facts.recipient.text("address"))
    return "\n".join(line for line in lines if line)


def _address_lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines if len(lines) < 4 else [lines[0], " ".join(lines[1:])]


def who(person: Entry) -> str:
    """`Elena Marsh, born 3 May 1968, also recorded as Elena Kowal, record number NG-88120`: how it is found."""
    born = parse_date(person.text("birth_date"))
    parts = [person.title, _("born {day}").format(day=born.spoken()) if born else ""]
    others = person.data.get("other_names")
    if isinstance(others, list) and others:
        parts.append(_("also recorded as {names}").format(names=", ".join(others)))
    numbers = person.data.get("record_numbers")
    if isinstance(numbers, list) and numbers:
        parts.append(_("record number {n}").format(n=", ".join(numbers)))
    return ", ".join(part for part in parts if part)


def _period(facts: LetterFacts) -> str:
    if facts.since and facts.until:
        return _(" from {since} to {until}").format(since=facts.since, until=facts.until)
    if facts.since:
        return _(" from {since} on").format(since=facts.since)
    return _(" up to {until}").format(until=facts.until) if facts.until else ""


def _listed(asked: Sequence[str]) -> str:
    return "\n".join(f"– {one}" for one in asked)


def _records_request(facts: LetterFacts) -> list[str]:
    period = _period(facts)
    if facts.asked:
        what = _("I would like a copy of these records{period}:").format(period=period) + "\n" + _listed(facts.asked)
    else:
        what = _("I would like a copy of {records}{period}.").format(records=_(_WHOLE_RECORD), period=period)
    form = _("Please send them as files where you have them (PDF, and DICOM for images), else on paper, to {where}.")
    parts = [
        _("Dear records department,"),
        _("This is about {who}.").format(who=who(facts.person)),
        what,
        form.format(where=facts.medium or _("the address above")),
    ]
    return [
        *parts,
        _by_when(facts),
        *(_RIGHTS[facts.variant]()),
        _signed_for(facts.person),
        _("Thank you for your help."),
    ]


def _by_when(facts: LetterFacts) -> str:
    if facts.needed_by is None:
        return ""
    words = _(
        "I need them by {day}. Should that not be possible for all of them, please send what is ready by then, and "
        "tell me when the rest will come."
    )
    return words.format(day=spoken_day(facts.needed_by))


def _signed_for(person: Entry) -> str:
    if person.text("kept_by") != "caregiver":
        return ""
    return _("I sign for {person} as personal representative; the proof of it is enclosed.").format(person=person.title)


def _rights_us() -> list[str]:
    return [
        _(
            "This is a request for access to my own records under 45 CFR 164.524, not an authorization. The rule gives "
            "30 days. Should it take longer, or should a part be withheld, please write me the reason and until when."
        ),
        _("Please tell me the cost before copying if it is more than $25. A copy of my photo ID is enclosed."),
    ]


def _rights_eu() -> list[str]:
    return [
        _(
            "This is a request for access to my own data under Article 15 of the General Data Protection Regulation. "
            "Article 12(3) gives one month, and Article 15(3) makes the first copy free of charge. Should it take "
            "longer, or should a part be withheld, please write me the reason."
        ),
        _("If you need proof of who I am, please tell me what is enough."),
    ]


_RIGHTS: dict[str, Callable[[], list[str]]] = {US: _rights_us, EU: _rights_eu}


def _slides_request(facts: LetterFacts) -> list[str]:
    cases = [_specimen(one) for one in facts.pathology]
    where = _second(facts) or _("the laboratory that I name to you")
    if cases:
        what = _("I ask for the loan of the slides and, where it is possible, the blocks of:") + "\n" + _listed(cases)
    else:
        what = _("I ask for the loan of the slides and, where it is possible, the blocks of my biopsy.")
    send = _("Please send them to {where}, with the report, and tell me when they leave and when they are due back.")
    return [
        _("Dear colleagues of the pathology department,"),
        _("This is about {who}.").format(who=who(facts.person)),
        what,
        send.format(where=where),
        _slides_by(facts),
        _("If new sections are better than a loan, that is welcome too. Please tell me the cost beforehand."),
        _("Thank you for your help."),
    ]


def _slides_by(facts: LetterFacts) -> str:
    if facts.needed_by is None:
        return ""
    return _("They are needed there by {day}.").format(day=spoken_day(facts.needed_by))


def _specimen(report: Entry) -> str:
    number = report.text("case_number")
    day = report.happened.spoken() if report.happened else ""
    parts = [report.title, _("case {n}").format(n=number) if number else "", day]
    return ", ".join(part for part in parts if part)


def _referral_request(facts: LetterFacts) -> list[str]:
    case = facts.case
    question = case.text("why") if case else ""
    whom = _second(facts)
    wish = (
        _("I would like a second opinion from {whom} before I decide.").format(whom=whom)
        if whom
        else _("I would like a second opinion before I decide.")
    )
    return [
        _("Dear {name},").format(name=facts.to),
        _("Thank you for looking after me. You know my illness best, and I wish to go on with you."),
        wish,
        _("What I would like to know: {question}").format(question=question) if question else "",
        _(
            "Could you write me a referral, or tell me whom you would ask? It would also help if your last notes, the "
            "plan as you see it, and the results that it rests on could go there."
        ),
        _decide_by(case),
        _("I would be glad to bring you what I hear, so that we can look at it together."),
        _("With thanks,"),
    ]


def _decide_by(case: Entry | None) -> str:
    when = parse_date(case.text("decide_by")) if case else None
    return _("I would like to decide by {day}.").format(day=when.spoken()) if when else ""


def _thank_you(facts: LetterFacts) -> list[str]:
    case = facts.case
    learnt = case.text("learnt") if case else ""
    when = case.happened.spoken() if case and case.happened and case.happened.first_day <= facts.as_of else ""
    visit = (
        _("Thank you for your time on {day}, and for your view on my questions.").format(day=when)
        if when
        else _("Thank you for your time, and for your view on my questions.")
    )
    return [
        _("Dear {name},").format(name=facts.to),
        visit,
        _("What I take with me: {learnt}").format(learnt=learnt) if learnt else "",
        _("Could you send your letter to me and to my treating doctor, so that we can go on from the same page?"),
        _("With thanks,"),
    ]


def _second(facts: LetterFacts) -> str:
    case = facts.case
    return ", ".join(part for part in (case.text("specialist"), case.text("place")) if part) if case else ""


@dataclass(frozen=True, slots=True)
class Template:
    """A letter that can be written: `subject` and the paragraphs of `body` from the facts."""

    id: str
    label: str
    subject: Callable[[LetterFacts], str]
    body: Callable[[LetterFacts], list[str]]


LETTERS: tuple[Template, ...] = (
    Template(
        "records-request",
        marked("Ask for my records"),
        lambda facts: _("Request for a copy of my records: {name}").format(name=facts.person.title),
        _records_request,
    ),
    Template(
        "slides-request",
        marked("Ask for slides and blocks"),
        lambda facts: _("Loan of slides and blocks: {name}").format(name=facts.person.title),
        _slides_request,
    ),
    Template(
        "referral-request",
        marked("Ask my doctor for a referral"),
        lambda facts: _("A second opinion: {name}").format(name=facts.person.title),
        _referral_request,
    ),
    Template(
        "thank-you",
        marked("Say thank you"),
        lambda facts: _("Thank you: {name}").format(name=facts.person.title),
        _thank_you,
    ),
)
