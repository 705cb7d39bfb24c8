"""Where the main window stands: where it was left, always whole on a screen that there is."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.frame.window import MainWindow

logger = logging.getLogger(__name__)

#: Width and height of the window where the screen has the room. Logical pixels.
SIZE = (1440, 900)
#: What the system's title bar takes of the screen, at most. Logical pixels.
TITLE_BAR = 40


def fit(window: MainWindow) -> None:
    """Give the window its last place and size, or the size its pages are drawn for.

    Where it stood on a screen that is gone, or never stood, the system places it.
    """
    rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    last = window.desk.settings.window
    place = placed(QRect(*last), rooms) if last else None
    if place is not None:
        window.resize(place.size())
        window.move(place.topLeft())
        return
    room = window.screen().availableGeometry()
    size = _within(QSize(*SIZE), room)
    window.resize(size)
    if size != QSize(*SIZE):
        # Where the system would place it, its foot might lie below the screen.
        window.move(room.topLeft())


def placed(last: QRect, rooms: Sequence[QRect]) -> QRect | None:
    """Return the last place moved and shrunk so that all of it is seen, None if nothing would be.

    rooms: what the system leaves free of each screen.
    """
    shared = [room.intersected(last) for room in rooms]
    seen = max(shared, key=_area, default=QRect())
    if seen.isEmpty():
        return None
    room = rooms[shared.index(seen)]
    size = _within(last.size(), room)
    left = min(max(last.x(), room.x()), room.x() + room.width() - size.width())
    below = room.y() + room.height() - size.height() - TITLE_BAR
    return QRect(left, min(max(last.y(), room.y()), below), size.width(), size.height())


def remember(window: MainWindow) -> None:
    """Keep place and size for the next start; one that fills the screen keeps those it had."""
    desk, filled = window.desk, window.isMaximized()
    place: tuple[int, ...] = (window.x(), window.y(), window.width(), window.height())
    if filled:
        # What Qt tells of the place before has the frame in it or not, by how it came to be so.
        place = desk.settings.window
    kept = replace(desk.settings, window=place, maximised=filled)
    if kept == desk.settings:
        return
    try:
        desk.keep(kept)
    except OSError as error:
        # Nobody waits for it, and the window is about to go.
        logger.warning("the place of the window is not kept: %s", type(error).__name__)


def _within(size: QSize, room: QRect) -> QSize:
    return size.boundedTo(QSize(room.width(), room.height() - TITLE_BAR))


def _area(place: QRect) -> int:
    return 0 if place.isEmpty() else place.width() * place.height()
