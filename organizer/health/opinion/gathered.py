"""What a checklist looks through: a person's facts, the case, and what the case is about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from organizer.health.absence import Says, absence_of
from organizer.health.opinion.belonging import about_of, diagnoses_of
from organizer.health.opinion.intake import every_part, parts_of_illnesses, sought_illnesses
from organizer.health.opinion.same_illness import STILL_MEANT, is_unsure, same_illness
from organizer.health.vocabulary import coded_concepts, concepts_in, mentions_in
from organizer.health.voice import Voice, voice_of
from organizer.health.writer import CHILD, is_child, years_old
from organizer.model.case import Case
from organizer.model.entry import Entry
from organizer.model.links import Role

_TREATMENTS = frozenset({"surgery", "chemotherapy", "radiotherapy"})
_PROPOSALS = ("Procedure", "TreatmentOption")
_FIRST_TEEN_YEAR = 10


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the rows look through: a person's facts (single numbers of the last year only), the case, the day."""

    person: Entry
    case: Case | None
    entries: tuple[Entry, ...]
    as_of: date
    _facts: dict[tuple[str, ...], list[Entry]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _concepts: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _parts: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _meant: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, *kinds: str) -> list[Entry]:
        """The facts of these kinds, the newest first; that nobody asked answers nothing."""
        if kinds not in self._facts:
            facts = [
                entry for entry in self.entries if entry.kind in kinds and entry.is_fact and not _asked_nobody(entry)
            ]
            self._facts[kinds] = sorted(facts, key=attrgetter("day_key"), reverse=True)
        return list(self._facts[kinds])

    def concepts_of(self, entry: Entry) -> frozenset[str]:
        """What an entry's codes, title, type and conclusion speak of; what they deny is left out."""
        if entry.id not in self._concepts:
            texts = "\n".join((entry.title, entry.text("document_type"), entry.text("conclusion")))
            mentions = (mention for mention in mentions_in(texts) if "negated" not in mention.contexts)
            coded = coded_concepts(entry)
            self._concepts[entry.id] = coded.union(*(mention.concepts for mention in mentions))
        return self._concepts[entry.id]

    def parts_of(self, entry: Entry) -> frozenset[str]:
        """The parts of the body that a test's title or body part names; none where neither does."""
        if entry.id not in self._parts:
            texts = f"{entry.title}\n{entry.text('body_site')}"
            mentions = mentions_in(texts, every_part(), contexts=False)
            self._parts[entry.id] = frozenset(mention.concept for mention in mentions)
        return self._parts[entry.id]

    @property
    def voice(self) -> Voice:
        """In whose voice the checklist speaks."""
        return voice_of(self.person, self.as_of)

    @property
    def is_child(self) -> bool:
        """True for somebody of whom it is known that they are a child."""
        return is_child(self.person, self.as_of)

    @property
    def is_teen(self) -> bool:
        """True for a child from ten years on."""
        years = years_old(self.person, self.as_of)
        return years is not None and _FIRST_TEEN_YEAR <= years < CHILD

    def may_be(self, sex: str) -> bool:
        """Whether the person may be of that sex: where none is recorded, either."""
        return self.person.text("sex") in (sex, "", "unknown", "other")

    def diagnoses(self) -> list[Entry]:
        """The diagnoses that the case names, with the earlier and later views of them."""
        if self.case is None:
            return []
        about = about_of(self.case, self.entries)
        return [entry for entry in self.entries if entry.id in about and not entry.struck]

    def is_for_another(self, treatment: Entry) -> bool:
        """Whether a treatment is for another diagnosis than the case's: by its links, else by its reason."""
        own = self.diagnoses()
        if not own:
            return False
        linked = {*treatment.targets(Role.TREATS), *treatment.targets(Role.FOR)}
        if linked:
            return not any(entry.id in linked for entry in own)
        reason = treatment.text("reason")
        others = [entry for entry in self.of("Condition") if entry not in own]
        meant = any(same_illness(entry, reason) for entry in own)
        return not meant and any(same_illness(entry, reason) for entry in others)

    def illnesses(self) -> frozenset[str]:
        """The concepts that the case is about, with the wider ones: of its diagnoses, its words, what is proposed.

        Where none of these says anything, of the diagnosis that a case without one is about.
        """
        if "illnesses" not in self._meant:
            self._meant["illnesses"] = self._found_illnesses()
        return self._meant["illnesses"]

    def _found_illnesses(self) -> frozenset[str]:
        named = self.diagnoses()
        spoken = self._spoken_of(named) | self._in_words() | self._spoken_of(self.proposed())
        if spoken or self.case is None:
            return spoken
        standing = [entry for entry in self.entries if entry.kind == "Condition"]
        return self._spoken_of(diagnoses_of(standing, self.as_of))

    def suspected(self) -> frozenset[str]:
        """Of the illnesses those that are only suspected: a diagnosis of the case or its words say so, no diagnosis
        of it is sure of them, and no report on tissue affirms them."""
        if "suspected" not in self._meant:
            unsure = [entry for entry in self.diagnoses() if is_unsure(entry)]
            sure = [entry for entry in self.diagnoses() if not is_unsure(entry)]
            affirmed = self._spoken_of(sure).union(*map(self._affirmed_by, self._tissue_reports()))
            named = self._spoken_of(unsure) | self._asked_about()
            self._meant["suspected"] = (named - affirmed) & sought_illnesses()
        return self._meant["suspected"]

    def _asked_about(self) -> frozenset[str]:
        """What the case's words put in doubt (`Is it lymphoma?`); who asks of a treatment has the illness."""
        stated = concepts_in(self._case_words())
        return frozenset() if stated & _TREATMENTS else self._in_words() - stated

    def speaks_of_suspicion(self, report: Entry) -> bool:
        """Whether a report speaks of an illness that is suspected here, also where it is in doubt itself."""
        if not self.concerns(report):
            return False
        return bool(self.suspected() & _meant(f"{report.title}\n{report.text('conclusion')}"))

    def _tissue_reports(self) -> list[Entry]:
        reports = [entry for entry in self.of("DiagnosticReport") if entry.text("category") == "pathology"]
        return [report for report in reports if self.concerns(report)]

    def _affirmed_by(self, report: Entry) -> frozenset[str]:
        return concepts_in(f"{report.title}\n{report.text('conclusion')}")

    def parts(self) -> frozenset[str]:
        """The parts of the body that the case is about: as its diagnoses say, and as its illnesses imply."""
        if "parts" not in self._meant:
            named = frozenset().union(*(self.parts_of(entry) for entry in self.diagnoses()))
            self._meant["parts"] = named | parts_of_illnesses(self.illnesses())
        return self._meant["parts"]

    def concerns(self, report: Entry) -> bool:
        """Whether a report or specimen may be of the case: unless it is of another part of the body.

        What a diagnosis of the case rests on is of the case whatever it is called.
        """
        if any(report.id in entry.targets(Role.RESTS_ON) for entry in self.diagnoses()):
            return True
        meant, examined = self.parts(), self.parts_of(report)
        return not meant or not examined or not meant.isdisjoint(examined)

    def proposed(self) -> list[Entry]:
        """The operations and options that belong to the case, or that it rests on."""
        if self.case is None:
            return []
        about = {self.case.id, *self.case.about}
        evidence = set(self.case.evidence)
        proposals = [entry for entry in self.entries if entry.kind in _PROPOSALS and not entry.struck]
        return [entry for entry in proposals if entry.id in evidence or about & _belongs_to(entry)]

    def _in_words(self) -> frozenset[str]:
        return _meant(self._case_words())

    def _case_words(self) -> str:
        if self.case is None:
            return ""
        return "\n".join((self.case.title, self.case.why, self.case.plan_proposed))

    def _spoken_of(self, entries: Iterable[Entry]) -> frozenset[str]:
        concepts: set[str] = set()
        for entry in entries:
            concepts |= coded_concepts(entry, sought_illnesses())
            concepts |= _meant(f"{entry.title}\n{entry.text('reason')}", entry.kind == "Condition")
        return frozenset(concepts)


def _belongs_to(proposal: Entry) -> set[str]:
    return {*proposal.targets(Role.CASE), *proposal.targets(Role.FOR), *proposal.targets(Role.ABOUT)}


def _meant(text: str, abbreviations: bool = False) -> frozenset[str]:
    mentions = mentions_in(text, sought_illnesses(), abbreviations=abbreviations)
    return frozenset().union(*(mention.concepts for mention in mentions if mention.contexts <= STILL_MEANT))


def _asked_nobody(entry: Entry) -> bool:
    absence = absence_of(entry)
    return absence is not None and absence.says is Says.NOT_ASKED
