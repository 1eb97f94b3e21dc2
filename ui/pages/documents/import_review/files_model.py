"""The files of an import as a list; the many files of one radiology study stand there as one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from organizer.base.i18n import _, ngettext
from organizer.services.bring_in.importing import FilePlan
from ui.look.widgets.plain import TEXT_ROLES, cell
from ui.pages.documents.import_review import words

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in one row: a file, or the files of one study."""

    name: str
    files: tuple[FilePlan, ...]


def groups_of(files: Sequence[FilePlan]) -> list[Group]:
    """Files in their order; those that tell the same study together, at the place of the first."""
    together: dict[str, list[FilePlan]] = {}
    for number, file in enumerate(files):
        study = next((item.entry.id for item in file.listed if item.entry.kind == "ImagingStudy"), "")
        together.setdefault(study or str(number), []).append(file)
    return [Group(_name(plans), tuple(plans)) for plans in together.values()]


def _name(files: Sequence[FilePlan]) -> str:
    if len(files) == 1:
        return files[0].file
    study = next(item.entry for item in files[0].listed if item.entry.kind == "ImagingStudy")
    return ngettext("{title}, {n} file", "{title}, {n} files", len(files)).format(title=study.title, n=len(files))


class FilesModel(QAbstractTableModel):
    """One row a group: its name, and what it brings."""

    def __init__(self, groups: Sequence[Group]) -> None:
        super().__init__()
        self.groups = list(groups)
        self._sentences: dict[int, str] = {}

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.groups)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("File"), _("What it brings"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in TEXT_ROLES:
            return None
        row = index.row()
        if index.column() == 0:
            return cell(self.groups[row].name, role)
        if row not in self._sentences:  # counted when it is first seen: an import may have thousands of files
            self._sentences[row] = words.files_sentence(self.groups[row].files)
        return cell(self._sentences[row], role)
