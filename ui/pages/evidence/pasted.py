"""A picture on the clipboard: kept where files wait, and offered like any other."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage

from inspector.operations.incoming import keep_pasted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QObject

    from ui.desk import Desk


def keep_clipboard(
    desk: Desk, owner: QObject, kept: Callable[[Path], None], failed: Callable[[Exception], None]
) -> bool:
    """Keep the picture on the clipboard and hand over where it lies; False if there is none."""
    clipboard, root = QGuiApplication.clipboard(), desk.root
    image = clipboard.image()
    if image.isNull() or root is None:
        return False
    name = f"pasted-{datetime.now():%Y%m%d-%H%M%S}.png"
    desk.papers.run(
        owner, lambda _progress: keep_pasted(root, _png(image), name), kept, failed=failed
    )
    return True


def _png(image: QImage) -> bytes:
    """Return the pixels as PNG; done off the windows' thread, as it takes a while."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
