"""The words of Qt's own dialogs and menus (Cut, Copy, Cancel) in the language of the windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QTranslator

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from inspector.base.i18n import Lang

_NAME = "words-of-qt"


def speak(lang: Lang, application: QApplication) -> None:
    """Give Qt's own words in `lang`; English is what they are without a catalogue."""
    for old in application.findChildren(QTranslator, _NAME):
        application.removeTranslator(old)
        old.deleteLater()
    if lang != "zh":
        return
    words = QTranslator(application)
    words.setObjectName(_NAME)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    # A system's own Qt may come without its catalogues; then these few words stay English.
    if words.load("qtbase_zh_CN", folder):
        application.installTranslator(words)
