"""The mini window of the covert phase: everything one records, and nothing that says what it is.

Letters and numbers stand for words, greys for colours; no photograph is shown and nothing makes a
sound. It is worked by the same keys as the page of the visit.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from inspector.domain.clocktext import clock, stopwatch
from inspector.operations.board import undo_code, unplaced
from inspector.operations.undo import undo_last
from ui.mini.answers import Answers
from ui.mini.elided import ElidedButton
from ui.mini.finding import Findings
from ui.mini.rounds import Rounds
from ui.mini.seen import ShortSeenRow
from ui.mini.waits import Waits
from ui.models.board import BoardKeeper
from ui.recording.acting import Acting
from ui.theme import tokens
from ui.theme.look import Look
from ui.theme.style import mini_sheet, palette_of
from ui.theme.tokens import MINI, Type
from ui.widgets.buttons import button, icon_button
from ui.widgets.surfaces import column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent
    from PySide6.QtWidgets import QHBoxLayout

    from inspector.base.errors import MingchaError
    from inspector.domain.changes import Changes
    from inspector.domain.entities import Evidence
    from inspector.operations.board import Board
    from ui.desk import Desk
    from ui.recording.acting import Trouble

#: Logical pixels, at every text size.
WIDTH, HEIGHT = 400, 640
#: So many photographs without a place are looked through for those of the moment.
MOST_PHOTOS = 200
_KEYPAD, _SHIFT = Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ShiftModifier


class MiniWindow(QWidget):
    """One visit at a time. It only shows and hides; `ui.mini.switch` brings the others back."""

    #: The full window is wanted again.
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.look = Look(MINI, desk.look.scale, desk.lang)
        self.setObjectName("mini")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setPalette(palette_of(MINI))
        self.setStyleSheet(mini_sheet(MINI, self.look.scale))
        self.setWindowTitle(desk.tr("Notes"))
        self.setWindowIcon(self.look.icon("note"))
        self.setFixedSize(WIDTH, HEIGHT)
        self._board: Board | None = None
        self._again: Callable[[], None] | None = None
        #: Why the last action was not saved, while it can still be tried again.
        self.unsaved: MingchaError | None = None
        self._seeking: QWidget | None = None
        self.keeper = BoardKeeper(desk, self)
        self.keeper.shown.connect(self._show)
        self.keeper.failed.connect(self._unread)
        self.seen = ShortSeenRow(desk)
        self.acting = Acting(desk, self.keeper, self.seen)
        self.acting.refused.connect(self._trouble)
        self.acting.saved.connect(self._calm)
        desk.worker.refused.connect(self._refused)
        desk.worker.changed.connect(self._changed, Qt.ConnectionType.QueuedConnection)
        self._make_parts()
        desk.typed["mini"] = self.words
        self._lay_out()
        self._bind_keys()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._mark_zone)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._show_clock)

    def _make_parts(self) -> None:
        desk, look, acting = self.desk, self.look, self.acting
        self.rounds = Rounds(desk, look, acting)
        self.answers = Answers(desk, look, acting)
        self.waits = Waits(desk, look, acting)
        self.finding = Findings(desk, look, acting)
        self.rounds.chosen.connect(self.finding.choose_window)
        self.rounds.sought.connect(self._go_to)
        self.answers.seeking.connect(self._seek_item)
        self.answers.noting.connect(lambda: self.finding.write_on(self.answers.number))
        self.finding.noted.connect(self.answers.take_note)
        self.finding.saved.connect(self.rounds.take_focus)

    def _lay_out(self) -> None:
        inside = column(self.rounds, self.answers, self.waits, self.finding, spacing=tokens.S)
        inside.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
        inside.setStretch(0, 1)
        self.later = QWidget()
        self.later.setLayout(column(self.seen))
        self.later.hide()
        inside.addWidget(self.later)
        inside.addLayout(self._foot())
        layout = column(self._head(), inside, spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _head(self) -> QFrame:
        look, tr = self.look, self.desk.tr
        head = QFrame()
        head.setObjectName("topbar")
        self._clock = label(role=Type.CAPTION)
        self._count = label(role=Type.CAPTION)
        self.later_button = icon_button(look, "clock", tr("Time"), self._turn_later)
        self.later_button.setCheckable(True)
        self.hide_button = icon_button(look, "hide", "F9", self.desk.hidden.emit)
        self.full_button = icon_button(look, "fit", "F10", self.left.emit)
        line = row(label(tr("Notes"), Type.STRONG), None, spacing=tokens.XS)
        for words in (self._clock, self._count):
            line.addWidget(words)
            line.addSpacing(tokens.XS)
        for tool in (self.later_button, self.hide_button, self.full_button):
            line.addWidget(tool)
        line.setContentsMargins(tokens.M, 1, tokens.XS, 1)
        head.setLayout(line)
        return head

    def _foot(self) -> QHBoxLayout:
        look, tr = self.look, self.desk.tr
        self.undo_button = ElidedButton(Qt.TextElideMode.ElideRight)
        self.undo_button.setProperty("kind", "text")
        self.undo_button.setIcon(look.icon("undo"))
        self.undo_button.clicked.connect(self.undo)
        self.again_button = button(
            look, tr("Not saved"), self._try_again, kind="danger", icon="refresh", extent="touch"
        )
        self.again_button.hide()
        self._saved = label(role=Type.CAPTION)
        return row(self.finding.photos, self.undo_button, self.again_button, None, self._saved)

    def _bind_keys(self) -> None:
        for key, pressed in (
            ("F2", self.finding.begin),
            ("F3", self.finding.praise),
            ("F4", self.rounds.take_focus),
            ("F5", self.rounds.looking.new_round),
            ("F6", self._turn_later),
            ("F7", self.waits.take_focus),
            ("F8", self.finding.write),
            ("F10", self.left.emit),
            ("Ctrl+L", self.answers.take_focus),
            ("Ctrl+Z", self.undo),
        ):
            # A key held down was meant once: each round would hide the one before it.
            QShortcut(QKeySequence(key), self, pressed).setAutoRepeat(False)

    # -- showing -------------------------------------------------------------------------------

    def show_visit(self, visit: str) -> None:
        """Read a visit and show it."""
        self._tick.start()
        self.keeper.show(visit)

    def words(self, visit: str) -> tuple[str, ...]:
        """Return what was typed here in a visit ("" for any) and is not saved."""
        if self._board is None or visit not in ("", self._board.visit):
            return ()
        return (*self.answers.words, *self.finding.words)

    def _changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.keeper.tell(changes)

    def _show(self, board: Board) -> None:
        first = self._board is None or self._board.visit != board.visit
        photos_changed = first or self._board is None or self._board.photos != board.photos
        self._board = board
        members = board.standing.covert or tuple(board.standing.members)
        usual = board.me if board.me in members else next(iter(members), board.me)
        people = [(each, board.record.person_name(each)) for each in members]
        self.seen.set_people(people, usual, board.visit)
        for part in (self.rounds, self.answers, self.waits, self.finding):
            part.show_board(board)
        self._show_foot(board)
        self._show_clock()
        if photos_changed:
            self._read_photos(board.visit)
        if first and board.tiles:
            self.rounds.take_focus()
        elif first:
            self.answers.take_focus()

    def _show_foot(self, board: Board) -> None:
        code = undo_code(board)
        self.undo_button.say(code, f"Ctrl+Z {code}")
        self.undo_button.setEnabled(bool(code) and not board.sealed)
        answered = sum(bool(each.answers) for each in board.asked)
        self._count.setText(f"{answered}/{len(board.asked)}")
        if board.saved is not None:
            self._saved.setText(f"✓ {clock(board.saved, board.zone, seconds=True)}")

    def _show_clock(self) -> None:
        begun = self._board.begun if self._board else None
        self._clock.setText(stopwatch(self.keeper.now - begun) if begun is not None else "")

    def _read_photos(self, visit: str) -> None:
        def show(found: list[Evidence]) -> None:
            self.finding.show_photos(found)

        self.desk.read(self, lambda session: unplaced(session, visit, MOST_PHOTOS), show)

    # -- going somewhere -----------------------------------------------------------------------

    def _mark_zone(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Show digits where they work now."""
        for part in (self.answers, self.waits, self.finding):
            part.set_active(active=now is not None and part.isAncestorOf(now))

    def _seek_item(self) -> None:
        self._seeking = self.answers
        self.rounds.seek.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let “/” lead to a window from wherever no text is typed.

        Where it was not heard, the digits of the window would take the steps of a wait.
        """
        modified = event.modifiers() & ~(_KEYPAD | _SHIFT)
        if event.text() == "/" and not modified and self.desk.settings.single_keys:
            self._seeking = None
            self.rounds.seek.setFocus()
            return
        super().keyPressEvent(event)

    def _go_to(self, typed: str) -> None:
        """Go where was typed: to an item if one came from there, else to a window."""
        items, self._seeking = self._seeking is self.answers, None
        found = self.answers.go_to(typed) if items else self.rounds.go_to(typed)
        if found:
            self.rounds.seek.clear()
        else:
            self.rounds.seek.selectAll()

    def _turn_later(self) -> None:
        """Let what follows be seen earlier, or now again (F6)."""
        on = self.later.isHidden()
        self.later.setVisible(on)
        self.later_button.setChecked(on)
        if on:
            self.seen.at.setFocus()
        else:
            self.seen.clear()
            self.rounds.take_focus()

    # -- saving --------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last action in this visit; the button names it."""
        board = self.keeper.board
        if board is not None and not board.sealed and board.undo is not None:
            visit = board.visit
            self.acting.run(lambda session: undo_last(session, visit), same="undo")

    def _trouble(self, trouble: Trouble) -> None:
        """Say that the disk refused something, and offer it again."""
        self._again, self.unsaved = partial(self.acting.try_again, trouble), trouble.error
        self._tell(self.desk.tr("Not saved"))

    def _refused(self, _error: Exception) -> None:
        """Say that something was not understood; the words for it wait in the full window."""
        if not self.isVisible():
            return
        self._again = None
        self.answers.mark_wrong(wrong=self.answers.field.hasFocus())
        self._tell(self.desk.tr("Not saved"))

    def _unread(self, _error: Exception) -> None:
        board = self._board
        self._again = None if board is None else lambda: self.keeper.show(board.visit)
        self._tell(self.desk.tr("Not read"))

    def _tell(self, text: str) -> None:
        self.again_button.setText(text)
        self.again_button.setAccessibleName(text)
        self.again_button.setVisible(True)
        self.undo_button.hide()

    def _try_again(self) -> None:
        again, self._again = self._again, None
        self._calm()
        if again is not None:
            again()

    def _calm(self) -> None:
        """Take away what was said, unless something else still waits to be saved."""
        if self.acting.waiting:
            self._trouble(self.acting.waiting[-1])
            return
        self.unsaved = None
        self.again_button.hide()
        self.undo_button.show()

    # -- leaving -------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._tick.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing loses nothing and ends nothing: the full window comes back first."""
        self.left.emit()
        event.accept()
