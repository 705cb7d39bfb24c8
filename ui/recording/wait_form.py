"""The line that begins a wait: ticket, promised minutes, people ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector.domain.entities import Wait
from inspector.operations import waiting
from ui.widgets.surfaces import row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from inspector.domain.times import Seen
    from inspector.operations.board import Board
    from inspector.operations.session import Session
    from ui.recording.acting import Acting

#: Shares of the line that its fields take.
_SHARES = (3, 2, 2)
_MOST_MINUTES, _MOST_PEOPLE = 9_999, 99_999


class WaitForm(QWidget):
    """What is typed stays until the wait is saved; the promise stays for the next one.

    hints: what stands in each empty field, and what assistive tools say of it.
    """

    #: A wait was saved: its id.
    begun = Signal(str)

    def __init__(self, acting: Acting, hints: tuple[tuple[str, str], ...], *, spacing: int) -> None:
        super().__init__()
        self._acting = acting
        self._visit = ""
        self.ticket, self.promised, self.ahead = QLineEdit(), QLineEdit(), QLineEdit()
        self.fields = (self.ticket, self.promised, self.ahead)
        self._line = row(*self.fields, spacing=spacing)
        for place, (field, (hint, name)) in enumerate(zip(self.fields, hints, strict=True)):
            field.setPlaceholderText(hint)
            field.setAccessibleName(name)
            field.returnPressed.connect(self.start)
            self._line.setStretch(place, _SHARES[place])
        for field, most in ((self.promised, _MOST_MINUTES), (self.ahead, _MOST_PEOPLE)):
            field.setValidator(QIntValidator(0, most, field))
        self.setLayout(self._line)

    def add_button(self, made: QPushButton) -> None:
        """Put a button at the end of the line."""
        self._line.addWidget(made)

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the fields."""
        return tuple(field.text() for field in self.fields)

    @property
    def is_typed_in(self) -> bool:
        """Whether something was typed that is not saved."""
        return any(field.isModified() and field.text() for field in self.fields)

    def put(self, visit: str, texts: tuple[str, ...]) -> None:
        """Let something stand in the fields as though it were typed, in a visit."""
        self._visit = visit
        for field, text in zip(self.fields, texts, strict=True):
            field.setText(text)
            field.setModified(bool(text))
        self.show()

    def open(self, board: Board) -> None:
        """Show the line, with the promise of the last wait unless another is typed."""
        if board.visit != self._visit:
            # What another place promises says nothing of this one.
            self._visit = board.visit
            for field in self.fields:
                field.clear()
        known = [w.promised_minutes for w in board.record.waits if w.promised_minutes]
        if known and not self.promised.text():
            self.promised.setText(str(known[-1]))
        self.show()
        self.ticket.setFocus()

    def start(self) -> None:
        """Begin the wait that is typed."""
        ticket = self.ticket.text().strip()
        promised, ahead = (
            int(field.text()) if field.text() else None for field in (self.promised, self.ahead)
        )

        def work(session: Session, visit: str, seen: Seen) -> str:
            wait = Wait(
                id="", visit=visit, ticket=ticket, promised_minutes=promised, people_ahead=ahead
            )
            return waiting.join_queue(session, wait, seen).id

        self._acting.record(work, self._started, same=("wait", ticket, promised, ahead))

    def _started(self, wait: str) -> None:
        self.ticket.clear()
        self.ahead.clear()
        # It stays for the next wait, and is saved with this one.
        self.promised.setModified(False)
        self.begun.emit(wait)
