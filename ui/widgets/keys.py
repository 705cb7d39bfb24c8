"""Keys of a part of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def bind(
    part: QWidget,
    key: str | QKeySequence.StandardKey,
    pressed: Callable[[], object],
    *,
    repeats: bool = True,
) -> None:
    """Let a key work wherever the focus is inside `part`; without `repeats`, once however long."""
    short = QShortcut(QKeySequence(key), part)
    short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    short.setAutoRepeat(repeats)
    short.activated.connect(pressed)
