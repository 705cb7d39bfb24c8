"""The round that is going on: its windows a sheet at a time, and what is recorded of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.domain.board import Sheet, sheets
from inspector.domain.codes import BY_LETTER
from inspector.domain.vocabulary import WindowState
from ui.models.digits import Digits
from ui.recording.looking import Looking
from ui.recording.tile import Shown

if TYPE_CHECKING:
    from inspector.domain.board import Tile
    from inspector.operations.board import Board
    from ui.recording.acting import Acting


class CurrentRound(QObject):
    """What the tiles of a round show, whatever they look like. most: windows on one sheet."""

    #: Digits came or were taken, or watching began or ended.
    retold = Signal()

    def __init__(self, acting: Acting, most: int, parent: QObject) -> None:
        super().__init__(parent)
        self.looking = Looking(acting)
        self.looking.watched.connect(self.retold)
        self.digits = Digits(self)
        self.digits.changed.connect(self.retold)
        self.digits.paused.connect(self._take_digits)
        self.sheets: tuple[Sheet, ...] = ()
        self.at = 0
        self._most = most
        self._board: Board | None = None

    def show_board(self, board: Board) -> bool:
        """Take a visit in its last round; tell whether its windows are others than before."""
        changed = self._board is None or self._board.tiles is not board.tiles
        if self._board is None or self._board.visit != board.visit:
            self.at = 0
        self._board = board
        self.looking.show_board(board)
        if changed:
            self.sheets = sheets(board.tiles, self._most)
            self.at = min(self.at, max(0, len(self.sheets) - 1))
        return changed

    @property
    def may_record(self) -> bool:
        """Whether there is a visit that is not sealed."""
        return self._board is not None and not self._board.sealed

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The windows of the sheet that is shown."""
        return self.sheets[self.at].tiles if self.sheets else ()

    def shown(self, tile: Tile) -> Shown:
        """Return what the tile of a window shows."""
        window, zone = tile.window.id, self._board.zone if self._board else 0
        return Shown(tile, zone, self.looking.is_watching(window), self.digits.at(window))

    def press(self, tile: Tile, letter: str) -> bool:
        """Do what a digit or letter means at a window; False where it means nothing."""
        if letter.isdecimal():
            self.digits.add(tile.window.id, letter)
        elif letter in BY_LETTER:
            self.set_state(tile, BY_LETTER[letter])
        elif letter == "R":
            self.sweep_rest()
        elif letter == "W":
            self.looking.watch(tile)
        else:
            return False
        return True

    def set_state(self, tile: Tile, state: WindowState) -> None:
        """Record the state of a window, with the people typed before it."""
        self.looking.look(tile, state, self.digits.take(tile.window.id))

    def sweep_rest(self) -> None:
        """Say that all others of the sheet that is shown are serving."""
        if self.sheets:
            sheet = self.sheets[self.at]
            self.looking.sweep(sheet.floor, sheet.zone)

    def _take_digits(self, window: str) -> None:
        """Record typed digits as people waiting, unless a state is still to come."""
        tiles = self._board.tiles if self._board else ()
        tile = next((each for each in tiles if each.window.id == window), None)
        if tile is None or tile.state is WindowState.NOT_LOOKED_AT:
            return
        count = self.digits.take(window)
        if count is not None:
            self.looking.count_people(tile, count)
