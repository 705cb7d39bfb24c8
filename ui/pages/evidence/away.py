"""Below the large view: that the original is not on this computer, where it is, how to have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from inspector.operations.freeing_text import elsewhere_text
from inspector.operations.originals import fetch_again
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.operations.custody import Details
    from inspector.operations.session import Session
    from ui.desk import Desk


class Away(QFrame):
    """Hidden where the original is here."""

    #: Something was exchanged: the original may be here now.
    came = Signal()
    #: Where it is, or how it is shown, is to be read anew.
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("topbar")
        tr = desk.tr
        self._desk = desk
        self._evidence = ""
        self.title = label(tr("Preview, not the original"), Type.STRONG)
        self.words = label("", Type.CAPTION, wrap=True)
        self.fetch = button(desk.look, tr("Fetch the original"), self._fetch, icon="import")
        self.sync = button(desk.look, tr("Go to Sync"), lambda: desk.go("sync"), kind="text")
        layout = row(spacing=tokens.M)
        layout.addLayout(column(self.title, self.words, spacing=0), 1)
        layout.addWidget(self.fetch)
        layout.addWidget(self.sync)
        layout.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
        self.setLayout(layout)
        self.hide()
        desk.exchange.ended.connect(lambda _ended: self._look_again())

    @property
    def text(self) -> str:
        """What is said, "" where the original is here."""
        return self.words.text() if self._evidence else ""

    def rest(self) -> None:
        """Say nothing of another photograph before something is known of it."""
        self._evidence = ""
        self.hide()

    def show_details(self, found: Details) -> None:
        """Say where the original is."""
        where = found.elsewhere
        self._evidence = found.evidence.id if where is not None else ""
        self.setVisible(where is not None)
        if where is None:
            return
        self.words.setText(elsewhere_text(where, self._desk.tr))
        self.fetch.setVisible(not where.asked)
        self.sync.setVisible(where.asked)

    def _fetch(self) -> None:
        evidence = self._evidence

        def ask(session: Session) -> None:
            fetch_again(session, [evidence])

        self._desk.act(self, ask, lambda _none: self.changed.emit())

    def _look_again(self) -> None:
        if self._evidence:
            self.came.emit()
