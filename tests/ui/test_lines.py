"""Lists and registers paint what changes and nothing else; what is not read yet is seen as such."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QSize, QStringListModel
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QStyledItemDelegate, QWidget

from inspector.base.settings import Settings
from ui.models.findings import STRETCH, FindingsModel
from ui.pages.findings.page import FindingsPage
from ui.theme import tokens
from ui.theme.look import apply, dress, look_of
from ui.widgets.lines import Lines
from ui.widgets.register import RegisterTable
from ui.widgets.surfaces import column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench

HEIGHT = 20


class Counting(QStyledItemDelegate):
    """Paints nothing and notes which rows it was to paint."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[int] = []

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        return QSize(100, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        self.rows.append(index.row())


@pytest.fixture
def lines(bench: Bench) -> Iterator[tuple[Lines, QStringListModel, Counting]]:
    """A list of a hundred lines, ten of which are seen."""
    view, model, painter = Lines(), QStringListModel([str(n) for n in range(100)]), Counting()
    window = QWidget()
    bench.qtbot.addWidget(window)
    window.setLayout(column(view))
    view.setModel(model)
    view.setItemDelegate(painter)
    window.resize(300, 10 * HEIGHT)
    window.show()
    window.activateWindow()
    bench.qtbot.waitUntil(window.isActiveWindow)
    bench.qtbot.waitUntil(lambda: len(set(painter.rows)) >= 10)
    bench.qtbot.wait(100)
    painter.rows.clear()
    yield view, model, painter
    window.close()


def test_a_line_that_changes_is_painted_alone(
    bench: Bench, lines: tuple[Lines, QStringListModel, Counting]
) -> None:
    _view, model, painter = lines
    model.setData(model.index(3), "changed")
    bench.qtbot.waitUntil(lambda: bool(painter.rows))
    bench.qtbot.wait(20)
    assert painter.rows == [3]


def test_the_frame_of_the_focus_has_its_room(opened: Bench, page: object) -> None:
    assert page.checklist.list.hasFocus()
    assert page.checklist.list.frameWidth() == 2


def test_answering_keeps_the_buttons_that_stay_the_same(opened: Bench, page: object) -> None:
    card = page.checklist
    same = {
        row: tuple(card.model.asked(row).item.choices or ())
        for row in range(card.model.rowCount())
        if card.model.asked(row).item.answer_type == card.model.asked(5).item.answer_type
    }
    first, second, *_ = [row for row in same if not same[row]]
    card.list.setCurrentIndex(card.model.index(first))
    before = [made for _option, made in card.answering._options.values()]
    card.list.setCurrentIndex(card.model.index(second))
    assert [made for _option, made in card.answering._options.values()] == before


def test_a_bone_stands_where_a_row_is_not_read_yet(opened: Bench) -> None:
    page = opened.go("findings")
    assert isinstance(page, FindingsPage)
    table = page.table
    bone = QColor(opened.desk.look.colours.sunken)

    def colour() -> QColor:
        middle = table.rowViewportPosition(1) + table.rowHeight(1) // 2
        at = QPoint(table.columnViewportPosition(1) + tokens.S + 2, middle)
        return table.viewport().grab().toImage().pixelColor(at)

    assert colour() != bone
    page.model.take(array("q", page.model.places))
    assert colour() == bone
    opened.qtbot.waitUntil(lambda: page.model.index(1, 0).data() is not None)
    assert colour() != bone


def test_who_passes_rows_by_does_not_wait_for_them(opened: Bench) -> None:
    model = FindingsModel(opened.desk)
    table = RegisterTable(opened.desk, "x", model)
    opened.qtbot.addWidget(table)
    table.resize(600, 400)
    table.show()
    model.take(array("q", range(100_000)))
    bar = table.verticalScrollBar()
    missed: list[int] = []
    model.missed.connect(missed.extend)
    opened.qtbot.waitUntil(lambda: bool(missed))
    missed.clear()
    for share in range(1, 10):
        bar.setValue(bar.maximum() * share // 10)
        table.viewport().repaint()
    opened.qtbot.waitUntil(lambda: bool(missed))
    # They are named all, and those asked for are the ones in sight.
    seen = {row // STRETCH for row in table.in_sight}
    assert seen < set(missed)
    assert len(seen) <= 2


def test_a_change_out_of_sight_paints_nothing(
    opened: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[int] = []
    paint = RegisterTable._paint_row

    def counting(table: RegisterTable, painter: object, row: int, *a: object, **k: object) -> None:
        painted.append(row)
        paint(table, painter, row, *a, **k)

    monkeypatch.setattr(RegisterTable, "_paint_row", counting)
    model = FindingsModel(opened.desk)
    table = RegisterTable(opened.desk, "x", model)
    opened.qtbot.addWidget(table)
    table.resize(600, 400)
    table.show()
    model.take(array("q", range(100_000)))
    opened.qtbot.waitUntil(lambda: bool(painted))
    opened.qtbot.wait(20)
    painted.clear()
    model.show(99_000 // STRETCH, {})
    opened.qtbot.wait(20)
    assert painted == []
    model.show(0, {})
    opened.qtbot.waitUntil(lambda: bool(painted))
    assert max(painted) < STRETCH


def test_a_list_that_gets_the_focus_late_shows_its_frame_and_moves_nothing(
    qtbot: QtBot, qapp: QApplication
) -> None:
    shown = look_of(Settings(lang="zh", theme="light"), "zh")
    apply(shown, qapp)
    window, made, other = QWidget(), Lines(), QPushButton("other")
    dress(shown, window)
    made.setModel(QStringListModel(["a", "b"]))
    window.setLayout(column(other, made))
    qtbot.addWidget(window)
    window.show()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    room = made.viewport().geometry()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    assert made.viewport().geometry() == room
    edge = made.grab().toImage().pixelColor(made.width() // 2, 0)
    assert edge.name() == QColor(shown.colours.focus).name()
