"""Writing a table to a file: a button, where to, how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

from inspector.base.i18n import N_
from ui.messages import asked_file_to_write
from ui.widgets.buttons import button
from ui.widgets.working import Working

if TYPE_CHECKING:
    from inspector.base.progress import Progress
    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.work.worker import Job, JobProgress

#: Writes what is shown at that moment to a file, in steps.
Writing = Callable[["Session", Path, "Progress"], Iterator[None]]


class TableExport(Working):
    """The bar stands where the page puts it, `button` among the page's tools.

    name: what the file is called unless somebody says otherwise. writing: called when the button
    is pressed; returns how what is shown then is written.
    """

    def __init__(self, desk: Desk, name: str, writing: Callable[[], Writing]) -> None:
        super().__init__(desk)
        self._name, self._writing = name, writing
        self._job_now: Job | None = None
        self._allowed = False
        self.button = button(desk.look, desk.tr(N_("Export table")), self.ask, icon="export")
        self.allow(allowed=False)

    def allow(self, *, allowed: bool) -> None:
        """Say whether there is something to write."""
        self._allowed = allowed
        self.button.setEnabled(allowed and self._job_now is None)

    def ask(self) -> None:
        """Ask where to, and write there."""
        if not self.button.isEnabled():
            return
        place = QStandardPaths.StandardLocation.DocumentsLocation
        suggested = Path(QStandardPaths.writableLocation(place)) / f"{self._name}.csv"
        title = self._desk.tr("Export table")
        target = asked_file_to_write(self, title, suggested, "CSV (*.csv)")
        if target is not None:
            self.write(target)

    def write(self, target: Path) -> None:
        """Write the table to a file, in the background."""
        tr, writing = self._desk.tr, self._writing()

        def work(session: Session, progress: JobProgress) -> Iterator[None]:
            return writing(session, target, progress)

        self._job_now = self._desk.long(
            self,
            work,
            then=lambda _none: self._desk.say(tr("The table is written: {name}", name=target.name)),
            told=self.tell,
            ended=self._written,
        )
        self.allow(allowed=self._allowed)
        self.follow(self._job_now, tr("Writing the table"))

    def _written(self) -> None:
        self._job_now = None
        self.rest()
        self.allow(allowed=self._allowed)
