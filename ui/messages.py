"""The one place that shows messages. Everything shown is logged, by its code and never by names."""

from __future__ import annotations

import importlib
import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from inspector.base.errors import MingchaError
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.drafts import keep_typed
from ui.widgets.surfaces import column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Hashable
    from pathlib import Path

    from PySide6.QtWidgets import QPushButton

    from ui.desk import Desk

logger = logging.getLogger(__name__)

#: Loaded where a file is asked for: the first page is shown sooner without it.
_CHOOSING = "ui.choosing"


class Message(QDialog):
    """A sentence that must be read before going on. It closes by its buttons and Esc only."""

    def __init__(self, desk: Desk, parent: QWidget | None, title: str, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        #: What it says, to tell whether another one says the same.
        self.says = (title, text)
        self._desk = desk
        self._words = label(text, wrap=True, selectable=True)
        self._words.setMinimumWidth(372)
        self._body = column(label(title, Type.SECTION, wrap=True), self._words, spacing=tokens.M)
        self._feet = row(None, spacing=tokens.S)
        self._room = column(self._body, self._feet, spacing=tokens.XL, margins=tokens.XL)
        self.setLayout(self._room)

    def add(self, text: str, answer: QDialog.DialogCode, *, kind: str = "secondary") -> QPushButton:
        """Add a button that ends the dialog with `answer`."""
        made = button(self._desk.look, text, lambda: self.done(answer))
        made.setProperty("kind", kind)
        self._feet.addWidget(made)
        return made

    def put(self, widget: QWidget) -> None:
        """Add something below the sentence."""
        self._body.addWidget(widget)

    def fit(self) -> None:
        """Take the room that everything in it needs: Qt gives two thirds of the screen at most."""
        wide = max(self.minimumWidth(), self._room.totalMinimumSize().width())
        self.setMinimumSize(wide, self._room.totalMinimumHeightForWidth(wide))
        self.resize(self.minimumSize())


def show_failure(desk: Desk, parent: QWidget | None, error: Exception) -> None:
    """Show a catalogued failure; raise what is a fault of the program."""
    if not isinstance(error, MingchaError):
        raise error
    show_refusal(desk, parent, error)


def show_refusal(desk: Desk, parent: QWidget | None, error: MingchaError) -> None:
    """Show a catalogued failure: what happened, what is safe, what to do."""
    logger.info("shown: %s", error.code)
    tr = desk.tr
    message = Message(desk, parent, tr("This could not be done"), error.text(tr))
    close = message.add(tr("Close"), QDialog.DialogCode.Accepted, kind="primary")
    close.setFocus()
    message.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    present(desk, message)


def show_note(desk: Desk, parent: QWidget | None, title: str, text: str) -> None:
    """Show something a person should know before going on."""
    message = Message(desk, parent, title, text)
    message.add(desk.tr("Close"), QDialog.DialogCode.Accepted, kind="primary").setFocus()
    message.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    present(desk, message)


def present(desk: Desk, message: Message) -> None:
    """Open a message; it waits, once, while the mini window is shown or the screen handed over."""
    if not desk.discreet and not desk.locked:
        message.open()
    elif message.says in [each.says for each in desk.withheld]:
        message.deleteLater()
    else:
        desk.withheld.append(message)


def present_withheld(desk: Desk) -> None:
    """Open what has waited."""
    waiting, desk.withheld = desk.withheld, []
    for message in waiting:
        message.open()


def confirmed(
    desk: Desk, parent: QWidget | None, title: str, text: str, verb: str, *, danger: bool = False
) -> bool:
    """Ask before something that cannot be taken back; `verb` stands on the button."""
    message = Message(desk, parent, title, text)
    stay = message.add(desk.tr("Cancel"), QDialog.DialogCode.Rejected)
    message.add(verb, QDialog.DialogCode.Accepted, kind="danger" if danger else "primary")
    stay.setFocus()
    answer = message.exec() == QDialog.DialogCode.Accepted
    message.deleteLater()
    return answer


def asked_text(
    desk: Desk,
    parent: QWidget | None,
    title: str,
    text: str,
    verb: str,
    *,
    hidden: bool = False,
    about: Hashable = None,
    visit: str = "",
) -> str | None:
    """Ask for one line, such as a reason; None if the person changed their mind.

    about: what the line is about, where the words do not name it; visit: as `keep_typed` has it.
    """
    message = Message(desk, parent, title, text)
    field = QLineEdit()
    field.setAccessibleName(title)
    if hidden:
        field.setEchoMode(QLineEdit.EchoMode.Password)
    message.put(field)
    message.add(desk.tr("Cancel"), QDialog.DialogCode.Rejected)
    done = message.add(verb, QDialog.DialogCode.Accepted, kind="primary")
    done.setEnabled(False)
    done.setDefault(True)
    field.textChanged.connect(lambda typed: done.setEnabled(bool(typed.strip())))
    keep_typed(desk, message, title, text, about, visit=visit)
    field.setFocus()
    answer = message.exec() == QDialog.DialogCode.Accepted
    typed = field.text().strip()
    message.deleteLater()
    return typed if answer and typed else None


def asked_file_to_write(
    parent: QWidget | None, title: str, suggested: Path, kinds: str
) -> Path | None:
    """Ask where a file is to be written; None if the person changed their mind."""
    chosen: Path | None = importlib.import_module(_CHOOSING).new_file(
        parent, title, suggested, kinds, replaces=True
    )
    return chosen


def asked_files(parent: QWidget | None, title: str, kinds: str) -> list[Path]:
    """Ask for files to take in; empty if the person changed their mind."""
    chosen: list[Path] = importlib.import_module(_CHOOSING).chosen_files(parent, title, kinds)
    return chosen
