"""Diagnoses and allergies as a packet prints them: how each stands, in what order, and what is said where none is."""

from collections.abc import Sequence

from organizer.base import terms
from organizer.base.i18n import _, in_quotes
from organizer.health.allergies import Allergy, AllergyState, contradicted
from organizer.health.allergies import allergies as health_allergies
from organizer.health.grouping import fold
from organizer.health.problems import WORDS, Problem, ProblemState
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.model.statuses import AnyStatus, AnyVerification, Status, Verification
from organizer.packet.contents.absence import nothing_stated
from organizer.packet.contents.courses import first_of_each_source
from organizer.packet.contents.section import Context
from organizer.packet.contents.tables import cited_line
from organizer.packet.page import style
from organizer.packet.page.flow import Element
from organizer.packet.page.typesetting import Piece, Run

_SAID_BY_ITSELF = (ProblemState.NOT_SAID, ProblemState.REFUTED, ProblemState.OF_A_RELATIVE)
"""States that stand in place of the source's own word for the course."""
MOST_LINES = 12
"""A line of the record flows over so many: neither a dose nor a stage is cut."""


def quoted(text: str) -> str:
    """A text in quotation marks; its own outer ones give way to them."""
    return in_quotes(text[1:-1] if text.startswith("“") and text.endswith("”") else text)


def problem_words(problem: Problem) -> str:
    """Where in the body and in which stage, as far as the title doesn't say it; a diagnosis' course where it isn't
    current, its certainty where it isn't settled, what another source says of it, and since when."""
    entry = problem.entry
    words: dict[AnyStatus, str] = {
        Status.RESOLVED: _("past"),
        Status.INACTIVE: _("not active"),
        Status.REMISSION: _("in remission"),
    }
    sure: dict[AnyVerification, str] = {
        Verification.PROVISIONAL: _("provisional"),
        Verification.DIFFERENTIAL: _("one of several"),
        Verification.UNCONFIRMED: _("not confirmed"),
    }
    course = words.get(entry.status, "")
    if problem.state is ProblemState.PAST and not course:
        course = _("past")
    if problem.state in _SAID_BY_ITSELF:
        course = _(WORDS[problem.state])
    certainty = sure.get(entry.verification, "")
    if problem.state is ProblemState.PROVISIONAL and not certainty:
        certainty = _("provisional")
    parts = [*_particulars(entry), course, certainty, when_words(entry)]
    parts.append(_("past in another record") if problem.otherwise else "")
    return ", ".join(part for part in parts if part)


def _particulars(entry: Entry) -> list[str]:
    """The site, the stage and the severity that a diagnosis has beside its title, in the words of its source."""
    title = fold(entry.title)
    own = (entry.text(name).strip() for name in ("body_site", "stage"))
    lines = [text for text in own if text and fold(text) not in title]
    severity = entry.text("severity")
    shown = terms.shown(severity) if severity else ""
    return [*lines, *([shown] if shown and fold(shown) not in title and fold(severity) not in title else [])]


def problem_state(problem: Problem) -> str:
    """That a diagnosis is current, where its words don't say how it stands."""
    return _("current") if problem.state is ProblemState.CURRENT else ""


def no_problem_words(context: Context) -> str:
    """What is said where no diagnosis is entered."""
    careful = _("No diagnosis is entered; documents may name some.")
    return nothing_stated(context, _("Not recorded."), careful, "Condition")


def when_words(entry: Entry) -> str:
    """`2015 – Feb 2020`, `2015`, `until 2020`; "" where no day is told."""
    since = entry.happened.spoken() if entry.happened else ""
    until = entry.ended.spoken() if entry.ended else ""
    if since and until and since != until:
        return f"{since} – {until}"
    return since or (_("until {until}").format(until=until) if until else "")


def no_medicine_words(context: Context) -> str:
    """What is said where no medicine is entered as taken."""
    careful = _("No medicine is entered as taken now; documents may name some.")
    return nothing_stated(context, _("No current medicine is recorded."), careful, "MedicationStatement")


def no_allergy_words(context: Context) -> str:
    """What is said where neither an allergy nor a statement about allergies is entered."""
    words = _("Not recorded. This doesn’t say that there are none.")
    return nothing_stated(context, words, words, "AllergyIntolerance")


def allergies(context: Context) -> list[Allergy]:
    """Allergies, the most dangerous first, past ones behind, then statements that none is known or nobody asked.

    That nobody asked gives way to everything else that is known.
    """
    listed = health_allergies(context.usable(context.of_kind("AllergyIntolerance")), context.packet.as_of)
    known = [allergy for allergy in listed if allergy.state is not AllergyState.NOT_ASKED]
    return known or listed


def allergy_line(
    context: Context, allergy: Allergy, width: float, others: Sequence[Allergy], brief: bool = False
) -> Element:
    """An allergy with how it stands, its reactions and day; or a statement, and whether it fits with the others.

    Where `brief`, what other sources call it is left to the section of allergies, and one of them is cited.
    """
    if allergy.state in (AllergyState.NONE_KNOWN, AllergyState.NOT_ASKED):
        note = _("another record names an allergy") if contradicted(allergy, others) else ""
        if allergy.state is AllergyState.NOT_ASKED:
            note = _("nobody asked, or nothing is on file")
        return stated_line(context, allergy.entry, width, note)
    entry = allergy.entry
    statement = context.state(first_of_each_source(allergy.entries, 1 if brief else 2))
    reactions = ", ".join(allergy.reactions)
    unsaid = "" if brief else _("reaction not recorded")
    details = [*_allergy_standing(allergy), reactions or unsaid]
    details += [terms.shown(entry.text("severity")), when_words(entry)]
    if not brief:
        details += [_("also recorded as “{title}”").format(title=title) for title in allergy.also[:2]]
    words = ", ".join(part for part in details if part)
    face = style.BODY if reactions else style.MUTED
    pieces: list[Piece] = [Run(plain_title(entry), style.BOLD, statement), Run(f" {words}", face, statement)]
    return cited_line(width, pieces, "", statement, lines=MOST_LINES)


def _allergy_standing(allergy: Allergy) -> list[str]:
    """How an allergy stands where it isn't simply current and confirmed."""
    entry = allergy.entry
    words = []
    if allergy.state is AllergyState.RESOLVED:
        words.append(_("not active") if entry.status == Status.INACTIVE else _("past"))
    if entry.verification == Verification.UNCONFIRMED:
        words.append(_("not confirmed"))
    if entry.text("criticality") == "high" and allergy.state is AllergyState.ACTIVE:
        words.append(_("high risk"))
    if allergy.otherwise:
        words.append(_("past in another record"))
    return words


def stated_line(context: Context, entry: Entry, width: float, note: str = "") -> Element:
    """That none is known, or that nobody asked, in the words of the source."""
    statement = context.state([entry])
    stated = ", ".join(part for part in (quoted(plain_title(entry)), when_words(entry), note) if part)
    return cited_line(width, [Run(stated, style.BODY, statement)], "", statement, lines=MOST_LINES)
