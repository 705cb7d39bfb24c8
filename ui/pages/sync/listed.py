"""The depots at the left: which there are, whether each can be used now, what waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from ui.models.depots import ROW, DepotLine, DepotsModel, visited
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.lines import Lines
from ui.widgets.twolines import Told, TwoLines

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QKeyEvent, QPainter

    from ui.desk import Desk
    from ui.widgets.twolines import Index

_ICON = 22
_ICONS = {"folder": "folder", "": "warning"}
_SERVER = "link"


def icon_of(kind: str) -> str:
    """Return the icon of a kind of depot."""
    return _ICONS.get(kind, _SERVER)


class DepotItem(TwoLines):
    """One depot: an icon of its kind, its name, its state as a word, the last visit."""

    HIGH = 68

    def __init__(self, desk: Desk, parent: DepotList, model: DepotsModel) -> None:
        super().__init__(desk.look, parent)
        self._tr, self._model = desk.tr, model

    def told(self, index: Index) -> Told:
        """Return its name, what waits for it and when it was visited, and its state."""
        line: DepotLine = index.data(ROW)
        said = (line.waits(self._tr), visited(line.depot, self._model.zone, self._tr))
        return Told(line.depot.name, " · ".join(filter(None, said)), *line.state(self._tr))

    def lead(self, painter: QPainter, room: QRect, index: Index) -> int:
        """Draw the icon of its kind."""
        line: DepotLine = index.data(ROW)
        picture = self.look.pixmap(icon_of(line.depot.kind), _ICON, Tone.NEUTRAL)
        painter.drawPixmap(room.left(), room.center().y() - _ICON // 2, picture)
        return _ICON + tokens.M


class DepotList(Lines):
    """Arrows go through the depots, Enter visits the one that one stands on."""

    #: Another depot became the current one.
    moved = Signal()
    entered = Signal()

    def __init__(self, desk: Desk, model: DepotsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(DepotItem(desk, self, model))
        self.setAccessibleName(desk.tr("Depots"))
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Visit by Enter; a key held down was meant once."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.entered.emit()
        else:
            super().keyPressEvent(event)
