"""How photographs reach the page: its button, files dropped on it, and what is pasted."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeySequence

from ui.widgets.buttons import button
from ui.widgets.dropping import Dropping, local_files
from ui.widgets.keys import bind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QPushButton, QWidget

    from ui.desk import Desk

#: Imported when photographs are first brought in: what it needs loads slowly.
BRING = "ui.pages.evidence.bring"


def dropping_words(desk: Desk) -> str:
    """Return what happens when files are let go; it does not tell what they are for."""
    return desk.tr("Let go here: files are offered first, nothing is stored yet.")


class Bringing(QObject):
    """Hands the visit that is shown, and files if there are any, to the window that offers them.

    open_visit: returns the id of the visit that is shown if it takes photographs, else "".
    """

    def __init__(self, desk: Desk, page: QWidget, open_visit: Callable[[], str]) -> None:
        super().__init__(page)
        self._desk, self._page, self._open_visit = desk, page, open_visit
        self.dropping = Dropping(desk, page, self._takes, self._take, dropping_words(desk))
        bind(page, QKeySequence.StandardKey.Paste, self.paste)

    def new_button(self) -> QPushButton:
        """Return a button that brings photographs in."""
        look, tr = self._desk.look, self._desk.tr
        return button(look, tr("Bring in photographs"), self.bring, icon="import", extent="touch")

    def bring(self, paths: tuple[Path, ...] = ()) -> None:
        """Open the window that offers photographs, with files if some are at hand."""
        visit = self._open_visit()
        if visit:
            importlib.import_module(BRING).bring_in(self._desk, self._page, visit, paths)

    def paste(self) -> None:
        """Offer what is on the clipboard: files, or a picture."""
        data = QGuiApplication.clipboard().mimeData()
        files = local_files(data)
        visit = self._open_visit()
        if files:
            self.bring(files)
        elif visit and data.hasImage():
            importlib.import_module(BRING).bring_pasted(self._desk, self._page, visit)

    def _takes(self, data: QMimeData) -> bool:
        return bool(self._open_visit() and local_files(data))

    def _take(self, data: QMimeData) -> None:
        self.bring(local_files(data))
