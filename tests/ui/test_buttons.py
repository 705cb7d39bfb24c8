"""Buttons by keyboard: Enter presses the one that has the focus, never another in its place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QHBoxLayout

from ui.widgets.buttons import button, icon_button
from ui.widgets.checkbox import CheckBox
from ui.widgets.stepper import StepButton

if TYPE_CHECKING:
    from tests.ui.conftest import Bench


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_presses_what_has_the_focus(bench: Bench, key: Qt.Key) -> None:
    look, pressed = bench.desk.look, []
    dialog = QDialog(bench.window)
    stay = button(look, "Cancel", partial(pressed.append, "stay"))
    go = button(look, "Begin", partial(pressed.append, "go"), kind="primary")
    hide = icon_button(look, "hide", "Hide", partial(pressed.append, "hide"))
    step = StepButton(bench.desk, 1, "Choose")
    step.clicked.connect(partial(pressed.append, "step"))
    layout = QHBoxLayout(dialog)
    every = (stay, go, hide, step)
    for each in every:
        layout.addWidget(each)
    go.setDefault(True)
    dialog.open()
    for each in every:
        each.setFocus()
        bench.qtbot.keyClick(each, key)
    assert pressed == ["stay", "go", "hide", "step"]
    assert dialog.isVisible()
    dialog.close()


def test_a_box_is_ticked_wherever_it_is_pressed(bench: Bench) -> None:
    dialog = QDialog(bench.window)
    layout = QHBoxLayout(dialog)
    box = CheckBox("Whole team")
    layout.addWidget(box)
    dialog.open()
    places = (QPoint(6, 0), QPoint(6, box.height() - 1), QPoint(box.width() - 1, 0))
    for times, at in enumerate(places, 1):
        bench.qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=at)
        assert box.isChecked() is bool(times % 2)
    dialog.close()


@pytest.mark.parametrize("kind", ["primary", "secondary", "danger", "chip"])
def test_what_cannot_be_pressed_looks_alike_whatever_it_would_do(bench: Bench, kind: str) -> None:
    look, dialog = bench.desk.look, QDialog(bench.window)
    made = button(look, "Return", lambda: None, kind=kind)
    made.setEnabled(False)
    QHBoxLayout(dialog).addWidget(made)
    dialog.open()
    edge = made.grab().toImage().pixelColor(made.width() // 2, 0)
    assert edge.name() == QColor(look.colours.border).name()
    dialog.close()


def test_the_ring_of_the_focus_takes_no_room_from_the_words(bench: Bench) -> None:
    dialog = QDialog(bench.window)
    dense = button(bench.desk.look, "Open the folder", lambda: None, kind="text", extent="dense")
    other = button(bench.desk.look, "Other", lambda: None)
    layout = QHBoxLayout(dialog)
    layout.addWidget(dense)
    layout.addWidget(other)
    dialog.open()
    widths = []
    for each in (dense, other):
        each.setFocus()
        bench.qtbot.waitUntil(each.hasFocus)
        dense.style().polish(dense)
        dense.updateGeometry()
        widths.append(dense.sizeHint().width())
    assert widths[0] == widths[1]
    dialog.close()
