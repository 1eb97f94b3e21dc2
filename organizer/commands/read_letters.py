"""The command that reads doctors' letters which are kept, and adds what the person names of what it proposes."""

from collections.abc import Sequence
from pathlib import Path

import click

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _, ngettext
from organizer.commands.command_line import AS_JSON, PERSON, RECORD, ProgressLine, casebook, opened_record, say
from organizer.model.ids import NOBODY
from organizer.model.kinds import find_kind
from organizer.services.bring_in import letters_read
from organizer.services.bring_in.letters_read import Letter, LetterProposal
from organizer.services.bring_in.owners import owner_of
from organizer.services.entries import documents
from organizer.services.record import people


@casebook.command("read-letter")
@RECORD
@click.argument("file")
@click.option("--take", default="", help="Numbers of the proposals to add, such as 1,3,4; none are added unasked.")
@PERSON
@AS_JSON
def read_letter(record: Path, file: str, take: str, person: str, as_json: bool) -> None:
    """Read a doctor's letter that the record keeps (FILE: its name): diagnoses, medicines, allergies, operations, what
    to do next. Nothing is written without --take."""
    with opened_record(record) as opened:
        whose = people.chosen_person(opened, person).person
        sha256 = min(documents.named(opened, whose, [file]))
        letter = letters_read.propose(opened, sha256, ProgressLine())
        owner = owner_of(opened, letter.named, whose)
        chosen = _chosen(letter, take)
        if chosen and owner.person == NOBODY and not person:
            raise OrganizerError(owner.question, _("Say with --person whose it is."))
        added = letters_read.accept(opened, letter, chosen, whose).label if chosen else ""
    lines = [f"  {number}. {_line(proposal)}" for number, proposal in enumerate(letter.proposals, 1)]
    notes = [f"  {words}" for words in (*letter.left_out, owner.question, added) if words]
    counted = ngettext("{n} proposal.", "{n} proposals.", len(lines)).format(n=len(lines))
    answer = {
        "file": letter.name,
        "names": letter.named.name,
        "question": owner.question,
        "proposals": [_as_json(proposal, place in letter.known) for place, proposal in enumerate(letter.proposals)],
        "left_out": list(letter.left_out),
        "added": added,
    }
    say(as_json, answer, "\n".join([letter.name, *lines, *notes, f"  {counted}"]))


def _chosen(letter: Letter, take: str) -> Sequence[LetterProposal]:
    """The proposals that were named by their numbers. Raises UsageError for a number that none has."""
    numbers = [part.strip() for part in take.split(",") if part.strip()]
    wrong = [number for number in numbers if not number.isdecimal() or not 0 < int(number) <= len(letter.proposals)]
    if wrong:
        raise click.UsageError(_("There is no proposal {number}.").format(number=wrong[0]))
    return [letter.proposals[int(number) - 1] for number in numbers]


def _line(proposal: LetterProposal) -> str:
    parts = [f"{_(find_kind(proposal.kind).label)}: {proposal.title}", letters_read.in_words(proposal)]
    doubts = "".join(f"\n      {doubt}" for doubt in proposal.doubts)
    return " · ".join(part for part in parts if part) + doubts


def _as_json(proposal: LetterProposal, known: bool) -> dict[str, object]:
    return {
        "kind": proposal.kind,
        "fields": dict(proposal.fields),
        "quote": proposal.quote,
        "heading": proposal.heading,
        "page": proposal.place.page,
        "doubts": list(proposal.doubts),
        "known": known,
    }
