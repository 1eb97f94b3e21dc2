"""Straight to the second doctor: a request to send records there, the authorization for it, and a cover for a fax."""

from organizer.base.i18n import _, marked
from organizer.health.opinion.letter_facts import (
    LetterFacts,
    Template,
    about,
    by_when,
    listed,
    second_doctor,
    who,
)
from organizer.health.opinion.letter_rights import US, proof
from organizer.health.opinion.transfer_rights import right_to_send, statements

_BLANK = "________________________"


def _destination(facts: LetterFacts) -> str:
    """Where it is to go, a line each; blanks for what isn't recorded: the recipient has to be named clearly."""
    known = facts.second
    name = second_doctor(facts) or _BLANK
    place = known.text("address") if known is not None else ""
    lines = [name, place or _("Address: {blank}").format(blank=_BLANK)]
    for words, field in ((_("Fax: {n}"), "fax"), (_("Phone: {n}"), "phone"), (_("E-mail: {n}"), "email")):
        number = known.text(field) if known is not None else ""
        lines += [words.format(n=number)] if number else []
    return "\n".join(lines)


def _what(facts: LetterFacts) -> str:
    if facts.asked:
        return listed(facts.asked)
    return _(
        "All records: visit notes, results, pathology reports, operation notes, imaging reports, and the images as "
        "DICOM."
    )


def _transfer_request(facts: LetterFacts) -> list[str]:
    writer, person = facts.writer, facts.person.title
    return [
        _("Dear records department,"),
        about(facts),
        _("Please send a copy of these records:") + "\n" + _what(facts),
        _("Please send it directly to:") + "\n" + _destination(facts),
        by_when(facts),
        right_to_send(facts.variant, writer, person),
        proof(facts.variant, writer, person),
        _("Please tell me when it has left, and what could not be sent."),
        _("Thank you for your help."),
    ]


def _authorization(facts: LetterFacts) -> list[str]:
    """The elements of 45 CFR 164.508(c)(1), in their order; elsewhere the same serve as a consent."""
    return [
        _("Whose records: {who}").format(who=who(facts.person)),
        _("Who may disclose them: {name}").format(name=facts.to),
        _("To whom:") + "\n" + _destination(facts),
        _("What:") + "\n" + _what(facts),
        _("What for: at the request of the individual"),
        _("It ends when the second opinion has been given, and one year after the signature at the latest."),
        *statements(facts.variant),
        _("Date of the signature: {blank}").format(blank=_BLANK),
        _right_to_sign(facts),
    ]


def _right_to_sign(facts: LetterFacts) -> str:
    """By which right somebody signs for another: part of the form (45 CFR 164.508(c)(1)(vi))."""
    if facts.writer.is_patient:
        return ""
    return _("By which right this is signed: {right}").format(
        right=proof(facts.variant, facts.writer, facts.person.title)
    )


def _fax_cover(facts: LetterFacts) -> list[str]:
    """Names as little as a cover can: it lies open in a tray."""
    known = facts.recipient
    number = known.text("fax") if known is not None else ""
    return [
        _("To: {name}").format(name=facts.to) + "\n" + _("Fax: {n}").format(n=number or _BLANK),
        _("From: {name}").format(name=facts.writer.name or _BLANK)
        + "\n"
        + _("Phone: {n}").format(n=facts.writer.phone or _BLANK),
        _("Pages with this one: {blank}").format(blank="______"),
        _("Confidential: for the records department or the physician named only."),
        _(
            "If this came to you by mistake, please call the number above, pass nothing on, and destroy the pages. "
            "Thank you."
        ),
    ]


def _title_of_form(facts: LetterFacts) -> str:
    if facts.variant == US:
        return _("Authorization to disclose health information: {name}").format(name=facts.person.title)
    return _("Consent to send health information: {name}").format(name=facts.person.title)


TRANSFER_LETTERS: tuple[Template, ...] = (
    Template(
        "transfer-request",
        marked("Have records sent to the second doctor"),
        lambda facts: _("Records to be sent to another doctor: {name}").format(name=facts.person.title),
        _transfer_request,
    ),
    Template("authorization", marked("Authorization to send records"), _title_of_form, _authorization),
    Template("fax-cover", marked("Cover for a fax"), lambda _facts: _("Fax: medical records"), _fax_cover, True),
)
