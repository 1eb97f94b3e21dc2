"""An entry of the record, where it comes from, what it is linked to, and what a change touched."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from organizer.base.dates import PartialDate, parse_date
from organizer.base.figures import readable
from organizer.base.remembered import remembered
from organizer.base.units import with_unit
from organizer.model.codes import Code, MeasureKey, code_of, measure_key, promoted
from organizer.model.ids import NO_ENTRY, NO_ORIGINAL, NOBODY, EntryId, PersonId, Sha256
from organizer.model.links import Role, UnknownRole
from organizer.model.statuses import AnyStatus, AnyVerification, Status, Verification, verification_of

Json = Any  # what orjson reads: None, bool, int, float, str, list or dict of these

STRUCK_STATUSES = frozenset({Status.ENTERED_IN_ERROR, Status.REFUTED, Status.WITHDRAWN})
STRUCK_VERIFICATIONS = frozenset({Verification.ENTERED_IN_ERROR, Verification.REFUTED, Verification.WITHDRAWN})
"""Kept and shown struck through, never counted or printed as facts (FHIR R4 status and verificationStatus; a
diagnosis that its doctor has withdrawn is ours)."""

NOT_DONE_STATUSES = frozenset({Status.NOT_DONE, Status.NOT_TAKEN, Status.CANCELLED, Status.NO_SHOW})
"""What never took place, as FHIR R4 says it: event-status, medication-statement-status, encounter-status,
observation-status, appointmentstatus (looked up 2026-11-29). It may be told as such, never as if it had been."""


@dataclass(frozen=True, slots=True)
class Coding:
    """A code as received; `system` is a URI such as `http://loinc.org`."""

    system: str
    code: str
    display: str = ""

    @property
    def identity(self) -> Code:
        """The same in canonical form, to compare by."""
        return code_of(self.system, self.code)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry stands written.

    `document` is the SHA-256 (hex) of the original or "" for what was typed in; `locator` the place in it (a FHIR
    fullUrl, an XPath, `page=2`); `identifier` the source system's own name for it, `version` its version there;
    `file_name` the original's name as it came; `recorded_by` and `recorded_at` who entered it and when (ISO).
    """

    document: Sha256 = NO_ORIGINAL
    locator: str = ""
    identifier: str = ""
    version: str = ""
    file_name: str = ""
    recorded_by: str = ""
    recorded_at: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """From the entry that holds it to `target` (an entry id), with a role such as `treats` or `rests-on`."""

    role: Role | UnknownRole
    target: EntryId


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a person's record; `data` holds the kind's fields that have no column of their own.

    `id` is "" until it is stored. `person` is the id of a Patient entry (a Patient's own id is its person).
    `codes` are as received; LOINC before others is promoted. `value` is the number to calculate with, `value_text`
    the value as printed (`1.10`, `Trace`), `comparator` one of `<`, `<=`, `>=`, `>` or "", `unit` UCUM where it is
    known.
    """

    kind: str
    title: str = ""
    id: EntryId = NO_ENTRY
    person: PersonId = NOBODY
    codes: tuple[Coding, ...] = ()
    happened: PartialDate | None = None
    ended: PartialDate | None = None
    value: float | None = None
    value_text: str = ""
    comparator: str = ""
    unit: str = ""
    status: AnyStatus = Status.NOT_SAID
    data: Mapping[str, Json] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def coding(self) -> Coding | None:
        """The promoted coding: LOINC before other systems, these before none; else the first."""
        if len(self.codes) < 2:
            return self.codes[0] if self.codes else None
        first = promoted(code.identity for code in self.codes)
        return next(code for code in self.codes if code.identity == first)

    @property
    def code(self) -> str:
        """The promoted code as received, or "": for people, never to compare by (see `identity`)."""
        coding = self.coding
        return coding.code if coding else ""

    @property
    def identity(self) -> Code | None:
        """The promoted code with its system in canonical form; None where there is none."""
        coding = self.coding
        return coding.identity if coding else None

    @property
    def measure(self) -> MeasureKey:
        """By what results of an observation are one series."""
        return _measure(self.codes, self.title)

    @property
    def day_key(self) -> str:
        """Sorts by when it happened; what has no date comes before all others, so last when reversed."""
        return self.happened.sort_key if self.happened else ""

    @property
    def struck(self) -> bool:
        """True for what is kept but is no fact: in error, refuted, withdrawn, or set aside for another source's."""
        if self.status in STRUCK_STATUSES:
            return True
        is_refuted = "verification" in self.data and self.verification in STRUCK_VERIFICATIONS
        return is_refuted or (bool(self.links) and any(link.role == Role.SET_ASIDE_FOR for link in self.links))

    @property
    def verification(self) -> AnyVerification:
        """How sure the source is of a diagnosis or an allergy."""
        return verification_of(self.text("verification"))

    @property
    def not_done(self) -> bool:
        """True for what was never done, taken or attended; its status says so."""
        return self.status in NOT_DONE_STATUSES

    @property
    def is_fact(self) -> bool:
        """True for what may be told as something that is or was: neither struck nor never done."""
        return not self.struck and not self.not_done

    @property
    def reported_by_patient(self) -> bool:
        """True when no original document stands behind it."""
        return not any(source.document for source in self.sources)

    def text(self, name: str) -> str:
        """The data field `name` as text; "" where it is absent."""
        value = self.data.get(name)
        return "" if value is None else str(value)

    def date(self, name: str) -> PartialDate | None:
        """The data field `name` as a day with its precision; None where it is absent, or no date."""
        return parse_date(self.text(name))

    def rows(self, name: str) -> list[dict[str, Json]]:
        """The rows of the data field `name`, a list of them; none where it is absent."""
        rows = self.data.get(name)
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    @property
    def tags(self) -> tuple[str, ...]:
        """The person's own words for it, in the order they were given."""
        listed = self.data.get("tags")
        return tuple(str(tag) for tag in listed) if isinstance(listed, list) else ()

    @property
    def kept_out(self) -> bool:
        """True where the person leaves it out of every packet."""
        return self.data.get("kept_out") is True

    def targets(self, role: Role) -> tuple[EntryId, ...]:
        """Ids of the entries that this one is linked to in `role`."""
        return tuple(link.target for link in self.links if link.role == role)

    def spoken_value(self) -> str:
        """The value for people: `<0.1 g/g`, `124/78 mm[Hg]`, `Trace`; "" where there is none."""
        if not self.value_text:
            return ""
        return with_unit(f"{self.comparator}{readable(self.value_text)}", self.unit)

    def having(self, **changes: Any) -> "Entry":
        """A copy with some fields changed."""
        return replace(self, **changes)

    def without(self, *names: str) -> "Entry":
        """A copy without some data fields."""
        return self.having(data={name: value for name, value in self.data.items() if name not in names})


def without_empty(data: Mapping[str, Json]) -> dict[str, Json]:
    """The data fields that say something; 0 and False do."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


@dataclass(frozen=True, slots=True)
class Changes:
    """What one operation touched: its label, how many entries of each kind, and which persons.

    By it each page decides whether to refresh. `entries` names the ids, up to a thousand.
    """

    label: str = ""
    kinds: Mapping[str, int] = field(default_factory=dict)
    persons: frozenset[PersonId] = frozenset()
    entries: tuple[EntryId, ...] = ()
    operation: int = 0

    def touches(self, *kinds: str) -> bool:
        """True when an entry of one of the kinds was touched."""
        return any(kind in self.kinds for kind in kinds)


def targets_of(entries: Iterable[Entry], role: Role) -> set[EntryId]:
    """Ids of all entries to which some of these are linked in `role`."""
    return set(chain.from_iterable(entry.targets(role) for entry in entries))


@remembered(4_096)
def _measure(codes: tuple[Coding, ...], title: str) -> MeasureKey:
    """Asked of each result, of which thousands have the same."""
    return measure_key([code.identity for code in codes], title)
