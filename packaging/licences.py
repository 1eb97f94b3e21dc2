"""The licence texts that go along with a built program: all that its packages bring, Python's, the system libraries'.

casebook.spec puts them into the folder `licences` of what it builds, one folder a package.
"""

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from itertools import product
from pathlib import Path

WORDS = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT")
NOT_SHIPPED = ("pip", "setuptools", "pyinstaller_hooks_contrib", "altgraph")
Placed = tuple[str, str]
"""A text, and the folder that it goes into."""


def licence_texts(system_libraries: Iterable[str]) -> list[Placed]:
    """Every text with its folder; `system_libraries` are the names of those that are shipped (Linux only)."""
    places = [(text, f"licences/{name}") for name, text in [*_of_packages(), *_of_python()]]
    places += [(text, f"licences/{name}") for name, text in _of_system(system_libraries)]
    return [(str(text), folder) for text, folder in places]


def _of_packages() -> Iterable[tuple[str, Path]]:
    for about in sorted(Path(sysconfig.get_path("purelib")).glob("*.dist-info")):
        name = about.name.split("-")[0]
        if name.casefold() in NOT_SHIPPED:
            continue
        for text in sorted(path for path in about.rglob("*") if path.is_file()):
            inside = text.relative_to(about).parent.as_posix()
            if inside.startswith("licenses") or text.name.upper().startswith(WORDS):
                yield f"{name}/{inside.removeprefix('licenses').strip('/.')}".rstrip("/"), text


def _of_python() -> Iterable[tuple[str, Path]]:
    around = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix), Path("/usr/share/doc/python3"))
    places = [folder / name for folder, name in product(around, ("LICENSE.txt", "LICENSE", "copyright"))]
    found = [place for place in places if place.is_file()]
    if found:
        yield "python", found[0]
    else:
        print("The licence of Python has to be added by hand: it does not lie beside it.")


def _of_system(libraries: Iterable[str]) -> Iterable[tuple[str, Path]]:
    """What Debian keeps of each library's copyright; on another Linux there is no such place, which is said."""
    for library in sorted(set(libraries)):
        told = ""
        if shutil.which("dpkg-query"):
            asked = ["dpkg-query", "--search", f"*/{library}"]
            told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        package = told.partition(":")[0]
        text = Path("/usr/share/doc") / package / "copyright"
        if package and text.is_file():
            yield package, text.resolve()
        else:
            print(f"The licence of {library} has to be added by hand: no package of this system owns it.")
