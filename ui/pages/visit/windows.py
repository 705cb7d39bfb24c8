"""The windows of the hall on tiles, a floor or zone at a time.

A state is set directly, by its letter or from the menu of a tile, never by passing through others.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QMenu, QWidget

from inspector.domain.floor_text import floor_name
from inspector.domain.paste import LETTERS
from inspector.domain.terms import short_state, term
from inspector.domain.vocabulary import WindowState
from ui.pages.visit.tile import SIGNS, WindowTile
from ui.recording.round import CurrentRound
from ui.recording.tile_keys import TileKeys
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Aside, Badge, Card, Nothing, cleared, row
from ui.widgets.text import Elided, plain_tip

if TYPE_CHECKING:
    from inspector.domain.board import Sheet, Tile
    from inspector.operations.board import Board
    from ui.desk import Desk
    from ui.recording.acting import Acting

#: Tiles on one sheet: two floors of 18 windows are two sheets.
MOST = 20
#: Tiles beside each other, and with large text.
COLUMNS, FEW_COLUMNS = 5, 4


class WindowsCard(Card):
    """The round that is going on."""

    #: A window became the one that is worked on: its id.
    chosen = Signal(str)

    def __init__(self, desk: Desk, acting: Acting) -> None:
        super().__init__(desk.tr("Windows"), spacing=tokens.S)
        self._desk = desk
        self.round = CurrentRound(acting, MOST, self)
        self.round.retold.connect(self._fill)
        self.looking = self.round.looking
        self.keys = TileKeys(desk, self.round)
        self.keys.stood_on.connect(self._stand_on)
        self.keys.moved.connect(self._move)
        self.keys.leafed.connect(lambda _made, step: self.turn(self.round.at + step))
        self.keys.asked.connect(self._offer)
        self._columns = FEW_COLUMNS if desk.look.scale > tokens.LARGE else COLUMNS
        self._make_head()
        self._chips = row(spacing=tokens.S)
        self._group = QButtonGroup(self)
        tools = row(spacing=0)
        self._aside = Aside(self._chips)
        tools.addWidget(self._aside)
        tools.addStretch(1)
        tools.addWidget(self.rest)
        self.body.addLayout(tools)
        self._grid_box = QWidget()
        self._grid = QGridLayout(self._grid_box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(tokens.S)
        self.body.addWidget(self._grid_box)
        self.tiles: list[WindowTile] = []
        tr = desk.tr
        self._none = Nothing(
            desk.look, "window", tr("No windows yet"), tr("Add windows at the hall's own page.")
        )
        self.body.addWidget(self._none)

    def _make_head(self) -> None:
        desk, tr = self._desk, self._desk.tr
        self._counts = [Badge(desk.look, "", Tone.DANGER), Badge(desk.look, "", Tone.WARN)]
        for badge in self._counts:
            self.head.addWidget(badge)
        self._since = Elided(role=Type.CAPTION)
        self._since.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self._since, 1)
        self.rest = button(desk.look, tr("Rest serving (R)"), self.round.sweep_rest, kind="text")
        self.again = button(desk.look, "", self.looking.new_round, kind="text")
        self.head.addWidget(self.again)

    # -- showing -------------------------------------------------------------------------------

    def show_board(self, board: Board) -> None:
        """Show the windows of a visit in its last round."""
        for each in (self.rest, self.again):
            each.setEnabled(not board.sealed)
        if not self.round.show_board(board):
            return
        counts = Counter(tile.state for tile in board.tiles)
        states = (WindowState.UNATTENDED, WindowState.PAUSED)
        for badge, state in zip(self._counts, states, strict=True):
            said = f"{short_state(state, self._desk.lang)} {counts[state]}"
            badge.say(said if counts[state] else "")
        now = board.round
        tr = self._desk.tr
        self._since.setText(tr("Round {number}", number=now.number) if now else tr("No round yet"))
        self.again.setText(tr("New round (F5)") if now else tr("First round (F5)"))
        self._none.setVisible(not board.tiles)
        self._make_chips()
        self._fill()

    def make_tiles(self, board: Board) -> None:
        """Make the tiles that `show_board` fills, before it does."""
        while len(self.tiles) < min(len(board.tiles), MOST):
            self._add_tile()

    def _make_chips(self) -> None:
        cleared(self._chips)
        for each in self._group.buttons():
            self._group.removeButton(each)
        if len(self.round.sheets) < 2:
            return
        look = self._desk.look
        for place, sheet in enumerate(self.round.sheets):
            name, unseen = self._sheet_name(sheet)
            shown = f"{name} · {unseen}" if unseen else name
            chip = button(look, shown, partial(self.turn, place), kind="chip")
            said = self._desk.tr("{sheet}: {count} not looked at", sheet=name, count=unseen)
            chip.setAccessibleName(said)
            chip.setToolTip(plain_tip(said))
            chip.setProperty("extent", "dense")
            chip.setChecked(place == self.round.at)
            self._group.addButton(chip)
            self._chips.addWidget(chip)

    def _sheet_name(self, sheet: Sheet) -> tuple[str, int]:
        """Return how a sheet is called, and how many of its windows were not looked at yet."""
        tr = self._desk.tr
        parts = [floor_name(sheet.floor, tr), sheet.zone, str(sheet.part) if sheet.part else ""]
        name = " ".join(part for part in parts if part) or tr("All")
        return name, sum(tile.state is WindowState.NOT_LOOKED_AT for tile in sheet.tiles)

    def _fill(self) -> None:
        shown = self.round.tiles
        while len(self.tiles) < len(shown):
            self._add_tile()
        for place, made in enumerate(self.tiles):
            made.setVisible(place < len(shown))
            if place < len(shown):
                made.show_window(self.round.shown(shown[place]))

    def _add_tile(self) -> None:
        made = WindowTile(self._desk)
        made.clicked.connect(lambda: self._offer(made))
        self.keys.serve(made)
        made.hide()
        place = len(self.tiles)
        self._grid.addWidget(made, place // self._columns, place % self._columns)
        self.tiles.append(made)

    def turn(self, place: int) -> None:
        """Show another sheet."""
        if 0 <= place < len(self.round.sheets):
            self.round.at = place
            for number, chip in enumerate(self._group.buttons()):
                chip.setChecked(number == place)
                if number == place:
                    self._aside.ensureWidgetVisible(chip)
            self._fill()

    # -- keys ----------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Let the keys work on the tiles: on the first that was not looked at."""
        shown = [made for made in self.tiles if not made.isHidden() and made.tile]
        unseen = (
            made for made in shown if made.tile and made.tile.state is WindowState.NOT_LOOKED_AT
        )
        target = next(unseen, shown[0] if shown else None)
        if target is not None:
            target.setFocus()

    def _stand_on(self, made: WindowTile) -> None:
        if made.tile is not None:
            self.chosen.emit(made.tile.window.id)

    def _move(self, made: WindowTile, aside: int, down: int) -> None:
        shown = [each for each in self.tiles if not each.isHidden()]
        target = shown.index(made) + aside + down * self._columns
        if 0 <= target < len(shown):
            shown[target].setFocus()

    # -- acting --------------------------------------------------------------------------------

    def _offer(self, made: WindowTile) -> None:
        """Offer the states of a window where it stands."""
        if made.tile is not None and self.round.may_record:
            made.offer(self._menu(made, made.tile))

    def _menu(self, made: WindowTile, tile: Tile) -> QMenu:
        desk, tr = self._desk, self._desk.tr
        menu = QMenu(made)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for state, letter in LETTERS.items():
            tone, icon = SIGNS[state]
            name = f"{term(state, desk.lang)}\t{letter}"
            action = menu.addAction(desk.look.icon(icon, tone), name)
            action.setCheckable(True)
            action.setChecked(tile.state is state)
            group.addAction(action)
            action.triggered.connect(lambda _on, state=state: self.round.set_state(tile, state))
        menu.addSeparator()
        people = menu.addMenu(desk.look.icon("people"), tr("People waiting"))
        for count in range(11):
            many = people.addAction(str(count))
            many.triggered.connect(lambda _on, count=count: self.looking.count_people(tile, count))
        watching = self.looking.is_watching(tile.window.id)
        name = tr("Stop watching") if watching else tr("Watch without a break")
        watch = menu.addAction(desk.look.icon("show"), f"{name}\tW")
        watch.triggered.connect(lambda _on: self.looking.watch(tile))
        return menu
