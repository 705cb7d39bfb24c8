"""Cameras that are not there: they keep what the real ones promise (tests/ui/test_cameras.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from inspector.base.errors import MingchaError
from ui.work.cameras import Named

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.work.cameras import Frame

TWO = (Named("front", "Integrated Camera"), Named("usb", "USB 2.0 Camera"))


def drawn(tint: int) -> QImage:
    """Return a frame that tells itself from others: a counter with a number over it."""
    image = QImage(1280, 720, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(tint % 360, 30, 215))
    painter = QPainter(image)
    painter.fillRect(QRect(0, 470, 1280, 250), QColor(96, 78, 60))
    for window in range(4):
        painter.fillRect(QRect(60 + 300 * window, 150, 240, 250), QColor(60, 74, 92))
        painter.fillRect(QRect(80 + 300 * window, 90, 200, 44), QColor(28, 60, 120))
    painter.end()
    return image


class Lit:
    """A camera that is on; frames come when the test sends them."""

    def __init__(
        self, key: str, came: Callable[[Frame], None], failed: Callable[[MingchaError], None]
    ) -> None:
        self.key, self.is_lit = key, True
        self._came, self._failed = came, failed
        self._sent = 0

    def send(self) -> None:
        """Let one frame come, another one each time."""
        self._sent += 1
        tint = 37 * self._sent
        if self.is_lit:
            self._came(lambda: drawn(tint))

    def break_off(self, words: str = "Device busy") -> None:
        """Give no more, as when another program takes it."""
        if self.is_lit:
            self.close()
            self._failed(MingchaError("camera_not_opened", detail=words))

    def close(self) -> None:
        """Let it go."""
        self.is_lit = False


class FakeCameras:
    """A computer with some cameras, or with none."""

    def __init__(self, *cameras: Named, missing: MingchaError | None = None) -> None:
        self.cameras, self.missing = cameras, missing
        self.opened: list[Lit] = []

    def load(self) -> None:
        """Be there, or not be installed."""
        if self.missing is not None:
            raise self.missing

    def found(self) -> tuple[Named, ...]:
        """Return which are connected."""
        return self.cameras

    def open(
        self, key: str, came: Callable[[Frame], None], failed: Callable[[MingchaError], None]
    ) -> Lit:
        """Light one."""
        if key not in [each.key for each in self.cameras]:
            raise MingchaError("camera_absent")
        self.opened.append(Lit(key, came, failed))
        return self.opened[-1]

    @property
    def lit(self) -> list[str]:
        """The cameras whose light is on."""
        return [each.key for each in self.opened if each.is_lit]
