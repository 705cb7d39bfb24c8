"""The bar at the top: where one is, the search, what the page offers, and hiding."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button, show_hand
from ui.widgets.surfaces import column, row
from ui.widgets.text import Elided

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from ui.desk import Desk
    from ui.frame.onlyhere import OnlyHere
    from ui.page import Page

#: What the line below the title has before anything else. Logical pixels.
_WORDS = 240
#: Nothing of it is seen before a workspace is open.
_ONLY_HERE = "ui.frame.onlyhere"


class TopBar(QFrame):
    """Title and subtitle of the page at the left; tools at the right."""

    searched = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("topbar")
        look, tr = desk.look, desk.tr
        self.setMinimumHeight(round(tokens.TOP_BAR * look.scale))
        self._words = column(None, spacing=2)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(tokens.S)
        words, pressed = tr("Search (Ctrl+K)"), self.searched.emit
        search = button(look, words, pressed, icon="search", name=tr("Search"), hand=False)
        hide = button(look, tr("Hide"), desk.hidden.emit, kind="quiet", icon="hide", hand=False)
        hide.setToolTip(tr("Hide the view (F9)"))
        self._buttons = (search, hide)
        self._only_here: OnlyHere | None = None
        layout = row(spacing=tokens.M)
        layout.setContentsMargins(tokens.XL, tokens.S, tokens.L, tokens.S)
        layout.addLayout(self._words, 1)
        layout.addLayout(self._tools)
        self._exchanged = row()
        layout.addLayout(self._exchanged)
        for made in self._buttons:
            layout.addWidget(made)
        self.setLayout(layout)

    def complete(self) -> None:
        """Add what is not seen until there is a page."""
        self._title = Elided(role=Type.TITLE)
        self._subtitle = Elided(role=Type.CAPTION)
        for words in (self._title, self._subtitle):
            self._words.addWidget(words)
        self._words.addStretch(1)
        only_here: OnlyHere = importlib.import_module(_ONLY_HERE).OnlyHere(self._desk)
        only_here.changed.connect(self._fit)
        self._only_here = only_here
        self._exchanged.addWidget(only_here)
        for made in self._buttons:
            show_hand(made)

    def show_page(self, page: Page) -> None:
        """Show title and tools of a page."""
        self.retitle(page)
        self._desk.exchange.look()
        for place in reversed(range(self._tools.count())):
            item = self._tools.takeAt(place)
            tool = item.widget() if item is not None else None
            if tool is not None:
                tool.setParent(None)
        for tool in page.tools:
            self._tools.addWidget(tool)

    def retitle(self, page: Page) -> None:
        """Read the page's title again."""
        self._title.setText(page.title)
        self._subtitle.setText(page.subtitle)
        self._subtitle.setVisible(bool(page.subtitle))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room that there is now."""
        super().resizeEvent(event)
        if self._only_here is not None:
            self._fit()

    def _fit(self) -> None:
        """Leave the title its room before more than the sum is said of what is only here."""
        assert self._only_here is not None
        tools = (self._tools.itemAt(n) for n in range(self._tools.count()))
        beside = [each.sizeHint().width() + tokens.S for each in tools if each is not None]
        beside += [each.sizeHint().width() + tokens.M for each in self._buttons]
        words = max(self._title.sizeHint().width(), min(self._subtitle.sizeHint().width(), _WORDS))
        taken = sum(beside) + words + tokens.XL + tokens.L + 2 * tokens.M
        self._only_here.fit(self.width() - taken)
