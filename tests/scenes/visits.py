"""Scenes of the list of visits and of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.pages.new_visit import NewVisitPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.scenes.stage import Scene, Stage


def listed(stage: Stage) -> QWidget:
    """All visits, one of them covert."""
    stage.go("visits")
    return stage.window


def new(stage: Stage) -> QWidget:
    """A new visit with a new journey."""
    page = stage.go("new_visit")
    assert isinstance(page, NewVisitPage)
    page.trip.setCurrentIndex(1)
    return stage.window


SCENES: tuple[Scene, ...] = (listed, new)
