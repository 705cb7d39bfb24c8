"""The keys of the main window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from ui.frame.pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk


def bind(window: QWidget, desk: Desk, acts: Mapping[str, Callable[[], None]]) -> None:
    """Let keys lead to pages and do `acts`, in place of those that were bound before."""
    for old in window.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly):
        old.deleteLater()
    for name, spec in PAGES.items():
        if spec.key:
            QShortcut(QKeySequence(spec.key), window, partial(desk.go, name))
    for key, act in acts.items():
        # A key held down takes back one action and not all of them.
        QShortcut(QKeySequence(key), window, act).setAutoRepeat(False)
