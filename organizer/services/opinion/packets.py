"""The second-opinion packet of a person: what goes in, the preview, the file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from organizer.base.errors import OrganizerError
from organizer.base.i18n import SOURCE_LANGUAGE, _, ngettext, speaking
from organizer.base.progress import Progress
from organizer.exporting.export import Outgoing
from organizer.exporting.fhir.files import packed
from organizer.exporting.fhir.ips import document
from organizer.health.course.sentences import CAVEAT
from organizer.health.key_results import Tier, weight
from organizer.health.opinion.belonging import is_of_another, of_case
from organizer.health.series import Series
from organizer.health.specialties import fields_named, profile_of, profiles
from organizer.health.titles import plain_title
from organizer.importing.formats.fhir import read_back
from organizer.model.case import Case, is_case
from organizer.model.entry import Changes, Entry
from organizer.model.ids import NO_ENTRY, EntryId, PersonId, Sha256
from organizer.model.kind import KEPT_OUT
from organizer.packet.packet_input import (
    OWN_LISTS,
    HeldBack,
    PacketChoice,
    PacketInput,
    PacketResult,
    PlanLine,
    SectionLength,
)
from organizer.packet.sensitive import CONTACT, without_contacts, words_of
from organizer.services.entries import documents
from organizer.services.follow import attention, measures, plans
from organizer.services.follow.measures import MeasureSummary
from organizer.services.opinion import cases, key_images
from organizer.services.opinion.leaving_out import Sifted, matters_named, sift
from organizer.services.opinion.packet_entries import of_person
from organizer.services.opinion.packet_order import order_of
from organizer.services.opinion.packet_versions import last_saved
from organizer.services.record import people, records
from organizer.services.record.passphrases import refuse_first_tries
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Replace
from organizer.store.files import plain_errors, write_whole

if TYPE_CHECKING:
    from organizer.packet.exhibits.prepared import Prepared
    from organizer.packet.file.build import Opened

__all__ = ["HeldBack", "PacketChoice", "PacketResult", "SectionLength"]


@dataclass(frozen=True, slots=True)
class Begun:
    """A packet to be joined: `front` are its front pages as a PDF, as they will look in the file; links come later."""

    front: bytes
    opened: "Opened" = field(repr=False)


MOST_SERIES = 40
_NO_RESULTS = frozenset({"activity", "social-history"})
"""Groups of numbers that are no findings: steps, cigarettes. All others, an examination's scores too, are results."""


@dataclass(frozen=True, slots=True)
class SectionInfo:
    """A section that can be put in: its id, title, whether it is in by default, whether it is sensitive, and whether it
    may stand elsewhere."""

    id: str
    title: str
    default: bool
    sensitive: bool
    movable: bool


def sections(order: Sequence[str] = ()) -> list[SectionInfo]:
    """All sections as they follow each other on paper, in a person's order (ids) or the usual one."""
    from organizer.packet.contents.sections import FIRST, LAST, arranged

    return [
        SectionInfo(section.id, _(section.title), section.default, section.sensitive, section.id not in (FIRST, LAST))
        for section in arranged(order)
    ]


def choice(
    record: Record,
    person_name: str = "",
    case_id: EntryId = NO_ENTRY,
    specialty: str = "",
    since: str = "",
    page_size: str = "letter",
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    tick: Sequence[str] = (),
    language: str = SOURCE_LANGUAGE,
    whole: Sequence[str] = (),
    looked_at: Sequence[str] = (),
) -> PacketChoice:
    """A choice for the person named, or the case's, or the only one of the record; in the order that was arranged.

    `looked_at` names files, or begins their SHA-256, that can't be searched and may be printed all the same.

    Raises NotFoundError for an unknown person or case, AmbiguousPersonError where several could be meant,
    OrganizerError for an unknown section, matter, field or file, or a case of somebody else than the person named.
    """
    known = [section.id for section in sections()]
    unknown = [name for name in (*include, *exclude, *whole) if name not in known]
    if unknown:
        raise OrganizerError(
            _("There is no section “{name}”.").format(name=unknown[0]),
            _("Use some of: {names}.").format(names=", ".join(known)),
        )
    ticked = matters_named(tick)
    field = _field_named(specialty)
    case = cases.case_of(record, case_id) if case_id else None
    person = case.person if case and not person_name else people.chosen_person(record, person_name).person
    case = case or cases.named_case(record, person)
    if case and case.person != person:
        raise OrganizerError(
            _("This case is another person’s."), _("Name the person of the case, or leave the name out.")
        )
    return PacketChoice(
        person,
        case.id if case else NO_ENTRY,
        field,
        tuple(include) or None,
        tuple(exclude),
        since,
        page_size,
        ticked,
        language,
        OWN_LISTS.union(whole),
        documents.named(record, person, looked_at),
        order_of(record, person),
    )


def _field_named(text: str) -> str:
    """The field of medicine that is meant, "" for none. Raises OrganizerError where none is, or several may be."""
    if not text.strip():
        return ""
    meant = fields_named(text)
    if len(meant) == 1:
        return meant[0]
    if meant:
        message = _("“{name}” may mean more than one field.").format(name=text)
    else:
        message = _("There is no field “{name}”.").format(name=text)
    raise OrganizerError(message, _("Use one of: {names}.").format(names=", ".join(meant or profiles())))


def write_packet(
    record: Record,
    chosen: PacketChoice,
    out: Path,
    progress: Progress,
    passphrase: str = "",
    largest: int = 0,
    prepared: "Prepared | None" = None,
) -> PacketResult:
    """Write the packet to `out`. Raises DiskFullError, OrganizerError or Cancelled, with nothing left half done.

    A passphrase protects it (AES-256); where it is larger than `largest` bytes (0 = any size) parts of at most that
    size are written beside it too. `kept` is what a preview has prepared.
    """
    from organizer.packet.file.build import build_packet
    from organizer.packet.file.parts import write_parts

    if passphrase:
        refuse_first_tries(passphrase)
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise OrganizerError(
            _("The packet can’t be written to “{name}”.").format(name=out), _("Choose a file in a folder that exists.")
        )
    with plain_errors():
        try:
            result = build_packet(_input(record, chosen, progress), out, progress, passphrase, prepared)
            parts = write_parts(out, result, largest, progress, passphrase) if largest else ()
            return replace(result, parts=parts)
        except PermissionError as error:
            raise OrganizerError(
                _("The packet can’t be written to “{name}”.").format(name=out), _("Choose a folder of your own.")
            ) from error


def keep_out(
    record: Record, ids: Sequence[str], out: bool, check: Callable[[int], None] = lambda _done: None
) -> Changes:
    """Leave entries out of every packet, or put them back in, as one operation.

    `check` is told now and then how many are done; what it raises takes all back.
    """
    wanted = [entry.id for entry in reading.in_turn(record, ids) if entry.kept_out is not out]
    if not wanted:
        return Changes()
    if out:
        label = ngettext("Left {n} entry out of packets", "Left {n} entries out of packets", len(wanted))
    else:
        label = ngettext("Put {n} entry in packets", "Put {n} entries in packets", len(wanted))
    edits = (Replace(_kept_out(entry, out)) for entry in reading.in_turn(record, wanted))
    return change_log.apply(record, label.format(n=len(wanted)), edits, check)


def _kept_out(entry: Entry, out: bool) -> Entry:
    bare = entry.without(KEPT_OUT.name)
    return bare.having(data={**bare.data, KEPT_OUT.name: True}) if out else bare


def prepared(passwords: Mapping[str, str] | None = None) -> "Prepared":
    """What a preview keeps while choices change, so that documents are turned into pages once.

    `passwords` open locked documents, by their SHA-256. Let go of it with the preview: it holds pages of the record.
    """
    from organizer.packet.exhibits.prepared import Prepared

    return Prepared(passwords)


def preview(
    record: Record, chosen: PacketChoice, progress: Progress, prepared: "Prepared | None" = None
) -> tuple[bytes, PacketResult]:
    """The bytes that `write_packet` would write, and what is in them."""
    return joined(begun(record, chosen, progress, prepared), progress)


def begun(record: Record, chosen: PacketChoice, progress: Progress, prepared: "Prepared | None" = None) -> Begun:
    """The packet with its front pages drawn, to be shown while its exhibits are joined. Raises Cancelled."""
    from organizer.packet.file.build import open_packet

    opened = open_packet(_input(record, chosen, progress), progress, prepared)
    return Begun(opened.front.pdf, opened)


def joined(packet: Begun, progress: Progress) -> tuple[bytes, PacketResult]:
    """The whole file of a packet that was begun, and what is in it. Raises Cancelled."""
    from organizer.packet.file.build import packet_bytes

    return packet_bytes(packet.opened, progress)


def save(data: bytes, out: Path) -> None:
    """Write a previewed packet's bytes, whole or not at all. Raises DiskFullError."""
    write_whole(out, data)


def as_json(result: PacketResult) -> dict[str, Any]:
    """The answer of `packet --json`."""
    fields = asdict(result) | {"out": str(result.out), "parts": [str(part) for part in result.parts]}
    for held in fields["held_back"]:
        del held["picture"]
    del fields["index_pages"]
    return fields


def _input(record: Record, chosen: PacketChoice, progress: Progress) -> PacketInput:
    """What goes in; the plan check’s sentences speak the packet’s language like all its own words."""
    with speaking(chosen.language):
        return _gathered(record, chosen, progress)


def _gathered(record: Record, chosen: PacketChoice, progress: Progress) -> PacketInput:
    person = reading.get(record, chosen.person)
    person = person if CONTACT in chosen.tick_sensitive else without_contacts(person)
    packet_entries = of_person(record, person.person, chosen.since)
    shown_entries = sift(packet_entries.entries, chosen.tick_sensitive)
    case = _case(shown_entries.entries, chosen.case_id)
    entries = [entry for entry in shown_entries.entries if case is None or not is_of_another(entry, case)]
    if all(entry.id != person.id for entry in entries):
        entries = [person, *entries]
    allowed = {entry.id for entry in entries}
    shown = key_images.chosen(record, entries, progress)
    return PacketInput(
        person=person,
        as_of=records.as_of(record),
        case=case,
        questions=tuple(sorted(_questions(entries, case), key=_order)),
        entries=tuple(entries),
        plans=tuple(_plan_lines(record, person.person, shown_entries, chosen)),
        series=tuple(_series(record, person.person, chosen, entries, progress)),
        read_original=lambda sha256: shown.original_file(record, Sha256(sha256)),
        choice=chosen,
        withheld=shown_entries.withheld,
        left_out=packet_entries.left_out,
        data_inside=_summary(record, person, Sifted(entries, shown_entries.withheld)),
        key_images=shown.documents,
        last_packet=last_saved(record, case, records.as_of(record)),
        attention=tuple(
            alarm for alarm in attention.needed(record, person.person) if allowed.issuperset(alarm.entries)
        ),
    )


def _summary(record: Record, person: Entry, shown: Sifted) -> Callable[[Progress], bytes]:
    """What the packet may show, as an IPS document; without the documents, which are exhibits.

    Made when the file is: the first page of a preview doesn't wait for it.
    """
    outgoing = Outgoing(record, shown.entries, Path(), read_back, person.person, shortened=shown.shortened)
    when = f"{records.as_of(record).isoformat()}T00:00:00Z"
    return lambda progress: packed(document(outgoing, progress, when, with_bytes=False))


def _case(entries: Sequence[Entry], case_id: EntryId) -> Case | None:
    cases_there = [Case(entry) for entry in entries if is_case(entry) and (not case_id or entry.id == case_id)]
    return next((case for case in cases_there if not case.is_closed), cases_there[0] if cases_there else None)


def _questions(entries: Sequence[Entry], case: Case | None) -> list[Entry]:
    """Those of the case; where there is none, all."""
    asked = [entry for entry in entries if entry.kind == "Question"]
    if case is None:
        return asked
    cases_there = [Case(entry) for entry in entries if is_case(entry)]
    return of_case(asked, case, cases_there, [entry for entry in entries if entry.kind == "Condition"])


def _order(question: Entry) -> tuple[float, str]:
    order = question.data.get("order")
    return (float(order) if isinstance(order, int | float) else 99.0, question.id)


def _plan_lines(record: Record, person: PersonId, shown: Sifted, chosen: PacketChoice) -> Iterator[PlanLine]:
    """What the check says of the plans that may be told: a sentence that names what is kept back isn't."""
    allowed = {entry.id for entry in shown.entries}
    private = words_of(chosen.tick_sensitive)
    for report in plans.check_plans(record, person):
        line = _plan_line(report)
        spoken = " ".join((line.title, line.medicine, line.goal_text, line.sentence))
        if report.plan.id in allowed and (private is None or private.search(spoken) is None):
            yield line


def _plan_line(report: plans.PlanReport) -> PlanLine:
    return PlanLine(
        title=plain_title(report.plan),
        medicine=report.medicine,
        goal_text=plain_title(report.goal) if report.goal else "",
        verdict=report.check.verdict,
        verdict_words=report.verdict_words,
        sentence=report.check.sentence.removesuffix(_(CAVEAT)).strip(),  # the packet says it in the first person
        evidence=tuple(evidence.entry_id for evidence in report.check.evidence),
        goal_entry_id=report.goal.id if report.goal else "",
        plan_entry_id=report.plan.id,
        series_key=report.series_key,
    )


def _series(
    record: Record, person: PersonId, chosen: PacketChoice, entries: Sequence[Entry], progress: Progress
) -> list[Series]:
    """The measures with a number, the weightiest first: with MOST_SERIES of them a packet is full."""
    shown = []
    allowed = {entry.id for entry in entries}
    since = chosen.since
    weightiest = _weightiest(measures.measures(record, person), chosen, entries)
    results = [summary for summary in weightiest if summary.category not in _NO_RESULTS]
    every = measures.every_series(record, person, [summary.key for summary in results])
    for summary, whole in zip(results, every, strict=True):
        progress.check()
        progress.report(_("Reading {name}").format(name=summary.title))
        series = replace(
            whole,
            points=tuple(
                point for point in whole.points if point.written_day.sort_key >= since and point.entry_id in allowed
            ),
            other_units=tuple(
                entry
                for entry in whole.other_units
                if entry.id in allowed and entry.happened is not None and entry.happened.sort_key >= since
            ),
        )
        if series.points:
            shown.append(series)
    return sorted(shown, key=lambda series: (not series.goal.text, len(series.points) < 2))


def _weightiest(
    summaries: Sequence[MeasureSummary], chosen: PacketChoice, entries: Sequence[Entry]
) -> list[MeasureSummary]:
    """The measures that a packet has room for: those that matter, else those that were measured most often."""
    if len(summaries) <= MOST_SERIES:
        return list(summaries)
    profile = profile_of(chosen.specialty, [entry for entry in entries if entry.kind == "Condition"])
    results: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == "Observation" and entry.is_fact and entry.value is not None:
            results.setdefault(entry.measure, []).append(entry)
    days = [entry.happened.last_day for entry in chain.from_iterable(results.values()) if entry.happened]
    newest = max(days, default=None)

    def place(summary: MeasureSummary) -> tuple[bool, int]:
        own = results.get(summary.key, [])
        own.sort(key=attrgetter("day_key"))
        tier = weight(summary.key, own, False, profile, newest).tier if own else Tier.NOTHING_FOUND
        return tier > Tier.ASKED_FOR, -summary.count

    return sorted(summaries, key=place)[:MOST_SERIES]
