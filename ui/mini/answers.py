"""The checklist in the mini window: an item by its number, its answers by signs and digits."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from inspector.domain.answer_options import Option, is_key, is_typed, meant, options_of
from inspector.domain.codes import DOT, SIGNS, option_code
from inspector.operations.observing import record_answer
from ui.theme import tokens
from ui.widgets.buttons import button
from ui.widgets.surfaces import cleared

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from inspector.domain.board import Asked
    from inspector.domain.entities import Answer
    from inspector.operations.board import Board
    from ui.desk import Desk
    from ui.recording.acting import Acting
    from ui.theme.look import Look

#: So many answers stand beside the item; more take lines of their own, of so many each.
_BESIDE, _BELOW = 4, 6
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class Answers(QWidget):
    """One item at a time; the next open one follows an answer."""

    #: Somebody wants to type where to go.
    seeking = Signal()
    #: A note on the item is to be written.
    noting = Signal()

    def __init__(self, desk: Desk, look: Look, acting: Acting) -> None:
        super().__init__()
        self._desk, self._look, self._acting = desk, look, acting
        self._board: Board | None = None
        self._code = ""
        self._note = ""
        #: What was typed at items that one went away from, and is not saved.
        self._left: dict[str, str] = {}
        self._active = False
        self.options: dict[int, tuple[Option, QPushButton]] = {}
        tr = desk.tr
        self.back = button(look, "‹", lambda: self.step(-1), name=tr("Back"))
        self.item = button(look, "", self.noting.emit)
        self.next = button(look, "›", lambda: self.step(1), name=tr("Next"))
        self.field = QLineEdit()
        self.field.setPlaceholderText("…")
        self.field.setAccessibleName(tr("Text"))
        self.field.returnPressed.connect(self._send)
        self.field.textEdited.connect(lambda: self.mark_wrong(wrong=False))
        for made in (self.back, self.next):
            made.setFixedWidth(tokens.TOUCH)
        self.item.setMinimumWidth(round(60 * look.scale))
        for each in (self.back, self.item, self.next, self.field):
            each.installEventFilter(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(tokens.XS)
        for place, each in enumerate((self.back, self.item, self.next)):
            self._grid.addWidget(each, 0, place)
        self._grid.setColumnStretch(1, 1)
        self._holder = QWidget()
        self._answers = QGridLayout(self._holder)
        self._answers.setContentsMargins(0, 0, 0, 0)
        self._answers.setSpacing(tokens.XS)
        self._grid.addWidget(self._holder, 0, 3)

    # -- showing -------------------------------------------------------------------------------

    @property
    def _asked(self) -> tuple[Asked, ...]:
        return self._board.asked if self._board else ()

    @property
    def _row(self) -> int:
        codes = (row for row, each in enumerate(self._asked) if each.item.code == self._code)
        return next(codes, -1)

    def show_board(self, board: Board) -> None:
        """Show the items of a visit; the current one stays."""
        changed = self._board is None or self._board.asked is not board.asked
        if self._board is not None and self._board.visit != board.visit:
            self._left.clear()
            self.field.clear()
        self._board = board
        self.setEnabled(not board.sealed and bool(board.asked))
        if changed and self._row < 0:
            self._go(max(0, self._next_open(-1)))
        elif changed:
            self._mark()

    @property
    def words(self) -> tuple[str, ...]:
        """What was typed at items and is not saved, each with the code of its item."""
        typed = {**self._left, self._code: self.field.text()}
        return tuple(f"{code} {text}" for code, text in typed.items() if text.strip())

    def _next_open(self, row: int) -> int:
        count = len(self._asked)
        after = ((row + step) % count for step in range(1, count + 1))
        return next((place for place in after if not self._asked[place].answers), -1)

    def _go(self, row: int) -> None:
        if not 0 <= row < len(self._asked):
            return
        had_focus = self._active
        asked = self._asked[row]
        if asked.item.code != self._code:
            if self.field.text():
                self._left[self._code] = self.field.text()
            self.field.setText(self._left.pop(asked.item.code, ""))
        self._code = asked.item.code
        self._note = ""
        self.mark_wrong(wrong=False)
        self._make_options(asked)
        self._mark()
        if had_focus:
            self.item.setFocus()

    def _make_options(self, asked: Asked) -> None:
        self._answers.removeWidget(self.field)
        self.field.setParent(self)
        cleared(self._answers)
        self.options = {}
        typed = is_typed(asked.item)
        self.field.setVisible(typed)
        if typed:
            self._answers.addWidget(self.field, 0, 0, 1, 2)
            self.field.setVisible(True)
        options = options_of(asked.item)
        before: QWidget = self.field if typed else self.next
        below = len(options) > _BESIDE
        beside = _BELOW if below else _BESIDE
        for number, option in enumerate(options, 2 if typed else 0):
            made = button(
                self._look,
                "",
                partial(self.choose, option.digit),
                kind="answer",
                extent="touch",
            )
            made.setMinimumWidth(tokens.TOUCH)
            made.installEventFilter(self)
            self.options[option.digit] = (option, made)
            self._answers.addWidget(made, number // beside, number % beside)
            self.setTabOrder(before, made)
            before = made
        self._grid.removeWidget(self._holder)
        self._grid.addWidget(self._holder, int(below), 0 if below else 3, 1, 4 if below else 1)

    def _mark(self) -> None:
        """Show the item's number and what was answered, digits while they work."""
        if self._row < 0 or self._board is None:
            return
        asked = self._asked[self._row]
        mine = self._mine(asked)
        sign = SIGNS.get(mine.conformity, DOT) if mine else DOT
        noted = " …" if self._note or (mine and mine.note) else ""
        self.item.setText(f"{self._row + 1} {sign}{noted}")
        self.item.setAccessibleName(self.item.text())
        for option, made in self.options.values():
            made.setChecked(option.is_chosen(mine))
            code = option_code(option)
            # Where its sign is the key it says so by itself.
            by_digit = self._active and option.key.isdecimal()
            made.setText(f"{option.key} {code}" if by_digit else code)
            made.setAccessibleName(f"{self._row + 1} {code}")

    def _mine(self, asked: Asked) -> Answer | None:
        me = self._board.me if self._board else ""
        return asked.by(me) if me else asked.latest

    @property
    def number(self) -> int:
        """The number of the item, from 1."""
        return self._row + 1

    def set_active(self, *, active: bool) -> None:
        """Show the digits while they work here."""
        if active is not self._active:
            self._active = active
            self._mark()

    def mark_wrong(self, *, wrong: bool) -> None:
        """Frame what could not be read."""
        self.field.setProperty("wrong", "true" if wrong else "false")
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)

    # -- going somewhere -----------------------------------------------------------------------

    def take_focus(self) -> None:
        """Let the digits answer."""
        self.item.setFocus()

    def step(self, by: int) -> None:
        """Go to the item so many further."""
        self._go(min(max(0, self._row + by), len(self._asked) - 1))

    def go_to(self, typed: str) -> bool:
        """Go to an item by its number or code; False: no such."""
        wanted = typed.strip().upper()
        for row, asked in enumerate(self._asked):
            if wanted in (str(row + 1), asked.item.code.upper()):
                self._go(row)
                self.take_focus()
                return True
        return False

    def _leaf(self, by: int) -> None:
        """Go to the first item of the next section, or of this one and the one before it."""
        sections = [each.item.section for each in self._asked]
        firsts = [row for row, name in enumerate(sections) if sections.index(name) == row]
        if by > 0:
            self._go(next((row for row in firsts if row > self._row), self._row))
        else:
            self._go(next((row for row in reversed(firsts) if row < self._row), self._row))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let digits answer and arrows move, except in the field."""
        if event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key: QKeyEvent = event  # type: ignore[assignment]  # a key press is one
        if watched is self.field:
            if key.key() == Qt.Key.Key_Escape:
                self.take_focus()
                return True
            return False
        return self._key(key)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.step(_STEPS[key])
            return True
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._leaf(1 if key == Qt.Key.Key_PageDown else -1)
            return True
        # Some keyboards have the sign of what was not seen on a shifted key.
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if plain and self._desk.settings.single_keys:
            if is_key(event.text()):
                # A key held down says nothing of the items that follow.
                if not event.isAutoRepeat():
                    self._take_key(event.text())
                return True
            if event.text() == "/":
                self.seeking.emit()
                return True
            if event.text().upper() == "N":
                self.noting.emit()
                return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.item.hasFocus():
            self.write()
            return True
        return False

    # -- answering -----------------------------------------------------------------------------

    def write(self) -> None:
        """Go to the field of an item whose answer is typed, else to the first answer."""
        if not self.field.isHidden():
            self.field.setFocus()
        elif self.options:
            next(iter(self.options.values()))[1].setFocus()

    def _take_key(self, typed: str) -> None:
        """Answer by a key; where the answer is typed the key begins it."""
        option = meant((each for each, _made in self.options.values()), typed)
        if option is not None:
            self.choose(option.digit)
        elif not self.field.isHidden():
            self.field.setFocus()
            self.field.insert(typed)

    def choose(self, digit: int) -> None:
        """Choose an answer by its place, if the item has it."""
        if digit in self.options:
            self._answer(self.options[digit][0].text)
            self._mark()

    def take_note(self, text: str) -> None:
        """Save a note with the answer that stands; without one it waits for the answer."""
        self._note = text
        chosen = [option for option, made in self.options.values() if made.isChecked()]
        if chosen:
            self._answer(chosen[0].text)
        self._mark()
        self.take_focus()

    def _send(self) -> None:
        if self.field.text().strip():
            self._answer(self.field.text())

    def _answer(self, text: str) -> None:
        code = self._code
        mine = self._mine(self._asked[self._row])
        # Answering again keeps what was noted before.
        note = self._note or (mine.note if mine else "")
        self._acting.record(
            lambda session, visit, seen: record_answer(session, visit, code, text, seen, note=note),
            lambda _done: self._answered(code, text),
            about=("answer", code),
        )

    def _answered(self, code: str, text: str) -> None:
        """Go on to the next open item, if the person is still at the one that was answered."""
        if self._left.get(code) == text:
            del self._left[code]
        if self._code != code:
            return
        self.field.clear()
        following = self._next_open(self._row)
        if following >= 0:
            self._go(following)
