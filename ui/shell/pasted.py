"""Files that were dropped or copied, and a copied picture as a file of its own."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from organizer.base.paths import remove_folder


def dropped_files(data: QMimeData) -> list[Path]:
    """The files and folders of this computer that a drop or the clipboard names."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class Pasted:
    """The pictures that were pasted into an open record: each is a file of its own until the record is closed."""

    def __init__(self) -> None:
        self._folders: list[Path] = []

    def files(self, data: QMimeData) -> list[Path]:
        """The copied files, or a copied picture written to a private folder that the import reads from."""
        files = dropped_files(data)
        if files or not data.hasImage():
            return files
        from organizer.base.dates import now
        from organizer.base.process import private_folder

        image = data.imageData()
        folder = private_folder("casebook-pasted-")
        self._folders.append(folder)
        path = folder / f"pasted-{now():%Y-%m-%d-%H%M%S}.png"
        return [path] if isinstance(image, QImage) and image.save(str(path)) else []

    def forget(self) -> None:
        """Erase the pictures: the record holds its own copy of those that were taken in."""
        while self._folders:
            remove_folder(self._folders.pop(), ignore_errors=True)
