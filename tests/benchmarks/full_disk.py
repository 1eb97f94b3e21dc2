"""Each operation on a disk that is full, or nearly: the record stays whole, and what is said is true.

    python tests/benchmarks/full_disk.py

prints what each said with 0, 8, 64 and 700 KiB left, and ends with 1 where something was lost or a sentence is untrue.
It needs a system where a person may mount a small disk of their own (Linux with user namespaces).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from durable_operations import OPERATIONS, Operation

LEFT = (0, 8 << 10, 64 << 10, 700 << 10)
SIZE = 64 << 20
"""Bytes of the disk: room to put back what is to be looked at, once the pad is gone."""
TRUE_WORDS = " no room "
"""What is to be said, in whatever sentence."""
ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """All of the matrix; gives 0 where nothing was lost and nothing untrue was said."""
    with tempfile.TemporaryDirectory(prefix="casebook-full-disk-") as folder:
        place = Path(folder) / "disk"
        place.mkdir()
        inside = f"mount -t tmpfs -o size={SIZE} none {place} && exec {sys.executable} {__file__} --on {place} {folder}"
        paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        words = ["unshare", "-rm", "sh", "-c", inside]
        return subprocess.run(words, check=False, env=os.environ | {"PYTHONPATH": paths}).returncode


def matrix(disk: Path, folder: Path) -> int:
    """Each operation with each room left; gives 1 where something is wrong."""
    faults = 0
    for name, operation in OPERATIONS.items():
        image = folder / f"before {name}"
        image.mkdir()
        operation.prepare(image)
        for left in LEFT:
            said, done, problem = tried(operation, name, image, disk, left)
            untrue = bool(said) and TRUE_WORDS not in said
            is_silent = not said and not done
            verdict = problem or ("UNTRUE" if untrue else "SILENT" if is_silent else "whole")
            faults += verdict != "whole"
            sys.stdout.write(f"{name}, {left >> 10} KiB left: {'done' if done else 'not done'}, {verdict}. {said}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(OPERATIONS) * len(LEFT)} tried, {faults} with a fault\n")
    return 1 if faults else 0


def tried(operation: Operation, name: str, image: Path, disk: Path, left: int) -> tuple[str, bool, str]:
    """What was said, whether it was done, and what is wrong once there is room again."""
    place, pad = disk / "folder", disk / "pad"
    shutil.copytree(image, place)
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    pad.write_bytes(bytes(max(0, free - left)))
    worker = [sys.executable, str(Path(__file__).with_name("durability.py")), "--operation", name, str(place)]
    ended = subprocess.run(worker, capture_output=True, text=True, check=False)
    pad.unlink()
    done = any(line.startswith("done") for line in ended.stdout.splitlines())
    said = ended.stderr.strip().rpartition("\n")[2]
    try:
        problem = operation.wrong(place, done)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        problem = f"{type(error).__name__}: {error}"
    shutil.rmtree(place)
    return said, done, problem


if __name__ == "__main__":
    sys.exit(matrix(Path(sys.argv[2]), Path(sys.argv[3])) if sys.argv[1:2] == ["--on"] else main())
