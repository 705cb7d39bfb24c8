"""What holds on every page in every state: nothing too large, clipped, nameless or left over.

Language and text size decide how much room is needed, the theme does not: each of the four
combinations is seen in one theme, both themes in each language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTextEdit,
    QWidget,
)

from inspector.base.settings import Settings
from tests.scenes.stage import all_scenes, staged
from ui.widgets.choice import Choice
from ui.widgets.text import Elided

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.office import Office

#: What is left of a screen of 1280 × 720 below the title bar of a window.
LARGEST = QSize(1280, 680)
LOOKS = (
    Settings(lang="zh", theme="light", scale=130),
    Settings(lang="en", theme="dark", scale=130),
    Settings(lang="zh", theme="dark", scale=100),
    Settings(lang="en", theme="light", scale=100),
)
FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)
#: Rounding of sizes at fractional scales. Logical pixels.
SLACK = 1
#: What Qt keeps free on either side of the words of a line. Logical pixels.
HINT_MARGIN = 2


def shown(window: QWidget, *kinds: type[QWidget]) -> Iterator[QWidget]:
    """Yield what can be seen of the kinds asked for; parts of compound fields are theirs."""
    for each in window.findChildren(QWidget):
        compound = isinstance(each.parentWidget(), QComboBox | QAbstractSpinBox)
        if isinstance(each, kinds) and each.isVisible() and not compound:
            yield each


def told(widget: QWidget) -> str:
    """Name a widget so that it can be found."""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    names = [type(each).__name__ for each in _ancestors(widget)][:3]
    return f"{' < '.join(names)} {widget.objectName()!r} {text!r} {widget.size().toTuple()}"


def _ancestors(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def nameless(window: QWidget) -> list[str]:
    """What keys or a press reach and assistive tools cannot name."""
    found = []
    for each in shown(window, QAbstractButton, *FIELDS):
        interface = QAccessible.queryAccessibleInterface(each)
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus and (
            interface is None or not interface.text(QAccessible.Text.Name).strip()
        ):
            found.append(told(each))
    return found


def clipped(window: QWidget) -> list[str]:
    """Labels and buttons that have less room than their words need."""
    labels = [each for each in shown(window, QLabel) if not isinstance(each, Elided)]
    cut = [each for each in labels if each.text() and _label_is_cut(each)]
    return [told(each) for each in (*cut, *filter(_button_is_cut, shown(window, QPushButton)))]


def _label_is_cut(label: QLabel) -> bool:
    room = label.contentsRect().size()
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + SLACK
    metrics = label.fontMetrics()
    lines = label.text().split("\n")
    widest = max(metrics.horizontalAdvance(line) for line in lines)
    return widest > room.width() + SLACK or metrics.height() * len(lines) > room.height() + SLACK


def _button_is_cut(button: QPushButton) -> bool:
    font = QFont(button.font())
    if button.isChecked():
        font.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetrics(font)
    icon = 0 if button.icon().isNull() else button.iconSize().width() + 4
    words = button.text().replace("&&", "&")
    wide = metrics.horizontalAdvance(words) + icon if words else 0
    return wide > button.width() or metrics.height() > button.height()


def cut_fields(window: QWidget) -> list[str]:
    """Choices and hints that have less room than their words need."""
    boxes = [each for each in shown(window, QComboBox) if not isinstance(each, Choice)]
    boxes = [each for each in boxes if _choice_is_cut(each)]
    lines = [each for each in shown(window, QLineEdit) if _hint_is_cut(each)]
    return [
        *(f"{told(each)} {each.currentText()!r}" for each in boxes),
        *(f"{told(each)} {each.placeholderText()!r}" for each in lines),
    ]


def _choice_is_cut(box: QComboBox) -> bool:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)
    return box.fontMetrics().horizontalAdvance(box.currentText()) > room.width() + SLACK


def _hint_is_cut(line: QLineEdit) -> bool:
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    room = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    wide = line.fontMetrics().horizontalAdvance(line.placeholderText())
    return not line.text() and wide > room.width() - 2 * HINT_MARGIN + SLACK


def rich(window: QWidget) -> list[str]:
    """Labels that would read what people type as markup."""
    plain = Qt.TextFormat.PlainText
    labels = window.findChildren(QLabel)
    return [told(each) for each in labels if each.text() and each.textFormat() is not plain]


@pytest.mark.logs_warnings
@pytest.mark.parametrize("look", LOOKS, ids=lambda s: f"{s.lang}-{s.theme}-{s.scale}")
@pytest.mark.parametrize("name", all_scenes())
def test_scene(
    name: str, look: Settings, qapp: QApplication, made_office: Office, tmp_path: Path
) -> None:
    with staged(qapp, made_office, look, (1280, 680), tmp_path) as stage:
        seen = all_scenes()[name](stage)
        stage.settle()
        least = seen.minimumSizeHint()
        assert least.boundedTo(LARGEST) == least, f"needs {least.toTuple()}"
        assert seen.size().boundedTo(LARGEST) == seen.size(), f"takes {seen.size().toTuple()}"
        assert nameless(seen) == []
        assert clipped(seen) == []
        assert cut_fields(seen) == []
        assert rich(seen) == []
    assert [told(each) for each in QApplication.topLevelWidgets() if each.isVisible()] == []


# -- the checks themselves ---------------------------------------------------------------------


def test_the_checks_find_what_they_are_for(qapp: QApplication) -> None:
    window = QWidget()
    window.resize(400, 300)
    QLabel("<b>too long for its room</b>", window).setGeometry(0, 0, 20, 20)
    QPushButton("much too long", window).setGeometry(0, 40, 30, 30)
    QLineEdit(window).setGeometry(0, 80, 100, 30)
    fine = QPushButton("OK", window)
    fine.setGeometry(0, 120, 100, 40)
    hinted = QLineEdit(window)
    hinted.setAccessibleName("hinted")
    hinted.setPlaceholderText("much too long for its room")
    hinted.setGeometry(0, 170, 60, 30)
    chosen = QComboBox(window)
    chosen.setAccessibleName("chosen")
    chosen.addItem("much too long for its room")
    chosen.setGeometry(0, 210, 60, 30)
    window.show()
    assert len(clipped(window)) == 2
    assert len(cut_fields(window)) == 2
    assert len(nameless(window)) == 1
    assert len(rich(window)) == 1
    window.close()
    window.deleteLater()
