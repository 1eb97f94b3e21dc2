"""Imaging and pathology: impressions word for word, and where images and slides are."""

from collections.abc import Sequence
from itertools import chain, zip_longest
from operator import attrgetter

from reportlab.platypus import Flowable

from organizer.base import terms
from organizer.base.i18n import _, in_quotes, marked, ngettext
from organizer.health.specialties import leading
from organizer.health.titles import plain_title
from organizer.model.entry import Entry, targets_of
from organizer.model.links import Role
from organizer.packet.contents.absence import earlier_left_out, nothing_stated
from organizer.packet.contents.section import Context, Section, opening, paragraph, subheading
from organizer.packet.contents.tables import MOST_LINES, day
from organizer.packet.facts import Statement, name_of
from organizer.packet.page import style
from organizer.packet.page.flow import Drawn, Element, Rule, Space, Stack
from organizer.packet.page.typesetting import Piece, Run, Text, whole_sentences

_WORDS = 40
_MOST = 12
_GROUPS = {"pathology": "Pathology", "imaging": "Imaging", "genetics": "Genetics"}


def _draw(context: Context) -> list[Flowable]:
    flow: list[Flowable] = [
        opening(context, "imaging", _("Imaging and pathology"), _("Impressions stand word for word."))
    ]
    groups = _groups(context)
    have = sum(map(len, groups.values()))
    printed = _first(list(groups.values()), context.limit("imaging", have, _MOST))
    for number, (category, group) in enumerate(groups.items()):
        title = _(_GROUPS[category])
        flow.append(subheading(context, title, before=12 if number else 0))
        flow += [] if group else [paragraph(context, _no_report(context), style.MUTED)]
        flow += [_report(context, entry) for entry in group if entry.id in printed]
        flow += _rest(context, title, [entry for entry in group if entry.id not in printed])
    return flow


def _groups(context: Context) -> dict[str, list[Entry]]:
    """The reports of each group in the field's order, the leading and then the newest ones first."""
    entries = context.facts("DiagnosticReport", "ImagingStudy")
    reported = targets_of(entries, Role.REPORT)
    entries = [
        entry
        for entry in entries
        if entry.kind == "DiagnosticReport" or not reported.intersection(entry.targets(Role.REPORT))
    ]
    groups = {}
    for category in context.profile.groups:
        group = [entry for entry in entries if _group(entry) == category]
        if group or category != "genetics":
            groups[category] = leading(sorted(group, key=attrgetter("day_key"), reverse=True), context.profile)
    return groups


def _first(groups: Sequence[Sequence[Entry]], count: int) -> set[str]:
    """The ids of the first reports, taken from the groups in turn, so that none is crowded out by another."""
    turns = [entry.id for entry in chain.from_iterable(turn for turn in zip_longest(*groups)) if entry is not None]
    return set(turns[:count])


def _group(entry: Entry) -> str:
    return "imaging" if entry.kind == "ImagingStudy" else entry.text("category")


def _rest(context: Context, title: str, left: Sequence[Entry]) -> list[Flowable]:
    if not left:
        return []
    for entry in left:
        context.crowded_out(f"{title}: {name_of(entry)}")
    text = ngettext("{count} more is in my record.", "{count} more are in my record.", len(left))
    return [paragraph(context, text.format(count=len(left)), style.MUTED)]


def _report(context: Context, entry: Entry) -> Flowable:
    statement = context.state([entry])
    width = context.width
    details = [day(entry) or _("undated"), terms.shown(entry.text("modality")), entry.text("body_site")]
    details += dict.fromkeys(name for name in (entry.text("performer"), entry.text("place")) if name)
    title: list[Piece] = [Run(plain_title(entry), style.BOLD, statement), statement]
    lines: list[Element] = [Text(title, width, MOST_LINES)]
    lines.append(Text([Run(" · ".join(part for part in details if part), style.MUTED, statement)], width, MOST_LINES))
    if entry.text("conclusion"):
        words = in_quotes(whole_sentences(entry.text("conclusion"), _WORDS))
        lines += [Space(2), Text([Run(words, style.QUOTE, statement)], width, MOST_LINES)]
    else:
        lines += [Space(2), Text([Run(_("No impression is recorded."), style.MUTED)], width)]
    return Drawn(Stack([*lines, *_kept(entry, statement, width), Space(5), Rule(width, thin=True), Space(6)]), width)


def _kept(entry: Entry, statement: Statement, width: float) -> list[Element]:
    parts = []
    if entry.text("case_number"):
        parts.append(_("Case number {number}").format(number=entry.text("case_number")))
    where = entry.text("images_at") or entry.text("kept_at")
    parts.append(
        _("images or slides: {place}").format(place=where)
        if where
        else _("where the images or slides are isn’t recorded")
    )
    cited = statement if where or len(parts) > 1 else None
    return [Text([Run("; ".join(parts), style.MUTED, cited)], width, MOST_LINES)]


def _no_report(context: Context) -> str:
    careful = _("No report is entered; documents may hold some.")
    none = nothing_stated(context, _("No report is recorded."), careful, "DiagnosticReport", "ImagingStudy")
    return " ".join(part for part in (none, earlier_left_out(context)) if part)


IMAGING = Section("imaging", marked("Imaging and pathology"), True, False, _draw, 1.0, 0.4)
