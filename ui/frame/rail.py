"""The rail at the left: where one can go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton

from ui.frame.pages import PAGES
from ui.theme import tokens
from ui.widgets.surfaces import column

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.frame.pages import PageSpec


class Rail(QFrame):
    """The pages one can go to, the settings at the foot."""

    #: The name of a page that was pressed.
    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        shown = {name: spec for name, spec in PAGES.items() if spec.icon}
        layout = column(spacing=tokens.XS, margins=tokens.S)
        for name, spec in shown.items():
            if not spec.at_foot:
                layout.addWidget(self._made(desk, name, spec))
        layout.addStretch(1)
        for name, spec in shown.items():
            if spec.at_foot:
                layout.addWidget(self._made(desk, name, spec))
        self.setLayout(layout)
        # As wide as its widest button, however the page beside it wants the room.
        self.setMinimumWidth(tokens.RAIL_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def _made(self, desk: Desk, name: str, spec: PageSpec) -> QToolButton:
        words = desk.tr(spec.name)
        made = QToolButton()
        made.setProperty("kind", "rail")
        made.setText(words)
        made.setIcon(desk.look.icon(spec.icon, off=False))
        made.setIconSize(QSize(22, 22))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setCheckable(True)
        made.setAccessibleName(words)
        made.setToolTip(f"{words} ({spec.key})" if spec.key else words)
        made.clicked.connect(lambda: self.chosen.emit(name))
        self._buttons[name] = made
        self._group.addButton(made)
        return made

    def complete(self) -> None:
        """Do what is not seen: a press gives a button the focus."""
        for made in self._buttons.values():
            made.setFocusPolicy(QtCore.Qt.FocusPolicy.StrongFocus)

    def mark(self, name: str) -> None:
        """Show where one is."""
        self._group.setExclusive(False)
        for each, made in self._buttons.items():
            made.setChecked(each == name)
        self._group.setExclusive(True)
