"""A recording of what a program wrote, by strace, and the disk as a power loss in the middle of it may leave it."""

import random
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    "openat", "open", "creat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat",
    "renameat2", "unlink", "unlinkat", "close", "lseek",
)  # fmt: skip
_CALL = re.compile(r"^\d+\s+(?P<call>\w+)\((?P<rest>.*)\)\s+=\s+(?P<result>-?\d+)")
_STRING = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Step:
    """`call` is write, truncate, sync, rename, unlink or said; `name` the file within the record."""

    call: str
    name: str = ""
    offset: int = 0
    data: bytes = b""


@dataclass(slots=True)
class Recording:
    """What was done to the files of one folder."""

    folder: Path
    files: dict[int, str] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)

    def steps(self, trace: Path) -> list[Step]:
        """The steps of a trace that `strace -f -xx` wrote."""
        found = (_CALL.match(line) for line in trace.read_text("ascii", "replace").splitlines())
        made = (self._step(one["call"], one["rest"], int(one["result"])) for one in found if one)
        return [step for step in made if step is not None]

    def _step(self, call: str, rest: str, result: int) -> Step | None:
        if result < 0:
            return None
        if call in ("openat", "open", "creat"):
            return self._opened(rest, result)
        if call.startswith(("rename", "unlink")):
            names = [self._inside(_plain(text)) for text in _STRING.findall(rest)]
            return Step(call[:6], "\0".join(name for name in names if name)) if any(names) else None
        return self._on_handle(call, rest, result, int(rest.split(",")[0].split(")")[0]))

    def _opened(self, rest: str, handle: int) -> Step | None:
        self.files[handle], self.places[handle] = _plain(_STRING.search(rest)[1]), 0
        inside = self._inside(self.files[handle])
        return Step("truncate", inside) if inside and "O_TRUNC" in rest else None

    def _on_handle(self, call: str, rest: str, result: int, handle: int) -> Step | None:
        inside = self._inside(self.files.get(handle, ""))
        if call == "lseek":
            self.places[handle] = result
        elif call == "close":
            self.files.pop(handle, None)
        elif handle == 1 and call == "write":
            return Step("said", data=_bytes(rest))
        elif not inside:
            return None
        elif call in ("write", "pwrite64"):
            return self._wrote(call, rest, handle, inside)
        elif call == "ftruncate":
            return Step("truncate", inside, int(rest.rsplit(",", 1)[1]))
        elif call in ("fsync", "fdatasync"):
            return Step("sync", inside)
        return None

    def _wrote(self, call: str, rest: str, handle: int, inside: str) -> Step:
        data = _bytes(rest)
        offset = int(rest.rsplit(",", 1)[1]) if call == "pwrite64" else self.places.get(handle, 0)
        if call == "write":
            self.places[handle] = offset + len(data)
        return Step("write", inside, offset, data)

    def _inside(self, name: str) -> str:
        root = f"{self.folder}/"
        return name[len(root) :] if name.startswith(root) else ""


def _bytes(rest: str) -> bytes:
    return bytes.fromhex(_STRING.search(rest)[1].replace("\\x", ""))


def _plain(text: str) -> str:
    return bytes.fromhex(text.replace("\\x", "")).decode()


def replayed(steps: list[Step], at: int, image: Path, after: Path, chance: random.Random) -> list[str]:
    """Write the disk as a power loss at a step may leave it; gives what had been said by then.

    What was written to a file before its last sync is there. Of the later writes half are dropped and some are torn.
    Of the renamings and removals after the last sync of anything the latest may be lost: a journal keeps their order.
    """
    shutil.copytree(image, after)
    synced = {step.name: number for number, step in enumerate(steps[:at]) if step.call == "sync"}
    lost_from = chance.randrange(max(synced.values(), default=0), at + 1)
    said: list[str] = []
    for number, step in enumerate(steps[:at]):
        if step.call == "said":
            said += step.data.decode().split("\n")
        elif step.call in ("rename", "unlink"):
            if number >= lost_from:
                continue
            _moved(after, step.name.split("\0"))
        elif step.call != "sync":
            _written(after, step, number <= synced.get(step.name, -1), chance)
    return [line for line in said if line]


def _moved(after: Path, names: list[str]) -> None:
    if len(names) == 2 and (after / names[0]).exists():
        (after / names[0]).replace(after / names[1])
    elif len(names) == 1 and (after / names[0]).is_file():
        (after / names[0]).unlink()


def _written(after: Path, step: Step, safe: bool, chance: random.Random) -> None:
    luck = 1.0 if safe else chance.random()
    if luck < 0.5:
        return
    data = step.data if luck >= 0.6 else step.data[: chance.randrange(len(step.data) + 1)]
    file = after / step.name
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("r+b" if file.exists() else "w+b") as stream:
        if step.call == "truncate":
            stream.truncate(step.offset)
        else:
            stream.seek(step.offset)
            stream.write(data)
