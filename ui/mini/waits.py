"""Stopwatches in the mini window: one line, with a line in its place that begins one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from inspector.domain.times import MINUTE_MS
from inspector.domain.waits import running_for
from inspector.operations import waiting
from ui.mini.elided import ElidedButton
from ui.recording.wait_form import WaitForm
from ui.theme import tokens
from ui.widgets.buttons import button
from ui.widgets.surfaces import column, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from inspector.domain.changes import Changes
    from inspector.domain.entities import Wait
    from inspector.domain.times import Seen
    from inspector.operations.board import Board
    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.recording.acting import Acting
    from ui.theme.look import Look

    Step = Callable[[Session, str, Seen], Changes]

#: As many characters of a ticket as are shown, from its end.
_TICKET = 4
#: The steps by the digits that take them, and the signs that stand for them.
_SIGNS = ("→", "✓", "×", "■")


class Waits(QWidget):
    """The wait that is looked at; the others are one press or arrow away."""

    def __init__(self, desk: Desk, look: Look, acting: Acting) -> None:
        super().__init__()
        self._desk, self._look, self._acting = desk, look, acting
        self._board: Board | None = None
        self._current = ""
        self._active = False
        self._running, self.form = self._make_running(), self._make_form()
        self.form.hide()
        self.setLayout(column(self._running, self.form, spacing=0))
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()

    def _make_running(self) -> QWidget:
        look, tr = self._look, self._desk.tr
        self.time = ElidedButton(Qt.TextElideMode.ElideLeft)
        self.time.clicked.connect(self._offer)
        steps: tuple[Step, ...] = (
            *(waiting.called, waiting.done, waiting.gave_up, waiting.stopped_watching),
        )
        names = (tr("Reached"), tr("Finished"), tr("Dropped"), tr("Stopped"))
        self.steps = [
            button(look, sign, partial(self._step, step), extent="touch", name=name)
            for sign, step, name in zip(_SIGNS, steps, names, strict=True)
        ]
        self.more = button(look, "▸", self.begin, extent="touch", name=tr("Start"))
        for made in (*self.steps, self.more):
            made.setFixedWidth(tokens.TOUCH)
        for made in (self.time, *self.steps, self.more):
            made.installEventFilter(self)
        running = QWidget()
        layout = row(self.time, *self.steps, self.more, spacing=tokens.XS)
        layout.setStretch(0, 1)
        running.setLayout(layout)
        return running

    def _make_form(self) -> WaitForm:
        look, tr = self._look, self._desk.tr
        hints = (("#", tr("Number")), (tr("min"), tr("Minutes")), ("+n", tr("Count")))
        form = WaitForm(self._acting, hints, spacing=tokens.XS)
        for field in form.fields:
            field.installEventFilter(self)
        for made in (
            button(look, "▸", form.start, extent="touch", name=tr("Start")),
            button(look, "×", self.leave, extent="touch", name=tr("Cancel")),
        ):
            made.setFixedWidth(tokens.TOUCH)
            form.add_button(made)
        form.begun.connect(self._started)
        return form

    # -- showing -------------------------------------------------------------------------------

    @property
    def _waits(self) -> tuple[Wait, ...]:
        return (*self._board.waits, *self._board.served) if self._board else ()

    def show_board(self, board: Board) -> None:
        """Show the waits that go on."""
        self._board = board
        self.setEnabled(not board.sealed)
        if self._current not in [wait.id for wait in self._waits]:
            newest = (board.waits or board.served)[-1:]
            self._current = newest[0].id if newest else ""
        self._show_time()

    def set_active(self, *, active: bool) -> None:
        """Show the digits while they work here."""
        self._active = active
        for digit, (made, sign) in enumerate(zip(self.steps, _SIGNS, strict=True), 1):
            made.setText(f"{digit} {sign}" if active else sign)

    def _show_time(self) -> None:
        wait = next((each for each in self._waits if each.id == self._current), None)
        for made, waiting_only in zip(self.steps, (True, False, True, False), strict=True):
            usable = wait is not None and not (waiting_only and wait.called is not None)
            made.setEnabled(usable)
        self.time.say(self._said(wait) if wait else "–")

    def _said(self, wait: Wait) -> str:
        """Return ticket, minutes and seconds; against the promised minutes while it is waited."""
        passed = running_for(wait, self._acting.keeper.now)
        text = f"{passed // MINUTE_MS:02}:{passed // 1000 % 60:02}"
        limit = wait.promised_minutes
        if limit and wait.called is None:
            text += f"/{limit}" + ("!" if passed > limit * MINUTE_MS else "")
        elif wait.called is not None:
            text += " →"
        others = len(self._waits) - 1
        parts = [wait.ticket[-_TICKET:], text, f"+{others}" if others else ""]
        return " ".join(part for part in parts if part)

    # -- choosing ------------------------------------------------------------------------------

    def _choose(self, wait: str) -> None:
        self._current = wait
        self._show_time()

    def _turn(self, by: int) -> None:
        known = [wait.id for wait in self._waits]
        if known:
            self._choose(known[(known.index(self._current) + by) % len(known)])

    def _offer(self) -> None:
        """Offer the waits that go on."""
        if len(self._waits) < 2:
            return
        menu = QMenu(self.time)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for wait in self._waits:
            action = menu.addAction(self._said(wait).removesuffix(f" +{len(self._waits) - 1}"))
            action.triggered.connect(lambda _on, wait=wait.id: self._choose(wait))
        menu.popup(self.time.mapToGlobal(self.time.rect().bottomLeft()))

    # -- keys ----------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Let the digits work on what goes on; pressed again or without any, begin one (F7)."""
        if self._waits and not self._active:
            self.time.setFocus()
        else:
            self.begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let digits take the steps and arrows choose; Esc leaves the line that begins one."""
        if event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key: QKeyEvent = event  # type: ignore[assignment]  # a key press is one
        if isinstance(watched, QLineEdit):
            if key.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            return False
        if key.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._turn(1 if key.key() == Qt.Key.Key_Down else -1)
            return True
        plain = not key.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = key.text()
        if plain and digit.isdecimal() and self._desk.settings.single_keys:
            usable = not key.isAutoRepeat() and 1 <= int(digit) <= len(self.steps)
            if usable and self.steps[int(digit) - 1].isEnabled():
                self.steps[int(digit) - 1].click()
            return True
        return False

    # -- acting --------------------------------------------------------------------------------

    def begin(self) -> None:
        """Open the line that begins a wait."""
        if self._board is not None and not self._board.sealed:
            self._running.hide()
            self.form.open(self._board)

    def leave(self) -> None:
        """Show what goes on again; what was typed stays for the next time."""
        self.form.hide()
        self._running.show()
        self.time.setFocus()

    def _started(self, wait: str) -> None:
        self._choose(wait)
        self.leave()

    def _step(self, step: Step) -> None:
        wait = self._current
        if wait:
            self._acting.record(
                lambda session, _visit, seen: step(session, wait, seen), same=(step, wait)
            )
