"""Whose each thing of an import is: by what its file, the files beside it and the record know of people.

“Names nobody” and “names somebody else” are two answers. What names nobody is the file's only patient's, or the
chosen person's. What names somebody whom no file describes and the record doesn't know is held back and asked about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.health.same_person import could_be_born, is_called, name_words
from organizer.importing.core.answers import LEFT_OUT, SOMEBODY_NEW, Answers
from organizer.importing.core.format import Draft
from organizer.importing.core.pages import Pages
from organizer.importing.core.persons import (
    came_as,
    choose_person,
    could_be,
    is_worldwide,
    key_of,
    short_of,
    shown_name,
)
from organizer.importing.core.plan import FilePlan, PersonInFiles
from organizer.model.entry import Entry
from organizer.model.ids import PersonId, person_id

_SHARED_KINDS = ("Practitioner", "Organization")
"""Of these a file with several patients doesn't say whose they are, and it does no harm to keep them with one."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose something is: the person's `key` in the files and id in the record, or the `reason` why it is held back."""

    key: str
    person: str = ""
    reason: str = ""


@dataclass(slots=True)
class Place:
    """The people whom one file describes, by identifier; `beside` are those of all files of its format that lie with
    it, `around` those of all files of its zip."""

    here: dict[str, Owner] = field(default_factory=dict)
    beside: dict[str, Owner] = field(default_factory=dict)
    around: dict[str, Owner] = field(default_factory=dict)
    folder: str = ""


class Whose:
    """Knows the record's people and, file after file, whom the files describe; collects whom to ask about."""

    def __init__(self, people: list[Entry], chosen: str, answers: Answers) -> None:
        self.people = people
        self.asked: dict[str, PersonInFiles] = {}
        self._answers = answers
        self._known = frozenset(person.id for person in people)
        self._first = people[0].id if people else ""
        self._chosen = chosen
        self._made: dict[str, str] = {}  # key of a person in the files → id of whom the person called new
        self._folders: dict[tuple[str, str], dict[str, Owner]] = {}
        self._zips: dict[str, dict[str, Owner]] = {}
        self._worldwide: dict[str, Owner] = {}
        self._names: dict[str, str] = {}  # key → name, of everybody whom the files describe
        self._nameless: set[tuple[str, str]] = set()

    @property
    def chosen(self) -> Entry | None:
        """Whom the person named for this import."""
        return self.of_id(self._chosen)

    def of_id(self, person: str) -> Entry | None:
        """The person of the record, or of an earlier file, with that id."""
        return next((entry for entry in self.people if entry.id == person), None) if person else None

    def put(self, entry: Entry) -> None:
        """A person as the import leaves them: in place of what is known, or somebody new."""
        for place, known in enumerate(self.people):
            if known.id == entry.id:
                self.people[place] = entry
                return
        self.people.append(entry)

    def place(self, plan: FilePlan) -> Place:
        """Where a file stands: what is found in it is known to all files of its format in the same folder."""
        folder = (plan.source.folder, plan.format)
        around = self._zips.setdefault(plan.source.zip, {}) if plan.source.zip else {}
        return Place({}, self._folders.setdefault(folder, {}), around, folder[0])

    def patient(self, draft: Draft, only: bool) -> tuple[Entry | None, str]:
        """Who of the record a Patient draft is, and why it is held back; neither: somebody new."""
        key = key_of(draft.entry)
        answer = self._answers.people.get(key, "")
        if answer == LEFT_OUT:
            return None, _("You left {name} out.").format(name=shown_name(draft.entry))
        if answer == SOMEBODY_NEW:
            return self.of_id(self._made.get(key, "")), ""
        known = self.of_id(answer) or choose_person(draft, self.people, self.chosen, only)
        if known is not None:
            return known, ""
        likely = next((person for person in self.people if could_be(draft.entry, person)), None)
        if likely is not None:
            return None, _may_be(draft.entry, likely)
        if draft.stands_for == 0:
            return None, _is_somebody_else(draft.entry.title)
        return None, ""

    def meet(self, draft: Draft, place: Place, person: PersonId, reason: str) -> Owner:
        """Remember who a Patient draft is, for what refers to it in this file and beside it."""
        key = key_of(draft.entry)
        owner = Owner(key, person, reason)
        if self._answers.people.get(key) == SOMEBODY_NEW:
            self._made[key] = person
        if key not in self.asked:
            born, sex = draft.entry.text("birth_date"), draft.entry.text("sex")
            settled = key in self._answers.people or person in self._known
            name = shown_name(draft.entry)
            asked = PersonInFiles(key, name, born, sex, person, settled, held=bool(reason) and not settled)
            if asked.held:
                likely = next((entry for entry in self.people if could_be(draft.entry, entry)), None)
                asked.may_be = likely.title if likely else ""
            self.asked[key] = asked
        self._names[key] = draft.entry.title
        place.here[draft.identifier] = owner
        place.around[key] = owner
        before = place.beside.setdefault(draft.identifier, owner)
        if before.key != owner.key:
            place.beside[draft.identifier] = Owner("")  # two of that name lie here: neither is meant for sure
        if is_worldwide(draft.identifier):
            self._worldwide[draft.identifier] = owner
        return owner

    def look_round(self, names: Iterable[tuple[str, Place]]) -> None:
        """Once all patients are met: the references to people that stand without a name beside them."""
        for name, place in names:
            if self._described(name, place) is None:
                self._nameless.add((place.folder, name))

    def owner(self, draft: Draft, place: Place) -> Owner:
        """Whose a draft is that is no Patient."""
        if not draft.patient and not draft.patient_name:
            return self._born_then(draft) or self._of_nobody(draft, place)
        described = self._described(draft.patient, place) if draft.patient else None
        if described and draft.patient not in place.here and not is_worldwide(draft.patient):
            described = described if self._could_be_called(described, draft.patient_name) else None
        return described or self._named(draft, place) or self._stranger(draft, place)

    def _described(self, identifier: str, place: Place) -> Owner | None:
        """By identifier: in the file, beside it, in any file, in the record."""
        owner = place.here.get(identifier) or self._worldwide.get(identifier) or _beside(identifier, place)
        if owner is not None:
            return owner if owner.key or owner.person else None
        met = [person for person in self.people if came_as(person, identifier)]
        if len(met) == 1 and (is_worldwide(identifier) or len(self._known) == 1):
            return self._of_record(met[0])
        return None

    def _could_be_called(self, owner: Owner, name: str) -> bool:
        """A short identifier from another file is believed where the name beside it, if any, has a word in common."""
        words = set(name_words(name))
        asked = self.asked.get(owner.key)
        return not words or asked is None or bool(words & set(name_words(asked.name)))

    def _of_record(self, person: Entry) -> Owner:
        key = key_of(person)
        if key not in self.asked:
            born, sex = person.text("birth_date"), person.text("sex")
            self.asked[key] = PersonInFiles(key, person.title, born, sex, PersonId(person.id), settled=True)
        return Owner(key, person.id)

    def _named(self, draft: Draft, place: Place) -> Owner | None:
        """By the name that stands beside it: one of the file's patients, or else of the record's people."""
        if not draft.patient_name or draft.patient in place.here:
            return None
        words = name_words(draft.patient_name)
        owners = {owner.key: owner for owner in (*place.here.values(), *place.beside.values()) if owner.key}
        namesakes = [owner for key, owner in owners.items() if name_words(self._names.get(key, "")) == words]
        if not namesakes:
            called = [person for person in self.people if is_called(person, draft.patient_name, draft.patient_born)]
            namesakes = [self._of_record(person) for person in called]
        return namesakes[0] if len(namesakes) == 1 else None

    def _born_then(self, draft: Draft) -> Owner | None:
        """By a birth date alone: the one person who has it; somebody to ask about where nobody can have it."""
        if not draft.patient_born:
            return None
        born = [person for person in self.people if is_called(person, "", draft.patient_born)]
        if len(born) == 1:
            return self._of_record(born[0])
        meant = [person for person in self.people if person is self.chosen or self.chosen is None]
        if not meant or any(could_be_born(person, draft.patient_born) for person in meant):
            return None
        days = [PartialDate(day).spoken() for day in draft.patient_born]
        name = _("somebody born on {day}").format(day=" / ".join(days))
        return self._held_or_answered(f"|{draft.patient_born[0]}", name, draft)

    def _stranger(self, draft: Draft, place: Place) -> Owner:
        """Somebody whom the files name and don't describe, and whom the record doesn't know."""
        name = draft.patient_name or draft.patient
        born = draft.patient_born[0] if draft.patient_born else ""
        key = f"{' '.join(name_words(name))}|{born}" if draft.patient_name else f"{place.folder}|{draft.patient}"
        assumed = self._only_person() if not draft.patient_name and self._is_alone(place) else ""
        if assumed and key not in self._answers.people:
            owner = self._asked_of(key, name, Owner(key, assumed))
            self.asked[key].assumed = True
            return owner
        return self._held_or_answered(key, name, draft)

    def _held_or_answered(self, key: str, name: str, draft: Draft) -> Owner:
        """What the person answered about somebody, else that it is to be asked."""
        answer = self._answers.people.get(key, "")
        owner = Owner(key, answer)
        if answer == LEFT_OUT:
            owner = Owner(key, "", _("You left {name} out.").format(name=name))
        elif answer == SOMEBODY_NEW:
            owner = Owner(key, self._made.get(key, ""), "")
        elif not answer:
            owner = Owner(key, "", _is_somebody_else(name))
        return self._asked_of(key, name, owner, draft.patient_born)

    def _asked_of(self, key: str, name: str, owner: Owner, days: Sequence[str] = ()) -> Owner:
        if key not in self.asked:
            settled = bool(owner.person) or key in self._answers.people
            born = days[0] if len(days) == 1 else ""
            named = Entry("Patient", name, data={"birth_date": born} if born else {})
            likely = next(
                (entry for entry in self.people if could_be(named, entry) and could_be_born(entry, days)), None
            )
            may_be = likely.title if likely is not None and not settled else ""
            person = person_id(owner.person)
            self.asked[key] = PersonInFiles(key, name, born, "", person, settled, held=not settled, may_be=may_be)
        return owner

    def make_new(self, key: str, entry: Entry) -> None:
        """The person said that this key is somebody new, whom no file describes."""
        self._made[key] = entry.id
        self.asked[key].person = PersonId(entry.id)
        self.put(entry)

    def _is_alone(self, place: Place) -> bool:
        """No patient is described beside it, and all of the import speaks of one person only."""
        return len(self._nameless) == 1 and not place.here and not place.beside and not self._worldwide

    def _only_person(self) -> str:
        """Whom an identifier without a name can only mean: the chosen, or the only person, where no server's
        identifier of theirs is another one."""
        if self._chosen:
            return self._chosen
        if len(self._known) != 1:
            return ""
        person = self.of_id(self._first)
        numbered = person is not None and any(
            source.identifier.startswith("Patient/") or "://" in source.identifier for source in person.sources
        )
        return "" if numbered else self._first

    def _of_nobody(self, draft: Draft, place: Place) -> Owner:
        """The file's only patient's, the only one's beside it or in its zip, the chosen person's, the only person's."""
        for people in (place.here, place.beside, place.around):
            owners = {owner.key: owner for owner in people.values()}
            if len(owners) == 1:
                return next(iter(owners.values()))
            if owners and draft.entry.kind in _SHARED_KINDS:
                return next((owner for owner in owners.values() if owner.person), next(iter(owners.values())))
            if owners:
                return self._unnamed(several=True)
        return self._unnamed(several=len(self._known) > 1)

    def _unnamed(self, several: bool) -> Owner:
        """What no file names anybody for: sure where the person said whose, or it can only be of one."""
        words = self._chosen or self._answers.people.get("", "") or self._answers.unnamed
        whose = words if self.of_id(words) else self._first
        sure = bool(words) or not several
        if "" not in self.asked:
            known = person_id(whose if sure else "")
            self.asked[""] = PersonInFiles("", "", "", "", known, settled=True)
        if sure:
            return Owner("", whose)
        self.asked[""].settled, self.asked[""].held = False, True
        return Owner("", "", _("It names nobody, and may be of several people: say whose it is."))


def _beside(identifier: str, place: Place) -> Owner | None:
    """In the files that lie together one may say `Patient/1` and another the server's whole address of it."""
    settled = place.beside.get(identifier)
    if settled is not None:
        return settled
    if is_worldwide(identifier):
        return place.beside.get(short_of(identifier))
    longer = [owner for name, owner in place.beside.items() if short_of(name) == identifier]
    return longer[0] if len(longer) == 1 else None


def _may_be(draft: Entry, likely: Entry) -> str:
    """Why nobody can say whether two are one person: their names, their birth dates, or their sex."""
    name, born, known_born = shown_name(draft), draft.date("birth_date"), likely.date("birth_date")
    if born and known_born and born.text != known_born.text:
        words = _("{name} was born on {born} by this file, {person} on {known}: say whether that is one person.")
        return words.format(name=name, born=born.spoken(), person=likely.title, known=known_born.spoken())
    sexes = {text for text in (draft.text("sex"), likely.text("sex")) if text}
    if len(sexes) > 1:
        words = _("{name} has another sex in this file than {person} in the record: say whether that is one person.")
        return words.format(name=name, person=likely.title)
    words = _("{name} may be {person}, or somebody else: say who that is.")
    return words.format(name=name, person=likely.title)


def _is_somebody_else(name: str) -> str:
    words = _("The file says that this is {name}’s, whom neither it nor the record knows: say who that is.")
    return words.format(name=name)


def with_shared_name(files: Sequence[Sequence[Draft] | Pages[Draft]]) -> list[list[Draft]]:
    """The drafts of files that belong together, the first of them a mail: what names nobody gets the name that the mail
    says, or else the only one that is said in any of them."""
    named = [draft for draft in chain.from_iterable(files) if draft.patient_name]
    names = {" ".join(name_words(draft.patient_name)): draft for draft in named}
    described = {
        " ".join(name_words(draft.entry.title)): replace(draft, patient_name=draft.entry.title)
        for draft in chain.from_iterable(files)
        if draft.entry.kind == "Patient"
    }
    of_mail = [draft for draft in files[0] if draft.patient_name]
    everybody = list((names | described).values())
    sayer = of_mail[0] if of_mail else everybody[0] if len(everybody) == 1 else None
    if sayer is None:
        return [list(drafts) for drafts in files]
    return [[_called(draft, sayer) for draft in drafts] for drafts in files]


def _called(draft: Draft, sayer: Draft) -> Draft:
    names_nobody = not (draft.patient or draft.patient_name or draft.patient_born)
    if draft.entry.kind == "Patient" or not names_nobody:
        return draft
    return replace(draft, patient_name=sayer.patient_name, patient_born=sayer.patient_born)


def counted(owners: Sequence[Owner], asked: dict[str, PersonInFiles]) -> None:
    """How many entries each person of the files has."""
    for owner in owners:
        if owner.key in asked:
            asked[owner.key].entries += 1
