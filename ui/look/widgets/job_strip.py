"""What is being done in the background: a line, a bar, Cancel."""

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton

from organizer.base.i18n import _
from ui.look.widgets.announcing import announce
from ui.look.widgets.labels import one_line
from ui.shell.jobs import Job, Jobs

SAID_AFTER_MS = 1_000
SAID_EVERY_MS = 10_000


class JobStrip(QFrame):
    """Shows the job at work once it has lasted a moment; hidden when nothing runs.

    What lasts longer is said aloud: what it is, now and then how far it is, and its end.
    """

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.setAccessibleName(_("Work in the background"))
        self._job: Job | None = None
        self._jobs = jobs
        self._words = one_line("", "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        self._cancel = QPushButton(_("Cancel"))
        self._cancel.setProperty("role", "quiet")
        self._cancel.setAccessibleName(_("Cancel this work"))
        self._cancel.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 4, 32, 4)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        self._lasts, self._since_said = QElapsedTimer(), QElapsedTimer()
        self._announced = ""
        jobs.started.connect(self._begin)
        jobs.finished.connect(self._end)
        self.hide()

    def _begin(self, job: Job) -> None:
        job.progressed.connect(lambda what, done, total: self._show(job, what, done, total))

    def _show(self, job: Job, what: str, done: int, total: int | None) -> None:
        if job not in self._jobs.running:
            return
        if self._job is not job:
            self._lasts.start()
            self._since_said.invalidate()
        self._job = job
        self._words.setText(what or job.label)
        self._say_aloud(what or job.label, done, total)
        self._bar.setRange(0, total or 0)
        self._bar.setValue(done)
        self._cancel.setEnabled(not job.progress.cancelled)
        self.show()

    def _say_aloud(self, what: str, done: int, total: int | None) -> None:
        if self._lasts.elapsed() < SAID_AFTER_MS:
            return
        if self._since_said.isValid() and self._since_said.elapsed() < SAID_EVERY_MS:
            return
        self._since_said.start()
        self._announced = what
        share = _("{what}: {percent} %").format(what=what, percent=100 * done // total) if total else what
        announce(self, share)

    def _end(self, job: Job) -> None:
        if job is self._job and self._announced:
            ended = _("Stopped: {what}") if job.progress.cancelled else _("Ended: {what}")
            announce(self, ended.format(what=self._announced))
            self._announced = ""
        if job is self._job or not self._jobs.running:
            self._job = None
            self.hide()

    def _stop(self) -> None:
        if self._job is not None:
            self._cancel.setEnabled(False)
            self._job.cancel()
