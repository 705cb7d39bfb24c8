"""The queue at the left: what to decide on, by J and K, A and R, or the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter

from ui.models.review import ROW, QueueModel
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.lines import Lines
from ui.widgets.twolines import Told, TwoLines

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from inspector.operations.review_rows import ReviewRow
    from ui.desk import Desk
    from ui.widgets.twolines import Index

#: Days after which a visit that waits is marked.
_LONG = 7
_BAR = 4


class QueueLine(TwoLines):
    """One thing to decide on: severity as a bar, what it is, where and whose, since when."""

    def __init__(self, desk: Desk, parent: QueueList) -> None:
        super().__init__(desk.look, parent)
        self._tr = desk.tr

    def told(self, index: Index) -> Told:
        """Return what it is, where and whose, and since when it waits."""
        row: ReviewRow = index.data(ROW)
        return Told(row.title, row.about, *self._state(row))

    def lead(self, painter: QPainter, room: QRect, index: Index) -> int:
        """Draw the bar of its severity."""
        row: ReviewRow = index.data(ROW)
        tone = Tone.DANGER if row.severity > 2 else Tone.INFO
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.look.colours.of(tone)[0]))
        bar = QRect(room.left() - tokens.XS, room.top() + 2, _BAR, room.height() - 4)
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        return _BAR

    def _state(self, row: ReviewRow) -> tuple[str, Tone]:
        tr = self._tr
        if row.item.own:
            return tr("your own"), Tone.NEUTRAL
        if row.item.assignee:
            return tr("for {name}", name=row.item.assignee), Tone.ACCENT
        if row.days == 0:
            return tr("today"), Tone.NEUTRAL
        return tr("{count} days", count=row.days), Tone.WARN if row.days > _LONG else Tone.NEUTRAL


class QueueList(Lines):
    """Arrows, J and K go through the lines; A approves, R returns, while the list has the keys."""

    #: Another line became the current one.
    moved = Signal()
    approved = Signal()
    returned = Signal()

    def __init__(self, desk: Desk, model: QueueModel) -> None:
        super().__init__()
        self._desk = desk
        self.setModel(model)
        self.setItemDelegate(QueueLine(desk, self))
        self.setAccessibleName(desk.tr("Queue"))
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what single letters mean here, unless they are switched off in the settings."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        letter = event.text().upper() if plain and self._desk.settings.single_keys else ""
        if letter in ("J", "K"):
            self.step(1 if letter == "J" else -1)
        elif letter in ("A", "R") and not event.isAutoRepeat():
            (self.approved if letter == "A" else self.returned).emit()
        elif letter not in ("A", "R"):
            super().keyPressEvent(event)

    def step(self, by: int) -> None:
        """Go to the next line, or back."""
        at = max(0, min(self.model().rowCount() - 1, self.currentIndex().row() + by))
        self.setCurrentIndex(self.model().index(at, 0))
