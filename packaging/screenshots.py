"""Draws every page of the window on the sample record, each step to a second opinion and each dialog, into
build/screenshots: light, dark, large text, on a small screen, in each language.

`--guide` also renews the pictures of the guide, in each language, and of the README. Nothing here depends on the day:
the sample record has a clock of its own.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, Qt  # noqa: E402
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog  # noqa: E402

from organizer.base.i18n import SOURCE_LANGUAGE, languages, speak  # noqa: E402
from organizer.base.progress import NoProgress  # noqa: E402
from organizer.base.settings import Settings  # noqa: E402
from organizer.model.kinds import KINDS  # noqa: E402
from organizer.services.record import records, sample  # noqa: E402
from ui.pages import PAGES  # noqa: E402
from ui.pages.opinion.page import OpinionPage  # noqa: E402
from ui.pages.opinion.steps import STEPS  # noqa: E402
from ui.shell.app import make_application  # noqa: E402
from ui.shell.desk import Desk  # noqa: E402
from ui.shell.main_window import MainWindow  # noqa: E402

OUT = ROOT / "build/screenshots"
GUIDE = ROOT / "resources/guide"
IN_THE_GUIDE = {
    "overview": "overview.png", "tests": "results.png", "documents": "documents.png", "people": "people.png",
}  # fmt: skip
SIZE = (1280, 860)
SMALL_SCREEN, NARROW = (1280, 720), (490, 720)
SMALL = 960  # pixels wide in the guide
LONGEST_MS = 60_000
OPENING = ("search", "ask_export", "page_help", "history", "show_settings", "safekeeping", "shortcut_list", "about")


@dataclass(frozen=True)
class Look:
    """One round through all pages."""

    name: str
    settings: Settings
    language: str = SOURCE_LANGUAGE
    size: tuple[int, int] = SIZE


def looks() -> list[Look]:
    plain = [
        Look("light", Settings(look="light")),
        Look("dark", Settings(look="dark")),
        Look("large", Settings(look="light", text_scale=2.0)),
        Look("small", Settings(look="light"), size=SMALL_SCREEN),
        Look("narrow", Settings(look="light"), size=NARROW),
    ]
    others = [code for code in languages() if code != SOURCE_LANGUAGE]
    return [*plain, *(Look(code, Settings(look="light", language=code), code) for code in others)]


def wait(done: Callable[[], bool]) -> None:
    """Let the window work until it is done; a page that never ends is a mistake."""
    clock = QElapsedTimer()
    clock.start()
    while not done():
        QApplication.processEvents()
        if clock.elapsed() > LONGEST_MS:
            raise SystemExit("A page was not ready after a minute.")
    for _round in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def draw(look: Look, folder: Path, wanted: set[str]) -> dict[str, QImage]:
    """Each page in that look."""
    speak(look.language)
    window = MainWindow(look.settings)
    window.keep = lambda _settings: None  # type: ignore[method-assign] # whoever runs this keeps their own settings
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.resize(*look.size)
    window.show()
    window.show_record(records.open_record(folder, sample.facts().passphrase), folder)
    desk = window.desk
    assert desk is not None
    found = {}
    for page in PAGES:
        if wanted and page.id not in wanted:
            continue
        desk.show_page(page.id)
        wait(lambda: not desk.jobs.running)
        found[page.id] = window.grab().toImage()
        if page is OpinionPage:
            found |= {f"{page.id}-{step.id}": step_drawn(window, desk, step.id) for step in STEPS}
    if not wanted:
        found |= dialogs(window, desk)
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return found


def step_drawn(window: MainWindow, desk: Desk, step: str) -> QImage:
    desk.show_page(OpinionPage.id, {"step": step})
    wait(lambda: not desk.jobs.running)
    return window.grab().toImage()


def dialogs(window: MainWindow, desk: Desk) -> dict[str, QImage]:
    """Each form and each dialog that a key opens, as large as it makes itself."""
    found = {}
    openers: dict[str, Callable[[], object]] = {
        f"add-{kind.name}": partial(desk.show_form, None, kind.name) for kind in KINDS if kind.typed
    }
    openers |= {action: partial(window.do, action) for action in OPENING}
    for name, opens in openers.items():
        opens()
        wait(lambda: not desk.jobs.running)
        for dialog in window.findChildren(QDialog):
            if dialog.isVisible():
                found[f"dialog-{name}"] = dialog.grab().toImage()
                dialog.done(0)
    return found


def renew_guide(pictures: dict[str, QImage], language: str) -> None:
    folder = GUIDE if language == SOURCE_LANGUAGE else GUIDE / language
    for page, name in IN_THE_GUIDE.items():
        if page in pictures:
            small = pictures[page].scaledToWidth(SMALL, Qt.TransformationMode.SmoothTransformation)
            small.convertToFormat(QImage.Format.Format_RGB888).save(str(folder / name), "PNG", 0)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("pages", nargs="*", help="ids of pages; all where none is named")
    asked.add_argument("--guide", action="store_true", help="renew the guide's pictures too")
    options = asked.parse_args()
    make_application([])
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        record, _plan = sample.make_sample(Path(scratch) / "Sample.casebook", NoProgress())
        folder = record.path
        records.close(record)
        for look in looks():
            pictures = draw(look, folder, set(options.pages))
            for page, picture in pictures.items():
                picture.save(str(OUT / f"{page}-{look.name}.png"))
            if options.guide and look.name in ("light", look.language):
                renew_guide(pictures, look.language)
    print(f"Pictures are in {OUT.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
