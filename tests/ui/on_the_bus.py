"""Run within a session bus of its own: shows the window on a screen in memory and reads it as a screen reader does.

`python on_the_bus.py FOLDER PASSPHRASE CODE…`: a record that holds documents, and the languages in which its pages are
read; of one with a plus sign (`de+`) everything is. The views to read come as a line of JSON on its input: names and
what leads to them. Its last line is JSON: by language and view role and name of each part in sight, and whether the
keyboard gets there; and whether a page came by pressing its tab.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from tests.ui.small_bus import Bus, RefusedError

ACCESSIBLE, ACTION = "org.a11y.atspi.Accessible", "org.a11y.atspi.Action"
PROPERTIES = "org.freedesktop.DBus.Properties"
REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
SHOWING, FOCUSABLE = 1 << 25, 1 << 11
LONGEST_S = 40
Node = tuple[str, str]
"""Whose part of the bus, and where in it."""


class Heard:
    """The bus of assistive technology, as a screen reader asks it."""

    def __init__(self) -> None:
        session = Bus(os.environ["DBUS_SESSION_BUS_ADDRESS"])
        [address] = session.ask("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        self._bus = Bus(address)

    def children(self, node: Node) -> list[Node]:
        return [tuple(child) for child in self._bus.ask(*node, ACCESSIBLE, "GetChildren")[0]]

    def name(self, node: Node) -> str:
        return self._bus.ask(*node, PROPERTIES, "Get", ACCESSIBLE, "Name")[0]

    def role(self, node: Node) -> str:
        return self._bus.ask(*node, ACCESSIBLE, "GetRoleName")[0]

    def states(self, node: Node) -> int:
        return self._bus.ask(*node, ACCESSIBLE, "GetState")[0][0]

    def press(self, node: Node) -> None:
        self._bus.ask(*node, ACTION, "DoAction", 0)

    def in_front(self, application: Node) -> Node:
        """A dialog if there is one, else the window."""
        return max(self.children(application), key=lambda window: self.role(window) == "dialog")

    def in_sight(self, node: Node) -> list[tuple[Node, str, str, bool]]:
        """Each part in sight below a node, with its role, its name, and whether the keyboard gets to it."""
        parts = []
        for child in self.children(node):
            states = self.states(child)
            if states & SHOWING:
                parts.append((child, self.role(child), self.name(child), bool(states & FOCUSABLE)))
                parts += self.in_sight(child)
        return parts


def patiently(look):
    """What `look` finds as soon as it finds something; the window takes its time to come."""
    end = time.monotonic() + LONGEST_S
    while time.monotonic() < end:
        try:
            seen = look()
        except RefusedError:
            seen = None
        if seen:
            return seen
        time.sleep(0.1)
    raise SystemExit("Nothing came on the bus.")


def screen(ending: ExitStack) -> str:
    """A screen in memory; gives its name."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    shown = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    ending.callback(shown.wait)
    ending.callback(shown.kill)
    os.close(write)
    return f":{os.read(read, 16).decode().strip()}"


def main() -> None:
    folder, passphrase, *codes = sys.argv[1:]
    views = json.loads(sys.stdin.readline())
    with ExitStack() as ending:
        there = {"DISPLAY": screen(ending), "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        script = str(Path(__file__).with_name("driven_window.py"))
        window = subprocess.Popen(
            [sys.executable, script, folder, passphrase],
            env=os.environ | there, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip
        ending.callback(window.wait)
        ending.callback(window.kill)

        def lead(*words: object) -> None:
            window.stdin.write(json.dumps(words) + "\n")
            if window.stdout.readline() != "ready\n":
                raise SystemExit(f"The window didn’t follow: {words}")

        bus = Heard()
        application = patiently(lambda: bus.children(REGISTRY))[0]
        patiently(lambda: bus.in_sight(application))
        heard = {}
        for asked in codes:
            code, everything = asked.rstrip("+"), asked.endswith("+")
            lead("language", code)
            heard[code] = {}
            for name, steps in views.items():
                if not everything and not name.startswith("page "):
                    continue
                for step in steps:
                    lead(*step)
                front = bus.in_front(application)
                parts = [(front, bus.role(front), bus.name(front), False), *bus.in_sight(front)]
                heard[code][name] = [part[1:] for part in parts]
                lead("close")
        tabs = [node for node, role, _name, _reached in bus.in_sight(application) if role == "page tab"]
        bus.press(tabs[0])
        lead("close")
        sys.stdout.write("\n" + json.dumps({"heard": heard, "pressed": bus.states(tabs[0]) & 1 << 23 != 0}))


if __name__ == "__main__":
    main()
