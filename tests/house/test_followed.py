"""docs/adding/kind.md and section.md, followed to the letter in a copy of the project, give something right."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

NEEDED = ("organizer", "ui", "resources", "tests", "main.py", "pyproject.toml")
NOT_NEEDED = shutil.ignore_patterns("benchmarks", "journeys", "*.onnx", ".*")
FOLLOWED = Path("tests/house/followed")
LOOKS = 26  # so many places are looked at


def add(code: str, place: str, registry: str, project: Path) -> None:
    """Write a file, its import, and its line in the registry of its folder."""
    (project / place).write_text(code, encoding="utf-8")
    (name,) = re.findall(r"^([A-Z_]+) = ", code, re.MULTILINE)
    module = place.removesuffix(".py").replace("/", ".")

    package = (project / place).with_name("__init__.py")
    text = package.read_text(encoding="utf-8")
    text, lines = re.subn(rf"^{registry}: .*\($", rf"\g<0>\n    {name},", text, flags=re.MULTILINE)
    assert lines == 1, f"{registry} is a tuple in {package}"
    before, mark, after = text.partition("\nfrom organizer.")
    package.write_text(f"{before}\nfrom {module} import {name}{mark}{after}", encoding="utf-8")


def follow(page: str, registry: str, project: Path) -> None:
    """Do what a page of docs/adding says."""
    words = (ROOT / f"docs/adding/{page}.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", words, re.DOTALL)
    (place,) = re.findall(r"`(organizer/\S+\.py)`, ", words)
    add(code, place, registry, project)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with the kind and the section of docs/adding, and a kind that declares every facet."""
    copy = tmp_path_factory.mktemp("followed")
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=NOT_NEEDED)
        else:
            shutil.copy(ROOT / name, copy / name)

    follow("kind", "KINDS", copy)
    follow("section", "SECTIONS", copy)
    glasses = (ROOT / FOLLOWED / "vision_prescription.py").read_text(encoding="utf-8")
    add(glasses, "organizer/model/kinds/vision_prescription.py", "KINDS", copy)
    return copy


def test_what_was_added_works_everywhere(project: Path) -> None:
    looks = [str(FOLLOWED / name) for name in ("what_follows.py", "what_facets_do.py")]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *looks]
    paths = os.pathsep.join([str(project), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"PYTHONPATH": paths}
    run = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, timeout=170)
    assert run.returncode == 0, run.stdout[-6_000:] + run.stderr[-2_000:]

    passed = re.search(r"(\d+) passed", run.stdout)
    assert passed, run.stdout
    assert int(passed[1]) >= LOOKS
