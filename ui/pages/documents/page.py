"""Documents: what was kept whole, and a viewer with what was read from it beside it."""

from PySide6.QtWidgets import QWidget

from organizer.base.i18n import _, marked
from organizer.model.entry import Entry
from organizer.model.ids import NOBODY, EntryId, PersonId, Sha256
from organizer.services.bring_in import lab_reports, next_steps
from organizer.services.bring_in.next_steps import NextStep
from organizer.services.entries import conflicts, documents, entries
from organizer.services.entries.documents import Original
from organizer.services.entries.entries import First, Query
from organizer.services.record.records import Record
from ui.entries.parts.cards_page import CardsPage
from ui.entries.parts.document_view import DocumentView
from ui.entries.parts.next_steps_card import next_steps_card
from ui.entries.parts.rows import MOST, entries_card
from ui.entries.parts.thumbnails import Thumbnails
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.empty_state import EmptyState
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.pages.documents.files_card import MOST_TILES, FilesCard, KeptFile
from ui.shell.context import Context

Shown = tuple[Original, bytes, list[Entry]]
PapersShown = tuple[First, list[Original], int, list[NextStep], frozenset[Sha256]]


class DocumentsPage(CardsPage):
    """`open(sha=…, page=…)` shows one document; without it the list."""

    id = "documents"
    title = marked("Documents")
    icon = "folder-open"
    guide = "getting-records.md"
    help = marked("Every file is kept whole and encrypted. What was read from it leads back to its page.")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._sha, self._page, self._find = "", 0, ""
        self._thumbnails = Thumbnails(context)
        self._paper: tuple[bytes, str] | None = None

    def open(self, **where: object) -> None:
        self._sha = str(where.get("sha") or "") or self._file_of(EntryId(str(where.get("entry") or "")))
        self._find = str(where.get("find") or "")
        page = where.get("page")
        self._page = page - 1 if isinstance(page, int) and page > 0 else 0
        self.mark_stale()

    def _file_of(self, entry_id: EntryId) -> str:
        """The file that a document is, or in which it stands."""
        holders = entries.many(self.context.record, [entry_id]) if entry_id else []
        files = [entry.text("file") or (entry.sources[0].document if entry.sources else "") for entry in holders]
        return files[0] if files else ""

    def forget(self, _person: PersonId = NOBODY) -> None:
        self._sha = self._find = ""
        self._paper = None
        self._thumbnails.forget()
        super().forget()

    def paper(self) -> tuple[bytes, str] | None:
        return self._paper

    def refresh(self) -> None:
        self._paper = None
        theme, person, sha = self.context.theme, self.context.person, self._sha
        if sha:
            self.header.set_actions(button(_("All documents"), theme, self.open, "secondary", "arrow-left"))
            self.context.read(_("Opening"), lambda record, _progress: _shown(record, Sha256(sha), person), self._show)
            return
        self.header.set_actions(button(_("Import files…"), theme, self.context.choose_import, "primary", "upload"))
        self.context.read(_("Reading documents"), lambda record, _progress: _papers_shown(record, person), self._fill)

    def _fill(self, shown: PapersShown) -> None:
        papers, files, differing, steps, bare = shown
        cards: list[QWidget] = [self._differing_card(differing)] if differing else []
        if papers.entries:
            rows = [
                (entry, " · ".join(part for part in (entry.text("document_type"), entry.text("author")) if part))
                for entry in papers.entries[:MOST]
            ]
            cards.append(entries_card(self.context, _("Documents"), rows, papers.of))
        if files:
            cards.append(self._files_card(files, papers.entries, bare))
        if steps:
            cards.insert(0, next_steps_card(self.context, steps, self))
        if not cards:
            words = _("No documents yet. Drop PDFs, pictures or a portal’s zip onto this window.")
            step = (_("Import files…"), self.context.choose_import)
            cards = [EmptyState(self.context.theme, "folder-open", words, *step)]
        self.show_cards(cards)
        self._thumbnails.draw()

    def _differing_card(self, count: int) -> Card:
        card = Card(_("Your sources contradict each other"))
        card.body.addWidget(label(conflicts.in_words(count), "second"))
        row = FoldingRow()
        row.addWidget(button(_("Look at them…"), self.context.theme, self._ask_conflicts, "secondary", "scale"))
        row.addStretch()
        card.body.addLayout(row)
        return card

    def _ask_conflicts(self) -> None:
        from ui.pages.documents.import_review.conflicts import Conflicts  # a dialog that few need: not at start-up

        Conflicts(self.context, self).open()

    def _files_card(self, files: list[Original], papers: list[Entry], bare: frozenset[Sha256]) -> FilesCard:
        papers_of = {entry.text("file"): entry for entry in papers}
        files_kept = [_kept_file(file, papers_of.get(file.sha256), file.sha256 in bare) for file in files]
        return FilesCard(self.context, files_kept, self._thumbnails, lambda sha: self.open(sha=sha))

    def _show(self, shown: Shown) -> None:
        original, data, cited = shown
        self._paper = (data, original.name) if documents.has_pages(data) else None
        context = self.context
        card = DocumentView(context, original, data, self._page, self._find)
        self._offer_results(original, data)
        rows = [(entry, entry.spoken_value()) for entry in cited]
        self.show_cards([card, entries_card(context, _("Read from this file"), rows)])

    def _offer_results(self, original: Original, data: bytes) -> None:
        """Buttons that read results out of pages, and diagnoses, medicines and allergies out of a letter."""
        theme = self.context.theme
        back = button(_("All documents"), theme, self.open, "secondary", "arrow-left")

        def read_letter() -> None:
            from ui.pages.documents.letter_review import start  # a dialog that few need: not at start-up

            start(self.context, original.sha256, data, self)

        letter = button(_("Read this letter"), theme, read_letter, "secondary", "file-text")
        if not lab_reports.can_read(data):
            self.header.set_actions(back, letter)
            return

        def read() -> None:
            from ui.pages.tests_imaging.lab_review.review import start  # a dialog that few need: not at start-up

            start(self.context, original.sha256, data, self)

        results = button(_("Read results from this report"), theme, read, "secondary", "scan")
        self.header.set_actions(back, letter, results)


def _papers_shown(record: Record, person: PersonId) -> PapersShown:
    papers = entries.first(record, Query(kinds=("DocumentReference",), person=person), MOST_TILES)
    differing = len(conflicts.unsettled(record, person))
    files = documents.all_documents(record, person)[::-1]
    bare = frozenset(file.sha256 for file in files[:MOST_TILES] if not _was_read(record, file.sha256, person))
    return papers, files, differing, next_steps.next_steps(record, person), bare


def _was_read(record: Record, sha: Sha256, person: PersonId) -> bool:
    """True where anything stands in the record from that file, besides that it is there."""
    first = documents.entries_from(record, sha, person, 2)
    return any(entry.kind != "DocumentReference" for entry in first)


def _kept_file(file: Original, paper: Entry | None, bare: bool) -> KeptFile:
    day = paper.happened.spoken() if paper is not None and paper.happened else ""
    return KeptFile(file, paper.title if paper is not None else "", day, bare)


def _shown(record: Record, sha: Sha256, person: PersonId) -> Shown:
    return documents.info(record, sha), documents.original(record, sha), documents.entries_from(record, sha, person)
