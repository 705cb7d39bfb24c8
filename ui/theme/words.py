"""The words of Qt's own dialogs and menus (Cut, Copy, Cancel) in the language of the windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QTranslator

from inspector.base.i18n import N_, translator

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from inspector.base.i18n import Lang

_NAME = "words-of-qt"
#: What the file dialog says on Linux and Qt's Chinese catalogue lacks.
_LACKING = frozenset(
    {
        *(N_("&Look in:"), N_("Files of &type:"), N_("Drive"), N_("File Folder"), N_("Folder")),
        *(N_("Alias"), N_("Shortcut"), N_("Unknown"), N_("File"), N_("%1 File")),
        *(N_("%1 bytes"), N_('<b>The name "%1" cannot be used.</b>')),
        N_("Try using another name, with fewer characters or no punctuation marks."),
    }
)


class _Lacking(QTranslator):
    """Is asked last, for what Qt's own catalogue has no words."""

    def isEmpty(self) -> bool:
        """Say that there is something in it."""
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """Return our words, or the English ones."""
        del context, disambiguation, n
        return translator("zh")(source) if source in _LACKING else source


def speak(lang: Lang, application: QApplication) -> None:
    """Give Qt's own words in `lang`; English is what they are without a catalogue."""
    for old in application.findChildren(QTranslator, _NAME):
        application.removeTranslator(old)
        old.deleteLater()
    if lang != "zh":
        return
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    words = QTranslator(application)
    # A system's own Qt may come without its catalogues; then these few words stay English.
    words.load("qtbase_zh_CN", folder)
    for each in (_Lacking(application), words):
        each.setObjectName(_NAME)
        application.installTranslator(each)
