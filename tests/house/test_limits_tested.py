"""The list of limits that no test can or need notice only shrinks, and each line of it is of the code as it stands."""

from tests.benchmarks.mutate import explained, mutations
from tests.house.source import ROOT

MOST = 151
"""How many explanations there are; lowered with each that goes."""


def test_each_explained_survivor_is_a_limit_of_the_code_and_says_why() -> None:
    paths = {line.partition(" | ")[0] for line in explained()}
    changes = [change for path in paths for change in mutations(path, (ROOT / path).read_bytes())]
    there = {change.spoken() for change in changes} | {change.every() for change in changes}
    assert not set(explained()) - there, "The code has changed: take these lines out."
    assert all(len(why) > 10 for why in explained().values())


def test_no_further_limit_is_excused() -> None:
    assert len(explained()) <= MOST


def test_each_number_and_each_boundary_is_changed_once_in_each_direction() -> None:
    source = b"LIMIT = timedelta(days=14)\nNAME = 'x'\n\ndef late(age: float) -> bool:\n    return 0.5 <= age < LIMIT\n"
    changes = [(change.before, change.after) for change in mutations("made.py", source)]
    assert changes == [("14", "15"), ("14", "13"), ("0.5", "0.55"), ("0.5", "0.45"), ("<=", "<"), ("<", "<=")]
    first = next(mutations("made.py", source))
    assert source[first.start : first.end] == b"14"
