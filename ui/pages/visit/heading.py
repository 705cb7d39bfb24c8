"""The heading of a visit: the way back, where one stands, how long it has gone on, hiding."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from inspector.domain.clocktext import clock, stopwatch
from inspector.domain.codes import lettered
from inspector.domain.numbers import bare_number, named_number
from inspector.domain.terms import title_of
from inspector.domain.vocabulary import Phase
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button, icon_button
from ui.widgets.stepper import StepButton
from ui.widgets.surfaces import Badge, column, row
from ui.widgets.text import Elided, Fitting

if TYPE_CHECKING:
    from inspector.operations.board import Board
    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.models.board import BoardKeeper

_PHASES = tuple(Phase)
#: Loaded once something is handed over.
_BY_HAND = "ui.by_hand"


class Heading(QFrame):
    """One line above everything."""

    #: A phase was pressed: `Phase`.
    phased = Signal(object)
    #: Entering what was seen earlier was switched on or off.
    later = Signal(bool)
    #: The mini window is wanted.
    shrunk = Signal()

    def __init__(self, desk: Desk, keeper: BoardKeeper) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self._desk, self._keeper = desk, keeper
        self._asked = False
        look, tr = desk.look, desk.tr
        self.setMinimumHeight(round(tokens.TOP_BAR * look.scale))
        back = icon_button(look, "back", tr("Back"), lambda: desk.go("home"))
        self._name = Elided(role=Type.SECTION)
        self._saved = Fitting(Type.CAPTION)
        words = column(None, self._name, self._saved, None, spacing=2)
        self.steps = {
            phase: StepButton(desk, number, title_of(phase, desk.lang))
            for number, phase in enumerate(_PHASES, start=1)
        }
        layout = row(back, spacing=tokens.S)
        layout.setContentsMargins(tokens.M, 0, tokens.M, 0)
        layout.addLayout(words, 3)
        for phase, step in self.steps.items():
            step.clicked.connect(lambda _on=False, phase=phase: self.phased.emit(phase))
            layout.addWidget(step)
        layout.addStretch(1)
        self._clock = Badge(look, "", Tone.NEUTRAL, "clock")
        self.later_button = button(look, tr("Later entry (F6)"), kind="chip", extent="touch")
        self.later_button.toggled.connect(self.later)
        hide = icon_button(look, "hide", tr("Hide the view (F9)"), desk.hidden.emit)
        self.mini = icon_button(look, "mini", tr("Mini window (F10)"), self.shrunk.emit)
        self.mini.hide()
        self.over = icon_button(look, "export", tr("Hand the visit over …"), self._hand_over)
        self.over.hide()
        for widget in (self._clock, self.later_button, self.over, self.mini, hide):
            layout.addWidget(widget)
        self.setLayout(layout)
        self._clock.hide()
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._show_clock)
        self._tick.start()

    def _hand_over(self) -> None:
        if self._keeper.board is not None:
            hands = importlib.import_module(_BY_HAND).ByHand(self._desk, self)
            hands.hand_over(self._keeper.board.visit)

    def show_board(self, board: Board) -> None:
        """Show where a visit stands. Its hall is shown by code only, in every phase."""
        tr = self._desk.tr
        if not self._asked:
            # Who works alone has nobody to hand anything over to.
            self._asked = True
            self._desk.read(self, _exchanges, self.over.setVisible)
        code = board.record.hall.code or bare_number(board.record.visit)
        self._name.setText(tr("{code} visit", code=code))
        number = named_number(board.record.visit, self._desk.lang)
        if board.same:
            numbers = tr(", ").join(bare_number(each) for each in board.same)
            number = tr("{number}, the same as {numbers}", number=number, numbers=numbers)
        still = self._still_covert(board)
        if board.saved is not None:
            saved = clock(board.saved, board.zone, seconds=True)
            said = tr("{number} · saved here {time}", number=number, time=saved)
            alone = tr("saved {time}", time=saved)
            self._saved.say(
                " · ".join(part for part in (still, said) if part),
                " · ".join(part for part in (still, alone) if part),
                still or alone,
                saved,
            )
        mine = board.standing.of(board.me)
        reached = _PHASES.index(max(board.standing.team, mine, key=_PHASES.index))
        for at, step in enumerate(self.steps.values()):
            goes_on = at == reached or (bool(still) and step is self.steps[Phase.COVERT])
            now = goes_on and not board.sealed
            step.show_state(done=at < reached or board.sealed, now=now)
        self.steps[Phase.COVERT].setToolTip(still)
        self.later_button.setEnabled(not board.sealed)
        self.mini.setVisible(bool(board.standing.covert) and not board.sealed)
        self._show_clock()

    def show_later(self, on: bool) -> None:
        """Show whether what is entered now was seen earlier, without asking for it."""
        self.later_button.blockSignals(True)
        self.later_button.setChecked(on)
        self.later_button.blockSignals(False)

    def _still_covert(self, board: Board) -> str:
        """Say, by letters, who goes on covertly after others have shown identity."""
        left = board.standing.still_covert
        if not left or board.sealed:
            return ""
        names = (lettered(place, self._desk.lang) for place in left)
        return self._desk.tr("Still covert: {letters}", letters=" ".join(names))

    def _show_clock(self) -> None:
        """Show how long the visit has gone on: from the first phase at the place."""
        board = self._keeper.board
        begun = board.begun if board is not None else None
        running = board is not None and not board.sealed
        if begun is None or not running:
            self._clock.hide()
            return
        self._clock.say(stopwatch(self._keeper.now - begun))


def _exchanges(session: Session) -> bool:
    return bool(session.store.membership.org)
