"""The heading of a visit: the way back, where one stands, how long it has gone on, hiding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy

from inspector.domain.clocktext import clock, stopwatch
from inspector.domain.numbers import bare_number
from inspector.domain.terms import term
from inspector.domain.vocabulary import Phase
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button, icon_button
from ui.widgets.surfaces import Badge, column, row
from ui.widgets.text import Elided

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from inspector.operations.board import Board
    from ui.desk import Desk
    from ui.models.board import BoardKeeper

_PHASES = tuple(Phase)


class Step(QAbstractButton):
    """A phase: done, going on, or to come. Painted, and a button all the same."""

    def __init__(self, desk: Desk, phase: Phase) -> None:
        super().__init__()
        self._desk = desk
        self.phase = phase
        self._reached = Phase.PREPARED
        self.setText(term(phase, desk.lang))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_reached(self, reached: Phase) -> None:
        """Show it against the phase that was reached."""
        if reached is self._reached and self.accessibleName():
            return
        self._reached = reached
        tr = self._desk.tr
        state = tr("done") if self._is_done else tr("now") if self._is_now else tr("to come")
        self.setAccessibleName(f"{self.text()}, {state}")
        self.update()

    @property
    def _is_now(self) -> bool:
        return self.phase is self._reached

    @property
    def _is_done(self) -> bool:
        sealed = self._reached is Phase.SEALED
        return sealed or _PHASES.index(self.phase) < _PHASES.index(self._reached)

    def sizeHint(self) -> QSize:
        """Return the room of circle and word."""
        look = self._desk.look
        self.setFont(look.font(Type.STRONG))
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(round(26 * look.scale) + tokens.S + words + 8, round(tokens.TOUCH))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a phase is never cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circle and word."""
        del event
        look, colours = self._desk.look, self._desk.look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = round(24 * look.scale)
        circle = QRect(3, (self.height() - size) // 2, size, size)
        fill, edge, ink = colours.surface, colours.control, colours.text2
        if self._is_done:
            fill, edge, ink = colours.ok, colours.ok, colours.on_accent
        elif self._is_now:
            fill, edge, ink = colours.accent, colours.accent, colours.on_accent
        painter.setPen(QPen(QColor(edge), 2))
        painter.setBrush(QColor(fill))
        painter.drawEllipse(circle)
        painter.setPen(QColor(ink))
        painter.setFont(look.font(Type.STRONG))
        number = "✓" if self._is_done else str(_PHASES.index(self.phase) + 1)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, number)
        words = self.rect().adjusted(circle.right() + tokens.S, 0, 0, 0)
        painter.setPen(QColor(colours.accent if self._is_now else colours.text))
        painter.setFont(look.font(Type.STRONG if self._is_now else Type.BODY))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 4, -1, -4), 8, 8)
        painter.end()


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
        look, tr = desk.look, desk.tr
        self.setMinimumHeight(round(tokens.TOP_BAR * look.scale))
        back = icon_button(look, "back", tr("Back"), lambda: desk.go("home"))
        self._name = Elided(role=Type.SECTION)
        self._saved = Elided(role=Type.CAPTION)
        words = column(None, self._name, self._saved, None, spacing=2)
        self.steps = [Step(desk, phase) for phase in _PHASES]
        layout = row(back, spacing=tokens.S)
        layout.setContentsMargins(tokens.M, 0, tokens.M, 0)
        layout.addLayout(words, 3)
        for step in self.steps:
            step.clicked.connect(lambda _on=False, step=step: self.phased.emit(step.phase))
            layout.addWidget(step)
        layout.addStretch(1)
        self._clock = Badge(look, "", Tone.NEUTRAL, "clock")
        self.later_button = button(look, tr("Later entry (F6)"), kind="chip", extent="touch")
        # Its words become bold while it is on; they must not be cut off then.
        self.later_button.setMinimumWidth(self.later_button.sizeHint().width() + tokens.L)
        self.later_button.toggled.connect(self.later)
        hide = icon_button(look, "hide", tr("Hide the view (F9)"), desk.hidden.emit)
        self.mini = icon_button(look, "mini", tr("Mini window (F10)"), self.shrunk.emit)
        self.mini.hide()
        for widget in (self._clock, self.later_button, self.mini, hide):
            layout.addWidget(widget)
        self.setLayout(layout)
        self._clock.hide()
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._show_clock)
        self._tick.start()

    def show_board(self, board: Board) -> None:
        """Show where a visit stands. Its hall is shown by code only, in every phase."""
        tr = self._desk.tr
        code = board.record.hall.code or bare_number(board.record.visit)
        self._name.setText(tr("{code} visit", code=code))
        number = bare_number(board.record.visit)
        if board.saved is not None:
            saved = clock(board.saved, board.zone, seconds=True)
            self._saved.setText(tr("{number} · saved here {time}", number=number, time=saved))
        mine = board.standing.of(board.me)
        for step in self.steps:
            step.show_reached(max(board.standing.team, mine, key=_PHASES.index))
        self.later_button.setEnabled(not board.sealed)
        self.mini.setVisible(bool(board.standing.covert) and not board.sealed)
        self._show_clock()

    def _show_clock(self) -> None:
        """Show how long the visit has gone on: from the first phase at the place."""
        board = self._keeper.board
        begun = board.begun if board is not None else None
        running = board is not None and not board.sealed
        if begun is None or not running:
            self._clock.hide()
            return
        self._clock.say(stopwatch(self._keeper.now - begun))
