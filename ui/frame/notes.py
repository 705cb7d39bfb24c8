"""The notes on the cover page: plain, usable, and nothing else to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from ui.opening import operation
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ui.desk import Desk

#: Notes are saved once typing has paused so long. Milliseconds.
PAUSE_MS = 1000
#: Room for the longest PIN. Logical pixels at 100 %.
PIN_WIDTH = 140


class Notes(QWidget):
    """A heading, the number of lines, and the text; a field for the PIN when it is asked for."""

    #: A PIN was typed.
    tried = Signal(str)
    #: The corner was pressed: whoever has no keyboard at hand wants to go on.
    cornered = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._heading = label("", Type.SECTION)
        self._said = label("", Type.CAPTION)
        # The way back by finger or mouse. It looks like a count, and says nothing else.
        self.count = button(desk.look, "", self.cornered.emit, kind="quiet", extent="touch")
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setFixedWidth(round(PIN_WIDTH * desk.look.scale))
        self.pin.returnPressed.connect(lambda: self.tried.emit(self.pin.text()))
        self.pin.hide()
        head = QFrame()
        head.setObjectName("topbar")
        line = row(self._heading, None, self._said, self.pin, self.count, spacing=tokens.M)
        line.setContentsMargins(tokens.XL, tokens.S, tokens.XL, tokens.S)
        head.setLayout(line)
        self.text = QPlainTextEdit()
        self.text.setObjectName("notes")
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.textChanged.connect(self._changed)
        self.setLayout(column(head, self.text, spacing=0))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.save)
        desk.opened.connect(self._read)
        desk.closing.connect(self.save)

    def dress(self) -> None:
        """Say everything in the language of the windows as it is now."""
        tr = self._desk.tr
        self._heading.setText(tr("Notes"))
        self.text.setAccessibleName(tr("Notes"))
        self.pin.setAccessibleName(tr("PIN"))
        self.pin.setPlaceholderText(tr("PIN"))
        self._tell_lines()

    def say(self, text: str) -> None:
        """Show a few words in the corner."""
        self._said.setText(text)

    def ask_pin(self, *, asked: bool) -> None:
        """Show the field for the PIN, or take it away."""
        self.pin.clear()
        self.say("")
        self.pin.setVisible(asked)
        (self.pin if asked else self.text).setFocus()

    def save(self) -> None:
        """Keep what was typed; without a workspace it stays in memory until there is one."""
        if not self._pause.isActive() and not self.text.document().isModified():
            return
        self._pause.stop()
        if self._desk.root is None:
            return
        typed = self.text.toPlainText()
        self.text.document().setModified(False)
        self._desk.act(
            self,
            lambda session: operation("notes").keep_notes(session, typed),
            lambda _none: self.say(""),
            failed=self._not_saved,
        )

    def _not_saved(self, error: Exception) -> None:
        if not self._desk.foresaw(error):
            return
        self.text.document().setModified(True)
        # The whole sentence would tell what this program is.
        self.say(self._desk.tr("Not saved"))

    def _read(self) -> None:
        self._desk.read(self, lambda session: operation("notes").notes(session), self._show)

    def _show(self, kept: str) -> None:
        if not kept and not self.text.toPlainText():
            # As mostly, and read while everybody waits for the first page.
            return
        typed = self.text.toPlainText() if self.text.document().isModified() else ""
        both = "\n".join(each for each in (kept, typed) if each)
        self.text.setPlainText(both)
        self.text.document().setModified(bool(typed))
        self._pause.stop()
        self.save()

    def _changed(self) -> None:
        self._tell_lines()
        if self.text.document().isModified():
            self._pause.start()

    def _tell_lines(self) -> None:
        lines = sum(1 for each in self.text.toPlainText().splitlines() if each.strip())
        self.count.setText(self._desk.tr("{count} lines", count=lines))


class Sheet(QFrame):
    """What lies over a whole window. No key or press goes through it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._inside = column(spacing=0)
        self.setObjectName("cover")
        self.setLayout(self._inside)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.fit()

    def fit(self) -> None:
        """Cover the window as it is now, above everything in it."""
        self.setGeometry(self._over.rect())
        self.raise_()

    def hold(self, widget: QWidget) -> None:
        """Show a widget on it."""
        self._inside.addWidget(widget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep keys from what lies below: Esc would close a dialog there."""
        event.accept()
