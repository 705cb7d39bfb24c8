"""Scenes of the list of visits and of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.entities import Person
from inspector.operations.people import people
from inspector.operations.recording import void
from ui.pages.new_visit import NewVisitPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector.operations.session import Session
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


def nobody(stage: Stage) -> QWidget:
    """A new visit, but everybody has left the office."""

    def leave(session: Session) -> None:
        for each in people(session):
            void(session, Person, each.id, "left the office")

    stage.desk.act(stage.window, leave)
    stage.settle()
    stage.go("new_visit")
    return stage.window


SCENES: tuple[Scene, ...] = (listed, new, nobody)
