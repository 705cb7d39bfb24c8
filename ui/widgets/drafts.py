"""What was typed in a dialog stands there again if the dialog was closed by a stray gesture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Hashable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QDialog

    from ui.desk import Desk


_Field = QPushButton | QComboBox | QLineEdit | QPlainTextEdit
#: Fields that hold words.
_WRITTEN = (QLineEdit, QPlainTextEdit)
#: Characters by which a text is known again.
_BRIEF = 80


class Draft(NamedTuple):
    """What a person changed in the fields of a dialog, by the places of these.

    visit: the one in which it was typed, "" for none; words: what of it is text, for whoever asks
    what is not saved.
    """

    visit: str
    changed: tuple[tuple[int, Any], ...]
    words: tuple[str, ...]


def unsaved(desk: Desk, visit: str) -> tuple[str, ...]:
    """Return what was typed in a visit and is not saved: in windows, in dialogs that closed."""
    held = desk.drafts.items()
    here = (each for key, each in held if (key[0], each.visit) == (desk.root, visit))
    words = (text for draft in here for text in draft.words)
    return (*(text for told in desk.typed.values() for text in told(visit)), *words)


def forget(desk: Desk, visit: str) -> None:
    """Give up what was typed in dialogs of a visit, once somebody has it elsewhere."""
    held = desk.drafts.items()
    gone = [key for key, each in held if (key[0], each.visit) == (desk.root, visit)]
    for key in gone:
        del desk.drafts[key]


def brief(text: str) -> str:
    """Return the beginning of a text on one line, enough to know it again."""
    line = " ".join(text.split())
    return line if len(line) <= _BRIEF else f"{line[:_BRIEF]}…"


def keep_typed(desk: Desk, dialog: QDialog, *about: Hashable, visit: str = "") -> Kept:
    """Keep what is typed in `dialog` when Esc or its frame closes it, for when it opens again.

    Called once its fields are filled. Its buttons mean what they say: “Cancel” gives up what was
    typed. Passphrases are not kept. about: tells the dialog of one thing, and of one person, from
    that of another; visit: the open one of which what is typed becomes a part. What is kept is put
    back only where the fields are filled as they were then, not over what has changed since.
    """
    filled = tuple(map(_value, _fields(dialog)))
    key = (desk.root, type(dialog).__name__, visit, *about, filled)
    draft = desk.drafts.pop(key, None)
    if draft is not None:
        _put(dialog, draft)
    return Kept(desk, dialog, key, visit, filled)


class Kept(QObject):
    """Keeps what is typed in a dialog. What it knows outlives the dialog."""

    def __init__(
        self,
        desk: Desk,
        dialog: QDialog,
        key: tuple[Hashable, ...],
        visit: str,
        filled: tuple[Any, ...],
    ) -> None:
        super().__init__(dialog)
        self._desk, self._dialog, self._key = desk, dialog, key
        self._visit, self._filled = visit, filled
        self._draft: Draft | None = None
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what is typed before the dialog closes."""
        closing = event.type() is QEvent.Type.Close and self._dialog.isVisible()
        if watched is self._dialog and (closing or _is_escape(event)):
            self._draft = _typed(self._dialog, self._visit, self._filled)
            if self._draft is not None:
                self._desk.drafts[self._key] = self._draft
        return super().eventFilter(watched, event)

    def saved(self) -> None:
        """Close the dialog, unless Esc came before the answer: it is saved, and begun no more."""
        if self._draft is not None and self._desk.drafts.get(self._key) == self._draft:
            del self._desk.drafts[self._key]
        if isValid(self._dialog):
            self._dialog.accept()


def _is_escape(event: QEvent) -> bool:
    if event.type() is not QEvent.Type.KeyPress:
        return False
    key: QKeyEvent = event  # type: ignore[assignment]  # a key press is one
    return key.key() == Qt.Key.Key_Escape


def _fields(dialog: QDialog) -> list[_Field]:
    """Return what is filled in; the choices first, as they show and hide the others."""
    chips, lines = dialog.findChildren(QPushButton), dialog.findChildren(QLineEdit)
    return [
        *(each for each in chips if each.isCheckable()),
        *dialog.findChildren(QComboBox),
        *(each for each in lines if each.echoMode() is QLineEdit.EchoMode.Normal),
        *dialog.findChildren(QPlainTextEdit),
    ]


def _value(field: _Field) -> Any:
    if isinstance(field, QPushButton):
        return field.isChecked()
    if isinstance(field, QComboBox):
        return field.currentData()
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _typed(dialog: QDialog, visit: str, filled: tuple[Any, ...]) -> Draft | None:
    """Return what differs from how the fields were filled, None if nothing of it was typed."""
    fields = _fields(dialog)
    now = enumerate(map(_value, fields))
    changed = tuple((place, value) for place, value in now if value != filled[place])
    typed = (value for place, value in changed if isinstance(fields[place], _WRITTEN))
    words = tuple(text for text in typed if text.strip())
    return Draft(visit, changed, words) if words else None


def _put(dialog: QDialog, draft: Draft) -> None:
    """Let a draft stand in the fields as though it were typed."""
    fields = _fields(dialog)
    for place, value in draft.changed:
        field = fields[place]
        if isinstance(field, QPushButton):
            if value:
                field.click()
        elif isinstance(field, QComboBox):
            index = field.findData(value)
            if index >= 0:
                field.setCurrentIndex(index)
        elif isinstance(field, QLineEdit):
            field.setText(value)
            field.setModified(True)
        else:
            field.setPlainText(value)
            field.document().setModified(True)
