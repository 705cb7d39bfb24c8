"""Scenes of the dossiers page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.scenes.stage import Scene, Stage


def previewed(stage: Stage) -> QWidget:
    """A sealed visit and an open one are ticked; the pages of the sealed one are shown."""
    page = stage.go("dossiers", stage.office.sealed)
    page.model.tick([stage.office.sealed, stage.office.covert])
    # A covert part goes on elsewhere: pages are shown by a press only.
    stage.until(page.preview.uncover.isVisible)
    page.preview.uncover.focusProxy().click()
    # The small pages in sight are drawn one by one after the large one.
    stage.until(lambda: page.preview.is_shown and page.preview.strip.pages.is_drawn(3))
    return stage.window


def covered(stage: Stage) -> QWidget:
    """Somebody is covert: no page is shown by itself."""
    page = stage.go("dossiers", stage.office.sealed)
    stage.until(page.preview.uncover.isVisible)
    return stage.window


SCENES: tuple[Scene, ...] = (previewed, covered)
