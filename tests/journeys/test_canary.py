"""One word goes through import, search, packet, errors, backup, lock and close: it stands nowhere but in what went out.

The same visit shows that the program does without any network: it runs in a namespace that has none, and the system
is asked which sockets it wanted.
"""

import base64
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.canary_journey import WORD

ALONE = ("unshare", "-rn")
FOLDERS = ("home", "tmp", "runtime", "kept")


def watching(out: Path) -> list[str]:
    return ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=socket,connect", "-o", str(out)]


def works(*command: str) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0


@dataclass(frozen=True)
class Journey:
    base: Path
    done: subprocess.CompletedProcess[str]
    alone: bool
    sockets: Path | None

    @property
    def told(self) -> dict:
        return json.loads(self.done.stdout.splitlines()[-1])


def give(folder: Path) -> None:
    """A bundle and a PDF that say the word."""
    from reportlab.pdfgen.canvas import Canvas

    folder.mkdir()
    resources = [
        {"resourceType": "Patient", "id": "p", "name": [{"text": f"{WORD} Person"}]},
        {
            "resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p"}, "code": {"text": WORD},
            "note": [{"text": f"{WORD} and what it means"}],
        },
        {
            "resourceType": "DocumentReference", "id": "d", "subject": {"reference": "Patient/p"},
            "description": f"{WORD} letter", "type": {"text": "Letter"}, "status": "current",
            "content": [{"attachment": {"contentType": "text/plain", "title": f"{WORD}.txt",
                                        "data": base64.b64encode(f"On {WORD}".encode()).decode()}}],
        },
    ]  # fmt: skip
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}
    (folder / "bundle.json").write_text(json.dumps(bundle))
    page = Canvas(str(folder / f"{WORD} letter.pdf"))
    page.drawString(72, 720, f"{WORD} was found")
    page.save()


@pytest.fixture(scope="module")
def journey(tmp_path_factory, checkout):
    base = tmp_path_factory.mktemp("canary")
    for name in (*FOLDERS, "out"):
        (base / name).mkdir(mode=0o700)
    give(base / f"given {WORD}")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "DBUS_"))}
    environment |= {
        "HOME": str(base / "home"), "USERPROFILE": str(base / "home"), "APPDATA": str(base / "home"),
        "TMPDIR": str(base / "tmp"), "TEMP": str(base / "tmp"), "XDG_RUNTIME_DIR": str(base / "runtime"),
        "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    places = [f"given {WORD}", "out", "kept/Health record", "kept/Health record.casebook-backup"]
    command = [sys.executable, "-m", "tests.journeys.canary_journey", *(str(base / name) for name in places)]
    alone = works(*ALONE)
    sockets = base / "sockets.txt" if works(*watching(Path(os.devnull))) else None
    if sockets:
        command = [*watching(sockets), *command]
    if alone:
        command = [*ALONE, *command]
    else:  # without a wall around it the audit hook refuses what the network is asked for
        environment["PYTHONPATH"] += os.pathsep + str(checkout / "tests/house/offline")
    done = subprocess.run(command, cwd=base, env=environment, capture_output=True, text=True, check=False, timeout=240)
    return Journey(base, done, alone, sockets)


def forms(word: str) -> list[re.Pattern[bytes]]:
    """A word as bytes: UTF-8 and UTF-16, in capitals or not, and in base64 wherever it may begin."""
    plain = [re.escape(word.encode(coding)) for coding in ("utf-8", "utf-16-le", "utf-16-be")]
    coded = [base64.b64encode(b"x" * shift + word.encode())[-(-shift * 8 // 6) :][1:-4] for shift in range(3)]
    return [re.compile(one, re.IGNORECASE) for one in plain] + [re.compile(re.escape(one)) for one in coded]


def unpacked(data: bytes, path: Path) -> list[bytes]:
    """The bytes of a file, and what is packed in it."""
    found = [data]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as pack:
            found += [pack.read(name) for name in pack.namelist()] + ["\n".join(pack.namelist()).encode()]
    if data.startswith(b"\x1f\x8b"):
        found.append(gzip.decompress(data))
    for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        try:
            found.append(zlib.decompressobj().decompress(data[start.start() :]))
        except zlib.error:
            continue
    return found


def says(path: Path, word: str = WORD) -> bool:
    patterns = forms(word)
    return any(one.search(part) for part in unpacked(path.read_bytes(), path) for one in patterns)


def files(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]


def test_the_visit_goes_all_the_way(journey):
    assert journey.done.returncode == 0, journey.done.stderr[-2000:]


def test_the_word_is_in_what_came_and_in_what_went_out(journey, poppler):
    assert [path.name for path in files(journey.base / f"given {WORD}") if says(path)]
    packet = journey.base / "out" / "packet.pdf"
    words = subprocess.run(["pdftotext", packet, "-"], capture_output=True, text=True, check=True).stdout
    assert WORD in words


def test_it_is_found_nowhere_else(journey):
    kept = files(*(journey.base / name for name in FOLDERS))
    assert {"record.db", "keys.json", "settings.json", "Health record.casebook-backup"} <= {one.name for one in kept}
    assert [str(path) for path in kept if says(path)] == []
    assert [str(path) for path in kept if WORD.lower() in path.name.lower()] == []


def test_nothing_printed_says_it(journey):
    said = journey.done.stdout.replace(str(journey.base / f"given {WORD}"), "")
    assert WORD.lower() not in (said + journey.done.stderr).lower()
    assert journey.done.stderr.count("RuntimeError") == 3


def test_no_plain_copy_is_left_in_a_folder_for_passing_things(journey):
    assert files(journey.base / "tmp", journey.base / "runtime") == []


def test_nothing_is_written_anywhere_else(journey):
    places = tuple(str(journey.base / name) for name in (*FOLDERS, "out"))
    strange = [name for name in journey.told["written"] if not name.startswith((*places, "/dev/", "/proc/"))]
    assert strange == []


def test_the_search_itself_finds_what_is_hidden(tmp_path):
    for coding in ("utf-8", "utf-16-le", "utf-16-be"):
        (tmp_path / coding).write_bytes(b"..." + f"x{WORD}y".upper().encode(coding) + b"...")
    for shift in range(3):
        (tmp_path / f"base64-{shift}").write_bytes(base64.b64encode(b"x" * shift + f"{WORD} and more".encode()))
    with zipfile.ZipFile(tmp_path / "pack.zip", "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("a.txt", WORD)
    (tmp_path / "squeezed").write_bytes(b"head" + zlib.compress(WORD.encode() * 3))
    (tmp_path / "gzip").write_bytes(gzip.compress(WORD.encode()))
    assert [path.name for path in files(tmp_path) if not says(path)] == []
    (tmp_path / "clean").write_text("Quokka and fieber")
    assert not says(tmp_path / "clean")


def test_it_does_all_that_where_there_is_no_network(journey):
    if not journey.alone:
        pytest.skip("no network-less namespace can be made here (unshare -rn)")
    assert journey.done.returncode == 0


def test_the_system_was_asked_for_no_internet_socket(journey):
    if journey.sockets is None:
        pytest.skip("strace is not here, or may not watch")
    asked = journey.sockets.read_text()
    assert "AF_INET" not in asked


def test_a_socket_would_be_seen(journey, tmp_path):
    if journey.sockets is None:
        pytest.skip("strace is not here, or may not watch")
    attempt = "import _socket; _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM)"
    subprocess.run([*watching(tmp_path / "seen.txt"), sys.executable, "-I", "-S", "-c", attempt], check=True)
    assert "AF_INET" in (tmp_path / "seen.txt").read_text()


def test_no_network_library_of_qt_is_in_the_process(journey):
    if not Path("/proc/self/maps").exists():
        pytest.skip("this system does not list a process's libraries (/proc)")
    assert journey.told["network"] == []
