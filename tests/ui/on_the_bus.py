"""Run within a session bus of its own: shows the window on a screen in memory and reads its sidebar as a screen reader.

Its last line is JSON: the role of each part of the sidebar by its name, and whether a page came by pressing its button.
"""

import json
import os
import re
import subprocess
import sys
import time
from contextlib import ExitStack

ACCESSIBLE, ACTION = "org.a11y.atspi.Accessible", "org.a11y.atspi.Action"
ROOT = "/org/a11y/atspi/accessible/root"
LONGEST_S = 40
WINDOW = """
import sys
from pathlib import Path
from organizer.base.settings import Settings
from organizer.services.record import records
from ui.shell.app import make_application
from ui.shell.main_window import MainWindow
application = make_application(["casebook"])
window = MainWindow(Settings(look="light"))
folder = Path(sys.argv[1])
window.show_record(records.open_record(folder, sys.argv[2]), folder)
window.show()
application.exec()
"""
Node = tuple[str, str]
"""Whose part of the bus, and where in it."""


def call(bus: list[str], node: Node, method: str, *words: str) -> str:
    """What the bus answers, in gdbus' own notation."""
    asked = ["gdbus", "call", *bus, "--dest", node[0], "--object-path", node[1], "--method", method, *words]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout


def children(bus: list[str], node: Node) -> list[Node]:
    return re.findall(r"\('([^']+)', (?:objectpath )?'([^']+)'\)", call(bus, node, f"{ACCESSIBLE}.GetChildren"))


def name(bus: list[str], node: Node) -> str:
    told = call(bus, node, "org.freedesktop.DBus.Properties.Get", ACCESSIBLE, "Name")
    return re.search(r"<['\"](.*)['\"]>", told)[1]


def role(bus: list[str], node: Node) -> str:
    return call(bus, node, f"{ACCESSIBLE}.GetRoleName").strip("()',\n")


def found(bus: list[str], node: Node, wanted: str) -> Node | None:
    """The first below a node with that name."""
    for one in children(bus, node):
        below = one if name(bus, one) == wanted else found(bus, one, wanted)
        if below:
            return below
    return None


def all_below(bus: list[str], node: Node) -> list[Node]:
    return [below for one in children(bus, node) for below in (one, *all_below(bus, one))]


def patiently(look):
    """What `look` finds as soon as it finds something; the window takes its time to come."""
    end = time.monotonic() + LONGEST_S
    while time.monotonic() < end:
        try:
            seen = look()
        except subprocess.CalledProcessError:
            seen = None
        if seen:
            return seen
        time.sleep(0.2)
    raise SystemExit("Nothing came on the bus.")


def main() -> None:
    with ExitStack() as ending:
        read, write = os.pipe()
        screen = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
        shown = subprocess.Popen(screen, pass_fds=[write], stderr=subprocess.DEVNULL)
        ending.callback(shown.wait)
        ending.callback(shown.kill)
        os.close(write)
        number = os.read(read, 16).decode().strip()
        told = call(["--session"], ("org.a11y.Bus", "/org/a11y/bus"), "org.a11y.Bus.GetAddress")
        bus = ["--address", re.search(r"'(.*)'", told)[1]]
        there = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        window = subprocess.Popen([sys.executable, "-c", WINDOW, *sys.argv[1:]], env=os.environ | there)
        ending.callback(window.wait)
        ending.callback(window.kill)
        registry = ("org.a11y.atspi.Registry", ROOT)
        bar = patiently(lambda: found(bus, registry, "Sidebar"))
        nodes = {name(bus, one): one for one in all_below(bus, bar)}
        roles = {words: role(bus, one) for words, one in nodes.items()}
        call(bus, nodes["People"], f"{ACTION}.DoAction", "0")
        pressed = patiently(lambda: found(bus, registry, "Add a person"))
        sys.stdout.write("\n" + json.dumps({"roles": roles, "pressed": bool(pressed)}))


if __name__ == "__main__":
    main()
