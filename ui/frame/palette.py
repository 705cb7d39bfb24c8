"""Quick search (Ctrl+K): type two characters, go there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from inspector.domain.names import noun_name
from inspector.operations.searching import search_in_sight
from ui.models.hits import TEXT, HitModel, place_of
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.surfaces import column
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.operations.searching import Hits
    from ui.desk import Desk
    from ui.theme.look import Look

    Index = QModelIndex | QPersistentModelIndex

#: Typing is searched for once it rests this long. Milliseconds.
REST_MS = 80
MOST = 50


def open_palette(desk: Desk, window: QWidget) -> None:
    """Search in a dialog over `window`."""
    palette = Palette(desk, window)
    palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    palette.open()


class Palette(QDialog):
    """A field and what was found, newest first. It closes by Esc, or by going somewhere."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        tr = desk.tr
        self.setWindowTitle(tr("Search"))
        self.setModal(True)
        self.resize(720, 520)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Places, findings, numbers, words …"))
        self.field.setAccessibleName(tr("Search"))
        self.field.setProperty("extent", "field")
        self.model = HitModel(desk.lang, self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitLine(desk.look, self))
        self.list.setAccessibleName(tr("What was found"))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.said = label("", Type.CAPTION)
        self.setLayout(column(self.field, self.list, self.said, spacing=tokens.S, margins=tokens.L))
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._search)
        self.field.textChanged.connect(lambda _text: self._rest.start())
        self.field.returnPressed.connect(self._go)
        self.list.activated.connect(self._go_to)
        self.list.clicked.connect(self._go_to)
        self.field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while one goes on typing."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step and self.model.rowCount():
                row = min(max(self.list.currentIndex().row() + step, 0), self.model.rowCount() - 1)
                self.list.setCurrentIndex(self.model.index(row))
                return True
        return super().eventFilter(watched, event)

    def search_now(self) -> None:
        """Search for what stands in the field without waiting for typing to rest."""
        self._rest.stop()
        self._search()

    def _search(self) -> None:
        typed = self.field.text()
        if not typed.strip():
            self._show(typed, None)
            return
        find = partial(search_in_sight, text=typed, limit=MOST, lang=self._desk.lang)
        self._desk.read(self, find, partial(self._show, typed))

    def _show(self, typed: str, found: Hits | None) -> None:
        if typed != self.field.text():
            return  # something else was typed since; its answer is on the way
        tr = self._desk.tr
        self.model.show(found.hits if found else ())
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))
        if found is None:
            self.said.setText("")
        elif found.ignored == tuple(typed.split()):
            self.said.setText(tr("Only words and numbers are searched."))
        elif found.more:
            self.said.setText(tr("more than {count} hits", count=found.total))
        else:
            self.said.setText(tr("{count} hits", count=found.total))

    def _go(self) -> None:
        if self._rest.isActive():
            self.search_now()
        self._desk.worker.when_idle(self, lambda _none: self._go_to(self.list.currentIndex()))

    def _go_to(self, index: QModelIndex) -> None:
        hit = self.model.hit(index)
        if hit is not None:
            self.accept()
            self._desk.went.emit(place_of(hit))


class HitLine(QStyledItemDelegate):
    """One hit: what kind of thing it is, and what it says."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a line."""
        del index
        return QSize(option.rect.width(), round(tokens.TOUCH * self._look.scale))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the kind in a column of its own, then the text on one line."""
        colours, room = self._look.colours, option.rect.adjusted(tokens.M, 0, -tokens.M, 0)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colours.accent_soft)
        middle = Qt.AlignmentFlag.AlignVCenter
        kind = room.adjusted(0, 0, 0, 0)
        kind.setWidth(round(120 * self._look.scale))
        painter.setFont(self._look.font(Type.CAPTION))
        painter.setPen(colours.text2)
        painter.drawText(kind, middle, noun_name(index.data(HitModel.KIND)).of(self._look.lang))
        painter.setFont(self._look.font(Type.BODY))
        painter.setPen(colours.text)
        rest = room.adjusted(kind.width(), 0, 0, 0)
        words = painter.fontMetrics().elidedText(
            index.data(TEXT), Qt.TextElideMode.ElideRight, rest.width()
        )
        painter.drawText(rest, middle, words)
        painter.restore()
