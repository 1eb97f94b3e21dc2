"""What --help says, in the language of the system: the texts of the commands, and click's own few words."""

from collections.abc import Iterable, Iterator
from functools import cache

import click

from organizer.base.i18n import _, marked

CLICKS_OWN = (
    marked("Usage:"),
    marked("Options:"),
    marked("Commands:"),
    marked("Show this message and exit."),
    marked("Show the version and exit."),
)

_NEEDED = marked("[required]")


class _Pages(click.HelpFormatter):
    """Headings and rows as click makes them, in the person's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line."""
        super().write_usage(prog, args, f"{_('Usage:')} " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Over the options, over the commands; click adds the colon."""
        super().write_heading(_(f"{heading}:").removesuffix(":"))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """The options or the commands, one a row."""
        shown = [(name, _(text) if text in CLICKS_OWN else text) for name, text in rows]
        needed = [(name, text.replace(_NEEDED, _(_NEEDED))) for name, text in shown]
        super().write_dl(needed, col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Pages


def texts(group: click.Group) -> Iterator[tuple[click.Command | click.Option, str]]:
    """What help shows of a group and its commands, each with its owner."""
    for command in (group, *group.commands.values()):
        owners: list[click.Command | click.Option] = [command]
        owners += [param for param in command.params if isinstance(param, click.Option)]
        yield from ((owner, owner.help) for owner in owners if owner.help)


@cache
def _in_english(group: click.Group) -> tuple[tuple[click.Command | click.Option, str], ...]:
    return tuple(texts(group))


def put_in_words(group: click.Group) -> None:
    """Say the help in the language that is spoken now."""
    for owner, english in _in_english(group):
        owner.help = _(english)
        if isinstance(owner, click.Command):
            owner.context_class = _Context
