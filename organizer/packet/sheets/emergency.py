"""The emergency card: one page that a stranger can read at a glance – allergies, medicines, conditions, contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable

from organizer.base import terms
from organizer.base.dates import spoken_day
from organizer.base.i18n import _, in_quotes, marked, ngettext
from organizer.health.absence import absence_of
from organizer.health.allergies import Allergy
from organizer.health.medicines import WORDS, Course
from organizer.health.printed import dose
from organizer.health.problems import Problem, ProblemState
from organizer.health.titles import plain_title
from organizer.health.voice import voice_of
from organizer.health.writer import by_the_person, prepared_by
from organizer.model.entry import Entry
from organizer.model.statuses import AnyVerification, Verification
from organizer.packet.page import style
from organizer.packet.page.flow import Drawn, Element, Panel, Row, Space, Stack
from organizer.packet.page.style import Face
from organizer.packet.page.typesetting import Run, Text
from organizer.packet.sheets.paper import Sheet, drawn, heading

_HEAD = Face(style.STRONG, 13, style.ACCENT, 18)
_UNSETTLED: Mapping[AnyVerification, str] = {
    Verification.PROVISIONAL: marked("suspected only"),
    Verification.UNCONFIRMED: marked("not confirmed"),
    Verification.DIFFERENTIAL: marked("one of several that are possible"),
}
_LINE = Face(style.MEDIUM, 11, style.TEXT, 15)


@dataclass(frozen=True, slots=True)
class EmergencyCard:
    """What the card says; `none_known` what states that no allergy is known; `as_of` the day.

    `shortened` are the kinds of which the person keeps entries back: of these the card claims no whole list.
    """

    person: Entry
    as_of: date
    allergies: Sequence[Allergy]
    none_known: Sequence[Entry]
    medicines: Sequence[Course]
    conditions: Sequence[Problem]
    devices: Sequence[Entry]
    contacts: Sequence[tuple[str, str]]
    shortened: frozenset[str] = frozenset()


def emergency_pdf(card: EmergencyCard, size: str = "letter") -> bytes:
    """The card's bytes: one page; what doesn't fit is counted on it, and the most telling lines come first."""
    style.register_fonts()
    sheet = Sheet(_("{name} – emergency card").format(name=card.person.title), card.person.title, size)
    story: list[Flowable] = [heading(sheet, _("Emergency card"), _about(card))]
    story.append(_box(sheet, _who(card.person), sheet.width, accent=True))
    allergies = [*map(_allergy, card.allergies), *_none_known(card)]
    devices = [plain_title(device) for device in card.devices]
    contacts = [": ".join(contact) for contact in card.contacts]
    half = (sheet.width - 16) / 2
    left = [
        _Block("AllergyIntolerance", _("Allergies"), allergies, 8),
        _Block("Condition", _("Conditions"), list(map(_condition, card.conditions)), 10),
        _Block("Device", _("Implants and devices"), devices, 4),
    ]
    right = [
        _Block("MedicationStatement", _("Medicines"), list(map(_medicine, card.medicines)), 14),
        _Block("Practitioner", _("Whom to call"), contacts, 5),
    ]
    columns = [Stack([_drawn(card, block, half) for block in blocks]) for blocks in (left, right)]
    story.append(Drawn(Row([(0, columns[0]), (half + 16, columns[1])]), sheet.width))
    return drawn(sheet, story)


def _about(card: EmergencyCard) -> str:
    """Of which day it is, and who keeps the record that it comes from."""
    day = spoken_day(card.as_of)
    if by_the_person(card.person, card.as_of):
        return _("As of {day}. From the person’s own record; not a clinical document.").format(day=day)
    words = _("As of {day}. From the record that is kept by {writer}; not a clinical document.")
    return words.format(day=day, writer=prepared_by(card.person, card.as_of))


def _who(person: Entry) -> list[Element]:
    born = person.date("birth_date")
    facts = [
        _("born {day}").format(day=born.spoken()) if born else "",
        _("blood type {type}").format(type=person.text("blood_type")) if person.text("blood_type") else "",
        _("speaks {language}").format(language=person.text("language")) if person.text("language") else "",
    ]
    needs = person.text("communication_needs")
    lines: list[Element] = [Text([Run(person.title, style.TITLE)], 480, 1)]
    lines.append(Text([Run(" · ".join(fact for fact in facts if fact), _LINE)], 480, 2))
    return lines + ([Text([Run(needs, _LINE)], 480, 2)] if needs else [])


def _box(sheet: Sheet, lines: list[Element], width: float, accent: bool = False) -> Drawn:
    return Drawn(Stack([Panel(Stack(lines), width, accent), Space(12)]), sheet.width)


@dataclass(frozen=True, slots=True)
class _Block:
    """A list of the card: of which kind its entries are, its title, its lines and how many of them it has room for."""

    kind: str
    title: str
    lines: Sequence[str]
    most: int


def _drawn(card: EmergencyCard, block: _Block, width: float) -> Stack:
    shown = list(block.lines[: block.most])
    more = len(block.lines) - len(shown)
    if more:
        shown.append(ngettext("and {n} more in the record", "and {n} more in the record", more).format(n=more))
    if block.kind in card.shortened:
        # Whoever reads it must not take the list for all: a medicine may be given on the strength of it.
        voice = voice_of(card.person, card.as_of)
        shown.append(voice.say(marked("This list may be incomplete at the patient’s choice: please ask.")))
    elements: list[Element] = [Text([Run(block.title, _HEAD)], width, 1), Space(2)]
    elements += [Text([Run(line, _LINE)], width, 2) for line in shown or [_("Not recorded")]]
    return Stack([*elements, Space(14)])


def _none_known(card: EmergencyCard) -> list[str]:
    """That none is known, in the sources' words where they speak of a group, or stand beside an allergy."""
    if card.allergies:
        words = _("Another record says “{words}”")
        return [words.format(words=title) for title in dict.fromkeys(plain_title(entry) for entry in card.none_known)]
    scopes = [absence.scope for entry in card.none_known if (absence := absence_of(entry))]
    if "all" in scopes:
        return [_("No known allergies (so it is recorded)")]
    return [in_quotes(title) for title in dict.fromkeys(plain_title(entry) for entry in card.none_known)]


def _allergy(allergy: Allergy) -> str:
    parts = [part for part in (*allergy.reactions, terms.shown(allergy.entry.text("severity"))) if part]
    return f"{plain_title(allergy.entry)}: {', '.join(parts)}" if parts else plain_title(allergy.entry)


def _medicine(course: Course) -> str:
    """Name and dose, each strength that stands side by side, and how it stands where it isn't simply taken."""
    doses = "; ".join(dict.fromkeys(words for words in map(dose, course.strengths) if words))
    name = f"{course.name} {doses}".strip()
    return name if course.current else f"{name} ({_(WORDS[course.state])})"


def _condition(problem: Problem) -> str:
    """Title, how sure it is where it isn't settled, and since when."""
    entry = problem.entry
    unsure = _UNSETTLED.get(entry.verification, "")
    if problem.state is ProblemState.PROVISIONAL and not unsure:
        unsure = _UNSETTLED[Verification.PROVISIONAL]
    parts = [_(unsure) if unsure else "", entry.happened.spoken() if entry.happened else ""]
    beside = ", ".join(part for part in parts if part)
    return f"{plain_title(entry)} ({beside})" if beside else plain_title(entry)
