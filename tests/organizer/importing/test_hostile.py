"""Each file of the hostile corpus is refused, or read in part, with a plain message; nothing enters by itself."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.organizer.importing import hostile

LONGEST = 30.0  # seconds a file
SPECIAL = ("a link in a circle", "a pipe", "a device", "five gibibytes", "nothing there")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory, checkout):
    """What became of every case, within a gibibyte of address space."""
    script = Path(hostile.__file__)
    run = subprocess.run(
        [sys.executable, str(script), str(tmp_path_factory.mktemp("hostile"))],
        capture_output=True, text=True, check=False, cwd=checkout, env=hostile.environment(checkout),
    )  # fmt: skip
    found = {told["case"]: told for told in map(json.loads, run.stdout.splitlines())}
    assert run.returncode == 0, f"after {list(found)[-1:]}: {run.stderr[-2000:]}"
    return found


@pytest.mark.parametrize("case", [*hostile.CASES, *SPECIAL])
def test_a_hostile_file_does_no_harm(outcomes, case):
    told = outcomes[case]
    may = hostile.CASES[case][2] if case in hostile.CASES else "refused"
    assert told["became"] in may.split(" or ")
    assert told["seconds"] < LONGEST
    assert told["entered"] == 0
    assert told["left"] == 0
    assert all("Error" not in words and "Traceback" not in words for words in told["said"])
    assert told["became"] == "part" or bool(told["said"]) == (told["became"] == "refused")
