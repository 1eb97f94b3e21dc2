"""Installs the Debian package in a root that has only the base system, and starts it there: command line and window.
Then the AppDir of the AppImage is started in the same root, from a folder of its own.

Needs root, debootstrap and a Debian mirror that apt knows; says what is missing and stops where it isn't there. The
root is kept in build/root for the next run. The window is started under Xvfb and must be seen by its title.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
BASE = BUILD / "root"
RELEASE = "bookworm"
PACKAGE, APP_DIR = "/opt/casebook.deb", "/opt/an AppDir"  # within the root
# Each library finds those that it names; the printers' is only recommended.
LIBRARIES = """
export LD_LIBRARY_PATH=/opt/casebook/_internal
find /opt/casebook -type f -name '*.so*' -exec ldd {} + 2>/dev/null | grep 'not found' | grep -v libcups | sort -u
"""
MUST_NOT_BE_THERE = re.compile(r"qt6?(network|qml|quick|webengine)|readline|libgtk|libssl3?-", re.IGNORECASE)
MUST_BE_THERE = (
    "licences/python", "licences/pyinstaller/COPYING.txt", "resources/licences/LGPL-3.0.txt",
    "resources/licences/GPL-3.0.txt", "resources/licences/third-party.txt",
    "resources/recognition/PP-OCRv6_det_small.onnx", "resources/recognition/PP-OCRv6_rec_small.onnx",
    "resources/guide/index.md", "resources/guide/es/index.md", "resources/guide/de/index.md",
)  # fmt: skip
# The window is seen with its mark; a second start hands over a backup, whose dialog shows, and ends.
LOOK = """
set -e
export HOME=/root/person QT_QPA_PLATFORM=xcb DISPLAY=:77
Xvfb :77 -screen 0 1280x900x24 >/dev/null 2>&1 & server=$!
sleep 3
seen_within() {
  for _try in $(seq 60); do xwininfo -root -tree 2>/dev/null | grep "$1" && return 0; sleep 1; done; return 1
}
casebook >/tmp/window.log 2>&1 & window=$!
trap 'kill $window $server 2>/dev/null || true; cat /tmp/window.log' EXIT
seen=$(seen_within '"Casebook": ("casebook"' | grep -o '0x[0-9a-f]*' | head -n 1)
xprop -id "$seen" _NET_WM_ICON | grep -q 'Icon ('
touch "/tmp/Ann 2026-11-20 0900.casebook-backup"
timeout 60 casebook "/tmp/Ann 2026-11-20 0900.casebook-backup"
seen_within 'Put a backup back' >/dev/null
"""


def run(*command: str | Path) -> None:
    """Run a command; its failure ends the test."""
    subprocess.run([str(part) for part in command], check=True)


def inside(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command within the bare root."""
    path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    clean = ["env", "-i", path, "LANG=C.UTF-8", "HOME=/root", "DEBIAN_FRONTEND=noninteractive"]
    return subprocess.run(
        ["chroot", str(BASE), *clean, *command], text=True, check=True, stdin=subprocess.DEVNULL, capture_output=True
    )


def mirror() -> str:
    """The mirror that this machine's apt uses."""
    told = subprocess.run(["apt-cache", "policy", "dpkg"], capture_output=True, text=True, check=True).stdout
    return next(line.split()[1] for line in told.splitlines() if "http" in line or "file:" in line)


def make_base() -> None:
    """A Debian root without anything but the base system, with this machine's way to packages."""
    if not (BASE / "etc" / "debian_version").exists():
        run("debootstrap", "--variant=minbase", RELEASE, BASE, mirror())
    for part in ("sources.list", "sources.list.d", "apt.conf.d", "trusted.gpg.d"):
        ours, theirs = Path("/etc/apt") / part, BASE / "etc" / "apt" / part
        if ours.is_dir():
            shutil.copytree(ours, theirs, dirs_exist_ok=True)
        elif ours.exists():
            shutil.copyfile(ours, theirs)
    shutil.copyfile("/etc/resolv.conf", BASE / "etc" / "resolv.conf")
    for kind, place in (("proc", "proc"), ("devtmpfs", "dev")):
        if not any((BASE / place).iterdir()) or place == "dev":
            subprocess.run(["mount", "-t", kind, kind, str(BASE / place)], check=False, capture_output=True)


def check_contents() -> None:
    """Nothing of what must stay out, all of what must come along, and no library that the system lacks."""
    folder = BASE / "opt/casebook/_internal"
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    wrong = [name for name in names if MUST_NOT_BE_THERE.search(name)]
    wrong += [name for name in MUST_BE_THERE if name not in names]
    wrong += inside("sh", "-c", LIBRARIES + "true").stdout.splitlines()
    if wrong:
        raise SystemExit("\n".join(["In the package there is, or there is not:", *wrong]))
    print("nothing of the network in it; the licences are there; no library is missing")


def start_app_dir() -> None:
    """The folder that an AppImage holds: command line and window, without anything being installed."""
    place = BASE / APP_DIR[1:]
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(BUILD / "Casebook.AppDir", place, symlinks=True)
    starter = BASE / "usr" / "local" / "bin" / "casebook"
    starter.unlink(missing_ok=True)
    starter.symlink_to(f"{APP_DIR}/AppRun")
    told = inside("sh", "-c", "cd /tmp && rm -rf demo && casebook demo --no-window --out /tmp/demo && ls /tmp/demo")
    print(told.stdout.strip().splitlines()[-1])
    inside("sh", "-c", LOOK)
    starter.unlink()
    print("the AppImage’s folder started by itself: its packet was written, its window seen")


def main() -> int:
    packages = sorted(BUILD.glob("casebook_*.deb"))
    missing = [tool for tool in ("debootstrap", "chroot", "apt-cache") if shutil.which(tool) is None]
    if not packages or missing:
        print("Skipped: " + (f"{', '.join(missing)} is not on this machine" if missing else "build the package first"))
        return 1 if not packages else 0
    make_base()
    try:
        shutil.copyfile(packages[-1], BASE / PACKAGE[1:])
        inside("apt-get", "-qq", "update")
        inside("apt-get", "-qq", "-y", "install", "--reinstall", "--no-install-recommends", PACKAGE)
        print("installed with what it names, in a bare base system")
        check_contents()
        told = inside("sh", "-c", "cd /tmp && rm -rf demo && casebook demo --no-window --out /tmp/demo && ls /tmp/demo")
        print(told.stdout.strip().splitlines()[-1])
        inside("apt-get", "-qq", "-y", "install", "--no-install-recommends", "xvfb", "x11-utils")
        inside("sh", "-c", LOOK)
        print("the window was seen on a screen, with its mark; a second start opened a backup in it")
        inside("apt-get", "-qq", "-y", "remove", "casebook")
        left = [name for name in ("opt/casebook", "usr/bin/casebook") if (BASE / name).exists()]
        print(f"removed; left behind: {left or 'nothing'}")
        start_app_dir()
    except subprocess.CalledProcessError as error:
        print(f"{error.cmd}\n{error.stdout}\n{error.stderr}", file=sys.stderr)
        return 1
    finally:
        for place in ("proc", "dev"):
            subprocess.run(["umount", "--lazy", str(BASE / place)], check=False, capture_output=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
