"""A dialog that shows long work, lets a person stop it, and then says what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QProgressBar

from ui.messages import Message
from ui.theme.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.text import label, retone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.work.worker import Job, JobProgress


#: Room for the sentences. Logical pixels.
_WIDE = 460


class Carrying(Message):
    """Opens when the work begins. Closed before its end, it stops the work."""

    def __init__(self, desk: Desk, parent: QWidget, title: str) -> None:
        tr = desk.tr
        super().__init__(desk, parent, title, tr("Nothing is lost if it is stopped."))
        self._job: Job | None = None
        self._over = False
        self.words = label(tr("Reading what is there"), wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(tr("Progress"))
        self.said = label("", wrap=True, selectable=True)
        for part in (self.words, self.bar, self.said):
            self.put(part)
        self.said.setMinimumWidth(_WIDE)
        self.said.hide()
        self.close_button = self.add(tr("Stop"), QDialog.DialogCode.Rejected)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def carry(
        self,
        work: Callable[[Session, JobProgress], Iterator[Any]],
        then: Callable[[Any], None],
    ) -> None:
        """Do long work; `then` gets what it yields last, and says with `show_lines` what it is."""

        def each(value: Any) -> None:
            if value is not None:
                self._end()
                then(value)

        self._job = self._desk.long(
            *(self, work), each=each, told=self._told, failed=self._fail, ended=self._stopped
        )
        self.open()

    def show_lines(self, lines: Sequence[str], tone: Tone | None = None) -> None:
        """Say what it came to."""
        self.said.setText("\n\n".join(lines))
        self.said.setVisible(True)
        retone(self.said, tone)
        self.fit()

    def offer(self, text: str, pressed: Callable[[], object]) -> None:
        """Offer what to do next, before the button that closes."""
        made = button(self._desk.look, text, pressed)
        self._feet.insertWidget(self._feet.count() - 1, made)
        made.setFocus()

    def done(self, result: int) -> None:
        """Stop the work, if it goes on, before closing."""
        if self._job is not None and not self._over:
            self._job.stop()
        super().done(result)

    def _told(self, stage: str, done: int, total: int) -> None:
        self.words.setText(self._desk.tr(stage) if stage else "")
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _end(self) -> None:
        self._over = True
        for each in (self._words, self.words, self.bar):
            each.hide()
        self.close_button.setText(self._desk.tr("Close"))

    def _fail(self, error: Exception) -> None:
        self._end()
        if self._desk.foresaw(error):
            self.show_lines([error.text(self._desk.tr)], Tone.DANGER)

    def _stopped(self) -> None:
        if not self._over:
            self._end()
            self.show_lines([self._desk.tr("Stopped. Nothing was lost; it can be done again.")])
