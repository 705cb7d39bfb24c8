"""Qt's own dialogs speak the language of the windows, also after it was changed.

The file dialog itself is not made: it writes into the home folder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialogButtonBox

from ui.theme.words import speak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

OF_FILES = (
    "&Look in:",
    "File &name:",
    "Files of &type:",
    "All Files (*)",
    "&Save",
    "Find Directory",
)


@pytest.fixture(autouse=True)
def english_after(qapp: QApplication) -> Iterator[None]:
    yield
    speak("en", qapp)


def cancel(qtbot: QtBot) -> str:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    return box.buttons()[0].text().replace("&", "")


def said(source: str) -> str:
    return QCoreApplication.translate("QFileDialog", source)


def test_a_standard_button_follows_the_language(qtbot: QtBot, qapp: QApplication) -> None:
    speak("zh", qapp)
    assert cancel(qtbot) == "取消"
    speak("en", qapp)
    assert cancel(qtbot) == "Cancel"


@pytest.mark.parametrize("source", OF_FILES)
def test_the_file_dialog_is_chinese_throughout(qapp: QApplication, source: str) -> None:
    speak("zh", qapp)
    assert any("\u4e00" <= each <= "\u9fff" for each in said(source))
    speak("en", qapp)
    assert said(source) == source


def test_what_nobody_has_words_for_stays(qapp: QApplication) -> None:
    speak("zh", qapp)
    assert said("no such words") == "no such words"
