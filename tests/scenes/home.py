"""Scenes of Home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.frame.palette import Palette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.scenes.stage import Scene, Stage


def running(stage: Stage) -> QWidget:
    """A covert visit is going on."""
    stage.go("home")
    return stage.window


def searching(stage: Stage) -> QWidget:
    """The quick search, with what two characters find."""
    stage.go("home")
    palette = Palette(stage.desk, stage.window)
    palette.open()
    palette.field.setText("窗口")
    palette.search_now()
    stage.settle()
    return palette


SCENES: tuple[Scene, ...] = (running, searching)
