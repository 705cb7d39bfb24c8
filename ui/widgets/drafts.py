"""What was typed in a dialog stands there again if the dialog was closed by a stray gesture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from ui.widgets.typed import is_typed_in

if TYPE_CHECKING:
    from collections.abc import Hashable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QDialog

    from ui.desk import Desk


#: Characters by which a text is known again.
_BRIEF = 80


class Draft(NamedTuple):
    """What stood in the fields of a dialog, in their order, and what was chosen beside them."""

    lines: tuple[str, ...]
    texts: tuple[str, ...]
    chosen: tuple[Any, ...]


def unsaved(desk: Desk, visit: str) -> tuple[str, ...]:
    """Return what was typed in a visit and is not saved: on its page, in dialogs that closed."""
    held = (draft for key, draft in desk.drafts.items() if key[::2] == (desk.root, visit))
    words = (text for draft in held for text in (*draft.lines, *draft.texts) if text.strip())
    return (*desk.typed(visit), *words)


def brief(text: str) -> str:
    """Return the beginning of a text on one line, enough to know it again."""
    line = " ".join(text.split())
    return line if len(line) <= _BRIEF else f"{line[:_BRIEF]}…"


def keep_typed(desk: Desk, dialog: QDialog, *about: Hashable) -> None:
    """Keep what is typed in `dialog` when Esc or its frame closes it, for when it opens again.

    Called once its fields are filled. Its buttons mean what they say: “Cancel” gives up what was
    typed. Passphrases are not kept. about: tells the dialog of one thing from that of another.
    """
    key = (desk.root, type(dialog).__name__, *about)
    draft = desk.drafts.pop(key, None)
    if draft is not None:
        _put(dialog, draft)
    _Keeper(desk, dialog, key)


class _Keeper(QObject):
    def __init__(self, desk: Desk, dialog: QDialog, key: tuple[Hashable, ...]) -> None:
        super().__init__(dialog)
        self._desk, self._dialog, self._key = desk, dialog, key
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what is typed before the dialog closes."""
        closing = event.type() is QEvent.Type.Close and self._dialog.isVisible()
        if watched is self._dialog and (closing or _is_escape(event)):
            draft = _typed(self._dialog)
            if draft is not None:
                self._desk.drafts[self._key] = draft
        return super().eventFilter(watched, event)


def _is_escape(event: QEvent) -> bool:
    if event.type() is not QEvent.Type.KeyPress:
        return False
    key: QKeyEvent = event  # type: ignore[assignment]  # a key press is one
    return key.key() == Qt.Key.Key_Escape


def _lines(dialog: QDialog) -> list[QLineEdit]:
    fields = dialog.findChildren(QLineEdit)
    return [each for each in fields if each.echoMode() is QLineEdit.EchoMode.Normal]


def _typed(dialog: QDialog) -> Draft | None:
    if not is_typed_in(dialog):
        return None
    texts = dialog.findChildren(QPlainTextEdit)
    return Draft(
        tuple(each.text() if each.isModified() else "" for each in _lines(dialog)),
        tuple(each.toPlainText() if each.document().isModified() else "" for each in texts),
        tuple(each.currentData() for each in dialog.findChildren(QComboBox)),
    )


def _put(dialog: QDialog, draft: Draft) -> None:
    """Let a draft stand in the fields; what was not typed in there stays as it is now."""
    for box, data in zip(dialog.findChildren(QComboBox), draft.chosen, strict=False):
        place = box.findData(data) if data is not None else -1
        if place >= 0:
            box.setCurrentIndex(place)
    for line, text in zip(_lines(dialog), draft.lines, strict=False):
        if text:
            line.setText(text)
            line.setModified(True)
    for area, text in zip(dialog.findChildren(QPlainTextEdit), draft.texts, strict=False):
        if text:
            area.setPlainText(text)
            area.document().setModified(True)
