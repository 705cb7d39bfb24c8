"""Choosing what a photograph belongs to from a list of everything that was seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from inspector.operations.placing import Target, place_name, place_text
from ui.theme import tokens
from ui.widgets.buttons import button
from ui.widgets.surfaces import column, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.domain.record import VisitRecord
    from ui.desk import Desk


class Tall(QStyledItemDelegate):
    """Lines high enough to be touched."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._height = round(tokens.TOUCH * desk.look.scale)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a line."""
        return QSize(super().sizeHint(option, index).width(), self._height)


class PlaceDialog(QDialog):
    """A field and a list: type a few characters, Enter. It changes nothing by itself."""

    #: Something was chosen: `Target`.
    picked = Signal(object)

    def __init__(
        self, desk: Desk, parent: QWidget, record: VisitRecord, choices: Sequence[Target]
    ) -> None:
        super().__init__(parent)
        tr = desk.tr
        self._choices = tuple(choices)
        self._names = tuple(place_name(record, each.kind, each.id, tr) for each in choices)
        self.setWindowTitle(tr("Place at …"))
        self.setModal(True)
        self.resize(640, 520)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Number of a finding, item or window, or words of it"))
        self.field.setAccessibleName(tr("Filter"))
        self.field.setProperty("extent", "field")
        self.model = QSortFilterProxyModel(self)
        self.model.setSourceModel(QStringListModel(self._lines(desk, record), self))
        self.model.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list = self._list(desk)
        cancel = button(desk.look, tr("Cancel"), self.reject, extent="touch")
        self.go = button(
            desk.look, tr("Place here"), self._pick, kind="primary", icon="check", extent="touch"
        )
        self.setLayout(
            column(
                self.field,
                self.list,
                row(None, cancel, self.go),
                spacing=tokens.M,
                margins=tokens.L,
            )
        )
        self.field.textChanged.connect(self._restrict)
        self.field.returnPressed.connect(self._pick)
        self.field.installEventFilter(self)
        self.list.activated.connect(lambda _index: self._pick())
        self._restrict("")
        self.field.setFocus()

    def _lines(self, desk: Desk, record: VisitRecord) -> list[str]:
        """Return each choice as name and text on one line."""
        texts = (place_text(record, each.kind, each.id, desk.tr) for each in self._choices)
        pairs = zip(self._names, texts, strict=True)
        return [f"{name}   {text}".rstrip() for name, text in pairs]

    def _list(self, desk: Desk) -> QListView:
        made = QListView()
        made.setModel(self.model)
        made.setItemDelegate(Tall(desk, self))
        made.setAccessibleName(desk.tr("What it may belong to"))
        made.setUniformItemSizes(True)
        made.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while one goes on typing."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step and self.model.rowCount():
                at = self.list.currentIndex().row() + step
                self._stand_on(min(max(at, 0), self.model.rowCount() - 1))
                return True
        return super().eventFilter(watched, event)

    def _restrict(self, text: str) -> None:
        self.model.setFilterFixedString(text.strip())
        self._stand_on(self._named(text.strip()))
        self.go.setEnabled(self.model.rowCount() > 0)

    def _named(self, text: str) -> int:
        """Return the first row whose name bears the text as a whole: “05” is a window's number.

        The words of a finding may hold the same digits, and Enter would take it for the window.
        """
        whole = re.compile(rf"(?<!\w){re.escape(text)}(?![0-9])", re.IGNORECASE)
        for at in range(self.model.rowCount()):
            if whole.search(self._names[self.model.mapToSource(self.model.index(at, 0)).row()]):
                return at
        return 0

    def _stand_on(self, at: int) -> None:
        self.list.setCurrentIndex(self.model.index(at, 0))

    def _pick(self) -> None:
        index: QModelIndex = self.list.currentIndex()
        if index.isValid():
            target = self._choices[self.model.mapToSource(index).row()]
            self.accept()
            self.picked.emit(target)
