"""Acting in a dialog that another act opens and waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

_LOOK_AGAIN_MS = 20


def in_next_dialog(act: Callable[[Message], None]) -> None:
    """Do something in the next message that opens, as soon as it stands."""

    def go() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Message):
            act(dialog)
        else:
            QTimer.singleShot(_LOOK_AGAIN_MS, go)

    QTimer.singleShot(_LOOK_AGAIN_MS, go)
