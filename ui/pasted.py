"""Files that were dropped or copied, and a copied picture as a file of its own."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage


def dropped_files(data: QMimeData) -> list[Path]:
    """The files and folders of this computer that a drop or the clipboard names."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def pasted_files(data: QMimeData) -> list[Path]:
    """The copied files, or a copied picture written to a private folder that the import reads from."""
    files = dropped_files(data)
    if files or not data.hasImage():
        return files
    import tempfile  # dropping is known from the first picture on, a pasted picture comes late

    from organizer.base.dates import now

    image = data.imageData()
    folder = Path(tempfile.mkdtemp(prefix="casebook-pasted-"))
    path = folder / f"pasted-{now():%Y-%m-%d-%H%M%S}.png"
    return [path] if isinstance(image, QImage) and image.save(str(path)) else []
