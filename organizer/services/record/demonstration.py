"""The whole way once, on the sample record: import, plan checks, reasons, packet."""

import os
import platform
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.base.paths import remove_folder
from organizer.base.progress import Progress
from organizer.services.bring_in.importing import ImportPlan
from organizer.services.follow import plans
from organizer.services.follow.plans import PlanReport
from organizer.services.opinion import packets, reasons
from organizer.services.opinion.packets import PacketResult
from organizer.services.opinion.reasons import Reason
from organizer.services.record import people, records, sample


@dataclass(slots=True)
class Demonstration:
    """What the demonstration found and where it lies."""

    record: Path
    packet: Path
    passphrase: str
    imported: ImportPlan
    result: PacketResult
    plans: list[PlanReport] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The answer of `demo --json`."""
        return {
            "record": str(self.record),
            "packet": str(self.packet),
            "plans": [plans.as_json(plan) for plan in self.plans],
            "reasons": [reasons.as_json(reason) for reason in self.reasons],
        }

    def in_words(self) -> str:
        """The same for people."""
        lines = [_("Read from the sample’s files:")]
        lines += [f"  {file.file} ({file.format}): {file.read}" for file in self.imported.files]
        lines += ["", _("Is the plan working?")]
        lines += [f"  {plan.plan.title} – {plan.verdict_words}\n    {plan.check.sentence}" for plan in self.plans]
        lines += ["", _("Reasons for a second opinion:")]
        lines += [f"  {reason.title}\n    {reason.sentence}" for reason in self.reasons]
        words = _("The packet: {pages} pages, {exhibits} exhibits; {linked} of {facts} facts lead to their page.")
        result = self.result
        lines += [
            "",
            words.format(
                pages=result.pages, exhibits=len(result.exhibits), linked=result.facts_linked, facts=result.facts
            ),
            f"  {self.packet}",
            "",
            _("The record: {record} (passphrase: {passphrase})").format(record=self.record, passphrase=self.passphrase),
        ]
        return "\n".join(lines)


def run(folder: Path, progress: Progress) -> Demonstration:
    """Make the sample record and its packet in `folder`; an earlier demonstration there is made anew.

    Raises OrganizerError where the folder holds something else of that name.
    """
    facts = sample.facts()
    place = records.with_suffix(folder / facts.person).absolute()
    _clear(place)
    record, imported = sample.make_sample(place, progress)
    try:
        person = people.chosen_person(record).person
        out = place.parent / f"{facts.person} – packet.pdf"
        choice = packets.choice(record, specialty=facts.specialty)
        result = packets.write_packet(record, choice, out, progress)
        return Demonstration(
            place,
            out,
            facts.passphrase,
            imported,
            result,
            plans.check_plans(record, person),
            reasons.reasons(record, person),
        )
    finally:
        records.close(record)


def _clear(place: Path) -> None:
    """Only what the demonstration made itself is taken away: it opens with the public passphrase."""
    if not place.exists():
        return
    try:
        earlier = records.open_record(place, sample.facts().passphrase)
        ours = records.is_sample(earlier)
        records.close(earlier)
    except OrganizerError as error:
        raise OrganizerError(
            _("“{name}” is in the way of the demonstration.").format(name=place), _("Choose another folder with --out.")
        ) from error
    if ours:
        remove_folder(place)


def has_display() -> bool:
    """True where a window can be shown to somebody."""
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    shown = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return shown or platform.system() in ("Windows", "Darwin")
