"""What of a document becomes no entry, and why: each statement is entered, a detail of one that is, or told here."""

import re
from collections.abc import Iterable

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.core.format import Draft, Skipped
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.acts import goal, order
from organizer.importing.formats.ccda.meaning import negated, somebody_else
from organizer.importing.formats.ccda.medicines import ANY_DRUG
from organizer.importing.formats.ccda.problems import ANY_PROBLEM, family_member
from organizer.importing.formats.ccda.results import report
from organizer.importing.formats.ccda.statements import PROBLEM, is_read_detail, reader_of
from organizer.importing.formats.ccda.states import speaks_of_all
from organizer.importing.formats.ccda.xml import Element
from organizer.model.codes import SNOMED
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind

_AT_ONCE = 500
_OWNERS = ("observation", "substanceAdministration", "procedure", "encounter", "supply", "organizer")
_KINDS = ("observation", "substanceAdministration", "procedure", "encounter", "organizer", "act", "supply")
_HOLDS = "|".join(f".//h:{kind}" for kind in _KINDS)
_NOTHING = re.compile(
    r"(no|not)\b.*\b(data|information|applicable|available|administered|indicated|documented|recorded|performed|on file"
    r"|(problems|medications|procedures|immunizations|encounters|devices)( known)?)$|medication administration not doc"
    r"|none( .*)?$"
    r"|(result|observation|data) (excluded|not available)$",
    re.IGNORECASE,
)
"""What some systems write as a statement of its own where they have none; only without a code it is taken so."""
_NOTHING_OBSERVED = re.compile(
    r"(none|not) (recorded|documented|on file)\b"
    r"|(result|observation|data|value)s? (excluded|not available|not applicable|not recorded)"
    r"|no (known )?(vital signs?|results?|observations?|social history|data|information)\b.*"
    r"\b(applicable|available|recorded|data|information|on file|documented|found|known)",
    re.IGNORECASE,
)
"""The same of results and vital signs; “No growth” and “Not detected” are results and none of these."""


_DRUG = "h:consumable/h:manufacturedProduct/h:manufacturedMaterial/h:code"


def no_information() -> str:
    """The reason where a source says of itself that it knows nothing."""
    return _("The source says that it has no information about this.")


def reason_against(statement: Element) -> str:
    """Why a statement becomes no entry; "" where it may."""
    framed = reader_of(statement) is report
    if statement.get("nullFlavor") or (not framed and _around_is_null(statement)):
        return no_information()
    if reader_of(statement) is not family_member and somebody_else(statement):
        words = _("The source says that this is about somebody else ({relation}); it stays in the document.")
        return words.format(relation=somebody_else(statement))
    return _reason_to_deny(statement) if negated(statement) else ""


def _reason_to_deny(statement: Element) -> str:
    """Why a statement that something is not so becomes no entry; "" where it is told as such."""
    if reader_of(statement) in (order, goal):
        return _("The source says that this is not to be done; its words stay in the document.")
    if _denies_all(statement, _DRUG, ANY_DRUG) and not speaks_of_all(statement, "MedicationStatement"):
        return _("The source says that none was given there; its words stay in the document.")
    is_problem = PROBLEM in cda.templates(statement)
    if is_problem and _denies_all(statement, "h:value", *ANY_PROBLEM) and not speaks_of_all(statement, "Condition"):
        return _("The source says that no problem is known; its words stay in the document.")
    if cda.first_of(statement, ".//h:playingDevice") is not None:
        return _("The source says that there is no implant; its words stay in the document.")
    return ""


def _denies_all(statement: Element, path: str, *codes: str) -> bool:
    """True for a statement about medicines or problems as such."""
    return bool(cda.coded_in(cda.codings(cda.first_of(statement, path)), SNOMED, frozenset(codes)))


def reason_against_entry(entry: Entry) -> str:
    """Why what was read of a statement is no entry: it says nothing, or that there is nothing; "" where it is one."""
    if not entry.title:
        return _("It doesn’t say what it is: code and text are missing.")
    if not entry.codes and _NOTHING.match(entry.title) and not _absence_is_stated(entry):
        return no_information()
    if entry.kind == "Observation" and _observes_nothing(entry):
        return no_information()
    if entry.kind == "Encounter" and _tells_nothing(entry):
        return _("It tells neither what kind of visit it was nor when, where or with whom.")
    return ""


def _absence_is_stated(entry: Entry) -> bool:
    """Of results a negation is a finding; and “none known” and “not asked” are statements of their own."""
    stated = entry.data.get("none_known") or entry.data.get("not_asked")
    return bool(stated) or find_kind(entry.kind).field("value_text") is not None


def _observes_nothing(entry: Entry) -> bool:
    """A result that has nothing but words saying that there is none."""
    if entry.value is not None or entry.data.get("components"):
        return False
    shown = entry.value_text.removeprefix("not: ")
    if shown:
        return _NOTHING_OBSERVED.match(shown) is not None
    return _NOTHING_OBSERVED.match(entry.title) is not None


def _tells_nothing(entry: Entry) -> bool:
    plain = entry.title.casefold() in ("visit", "unk", "unknown", "encounter")
    return plain and entry.happened is None and not any(entry.text(name) for name in ("provider", "place", "reason"))


def _around_is_null(statement: Element) -> bool:
    """True where the act that frames a statement says that nothing is known."""
    act = cda.first_of(statement, "parent::h:entryRelationship/parent::h:act")
    return act is not None and bool(act.get("nullFlavor"))


def owner_of(statement: Element) -> Element:
    """The statement whose detail this one is (a severity, a reaction, an indication within it), or None.

    The diagnoses of a visit are statements of their own; so are the results of a report and what a relative's
    organizer doesn't tell.
    """
    parent = statement.getparent()
    while parent is not None:
        tag = cda.tag_of(parent)
        read = reader_of(parent) if tag in (*_OWNERS, "act") else None
        if read is not None and read is not report:
            own = tag == "encounter" and PROBLEM in cda.templates(statement)
            return None if own else parent
        if tag == "section":
            return None
        parent = parent.getparent()
    return None


def left_out(
    root: Element, statements: list[Element], drafts: Iterable[Draft], skipped: list[Skipped], progress: Progress
) -> list[Skipped]:
    """What is neither entered nor skipped so far: statements without a place here, details that nothing is read of,
    entries without any statement."""
    entered = {draft.entry.sources[0].locator for draft in drafts}
    places = {skip.where for skip in skipped}
    passed_over = {statement for statement in statements if cda.place_of(statement) in places}
    accounted: set[Element] = set()
    more: list[Skipped] = []
    for number, statement in enumerate(statements):
        if number % _AT_ONCE == 0:
            progress.check()
            progress.report(_("Reading the document"), number, len(statements))
        accounted.add(cda.first_of(statement, "ancestor::h:entry[1]"))
        place = cda.place_of(statement)
        if place in entered or _within(statement, passed_over) or _belongs_to_another(statement):
            continue
        reason = no_information() if statement.get("nullFlavor") else no_place()
        more.append(Skipped(place, _name(statement), reason))
        passed_over.add(statement)

    for entry in cda.all_of(root, "//h:section/h:entry"):
        if entry not in accounted:
            nothing = cda.first_of(entry, "*[@nullFlavor]") is not None
            more.append(Skipped(cda.place_of(entry), _name(entry), no_information() if nothing else no_place()))
    return more


def _within(statement: Element, passed_over: set[Element]) -> bool:
    """True for what is skipped, and for what stands within it."""
    while statement is not None:
        if statement in passed_over:
            return True
        statement = statement.getparent()
    return False


def _belongs_to_another(statement: Element) -> bool:
    """True for a detail that its owner's reader takes, and for what only frames other statements."""
    if owner_of(statement) is not None and is_read_detail(statement):
        return True
    # A report without a name only holds its results together.
    return reader_of(statement) in (None, report) and cda.first_of(statement, _HOLDS) is not None


def _name(element: Element) -> str:
    """What is left out, as its section calls it."""
    return cda.words(cda.first_of(element, "ancestor::h:section[1]/h:title")) or cda.tag_of(element)


def unread_times(root: Element, progress: Progress) -> list[str]:
    """Times that are written in a way that isn't understood: with them the statements stand without a date."""
    values: dict[str, None] = {}
    for number, time in enumerate(root.iter(f"{{{cda.NS['h']}}}effectiveTime")):
        if number % _AT_ONCE == 0:
            progress.check()
        for element in (time, cda.first_of(time, "h:low"), cda.first_of(time, "h:high")):
            values.setdefault(cda.attribute_text(element, "value"))
    return [value for value in values if value and cda.when(value) is None]


def no_place() -> str:
    """The reason where the record has no field for it."""
    return _("Casebook has no place for it yet; it stays readable in the document.")
