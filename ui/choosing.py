"""Choosing files and folders, without a trace of it outside the workspace.

The dialogs of the systems, and Qt where it takes one down, write into the profile of the user which
folders were visited: their names may be those of a place that is inspected.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QSize, QStandardPaths, QUrl
from PySide6.QtGui import QIcon, QPainter, QPalette
from PySide6.QtWidgets import QFileDialog, QToolButton
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

#: Where people begin to look, beside the disks.
_PLACES = (
    QStandardPaths.StandardLocation.HomeLocation,
    QStandardPaths.StandardLocation.DesktopLocation,
    QStandardPaths.StandardLocation.DocumentsLocation,
    QStandardPaths.StandardLocation.DownloadLocation,
)


#: Room for names, sizes and days.
_SIZE = QSize(860, 540)
#: Qt's names of the buttons that go to another folder.
_ARROWS = ("backButton", "forwardButton", "toParentButton")


class Chooser(QFileDialog):
    """Asks for files or a folder; what Qt remembers of it is the home of the user and no more."""

    def __init__(self, parent: QWidget | None, title: str, start: Path, kinds: str = "") -> None:
        """`start`: the folder to begin in; `kinds` as Qt names them, such as “Backups (*.db)”."""
        # Not in the working folder, which may be that of a visit: Qt would remember it.
        super().__init__(parent, title, QDir.homePath(), kinds)
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.resize(_SIZE)
        self._offer_places()
        self._dress()
        self.setDirectory(str(start))
        self._chosen: list[Path] = []
        if parent is not None:
            # Taken down with it, the dialog is not closed before.
            parent.destroyed.connect(self._leave_no_trace)

    def _offer_places(self) -> None:
        places = (QStandardPaths.writableLocation(each) for each in _PLACES)
        folders = dict.fromkeys(each for each in places if Path(each).is_dir())
        self.setSidebarUrls([QUrl("file:"), *map(QUrl.fromLocalFile, folders)])

    def _dress(self) -> None:
        """Let Qt's arrows, which are black, be seen on dark ground as well."""
        for name in _ARROWS:
            arrow = self.findChild(QToolButton, name)
            if arrow is not None:
                picture = arrow.icon().pixmap(arrow.iconSize())
                painter = QPainter(picture)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
                painter.fillRect(picture.rect(), self.palette().color(QPalette.ColorRole.Text))
                painter.end()
                arrow.setIcon(QIcon(picture))

    def answer(self) -> list[Path]:
        """Ask; return what was chosen, nothing if the person changed their mind."""
        self.exec()
        # What it was asked for may be gone meanwhile, and the dialog with it.
        if isValid(self):
            self.deleteLater()
        return self._chosen

    def done(self, result: int) -> None:
        """Keep what was chosen, and forget where the person was."""
        if result == QFileDialog.DialogCode.Accepted:
            self._chosen = [Path(file) for file in self.selectedFiles()]
        self._leave_no_trace()
        super().done(result)

    def _leave_no_trace(self) -> None:
        """Stand at home: taken down, it writes where it stands, what is beside and came before."""
        self._offer_places()
        self.setDirectory(QDir.homePath())
        self.setHistory([])


def chosen_folder(parent: QWidget, title: str, start: Path) -> Path | None:
    """Ask for a folder; None if the person changed their mind."""
    dialog = Chooser(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return next(iter(dialog.answer()), None)


def chosen_file(parent: QWidget, title: str, start: Path, kinds: str) -> Path | None:
    """Ask for a file that exists, beginning at `start`, a folder or a file."""
    dialog = Chooser(parent, title, start if start.is_dir() else start.parent, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return next(iter(dialog.answer()), None)


def chosen_files(parent: QWidget | None, title: str, kinds: str) -> list[Path]:
    """Ask for files to take in; empty if the person changed their mind."""
    dialog = Chooser(parent, title, Path.home(), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return dialog.answer()


def new_file(
    parent: QWidget | None, title: str, start: Path, kinds: str = "", *, replaces: bool = False
) -> Path | None:
    """Ask where to write a file; `start` is suggested. None if the person changed their mind.

    replaces: it may take the place of a file, which the dialog asks about; else the operation that
    writes refuses what exists.
    """
    dialog = Chooser(parent, title, start.parent, kinds)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not replaces)
    dialog.setDefaultSuffix(start.suffix.lstrip("."))
    dialog.selectFile(start.name)
    return next(iter(dialog.answer()), None)
