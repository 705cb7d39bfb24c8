"""The words in which a fault of the program is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QWidget

from inspector.base.version import VERSION
from ui.messages import Message
from ui.widgets.buttons import button

if TYPE_CHECKING:
    from pathlib import Path

    from ui.desk import Desk


class Report(Message):
    """What went wrong, to copy and send; no names are in it."""

    def __init__(self, desk: Desk, parent: QWidget, lines: list[str], file: Path | None) -> None:
        tr = desk.tr
        text = tr(
            "The program met a fault of its own. Everything saved before is safe, and the window "
            "goes on. Please report it: the text below holds no names."
        )
        if file is not None:
            text += "\n" + tr("It is kept in {file}.", file=file)
        super().__init__(desk, parent, tr("A fault of the program"), text)
        self.report = QPlainTextEdit("\n".join([f"Mingcha {VERSION}", *lines]))
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(tr("Report"))
        # A wrapped sentence asks for less height than it needs: leave room for both.
        self.setMinimumSize(600, round(440 * desk.look.scale))
        self.put(self.report)
        self.copy: QPushButton = button(desk.look, tr("Copy the report"), self._copy, icon="copy")
        self.put(self.copy)
        self.add(tr("Go on"), QDialog.DialogCode.Accepted, kind="primary").setFocus()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText(self._desk.tr("Copied"))
