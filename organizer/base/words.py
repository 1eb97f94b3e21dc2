"""Words that a person reads: gettext for window, command line and packet alike."""

import gettext

_translation: gettext.NullTranslations = gettext.NullTranslations()


def _(text: str) -> str:
    """The text in the chosen language."""
    return _translation.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many`, whichever the chosen language uses for `count` things."""
    return _translation.ngettext(one, many, count)


def marked(text: str) -> str:
    """Mark a text of a declaration for translation without translating it yet (see `_`)."""
    return text
