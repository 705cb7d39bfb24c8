"""What the disk refused, over a visit: what was typed stays where it is, and is saved again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.surfaces import Banner, cleared, column

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.recording.acting import Acting, Trouble


class Troubles(QWidget):
    """There only while it says something, at the foot of the page and over it.

    It comes while somebody works quickly: nothing may move from under the pointer for it.
    """

    def __init__(self, desk: Desk, acting: Acting, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._acting, self._page = desk, acting, page
        self.banners = column(spacing=tokens.S)
        self.setLayout(self.banners)
        self.hide()
        acting.refused.connect(self._show)
        acting.saved.connect(self._calm)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the page, whatever its size."""
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        wide = self._page.width() - 2 * tokens.M
        high = self.banners.totalHeightForWidth(wide)
        self.setGeometry(tokens.M, self._page.height() - high - tokens.S, wide, high)

    def _show(self, trouble: Trouble) -> None:
        """Say what the disk refused, and offer it again."""
        cleared(self.banners)
        tr, count = self._desk.tr, len(self._acting.waiting)
        words = trouble.error.text(tr)
        if count > 1:
            words += "\n" + tr("Not saved so far: {count}", count=count)
        again = partial(self._acting.try_again, trouble)
        look = self._desk.look
        self.banners.addWidget(Banner(look, words, Tone.DANGER, "warning", tr("Save again"), again))
        self.show()
        self._place()
        self.raise_()

    def _calm(self) -> None:
        """Take away what was said, unless something else still waits to be saved."""
        cleared(self.banners)
        self.hide()
        if self._acting.waiting:
            self._show(self._acting.waiting[-1])
