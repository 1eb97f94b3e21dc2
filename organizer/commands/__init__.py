"""The command line over services: `casebook COMMAND RECORD …`, each does one thing and exits.

command_line.py holds the group, its errors and its passphrase; the other modules hold the commands, by what they are
about. A new command is one function in one of them.
"""

from organizer.commands import goals, importing, journey, keeping, opinion, read_letters, reading, record, way, weighing
from organizer.commands.command_line import ShowRecord, casebook, run_command

__all__ = [
    "ShowRecord",
    "casebook",
    "goals",
    "importing",
    "journey",
    "keeping",
    "opinion",
    "read_letters",
    "reading",
    "record",
    "run_command",
    "way",
    "weighing",
]
