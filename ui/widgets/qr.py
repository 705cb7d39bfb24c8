"""A QR code, painted: dark on white in every theme, as cameras expect it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

#: White squares around the code that the standard asks for.
_QUIET = 4
_SQUARE = 4


class QrCode(QWidget):
    """Nothing until it is given its squares, row by row from the top."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.squares: tuple[tuple[bool, ...], ...] = ()
        self.hide()

    def show_squares(self, squares: tuple[tuple[bool, ...], ...]) -> None:
        """Show a code."""
        self.squares = squares
        self.setFixedSize(self.sizeHint())
        self.setVisible(bool(squares))
        self.update()

    def sizeHint(self) -> QSize:
        """Return room in which each square is whole."""
        side = (len(self.squares) + 2 * _QUIET) * _SQUARE
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the squares."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        for down, line in enumerate(self.squares, _QUIET):
            for across, dark in enumerate(line, _QUIET):
                if dark:
                    square = QRectF(across * _SQUARE, down * _SQUARE, _SQUARE, _SQUARE)
                    painter.fillRect(square, QColor(Qt.GlobalColor.black))
        painter.end()
