"""What hands do at the page of a visit, and what of it reached the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from shiboken6 import isValid

from inspector.operations.board import board
from ui.pages.visit.notes import NotesDialog

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.domain.board import Asked, Tile
    from inspector.operations.board import Board
    from tests.ui.conftest import Bench
    from ui.pages.visit.page import VisitPage

E = TypeVar("E", QDragEnterEvent, QDropEvent)
D = TypeVar("D", bound=QDialog)


def press(bench: Bench, *keys: Qt.Key | str, at: QWidget | None = None) -> None:
    """Press keys where the focus is, or at a widget, and wait until they are saved."""
    for key in keys:
        target = at or QApplication.focusWidget()
        assert target is not None
        if isinstance(key, str) and not key.isascii():
            # An input method hands over what no key of the test's keyboard can type.
            assert isinstance(target, QLineEdit)
            target.insert(key)
        elif isinstance(key, str):
            bench.qtbot.keyClicks(target, key)
        else:
            bench.qtbot.keyClick(target, key)
        bench.settle()


def carry(widget: QWidget, data: QMimeData) -> QDragEnterEvent:
    """Carry something over a widget as a file manager does, and hold it there."""
    return _carried(QDragEnterEvent, widget, data, QPoint(20, 90))


def let_go(widget: QWidget, data: QMimeData) -> QDropEvent:
    """Let go what is carried over a widget."""
    return _carried(QDropEvent, widget, data, QPointF(20, 90))


def _carried(kind: type[E], widget: QWidget, data: QMimeData, at: QPoint | QPointF) -> E:
    either = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    event: E = kind(at, either, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event


def files_of(*paths: Path) -> QMimeData:
    """Return files as a file manager carries them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    return data


def click(bench: Bench, widget: QWidget) -> None:
    bench.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    bench.settle()


def record(bench: Bench, page: VisitPage) -> Board:
    """Return the visit as the store has it, and see that the page shows the same."""
    assert page.keeper.board is not None
    visit = page.keeper.board.visit
    stored = bench.ask(lambda session: board(session, visit))
    shown = page.keeper.board
    assert (shown.asked, shown.tiles, shown.waits) == (stored.asked, stored.tiles, stored.waits)
    return stored


def asked(stored: Board, code: str) -> Asked:
    return next(each for each in stored.asked if each.item.code == code)


def tile(stored: Board, number: str) -> Tile:
    return next(each for each in stored.tiles if each.window.number == number)


def words(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


def escape(bench: Bench, dialog: QDialog) -> None:
    """Press Esc in a dialog and wait until it is gone."""
    bench.qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Escape)
    gone(bench, dialog)


def gone(bench: Bench, dialog: QDialog) -> None:
    bench.qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible(), timeout=5000)
    bench.settle()


def the_open(page: QWidget, kind: type[D]) -> D:
    [dialog] = [each for each in page.window().findChildren(kind) if each.isVisible()]
    return dialog


def pasting(bench: Bench, page: VisitPage) -> NotesDialog:
    click(bench, page.timeline.paste)
    return the_open(page, NotesDialog)
