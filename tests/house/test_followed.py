"""docs/adding/kind.md and section.md, followed to the letter in a copy of the project, give something right."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.house.source import ROOT

NEEDED = ("organizer", "ui", "resources", "tests", "main.py", "pyproject.toml")
NOT_NEEDED = shutil.ignore_patterns("__pycache__", "benchmarks", "journeys", ".*")


def follow(page, registry, project):
    """Write the page's file where the page says, and its import and its line where the registry is."""
    words = (ROOT / f"docs/adding/{page}.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", words, re.DOTALL)
    (place,) = re.findall(r"`(organizer/\S+\.py)`, ", words)
    (name,) = re.findall(r"^([A-Z_]+) = ", code, re.MULTILINE)
    (project / place).write_text(code, encoding="utf-8")

    package = (project / place).with_name("__init__.py")
    module = place.removesuffix(".py").replace("/", ".")
    text = package.read_text(encoding="utf-8")
    text, lines = re.subn(rf"^{registry}: .*\($", rf"\g<0>\n    {name},", text, flags=re.MULTILINE)
    assert lines == 1, f"{registry} is a tuple in {package}"
    before, mark, after = text.partition("\nfrom organizer.")
    package.write_text(f"{before}\nfrom {module} import {name}{mark}{after}", encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    copy = tmp_path_factory.mktemp("followed")
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=NOT_NEEDED)
        else:
            shutil.copy(ROOT / name, copy / name)
    follow("kind", "KINDS", copy)
    follow("section", "SECTIONS", copy)
    return copy


def test_what_was_added_works_everywhere(project):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/house/followed/what_follows.py"]
    paths = os.pathsep.join([str(project), os.environ.get("PYTHONPATH", "")])
    run = subprocess.run(
        command, cwd=project, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True, timeout=170
    )
    assert run.returncode == 0, run.stdout[-6_000:] + run.stderr[-2_000:]
    assert re.search(r"\b1\d passed", run.stdout), run.stdout
