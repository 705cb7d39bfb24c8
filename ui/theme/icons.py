"""Our own icons: line drawings on a grid of 24, tinted with the colours of the theme.

The drawings stand in `resources/icons`. Each is drawn once in a size; its tints are made of that.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from inspector.base.paths import resource

_CLEAR = QColor(0, 0, 0, 0)


@cache
def _drawn(name: str, pixels: int) -> QPixmap:
    """Return the drawing in black, which is what `currentColor` is to Qt.

    Raises FileNotFoundError.
    """
    file = resource("icons", f"{name}.svg")
    drawing = QSvgRenderer(str(file))
    if not drawing.isValid():
        raise FileNotFoundError(file)
    picture = QPixmap(pixels, pixels)
    picture.fill(_CLEAR)
    painter = QPainter(picture)
    drawing.render(painter)
    painter.end()
    return picture


@cache
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `size` logical pixels. Raises FileNotFoundError."""
    drawn = _drawn(name, round(size * ratio))
    # A copy of it: a picture that is filled with a colour can let nothing show through any more.
    picture, tint = QPixmap(drawn), QPixmap(drawn.size())
    tint.fill(QColor(colour))
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    # Drawn, not filled: to learn what it is to fill with, PySide makes all the names of Qt.
    painter.drawPixmap(0, 0, tint)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: str, off_colour: str, on_colour: str = "", size: int = 22) -> QIcon:
    """Return an icon; `on_colour` is its colour where the button is checked, `off_colour` where it
    is disabled: each if it ever is. It is sharp on the screens there are."""
    result = QIcon()
    for ratio in {screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}:
        result.addPixmap(pixmap(name, colour, size, ratio))
        if off_colour:
            result.addPixmap(pixmap(name, off_colour, size, ratio), QIcon.Mode.Disabled)
        if on_colour:
            on = pixmap(name, on_colour, size, ratio)
            result.addPixmap(on, QIcon.Mode.Normal, QIcon.State.On)
    return result
