"""What is only on this computer, always in sight for those who exchange; it leads to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.opening import operation
from ui.theme.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.text import retone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from inspector.operations.standing import Lacking
    from ui.desk import Desk

#: The icon at its left. Logical pixels.
_ICON = 16


class OnlyHere(QWidget):
    """Not there for who exchanges with nobody."""

    #: It says something else now, and needs another room.
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._line = QHBoxLayout()
        self._line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._line)
        self.pill: QPushButton | None = None
        self._texts: list[str] = []
        self.hide()
        desk.exchange.counted.connect(self._show)
        self._show()

    def _show(self) -> None:
        lacking = self._desk.exchange.lacking
        self.setVisible(lacking is not None)
        if lacking is None:
            return
        if self.pill is None:
            self.pill = button(self._desk.look, "", lambda: self._desk.go("sync"), kind="pill")
            self.pill.setIconSize(QSize(_ICON, _ICON))
            self.pill.setObjectName("only-here")
            self._line.addWidget(self.pill)
        self._say(self.pill, lacking)
        self.changed.emit()

    def fit(self, room: int) -> None:
        """Say all of it where there is room for that, and the sum where there is not."""
        if self.pill is None or len(self._texts) < 2:
            return
        self.pill.setText(self._texts[0])
        if self.pill.sizeHint().width() > room:
            self.pill.setText(self._texts[1])

    def _say(self, pill: QPushButton, lacking: Lacking) -> None:
        tr, look = self._desk.tr, self._desk.look
        count = lacking.operations + lacking.blobs
        whole: str = operation("exchange_text").waiting_text(lacking, tr)
        tone = Tone.WARN if count else Tone.OK
        self._texts = [tr("Nothing only here")]
        if count:
            amount: str = operation("exchange_text").amount_text(lacking.bytes)
            everything = tr(
                "Only here: {operations} entries, {blobs} files, {amount}",
                operations=lacking.operations,
                blobs=lacking.blobs,
                amount=amount,
            )
            self._texts = [everything, tr("Only here: {count}", count=count)]
        # The short one at first: it is never in the way.
        pill.setText(self._texts[-1])
        pill.setAccessibleName(whole)
        pill.setToolTip(whole)
        pill.setIcon(look.icon("drive" if count else "conforms", tone))
        retone(pill, tone)
