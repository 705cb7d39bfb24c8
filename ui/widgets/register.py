"""What all registers have: a table that Enter opens, and the choice of its columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
)

from inspector.base.system_reasons import reason_of
from ui.theme import tokens
from ui.widgets.buttons import button
from ui.widgets.lines import ONE_LINE, claimed_ground

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QPushButton

    from ui.desk import Desk


Index = QModelIndex | QPersistentModelIndex
_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
#: Height of the bone that stands in a cell until it is read. Logical pixels.
_BONE = 10
#: Characters of a cell that are looked at: no cell is wider.
_LONGEST = 300


class RegisterTable(QTableView):
    """Rows of one height, chosen as wholes. Enter or a double click opens the current one."""

    opened = Signal()
    #: Another row became the current one.
    moved = Signal()

    def __init__(self, desk: Desk, name: str, model: QAbstractItemModel) -> None:
        super().__init__()
        self._ground = claimed_ground(self)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        # Of one height: nothing is measured, however many there are.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(round(tokens.CONTROL * desk.look.scale))
        colours = desk.look.colours
        self._text, self._line = QColor(colours.text), QColor(colours.border)
        self._chosen, self._bone = QColor(colours.accent_soft), QColor(colours.sunken)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    @property
    def in_sight(self) -> range:
        """The rows that are seen."""
        return self._rows(0, self.viewport().height() - 1)

    def _rows(self, top: int, bottom: int) -> range:
        """Return the rows that stand between two heights."""
        first, last = self.rowAt(top), self.rowAt(bottom)
        if first < 0:
            return range(0)
        return range(first, (last if last >= 0 else self.model().rowCount() - 1) + 1)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint anew, unless what changed is out of sight."""
        seen = self.in_sight
        if seen and first.row() < seen.stop and last.row() >= seen.start:
            super().dataChanged(first, last, list(roles))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows by themselves: the cells of a QTableView take several times as long."""
        painter = QPainter(self._ground)
        area = event.rect()
        painter.fillRect(area, self.palette().base())
        columns = [
            (column, left, wide)
            for column in range(self.model().columnCount())
            if not self.isColumnHidden(column)
            and (left := self.columnViewportPosition(column)) <= area.right()
            and left + (wide := self.columnWidth(column)) > area.left()
        ]
        chosen = {index.row() for index in self.selectionModel().selectedRows()}
        for row in self._rows(area.top(), area.bottom()) if columns else ():
            self._paint_row(painter, row, columns, is_chosen=row in chosen)
        painter.end()

    def _paint_row(
        self,
        painter: QPainter,
        row: int,
        columns: Sequence[tuple[int, int, int]],
        *,
        is_chosen: bool,
    ) -> None:
        """Draw a row above a hairline. columns: each with its left edge and its width."""
        top, height = self.rowViewportPosition(row), self.rowHeight(row) - 1
        start, end = columns[0][1], columns[-1][1] + columns[-1][2]
        if is_chosen:
            painter.fillRect(start, top, end - start, height, self._chosen)
        painter.fillRect(start, top + height, end - start, 1, self._line)
        painter.setPen(self._text)
        model, metrics = self.model(), self.fontMetrics()
        for column, left, wide in columns:
            index = model.index(row, column)
            text, room = model.data(index), wide - 2 * tokens.S
            if text is None:
                middle = top + (height - _BONE) // 2
                painter.fillRect(left + tokens.S, middle, room // 2, _BONE, self._bone)
            if not text:
                continue
            if metrics.horizontalAdvance(text[:_LONGEST]) > room:
                text = metrics.elidedText(text[:_LONGEST], Qt.TextElideMode.ElideRight, room)
            side = model.data(index, Qt.ItemDataRole.TextAlignmentRole) or _MIDDLE
            painter.drawText(left + tokens.S, top, room, height, side.value | ONE_LINE, text)

    def set_widths(self, characters: Sequence[int], stretch: int) -> None:
        """Give each column room for so many characters; one takes what is left."""
        header = self.horizontalHeader()
        wide = self.fontMetrics().averageCharWidth()
        for column, count in enumerate(characters):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, count * wide + 2 * tokens.M)
        header.setMinimumSectionSize(5 * wide + 2 * tokens.M)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that another row is the current one."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter; Home and End lead to the first and the last row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self.model().rowCount() - 1
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)


class ColumnChoice:
    """A button with a menu: which columns are shown, and by which the rows are ordered.

    What is chosen is remembered in the settings under `key`. The first column always stays.
    """

    def __init__(
        self,
        desk: Desk,
        table: RegisterTable,
        key: str,
        names: Sequence[str],
        usually_hidden: Sequence[str] = (),
    ) -> None:
        self._desk, self._table, self._key = desk, table, key
        self._names = tuple(names)
        self._usual = tuple(usually_hidden)
        self.button: QPushButton = button(desk.look, desk.tr("Columns"), icon="columns")
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self.menu.aboutToShow.connect(self.fill)
        self.apply()

    def fill(self) -> None:
        """Put into the menu what can be chosen, once somebody wants it, and mark what is."""
        if self.menu.isEmpty():
            self._fill()
        self._mark()

    def _fill(self) -> None:
        tr = self._desk.tr
        self._shown = [self._toggle(column) for column in range(1, len(self._names))]
        self._orders = self.menu.addMenu(tr("Order by"))
        self._by = QActionGroup(self._orders)
        for column in range(len(self._names)):
            action = self._action(column, self._order_by(column))
            self._by.addAction(action)
            self._orders.addAction(action)
        self._orders.addSeparator()
        self.down = QAction(tr("The other way round"), self._orders, checkable=True)
        self.down.triggered.connect(lambda _on: self._turn())
        self._orders.addAction(self.down)

    @property
    def hidden(self) -> tuple[str, ...]:
        """The names of the columns that are not shown."""
        return self._desk.settings.hidden.get(self._key, self._usual)

    def apply(self) -> None:
        """Show what the settings say."""
        for column, name in enumerate(self._names):
            self._table.setColumnHidden(column, bool(column) and name in self.hidden)

    def _action(self, column: int, done: Callable[[bool], None]) -> QAction:
        words = str(self._table.model().headerData(column, Qt.Orientation.Horizontal)).replace(
            "&", "&&"
        )
        action = QAction(words, self.menu, checkable=True)
        action.triggered.connect(done)
        return action

    def _toggle(self, column: int) -> QAction:
        name = self._names[column]

        def toggle(on: bool) -> None:
            others = [each for each in self.hidden if each != name]
            hidden = {**self._desk.settings.hidden, self._key: tuple(others + [name] * (not on))}
            self._table.setColumnHidden(column, not on)
            try:
                self._desk.prefer(replace(self._desk.settings, hidden=hidden))
            except OSError as error:
                text = self._desk.tr(
                    "The settings could not be kept ({detail}). The records are not affected.",
                    detail=reason_of(error),
                )
                self._desk.say(text)

        action = self._action(column, toggle)
        self.menu.addAction(action)
        return action

    def _order_by(self, column: int) -> Callable[[bool], None]:
        def order(_on: bool) -> None:
            self._table.sortByColumn(column, self._table.horizontalHeader().sortIndicatorOrder())

        return order

    def _turn(self) -> None:
        header = self._table.horizontalHeader()
        down = Qt.SortOrder.DescendingOrder
        ascending = header.sortIndicatorOrder() is down
        order = Qt.SortOrder.AscendingOrder if ascending else down
        self._table.sortByColumn(header.sortIndicatorSection(), order)

    def _mark(self) -> None:
        for column, action in enumerate(self._shown, 1):
            action.setChecked(not self._table.isColumnHidden(column))
        header = self._table.horizontalHeader()
        for column, action in enumerate(self._by.actions()):
            action.setChecked(column == header.sortIndicatorSection())
        self.down.setChecked(header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder)
