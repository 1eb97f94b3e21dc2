"""Makes an AppImage of the built folder: one file that runs without being installed.

What it holds is laid out as an AppDir (github.com/AppImage/AppImageSpec, draft.md, looked up 2026-11-29), packed by
mksquashfs and joined behind the runtime of github.com/AppImage/type2-runtime. The runtime is a program of others that
no package brings: CASEBOOK_APPIMAGE_RUNTIME names its file. Without it the AppDir is made all the same, and starts by
its AppRun.
"""

import os
import platform
import shutil
import subprocess
from pathlib import Path

from build_deb import ID, MOMENT
from setup_machine import X11_NEEDS

HERE = Path(__file__).resolve().parent
RUNTIME = "CASEBOOK_APPIMAGE_RUNTIME"
MAGIC = b"AI\x02"
"""In bytes 8 to 10 of each image of type 2, and so of its runtime (the same draft, "Type 2 image format")."""
SYSTEM_LIBRARIES = (Path("/usr/lib") / f"{platform.machine()}-linux-gnu", Path("/usr/lib64"), Path("/usr/lib"))
APP_RUN = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec "$here/usr/lib/casebook/casebook" "$@"
"""


def app_dir(app: Path, icon: Path, out: Path) -> Path:
    """Lay the folder out as `Casebook.AppDir` in `out`; `icon` is the mark as PNG.

    Qt's libraries for X11 come along: no package manager fetches them where one of them is missing.
    """
    tree = out / "Casebook.AppDir"
    shutil.rmtree(tree, ignore_errors=True)
    program = tree / "usr" / "lib" / "casebook"
    shutil.copytree(app, program, symlinks=True)
    for name in X11_NEEDS:
        library = next((folder / name for folder in SYSTEM_LIBRARIES if (folder / name).exists()), None)
        if library is not None:
            shutil.copyfile(library, program / "_internal" / name)
            _bring_licence(X11_NEEDS[name], program / "_internal" / "licences")

    (tree / "AppRun").write_text(APP_RUN, "utf-8")
    (tree / "AppRun").chmod(0o755)
    shutil.copyfile(HERE / "debian" / f"{ID}.desktop", tree / f"{ID}.desktop")
    metainfo = tree / "usr" / "share" / "metainfo"
    metainfo.mkdir(parents=True)
    shutil.copyfile(HERE / "debian" / f"{ID}.metainfo.xml", metainfo / f"{ID}.appdata.xml")
    shutil.copyfile(icon, tree / "casebook.png")
    (tree / ".DirIcon").symlink_to("casebook.png")
    return tree


def _bring_licence(package: str, folder: Path) -> None:
    """Debian's text on a library that comes along."""
    text = Path("/usr/share/doc") / package / "copyright"
    if text.exists():
        (folder / package).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(text, folder / package / "copyright")


def build_appimage(tree: Path, version: str, out: Path) -> Path | None:
    """Pack the AppDir behind the runtime; None, and a line that says why, where that can't be done here."""
    named = os.environ.get(RUNTIME, "")
    missing = [] if shutil.which("mksquashfs") else ["mksquashfs isn’t here"]
    if not named:
        missing.append(f"{RUNTIME} names no file")
    elif not _is_runtime(Path(named)):
        missing.append(f"{named} is no runtime of type 2")
    if missing:
        print(f"{tree.name} is laid out; no AppImage is made of it: " + ", ".join(missing))
        return None

    packed = out / "casebook.squashfs"
    command = [
        "mksquashfs",
        str(tree),
        str(packed),
        "-noappend",
        "-quiet",
        "-no-progress",
        "-root-owned",
        "-comp",
        "zstd",
    ]
    moments = ("-mkfs-time", str(MOMENT), "-all-time", str(MOMENT))
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    subprocess.run([*command, *moments], check=True, env=environment)
    made = out / f"Casebook-{version}-{platform.machine()}.AppImage"
    made.write_bytes(Path(named).read_bytes() + packed.read_bytes())
    made.chmod(0o755)
    packed.unlink()
    return made


def _is_runtime(file: Path) -> bool:
    return file.is_file() and file.read_bytes()[8:11] == MAGIC
