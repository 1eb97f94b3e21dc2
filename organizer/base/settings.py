"""What the window remembers between two starts: places and looks, never anything of a record's content."""

import json
import os
import sys
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from organizer.base.paths import put_in_place
from organizer.base.writing import Writing

FILE = "settings.json"
MOST_RECENT = 8
LISTS = ("recent", "read_in")
LOOKS = ("system", "light", "dark")
CONTRASTS = ("system", "normal", "high")
SMALLEST_TEXT, LARGEST_TEXT = 0.8, 4.0


@dataclass(frozen=True, slots=True)
class Settings:
    """`recent` record folders, the latest first; `look` one of system, light, dark; `text_scale` 0.8–4.0;
    `contrast` one of system, normal, high.

    `window` is Qt's geometry as base64 text; `page` the page shown last; `rail` whether the sidebar is folded by hand.
    `idle_minutes` without a sign of life lock the record; 0 never does.

    `columns` holds the widths of tables' columns, in pixels at 100 % text, by the table's name.

    `language` is a code such as es; "" is the system's. `dates`, `decimal` and `units` are those of `Writing`.
    `read_in` are the codes of the languages in which Tesseract reads pictures; none: of all that it can.
    """

    recent: tuple[str, ...] = ()
    look: str = "system"
    text_scale: float = 1.0
    window: str = ""
    page: str = ""
    rail: bool = False
    idle_minutes: int = 15
    language: str = ""
    columns: dict[str, list[int]] = field(default_factory=dict)
    contrast: str = "system"
    dates: str = ""
    decimal: str = ""
    units: str = ""
    read_in: tuple[str, ...] = ()

    @property
    def writing(self) -> Writing:
        """How dates, numbers and units are written."""
        return Writing(self.dates, self.decimal, self.units)

    def with_recent(self, folder: Path) -> "Settings":
        """The folder moves to the top of the recent ones."""
        first = str(folder)
        rest = [text for text in self.recent if text != first]
        return replace(self, recent=(first, *rest)[:MOST_RECENT])

    def without_recent(self, folder: Path) -> "Settings":
        """The folder is no longer offered."""
        return replace(self, recent=tuple(text for text in self.recent if text != str(folder)))


def settings_folder() -> Path:
    """Where this platform keeps settings of a program (XDG base directories, Apple's Library, %APPDATA%)."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "Casebook"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Casebook"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "casebook"


def load(folder: Path | None = None) -> Settings:
    """The settings kept last; the defaults where there are none or they can't be read."""
    path = (folder or settings_folder()) / FILE
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    return _checked(stored) if isinstance(stored, dict) else Settings()


def save(settings: Settings, folder: Path | None = None) -> bool:
    """Keep them: written beside, then put in place, so that a crash leaves the old ones. False where it can't."""
    place = folder or settings_folder()
    beside = place / f"{FILE}.new"
    try:
        place.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
        put_in_place(beside, place / FILE)
    except OSError:
        return False
    return True


def _checked(stored: dict[str, Any]) -> Settings:
    """Only known names of the right type: the file may be older, newer or edited by hand."""
    plain = Settings()
    known: dict[str, Any] = {}
    for setting in fields(Settings):
        value = stored.get(setting.name)
        if setting.name in LISTS and isinstance(value, list):
            known[setting.name] = tuple(map(str, value))[:MOST_RECENT]
        elif type(value) is type(getattr(plain, setting.name)):
            known[setting.name] = value
    settings = replace(plain, **known)
    scale = min(max(settings.text_scale, SMALLEST_TEXT), LARGEST_TEXT)
    look = settings.look if settings.look in LOOKS else "system"
    contrast = settings.contrast if settings.contrast in CONTRASTS else "system"
    return replace(settings, text_scale=scale, look=look, contrast=contrast)
