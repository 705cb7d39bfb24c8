"""Scenes of what is told about faults and about the last time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from inspector.base.crash import trace_of
from inspector.operations.session import Recovered
from ui.entering import recovered_text
from ui.fault_report import Report
from ui.messages import Message, show_note

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.scenes.stage import Scene, Stage


def report(stage: Stage) -> QWidget:
    """A fault of the program."""
    try:
        raise ValueError("names are not told")
    except ValueError as error:
        lines = trace_of(error)
    shown = Report(stage.desk, stage.window, lines, stage.office.root / "faults.log")
    shown.open()
    return shown


def recovered(stage: Stage) -> QWidget:
    """What opening brought in order."""
    text = recovered_text(stage.desk, Recovered(unclean=True, restored=True, files=3))
    show_note(stage.desk, stage.window, stage.desk.tr("Brought in order"), text)
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, Message))


SCENES: tuple[Scene, ...] = (report, recovered)
