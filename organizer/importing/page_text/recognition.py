"""What reads text on pictures here: the models that come with the program, or tesseract where only that is there."""

from organizer.base.i18n import _
from organizer.importing.page_text import tesseract
from organizer.importing.page_text.built_in import models
from organizer.importing.page_text.tesseract import RecognitionMissingError, how_to_install, read_in


def is_built_in() -> bool:
    """True where the program's own models are there: all that it needs came with it."""
    return models.are_here()


def available() -> bool:
    """True where anything here reads pictures."""
    return is_built_in() or tesseract.available()


def make_sure() -> None:
    """Raises RecognitionMissingError, with what helps, where nothing here reads pictures."""
    if not is_built_in():
        tesseract.installed_languages()


def languages_to_choose() -> tuple[str, ...]:
    """Tesseract's codes of the languages among which somebody may choose; () where the program's own models read all
    that they can at once, or nothing reads."""
    if is_built_in() or not tesseract.available():
        return ()
    return tuple(sorted(tesseract.installed_languages() - {"osd"}))


def in_words() -> str:
    """What reads pictures on this computer, and in which languages, for a person."""
    if is_built_in():
        return _(
            "Casebook reads photographs and scans by itself, on this computer: English, German, Spanish, French and "
            "other languages in Latin letters. Cyrillic, Arabic and Asian scripts are kept as pictures."
        )
    if tesseract.available():
        return _("Photographs and scans are read by Tesseract, which is installed on this computer.")
    return _(
        "Nothing on this computer reads photographs and scans: Casebook’s own models aren’t there, and Tesseract isn’t "
        "either. Install it with “{command}”."
    ).format(command=how_to_install())


__all__ = [
    "RecognitionMissingError",
    "available",
    "how_to_install",
    "in_words",
    "is_built_in",
    "languages_to_choose",
    "make_sure",
    "read_in",
]
