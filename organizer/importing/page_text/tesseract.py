"""Recognition of printed text on pictures by tesseract, which is optional: the person is told how to get it.

Only words and their places are taken; what they mean is for others to say.
"""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from organizer.base.errors import OrganizerError, UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.process import environment_of_the_system
from organizer.importing.page_text.clean_picture import clean
from organizer.importing.page_text.drawn_pages import DPI
from organizer.importing.page_text.words_on_page import Word

_LONGEST = 120  # seconds a page may take
_USUAL = ("eng", "deu", "fra", "spa")
_chosen: tuple[str, ...] = ()
_WORD_LEVEL = "5"
_HOW_TO = {
    "win32": "winget install UB-Mannheim.TesseractOCR",
    "darwin": "brew install tesseract tesseract-lang",
}
_LINUX = "sudo apt install tesseract-ocr tesseract-ocr-deu tesseract-ocr-fra tesseract-ocr-spa"


class RecognitionMissingError(OrganizerError):
    """tesseract isn't on this computer, or lacks every language asked for."""


def available() -> bool:
    """True where tesseract is on this computer."""
    return _program() is not None


def _program() -> str | None:
    """Where tesseract is: on the search path, or where its installers for Windows and macOS put it.

    Those leave the search path as it is (github.com/tesseract-ocr/tessdoc/issues/154), and a program that was started
    from the Finder has only the system's own folders on it.
    """
    program = shutil.which("tesseract")
    if program is not None:
        return program
    return shutil.which("tesseract", path=os.pathsep.join(_usual_folders()))


def _usual_folders() -> list[str]:
    if sys.platform == "darwin":
        return ["/opt/homebrew/bin", "/usr/local/bin", "/opt/local/bin"]
    if sys.platform == "win32":
        roots = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)")]
        own = os.environ.get("LOCALAPPDATA")
        roots.append(str(Path(own) / "Programs") if own else None)
        return [str(Path(root) / "Tesseract-OCR") for root in roots if root]
    return []


def how_to_install() -> str:
    """The command that installs tesseract on this system."""
    return _HOW_TO.get(sys.platform, _LINUX)


def installed_languages() -> frozenset[str]:
    """tesseract's codes of the languages that are here (`eng`, `deu`…). Raises RecognitionMissingError."""
    lines = _run(["--list-langs"], b"").decode("utf-8", "replace").splitlines()
    return frozenset(line.strip() for line in lines[1:] if line.strip())


def read_in(languages: Sequence[str]) -> None:
    """Read in these of tesseract's languages from now on; none: in the usual ones."""
    global _chosen
    _chosen = tuple(languages)


def recognise_page(image: bytes | Path, languages: Sequence[str] = (), layout: int = 6) -> list[Word]:
    """Words of a picture (bytes of PNG, JPEG, TIFF… or a file) in pixels from its top left, each with its confidence.

    `languages` are tesseract's codes; those that aren't installed are left out, none means those that somebody
    chose, else all of eng, deu, fra, spa that are. `layout` is tesseract's page segmentation (6: one block, whose lines
    are kept whole, as tables want it; 3: columns of prose). Raises RecognitionMissingError, UnreadableSourceError.
    """
    here = installed_languages()
    wanted = [text for text in languages or _chosen or _USUAL if text in here]
    if not wanted:
        raise _missing()
    arguments = ["-", "-", "-l", "+".join(wanted), "--psm", str(layout), "--dpi", str(DPI), "tsv"]
    cleaned = clean(image.read_bytes() if isinstance(image, Path) else image)
    return [cleaned.back(word) for word in _words(_run(arguments, cleaned.data).decode("utf-8", "replace"))]


def _words(table: str) -> list[Word]:
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = []
    for row in rows:
        text = (row.get("text") or "").strip()
        if row["level"] != _WORD_LEVEL or not text:
            continue
        x0, y0 = float(row["left"]), float(row["top"])
        box = (x0, y0, x0 + float(row["width"]), y0 + float(row["height"]))
        words.append(Word(text, *box, confidence=max(0.0, float(row["conf"]))))
    return words


def _run(arguments: Sequence[str], given: bytes) -> bytes:
    program = _program()
    if program is None:
        raise _missing()
    # One thread a page: two of tesseract's own wait for each other longer than they help.
    surroundings = {**environment_of_the_system(), "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - a program that the person installed, our own arguments, no shell
            [program, *arguments],
            input=given,
            capture_output=True,
            check=True,
            timeout=_LONGEST,
            env=surroundings,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise UnreadableSourceError(
            _("The text on this page could not be recognised."),
            _("The page itself is kept. Try a sharper scan of it, 300 dpi and upright."),
        ) from error
    return done.stdout


def _missing() -> RecognitionMissingError:
    return RecognitionMissingError(
        _("Text on scans and photos is recognised by Tesseract, which isn’t on this computer yet."),
        _("Install it with “{command}”, then try again. It works offline.").format(command=how_to_install()),
    )
