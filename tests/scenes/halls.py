"""Scenes of the register of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.scenes.stage import Scene, Stage


def chosen(stage: Stage) -> QWidget:
    """A place is chosen."""
    stage.go("halls", hall=stage.office.hall)
    return stage.window


SCENES: tuple[Scene, ...] = (chosen,)
