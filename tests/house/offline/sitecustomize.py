"""Refuses the network: to the test run by tests/conftest.py, to each Python it starts by PYTHONPATH.

Unix sockets stay allowed, since the display and multiprocessing speak over them.
"""

import sys

# The inner module: importing `socket` itself would hide whether the program under test does.
from _socket import AF_INET, AF_INET6

LOOK_UPS = {
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
    "socket.getnameinfo",
}
INTERNET = {int(AF_INET), int(AF_INET6)}


class NetworkRefusedError(RuntimeError):
    """Raised where code under test reaches for the network."""


def refuse_network(event: str, args: tuple[object, ...]) -> None:
    """Audit hook: no look-up of names, no internet socket."""
    if event in LOOK_UPS:
        raise NetworkRefusedError(f"{event}: nothing leaves the person's computer, so nothing is looked up")
    if event == "socket.__new__" and args[1] in INTERNET:
        raise NetworkRefusedError("internet socket: nothing leaves the person's computer")


sys.addaudithook(refuse_network)
