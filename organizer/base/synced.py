"""Is a folder one that a sync tool copies elsewhere? An open record must not lie there.

Such a tool takes the database and what was written last out of step; and it takes the record off this computer, though
encrypted. Known are the folders that the tools make by themselves, and what they leave in folders of the person's
choice: `.stfolder` (docs.syncthing.net/users/config), `.sync_*.db` (Nextcloud's and ownCloud's clients), `.dropbox`.
"""

from pathlib import Path

_FOLDERS = {
    "dropbox": "Dropbox", "onedrive": "OneDrive", "google drive": "Google Drive", "googledrive": "Google Drive",
    "my drive": "Google Drive", "icloud drive": "iCloud", "iclouddrive": "iCloud", "mobile documents": "iCloud",
    "nextcloud": "Nextcloud", "owncloud": "ownCloud", "pcloud": "pCloud", "pclouddrive": "pCloud", "megasync": "MEGA",
    "mi unidad": "Google Drive", "meine ablage": "Google Drive", "mon drive": "Google Drive",
    "protondrive": "Proton Drive", "box": "Box", "box sync": "Box", "seafile": "Seafile",
    "proton drive": "Proton Drive", "syncthing": "Syncthing",
}  # fmt: skip
_MARKS = {".stfolder": "Syncthing", ".dropbox": "Dropbox", ".sync_*.db": "Nextcloud"}


_ICLOUD = "Library/Mobile Documents/com~apple~CloudDocs"
_TAKEN_OVER = ("Documents", "Desktop")
"""The folders of a home that iCloud copies where that is switched on; they lie within its own folder then too."""


def synced_by(path: Path, home: Path | None = None) -> str:
    """The name of the tool that copies this folder, or one above it, elsewhere; "" where none is known to.

    `home` is the person's own folder; None takes it from the system.
    """
    home = home or Path.home()
    if _is_in_icloud(path, home):
        return "iCloud"
    for folder in (path, *path.parents):
        # “OneDrive - Clinic”, “Dropbox (Personal)”, “GoogleDrive-ann@example.org”
        name = folder.name.casefold()
        for known, tool in _FOLDERS.items():
            if name == known or name.startswith((f"{known} -", f"{known} (", f"{known}-")):
                return tool
        for mark, tool in _MARKS.items():
            if next(folder.glob(mark), None) is not None:
                return tool
    # Where macOS puts the folder of whatever tool: its name up to the account is the tool's own.
    provided = home / "Library" / "CloudStorage"
    return path.relative_to(provided).parts[0].partition("-")[0] if provided in path.parents else ""


def _is_in_icloud(path: Path, home: Path) -> bool:
    """Whether macOS copies Documents or Desktop, and the path lies in it; its name doesn't tell."""
    copied = [home / name for name in _TAKEN_OVER if (home / _ICLOUD / name).exists()]
    return any(folder in (path, *path.parents) for folder in copied)
