"""Entries and views made up for the tests of this room."""

from datetime import date

from organizer.base.dates import PartialDate
from organizer.health.opinion.view import View
from organizer.model.case import Case
from organizer.model.entry import Coding, Entry, Link, Source

TODAY = date(2026, 11, 24)


def entry(kind, title, happened="", *, links=(), codes=(), status="", source="", ended="", **data):
    """An entry whose id is its title; `links` are (role, target) pairs, `source` the document behind it."""
    origin = Source(document=source, locator="page=1", file_name=f"{source}.pdf") if source else Source()
    return Entry(
        kind,
        title,
        id=data.pop("id", title),
        person="ann",
        happened=PartialDate(happened) if happened else None,
        ended=PartialDate(ended) if ended else None,
        status=status,
        codes=tuple(Coding(*code) for code in codes),
        data=data,
        sources=(origin,),
        links=tuple(Link(*link) for link in links),
    )


def a_case(*words, **fields):
    """A second opinion, read from an entry made by `entry`."""
    return Case(entry("OpinionCase", *words, **fields))


def view(*entries, **more):
    return View(entries=tuple(entries), plans=more.pop("plans", ()), as_of=more.pop("as_of", TODAY), **more)
