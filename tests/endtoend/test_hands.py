"""The hands themselves: what is typed and clicked arrives, Chinese too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.endtoend.screen import Hands


@pytest.mark.parametrize("text", ["Window 05", "窗口空岗 05", "<b>=1+1"])
def test_what_is_typed_arrives(qtbot: QtBot, hands: Hands, text: str) -> None:
    window = QWidget()
    field, pressed = QLineEdit(), []
    field.setAccessibleName("field")
    button = QPushButton("Go")
    button.clicked.connect(lambda: pressed.append(field.text()))
    layout = QVBoxLayout(window)
    layout.addWidget(field)
    layout.addWidget(button)
    qtbot.addWidget(window)
    window.show()
    hands.take(window)
    hands.click(field)
    hands.type(text)
    hands.click(button)
    hands.until(lambda: pressed == [text])
