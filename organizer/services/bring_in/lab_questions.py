"""What a laboratory report leaves open before its results can enter: which day is meant."""

from collections.abc import Sequence
from dataclasses import replace

from organizer.base.dates import PartialDate
from organizer.importing.lab_reports.model import Proposal


def open_days(proposals: Sequence[Proposal]) -> tuple[PartialDate, ...]:
    """The two days that the first open date of a report can mean (day first, month first); () where none is open."""
    return next((proposal.open_days for proposal in proposals if proposal.open_days), ())


def dated(proposal: Proposal, reading: int) -> Proposal:
    """A proposal of the day that is meant: reading 0 is day first, 1 month first. What isn't open stays as it is."""
    return dated_on(proposal, proposal.open_days[reading]) if proposal.open_days else proposal


def dated_on(proposal: Proposal, day: PartialDate) -> Proposal:
    """A proposal of the day that the person gave; doubts that aren't about the day stay."""
    doubts = tuple(doubt for doubt in proposal.doubts if doubt != proposal.date_doubt)
    return replace(proposal, date=day, doubts=doubts, open_days=(), date_doubt="")
