"""Words that a person reads: gettext for window, command line and packet alike."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources

SOURCE_LANGUAGE = "en"
_FOLDER = "translations"

_everywhere: gettext.NullTranslations = gettext.NullTranslations()
_here: ContextVar[gettext.NullTranslations | None] = ContextVar("language of this piece of work", default=None)
_language: ContextVar[str] = ContextVar("its code", default="")
_chosen = SOURCE_LANGUAGE


def _(text: str) -> str:
    """The text in the chosen language."""
    return (_here.get() or _everywhere).gettext(text) if text else ""


def ngettext(single: str, many: str, count: int) -> str:
    """`one` or `many`, whichever the chosen language uses for `count` things."""
    return (_here.get() or _everywhere).ngettext(single, many, count)


def pgettext(context: str, text: str) -> str:
    """The text in the chosen language, where one English word is two: `Open` is a button’s, and the state of a case."""
    return (_here.get() or _everywhere).pgettext(context, text)


def marked(text: str) -> str:
    """Mark a text of a declaration for translation without translating it yet (see `_`)."""
    return text


def languages() -> tuple[str, ...]:
    """The codes of the languages that can be chosen, English first."""
    folder = resources.files("resources") / _FOLDER
    translated = (
        sorted(file.name[:-3] for file in folder.iterdir() if file.name.endswith(".mo")) if folder.is_dir() else []
    )
    return (SOURCE_LANGUAGE, *translated)


def in_quotes(text: str) -> str:
    """A text between the quotation marks of the language that is spoken."""
    return _("“{words}”").format(words=text)


def within_sentence(label: str) -> str:
    """A label as it stands within a sentence: small, but where the language writes its nouns with a capital."""
    return label if _("file")[:1].isupper() else label.lower()


def own_name(code: str) -> str:
    """What a language is called in itself: in its catalogue `English` is translated as `Español`, as `Deutsch`."""
    return _translation(code).gettext(marked("English"))


def language() -> str:
    """The code of the language that is spoken here and now."""
    return _language.get() or _chosen


def speaks_for_itself() -> bool:
    """Whether a piece of work, a paper say, speaks a language of its own just now."""
    return _here.get() is not None


def speak(code: str) -> None:
    """Speak a language from now on, everywhere; English for a code that there is no translation for."""
    global _everywhere, _chosen
    _everywhere, _chosen = _translation(code), code if code in languages() else SOURCE_LANGUAGE


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language for one piece of work, a packet say, while everything around it goes on in its own."""
    here, name = _here.set(_translation(code)), _language.set(code if code in languages() else SOURCE_LANGUAGE)
    try:
        yield
    finally:
        _here.reset(here)
        _language.reset(name)


@cache
def _translation(code: str) -> gettext.NullTranslations:
    file = resources.files("resources") / _FOLDER / f"{code}.mo"
    if not code.isalpha() or not file.is_file():
        return gettext.NullTranslations()
    with file.open("rb") as stream:
        return gettext.GNUTranslations(stream)
