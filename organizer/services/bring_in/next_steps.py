"""What the kept documents still wait for: text on pictures, results in reports, diagnoses in letters, whose they are.

Nothing is entered here: each step says which documents are meant, and the review that they lead to asks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from organizer.base.i18n import ngettext
from organizer.base.remembered import remembered
from organizer.health.named_patient import NamedPatient, patient_on
from organizer.health.same_person import is_of
from organizer.health.vocabulary import concepts_of, mentions_in
from organizer.health.vocabulary.concepts import illness_concepts
from organizer.importing.lab_reports.likely import is_likely_report
from organizer.model.entry import Entry
from organizer.model.ids import EntryId, PersonId, Sha256
from organizer.services.bring_in import recognition
from organizer.services.entries.entries import Query
from organizer.services.record.records import Record
from organizer.store import entries as reading

RECOGNISE, READ_RESULTS, NAMES_DIAGNOSES, NAMES_SOMEBODY = "recognise", "read-results", "diagnoses", "somebody"
MOST_DOCUMENTS = 60
"""The newest documents whose words are looked through: further ones were looked at when they came."""
_LETTERS_READ = 20_000
"""Of a document's words that are looked through: a letter is shorter, a book has no end."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do: `kind` is one of the four above, `documents` the newest first, `sentence` says it in words."""

    kind: str
    documents: tuple[EntryId, ...]
    sentence: str

    def as_json(self) -> dict[str, object]:
        """For whoever asked for JSON."""
        return {"kind": self.kind, "documents": list(self.documents), "said": self.sentence}


def next_steps(record: Record, person: PersonId) -> list[NextStep]:
    """What the person's documents wait for, the most useful first; [] where nothing is to be done."""
    papers = reading.find(
        record, Query(kinds=("DocumentReference",), person=person, include_struck=False, limit=MOST_DOCUMENTS)
    )
    known = _illnesses(record, person)
    owner = next(iter(reading.many(record, [person])), None)

    def has_results(paper: Entry) -> bool:
        has_pages = paper.text("media_type").startswith(("application/pdf", "image/"))
        return has_pages and is_likely_report(words_of(paper)) and not _gave(record, paper, "Observation")

    def has_diagnoses(paper: Entry) -> bool:
        words = words_of(paper)
        return not is_likely_report(words) and bool(named_illnesses(words) - known)

    def is_of_another(paper: Entry) -> bool:
        # Of what has a text of its own it was asked when it came; of a picture nobody knew then.
        words = "\n".join(str(page) for page in paper.data.get("recognised_texts") or ())
        return owner is not None and not is_of(owner, _patient(words[:_LETTERS_READ]))

    bare = tuple(EntryId(entry) for entry in recognition.waiting(record, person))
    steps = [
        (RECOGNISE, bare),
        (READ_RESULTS, _those(papers, has_results)),
        (NAMES_DIAGNOSES, _those(papers, has_diagnoses)),
        (NAMES_SOMEBODY, _those(papers, is_of_another)),
    ]
    return [NextStep(kind, documents, _sentence(kind, len(documents))) for kind, documents in steps if documents]


def words_of(paper: Entry) -> str:
    """The words of a document, of its text layer and recognised; the beginning of long ones."""
    pages = [*(paper.data.get("page_texts") or ()), *(paper.data.get("recognised_texts") or ())]
    text = str(paper.data.get("text") or "") or "\n".join(str(page) for page in pages if page)
    return text[:_LETTERS_READ]


@remembered(256)
def named_illnesses(words: str) -> frozenset[str]:
    """The illnesses that a text states of its patient: not denied, nor of a relative, nor only thought of."""
    affirmed = (mention.concept for mention in mentions_in(words, illness_concepts()) if mention.affirmed)
    return frozenset(affirmed)


@remembered(256)
def _patient(words: str) -> NamedPatient:
    return patient_on(words)


def _those(papers: Sequence[Entry], wait: Callable[[Entry], bool]) -> tuple[EntryId, ...]:
    return tuple(paper.id for paper in papers if paper.text("file") and wait(paper))


def _gave(record: Record, paper: Entry, kind: str) -> bool:
    """Whether entries of a kind were read from the document's file."""
    return any(entry.kind == kind for entry in reading.from_original(record, Sha256(paper.text("file"))))


def _illnesses(record: Record, person: PersonId) -> frozenset[str]:
    stated = reading.find(record, Query(kinds=("Condition",), person=person))
    return frozenset().union(*(concepts_of(entry) for entry in stated))


def _sentence(kind: str, count: int) -> str:
    sentences = {
        RECOGNISE: ngettext(
            "{n} photograph or scan has no text yet.", "{n} photographs or scans have no text yet.", count
        ),
        READ_RESULTS: ngettext(
            "{n} laboratory report can be read into results.",
            "{n} laboratory reports can be read into results.",
            count,
        ),
        NAMES_DIAGNOSES: ngettext(
            "{n} document names a diagnosis that the record doesn’t have.",
            "{n} documents name diagnoses that the record doesn’t have.",
            count,
        ),
        NAMES_SOMEBODY: ngettext("{n} picture names another person.", "{n} pictures name another person.", count),
    }
    return sentences[kind].format(n=count)
