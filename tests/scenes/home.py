"""Scenes of Home."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.scenes.stage import Scene, Stage


def running(stage: Stage) -> QWidget:
    """A covert visit is going on."""
    stage.go("home")
    return stage.window


SCENES: tuple[Scene, ...] = (running,)
