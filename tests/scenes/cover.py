"""Scenes of the cover page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit

from inspector.operations.pins import set_pin
from ui.frame.cover import Cover
from ui.messages import Message

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.scenes.stage import Scene, Stage

TEXT = "待办\n\n· 下周例会材料\n· 回复邮件\n· 打印机报修"


def _hidden(stage: Stage) -> Cover:
    cover = Cover(stage.desk, stage.window)
    stage.go("home")
    stage.window.activateWindow()
    QApplication.processEvents()
    cover.hide_view()
    [text] = [each for each in QApplication.topLevelWidgets() if each.findChild(QPlainTextEdit)][:1]
    text.findChild(QPlainTextEdit, "notes").setPlainText(TEXT)
    return cover


def notes(stage: Stage) -> QWidget:
    """Notes, and nothing else."""
    _hidden(stage)
    return stage.window


def pin(stage: Stage) -> QWidget:
    """The PIN is asked for."""
    stage.desk.act(stage.window, lambda session: set_pin(session, stage.office.me, "246800"))
    stage.desk.settings = replace(stage.desk.settings, cover_pin=True)
    _hidden(stage).ask_back()
    stage.settle()
    return stage.window


def dialog(stage: Stage) -> QWidget:
    """A dialog that waits for an answer lies below the notes."""
    message = Message(stage.desk, stage.window, "A-03", "北苑政务大厅")
    message.add("OK", QDialog.DialogCode.Accepted)
    message.open()
    QApplication.processEvents()
    _hidden(stage)
    QApplication.processEvents()
    return message


SCENES: tuple[Scene, ...] = (notes, pin, dialog)
