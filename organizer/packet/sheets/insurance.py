"""The insurance sheet: what is on the card, what to ask, and the calls so far in the insurer's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable

from organizer.base.i18n import _, marked
from organizer.health.voice import voice_of
from organizer.health.writer import by_the_person, part_words, prepared_by, writer_of
from organizer.model.entry import Entry
from organizer.model.kinds.coverage import COVERAGE
from organizer.packet.page import style
from organizer.packet.sheets.paper import Sheet, drawn, grid, heading, pair, subheading, words

_SHORTENED = marked("This list may be incomplete at the patient’s choice.")
_ON_CARD = ("plan", "member_number", "group_number", "phone", "happened", "ended")


@dataclass(frozen=True, slots=True)
class InsuranceSheet:
    """What the sheet says on the day `as_of`; `questions` are what is to be asked, `shortened` the kinds of which
    something is kept back."""

    person: Entry
    as_of: date
    coverages: Sequence[Entry]
    calls: Sequence[Entry]
    questions: Sequence[str]
    shortened: frozenset[str] = frozenset()


def insurance_pdf(facts_of: InsuranceSheet, size: str = "letter") -> bytes:
    """The sheet's bytes."""
    style.register_fonts()
    name = facts_of.person.title
    sheet = Sheet(_("{name} – insurance").format(name=name), name, size)
    shortened = voice_of(facts_of.person, facts_of.as_of).say(_SHORTENED)
    about = _("Whether something is covered, only the insurer can say. Ask for each answer in writing.")
    story: list[Flowable] = [heading(sheet, _("Insurance"), about), *_whose(sheet, facts_of)]
    for coverage in facts_of.coverages:
        story += _coverage(sheet, coverage)
    if "Coverage" in facts_of.shortened:
        story += words(sheet, shortened, style.MUTED)
    elif not facts_of.coverages:
        story += words(sheet, _("No insurance is written down yet."), style.MUTED)

    story.append(subheading(sheet, _("Calls and letters")))
    if facts_of.calls:
        story.append(_calls(sheet, facts_of.calls))
    if "Communication" in facts_of.shortened:
        story += words(sheet, shortened, style.MUTED)
    elif not facts_of.calls:
        story += words(sheet, _("None yet."), style.MUTED)

    story.append(subheading(sheet, _("To ask")))
    for question in facts_of.questions:
        story += words(sheet, f"– {question}", after=2)
    return drawn(sheet, story)


def _whose(sheet: Sheet, facts_of: InsuranceSheet) -> list[Flowable]:
    """Of whom it is, as an insurer asks; and who asks, where that is somebody else."""
    born = facts_of.person.date("birth_date")
    facts = [(_("Name"), facts_of.person.title), (_("Born"), born.spoken() if born else _("not recorded"))]
    if not by_the_person(facts_of.person, facts_of.as_of):
        writer = writer_of(facts_of.person, facts_of.as_of)
        whom = [writer.name, part_words(writer)] if writer.name else [prepared_by(facts_of.person, facts_of.as_of)]
        facts.append((_("Who asks"), ", ".join(whom)))
    return [pair(sheet, name, text) for name, text in facts]


def _coverage(sheet: Sheet, coverage: Entry) -> list[Flowable]:
    """What is on the card."""
    story: list[Flowable] = [subheading(sheet, coverage.title)]
    for name in _ON_CARD:
        field = COVERAGE.field(name)
        text = COVERAGE.show(coverage, field) if field else ""
        story += [pair(sheet, _(field.label), text)] if field and text else []
    return story


def _calls(sheet: Sheet, calls: Sequence[Entry]) -> Flowable:
    titles = [
        _("When"),
        _("With whom, reference"),
        _("Question"),
        _("Answer, their words"),
        _("Promised, ask again"),
    ]
    return grid(sheet, [0.12, 0.22, 0.2, 0.3, 0.16], titles, [_call(call) for call in calls])


def _call(call: Entry) -> list[str]:
    again = call.date("follow_up")
    follow = _("ask again {day}").format(day=again.spoken()) if again else ""
    whom = "\n".join(part for part in (call.text("with_whom"), call.text("reference")) if part)
    promised = "\n".join(part for part in (call.text("promised"), follow) if part)
    return [call.happened.spoken() if call.happened else "", whom, call.title, call.text("answer"), promised]
