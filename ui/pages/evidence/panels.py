"""What the ways unfold above the offer: one at a time, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector.domain.vocabulary import EvidenceRoute
from ui.pages.evidence.camera import CameraPanel
from ui.pages.evidence.routes import CardsPanel, WatchPanel, Ways
from ui.pages.evidence.upload import UploadPanel
from ui.pages.evidence.watching import FolderWatch
from ui.widgets.surfaces import column

if TYPE_CHECKING:
    from ui.desk import Desk


class Panels(QWidget):
    """Cards and sticks, the watched folder, the page for a telephone, the camera."""

    #: Files and folders are to be offered: a tuple of `Path`, and the `EvidenceRoute`.
    offered = Signal(object, object)

    def __init__(self, desk: Desk, ways: Ways, visit: str) -> None:
        super().__init__()
        self._ways = ways
        self.watch = FolderWatch.of(desk)
        self.watch.looked.connect(self._count)
        self.cards = CardsPanel(desk)
        self.cards.chosen.connect(lambda path: self.offered.emit((path,), EvidenceRoute.CARD))
        self.watched = WatchPanel(desk, self.watch)
        self.watched.chosen.connect(lambda each: self.offered.emit(each, EvidenceRoute.WATCHED))
        self.watched.failed.connect(desk.worker.refused)
        self.upload = UploadPanel(desk)
        self.camera = CameraPanel(desk, visit)
        self._panels: dict[str, QWidget] = {
            "card": self.cards,
            "watch": self.watched,
            "upload": self.upload,
            "camera": self.camera,
        }
        self.setLayout(column(*self._panels.values(), spacing=0))
        self.unfold("")
        self._count()

    def _count(self, _watch: object = None) -> None:
        self._ways.count(len(self.watch.fresh))

    def toggle(self, way: str) -> None:
        """Unfold what a way has to say, or fold it up again."""
        self.unfold("" if self._panels[way].isVisibleTo(self) else way)

    def unfold(self, way: str) -> None:
        """Show one panel, freshly looked at; "" is none."""
        for name, panel in self._panels.items():
            panel.setVisible(name == way)
        self.setVisible(bool(way))
        self._ways.unfold(way)
        if way == "card":
            self.cards.look_again()
        elif way == "watch":
            self.watch.look()
        elif way == "upload":
            self.upload.look_again()
        elif way == "camera":
            self.camera.look_again()

    def stop(self) -> None:
        """Let nothing in any more: no telephone, no camera."""
        self.upload.stop()
        self.camera.stop()
