"""The entry point: no arguments or files open the window; a command goes to the command line."""

import sys
from collections.abc import Sequence
from pathlib import Path

from organizer.base.process import READ_APART, forbid_dumps


def main() -> int:
    """Start Casebook. Gives the exit code: 0 done, 1 done in part or refused, 2 wrong use."""
    words = sys.argv[1:]
    if words == [READ_APART]:
        from organizer.base.apart.server import serve

        return serve()
    forbid_dumps()
    if are_paths(words):
        from ui.shell.app import run

        return run([Path(word) for word in words])
    from organizer.commands import ShowRecord, run_command

    outcome = run_command(words)
    if isinstance(outcome, ShowRecord):
        from ui.shell.app import run

        return run((), outcome.folder, outcome.passphrase)
    return outcome


def are_paths(words: Sequence[str]) -> bool:
    """True for none, and for paths as a double click gives them: neither a command nor an option among them."""
    if any(word.startswith("-") for word in words):
        return False
    return not words or any(mark in words[0] for mark in "./\\")  # a command has none of these in its name


if __name__ == "__main__":
    sys.exit(main())
