"""Whether a text is likely a laboratory report: worth reading for results, long before anything is read."""

from itertools import chain

from organizer.base.analyte_names import analytes_named
from organizer.base.remembered import remembered
from organizer.importing.lab_reports.printed_units import is_unit_of_a_report
from organizer.importing.lab_reports.sensitivities import is_antibiogram

_FEWEST = 3
"""Different names of tests at the beginning of lines, and units: a letter that mentions results has fewer."""
_LONGEST_NAME = 5  # words
_MOST_LINES = 400


@remembered(256)
def is_likely_report(text: str) -> bool:
    """True where at least three lines begin with names of tests, and as many units stand in the text."""
    lines = [words for line in text.splitlines()[:_MOST_LINES] if (words := line.split())]
    if is_antibiogram(lines):
        return True
    units = sum(is_unit_of_a_report(word) for word in chain.from_iterable(lines))
    if units < _FEWEST:
        return False
    names = {name for line in lines if (name := _test_in_front(line))}
    return len(names) >= _FEWEST


def _test_in_front(words: list[str]) -> str:
    """The name of a test with which a line begins; "" where it begins otherwise."""
    for count in range(min(_LONGEST_NAME, len(words)), 0, -1):
        name = " ".join(words[:count]).strip(" :")
        if analytes_named(name):
            return name
    return ""
