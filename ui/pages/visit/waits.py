"""Waiting: a stopwatch for each person in the queue, held against the promised limit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QWidget

from inspector.domain.clocktext import clock, minutes_text, stopwatch
from inspector.domain.times import MINUTE_MS
from inspector.domain.waits import running_for
from inspector.operations import waiting
from ui.pages.visit.bar import Bar
from ui.pages.visit.begun import Held
from ui.recording.wait_form import WaitForm
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Card, cleared, column, row
from ui.widgets.text import Elided, label, retone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from inspector.domain.changes import Changes
    from inspector.domain.entities import Wait
    from inspector.domain.times import Seen
    from inspector.operations.board import Board
    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.recording.acting import Acting

    Step = Callable[[Session, str, Seen], Changes]


#: Where the promise ends on the bar: what passes it must be seen too.
_LIMIT_AT = 0.75


class WaitsCard(Card):
    """The wait that is looked at, the others beside it, and a line to begin one."""

    def __init__(self, desk: Desk, acting: Acting) -> None:
        super().__init__(desk.tr("Waiting"), spacing=tokens.S)
        self._desk, self._acting = desk, acting
        self._board: Board | None = None
        self._current = ""
        self._chipped: tuple[Wait, ...] = ()
        look, tr = desk.look, desk.tr
        self._chips = row(spacing=tokens.XS)
        self._group = QButtonGroup(self)
        self.head.addLayout(self._chips)
        self.head.addStretch(1)
        self.more = button(look, tr("Start one (F7)"), self.begin, kind="text", icon="plus")
        self.head.addWidget(self.more)
        self._running = self._make_running()
        self.form = self._make_form()
        self.body.addWidget(self._running)
        self.body.addWidget(self.form)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()
        self._running.hide()
        self.form.hide()
        self._begun: Held[tuple[str, ...]] = Held(self._typed, self._put)

    def _make_running(self) -> QWidget:
        look, tr = self._desk.look, self._desk.tr
        self._time = label("00:00:00", Type.TIMER)
        self._facts = Elided(role=Type.CAPTION)
        self._limit = Elided(role=Type.CAPTION)
        self.steps = {
            "called": button(look, tr("Called"), lambda: self._step(waiting.called), icon="bell"),
            "done": button(look, tr("Done"), lambda: self._step(waiting.done), icon="check"),
            "gave_up": button(
                look, tr("Gave up"), lambda: self._step(waiting.gave_up), icon="close"
            ),
        }
        for made in self.steps.values():
            made.setProperty("extent", "touch")
        self.stop = button(
            look,
            tr("Stop"),
            lambda: self._step(waiting.stopped_watching),
            kind="text",
            extent="touch",
            name=tr("Stop watching"),
        )
        self.stop.setToolTip(tr("Stop watching"))
        line = row(self._time, spacing=tokens.M)
        self._bar = Bar(self._desk, mark=_LIMIT_AT)
        facts = column(None, self._facts, self._limit, self._bar, None, spacing=2)
        line.addLayout(facts, 1)
        running = QWidget()
        layout = column(line, spacing=tokens.S)
        layout.addLayout(row(*self.steps.values(), None, self.stop, spacing=tokens.S))
        running.setLayout(layout)
        return running

    def _make_form(self) -> WaitForm:
        look, tr = self._desk.look, self._desk.tr
        hints = (
            (tr("Ticket or none"), tr("Ticket")),
            (tr("Promised min"), tr("Promised minutes")),
            (tr("Ahead"), tr("People ahead")),
        )
        form = WaitForm(self._acting, hints, spacing=tokens.S)
        form.add_button(button(look, tr("Start"), form.start, kind="primary", icon="stopwatch"))
        form.begun.connect(self._started)
        return form

    # -- showing -------------------------------------------------------------------------------

    @property
    def _waits(self) -> tuple[Wait, ...]:
        return (*self._board.waits, *self._board.served) if self._board else ()

    def show_board(self, board: Board) -> None:
        """Show the waits that go on."""
        if self._board is not None and self._board.visit != board.visit:
            self._begun.leave(board.visit)
            self.form.put(board.visit, ("",) * len(self.form.fields))
            self.form.hide()
        self._board = board
        self._begun.show(board.visit)
        self.more.setEnabled(not board.sealed)
        for made in (*self.steps.values(), self.stop):
            made.setEnabled(not board.sealed)
        waits = self._waits
        if self._current not in [wait.id for wait in waits]:
            self._current = waits[-1].id if waits else ""
        if waits != self._chipped:
            self._make_chips(waits)
        self._show_time()

    def _make_chips(self, waits: tuple[Wait, ...]) -> None:
        cleared(self._chips)
        self._chipped = waits
        for wait in waits:
            choose = partial(self._choose, wait.id)
            chip = button(self._desk.look, self._name(wait), choose, kind="chip", extent="dense")
            chip.setChecked(wait.id == self._current)
            self._chips.addWidget(chip)

    def _name(self, wait: Wait) -> str:
        return wait.ticket or self._desk.tr("queue")

    def _choose(self, wait: str) -> None:
        self._current = wait
        if self._board is not None:
            self._make_chips(self._waits)
        self._show_time()

    def _show_time(self) -> None:
        wait = next((each for each in self._waits if each.id == self._current), None)
        if wait is None and any(made.hasFocus() for made in (*self.steps.values(), self.stop)):
            # Hidden with the last wait, they would leave the focus to whatever comes next.
            self.more.setFocus()
        self._running.setVisible(wait is not None)
        if wait is None or self._board is None:
            return
        tr, zone = self._desk.tr, wait.observed_zone
        # What nobody ended before the seal goes on no longer: the last entry is where it was left.
        sealed = self._board.saved if self._board.sealed else None
        passed = running_for(wait, sealed or self._acting.keeper.now)
        self._time.setText(stopwatch(passed))
        if wait.called is None:
            joined = clock(wait.joined, zone, seconds=True) if wait.joined is not None else "–"
            self._facts.setText(tr("{ticket}: joined {time}", ticket=self._name(wait), time=joined))
        else:
            at = clock(wait.called, zone, seconds=True)
            self._facts.setText(tr("{ticket}: called {time}", ticket=self._name(wait), time=at))
        limit = wait.promised_minutes
        said = tr("promised within {limit}", limit=minutes_text(limit, tr)) if limit else ""
        limit_ms = limit * MINUTE_MS if limit and wait.called is None else None
        over = (passed - limit_ms) // MINUTE_MS if limit_ms else 0
        if over > 0:
            said = tr("{said}, {over} over", said=said, over=minutes_text(over, tr))
        retone(self._limit, Tone.DANGER if over > 0 else None)
        self._limit.setText(said)
        self._limit.setVisible(bool(said))
        self._bar.setVisible(bool(limit_ms))
        if limit_ms:
            tone = Tone.DANGER if passed > limit_ms else Tone.WARN
            self._bar.show_share(_LIMIT_AT * passed / limit_ms, tone, said)
        self.steps["called"].setVisible(wait.called is None)
        self.steps["gave_up"].setVisible(wait.called is None)

    # -- what was begun ------------------------------------------------------------------------

    @property
    def drafts(self) -> dict[str, tuple[str, ...]]:
        """What stands in the line and is not saved, by visit."""
        return self._begun.drafts

    def take_up(self, drafts: Mapping[str, tuple[str, ...]]) -> None:
        """Go on with a wait that was begun on the page before."""
        self._begun.take_up(drafts)

    def _typed(self) -> tuple[str, ...] | None:
        return self.form.texts if self.form.is_typed_in else None

    def _put(self, texts: tuple[str, ...]) -> None:
        if self._board is not None:
            self.form.put(self._board.visit, texts)

    # -- acting --------------------------------------------------------------------------------

    def begin(self) -> None:
        """Open the line that begins a wait."""
        if self._board is not None and not self._board.sealed:
            self.form.open(self._board)

    def _started(self, wait: str) -> None:
        self._choose(wait)
        self.form.hide()
        self.more.setFocus()

    def _step(self, step: Step) -> None:
        wait = self._current
        self._acting.record(
            lambda session, _visit, seen: step(session, wait, seen), same=(step, wait)
        )
