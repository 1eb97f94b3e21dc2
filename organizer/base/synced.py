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
    "box": "Box", "box sync": "Box", "seafile": "Seafile", "proton drive": "Proton Drive", "syncthing": "Syncthing",
}  # fmt: skip
_MARKS = {".stfolder": "Syncthing", ".dropbox": "Dropbox", ".sync_*.db": "Nextcloud"}


def synced_by(path: Path) -> str:
    """The name of the tool that copies this folder, or one above it, elsewhere; "" where none is known to."""
    for folder in (path, *path.parents):
        # “OneDrive - Clinic”, “Dropbox (Personal)”, “GoogleDrive-ann@example.org”
        name = folder.name.casefold()
        for known, tool in _FOLDERS.items():
            if name == known or name.startswith((f"{known} -", f"{known} (", f"{known}-")):
                return tool
        for mark, tool in _MARKS.items():
            if next(folder.glob(mark), None) is not None:
                return tool
    return ""
