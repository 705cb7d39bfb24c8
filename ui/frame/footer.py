"""The foot of the window: what was just saved and can be taken back, and what takes long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar

from ui.desk import Said
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import row
from ui.widgets.text import Elided

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.desk import Desk
    from ui.work.worker import Job

#: How long a sentence stays. Milliseconds.
STAYS_MS = 8000
#: Shorter work is not shown. Milliseconds.
PATIENCE_MS = 150


class Footer(QFrame):
    """One line. It comes when it says something and stays until the page is left.

    Going sooner it would move what stands above it from under the hand.
    """

    def __init__(self, desk: Desk, undo: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("footer")
        self._desk = desk
        look, tr = desk.look, desk.tr
        self._words = Elided(role=Type.BODY)
        self._undo = button(look, tr("Undo Ctrl+Z"), undo, kind="text", icon="undo", extent="dense")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(220)
        self._bar.setAccessibleName(tr("Progress"))
        self._stop = button(
            look, tr("Stop"), self._stop_job, kind="text", icon="stop", extent="dense"
        )
        for each in (self._undo, self._stop):
            # The line is as high with what can be pressed as without.
            policy = each.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            each.setSizePolicy(policy)
        layout = row(self._words, self._bar, self._stop, self._undo, stretch=0)
        layout.setContentsMargins(tokens.L, 2, tokens.L, 2)
        self.setLayout(layout)
        self._job: Job | None = None
        #: The sentence that is shown, and how far the job is.
        self._said = self._progress = ""
        self._forget = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._forget.timeout.connect(self._fall_silent)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._show_job)
        #: What is shown is over once the workspace is open.
        self._opening = False
        desk.opened.connect(self._opened)
        self._rest()

    def say(self, said: Said) -> None:
        """Show a sentence for a while."""
        self._said, self._opening = said.text, said.opening
        self._words.setText(said.text)
        self._undo.setVisible(said.undo)
        self.show()
        self._forget.start()

    def take(self) -> Said:
        """Forget the sentence that is shown, and return it without its undo; "" where none is."""
        said = Said(self._said, opening=self._opening)
        self._forget.stop()
        self._rest()
        return said

    def another_was_saved(self) -> None:
        """Offer no taking back any more: it would take back something else than is said here."""
        self._undo.hide()

    def watch(self, job: Job) -> None:
        """Show a long job once it has taken longer than one wants to wait."""
        self._job, self._progress = job, ""
        self._patience.start()

    def tell(self, label: str, done: int, total: int) -> None:
        """Show how far the watched job is; a sentence that is shown is let be."""
        label = self._desk.tr(label)
        self._progress = f"{label} {done}/{total}" if total else label
        if not self._said:
            self._words.setText(self._progress)
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def done(self, job: Job) -> None:
        """Forget a job that has ended."""
        if self._job is job:
            self._job = None
            self._patience.stop()
            self._bar.hide()
            self._stop.hide()
            if not self._said:
                self._rest()

    def _opened(self) -> None:
        if self._opening:
            self.take()

    def _show_job(self) -> None:
        self._forget.stop()
        self._rest()
        self._bar.show()
        self._stop.show()
        self.show()

    def _stop_job(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _fall_silent(self) -> None:
        self._said = ""
        self._undo.hide()
        self._words.setText(self._progress if self._job is not None else "")

    def _rest(self) -> None:
        """Show no sentence any more; a job that goes on stays in sight."""
        self._fall_silent()
        if self._job is not None and not self._patience.isActive():
            return
        self._bar.hide()
        self._stop.hide()
        self.hide()
