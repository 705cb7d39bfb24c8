"""The foot of a visit: which keys there are, and what taking back would take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from inspector.operations.undo_text import undo_text
from ui.frame.footer import STAYS_MS
from ui.pages.visit.naming import in_sight
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import row
from ui.widgets.text import Elided, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.operations.board import Board
    from ui.desk import Desk


def keycap(text: str) -> QLabel:
    """Return a key as it looks on a keyboard."""
    made = label(text)
    made.setObjectName("keycap")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


class Hints(QFrame):
    """One line."""

    def __init__(self, desk: Desk, undo: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("footer")
        self._desk = desk
        tr = desk.tr
        layout = row(spacing=tokens.S)
        layout.setContentsMargins(tokens.L, 2, tokens.L, 2)
        for keys, words in (
            ("1–4", tr("answer")),
            ("↑ ↓", tr("item")),
            ("F2", tr("finding")),
            ("F3", tr("good practice")),
            ("F4", tr("windows")),
            ("F7", tr("waiting")),
            ("F8", tr("add")),
        ):
            layout.addWidget(keycap(keys))
            layout.addWidget(label(words, Type.CAPTION))
        #: What just happened.
        self.said = Elided(role=Type.CAPTION)
        self._what = Elided(role=Type.CAPTION)
        self._what.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.undo = button(
            desk.look, tr("Undo Ctrl+Z"), undo, kind="text", icon="undo", extent="dense"
        )
        self.undo.setEnabled(False)
        layout.addSpacing(tokens.M)
        layout.addWidget(self.said, 2)
        layout.addWidget(self._what, 3)
        layout.addWidget(self.undo)
        self.setLayout(layout)
        self._forget = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._forget.timeout.connect(lambda: self.said.setText(""))

    def tell(self, text: str) -> bool:
        """Say for a while what happened; False where this is not seen."""
        self.said.setText(text)
        self._forget.start()
        return self.isVisible()

    def show_board(self, board: Board) -> None:
        """Say what would be taken back."""
        what = "" if board.sealed else undo_text(in_sight(board, self._desk.lang), self._desk.tr)
        self._what.setText(what)
        self.undo.setEnabled(bool(what))
        self.undo.setAccessibleName(self._desk.tr("Undo: {what}", what=what))
