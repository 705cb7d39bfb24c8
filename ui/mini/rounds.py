"""The round in the mini window: eighteen small tiles at a time, set by letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QMenu, QPushButton, QWidget

from inspector.domain.board import Sheet, sheets
from inspector.domain.codes import BY_LETTER, DOT, read_look, sheet_codes
from inspector.domain.paste import LETTERS
from inspector.domain.vocabulary import WindowState
from ui.mini.tile import MiniTile, Shown
from ui.models.digits import Digits
from ui.pages.visit.looking import Looking
from ui.theme import tokens
from ui.widgets.buttons import button
from ui.widgets.surfaces import column, row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from inspector.domain.board import Tile
    from inspector.operations.board import Board
    from ui.desk import Desk
    from ui.pages.visit.acting import Acting
    from ui.theme.look import Look

#: Tiles beside and above each other: a floor of eighteen windows is one sheet.
COLUMNS, ROWS = 6, 3
#: So many sheets have a chip at a time; Page Up and Page Down lead to all.
CHIPS = 3
#: Arrows by how many tiles they move.
_ARROWS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -COLUMNS,
    Qt.Key.Key_Down: COLUMNS,
}


class Rounds(QWidget):
    """The tiles, their sheets, and a field to go to one by its number."""

    #: A window became the one that is worked on: its id.
    chosen = Signal(str)
    #: Something to go to was typed.
    sought = Signal(str)

    def __init__(self, desk: Desk, look: Look, acting: Acting) -> None:
        super().__init__()
        self._desk, self._look = desk, look
        self.looking = Looking(acting)
        self.looking.watched.connect(self._fill)
        self.digits = Digits(self)
        self.digits.changed.connect(self._fill)
        self.digits.paused.connect(self._take_digits)
        self._board: Board | None = None
        self._sheets: tuple[Sheet, ...] = ()
        self._at = 0
        self._group = QButtonGroup(self)
        self.chips = [self._chip(number) for number in range(CHIPS)]
        self._last: MiniTile | None = None
        self.seek = QLineEdit()
        self.seek.setPlaceholderText("/")
        self.seek.setAccessibleName(desk.tr("Go to"))
        self.seek.setFixedWidth(round(64 * look.scale))
        self.seek.returnPressed.connect(self._seek)
        self.seek.installEventFilter(self)
        self.rest = button(look, "R", self.sweep_rest, extent="touch", name="R")
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
        made.installEventFilter(self)
        self._grid.addWidget(made, place // COLUMNS, place % COLUMNS)
        self._grid.setRowStretch(place // COLUMNS, 1)
        self._grid.setColumnStretch(place % COLUMNS, 1)
        return made

    # -- showing -------------------------------------------------------------------------------

    def show_board(self, board: Board) -> None:
        """Show the windows of a visit in its last round."""
        changed = self._board is None or self._board.tiles is not board.tiles
        self._board = board
        self.looking.show_board(board)
        self.setEnabled(not board.sealed)
        if not changed:
            return
        self._sheets = sheets(board.tiles, COLUMNS * ROWS)
        self._at = min(self._at, max(0, len(self._sheets) - 1))
        self._show_chips()
        self._fill()

    def _show_chips(self) -> None:
        codes = sheet_codes(self._sheets)
        for number, chip in enumerate(self.chips):
            place = self._first_chip + number
            chip.setVisible(place < len(self._sheets))
            if place < len(self._sheets):
                tiles = self._sheets[place].tiles
                unseen = sum(tile.state is WindowState.NOT_LOOKED_AT for tile in tiles)
                shown = f"{codes[place]}{DOT}{unseen}" if unseen else codes[place]
                chip.setText(shown)
                chip.setAccessibleName(shown)
                chip.setChecked(place == self._at)

    @property
    def _first_chip(self) -> int:
        """The sheet of the first chip: those beside the one that is shown have one too."""
        return max(0, min(self._at - 1, len(self._sheets) - CHIPS))

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
        shown = self._sheets[self._at].tiles if self._sheets else ()
        for place, made in enumerate(self.tiles):
            made.setVisible(place < len(shown))
            if place < len(shown):
                window = shown[place].window.id
                watching = self.looking.is_watching(window)
                made.show_window(Shown(shown[place], watching, self.digits.at(window)))

    def turn(self, place: int) -> None:
        """Show another sheet."""
        if 0 <= place < len(self._sheets):
            self._at = place
            self._show_chips()
            self._fill()

    # -- going somewhere -----------------------------------------------------------------------

    def take_focus(self) -> None:
        """Let the keys work on the first tile that was not looked at, on this sheet first.

        Where all were looked at they stay on the last one: a finding is about that window.
        """
        order = sorted(range(len(self._sheets)), key=lambda place: (place != self._at, place))
        for at in order:
            for place, tile in enumerate(self._sheets[at].tiles):
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
        for at, sheet in enumerate(self._sheets):
            for place, tile in enumerate(sheet.tiles):
                if tile.window.id == found.window.id:
                    self.turn(at)
                    self.tiles[place].setFocus()
                    if found.state is not None:
                        self.looking.look(tile, found.state, found.people)
        return True

    def _move(self, made: MiniTile, step: int) -> None:
        """Move by so many tiles; past the last one the next sheet begins."""
        target = self.tiles.index(made) + step
        count = len(self._sheets[self._at].tiles)
        if 0 <= target < count:
            self.tiles[target].setFocus()
        elif target >= count and self._at + 1 < len(self._sheets):
            self.turn(self._at + 1)
            self.tiles[0].setFocus()
        elif target < 0 < self._at:
            self.turn(self._at - 1)
            self.tiles[len(self._sheets[self._at].tiles) - 1].setFocus()

    def _leaf(self, made: MiniTile, step: int) -> None:
        at = self._at + step
        if 0 <= at < len(self._sheets):
            self.turn(at)
            last = len(self._sheets[at].tiles) - 1
            self.tiles[min(self.tiles.index(made), last)].setFocus()

    # -- keys ----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let keys work on the tile that has the focus; Esc leaves the field."""
        if isinstance(watched, MiniTile) and watched.tile is not None:
            if event.type() == QEvent.Type.FocusIn:
                self._last = watched
                self.chosen.emit(watched.tile.window.id)
            if event.type() == QEvent.Type.KeyPress:
                key: QKeyEvent = event  # type: ignore[assignment]  # a key press is one
                return self._key(watched, key)
        if watched is self.seek and event.type() == QEvent.Type.KeyPress:
            typed: QKeyEvent = event  # type: ignore[assignment]  # the same
            if typed.key() == Qt.Key.Key_Escape:
                (self._last or self.tiles[0]).setFocus()
                return True
        return super().eventFilter(watched, event)

    def _key(self, made: MiniTile, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._move(made, _ARROWS[key])
            return True
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._leaf(made, 1 if key == Qt.Key.Key_PageDown else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._offer(made)
            return True
        modified = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modified or not self._desk.settings.single_keys:
            return False
        # A key held down was meant once.
        return event.isAutoRepeat() or self._letter(made, event.text().upper())

    def _letter(self, made: MiniTile, letter: str) -> bool:
        tile = made.tile
        if tile is None:
            return False
        if letter.isdecimal():
            self.digits.add(tile.window.id, letter)
        elif letter in BY_LETTER:
            self.set_state(tile, BY_LETTER[letter])
        elif letter == "R":
            self.sweep_rest()
        elif letter == "W":
            self.looking.watch(tile)
        elif letter == "/":
            self.seek.setFocus()
        else:
            return False
        return True

    # -- acting --------------------------------------------------------------------------------

    def set_state(self, tile: Tile, state: WindowState) -> None:
        """Record the state of a window, with the people typed before it."""
        self.looking.look(tile, state, self.digits.take(tile.window.id))

    def sweep_rest(self) -> None:
        """Say that all others of the sheet that is shown are serving."""
        if self._sheets:
            sheet = self._sheets[self._at]
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

    def _offer(self, made: MiniTile) -> None:
        """Offer the letters of a window where it stands."""
        if made.tile is None or self._board is None or self._board.sealed:
            return
        made.setFocus()
        self._menu(made, made.tile).popup(made.mapToGlobal(made.rect().bottomLeft()))

    def _menu(self, made: MiniTile, tile: Tile) -> QMenu:
        menu = QMenu(made)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for state, letter in LETTERS.items():
            action = menu.addAction(letter)
            action.setCheckable(True)
            action.setChecked(tile.state is state)
            action.triggered.connect(lambda _on, state=state: self.set_state(tile, state))
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
