"""Letters as editable templates, filled from the record: what is asked for, of whom, in a plain and grateful tone.

The rights that a letter names stand in letter_rights.py. No purpose is stated in a request for access: none is
required. What goes straight to the second doctor stands in letters_of_transfer.py.
"""

from organizer.base.dates import PartialDate, spoken_day
from organizer.base.errors import OrganizerError
from organizer.base.i18n import _, marked
from organizer.health.opinion.letter_facts import (
    Letter,
    LetterFacts,
    Template,
    about,
    asked_words,
    by_when,
    listed,
    second_doctor,
    signature,
    where_to,
)
from organizer.health.opinion.letter_rights import CA, EU, OWN_SAY, UK, US, cost, proof, right_of_access
from organizer.health.opinion.letters_of_transfer import TRANSFER_LETTERS
from organizer.health.writer import Part, Writer
from organizer.model.entry import Entry

VARIANTS = (US, EU, UK, CA)


def write_letter(kind: str, facts: LetterFacts) -> Letter:
    """The letter of that kind. Raises OrganizerError for an unknown one."""
    chosen = next((template for template in LETTERS if template.id == kind), None)
    if chosen is None:
        names = ", ".join(template.id for template in LETTERS)
        raise OrganizerError(
            _("There is no letter “{name}”.").format(name=kind), _("Use one of: {names}.").format(names=names)
        )
    return Letter(
        kind=kind,
        to=facts.to,
        sender=_sender(facts, chosen),
        address=_address(facts, kind),
        day=_day(facts, kind),
        subject=chosen.subject(facts),
        body="\n\n".join(part for part in chosen.body(facts) if part),
        closing=facts.writer.name if chosen.is_open else signature(facts.person, facts.as_of),
        variant=facts.variant,
        missing=tuple(_missing(facts, kind)),
    )


def _day(facts: LetterFacts, kind: str) -> str:
    """Today; a letter of thanks bears no day before the visit that it thanks for."""
    ahead = _visit_ahead(facts) if kind == "thank-you" else None
    if ahead is None:
        return spoken_day(facts.as_of)
    return ahead.spoken() if ahead.precision not in ("year", "month") else ""


def _visit_ahead(facts: LetterFacts) -> PartialDate | None:
    """The appointment of the case where it lies ahead."""
    visit = facts.case.appointment if facts.case else None
    return visit if visit is not None and visit.first_day > facts.as_of else None


_TO_THE_SECOND = ("transfer-request", "authorization")


def _is_reachable(recipient: Entry | None) -> bool:
    return recipient is not None and any(recipient.text(name) for name in ("address", "fax", "email"))


def _missing(facts: LetterFacts, kind: str) -> list[str]:
    """What whoever gets the letter can't do without."""
    person, writer = facts.person, facts.writer
    lacks = []
    if person.date("birth_date") is None:
        lacks.append(_("The birth date isn’t recorded: without it the records may not be found."))
    if not (writer.address or writer.email or facts.medium):
        lacks.append(_("No address or e-mail is recorded: there is nowhere to send an answer to."))
    if kind in _TO_THE_SECOND and not second_doctor(facts):
        lacks.append(_("The case names no second doctor: write to whom the records shall go."))
    elif kind in _TO_THE_SECOND and not _is_reachable(facts.second):
        lacks.append(_("No address, fax or e-mail of the second doctor is recorded: write it in the letter."))
    if kind == "slides-request" and not facts.pathology:
        lacks.append(_("No specimen is named: choose one, or write in the letter which biopsy is meant."))
    if kind == "thank-you" and (ahead := _visit_ahead(facts)):
        words = _("The visit ({day}) is still to come: let this letter go afterwards.")
        lacks.append(words.format(day=ahead.spoken()))
    if not writer.name:
        lacks.append(_("It isn’t recorded who writes for {person}.").format(person=person.title))
    if writer.after_death:
        words = _("{person} has died: who may ask for the records then differs by country. Ask the clinic beforehand.")
        lacks.append(words.format(person=person.title))
    elif writer.part is Part.HELPER and writer.name:
        words = _("It isn’t recorded by which right {name} writes for {person} (parent, guardian, authority).")
        lacks.append(words.format(name=writer.name, person=person.title))
    return [*lacks, *_own_say(writer, person.title)]


def _own_say(writer: Writer, person: str) -> list[str]:
    """That a child of that age may have to sign too."""
    if not writer.child or writer.is_patient or (writer.years or 0) < OWN_SAY:
        return []
    words = _("{person} is {years}: at that age some places ask the young person to sign too. Ask beforehand.")
    return [words.format(person=person, years=writer.years)]


def _sender(facts: LetterFacts, template: Template) -> str:
    """Who writes, for whom, with the means of contact; a page that lies open doesn't say for whom."""
    person, writer = facts.person, facts.writer
    lines = [person.title]
    if template.is_open and not writer.is_patient:
        lines = [writer.name]
    elif not writer.is_patient:
        lines = [writer.name, _("for {person}").format(person=person.title)]
    lines += [*_address_lines(writer.address), writer.phone, writer.email]
    return "\n".join(line for line in lines if line)


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


def _records_request(facts: LetterFacts) -> list[str]:
    name, writer = facts.person.title, facts.writer
    closing = [cost(facts.variant), proof(facts.variant, writer, name)]
    return [
        _("Dear records department,"),
        about(facts),
        asked_words(facts),
        where_to(facts),
        by_when(facts),
        right_of_access(facts.variant, writer, name),
        " ".join(part for part in closing if part),
        _("Thank you for your help."),
    ]


def _slides_request(facts: LetterFacts) -> list[str]:
    cases = [specimen_words(entry) for entry in facts.pathology]
    where = second_doctor(facts)
    if cases:
        what = _("I ask for the loan of the slides and, where it is possible, the blocks of:") + "\n" + listed(cases)
    else:
        what = facts.say(
            _("I ask for the loan of the slides and, where it is possible, the blocks of my biopsy."),
            _("I ask for the loan of the slides and, where it is possible, the blocks of the biopsy of {person}."),
        )
    send = _("Please send them to {where}, with the report, and tell me when they leave and when they are due back.")
    if not where:
        send = _("Please tell me when they can leave and when they are due back; I name the laboratory to you.")
    return [
        _("Dear colleagues of the pathology department,"),
        about(facts),
        what,
        send.format(where=where),
        _slides_by(facts),
        _("If new sections are better than a loan, that is welcome too. Please tell me the cost beforehand."),
        "" if facts.writer.is_patient else proof(facts.variant, facts.writer, facts.person.title),
        _("Thank you for your help."),
    ]


def _slides_by(facts: LetterFacts) -> str:
    if facts.needed_by is None:
        return ""
    return _("They are needed there by {day}.").format(day=spoken_day(facts.needed_by))


def specimen_words(report: Entry) -> str:
    """`Core biopsy, left breast, case S26-10442, 16 Nov 2026`: how a specimen is found."""
    number = report.text("case_number")
    day = report.happened.spoken() if report.happened else ""
    parts = [report.title, _("case {n}").format(n=number) if number else "", day]
    return ", ".join(part for part in parts if part)


def _greeting(facts: LetterFacts) -> str:
    """A clinic is no person whom one calls dear by name."""
    if facts.to_clinic:
        return _("Dear colleagues at {name},").format(name=facts.to)
    return _("Dear {name},").format(name=facts.to)


def _referral_request(facts: LetterFacts) -> list[str]:
    case = facts.case
    question = case.why if case else ""
    thanks = facts.say(_("Thank you for looking after me."), _("Thank you for looking after {person}."))
    stays = facts.say(
        _("You know my illness best, and I wish to go on with you."),
        _("You know the illness of {person} best, and we wish to go on with you."),
    )
    return [
        _greeting(facts),
        thanks if facts.to_clinic else f"{thanks} {stays}",
        "" if facts.writer.is_patient else about(facts),
        _second_opinion(facts),
        _("What I would like to know: {question}").format(question=question) if question else "",
        _(
            "Could you write me a referral, or tell me whom you would ask? It would also help if your last notes, the "
            "plan as you see it, and the results that it rests on could go there."
        ),
        _decide_by(facts),
        _("I would be glad to bring you what I hear, so that we can look at it together."),
        _("With thanks,"),
    ]


def _second_opinion(facts: LetterFacts) -> str:
    whom = second_doctor(facts)
    if whom:
        return facts.say(
            _("Before I decide, I would like a second opinion from {whom}."),
            _("Before it is decided, I would like a second opinion for {person} from {whom}."),
            whom=whom,
        )
    return facts.say(
        _("I would like a second opinion before I decide."),
        _("I would like a second opinion for {person} before it is decided."),
    )


def _decide_by(facts: LetterFacts) -> str:
    when = facts.case.decide_by if facts.case else None
    if when is None:
        return ""
    own, for_another = _("I would like to decide by {day}."), _("It has to be decided by {day}.")
    return facts.say(own, for_another, day=when.spoken())


def _thank_you(facts: LetterFacts) -> list[str]:
    case = facts.case
    learnt = case.learnt if case else ""
    visit = case.appointment if case else None
    when = visit.spoken() if visit and visit.precision not in ("year", "month") else ""
    dated = facts.say(
        _("Thank you for your time on {day}, and for your view on my questions."),
        _("Thank you for your time with {person} on {day}, and for your view on our questions."),
        day=when,
    )
    undated = facts.say(
        _("Thank you for your time, and for your view on my questions."),
        _("Thank you for your time with {person}, and for your view on our questions."),
    )
    return [
        _greeting(facts),
        dated if when else undated,
        _("What I take with me: {learnt}").format(learnt=learnt) if learnt else "",
        facts.say(
            _("Could you send your letter to me and to my treating doctor, so that we can go on from the same page?"),
            _(
                "Could you send your letter to me and to the doctor who treats {person}, so that we can go on from the "
                "same page?"
            ),
        ),
        _("With thanks,"),
    ]


def _records_subject(facts: LetterFacts) -> str:
    name = facts.person.title
    if facts.writer.is_patient:
        return _("Request for a copy of my records: {name}").format(name=name)
    return _("Request for a copy of the records of {name}").format(name=name)


LETTERS: tuple[Template, ...] = (
    Template(
        "records-request",
        marked("Ask for my records"),
        _records_subject,
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
    *TRANSFER_LETTERS,
)
