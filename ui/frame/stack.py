"""The pages of the window, one of them shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtWidgets import QWidget

#: Where the bones stand that keep the place of a page.
BONES = 0


class Stack(QStackedWidget):
    """Needs the room of the page that is shown: the others need none meanwhile.

    Some pages stand without the rail; beside it they would make the window wider than the screen.
    """

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """Return the least room of the page that is shown."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()

    @property
    def is_clear(self) -> bool:
        """Whether only bones stand here."""
        return self.currentIndex() == BONES

    def clear_away(self) -> None:
        """Take the keys from the page that is left; what is seen of it stays until the next."""
        self.setUpdatesEnabled(False)
        self.setCurrentIndex(BONES)

    def bring(self, page: QWidget) -> None:
        """Show a page."""
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)
        self.setUpdatesEnabled(True)
