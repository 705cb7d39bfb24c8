"""The round in the mini window: eighteen small tiles at a time, set by letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QMenu, QPushButton, QWidget

from inspector.domain.codes import DOT, read_look, sheet_codes
from inspector.domain.paste import LETTERS
from inspector.domain.vocabulary import WindowState
from ui.mini.tile import MiniTile
from ui.recording.round import CurrentRound
from ui.recording.tile_keys import TileKeys
from ui.theme import tokens
from ui.widgets.buttons import button
from ui.widgets.surfaces import column, row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from inspector.domain.board import Tile
    from inspector.operations.board import Board
    from ui.desk import Desk
    from ui.recording.acting import Acting
    from ui.theme.look import Look

#: Tiles beside and above each other: a floor of eighteen windows is one sheet.
COLUMNS, ROWS = 6, 3
#: So many sheets have a chip at a time; Page Up and Page Down lead to all.
CHIPS = 3


class Rounds(QWidget):
    """The tiles, their sheets, and a field to go to one by its number."""

    #: A window became the one that is worked on: its id.
    chosen = Signal(str)
    #: Something to go to was typed.
    sought = Signal(str)

    def __init__(self, desk: Desk, look: Look, acting: Acting) -> None:
        super().__init__()
        self._desk, self._look = desk, look
        self.round = CurrentRound(acting, COLUMNS * ROWS, self)
        self.round.retold.connect(self._fill)
        self.looking = self.round.looking
        self.keys = TileKeys(desk, self.round)
        self.keys.stood_on.connect(self._stand_on)
        self.keys.moved.connect(self._move)
        self.keys.leafed.connect(self._leaf)
        self.keys.asked.connect(self._offer)
        self._board: Board | None = None
        self._group = QButtonGroup(self)
        self.chips = [self._chip(number) for number in range(CHIPS)]
        self._last: MiniTile | None = None
        self.seek = QLineEdit()
        self.seek.setPlaceholderText("/")
        self.seek.setAccessibleName(desk.tr("Go to"))
        self.seek.setFixedWidth(round(64 * look.scale))
        self.seek.returnPressed.connect(self._seek)
        self.seek.installEventFilter(self)
        self.rest = button(look, "R", self.round.sweep_rest, extent="touch", name="R")
        self.again = button(look, "↻", self.looking.new_round, extent="touch", name="↻")
        for made in (self.rest, self.again):
            made.setFixedWidth(tokens.TOUCH)
        head = row(*self.chips, None, self.seek, self.rest, self.again, spacing=tokens.XS)
        self._grid = QGridLayout()
        self._grid.setSpacing(tokens.XS)
        self.tiles = [self._add_tile(place) for place in range(COLUMNS * ROWS)]
        self.setLayout(column(head, self._grid, spacing=tokens.XS))

    def _add_tile(self, place: int) -> MiniTile:
        made = MiniTile(self._look)
        made.clicked.connect(lambda: self._offer(made))
        self.keys.serve(made)
        self._grid.addWidget(made, place // COLUMNS, place % COLUMNS)
        self._grid.setRowStretch(place // COLUMNS, 1)
        self._grid.setColumnStretch(place % COLUMNS, 1)
        return made

    # -- showing -------------------------------------------------------------------------------

    def show_board(self, board: Board) -> None:
        """Show the windows of a visit in its last round."""
        self._board = board
        self.setEnabled(not board.sealed)
        if self.round.show_board(board):
            self._show_chips()
            self._fill()

    def _show_chips(self) -> None:
        codes = sheet_codes(self.round.sheets)
        for number, chip in enumerate(self.chips):
            place = self._first_chip + number
            chip.setVisible(place < len(self.round.sheets))
            if place < len(self.round.sheets):
                tiles = self.round.sheets[place].tiles
                unseen = sum(tile.state is WindowState.NOT_LOOKED_AT for tile in tiles)
                shown = f"{codes[place]}{DOT}{unseen}" if unseen else codes[place]
                chip.setText(shown)
                chip.setAccessibleName(shown)
                chip.setChecked(place == self.round.at)

    @property
    def _first_chip(self) -> int:
        """The sheet of the first chip: those beside the one that is shown have one too."""
        return max(0, min(self.round.at - 1, len(self.round.sheets) - CHIPS))

    def _chip(self, number: int) -> QPushButton:
        made = button(
            self._look,
            "",
            lambda: self.turn(self._first_chip + number),
            kind="chip",
            extent="touch",
        )
        made.setMinimumWidth(tokens.TOUCH)
        self._group.addButton(made)
        return made

    def _fill(self) -> None:
        shown = self.round.tiles
        for place, made in enumerate(self.tiles):
            made.setVisible(place < len(shown))
            if place < len(shown):
                made.show_window(self.round.shown(shown[place]))

    def turn(self, place: int) -> None:
        """Show another sheet."""
        if 0 <= place < len(self.round.sheets):
            self.round.at = place
            self._show_chips()
            self._fill()

    # -- going somewhere -----------------------------------------------------------------------

    def take_focus(self) -> None:
        """Let the keys work on the first tile that was not looked at, on this sheet first.

        Where all were looked at they stay on the last one: a finding is about that window.
        """
        here, sheets = self.round.at, self.round.sheets
        for at in sorted(range(len(sheets)), key=lambda place: (place != here, place)):
            for place, tile in enumerate(sheets[at].tiles):
                if tile.state is WindowState.NOT_LOOKED_AT:
                    self.turn(at)
                    self.tiles[place].setFocus()
                    return
        last = self._last
        (last if last is not None and last.isVisibleTo(self) else self.tiles[0]).setFocus()

    def _seek(self) -> None:
        typed = self.seek.text().strip()
        if typed:
            self.sought.emit(typed)

    def go_to(self, typed: str) -> bool:
        """Go to a window by its number, and record the state typed behind it; False: no such."""
        found = read_look(typed, [tile.window for tile in self._board.tiles] if self._board else [])
        if found is None:
            return False
        for at, sheet in enumerate(self.round.sheets):
            for place, tile in enumerate(sheet.tiles):
                if tile.window.id == found.window.id:
                    self.turn(at)
                    self.tiles[place].setFocus()
                    if found.state is not None:
                        self.looking.look(tile, found.state, found.people)
        return True

    def _stand_on(self, made: MiniTile) -> None:
        self._last = made
        if made.tile is not None:
            self.chosen.emit(made.tile.window.id)

    def _move(self, made: MiniTile, aside: int, down: int) -> None:
        """Move by so many tiles and rows; past the last one the next sheet begins."""
        target = self.tiles.index(made) + aside + down * COLUMNS
        count = len(self.round.tiles)
        if 0 <= target < count:
            self.tiles[target].setFocus()
        elif target >= count and self.round.at + 1 < len(self.round.sheets):
            self.turn(self.round.at + 1)
            self.tiles[0].setFocus()
        elif target < 0 < self.round.at:
            self.turn(self.round.at - 1)
            self.tiles[len(self.round.tiles) - 1].setFocus()

    def _leaf(self, made: MiniTile, step: int) -> None:
        at = self.round.at + step
        if 0 <= at < len(self.round.sheets):
            self.turn(at)
            last = len(self.round.sheets[at].tiles) - 1
            self.tiles[min(self.tiles.index(made), last)].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Esc leave the field."""
        if watched is self.seek and event.type() == QEvent.Type.KeyPress:
            typed: QKeyEvent = event  # type: ignore[assignment]  # a key press is one
            if typed.key() == Qt.Key.Key_Escape:
                (self._last or self.tiles[0]).setFocus()
                return True
        return super().eventFilter(watched, event)

    # -- acting --------------------------------------------------------------------------------

    def _offer(self, made: MiniTile) -> None:
        """Offer the letters of a window where it stands."""
        if made.tile is not None and self.round.may_record:
            made.offer(self._menu(made, made.tile))

    def _menu(self, made: MiniTile, tile: Tile) -> QMenu:
        menu = QMenu(made)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for state, letter in LETTERS.items():
            action = menu.addAction(letter)
            action.setCheckable(True)
            action.setChecked(tile.state is state)
            action.triggered.connect(lambda _on, state=state: self.round.set_state(tile, state))
        menu.addSeparator()
        many = menu.addMenu("0–10")
        for count in range(11):
            choose = many.addAction(str(count))
            choose.triggered.connect(
                lambda _on, count=count: self.looking.count_people(tile, count)
            )
        watch = menu.addAction("W")
        watch.setCheckable(True)
        watch.setChecked(self.looking.is_watching(tile.window.id))
        watch.triggered.connect(lambda _on: self.looking.watch(tile))
        return menu
