"""Findings in the mini window: a letter, a sentence if there is time, Enter.

Without a letter the sentence is a note; with “+” it is good practice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPushButton, QWidget

from inspector.domain.codes import DOT, window_code
from inspector.domain.entities import Remark
from inspector.domain.quick import QUICK, Quick
from inspector.domain.vocabulary import RemarkKind
from inspector.operations.observing import remark
from inspector.operations.quick import good_practice, suggested
from ui.recording.quick import place_photographs, save_finding
from ui.theme import tokens
from ui.widgets.buttons import button
from ui.widgets.surfaces import column, row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from inspector.domain.entities import Evidence, Finding
    from inspector.domain.times import Seen
    from inspector.operations.board import Board
    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.recording.acting import Acting
    from ui.theme.look import Look

#: Stands for good practice.
GOOD = "+"


class Findings(QWidget):
    """Letters, the window they are about, the sentence and the button that saves.

    The finding is saved before any photograph is touched: what fails afterwards loses nothing.
    """

    #: Something was saved; the hands go back to the tiles.
    saved = Signal()
    #: A note on an item was written.
    noted = Signal(str)

    def __init__(self, desk: Desk, look: Look, acting: Acting) -> None:
        super().__init__()
        self._desk, self._look, self._acting = desk, look, acting
        self._board: Board | None = None
        self._window = ""
        #: The number of the item that a note is written on, 0 for none.
        self._item = 0
        self._known: list[Evidence] = []
        self._photos: list[Evidence] = []
        self._active = False
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        tr = desk.tr
        self.keys = [self._key(place, quick) for place, quick in enumerate(QUICK)]
        self.good = self._chip(GOOD, len(QUICK))
        self.target = button(look, "", self._show_target, kind="chip", extent="touch")
        self.target.setFixedWidth(round(52 * look.scale))
        self.target.setChecked(True)
        self.text = QLineEdit()
        self.text.setPlaceholderText(tr("Write a line…"))
        self.text.setAccessibleName(tr("Text"))
        self.text.returnPressed.connect(self.save)
        self.put = button(look, tr("Note ↵"), self.save, extent="touch")
        self.put.setMinimumWidth(round(76 * look.scale))
        #: The photographs of the moment; the window puts it where there is room.
        self.photos = button(look, "", kind="chip", extent="touch")
        self.photos.setChecked(True)
        self.photos.hide()
        for each in (*self.keys, self.good, self.target, self.text):
            each.installEventFilter(self)
        letters = row(*self.keys, self.good, spacing=tokens.XS)
        line = row(self.target, self.text, self.put, spacing=tokens.XS)
        line.setStretch(1, 1)
        self.setLayout(column(letters, line, spacing=tokens.XS))
        self._show_target()

    def _key(self, place: int, quick: Quick) -> QPushButton:
        return self._chip(quick.letter, place)

    def _chip(self, text: str, place: int) -> QPushButton:
        made = button(self._look, text, kind="chip", extent="touch", name=text)
        made.setMinimumWidth(tokens.TOUCH)
        made.clicked.connect(lambda on: self._choose(place if on else -1))
        self._group.addButton(made, place)
        return made

    # -- showing -------------------------------------------------------------------------------

    def show_board(self, board: Board) -> None:
        """Take the visit as it stands."""
        self._board = board
        self.setEnabled(not board.sealed)
        self._show_target()

    @property
    def words(self) -> tuple[str, ...]:
        """The sentence that was typed and is not saved."""
        text = self.text.text()
        return (text,) if text.strip() else ()

    def show_photos(self, found: list[Evidence]) -> None:
        """Take the photographs that have no place yet; those of this moment are attached."""
        self._known = found
        self._photos = suggested(found, self._acting.keeper.now)
        self.photos.setVisible(bool(self._photos))
        self.photos.setText(f"+{len(self._photos)}")
        self.photos.setAccessibleName(f"+{len(self._photos)}")

    def choose_window(self, window: str) -> None:
        """Fill in the window that is worked on."""
        self._window = window
        self.target.setChecked(True)
        self._show_target()

    @property
    def _chosen_window(self) -> str | None:
        return (self._window or None) if self.target.isChecked() else None

    def _show_target(self) -> None:
        windows = self._board.record.windows if self._board else ()
        window = next((each for each in windows if each.id == self._chosen_window), None)
        code = window_code(window) if window else DOT
        if self._item:
            code = f"#{self._item}"
        self.target.setText(code)
        self.target.setAccessibleName(code)

    def set_active(self, *, active: bool) -> None:
        """Show the digits while they work here."""
        if active is self._active:
            return
        self._active = active
        for place, (made, quick) in enumerate(zip(self.keys, QUICK, strict=True)):
            made.setText(f"{place + 1} {quick.letter}" if active else quick.letter)

    # -- keys ----------------------------------------------------------------------------------

    def begin(self) -> None:
        """Let digits and letters choose (F2)."""
        self.show_photos(self._known)
        self.keys[max(0, min(self.chosen, len(self.keys) - 1))].setFocus()

    def write(self) -> None:
        """Write a note on nothing in particular (F8)."""
        self.write_on(0)

    def write_on(self, item: int) -> None:
        """Write a note on an item, by its number; Esc writes none."""
        self._choose(-1)
        self._item = item
        self._show_target()
        self.text.setFocus()

    def praise(self) -> None:
        """Write down good practice instead (F3)."""
        self._choose(len(QUICK))
        self.text.setFocus()

    @property
    def chosen(self) -> int:
        """The place of the letter that is chosen, -1 without one."""
        return self._group.checkedId()

    def _choose(self, place: int) -> None:
        self._item = 0
        self._show_target()
        for made in self._group.buttons():
            made.setChecked(self._group.id(made) == place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let digits and letters choose, and Enter save, while one of the chips has the focus."""
        if event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key: QKeyEvent = event  # type: ignore[assignment]  # a key press is one
        if watched is self.text:
            return self._escaped(key)
        if key.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
            return True
        plain = not key.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and self._desk.settings.single_keys and self._letter(key.text().upper())

    def _escaped(self, key: QKeyEvent) -> bool:
        """Let Esc lead back from the line; what is typed stays."""
        if key.key() != Qt.Key.Key_Escape:
            return False
        self._item = 0
        self._show_target()
        self.saved.emit()
        return True

    def _letter(self, typed: str) -> bool:
        codes = [quick.letter for quick in QUICK]
        if typed == "0":
            self.target.setChecked(not self.target.isChecked())
            self._show_target()
        elif typed in codes:
            self._take(codes.index(typed))
        elif typed.isdecimal() and 1 <= int(typed) <= len(codes):
            self._take(int(typed) - 1)
        else:
            return False
        return True

    def _take(self, place: int) -> None:
        self._choose(place)
        # What is typed next is the line, or Enter; F2 leads back to the letters.
        self.text.setFocus()

    # -- saving --------------------------------------------------------------------------------

    def save(self) -> None:
        """Save the finding, the good practice or the note."""
        text = self.text.text().strip()
        if self._item:
            self._forget_item()
            self.noted.emit(text)
        elif self.chosen in range(len(QUICK)):
            self._save_finding(QUICK[self.chosen], text)
        elif text and self.chosen == len(QUICK):
            self._save_practice(text)
        elif text:
            self._save_note(text)

    def _save_finding(self, quick: Quick, text: str) -> None:
        wanted = [photo.id for photo in self._photos] if self.photos.isChecked() else []

        def saved(finding: Finding) -> None:
            self._forget(text)
            if wanted:
                self._attach(finding, wanted)

        save_finding(self._acting, self._board, quick, text, self._chosen_window, saved)

    def _attach(self, finding: Finding, photos: list[str]) -> None:
        # They belong to this one from now on, also before the store has said so.
        self.show_photos([each for each in self._known if each.id not in photos])
        place_photographs(self._acting, finding, photos)

    def _save_practice(self, text: str) -> None:
        window = self._chosen_window
        self._acting.record(
            lambda session, visit, seen: good_practice(session, visit, text, seen, window=window),
            lambda _done: self._forget(text),
            same=("practice", text, window),
        )

    def _save_note(self, text: str) -> None:
        def work(session: Session, visit: str, seen: Seen) -> object:
            return remark(
                session, Remark(id="", visit=visit, kind=RemarkKind.REMARK, text=text), seen
            )

        self._acting.record(work, lambda _done: self._forget(text), same=("note", text))

    def _forget_item(self) -> None:
        self.text.clear()
        self._item = 0
        self._show_target()

    def _forget(self, saved: str) -> None:
        # What was typed while it was being saved stays.
        if self.text.text().strip() == saved:
            self.text.clear()
        self._choose(-1)
        self.photos.setChecked(True)
        self.saved.emit()
