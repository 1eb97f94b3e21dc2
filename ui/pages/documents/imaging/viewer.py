"""The viewer of radiology images: series at the left, one or two of them at the right, tools above."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.services.entries import images
from organizer.services.entries.images import Frame, ImageSeries, ImageStudy, Slice
from organizer.services.record.records import Record
from ui.look.widgets.buttons import button, icon_button
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label
from ui.pages.documents.imaging.loading import Answer, Loading
from ui.pages.documents.imaging.pane import Pane
from ui.shell.context import Context

_THUMB = 56


def start(context: Context, entry: Entry, parent: QWidget) -> None:
    """Read which series a study holds in the background, then show them."""

    def work(record: Record, progress: Progress) -> tuple[ImageStudy, list[Entry]]:
        return images.study(record, entry, progress), images.studies(record, entry.person)

    def show(read: tuple[ImageStudy, list[Entry]]) -> None:
        study, everything = read
        if not study.series:
            context.toast(_("The files of this study hold no image that can be shown."))
            return
        Viewer(context, study, [other for other in everything if other.id != entry.id], parent).open()

    context.read(_("Opening the images"), work, show)


class Viewer(Dialog):
    """Wheel and arrows go through a series, Ctrl+arrows pan, Shift+arrows window, Ctrl with + − 0 zooms, M measures.

    I shows black for white, R turns.
    """

    def __init__(self, context: Context, study: ImageStudy, others: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Images: {title}").format(title=plain_title(study.entry)))
        self.setAccessibleName(self.windowTitle())
        self._context, self._others = context, list(others)
        self.pane, self.other = Pane(context), Pane(context)
        self.list = QListWidget()
        self.window_choice, self.compare = QComboBox(), QComboBox()
        self.linked = QCheckBox(_("Scroll together"))
        self.ruler = QPushButton(_("Measure"))
        self.negative = QPushButton(_("Black for white"))
        self.turning = button(_("Turn"), context.theme, self._turn, "quiet")
        self._thumbs = Loading(context, self._thumb)
        self._offered: list[ImageSeries] = []
        resize_within(self, context.theme.px(1180), context.theme.px(780))
        self._lay_out(study)
        self._wire()
        self.list.setCurrentRow(0)
        self.pane.setFocus()

    def _lay_out(self, study: ImageStudy) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(10)
        outer.addWidget(label(plain_title(study.entry), "title"))
        if study.without:
            words = ngettext("{n} file holds no image.", "{n} files hold no image.", study.without)
            outer.addWidget(label(words.format(n=study.without), "second"))
        outer.addLayout(self._tools(study))
        middle = QHBoxLayout()
        middle.setSpacing(12)
        self.list.setAccessibleName(_("Series"))
        self.list.setIconSize(QSize(_THUMB, _THUMB))
        self.list.setWordWrap(True)
        self.list.setFixedWidth(self._context.theme.px(232))
        middle.addWidget(self.list)
        middle.addWidget(self.pane, 1)
        middle.addWidget(self.other, 1)
        self.other.hide()
        outer.addLayout(middle, 1)
        foot = QHBoxLayout()
        keys = _("Wheel or arrows: images. Drag or Shift+arrows: window. M: measure. I: black for white. R: turn.")
        foot.addWidget(label(" ".join([_("Not for diagnosis."), keys]), "small"), 1)
        foot.addWidget(button(_("Close"), self._context.theme, self.reject))
        outer.addLayout(foot)
        self._offer(study)

    def _tools(self, study: ImageStudy) -> QHBoxLayout:
        theme = self._context.theme
        self.window_choice.setAccessibleName(_("Window"))
        self.window_choice.addItem(_("Window of the file"), "")
        for name, words, _center, _width in images.PRESETS:
            self.window_choice.addItem(_(words), name)
        self.window_choice.addItem(_("Chosen by hand"), "hand")
        self.compare.setAccessibleName(_("Compare with"))
        self.compare.addItem(_("Compare with…"), None)
        for other in self._others:
            day = other.happened.spoken() if other.happened else _("undated")
            self.compare.addItem(f"{day} · {other.title}", other)
        for series in study.series if len(study.series) > 1 else ():
            self.compare.addItem(_("This study: {series}").format(series=series.title), series)
        self.compare.setEnabled(self.compare.count() > 1)
        self.linked.setChecked(True)
        self.linked.hide()
        for way, name in ((self.ruler, _("Measure a length")), (self.negative, _("Black for white"))):
            way.setCheckable(True)
            way.setProperty("role", "segment")
            way.setAccessibleName(name)
        self.turning.setAccessibleName(_("Turn by a quarter to the right"))
        row = QHBoxLayout()
        for widget in (self.window_choice, self.ruler, self.negative, self.turning, self.compare, self.linked):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(icon_button("zoom-out", _("Smaller"), theme, lambda: self._zoom(-1)))
        row.addWidget(button(_("Fit"), theme, lambda: self._zoom(0), "quiet"))
        row.addWidget(icon_button("zoom-in", _("Larger"), theme, lambda: self._zoom(1)))
        return row

    def _wire(self) -> None:
        self.list.currentRowChanged.connect(self._show_row)
        self.window_choice.activated.connect(lambda _row: self._choose_window())
        self.compare.activated.connect(lambda _row: self._compare())
        self.ruler.toggled.connect(self._measure)
        self.negative.toggled.connect(self._set_negative)
        for pane, follower in ((self.pane, self.other), (self.other, self.pane)):
            pane.stepped.connect(lambda number, pane=pane, follower=follower: self._follow(pane, follower, number))
            pane.looked.connect(lambda pane=pane, follower=follower: self._looked(pane, follower))
        for keys, steps in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1), ("Ctrl+0", 0)):
            QShortcut(QKeySequence(keys), self, lambda steps=steps: self._zoom(steps))
        for key, act in (("M", self.ruler.toggle), ("I", self.negative.toggle), ("R", self._turn)):
            QShortcut(QKeySequence(key), self, act)
        self.finished.connect(self._let_go)

    @property
    def panes(self) -> tuple[Pane, ...]:
        """Those in sight."""
        return (self.pane, self.other) if self.other.isVisibleTo(self) else (self.pane,)

    def _offer(self, study: ImageStudy) -> None:
        for series in study.series:
            count = ngettext("{n} image", "{n} images", len(series.slices)).format(n=len(series.slices))
            words = f"{series.title}\n{series.modality} · {count}"
            if series.keys:
                marked = ngettext("{n} marked by radiology (K)", "{n} marked by radiology (K)", len(series.keys))
                words += f"\n{marked.format(n=len(series.keys))}"
            item = QListWidgetItem(words)
            item.setIcon(QIcon(_blank()))
            self.list.addItem(item)
            self._offered.append(series)
        self._thumbs.ask([_middle(series) for series in self._offered])

    def _thumb(self, shown: Slice, answer: Answer) -> None:
        if not isValid(self) or not isinstance(answer, Frame):
            return
        row = next(row for row, series in enumerate(self._offered) if _middle(series) == shown)
        shown_so = QIcon(_small(answer))
        shown_so.addPixmap(_small(answer), QIcon.Mode.Selected)  # Qt would tint it
        self.list.item(row).setIcon(shown_so)

    def _show_row(self, row: int) -> None:
        if 0 <= row < len(self._offered):
            self.negative.setChecked(False)
            self.pane.show_series(self._offered[row])
            self.window_choice.setCurrentIndex(0)

    def _choose_window(self) -> None:
        chosen = self.window_choice.currentData()
        for pane in self.panes:
            if chosen == "":
                pane.own_window()
            for name, _words, center, width in images.PRESETS:
                if name == chosen:
                    pane.choose_window(center, width)
        self.window_choice.setCurrentIndex(self.window_choice.findData(chosen))

    def _looked(self, pane: Pane, follower: Pane) -> None:
        """The window was changed by hand on one side: the other is looked at alike, where its values mean the same."""
        if not (pane.hasFocus() or pane.picture.underMouse()):
            return
        self.window_choice.setCurrentIndex(self.window_choice.findData("hand"))
        alike = pane.series and follower.series and pane.series.modality == follower.series.modality
        if self.linked.isChecked() and len(self.panes) > 1 and alike:
            follower.follow_window(pane)

    def _compare(self) -> None:
        chosen = self.compare.currentData()
        self.other.setVisible(chosen is not None)
        self.linked.setVisible(chosen is not None)
        if isinstance(chosen, ImageSeries):
            self._show_beside(chosen)
        elif chosen is not None:
            self._context.read(
                _("Opening the images"),
                lambda record, progress: images.study(record, chosen, progress),
                self._beside,
                self,
            )

    def _beside(self, study: ImageStudy) -> None:
        """The series that is called alike, else the first one."""
        if not isValid(self) or self.pane.series is None:
            return
        if not study.series:
            self.other.picture.say(_("The files of this study hold no image that can be shown."))
            return
        alike = [series for series in study.series if series.title == self.pane.series.title]
        self._show_beside((alike or study.series)[0])

    def _show_beside(self, series: ImageSeries) -> None:
        self.other.show_series(series)
        self.other.set_negative(self.negative.isChecked())
        self._follow(self.pane, self.other, self.pane.number)

    def _follow(self, pane: Pane, follower: Pane, number: int) -> None:
        if not (self.linked.isChecked() and len(self.panes) > 1 and pane.series and follower.series):
            return
        if images.comparable(pane.series, follower.series):
            follower.go_to(images.nearest(pane.series, follower.series, number))

    def _zoom(self, steps: int) -> None:
        for pane in self.panes:
            pane.picture.zoom_by(steps)

    def _turn(self) -> None:
        for pane in self.panes:
            pane.turn()

    def _set_negative(self, on: bool) -> None:
        for pane in self.panes:
            pane.set_negative(on)

    def _measure(self, on: bool) -> None:
        for pane in self.panes:
            pane.picture.measure(on)
        (self.other if self.other.hasFocus() else self.pane).setFocus()

    def _let_go(self) -> None:
        for loading in (self.pane.loading, self.other.loading, self._thumbs):
            loading.close()


def _middle(series: ImageSeries) -> Slice:
    return series.slices[len(series.slices) // 2]


def _blank() -> QPixmap:
    made = QPixmap(_THUMB, _THUMB)
    made.fill(Qt.GlobalColor.black)
    return made


def _small(frame: Frame) -> QPixmap:
    high, wide = frame.values.shape[:2]
    kind = QImage.Format.Format_RGB888 if frame.colour else QImage.Format.Format_Grayscale8
    data = images.pixels(frame, frame.center, frame.width)
    image = QImage(data, wide, high, wide * (3 if frame.colour else 1), kind)
    return QPixmap.fromImage(image).scaled(
        _THUMB, _THUMB, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
