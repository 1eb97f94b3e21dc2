"""What stands beside a value that asks for prompt contact: the laboratory's own words, quoted, never judged."""

from collections.abc import Iterable

from organizer.base.i18n import _, in_quotes
from organizer.health.vocabulary import mentions_in
from organizer.model.entry import Entry

DOUBTFUL, PASSED_ON = "doubtful-specimen", "result-passed-on"
LONGEST_QUOTE = 160
"""Characters of a note that are quoted (design judgement): the sentence has to stay one to read at a glance."""


def remark(entry: Entry) -> str:
    """What the note of an entry says of a doubtful specimen or of a call about it; "" where it says neither.

    A doubt is a reason to measure again, never to stay silent: the value is told as without it.
    """
    lines = [line.strip() for line in entry.text("note").splitlines()]
    doubts = [line for line in lines if _is_doubtful(line)]
    calls = [line for line in lines if line not in doubts and mentions_in(line, {PASSED_ON}, contexts=False)]
    words = [_("Beside it is noted: {note}.").format(note=in_quotes(quote)) for quote in _quotes([*doubts, *calls])]
    if doubts:
        words.append(_("When you call, ask whether it should be measured again."))
    return " ".join(words)


def _is_doubtful(line: str) -> bool:
    """Whether a line tells of a doubtful specimen, and doesn't deny it (`No hemolysis seen`)."""
    return any("negated" not in mention.contexts for mention in mentions_in(line, {DOUBTFUL}))


def _quotes(lines: Iterable[str]) -> Iterable[str]:
    """Each line once, without the full stop that the sentence has, cut behind a word where it is long."""
    for line in dict.fromkeys(lines):
        words = line.rstrip(". ")
        if len(words) > LONGEST_QUOTE:
            words = f"{words[:LONGEST_QUOTE].rpartition(' ')[0]} …"
        yield words
