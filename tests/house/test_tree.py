"""The tracked tree: the lock, the documents, and nothing of the place where it was written."""

import re
import tomllib
from pathlib import Path

import click
import pytest

from tests.house.source import ROOT, make_targets, short, tracked

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
REQUIREMENT = re.compile(r"^([a-z0-9-]+)==\S+.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
# Put together here so that this file does not find itself.
PLACES = re.compile(
    "|".join(
        [
            r"(?<![\w.\]>])/" + "work/(?:main|shared|tmp)",
            r"(?<!\w)\." + "library/",
            "/opt/" + r"(?:pypi|wheels)",
            "/root/" + r"\.",
            "pypi" + r"\.org",
            "python" + r"hosted\.org",
            "registry" + r"\.npmjs",
            "(?:deb|security)" + r"\.debian\.org",
        ]
    )
)
# The fixed letters of each of them: most files hold none, and are not gone through by the patterns.
SIGNS = (b"/work/", b"library/", b"/opt/", b"/root/", b"pypi", b"hosted.org", b"npmjs", b"debian.org")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "resources/guide/backup-and-recovery.md")
COMMAND = re.compile(r"(?:casebook|main\.py)[ \t]+([a-z][a-z-]+)\b")
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)|<img[^>]+src=\"([^\"]+)\"")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?!https?:|#|mailto:)([^)#]+)")


def test_every_locked_requirement_has_a_hash() -> None:
    entries = list(REQUIREMENT.finditer(LOCK))
    assert len(entries) > 20
    bare = [entry[1] for entry in entries if "--hash=sha256:" not in entry[0]]
    assert not bare, f"{bare} could be replaced on their way here: an installer compares what has a hash."


def test_the_lock_names_no_index() -> None:
    named = [line for line in LOCK.splitlines() if line.startswith(("-i", "-f", "--index", "--extra", "--find"))]
    assert not named, f"{named}: where packages come from is the choice of who installs."


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.sub(r"[-_.]+", "-", re.split(r"[<>=!~\[; ]", line)[0].lower()) for line in asked}
    locked = {entry[1] for entry in REQUIREMENT.finditer(LOCK)}
    assert names <= locked, f"{sorted(names - locked)} are asked for but not locked: run make lock."


def test_nothing_names_the_place_where_it_was_written() -> None:
    if not tracked():
        pytest.skip("this is no git checkout")
    found = {f"{short(path)}: {place}" for path in tracked() for place in places_in(path.read_bytes())}
    assert not found, f"{sorted(found)}: the project is built anywhere, from any registry."


def places_in(data: bytes) -> list[str]:
    if not any(sign in data for sign in SIGNS):
        return []
    return [match[0] for match in PLACES.finditer(data.decode("utf-8", "ignore"))]


@pytest.mark.parametrize("place", ["/work" + "/main", " .lib" + "rary/", "/opt/" + "wheels", "/root/" + "."])
def test_such_a_place_would_be_seen(place: str) -> None:
    assert places_in(f"kept in {place}".encode()) == [place.strip()]


@pytest.mark.parametrize(
    "place", ["pypi" + ".org", "python" + "hosted.org", "registry" + ".npmjs", "deb" + ".debian.org"]
)
def test_such_a_registry_would_be_seen(place: str) -> None:
    assert places_in(f"fetched from {place}".encode()) == [place]


def code_in(text: str) -> str:
    """The code spans and code blocks of a Markdown text: only there is a command meant literally."""
    blocks = re.findall(r"```.*?```", text, re.DOTALL)
    spans = re.findall(r"`[^`\n]+`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return "\n".join(blocks + spans)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_that_a_document_mentions_exist(document: str) -> None:
    mentioned = set(COMMAND.findall(code_in((ROOT / document).read_text(encoding="utf-8"))))
    commands = pytest.importorskip("organizer.commands", reason="the command line is not built yet")
    groups = [value for value in vars(commands).values() if isinstance(value, click.Group)]
    known = {name for group in groups for name in group.commands}
    assert mentioned <= known, f"{document} mentions {sorted(mentioned - known)}, which nobody can type."


@pytest.mark.parametrize("document", DOCUMENTS)
def test_make_targets_that_a_document_mentions_exist(document: str) -> None:
    code = code_in((ROOT / document).read_text(encoding="utf-8"))
    unknown = set(re.findall(r"\bmake ([a-z][a-z-]*)", code)) - make_targets()
    assert not unknown, f"{document} mentions make {sorted(unknown)}, which nobody can type."


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_and_pictures_of_a_document_lead_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    targets = [one or other for one, other in PICTURE.findall(text)] + LINK.findall(text)
    dead = [target for target in targets if not Path(ROOT, target).exists()]
    assert not dead, f"{document} points at {dead}, which is not there."


ROW = re.compile(r"^\| [^|]+ \| (`[^|]+) \| ([^|]+) \|$", re.MULTILINE)
NAMED = re.compile(r"`([^`]+)`")


def test_what_contributing_says_of_new_things_is_where_it_says() -> None:
    """Each row of the table: its files are there, and one of them holds the tuple that gets the line."""
    rows = ROW.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert len(rows) > 8
    for files, tuples in rows:
        named, folder = files.split(" of `") if " of `" in files else (files, "")
        paths = [ROOT / folder.rstrip("`") / one for one in NAMED.findall(named)]
        assert all(path.exists() for path in paths), files
        modules = [one for path in paths for one in (path.glob("*.py") if path.is_dir() else [path])]
        source = "\n".join(module.read_text(encoding="utf-8") for module in modules)
        for name in NAMED.findall(tuples):
            assert re.search(rf"^{name}\b.*=", source, re.MULTILINE), f"{name} isn't in {files}"
