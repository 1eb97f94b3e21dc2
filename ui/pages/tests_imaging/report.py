"""One report: its words on one side, the document they come from on the other."""

from dataclasses import dataclass
from functools import partial
from itertools import chain

from PySide6.QtWidgets import QWidget

from organizer.base.i18n import _
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.model.ids import EntryId, Sha256
from organizer.model.kinds import find_kind
from organizer.model.links import Role
from organizer.services.entries import documents, entries
from organizer.services.entries.documents import Original
from organizer.services.follow import measures
from organizer.services.record.records import Record
from ui.entries.parts.document_view import DocumentView
from ui.entries.parts.rows import entries_card
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.columns import Columns
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.shell.context import Context

SHORT = ("happened", "issued", "category", "performer", "place", "body_site", "modality", "case_number", "status")
LONG = ("conclusion", "text", "note")


@dataclass(frozen=True, slots=True)
class ReportShown:
    """The report, what it measured, and its document with the page (from 0) where it begins."""

    entry: Entry
    results: list[Entry]
    original: Original | None
    data: bytes = b""
    page: int = 0


def report_shown(record: Record, entry_id: EntryId) -> ReportShown:
    """A report with its results and its document. Raises NotFoundError."""
    entry = entries.get(record, entry_id)
    ids = [*entry.targets(Role.RESULT), *(member.id for member in entries.linked_to(record, entry_id, Role.MEMBER_OF))]
    results = entries.many(record, list(dict.fromkeys(ids)))
    papers = [entry, *entries.many(record, list(entry.targets(Role.DOCUMENT)))]
    sources = [source for source in chain.from_iterable(paper.sources for paper in papers) if source.document]
    attached = [
        attachment.get("file") for attachment in entry.data.get("attachments") or () if isinstance(attachment, dict)
    ]
    files = [str(file) for file in (*attached, *(paper.data.get("file") for paper in papers[1:])) if file]
    sha = Sha256(next(iter([*files, *(source.document for source in sources)]), ""))
    if not sha:
        return ReportShown(entry, results, None)
    place = next((source.locator for source in sources if source.document == sha), "")
    page = place.partition("page=")[2].partition("&")[0]
    begin = int(page) - 1 if page.isdecimal() and int(page) else 0
    return ReportShown(entry, results, documents.info(record, sha), documents.original(record, sha), begin)


def report_cards(context: Context, shown: ReportShown) -> list[QWidget]:
    """Words and document side by side where there is room, then what the report measured."""
    both = Columns(context.theme.px(420), 2)
    beside: Card = DocumentView(context, shown.original, shown.data, shown.page) if shown.original else _no_document()
    beside.body.addStretch()
    both.set_widgets([_words(context, shown.entry), beside])
    cards: list[QWidget] = [both]
    if shown.results:
        rows = [
            (result, " · ".join(part for part in (result.spoken_value(), measures.flag(result)) if part))
            for result in shown.results
        ]
        cards.append(entries_card(context, _("Results of this report"), rows))
    return cards


def _words(context: Context, entry: Entry) -> Card:
    card, kind = Card(plain_title(entry)), find_kind(entry.kind)
    fields = (kind.field(name) for name in SHORT)
    lines = [(_(field.label), kind.show(entry, field)) for field in fields if field]
    card.body.addWidget(label("\n".join(f"{name}: {text}" for name, text in lines if text), "second", selectable=True))
    for field in (kind.field(name) for name in LONG):
        words = kind.show(entry, field) if field else ""
        if field and words:
            card.body.addWidget(label(_(field.label), "strong"))
            card.body.addWidget(label(words, selectable=True))
    row = FoldingRow()
    row.addWidget(button(_("Change"), context.theme, partial(context.edit_entry, entry, entry.kind), "quiet", "pencil"))
    row.addStretch()
    card.body.addStretch()
    card.body.addLayout(row)
    return card


def _no_document() -> Card:
    card = Card(_("No document"))
    card.body.addWidget(label(_("This was typed in; there is no document behind it."), "second"))
    return card
