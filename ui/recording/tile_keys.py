"""Keys on the tiles of a round: the same in the page of a visit and in the mini window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal

from ui.recording.tile import TileButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ui.desk import Desk
    from ui.recording.round import CurrentRound

#: Arrows by how many tiles and rows of tiles they move.
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class TileKeys(QObject):
    """The event filter of the tiles: letters record; where others lead the grid says."""

    #: A tile became the one that is worked on: the `TileButton`.
    stood_on = Signal(object)
    #: An arrow leads from a tile by so many tiles and rows of tiles.
    moved = Signal(object, int, int)
    #: Page Up or Page Down leads from a tile by so many sheets.
    leafed = Signal(object, int)
    #: Enter asks what can be recorded at a tile.
    asked = Signal(object)

    def __init__(self, desk: Desk, round: CurrentRound) -> None:
        super().__init__(round)
        self._desk, self._round = desk, round

    def serve(self, made: TileButton) -> None:
        """Let keys work on a tile, and tell whenever its window is the one that is worked on."""
        made.installEventFilter(self)
        made.turned.connect(lambda: self.stood_on.emit(made))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let keys work on the tile that has the focus."""
        if isinstance(watched, TileButton) and watched.tile is not None:
            if event.type() == QEvent.Type.FocusIn:
                self.stood_on.emit(watched)
            if event.type() == QEvent.Type.KeyPress:
                key: QKeyEvent = event  # type: ignore[assignment]  # a key press is one
                return self._key(watched, key)
        return super().eventFilter(watched, event)

    def _key(self, made: TileButton, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self.moved.emit(made, *_ARROWS[key])
            return True
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.leafed.emit(made, 1 if key == Qt.Key.Key_PageDown else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit(made)
            return True
        modified = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modified or not self._desk.settings.single_keys:
            return False
        # A key held down was meant once.
        return event.isAutoRepeat() or self._letter(made, event.text().upper())

    def _letter(self, made: TileButton, letter: str) -> bool:
        return made.tile is not None and self._round.press(made.tile, letter)
