"""Long work as it is seen: what is being done, how far it is, and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QWidget

from ui.theme import tokens
from ui.widgets.buttons import button
from ui.widgets.surfaces import column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.work.worker import Job


class Working(QWidget):
    """Hidden while nothing is being done. Give `tell` and `rest` to the job as its callbacks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._job: Job | None = None
        self._words = label(wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(desk.tr("Progress"))
        self._stop = button(desk.look, desk.tr("Stop"), self._stop_job, icon="stop")
        self.setLayout(column(self._words, row(self._bar, self._stop, spacing=tokens.L, stretch=0)))
        self.hide()

    def follow(self, job: Job, text: str) -> None:
        """Show a job that has just begun."""
        self._job = job
        self._words.setText(text)
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self.show()

    def tell(self, stage: str, done: int, total: int) -> None:
        """Show how far it is; a stage of unknown length has a total of 0."""
        self._words.setText(self._desk.tr(stage))
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def rest(self) -> None:
        """It has ended, however it did."""
        self._job = None
        self.hide()

    def _stop_job(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._stop.setEnabled(False)
            self._words.setText(self._desk.tr("Stopping after this step"))
