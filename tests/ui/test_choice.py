"""A choice in little room: its end is an ellipsis, and the wheel passes over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from ui.widgets.choice import Choice
from ui.widgets.fields import NumberField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

LONG = "Service centre of a county or above"


def turn_wheel(over: QWidget) -> bool:
    """Turn the wheel over a widget; say whether it took that for itself."""
    event = QWheelEvent(
        QPointF(over.rect().center()),
        QPointF(over.mapToGlobal(over.rect().center())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(over, event)
    return event.isAccepted()


def made(qtbot: QtBot) -> Choice:
    box = Choice("Level")
    qtbot.addWidget(box)
    for words in ("Any", LONG):
        box.addItem(words)
    box.resize(box.minimumSizeHint())
    box.show()
    return box


def test_a_long_entry_ends_in_an_ellipsis_and_is_told_whole(qtbot: QtBot) -> None:
    box = made(qtbot)
    assert box.shown_text() == "Any"
    box.grab()
    assert box.toolTip() == ""
    box.setCurrentIndex(1)
    assert box.shown_text().endswith("…")
    box.grab()
    assert LONG in box.toolTip()
    box.resize(600, box.height())
    assert box.shown_text() == LONG
    box.grab()
    assert box.toolTip() == ""


def test_the_wheel_chooses_and_counts_nothing_in_passing(qtbot: QtBot) -> None:
    box, number = made(qtbot), NumberField()
    qtbot.addWidget(number)
    number.setValue(5)
    number.show()
    assert not turn_wheel(box)
    assert not turn_wheel(number)
    assert box.currentIndex() == 0
    # Nor does it bring the focus, whose next letter would choose.
    assert box.focusPolicy() == number.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert number.value() == 5
