"""Lines that look like results and became none: they are named, so that nothing is lost without a word."""

from collections.abc import Iterable, Sequence
from itertools import chain

from organizer.base.i18n import _, in_quotes
from organizer.importing.lab_reports.columns import head_columns, phrase_of
from organizer.importing.lab_reports.lines import Line
from organizer.importing.lab_reports.rows import Row, known, pieces_in

_MOST = 8
_LONGEST = 60  # letters of a line that are quoted
_A_MEASURE = 3  # pieces: a name, a number, its unit
_A_PROSE = 12  # words: what runs on so is no row


def unread(lines: Sequence[Line], rows: Iterable[Row]) -> list[str]:
    """One sentence that quotes the lines of a report which look like results and are in no row; [] where none is."""
    read = {(line.page, line.middle) for line in chain.from_iterable(row.lines for row in rows)}
    lost = [line.text for line in lines if (line.page, line.middle) not in read and _looks_like_a_result(line)]
    lost = list(dict.fromkeys(lost))
    if not lost:
        return []
    quoted = ", ".join(in_quotes(_short(text)) for text in lost[:_MOST])
    if len(lost) > _MOST:
        words = _("These lines look like results and weren’t read: {lines}, and {n} more. Look at the page.")
        return [words.format(lines=quoted, n=len(lost) - _MOST)]
    return [_("These lines look like results and weren’t read: {lines}. Look at the page.").format(lines=quoted)]


def _looks_like_a_result(line: Line) -> bool:
    """A known name and a number in a short line; or a number with a unit behind a few words."""
    if len(line.text.split()) > _A_PROSE or head_columns(line):
        return False
    pieces = pieces_in(line)
    sorts = [piece.sort for piece in pieces]
    if not pieces or sorts[0] not in ("text", "word") or "date" in sorts:
        return False
    numbered = any(sort in ("number", "bound") for sort in sorts[1:])
    named = known(pieces[0].text.strip(" :"), False)
    measured = "unit" in sorts and ("range" in sorts or len(sorts) == _A_MEASURE)
    return numbered and (named or measured) and bool(phrase_of(pieces[0].text))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
