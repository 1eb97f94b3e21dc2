"""What only wraps the documents of a download that is sent by IHE XDM, as portals do; nothing of a record is in it."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

_XDM = "IHE_XDM"
_OF_XDM = re.compile(r"INDEX\.HTML?|README[^/]*\.TXT|(?:.*/)?(?:METADATA\.XML|[^/]+\.XSLT?)", re.IGNORECASE)
"""What wraps the documents of a download that is sent by IHE XDM: its page of contents, its instructions, the envelope
that lists what is in it, and how a browser lays it out (IHE ITI TF-2, 3.32.4.1.2). Nothing of a record is in them."""


def wrapping(names: Sequence[str]) -> set[str]:
    """The members of a zip that only wrap its documents; none where it isn't one of IHE XDM."""
    wrappers: set[str] = set()
    for root in _roots(names):
        wrappers.update(name for name in names if _wraps(name.removeprefix(root)))
    return wrappers


def without_wrapping(folder: Path, inside: Sequence[Path]) -> Sequence[Path]:
    """What lies in a folder without what only wraps it, where the folder is of an unpacked download."""
    around = {folder.name, folder.parent.name}
    around.update(path.name for path in inside)
    if _XDM not in around:
        return inside
    return [path for path in inside if path.is_dir() or not _wraps(path.name)]


def _roots(names: Iterable[str]) -> set[str]:
    """What stands before the folder that the standard names."""
    parted = [name.partition(f"{_XDM}/") for name in names]
    return {before for before, folder, _behind in parted if folder}


def _wraps(name: str) -> bool:
    return _OF_XDM.fullmatch(name) is not None
