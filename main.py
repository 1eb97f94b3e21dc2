"""The door: no arguments open the window; a command goes to the command line."""

import sys

from organizer.base.process import forbid_dumps


def main() -> int:
    """Start Casebook. Gives the exit code: 0 done, 1 done in part or refused, 2 wrong use."""
    forbid_dumps()
    if len(sys.argv) == 1:
        from ui.app import run

        return run(sys.argv)
    from organizer.commands import ShowRecord, run_command

    outcome = run_command(sys.argv[1:])
    if isinstance(outcome, ShowRecord):
        from ui.app import run

        return run(sys.argv[:1], outcome.folder, outcome.passphrase)
    return outcome


if __name__ == "__main__":
    sys.exit(main())
