"""Our own icons: line drawings on a grid of 24, tinted with the colours of the theme.

The drawings stand in `resources/icons` with `currentColor` as their colour.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from inspector.base.paths import resource


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `size` logical pixels. Raises FileNotFoundError."""
    drawing = _drawing(name).replace("currentColor", colour)
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: str, off_colour: str, on_colour: str = "", size: int = 22) -> QIcon:
    """Return an icon; `on_colour` is its colour where the button is checked, `off_colour` where it
    is disabled."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        result.addPixmap(pixmap(name, colour, size, ratio))
        result.addPixmap(pixmap(name, off_colour, size, ratio), QIcon.Mode.Disabled)
        if on_colour:
            on = pixmap(name, on_colour, size, ratio)
            result.addPixmap(on, QIcon.Mode.Normal, QIcon.State.On)
    return result
