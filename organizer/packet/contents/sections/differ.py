"""Where the records differ: two quotes side by side, each with its page. No verdict on who is right."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from reportlab.platypus import Flowable

from organizer.base.dates import parse_date
from organizer.base.i18n import _, in_quotes, marked
from organizer.health.absence import absence_of
from organizer.health.allergies import contradicted
from organizer.health.medicines import one_code_for_two
from organizer.health.opinion.families import is_same_diagnosis
from organizer.health.problems import OPEN
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind
from organizer.model.links import Role
from organizer.packet.contents.absence import unless_withheld
from organizer.packet.contents.chosen import Quotation, case_conditions, problems, quotations
from organizer.packet.contents.courses import courses
from organizer.packet.contents.section import Context, Section, opening, paragraph
from organizer.packet.contents.standing import allergies
from organizer.packet.contents.tables import MOST_LINES, day
from organizer.packet.page import style
from organizer.packet.page.flow import Drawn, Element, Row, Rule, Space, Stack
from organizer.packet.page.typesetting import Piece, Run, Text, whole_sentences

_MOST, _WORDS = 8, 40
_GUTTER = 20.0

Side = tuple[str, str, Entry]  # what it says, who and when, the entry that says it


def _draw(context: Context) -> list[Flowable]:
    about = _("Each side in its own words. Nothing here says which one is right.")
    flow: list[Flowable] = [opening(context, "differ", _("Where the records differ"), about)]
    standings = list(_standings(context))
    stated = {_pair_of(sides) for _title, sides in standings}
    others = [contradiction for contradiction in _contradictions(context) if _pair_of(contradiction[1]) not in stated]
    differences = [
        *_diagnoses(context), *_ruled_out(context), *others, *standings, *_one_code_for_two(context),
    ]  # fmt: skip
    if not differences:
        none = unless_withheld(context, _("Nothing was found that two records say differently."))
        return [*flow, paragraph(context, none, style.MUTED)]
    most = context.limit("differ", len(differences), _MOST)
    for title, _sides in differences[most:]:
        context.crowded_out(_("differing records: {title}").format(title=title))
    return [*flow, *(_pair(context, title, sides) for title, sides in differences[:most])]


def _diagnoses(context: Context) -> Iterator[tuple[str, Sequence[Side]]]:
    """Views of the case's own illness that two people or places put differently, the earlier one first."""
    linked = case_conditions(context)
    views = [view for view in quotations(context) if view.entry.id in linked and view.who]
    views.sort(key=lambda view: view.when.sort_key if view.when else "")
    for first, second in combinations(views, 2):
        if first.who != second.who and _plain(first.quote) != _plain(second.quote):
            yield _("The diagnosis"), (_side(first), _side(second))


def _ruled_out(context: Context) -> Iterator[tuple[str, Sequence[Side]]]:
    """A diagnosis that stands with one doctor and was ruled out by another."""
    for refuted in context.ruled_out():
        for problem in problems(context):
            other = problem.entry
            is_same = problem.state in OPEN and is_same_diagnosis(other, refuted)
            if is_same and _said_by(other) != _said_by(refuted):
                yield plain_title(other), (_view_side(other), _view_side(refuted))


def _said_by(condition: Entry) -> str:
    """By whom and where; of what was ruled out, who did so."""
    doctor = (condition.text("settled_by") if condition.struck else "") or condition.text("made_by")
    return ", ".join(part for part in (doctor, condition.text("place")) if part)


def _view_side(condition: Entry) -> Side:
    """A view of a diagnosis: the doctor's words, else the title and how it stands."""
    words = condition.text("quote") or plain_title(condition)
    if condition.struck and not condition.text("quote"):
        words = _("{diagnosis}: ruled out").format(diagnosis=plain_title(condition))
    when = parse_date(condition.text("settled_on" if condition.struck else "recorded")[:10])
    who = ", ".join(part for part in (_said_by(condition), when.spoken() if when else day(condition)) if part)
    return in_quotes(whole_sentences(words, _WORDS)), who, condition


def _side(view: Quotation) -> Side:
    when = view.when.spoken() if view.when else _("undated")
    return in_quotes(whole_sentences(view.quote, _WORDS)), f"{view.who}, {when}", view.entry


def _contradictions(context: Context) -> Iterator[tuple[str, Sequence[Side]]]:
    """The same fact in two sources with two values, which the person hasn't settled."""
    for second in context.packet.entries:
        for target in second.targets(Role.CONFLICTS_WITH):
            first = context.find(target, not_done=True)
            if first is None or second.struck or len(context.usable([first, second])) < 2:
                continue
            yield plain_title(second), (_value_side(first), _value_side(second))


def _standings(context: Context) -> Iterator[tuple[str, Sequence[Side]]]:
    """Medicines, diagnoses and allergies that one source calls current and another over, or none known beside one."""
    for course in courses(context):
        if course.opposed:
            yield course.name, [_course_side(span) for span in course.opposed]
    for problem in problems(context):
        for entry in problem.otherwise[:1]:
            yield plain_title(problem.entry), (_standing_side(problem.entry), _standing_side(entry))

    known = allergies(context)
    for allergy in known:
        for entry in allergy.otherwise[:1]:
            yield plain_title(allergy.entry), (_standing_side(allergy.entry), _standing_side(entry))
        left_out = contradicted(allergy, known)
        if left_out:
            yield _("Allergies"), (_standing_side(allergy.entry), _standing_side(left_out[0].entry))


def _one_code_for_two(context: Context) -> Iterator[tuple[str, Sequence[Side]]]:
    """Two medicines that sources give the same code: one of the two names, or the code, is wrong."""
    for first, second in one_code_for_two(context.usable(context.of_kind("MedicationStatement"))):
        title = _("One code for two medicines: {first}, {second}").format(first=first.title, second=second.title)
        yield title, (_standing_side(first), _standing_side(second))


def _pair_of(sides: Sequence[Side]) -> frozenset[str]:
    """The entries that a pair of quotes is about: what two of the ways find is printed once."""
    return frozenset(entry.id for _words, _who, entry in sides)


def _standing_side(entry: Entry) -> Side:
    """An entry by its title and what its source says of its course."""
    kind = find_kind(entry.kind)
    field = kind.field("status")
    is_absent = absence_of(entry) is not None
    status = kind.show(entry, field) if field and not is_absent else ""
    words = " · ".join(filter(None, (plain_title(entry), status)))
    return _side_of(entry, words, entry.text("made_by"))


def _course_side(span: Entry) -> Side:
    """A span of a medicine: its name, what its source says of its course, and until when."""
    words, who, entry = _standing_side(span)
    until = _("until {until}").format(until=span.ended.spoken()) if span.ended else ""
    return f"{words[:-1]} · {until}”" if until else words, who, entry


def _value_side(entry: Entry) -> Side:
    kind = find_kind(entry.kind)
    fields = [field for field in kind.columns if field.name not in ("title", "happened")]
    status = kind.field("status")
    if entry.not_done and status is not None and status not in fields:
        fields.append(status)
    shown = filter(None, (kind.show(entry, field) for field in fields))
    words = " · ".join(part.replace("\n", " ") for part in shown)
    return _side_of(entry, words or plain_title(entry), entry.text("performer"))


def _side_of(entry: Entry, words: str, teller: str) -> Side:
    """What one source says: its words, who or what says it and when, and the entry."""
    file_name = entry.sources[0].file_name if entry.sources else ""
    where = teller or entry.text("place") or file_name
    return in_quotes(whole_sentences(words, _WORDS)), ", ".join(filter(None, (where, day(entry)))), entry


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _pair(context: Context, title: str, sides: Sequence[Side]) -> Drawn:
    width = (context.width - _GUTTER) / 2
    cells: list[tuple[float, Element]] = []
    for place, (quote, who, entry) in enumerate(sides):
        statement = context.state([entry], not_done=True, ruled_out=True)
        words: list[Piece] = [Run(quote, style.QUOTE, statement), statement]
        lines: list[Element] = [Text(words, width, MOST_LINES), Text([Run(who, style.MUTED, statement)], width, 3)]
        cells.append((place * (width + _GUTTER), Stack(lines)))
    head = Text([Run(title, style.SUBHEADING)], context.width, 3)
    rule = Rule(context.width, thin=True)
    return Drawn(Stack([head, Space(3), Row(cells, 0), Space(6), rule, Space(8)]), context.width)


DIFFER = Section("differ", marked("Where the records differ"), True, False, _draw, 1.0, 0.3)
