"""Scenes of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.pages.visit.page import VisitPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.scenes.stage import Scene, Stage


def _page(stage: Stage, visit: str) -> VisitPage:
    page = stage.go("visit", visit)
    assert isinstance(page, VisitPage)
    return page


def covert(stage: Stage) -> QWidget:
    """A round is going on."""
    _page(stage, stage.office.covert)
    return stage.window


def finding(stage: Stage) -> QWidget:
    """A problem is being written down, as seen earlier."""
    page = _page(stage, stage.office.covert)
    page.windows.tiles[3].setFocus()
    page.heading.later_button.setChecked(True)
    page.seen.at.setText("10:38")
    page.finding.begin()
    page.finding.keys[0].click()
    page.waits.begin()
    return stage.window


def prepared(stage: Stage) -> QWidget:
    """Nothing has begun."""
    _page(stage, stage.office.prepared)
    return stage.window


def sealed(stage: Stage) -> QWidget:
    """It can only be looked at."""
    _page(stage, stage.office.sealed)
    return stage.window


def unknown(stage: Stage) -> QWidget:
    """There is no such visit."""
    stage.go("visit", "nothing")
    return stage.window


SCENES: tuple[Scene, ...] = (covert, finding, prepared, sealed, unknown)
