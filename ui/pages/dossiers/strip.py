"""The pages of a dossier beside the one that is shown: small, drawn once they come into sight."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QListView

from inspector.operations.previews import PagePicture, page_picture
from ui.theme import tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from inspector.operations.previews import Preview
    from ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
#: A page of A4 in the strip. Logical pixels.
PAGE = QSize(84, 119)


def pixmap_of(drawn: PagePicture, ratio: float) -> QPixmap:
    """Return a drawn page as Qt shows it. ratio: device pixels for each logical one."""
    image = QImage(drawn.data, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32)
    made = QPixmap.fromImage(image)
    made.setDevicePixelRatio(ratio)
    return made


def _untinted(picture: QPixmap) -> QIcon:
    """Return a page that is white also where it is the chosen one."""
    made = QIcon(picture)
    made.addPixmap(picture, QIcon.Mode.Selected)
    return made


class StripModel(QAbstractListModel):
    """So many pages by their numbers, with the pictures that were drawn."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._count = 0
        self._blank = QPixmap(PAGE)
        self._blank.fill(Qt.GlobalColor.white)
        self._drawn: dict[int, QPixmap] = {}

    def take(self, count: int) -> None:
        """Show another dossier, of `count` pages."""
        self.beginResetModel()
        self._count = count
        self._drawn.clear()
        self.endResetModel()

    def put(self, number: int, picture: QPixmap) -> None:
        """Show the picture of a page."""
        if number < self._count:
            self._drawn[number] = picture
            at = self.index(number)
            self.dataChanged.emit(at, at)

    def is_drawn(self, number: int) -> bool:
        """Tell whether the picture of a page is there."""
        return number in self._drawn

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many pages there are."""
        return 0 if parent is not None and parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the number of a page, its name or its picture."""
        number = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return str(number + 1)
        if role == Qt.ItemDataRole.DecorationRole:
            return _untinted(self._drawn.get(number, self._blank))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._desk.tr("Page {number} of {count}", number=number + 1, count=self._count)
        return None


class Strip(QListView):
    """Every page by a small picture; the chosen one is shown large."""

    #: A page was chosen: its number from 0.
    chosen = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._preview: Preview | None = None
        self._drawing = False
        #: Pages that are drawn or being drawn: one that cannot be is not asked for again and again.
        self._asked: set[int] = set()
        self.pages = StripModel(desk)
        self.setModel(self.pages)
        self.setObjectName("canvas")
        self.setAccessibleName(desk.tr("Pages"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setMovement(QListView.Movement.Static)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setIconSize(PAGE)
        self.setSpacing(tokens.S)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFixedWidth(PAGE.width() + 2 * tokens.L + tokens.M)
        self.selectionModel().currentChanged.connect(self._choose)

    def show_pages(self, preview: Preview | None) -> None:
        """Show the pages of a dossier, None shows none."""
        self._preview = preview
        self._asked.clear()
        self.pages.take(preview.pages if preview is not None else 0)
        self.stand_on(0)

    def stand_on(self, number: int) -> None:
        """Mark the page that is shown large."""
        at = self.pages.index(number)
        if at != self.currentIndex():
            before = self.selectionModel().blockSignals(True)
            self.setCurrentIndex(at)
            self.selectionModel().blockSignals(before)
            self.scrollTo(at)
            self.viewport().update()

    def _choose(self, at: Index) -> None:
        if at.isValid():
            self.chosen.emit(at.row())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is there and let the first page in sight that lacks its picture be drawn."""
        super().paintEvent(event)
        self._draw_next()

    def _draw_next(self) -> None:
        preview = self._preview
        number = self._first_lacking()
        if self._drawing or preview is None or number < 0:
            return
        self._asked.add(number)
        self._drawing, ratio = True, self.devicePixelRatioF()
        size = PAGE * ratio
        self._desk.papers.run(
            self,
            lambda _progress: page_picture(preview, number, size.width(), size.height()),
            partial(self._show, preview, ratio),
            ended=self._rest,
        )

    def _first_lacking(self) -> int:
        """Return the first page in sight that was not asked for yet, -1 if there is none."""
        room = self.viewport().rect()
        lacking = (
            number
            for number in range(self.pages.rowCount())
            if number not in self._asked
            and self.visualRect(self.pages.index(number)).intersects(room)
        )
        return next(lacking, -1)

    def _show(self, preview: Preview, ratio: float, drawn: PagePicture) -> None:
        if preview is self._preview:
            self.pages.put(drawn.number, pixmap_of(drawn, ratio))

    def _rest(self) -> None:
        self._drawing = False
        self.viewport().update()
