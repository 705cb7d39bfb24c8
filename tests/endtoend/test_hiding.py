"""F9 hides the view at any moment: over a menu, a list, a file dialog, a held mouse button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSettings
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QMenu,
    QPushButton,
    QScrollArea,
    QWidget,
)

from inspector.base.settings import Settings
from ui.choosing import chosen_file
from ui.frame.cover import Cover

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.endtoend.journey import Program
    from tests.endtoend.screen import Hands

SETTINGS = Settings(lang="en", theme="light")


def seen(window: QWidget) -> list[QWidget]:
    """Return the windows of the application that are seen and not covered."""
    cover = window.findChild(Cover)
    assert cover is not None
    covered = [each.window for each in cover._hidden]
    tops = QApplication.topLevelWidgets()
    return [each for each in tops if each.isVisible() and each not in covered]


def hides(hands: Hands, window: QWidget) -> None:
    cover = window.findChild(Cover)
    assert cover is not None
    hands.keys("F9")
    hands.until(lambda: cover.is_hidden)
    hands.until(lambda: seen(window) == [])
    hands.keys("F9")
    hands.until(lambda: not cover.is_hidden)


def test_over_an_open_menu(start: Callable[[Settings], Program], hands: Hands) -> None:
    window = start(SETTINGS).window
    menu = QMenu(window)
    under = menu.addMenu("Under")
    for each in (menu, under):
        each.addAction("Withdraw")
    menu.popup(window.mapToGlobal(QPoint(200, 200)))
    hands.until(menu.isVisible)
    hands.keys("Down", "Right")
    hands.until(under.isVisible)
    hides(hands, window)
    assert not menu.isVisible()


def test_over_the_open_list_of_a_choice(start: Callable[[Settings], Program], hands: Hands) -> None:
    window = start(SETTINGS).window
    box = QComboBox(window)
    box.addItems(["one", "two"])
    box.setGeometry(200, 200, 200, 40)
    box.show()
    hands.click(box)
    hands.until(box.view().isVisible)
    hides(hands, window)
    assert not box.view().isVisible()


def test_over_a_file_dialog(
    start: Callable[[Settings], Program], hands: Hands, tmp_path: Path
) -> None:
    # Qt remembers the folders of its file dialog in the settings of the user.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    window = start(SETTINGS).window
    hidden: list[bool] = []
    cover = window.findChild(Cover)
    assert cover is not None
    cover.changed.connect(hidden.append)
    hands.in_next_window(lambda _dialog: ["key", "F9"])
    assert chosen_file(window, "Open", tmp_path, "All (*)") is None
    hands.until(lambda: hidden == [True])
    assert not any(isinstance(each, QFileDialog) and each.isVisible()
                   for each in QApplication.topLevelWidgets())  # fmt: skip
    hands.until(lambda: seen(window) == [])
    hands.until(window.isActiveWindow)
    hands.keys("F9")
    hands.until(lambda: hidden == [True, False])


def test_while_the_mouse_drags(start: Callable[[Settings], Program], hands: Hands) -> None:
    window = start(SETTINGS).window
    area, inside = QScrollArea(window), QWidget()
    inside.resize(300, 3000)
    area.setWidget(inside)
    area.setGeometry(100, 100, 300, 300)
    area.show()
    bar = area.verticalScrollBar()
    hands.until(bar.isVisible)
    at = bar.mapToGlobal(QPoint(bar.width() // 2, 20))
    hands._tool("mousemove", str(at.x()), str(at.y()), "mousedown", "1")
    hands._tool("mousemove", str(at.x()), str(at.y() + 60))
    hands.until(lambda: bar.value() > 0)
    cover = window.findChild(Cover)
    assert cover is not None
    hands.keys("F9")
    hands.until(lambda: cover.is_hidden)
    before = bar.value()
    assert before > 0
    hands._tool("mousemove", str(at.x()), str(at.y() + 120), "mouseup", "1")
    hands.keys("a")
    hands.until(lambda: "a" in cover._notes.text.toPlainText())
    assert bar.value() == before
    hands.keys("BackSpace", "F9")
    hands.until(lambda: not cover.is_hidden)


def test_a_button_that_is_held_down_is_not_pressed_under_the_cover(
    start: Callable[[Settings], Program], hands: Hands
) -> None:
    window = start(SETTINGS).window
    pressed: list[str] = []
    made = QPushButton("Seal", window)
    made.clicked.connect(lambda: pressed.append("seal"))
    made.setGeometry(100, 100, 200, 60)
    made.show()
    hands.until(made.isVisible)
    at = made.mapToGlobal(made.rect().center())
    hands._tool("mousemove", str(at.x()), str(at.y()), "mousedown", "1")
    hands.until(made.isDown)
    cover = window.findChild(Cover)
    assert cover is not None
    hands.keys("F9")
    hands.until(lambda: cover.is_hidden)
    hands._tool("mouseup", "1")
    hands.until(lambda: not made.isDown())
    hands.keys("F9")
    hands.until(lambda: not cover.is_hidden)
    assert pressed == []
    hands.click(made)
    hands.until(lambda: pressed == ["seal"])
