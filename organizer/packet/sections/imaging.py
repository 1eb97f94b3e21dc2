"""Imaging and pathology: impressions word for word, and where images and slides are."""

from reportlab.platypus import Flowable

from organizer.base.words import _, marked
from organizer.packet import style
from organizer.packet.chosen import newest_key
from organizer.packet.facts import Statement
from organizer.packet.flow import Drawn, Element, Rule, Space, Stack
from organizer.packet.profiles import leading
from organizer.packet.section import Context, Section, opening, paragraph, subheading
from organizer.packet.setting import Piece, Run, Text, cut_words
from organizer.packet.tables import day
from organizer.records.entry import Entry

_WORDS = 40
_MOST = 12
_GROUPS = {"pathology": "Pathology", "imaging": "Imaging", "genetics": "Genetics"}


def _draw(context: Context) -> list[Flowable]:
    flow: list[Flowable] = [
        opening(context, "imaging", _("Imaging and pathology"), _("Impressions stand word for word."))
    ]
    found = context.usable(context.of_kind("DiagnosticReport", "ImagingStudy"))
    reported = {target for entry in found for target in entry.targets("report")}
    drawn = 0
    for category in context.profile.groups:
        title = _GROUPS[category]
        group = [entry for entry in found if _group(entry) == category]
        if category == "imaging":
            group = [
                entry
                for entry in group
                if entry.kind == "DiagnosticReport" or not reported.intersection(entry.targets("report"))
            ]
        if category == "genetics" and not group:
            continue
        drawn += 1
        flow.append(subheading(context, _(title), before=0 if drawn == 1 else 12))
        flow += _group_of(context, leading(sorted(group, key=newest_key, reverse=True), context.profile), _(title))
    return flow


def _group(entry: Entry) -> str:
    return "imaging" if entry.kind == "ImagingStudy" else entry.text("category")


def _group_of(context: Context, group: list[Entry], title: str) -> list[Flowable]:
    if not group:
        return [paragraph(context, _("No report is recorded."), style.MUTED)]
    for entry in group[_MOST:]:
        context.ledger.leave_out(f"{title}: {entry.title}", _("the latest {count} are printed").format(count=_MOST))
    return [_report(context, entry) for entry in group[:_MOST]]


def _report(context: Context, entry: Entry) -> Flowable:
    statement = context.state([entry])
    width = context.width
    details = [day(entry) or _("undated"), entry.text("modality"), entry.text("body_site")]
    details += dict.fromkeys(name for name in (entry.text("performer"), entry.text("place")) if name)
    title: list[Piece] = [Run(entry.title, style.BOLD, statement), statement]
    lines: list[Element] = [Text(title, width, 2)]
    lines.append(Text([Run(" · ".join(part for part in details if part), style.MUTED, statement)], width, 2))
    if entry.text("conclusion"):
        words = f"“{cut_words(entry.text('conclusion'), _WORDS)}”"
        lines += [Space(2), Text([Run(words, style.QUOTE, statement)], width, 6)]
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
    said = statement if where or len(parts) > 1 else None
    return [Text([Run("; ".join(parts), style.MUTED, said)], width, 2)]


IMAGING = Section("imaging", marked("Imaging and pathology"), True, False, _draw)
