"""Choosing files and folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def chosen_folder(parent: QWidget, title: str, start: Path) -> Path | None:
    """Ask for a folder; None if the person changed their mind."""
    return _chosen(QFileDialog(parent, title, str(start)), QFileDialog.FileMode.Directory)


def chosen_file(parent: QWidget, title: str, start: Path, kinds: str) -> Path | None:
    """Ask for a file that exists; `kinds` as Qt names them, such as “Backups (*.db)”."""
    dialog = QFileDialog(parent, title, str(start), kinds)
    return _chosen(dialog, QFileDialog.FileMode.ExistingFile)


def new_file(parent: QWidget, title: str, start: Path) -> Path | None:
    """Ask where to write a file; None if the person changed their mind."""
    dialog = QFileDialog(parent, title, str(start.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    # What exists is refused, never overwritten: the operation says so.
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.selectFile(start.name)
    return _chosen(dialog, QFileDialog.FileMode.AnyFile)


def _chosen(dialog: QFileDialog, mode: QFileDialog.FileMode) -> Path | None:
    dialog.setFileMode(mode)
    accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
    files = dialog.selectedFiles()
    dialog.deleteLater()
    return Path(files[0]) if accepted and files else None
