"""A quiet count of what is new in the watched folder, for a page that shows a visit."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from inspector.domain.vocabulary import EvidenceRoute
from ui.pages.evidence.bringing import BRING
from ui.pages.evidence.watching import FolderWatch
from ui.widgets.buttons import button

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QPushButton, QWidget

    from ui.desk import Desk


def fresh_button(desk: Desk, page: QWidget, open_visit: Callable[[], str]) -> QPushButton:
    """Return a button that is there only while something is new; it offers just that.

    open_visit: returns the id of the visit that is shown if it takes photographs, else "".
    """

    def offer() -> None:
        visit = open_visit()
        if visit:
            bring = importlib.import_module(BRING)
            bring.bring_in(desk, page, visit, watch.take(), EvidenceRoute.WATCHED)

    def show(_watch: object) -> None:
        count = len(watch.fresh)
        made.setText(desk.tr("New in the folder: {count}", count=count))
        made.setVisible(bool(count and open_visit()))

    made = button(desk.look, "", offer, icon="sync", extent="touch")
    made.hide()
    watch = FolderWatch(desk, made)
    watch.looked.connect(show)
    return made
