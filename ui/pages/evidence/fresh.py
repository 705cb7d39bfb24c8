"""A quiet count of what is new in the watched folder, for a page that shows a visit."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from inspector.domain.vocabulary import EvidenceRoute
from ui.pages.evidence.bringing import BRING
from ui.pages.evidence.watching import FolderWatch
from ui.widgets.buttons import button

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QPushButton, QWidget

    from ui.desk import Desk


class _Fresh(QObject):
    """Keeps the button as the watch of the desk counts; it ends with the button."""

    def __init__(self, desk: Desk, page: QWidget, open_visit: Callable[[], str]) -> None:
        self._button = button(desk.look, "", self._offer, icon="sync", extent="touch")
        super().__init__(self._button)
        self._desk, self._page, self._open_visit = desk, page, open_visit
        self._button.hide()
        self._watch = FolderWatch.of(desk)
        self._watch.looked.connect(self._show)

    @property
    def button(self) -> QPushButton:
        """The button."""
        return self._button

    def _offer(self) -> None:
        visit = self._open_visit()
        if visit:
            bring = importlib.import_module(BRING)
            bring.bring_in(self._desk, self._page, visit, self._watch.take(), EvidenceRoute.WATCHED)

    def _show(self, _watch: object) -> None:
        count = len(self._watch.fresh)
        self._button.setText(self._desk.tr("New in the folder: {count}", count=count))
        self._button.setVisible(bool(count and self._open_visit()))


def fresh_button(desk: Desk, page: QWidget, open_visit: Callable[[], str]) -> QPushButton:
    """Return a button that is there only while something is new; it offers just that.

    open_visit: returns the id of the visit that is shown if it takes photographs, else "".
    """
    return _Fresh(desk, page, open_visit).button
